"""Links between real documents: years of one province's offices, a text and its table book, a department and its unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.live import Quiet

pytestmark = pytest.mark.corpus


def test_documents_that_belong_together_agree(tmp_path: Path, corpus: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        scan([corpus / "dev" / name for name in ("jiangsu", "suzhou")], store, Settings(jobs=2), Quiet())
        found = {
            row["kind"]: (row["n"], row["held"], row["failed"])
            for row in store.query(
                "SELECT kind, count(*) AS n, sum(held) AS held, sum(failed) AS failed FROM links GROUP BY kind"
            )
        }
    assert {kind: n for kind, (n, _, _) in found.items()} == {"parts": 7, "years": 6, "units": 1}
    # One text lists 奖金 twice, and leaves 奖励金 out, of which its table book has an amount.
    assert {kind: failed for kind, (_, _, failed) in found.items()} == {"parts": 1, "years": 0, "units": 0}
    assert found["years"][1] >= 140 and found["parts"][1] >= 600 and found["units"][1] >= 300
