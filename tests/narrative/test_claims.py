"""What amounts and percentages of a sentence are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetaudit.model import Place
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import sentence_claims
from budgetaudit.narrative.paths import path_in


def _roles(text: str) -> list[tuple[str, int]]:
    return [(c.role, c.direction) for c in sentence_claims(Sentence(text, Place(line=1)), 2030)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("收入预算120.00万元，比上年预算增加20.00万元，增长20.00%。", [("value", 0), ("change", 1), ("growth", 1)]),
        ("项目支出50万元，占25%；", [("value", 0), ("share", 0)]),
        (
            "年初预算为10万元，支出决算为9万元，完成年初预算的90%。",
            [("initial-budget", 0), ("outturn", 0), ("completion", 0)],
        ),
        ("2029年预算执行数为8万元，2030年预算安排9万元。", [("prior", 0), ("value", 0)]),
        ("上年结转资金预算数为0万元。", [("value", 0)]),
        ("单价100万元以上设备2台。", [("aside", 0)]),
        ("较上年减少了３.５万元，降幅为１０％。", [("change", -1), ("growth", -1)]),
    ],
)
def test_roles(text: str, roles: list[tuple[str, int]]) -> None:
    assert _roles(text) == roles


def test_amounts_are_decimal_yuan_with_half_units() -> None:
    wan, yuan, bare = sentence_claims(Sentence("费用1,302.51万元，即13025100元，另付5万。", Place(line=3)), None)
    assert wan.amount.value == yuan.amount.value == Decimal(13025100)
    assert (wan.amount.half, yuan.amount.half) == (Decimal(50), Decimal(0))
    assert bare.bare and bare.amount.value == 50_000 and not wan.bare


def test_paths_with_and_without_codes() -> None:
    assert path_in("1、公共安全支出（204类）司法（06款）行政运行（01项）") == {
        "类": "公共安全支出",
        "款": "司法",
        "项": "行政运行",
    }
    assert path_in("行政事业单位养老支出（款）行政单位离退休（项）支出") == {
        "款": "行政事业单位养老支出",
        "项": "行政单位离退休",
    }
