"""A fictional department: who it is, its ledger, and what else its document tells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.generator.ledger import FISCAL, Fund, Ledger


@dataclass(frozen=True, slots=True)
class LastYear:
    """Figures of the year before in fen, for growth."""

    total: int
    basic: int
    project: int
    three_public: int
    reception: int
    vehicles: int
    operation: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What a final account carried in and out, by functional item and fund, in fen."""

    function: str
    fund: Fund
    opening: int
    closing: int


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """The 三公 items in fen."""

    abroad: int
    purchase: int
    running: int
    reception: int

    @property
    def vehicles(self) -> int:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def total(self) -> int:
        """All of it."""
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True, slots=True)
class Department:
    """One document's worth of facts; amounts in fen."""

    name: str
    year: int
    ledger: Ledger
    last: LastYear
    duties: tuple[str, ...]
    units: tuple[str, ...] = ()
    administrative: tuple[str, ...] = ()
    """Functional items whose 公用经费 counts as 机关运行经费."""
    goods: int = 0
    works: int = 0
    services: int = 0
    vehicles: int = 0
    balances: tuple[Balance, ...] = ()
    planned: ThreePublic | None = None
    """三公 as budgeted, for a final account."""

    @property
    def three_public(self) -> ThreePublic:
        """三公 paid from this year's fiscal money, from the economic items."""
        fiscal = self.ledger.where(funds=FISCAL)
        return ThreePublic(
            fiscal.where(economic="30212").total,
            fiscal.where(economic="31013").total,
            fiscal.where(economic="30231").total,
            fiscal.where(economic="30217").total,
        )

    @property
    def operation(self) -> int:
        """机关运行经费: 公用经费 of the administrative items."""
        basic = self.ledger.where(funds=(Fund.GENERAL,), basic=True, personnel=False)
        return sum(basic.where(function=code).total for code in self.administrative)

    @property
    def procurement(self) -> int:
        """政府采购预算."""
        return self.goods + self.works + self.services

    def with_ledger(self, ledger: Ledger) -> Department:
        """The same department with another ledger."""
        return replace(self, ledger=ledger)
