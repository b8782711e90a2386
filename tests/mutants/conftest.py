from __future__ import annotations

from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.reading import read
from tests.mutants.kinds import Subject

SMALL = """石溪县示例局2026年部门预算
表1 部门支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	130.00	110.00	20.00
20103	政府办公厅（室）及相关机构事务	130.00	110.00	20.00
2010301	行政运行	110.00	110.00
2010302	一般行政管理事务	20.00		20.00
208	社会保障和就业支出	25.50	25.50
20805	行政事业单位养老支出	25.50	25.50
2080505	机关事业单位基本养老保险缴费支出	25.50	25.50
合计		155.50	135.50	20.00

表2 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	130.00	110.00	20.00
20103	政府办公厅（室）及相关机构事务	130.00	110.00	20.00
2010301	行政运行	110.00	110.00
2010302	一般行政管理事务	20.00		20.00
208	社会保障和就业支出	25.50	25.50
20805	行政事业单位养老支出	25.50	25.50
2080505	机关事业单位基本养老保险缴费支出	25.50	25.50
合计		155.50	135.50	20.00

第三部分 部门预算情况说明
一、支出预算情况说明
2026年支出预算155.50万元，比上年增加5.50万元，增长3.67%。其中：基本支出135.50万元，项目支出20.00万元。
"""


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mutants") / "small.txt"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture(scope="session")
def small(small_file: Path) -> Subject:
    document = read(small_file)
    return Subject("small", document, audit(document, strict=True))
