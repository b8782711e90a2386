"""The samples are what the generator makes, and they say what we claim: checked with arithmetic of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from samples.generator.build import BUILDERS, _apply, write
from samples.generator.planting import slips, swapped
from tests.samples.arithmetic import cross_breaks, residues, table_breaks

SAMPLES = Path(__file__).parents[2] / "samples"


def _texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("samples")
    return folder, write(folder)


def test_the_committed_files_are_what_the_generator_makes(regenerated: tuple[Path, dict[str, object]]) -> None:
    folder, expectations = regenerated
    committed = sorted(path.name for path in SAMPLES.glob("*.pdf"))
    assert committed == sorted(path.name for path in folder.glob("*.pdf"))
    for name in committed:
        assert _texts(SAMPLES / name) == _texts(folder / name), f"{name}: run `make samples`"
    assert json.loads((SAMPLES / "expectations.json").read_text("utf-8")) == expectations


def test_samples_are_small() -> None:
    for path in SAMPLES.glob("*.pdf"):
        assert path.stat().st_size < 60_000, path.name


@pytest.mark.parametrize("name", BUILDERS)
def test_every_relation_holds_in_the_clean_document(name: str) -> None:
    document = BUILDERS[name]()
    assert table_breaks(document) == {}
    assert cross_breaks(document) == []


@pytest.mark.parametrize("name", BUILDERS)
def test_each_planted_error_breaks_a_relation_and_nothing_else_breaks(name: str) -> None:
    document = BUILDERS[name]()
    planted = slips(document)
    for slip in planted:
        _apply(document, slip)
    inside, across = set(table_breaks(document)), {key for pair in cross_breaks(document) for key in pair}
    for slip in planted:
        assert slip.sheet in inside | across, slip
    assert inside <= {slip.sheet for slip in planted}


@pytest.mark.parametrize("name", BUILDERS)
def test_each_planted_error_alone_breaks_its_own_table_or_a_pair_with_it(name: str) -> None:
    for slip in slips(BUILDERS[name]()):
        document = BUILDERS[name]()
        _apply(document, slip)
        inside, across = table_breaks(document), cross_breaks(document)
        assert set(inside) <= {slip.sheet}, slip
        assert all(slip.sheet in pair for pair in across), slip
        assert inside or across, slip


@pytest.mark.parametrize(("name", "exact"), [("columns", False), ("final", False), ("cascade", False), ("yuan", True)])
def test_tables_in_wan_yuan_carry_rounding_residues_and_tables_in_yuan_none(name: str, exact: bool) -> None:
    assert (residues(BUILDERS[name]()) == 0) is exact


def test_swapped_keeps_the_leading_digit_and_the_length() -> None:
    assert swapped("40.23") == "42.03"
    assert swapped("1,175.16") == "1,715.16"
    with pytest.raises(ValueError, match="11"):
        swapped("1,111.11")


def test_expectations_name_every_kind_of_error_in_both_layers() -> None:
    files = json.loads((SAMPLES / "expectations.json").read_text("utf-8"))["files"]
    assert len(files) == 2 * len(BUILDERS)
    for entry in files:
        layers = [planted["layer"] for planted in entry["planted"]]
        if entry["file"].endswith("-clean.pdf"):
            assert layers == []
        else:
            assert 3 <= layers.count("table") <= 6
            assert layers.count("narrative") >= 3
        assert len(entry["traps"]) >= 3
    kinds = {planted["kind"] for entry in files for planted in entry["planted"]}
    assert kinds >= {
        "digits-swapped",
        "total-not-updated",
        "nature-exchanged",
        "cent-off",
        "income-not-expenditure",
        "three-public-part",
        "cross-table",
        "neighbour-copied",
        "rows-exchanged",
        "wrong-figure",
        "wrong-rate",
        "direction-word",
        "last-year",
    }
