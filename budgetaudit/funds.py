"""The tree of funds (资金来源): which money is part of which."""

from __future__ import annotations

from collections.abc import Mapping

FUND_PARENT: Mapping[str, str] = {
    "fiscal": "",
    "general": "fiscal",
    "government-fund": "fiscal",
    "capital": "fiscal",
    "special-bond": "fiscal",
    "special-account": "",
    "unit": "",
    "business": "unit",
    "operating": "unit",
    "superior": "unit",
    "subordinate": "unit",
    "other": "unit",
}
"""The tree of funds (资金来源); the empty string is all money."""


def nested(fund: str, other: str) -> bool:
    """Whether one fund is the other or lies within it; the empty string holds all funds, an unknown one meets none."""
    if "unknown" in (fund, other):
        return False
    for low, high in ((fund, other), (other, fund)):
        node = low
        while node:
            if node == high:
                return True
            node = FUND_PARENT.get(node, "")
        if high == "":
            return True
    return False
