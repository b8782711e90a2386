"""From the lines outside the tables to what the text says: sections, sentences, claims."""

from __future__ import annotations

from budgetaudit.model.text import Heading, Narrative, Sentence

__all__ = ["Heading", "Narrative", "Sentence"]
