"""白榆县退役军人事务局 (fictional): a small office whose tables carry numbering instead of codes."""

from samples.generator.department import Department, LastYear
from samples.generator.ledger import Ledger, parse
from samples.generator.money import fen

_LINES = """
2082801 30101 764,318.25
2082801 30102 1,136,427.48
2082801 30103 683,215.74
2082801 30112 24,316.83
2082801 30201 86,415.37
2082801 30207 34,218.56
2082801 30211 73,846.19
2082801 30217 8,600.00
2082801 30228 52,317.64
2082801 30231 43,500.00
2082801 30239 138,240.00
2082801 30299 61,284.93
2080501 30302 184,316.27
2080505 30108 374,218.46
2080506 30109 187,109.23
2101101 30110 194,637.85
2101103 30111 83,415.93
2210201 30113 436,218.74
2082804 30305 2,846,317.00 general 优抚对象慰问
2082804 30299 163,284.56 general 双拥创建活动
2082802 30213 217,436.85 general 烈士纪念设施管护
2082802 30227 384,163.29 general 退役军人服务站运行
2080999 30399 1,463,815.42 general 自主就业补助
2082802 31006 538,214.66 carry 烈士陵园维修（上年结转）
"""

DEPARTMENT = Department(
    name="白榆县退役军人事务局",
    year=2025,
    ledger=Ledger(tuple(parse(_LINES))),
    last=LastYear(
        total=fen("9,186,437.52"),
        basic=fen("4,318,264.17"),
        project=fen("4,868,173.35"),
        three_public=fen("55,200.00"),
        reception=fen("9,800.00"),
        vehicles=fen("45,400.00"),
        operation=fen("512,384.26"),
    ),
    duties=(
        "落实退役军人的安置、优待和抚恤政策。",
        "管护烈士纪念设施，组织双拥活动。",
        "指导乡镇退役军人服务站开展日常服务。",
    ),
    administrative=("2082801",),
    goods=fen("58,000.00"),
    works=fen("500,000.00"),
    services=fen("426,500.00"),
    vehicles=2,
)
