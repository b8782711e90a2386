"""The nouns of budgetaudit: frozen values that travel from the reader to the reports.

Every printed figure keeps its place (page and box, or the line of a text file) from the moment it is read. Amounts are
``Decimal`` in yuan. Boxes are in points from the top left corner of the page as a viewer shows it (after /Rotate).
"""

from __future__ import annotations

from budgetaudit.model.check import CellRef, Check, Fact, Operand, Relation, Severity, Verdict
from budgetaudit.model.document import BBox, Cell, Document, Grid, Line, Page, Part, Place, Problem
from budgetaudit.model.report import Change, Coverage, Finding, Hidden, NotChecked, Repair, Report, Stale
from budgetaudit.model.table import Amount, Column, ColumnRole, Profile, Row, RowRole, Table
from budgetaudit.model.text import Heading, Narrative, Sentence

__all__ = [
    "Amount",
    "BBox",
    "Cell",
    "CellRef",
    "Change",
    "Check",
    "Column",
    "ColumnRole",
    "Coverage",
    "Document",
    "Fact",
    "Finding",
    "Grid",
    "Heading",
    "Hidden",
    "Line",
    "Narrative",
    "NotChecked",
    "Operand",
    "Page",
    "Part",
    "Place",
    "Problem",
    "Profile",
    "Relation",
    "Repair",
    "Report",
    "Row",
    "RowRole",
    "Sentence",
    "Severity",
    "Stale",
    "Table",
    "Verdict",
]
