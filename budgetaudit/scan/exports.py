"""Findings and facts of a store as flat files: CSV for spreadsheets, JSON lines and Parquet for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from budgetaudit.report.formats.findings_csv import BOX_COLUMNS, COLUMNS, DOCUMENT_COLUMNS
from budgetaudit.report.tables import csv_safe
from budgetaudit.scan.link_rows import LinkRow, link_findings
from budgetaudit.scan.store import Store
from budgetaudit.scan.summary import FileRow
from budgetaudit.scan.worker import ASPECTS

_OTHER = ("other_path", "other_sha256", "other_page", "other_line", *(f"other_{edge}" for edge in BOX_COLUMNS))
FINDING_COLUMNS = (
    *COLUMNS,
    *(*_OTHER, "other_label", "other_printed"),
)
"""Those of `check --format csv`; the last ones are for findings across files: the place in the other file, and what is printed there."""
FACT_COLUMNS = (
    *DOCUMENT_COLUMNS,
    *("table_id", "table", "form", "row", "column", "label", "printed", "value", "half", "page", "line", *BOX_COLUMNS),
    *(name.replace("-", "_") for name in ASPECTS),
    "other",
)
_NUMBERS = frozenset({"year", "page", "line", "row", "column", "other_page", "other_line"})
_REALS = frozenset({"confidence", *BOX_COLUMNS, *(f"other_{edge}" for edge in BOX_COLUMNS)})
_AMOUNTS = frozenset({"value", "half"})
_BATCH = 20_000
_SCALE = Decimal("1E-8")


def export_findings(store: Store, rows: Sequence[FileRow], links: Sequence[LinkRow], path: Path) -> int:
    """Write one record a finding of these files and of links between them; how many there were. Raises OSError where
    that is impossible.
    """
    records = chain(_records(store, rows, "findings"), _across(store, links))
    return _write(path, FINDING_COLUMNS, records, _NUMBERS - {"row", "column"})


def export_facts(store: Store, rows: Sequence[FileRow], path: Path) -> int:
    """Write one record a printed amount: values in yuan as exact digits. Raises OSError where that is impossible."""
    return _write(path, FACT_COLUMNS, _records(store, rows, "facts"), _NUMBERS)


def _across(store: Store, links: Sequence[LinkRow]) -> Iterator[dict[str, Any]]:
    """Findings across files, with both places."""
    for link in links:
        for item in link_findings(store, link):
            file, other = item["side"].file, item["other"].file if item["other"] is not None else None
            yield {
                **item,
                "path": file.shown,
                "sha256": file.sha256,
                **{name: file.document[name] for name in ("department", "year", "kind")},
                "other_path": other.shown if other is not None else None,
                "other_sha256": other.sha256 if other is not None else None,
            }


def _records(store: Store, rows: Sequence[FileRow], part: str) -> Iterator[dict[str, Any]]:
    """Each content once, under the first of its paths."""
    for row in rows:
        if not row.audited:
            continue
        head = {
            "path": row.shown,
            "sha256": row.sha256,
            **{name: row.document[name] for name in ("department", "year", "kind")},
        }
        if part == "findings":
            for record in store.query("SELECT * FROM findings WHERE sha256 = ? ORDER BY seq", (row.sha256,)):
                yield {**dict(record), **head}
            continue
        tables = {
            record["id"]: {"table": record["title"], "form": record["form"]}
            for record in store.query("SELECT id, title, form FROM tables WHERE sha256 = ?", (row.sha256,))
        }
        for record in store.query("SELECT * FROM facts WHERE sha256 = ? ORDER BY seq", (row.sha256,)):
            yield {**dict(record), **tables.get(record["table_id"], {}), **head}


def _write(path: Path, columns: Sequence[str], records: Iterable[dict[str, Any]], numbers: frozenset[str]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    picked = ([record.get(name) for name in columns] for record in records)
    writers: dict[str, Callable[[], int]] = {
        ".csv": lambda: _csv(path, columns, picked),
        ".jsonl": lambda: _json_lines(path, columns, picked),
        ".parquet": lambda: _parquet(path, columns, picked, numbers),
    }
    return writers[path.suffix.lower()]()


def _csv(path: Path, columns: Sequence[str], records: Iterable[list[Any]]) -> int:
    # A byte order mark tells a spreadsheet that the CSV is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        count = 0
        for count, record in enumerate(records, 1):  # noqa: B007 - the count is what is left after the loop
            writer.writerow("" if value is None else csv_safe(str(value)) for value in record)
    return count


def _json_lines(path: Path, columns: Sequence[str], records: Iterable[list[Any]]) -> int:
    with path.open("w", encoding="utf-8", errors="backslashreplace") as stream:
        count = 0
        for count, record in enumerate(records, 1):  # noqa: B007
            stream.write(json.dumps(dict(zip(columns, record, strict=True)), ensure_ascii=False) + "\n")
    return count


def _parquet(path: Path, columns: Sequence[str], records: Iterator[list[Any]], numbers: frozenset[str]) -> int:
    """Parquet through pyarrow, which only this needs. Amounts are decimals with eight places: 0.01 fen of a 亿元."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def kind(name: str) -> Any:
        if name in numbers:
            return pa.int64()
        if name in _REALS:
            return pa.float64()
        return pa.decimal128(38, 8) if name in _AMOUNTS else pa.string()

    def typed(name: str, value: Any) -> Any:
        return Decimal(value).quantize(_SCALE) if name in _AMOUNTS and value is not None else value

    schema = pa.schema([(name, kind(name)) for name in columns])
    total = 0
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(records, _BATCH)):
            total += len(batch)
            arrays = [
                pa.array([typed(name, record[at]) for record in batch], kind(name)) for at, name in enumerate(columns)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return total
