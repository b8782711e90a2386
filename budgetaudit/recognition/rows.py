"""Body rows: codes, labels, roles and the tree they form.

A tree comes from codes (three columns, one column, leaf pieces, code and name in one cell), else from numbering
(一、 (一) 1. 其中：), else from indentation. What no sign shows is left flat; arithmetic may still find a structure there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetaudit.amount import is_blank
from budgetaudit.model import Cell, Column, ColumnRole, Place, Row, RowRole
from budgetaudit.recognition.assemble import Matrix
from budgetaudit.recognition.codes import CodeGroup, code_groups, dimension_of, split_code
from budgetaudit.recognition.draft import Draft
from budgetaudit.recognition.tree import build_tree
from budgetaudit.vocabulary import (
    aspects,
    economic_class_codes,
    exact_aspects,
    function_class_codes,
    function_item_codes,
    is_partial,
    numbering,
    squash,
    strip_numbering,
    total_scope,
    without_partial,
    words,
)

_OTHER_YEAR = re.compile(r"^(?:19|20)\d\d年?度?(?:预算数?|决算数?|执行数?)?$")

_COUNTED = re.compile(r"[(](?:个|辆|人|次|批次|人次|批|台|套|台、套|台[(]套[)]|平方米|个、人|团组数?|亩)[)]$")
"""Ends of the labels of rows that count things, whose figures are no money."""


def build_rows(matrix: Matrix, depth: int, columns: Sequence[Column]) -> list[Row]:
    """Rows of every block, block after block; ``parent`` is a position in the returned list."""
    rows: list[Row] = []
    for drafts in _groups(matrix, depth, columns):
        build_tree(drafts)
        offset = len(rows)
        rows.extend(
            Row(
                index=draft.index,
                block=draft.block,
                role=draft.role,
                label=draft.label,
                code=draft.code,
                dimension=draft.dimension,
                level=draft.level,
                parent=None if draft.parent is None else draft.parent + offset,
                aspects=draft.aspects,
                place=draft.place,
            )
            for draft in drafts
        )
    return rows


def _groups(matrix: Matrix, depth: int, columns: Sequence[Column]) -> list[list[Draft]]:
    """Rows of each block; blocks of economic classes that go on from one to the next are one group."""
    groups: list[list[Draft]] = []
    for block in sorted({column.block for column in columns}):
        own = [column for column in columns if column.block == block]
        if not any(column.role is ColumnRole.AMOUNT for column in own):
            continue
        drafts = _drafts(matrix, depth, own)
        for draft in drafts:
            draft.block = block
        _settle_names(drafts)
        _settle_projects(drafts)
        _name_total(drafts)
        if groups and _economic(groups[-1]) and _economic(drafts):
            _take_figures(groups[-1], drafts, matrix, columns)
            merged = {(d.index, d.label, d.place) for d in drafts if d.role is RowRole.TOTAL}
            groups[-1][:] = [d for d in groups[-1] if (d.index, d.label, d.place) not in merged]
            groups[-1].extend(drafts)
        else:
            groups.append(drafts)
    return groups


def _take_figures(before: Sequence[Draft], drafts: list[Draft], matrix: Matrix, columns: Sequence[Column]) -> None:
    """A total of the blocks before whose figure stands in this block, beside no label, has its figure here."""
    blank = {(d.index, d.block) for d in before if d.role is RowRole.TOTAL and _blank(matrix, d, columns)}
    bare = {d.index: d for d in drafts if not d.label and d.role is not RowRole.BLANK}
    for draft in before:
        if (draft.index, draft.block) in blank and draft.index in bare:
            drafts.remove(bare.pop(draft.index))
            draft.block = drafts[0].block


def _blank(matrix: Matrix, draft: Draft, columns: Sequence[Column]) -> bool:
    """Whether a row has no figure in its own block."""
    own = (matrix[draft.index][c.index] for c in columns if c.block == draft.block and c.role is ColumnRole.AMOUNT)
    return all(cell is None or is_blank(cell.flat) for cell in own)


def _name_total(drafts: Sequence[Draft]) -> None:
    """A last row of figures without any label is the total whose label was left out."""
    filled = [draft for draft in drafts if draft.role is not RowRole.BLANK]
    if (
        len(filled) > 1
        and not filled[-1].label
        and not filled[-1].code
        and not any(d.role is RowRole.TOTAL for d in filled)
    ):
        filled[-1].role = RowRole.TOTAL
        filled[-1].aspects["scope"] = "plain"


def _economic(drafts: Sequence[Draft]) -> bool:
    coded = [draft for draft in drafts if draft.code]
    return bool(coded) and sum(draft.dimension == "economic" for draft in coded) >= 0.8 * len(coded)


# ------------------------------------------------------------------------------------------------- reading the labels


def _first_cell(matrix: Matrix, row: int, column: Column, first_body: int) -> Cell | None:
    """The cell of a row in a label column; None where a merged cell only goes on from the row above."""
    cell = matrix[row][column.index]
    if cell is None or (row > first_body and matrix[row - 1][column.index] is cell):
        return None
    return cell


def _drafts(matrix: Matrix, depth: int, own: Sequence[Column]) -> list[Draft]:
    groups = code_groups(own)
    names = [column for column in own if column.role is ColumnRole.NAME]
    amounts = [column for column in own if column.role is ColumnRole.AMOUNT]
    drafts: list[Draft] = []
    unit = ""
    for index in range(depth, len(matrix)):
        draft = Draft(index=index, label="")
        subject, project = _read_names(draft, [(c, _first_cell(matrix, index, c, depth)) for c in names])
        for group in groups:
            cells = [_first_cell(matrix, index, column, depth) for column in group.columns]
            subject = _read_codes(draft, group, cells, subject)
        if not draft.place.page and not draft.place.line:
            coded = (_first_cell(matrix, index, column, depth) for group in groups for column in group.columns)
            cell = next((c for c in coded if c and c.flat), None) or next(
                (matrix[index][c.index] for c in own if matrix[index][c.index]), None
            )
            if cell:
                draft.place = cell.place
        if draft.unit and (subject or project or draft.code):
            unit = draft.unit
        draft.label = subject or project or draft.unit
        if project and subject:
            draft.aspects["project"] = project
        if draft.unit or unit:
            draft.aspects["unit"] = draft.unit or unit
        _give_role(draft, matrix, index, amounts, project=bool(project) and not subject)
        drafts.append(draft)
    return drafts


def _read_names(draft: Draft, cells: Sequence[tuple[Column, Cell | None]]) -> tuple[str, str]:
    """Subject and project that the name columns of a row hold; codes and the unit in them go to the draft."""
    subject = project = kind = ""
    seen: set[int] = set()
    for column, cell in cells:
        if cell is None or not cell.flat or id(cell) in seen:
            continue
        seen.add(id(cell))
        leaf = column.path[-1] if column.path else ""
        code, name = split_code(cell.flat)
        if code and dimension_of(code) in ("function", "economic", "government-economic", "procurement", "revenue"):
            _take_code(draft, code, name)
            subject = subject or name or code
        elif leaf in words("header", "unit"):
            draft.unit = name
        elif leaf in words("header", "project"):
            project = name
        elif leaf in words("header", "kind") and not total_scope(name):
            kind = name
        elif not subject:
            subject = name or cell.flat
            draft.place = Place()
        if not draft.place.page and not draft.place.line:
            draft.place, draft.indent, draft.label_column = cell.place, cell.indent, column.index
    return subject or ("" if project or draft.unit else kind), project


def _read_codes(draft: Draft, group: CodeGroup, cells: Sequence[Cell | None], subject: str) -> str:
    """Take the code of one group of code columns; return the subject, which may stand in these columns itself."""
    texts = [squash(cell.flat) if cell else "" for cell in cells]
    if not any(texts):
        return subject
    total = next((text for text in texts if total_scope(text)), "")
    if total and not subject:
        return total
    indent = next((cell.indent for cell in cells if cell and cell.flat), 0.0)
    code, name = group.code(texts, indent)
    if code and group.units:
        if not draft.code:
            draft.code, draft.dimension = code, "unit"
    elif code:
        _take_code(draft, code, name or subject)
        return subject or name
    elif not subject and not any(text in ("类", "款", "项") for text in texts):
        return "".join(texts)
    return subject


def _take_code(draft: Draft, code: str, name: str) -> None:
    dimension = dimension_of(code)
    if not draft.code or (dimension == "function" and draft.dimension != "function"):
        if draft.code:
            draft.aspects[draft.dimension] = draft.code
        draft.code, draft.dimension = code, dimension
    else:
        draft.aspects[dimension] = code


def _give_role(draft: Draft, matrix: Matrix, index: int, amounts: Sequence[Column], *, project: bool) -> None:
    texts = [matrix[index][column.index] for column in amounts]
    blank = all(cell is None or is_blank(cell.flat) for cell in texts)
    label = draft.label
    draft.numbered = numbering(label)
    if (not label and blank) or _COUNTED.search(label):
        draft.role = RowRole.BLANK
        return
    if not draft.code and total_scope(label):
        draft.role = RowRole.TOTAL
        draft.aspects["scope"] = total_scope(label) or "plain"
        draft.aspects.update({k: v for k, v in aspects(label).items() if k in ("nature", "item", "fund")})
        return
    if is_partial(strip_numbering(label)) or is_partial(label):
        draft.role = RowRole.PART
    if not draft.code:
        bare = strip_numbering(without_partial(label))
        if bare in function_class_codes() and bare not in economic_class_codes():
            draft.code, draft.dimension = function_class_codes()[bare], "function-name"
        elif bare in economic_class_codes() and bare not in function_class_codes():
            draft.code, draft.dimension = economic_class_codes()[bare], "economic-name"
        elif (project or "project" in draft.aspects) and not draft.numbered and exact_aspects(bare) is None:
            draft.dimension = "project"
        elif draft.unit and draft.unit == label:
            draft.dimension = "unit"
    if _OTHER_YEAR.match(label):
        draft.aspects["measure"] = f"year-{label[:4]}"
    if draft.dimension in ("", "function-name", "economic-name"):
        draft.aspects.update(aspects(strip_numbering(without_partial(label))) if draft.dimension == "" else {})


def _settle_names(drafts: Sequence[Draft]) -> None:
    """Names that are both a functional and an economic class (其他支出, 债务还本支出) follow their neighbours."""
    counts = {kind: sum(1 for d in drafts if d.dimension == kind) for kind in ("function-name", "economic-name")}
    kind = max(counts, key=lambda key: counts[key])
    if counts[kind] < 2:
        return
    codes = function_class_codes() if kind == "function-name" else economic_class_codes()
    for draft in drafts:
        name = strip_numbering(without_partial(draft.label))
        if not draft.code and not draft.dimension and draft.role is RowRole.ITEM and name in codes:
            draft.code, draft.dimension = codes[name], kind
            draft.aspects.pop("flow", None)


def _settle_projects(drafts: Sequence[Draft]) -> None:
    """Rows that print an item's code beside other names, below a row with the item's name and no code, are its projects."""
    head: Draft | None = None
    for draft in drafts:
        if draft.role is not RowRole.ITEM:
            head = None
        elif not draft.code:
            head = draft if draft.label in function_item_codes() else None
        elif head is not None and draft.code in function_item_codes()[head.label] and draft.label != head.label:
            head.code, head.dimension = draft.code, "function"
            draft.aspects["function"], draft.code, draft.dimension = draft.code, "", "project"
        else:
            head = None
