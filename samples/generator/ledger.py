"""A department's money as one list of spending lines, from which every table derives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from samples.generator.classification import ECONOMIC, FUNCTIONS
from samples.generator.money import fen


class Fund(StrEnum):
    """Where the money comes from."""

    GENERAL = "general"  # 一般公共预算
    GOVERNMENT = "government"  # 政府性基金
    CAPITAL = "capital"  # 国有资本经营
    SPECIAL = "special"  # 财政专户
    OWN = "own"  # 单位资金
    CARRY = "carry"  # 财政拨款结转 (一般公共预算)
    CARRY_OWN = "carry-own"  # 非财政拨款结转结余


FISCAL = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL)
THIS_YEAR = (*FISCAL, Fund.SPECIAL, Fund.OWN)
CARRIED = (Fund.CARRY, Fund.CARRY_OWN)
PERSONNEL = ("301", "303")
"""Economic classes of 人员经费 in the basic expenditure of all samples."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One spending line; ``fen`` in fen; no project means basic expenditure."""

    function: str
    economic: str
    fen: int
    fund: Fund = Fund.GENERAL
    project: str = ""
    unit: str = ""

    @property
    def personnel(self) -> bool:
        """True for 人员经费, meaningful for basic expenditure only."""
        return self.economic[:3] in PERSONNEL


@dataclass(frozen=True, slots=True)
class Ledger:
    """Spending lines with filters; totals are in fen."""

    entries: tuple[Entry, ...]

    def where(
        self,
        *,
        function: str = "",
        economic: str = "",
        funds: Collection[Fund] = (),
        basic: bool | None = None,
        personnel: bool | None = None,
        project: str = "",
        unit: str = "",
    ) -> Ledger:
        """The lines that match; codes match by prefix, what is left out matches everything."""
        return Ledger(
            tuple(
                e
                for e in self.entries
                if e.function.startswith(function)
                and e.economic.startswith(economic)
                and (not funds or e.fund in funds)
                and (basic is None or basic is (not e.project))
                and (personnel is None or personnel is e.personnel)
                and project in ("", e.project)
                and unit in ("", e.unit)
            )
        )

    @property
    def total(self) -> int:
        """Sum in fen."""
        return sum(e.fen for e in self.entries)

    def functions(self) -> list[str]:
        """Codes of classes, sections and items that occur, a parent before its children."""
        return sorted({e.function[:n] for e in self.entries for n in (3, 5, 7)})

    def items(self) -> list[str]:
        """Codes of functional items only."""
        return sorted({e.function for e in self.entries})

    def economics(self) -> list[str]:
        """Codes of economic classes and items that occur, a parent before its children."""
        return sorted({e.economic[:n] for e in self.entries for n in (3, 5)})

    def projects(self) -> list[str]:
        """Project names in the order of their first line."""
        return list(dict.fromkeys(e.project for e in self.entries if e.project))

    def raised(self, index: int, by: int) -> Ledger:
        """The same ledger with one line changed by so many fen (to see what an older draft would have said)."""
        changed = list(self.entries)
        changed[index] = replace(changed[index], fen=changed[index].fen + by)
        return Ledger(tuple(changed))


def parse(text: str, unit: str = "") -> list[Entry]:
    """Lines ``FUNCTION ECONOMIC YUAN`` of basic expenditure, or ``FUNCTION ECONOMIC YUAN FUND PROJECT``.

    ValueError where a line is malformed, KeyError where a code is unknown.
    """
    entries = []
    for line in filter(None, map(str.strip, text.splitlines())):
        function, economic, amount, *rest = line.split(maxsplit=4)
        if not (FUNCTIONS[function] and ECONOMIC[economic]):
            raise ValueError(line)
        fund = Fund(rest[0]) if rest else Fund.GENERAL
        entries.append(Entry(function, economic, fen(amount), fund, rest[1] if len(rest) > 1 else "", unit))
    return entries
