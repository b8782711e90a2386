"""The bench end to end: on a small text, and on one sample that is drawn again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutants.__main__ import main
from tests.mutants.reach import Reach
from tests.mutants.run import SAMPLE, Job, bench
from tests.mutants.tally import Floor, Tally, floors, tally

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_command_prints_counts_and_writes_them(
    small_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mutants.json"
    given = [str(small_file), "--each", "3", "--kinds", "digit-changed,text-digit", "--jobs", "1", "--json", str(out)]
    assert main(given) == 0
    printed = capsys.readouterr().out
    assert "digit-changed" in printed and "6 mutants of 1 documents, seed 1" in printed
    saved = json.loads(out.read_text("utf-8"))
    assert {k["kind"]: k["planted"] for k in saved["kinds"]} == {"digit-changed": 3, "text-digit": 3}
    outcome = saved["documents"][0]["outcomes"][0]
    assert outcome["where"] and outcome["change"] and outcome["reach"] in list(Reach)


def test_an_unknown_kind_ends_the_command() -> None:
    with pytest.raises(SystemExit):
        main(["--kinds", "no-such-kind"])


def test_a_sample_is_drawn_with_the_error_in_it() -> None:
    result = bench(
        Job(SAMPLE, "numbered-clean", SAMPLES / "numbered-clean.pdf", ("digit-changed", "text-neighbour"), 3, 2, 2)
    )
    for kind in ("digit-changed", "text-neighbour"):
        drawn = [o for o in result.outcomes if o.kind == kind and o.drawn]
        read = [o for o in result.outcomes if o.kind == kind and not o.drawn]
        assert len(drawn) == len(read) == 2
        assert [o.verdict.found for o in drawn] == [o.verdict.found for o in read]
        assert [o.change for o in drawn] == [o.change for o in read]


def test_counts_add_up() -> None:
    result = bench(
        Job(SAMPLE, "numbered-clean", SAMPLES / "numbered-clean.pdf", ("digit-changed", "component-off"), 1, 4)
    )
    counts: Tally = tally(result.outcomes)
    assert counts.planted == len(result.outcomes) == counts.free + counts.within + counts.bound
    assert counts.named <= counts.placed <= counts.found <= counts.bound
    assert any(floor.of for floor in floors([result]))


def test_a_floor_of_nothing_is_not_kept() -> None:
    assert Floor("x", 9, 10, 0.9).kept and not Floor("x", 8, 10, 0.9).kept
    assert Floor("x", 1, 10, 0.1, True).kept and not Floor("x", 2, 10, 0.1, True).kept
    assert not Floor("x", 0, 0, 0.0).kept
