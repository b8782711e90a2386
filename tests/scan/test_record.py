"""A document's record survives being stored: the same figures, places and merged cells."""

from __future__ import annotations

import zlib
from dataclasses import replace

import msgspec
import pytest

from budgetaudit.scan.record import Record, pack, unpack
from tests.scan.conftest import SAMPLES


@pytest.fixture(scope="module")
def record() -> Record:
    from budgetaudit.audit import recognise
    from budgetaudit.narrative.text import narrative
    from budgetaudit.reading import read

    document = read(SAMPLES / "columns-errors.pdf")
    profile, tables = recognise(document)[:2]
    return Record(profile, tuple(tables), narrative(document, tables))


def test_what_is_stored_comes_back_equal(record: Record) -> None:
    again = unpack(pack(record))
    numbered = tuple(replace(table, id=f"0.{table.id}") for table in record.tables)
    assert again == replace(record, tables=numbered)
    assert any(table.amounts for table in again.tables) and again.narrative.sentences


def test_a_merged_cell_is_one_object_at_all_its_positions(record: Record) -> None:
    again = unpack(pack(record))
    merged = 0
    for before, after in zip(record.tables, again.tables, strict=True):
        old = [cell for row in before.grid for cell in row if cell is not None]
        new = [cell for row in after.grid for cell in row if cell is not None]
        assert len({id(cell) for cell in old}) == len({id(cell) for cell in new})
        merged += len(old) - len({id(cell) for cell in old})
    assert merged


def test_every_place_says_which_document_it_is_in(record: Record) -> None:
    again = unpack(pack(record), 3)
    for table in again.tables:
        places = [table.place, *(row.place for row in table.rows), *(note.place for note in table.notes)]
        places += [cell.place for row in table.grid for cell in row if cell is not None]
        assert {place.file for place in places} == {3} and table.id.startswith("3.")
    text = again.narrative
    for sentence in (*text.sentences, *text.notes):
        assert {sentence.place.file, *(place.file for _, place in sentence.pieces)} == {3}
    assert {heading.place.file for heading in (*text.headings, *text.contents)} == {3}


@pytest.mark.parametrize(
    "stored", [b"", b"no record", zlib.compress(b"\xc1"), zlib.compress(msgspec.msgpack.encode({"profile": 1}))]
)
def test_what_is_no_record_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(stored)
