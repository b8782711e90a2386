"""What of a store is shown: rules and limits of the settings, applied when it is read. The store keeps everything.

Temporary views of the same names stand before the tables, so that every question asked after them sees what is left.
"""

from __future__ import annotations

from collections.abc import Collection

from budgetaudit.scan.outcome import AUDITED, FileVerdict
from budgetaudit.scan.store import Store

_VERDICTS = ", ".join(f"'{verdict.value}'" for verdict in sorted(AUDITED))
_VIEWS = """
CREATE TEMP VIEW findings AS
    SELECT f.* FROM main.findings f WHERE {own} OR ({kept} AND EXISTS (
        SELECT 1 FROM main.findings d WHERE d.sha256 = f.sha256 AND d.root = f.id AND {dependant}));
CREATE TEMP VIEW link_findings AS SELECT f.* FROM main.link_findings f WHERE {own};
CREATE TEMP VIEW documents AS
    SELECT {columns}, {verdict} AS verdict, {counts} FROM main.documents d;
"""
# What is listed under another finding is not counted, as in the store; what has lost its head is.
_COUNT = """(SELECT count(*) FROM findings f WHERE f.sha256 = d.sha256 AND f.severity = '{name}' AND (f.root = ''
    OR NOT EXISTS (SELECT 1 FROM findings h WHERE h.sha256 = f.sha256 AND h.id = f.root))) AS {name}s"""
_VERDICT = f"""CASE WHEN d.verdict NOT IN ({_VERDICTS}) THEN d.verdict
    WHEN EXISTS (SELECT 1 FROM findings f WHERE f.sha256 = d.sha256 AND f.severity <> 'notice')
    THEN '{FileVerdict.FINDINGS.value}' ELSE '{FileVerdict.CLEAN.value}' END"""


def narrow(store: Store, off: Collection[str], severities: Collection[str], confidence: float) -> None:
    """Show only findings of rules that are not ``off``, of these severities, at least as sure as ``confidence``.

    The head of a finding that is shown is shown too. Nothing can be put into the store afterwards.
    """

    def fits(name: str) -> str:
        return (
            f"({name}.severity IN ({_listed(severities)}) AND {name}.confidence >= {confidence:f}"
            f" AND {name}.code NOT IN ({_listed(off)}))"
        )

    names = [row["name"] for row in store.query("PRAGMA main.table_info(documents)")]
    computed = {"verdict", "errors", "warnings", "notices"}
    store.overlay(
        _VIEWS.format(
            own=fits("f"),
            kept=f"f.code NOT IN ({_listed(off)})",
            dependant=fits("d"),
            columns=", ".join(f"d.{name}" for name in names if name not in computed),
            verdict=_VERDICT,
            counts=", ".join(_COUNT.format(name=name) for name in ("error", "warning", "notice")),
        )
    )


def _listed(words: Collection[str]) -> str:
    """Words as SQL texts. Views take no parameters, so what is not a plain word is refused."""
    for word in words:
        if not word.isalnum():
            raise ValueError(word)
    return ", ".join(f"'{word}'" for word in sorted(words))
