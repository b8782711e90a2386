from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Document, Profile, Report, Table
from tests.report import factory

Auditor = Callable[[Document], Report]


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report], None]:
    """Replace what stands behind the commands: every readable file gives this report (its name decides what fails)."""

    def use(report: Report) -> None:
        def audit(document: Document, **_settings: object) -> Report:
            if "notdisclosure" in document.path:
                raise UnreadableError("not-a-disclosure", "没有预算表：不是部门预算或决算公开文件")
            if "bug" in document.path:
                raise ZeroDivisionError("secret")
            return replace(report, document=replace(report.document, path=document.path))

        def recognise(document: Document) -> tuple[Profile, tuple[Table, ...]]:
            if "bug" in document.path:
                raise ZeroDivisionError("secret")
            return report.profile, () if "empty" in document.path else report.tables

        module = ModuleType("budgetaudit.audit")
        module.audit = audit  # type: ignore[attr-defined]
        module.recognise = recognise  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "budgetaudit.audit", module)

    return use


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[[str], Path]:
    """A readable text file of this name; what it holds does not matter to these tests."""

    def make(name: str = "a.txt") -> Path:
        path = tmp_path / name
        path.write_text("收支总表\n收入\t100\n支出\t100\n", "utf-8")
        return path

    return make


@pytest.fixture
def found(audited: Callable[[Report], None]) -> None:
    audited(factory.report())


@pytest.fixture
def clean(audited: Callable[[Report], None]) -> None:
    audited(factory.clean_report())
