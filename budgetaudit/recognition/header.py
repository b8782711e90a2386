"""The head of a table: how many rows it has, what each column is called and holds, and which blocks stand side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from budgetaudit.amount import UNITS, is_blank, parse_number
from budgetaudit.model import Cell, Column, ColumnRole
from budgetaudit.recognition.assemble import Matrix
from budgetaudit.recognition.titles import unit_in
from budgetaudit.vocabulary import aspects, is_whole, numbering, squash, total_scope, words

CODE = re.compile(r"^\[?[A-Z]?\d{3,12}\]?(?:[-—_ ]?\D.*)?$")
PURE_CODE = re.compile(r"^(?:[23456789]\d{2}(?:\d{2}){0,4}|[A-Z](?:\d{2})*|\d{2})$")
_ORDINAL = re.compile(r"^(?:\d{1,3}|栏次|\*+|行次|[一二三四五六七八九十]|\d{1,2}=[\d+\-()]+)$")
_COLUMN_NUMBER = re.compile(r"^(?:\d{1,3}|栏次|\*+|\d{1,2}=[\d+\-()]+)$")
_YEAR_WORD = re.compile(r"(?:19|20)\d\d年?度?")
MAX_HEADER = 8
_HEADER_WORDS = (
    "code",
    "unit_code",
    "project_code",
    "name",
    "kind",
    "ordinal",
    "ratio",
    "text",
    "count",
    "price",
    "amount",
)


def starting(matrix: Matrix, row: int) -> list[tuple[int, Cell]]:
    """Cells that begin in this row, with their first column."""
    found: list[tuple[int, Cell]] = []
    for col, cell in enumerate(matrix[row]):
        if cell is None or (col and matrix[row][col - 1] is cell) or (row and matrix[row - 1][col] is cell):
            continue
        found.append((col, cell))
    return found


def is_ordinal_row(texts: Sequence[str]) -> bool:
    """A header row that only numbers the columns (栏次, 1 2 3, **)."""
    filled = [text for text in texts if text]
    numbers = [int(text) for text in filled if text.isdigit()]
    if not filled or not all(
        _ORDINAL.match(text) or text in ("栏次", "行次", "类", "款", "项", "合计") for text in filled
    ):
        return False
    if any(text in ("栏次", "**") for text in filled):
        return True
    return len(numbers) >= 2 and numbers[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(numbers))


def header_depth(matrix: Matrix) -> int:
    """Number of header rows: rows above the first that holds a figure, a code, a total's label or nothing at all."""
    for row in range(min(len(matrix), MAX_HEADER)):
        if _is_body_row(matrix, row):
            return row
    return min(len(matrix), MAX_HEADER) if len(matrix) <= MAX_HEADER else 0


def _is_body_row(matrix: Matrix, row: int) -> bool:
    cells = starting(matrix, row)
    texts = [squash(cell.flat) for _, cell in cells]
    filled = [text for text in texts if not is_blank(text)]
    if not filled:
        return row > 0
    everything = [squash(cell.flat) for cell in dict.fromkeys(c for c in matrix[row] if c is not None)]
    if is_ordinal_row(filled) or is_ordinal_row([t for t in everything if t]):
        return False
    figures = [text for text in filled if parse_number(text) is not None]
    if any("." in text or "," in text for text in figures):
        return True
    if row == 0:
        return bool(CODE.match(filled[0])) and len(filled) > 1 and bool(figures)
    if any(CODE.match(text) and not _YEAR_WORD.match(text) for text in filled[:3]):
        return True
    if figures and len(figures) >= len(filled) / 2:
        return True
    others = [text for text in filled if total_scope(text) is None and text not in ("类", "款", "项")]
    if (
        not others
        and any(total_scope(text) for text in filled)
        and cells[0][1] is next((c for c in matrix[row] if c is not None), None)
    ):
        return True
    first = filled[0]
    if numbering(first) or first in ("201", "301"):
        return True
    return not any(_is_header_text(text) for text in filled)


