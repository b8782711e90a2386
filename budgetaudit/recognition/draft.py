"""The row under construction that label reading and tree building share."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetaudit.model import Place, RowRole

INDENT_STEP = 4.0
"""Points by which a label must be moved right to count as one level deeper."""


@dataclass(slots=True)
class Draft:
    """One row of one block before it becomes a Row: what was read of its label, and where its tree puts it."""

    index: int
    label: str
    block: int = 0
    code: str = ""
    dimension: str = ""
    role: RowRole = RowRole.ITEM
    indent: float = 0.0
    numbered: str = ""
    """The numbering its label begins with."""
    parent: int | None = None
    level: int = 0
    unit: str = ""
    aspects: dict[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    label_column: int = 0
