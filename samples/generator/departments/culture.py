"""望川区文化和旅游局 (fictional): the final account of a year, with carry-over in and out and a government fund."""

from samples.generator.department import Balance, Department, LastYear, ThreePublic
from samples.generator.ledger import Fund, Ledger, parse
from samples.generator.money import fen

_LINES = """
2070101 30101 1,284,316.45
2070101 30102 2,036,817.28
2070101 30103 1,418,263.74
2070101 30112 46,315.83
2070101 30199 183,426.57
2070101 30201 124,638.19
2070101 30205 12,846.37
2070101 30206 63,715.42
2070101 30207 48,216.95
2070101 30211 96,384.73
2070101 30217 7,415.00
2070101 30226 38,200.00
2070101 30228 114,627.38
2070101 30231 58,316.44
2070101 30239 264,180.00
2070101 30299 87,431.26
2070101 31002 36,284.17
2080501 30302 214,638.52
2080505 30108 685,413.76
2080506 30109 342,706.88
2080801 30304 128,430.15
2101101 30110 386,214.93
2101103 30111 158,436.27
2210201 30113 814,326.58
2070104 30227 486,317.24 general 图书馆总分馆服务
2070104 31002 318,642.75 general 图书馆总分馆服务
2070109 30226 248,613.36 general 群众文化活动
2070109 30227 1,364,218.73 general 群众文化活动
2070112 30211 46,318.62 general 文旅市场检查
2070112 30227 284,163.57 general 文旅市场检查
2070112 30217 3,120.00 general 文旅市场检查
2070204 30213 936,418.48 general 古建筑保护修缮
2070204 31006 2,184,637.15 general 古建筑保护修缮
2296003 31003 438,615.29 government 健身步道设施
2296003 30213 86,342.66 government 健身步道设施
2070109 30227 164,283.94 own 社会艺术普及合作
"""

DEPARTMENT = Department(
    name="望川区文化和旅游局",
    year=2024,
    ledger=Ledger(tuple(parse(_LINES))),
    last=LastYear(
        total=fen("15,548,663.98"),
        basic=fen("8,317,264.50"),
        project=fen("6,105,338.22"),
        three_public=fen("84,613.20"),
        reception=fen("13,240.00"),
        vehicles=fen("71,373.20"),
        operation=fen("918,436.77"),
    ),
    duties=(
        "组织全区群众文化活动，管理公共图书馆和文化馆。",
        "保护和修缮区属文物古建筑。",
        "监督检查文化和旅游市场的经营秩序。",
    ),
    administrative=("2070101",),
    goods=fen("793,542.21"),
    works=fen("2,184,637.15"),
    services=fen("1,842,316.80"),
    vehicles=2,
    balances=(
        Balance("2070204", Fund.GENERAL, fen("846,315.42"), fen("125,263.17")),
        Balance("2070109", Fund.GENERAL, 0, fen("64,318.85")),
        Balance("2070104", Fund.GENERAL, fen("38,264.91"), 0),
        Balance("2296003", Fund.GOVERNMENT, fen("213,846.75"), fen("88,888.80")),
        Balance("2070109", Fund.OWN, fen("27,634.18"), fen("13,350.24")),
    ),
    planned=ThreePublic(abroad=0, purchase=0, running=fen("65,000.00"), reception=fen("15,000.00")),
)