def _is_header_text(text: str) -> bool:
    bare = _YEAR_WORD.sub("", text)
    bare = re.sub(r"[(](?:万元|元|%|单位:.*)[)]$", "", bare)
    if any(bare in words("header", key) for key in _HEADER_WORDS):
        return True
    return (
        is_whole(bare)
        or bool(aspects(bare))
        or bare.endswith(("数", "额", "编码", "名称", "目标", "科目", "指标", "情况"))
    )


def columns(matrix: Matrix, depth: int) -> list[Column]:
    """The columns with header paths, roles, aspects and block numbers."""
    width = len(matrix[0]) if matrix else 0
    paths = [_path(matrix, depth, col) for col in range(width)]
    roles = [_role(matrix, depth, col, paths[col]) for col in range(width)]
    roles = _settle_labels(roles)
    blocks = _blocks(paths, roles)
    return [
        Column(
            index=col,
            path=paths[col],
            role=roles[col],
            block=blocks[col],
            aspects=_column_aspects(paths[col]) if roles[col] is ColumnRole.AMOUNT else {},
            unit=_column_unit(paths[col]),
        )
        for col in range(width)
    ]


def _path(matrix: Matrix, depth: int, col: int) -> tuple[str, ...]:
    texts: list[str] = []
    previous: Cell | None = None
    for row in range(depth):
        cell = matrix[row][col]
        if cell is None or cell is previous:
            continue
        previous = cell
        text = squash(cell.flat) or _implied(matrix, depth, row, col)
        if text and not _COLUMN_NUMBER.match(text) and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _implied(matrix: Matrix, depth: int, row: int, col: int) -> str:
    """The header of a group whose merged cell was not drawn: blank, with text below it, right of a header with text below."""
    if not _text_below(matrix, depth, row, col):
        return ""
    for left in range(col - 1, -1, -1):
        if not _text_below(matrix, depth, row, left):
            return ""
        cell = matrix[row][left]
        if cell is not None and cell.flat:
            return squash(cell.flat)
    return ""


def _text_below(matrix: Matrix, depth: int, row: int, col: int) -> bool:
    below = (matrix[r][col] for r in range(row + 1, depth))
    return any(
        cell is not None and cell.flat and not _ORDINAL.match(squash(cell.flat)) and cell is not matrix[row][col]
        for cell in below
    )


def _column_aspects(path: Sequence[str]) -> dict[str, str]:
    """Aspects from the top of the header down; a whole (合计) adds none, a narrower header overrides a wider one."""
    found: dict[str, str] = {}
    for text in path:
        found.update(aspects(text))
    return found


def _column_unit(path: Sequence[str]) -> Decimal | None:
    for text in reversed(path):
        unit = unit_in(text) or _bracket_unit(text)
        if unit:
            return UNITS[unit]
    return None


def _bracket_unit(text: str) -> str:
    found = re.search(r"[(](亿元|百万元|万元|千元|元)[)]", text)
    return found.group(1) if found else ""


def _role(matrix: Matrix, depth: int, col: int, path: tuple[str, ...]) -> ColumnRole:
    leaf = re.sub(r"[(](?:万元|元|单位:.*)[)]$", "", _YEAR_WORD.sub("", path[-1])) if path else ""
    texts = [
        squash(cell.flat)
        for row in range(depth, len(matrix))
        for c, cell in starting(matrix, row)
        if c == col and cell.colspan == 1 and not is_blank(cell.flat)
    ]
    figures = sum(1 for text in texts if parse_number(text) is not None)
    money = sum(1 for text in texts if parse_number(text) is not None and ("." in text or "," in text or text == "0"))
    if any(leaf in words("header", kind) for kind in ("code", "unit_code", "project_code")) and not money:
        return (
            ColumnRole.NAME
            if texts and not any(any(c.isdigit() for c in t) for t in texts) and leaf == "项" and len(texts) > 2
            else ColumnRole.CODE
        )
    if leaf in words("header", "ordinal") or _counts_up(texts):
        return ColumnRole.ORDINAL
    if leaf in words("header", "ratio") or leaf.endswith(("%", "率", "%)", "占比")):
        return ColumnRole.RATIO
    if leaf in words("header", "price") or (leaf in words("header", "count") and not money):
        return ColumnRole.TEXT
    if leaf in words("header", "text") and not money:
        return ColumnRole.TEXT
    codes = sum(1 for text in texts if PURE_CODE.match(text))
    if texts and figures < len(texts) and figures < 0.5 * len(texts):
        return ColumnRole.NAME
    lengths = {len(text) for text in texts}
    told = len(lengths) > 1 or any("码" in text or "科目" in text for text in path)
    if texts and codes == len(texts) and not money and lengths <= {3, 5, 7, 9} and told:
        return ColumnRole.CODE
    if figures:
        return ColumnRole.AMOUNT
    if leaf in words("header", "name") or leaf in words("header", "kind"):
        return ColumnRole.NAME
    if (
        any(is_whole(text) or aspects(text) for text in path)
        or leaf in words("header", "amount")
        or leaf.endswith(("数", "额"))
    ):
        return ColumnRole.AMOUNT
    return ColumnRole.TEXT


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= 3]
    if len(numbers) < 5 or len(numbers) != len(texts):
        return False
    steps = Counter(b - a for a, b in pairwise(numbers))
    return steps.most_common(1)[0][0] == 1 and steps[1] >= 0.8 * (len(numbers) - 1)


