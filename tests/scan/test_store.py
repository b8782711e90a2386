"""The store itself: what cannot be stored as UTF-8 costs nothing else."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.scan.discover import Entry
from budgetaudit.scan.outcome import FileVerdict, Outcome
from budgetaudit.scan.store import Store


def test_a_broken_character_becomes_a_question_mark_and_every_row_is_there_once(tmp_path: Path) -> None:
    content = "a" * 64
    notes = [("problem", "", 1, "好"), ("problem", "", 2, "坏\ud800字"), ("problem", "", 3, "完")]
    outcome = Outcome(content, FileVerdict.CLEAN, document={"title": "名\udcff"}, notes=notes)
    with Store(tmp_path / "s.sqlite") as store:
        store.put_outcome(Entry(tmp_path / "x.pdf", tmp_path, content), outcome, "tool", "{}", "{}")
        assert [row["what"] for row in store.query("SELECT what FROM notes ORDER BY seq")] == ["好", "坏?字", "完"]
        assert [row["title"] for row in store.query("SELECT title FROM documents")] == ["名?"]
