"""The stored result beside each formula of a workbook: previews, phones and protected views calculate nothing.

openpyxl writes a formula with an empty value. The value is filled in here, in the parts that openpyxl has just written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

# Text of a document cannot look like this: its angle brackets are escaped.
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^<>]*)>(<f>[^<>]*</f>)<v(?: ?/>|></v>)</c>')


def with_results(workbook: bytes, results: Sequence[Mapping[str, Decimal | str]]) -> bytes:
    """The file of a workbook with the results of its formulas: for each sheet in order, by the names of their cells.

    A formula without a known result stays empty.
    """
    parts = {f"xl/worksheets/sheet{number}.xml": known for number, known in enumerate(results, 1) if known}
    made = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename in parts:
                content = _filled(content.decode("utf-8"), parts[part.filename]).encode("utf-8")
            after.writestr(part, content)
    return made.getvalue()


def _filled(sheet: str, known: Mapping[str, Decimal | str]) -> str:
    def value(found: re.Match[str]) -> str:
        cell, attributes, formula = found.groups()
        result = known.get(cell)
        if result is None:
            return found[0]
        if isinstance(result, str):
            return f'<c r="{cell}"{attributes} t="str">{formula}<v>{escape(result)}</v></c>'
        return f'<c r="{cell}"{attributes}>{formula}<v>{result:.16G}</v></c>'

    return _FORMULA.sub(value, sheet)