def _settle_labels(roles: list[ColumnRole]) -> list[ColumnRole]:
    """Text after the last amount is a remark; text before the first amount names the row."""
    first = next((i for i, role in enumerate(roles) if role is ColumnRole.AMOUNT), None)
    if first is None:
        return roles
    last = max(i for i, role in enumerate(roles) if role is ColumnRole.AMOUNT)
    settled = list(roles)
    for index, role in enumerate(roles):
        if role is ColumnRole.NAME and index > last:
            settled[index] = ColumnRole.TEXT
        elif role is ColumnRole.TEXT and index < first and not any(r is ColumnRole.NAME for r in roles[:first]):
            settled[index] = ColumnRole.NAME
    return settled


def _blocks(paths: Sequence[tuple[str, ...]], roles: Sequence[ColumnRole]) -> list[int]:
    """Number the blocks that stand side by side: a label column after an amount column begins a new one where its header
    repeats the first block's or its top header differs.
    """
    blocks: list[int] = []
    block = 0
    seen_amount = False
    first_labels: set[str] = set()
    for index, role in enumerate(roles):
        label = role in (ColumnRole.NAME, ColumnRole.CODE)
        if label and seen_amount and _begins_block(index, paths, roles, first_labels):
            block += 1
            seen_amount = False
        if label and paths[index] and block == 0:
            first_labels.add(paths[index][-1])
        if role is ColumnRole.AMOUNT:
            seen_amount = True
        blocks.append(block)
    return blocks


def _begins_block(
    index: int, paths: Sequence[tuple[str, ...]], roles: Sequence[ColumnRole], first_labels: set[str]
) -> bool:
    if not any(role is ColumnRole.AMOUNT for role in roles[index + 1 :]):
        return False
    leaf = paths[index][-1] if paths[index] else ""
    if leaf in first_labels or (
        paths[index] and any(leaf.startswith(w) for w in ("支出", "项目", "科目", "经济分类", "功能", "收入"))
    ):
        return True
    if _amounts_like_before(index, paths, roles):
        return True
    top = paths[index][0] if paths[index] else ""
    before = {paths[i][0] for i in range(index) if paths[i]}
    return bool(top) and top not in before


def _amounts_like_before(index: int, paths: Sequence[tuple[str, ...]], roles: Sequence[ColumnRole]) -> bool:
    """Whether the amount columns right of a label bear the headers of those left of it (项目 预算数 科目 预算数)."""
    before = _run(range(index - 1, -1, -1), paths, roles)
    labels = next((i for i in range(index, len(roles)) if roles[i] is ColumnRole.AMOUNT), len(roles))
    return bool(before) and before[::-1] == _run(range(labels, len(roles)), paths, roles)


def _run(indices: Sequence[int], paths: Sequence[tuple[str, ...]], roles: Sequence[ColumnRole]) -> list[str]:
    """The lowest headers of the amount columns that stand side by side from the first index on."""
    found: list[str] = []
    for index in indices:
        if roles[index] is not ColumnRole.AMOUNT:
            break
        found.append(paths[index][-1] if paths[index] else "")
    return found
