"""Plant, draw, and write down what an audit must find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from samples.generator.document import Break, Document, Misprint, Placed, Slip, Text
from samples.generator.layouts import cascade, codename, columns, final, numbered, yuan
from samples.generator.planting import misprints, slips
from samples.generator.press import MARGIN, Press, wrap
from samples.generator.ruling import draw
from samples.generator.sheet import Sheet

BUILDERS: dict[str, Callable[[], Document]] = {
    "columns": columns.build,
    "yuan": yuan.build,
    "codename": codename.build,
    "final": final.build,
    "cascade": cascade.build,
    "numbered": numbered.build,
}
"""Every layout by name; each call builds a fresh clean document."""

_BODY, _LEADING = 10.5, 19.0


def render(doc: Document, path: Path) -> int:
    """Draw a document; returns its number of pages and records where every table and paragraph went."""
    press = Press(path, rotated_tables=doc.rotated_tables, footer=doc.footer)
    after_table = False
    for part in doc.parts:
        if isinstance(part, Placed):
            draw(press, part.sheet, part.style, new_page=part.new_page)
            after_table = True
        elif isinstance(part, Break):
            press.turn()
            press.y += 220 if part.cover else 0
            for title in part.titles:
                press.centred(title, 24 if part.cover else 16, gap=24)
            after_table = False
        else:
            if after_table:
                press.turn()
                after_table = False
            _paragraph(press, part)
    press.save()
    return press.page


def _paragraph(press: Press, text: Text) -> None:
    size = 13.0 if text.heading else _BODY
    room = press.width - 2 * MARGIN
    indent = "" if text.heading else "\u3000\u3000"
    offset = -len(indent)
    for line in wrap(indent + text.text, size, room):
        if press.room < _LEADING:
            press.turn()
        press.y += _LEADING
        text.places.append((max(offset, 0), press.page))
        press.text(line, MARGIN, press.y - 4, size)
        offset += len(line)


def _label(sheet: Sheet, index: int, column: int) -> str:
    """The label of a cell's row: the nearest text to its left that is no amount."""
    cells = sheet.body[index].cells
    for position in range(column - 1, -1, -1):
        cell = cells[position]
        if cell is not None and cell.text and cell.align != "r" and not cell.text.isdigit():
            return cell.text
    return ""


def _cell_entry(sheet: Sheet, row: str, column: str, right: str) -> dict[str, Any]:
    index, position = sheet.find(row), sheet.column(column)
    page, box = sheet.places[index, position][0]
    return {
        "page": page,
        "row": _label(sheet, index, position),
        "column": "/".join(sheet.leaves()[position][1]),
        "printed": sheet.text(row, column),
        "right": right,
        "bbox": [round(edge, 1) for edge in box],
    }


def _apply(doc: Document, slip: Slip) -> list[str]:
    """Print the wrong texts; returns the right ones. ValueError where a slip changes nothing."""
    sheet = doc.sheet(slip.sheet)
    right = [sheet.text(row, column) for row, column, _ in slip.cells]
    for row, column, text in slip.cells:
        if sheet.text(row, column) == text:
            raise ValueError(f"{doc.name}: {slip} changes nothing")
        sheet.put(row, column, text)
    return right


def _apply_text(doc: Document, misprint: Misprint) -> None:
    text = doc.paragraph(misprint.paragraph)
    if text.text.count(misprint.old) != 1:
        raise ValueError(f"{doc.name}: {misprint.old!r} occurs {text.text.count(misprint.old)} times in {text.key}")
    text.text = text.text.replace(misprint.old, misprint.new)


def _text_entry(doc: Document, misprint: Misprint) -> dict[str, Any]:
    text = doc.paragraph(misprint.paragraph)
    at = text.text.index(misprint.new)
    start = text.text.rfind("。", 0, at) + 1
    end = text.text.find("。", at) + 1 or len(text.text)
    return {
        "layer": "narrative",
        "kind": misprint.kind,
        "page": text.page_of(at),
        "quote": text.text[start:end],
        "printed": misprint.new,
        "right": misprint.old,
    }


def _entry(doc: Document, file: str, pages: int, planted: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "file": file,
        "kind": doc.kind,
        "department": doc.department.name,
        "year": doc.department.year,
        "pages": pages,
        "tables": [{"title": s.title, "form": s.form, "unit": s.unit, "pages": list(s.pages)} for s in doc.sheets()],
        "planted": planted,
        "traps": list(doc.traps),
    }


def write(folder: Path) -> dict[str, Any]:
    """Write every sample into a folder; returns the expectations."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, build in BUILDERS.items():
        clean = build()
        pages = render(clean, folder / f"{name}-clean.pdf")
        files.append(_entry(clean, f"{name}-clean.pdf", pages, []))
        wrong = build()
        planned, texts = slips(wrong), misprints(wrong)
        rights = [_apply(wrong, slip) for slip in planned]
        for misprint in texts:
            _apply_text(wrong, misprint)
        pages = render(wrong, folder / f"{name}-errors.pdf")
        planted = []
        for slip, right in zip(planned, rights, strict=True):
            sheet = wrong.sheet(slip.sheet)
            pairs = zip(slip.cells, right, strict=True)
            cells = [_cell_entry(sheet, row, column, text) for (row, column, _), text in pairs]
            planted.append({"layer": "table", "kind": slip.kind, "table": sheet.title, **cells[0], "cells": cells})
        planted += [_text_entry(wrong, misprint) for misprint in texts]
        files.append(_entry(wrong, f"{name}-errors.pdf", pages, planted))
    return {"files": files}
