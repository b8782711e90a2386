"""What a final account adds to a ledger of spending: money received, carried in and carried out."""

from __future__ import annotations

from collections.abc import Collection

from samples.generator.department import Department
from samples.generator.ledger import Entry, Fund, Ledger


class YearEnd:
    """Income by subject follows from spending and carry-over: received = spent + closing - opening."""

    def __init__(self, department: Department) -> None:
        self.department = department
        lines = [Entry(e.function, "302", e.fen, e.fund) for e in department.ledger.entries]
        for balance in department.balances:
            lines.append(Entry(balance.function, "302", balance.closing - balance.opening, balance.fund))
        self.received = Ledger(tuple(lines))
        """Money received, by subject and fund; the economic code means nothing here."""

    def opening(self, funds: Collection[Fund], function: str = "") -> int:
        """Carried in, in fen."""
        return sum(b.opening for b in self.department.balances if b.fund in funds and b.function.startswith(function))

    def closing(self, funds: Collection[Fund], function: str = "") -> int:
        """Carried out, in fen."""
        return sum(b.closing for b in self.department.balances if b.fund in funds and b.function.startswith(function))
