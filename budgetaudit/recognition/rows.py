"""Body rows: codes, labels, roles and the tree they form.

A tree comes from codes (three columns, one column, leaf pieces, code and name in one cell), else from numbering
(一、 (一) 1. 其中：), else from indentation. What no sign shows is left flat; arithmetic may still find a structure there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetaudit.amount import is_blank, parse_number
from budgetaudit.model import Cell, Column, ColumnRole, Place, Row, RowRole
from budgetaudit.recognition.assemble import Matrix
from budgetaudit.vocabulary import (
    aspects,
    economic_class_codes,
    exact_aspects,
    function_class_codes,
    is_partial,
    numbering,
    squash,
    strip_numbering,
    total_scope,
    without_partial,
)

_CODED = re.compile(r"^\[?([A-Z]?\d{2,12}|[A-Z](?=$|[-—–_、.\]]))\]?[-—–_:、. ]{0,2}(\D.*)?$")
_UNIT_HEADS = ("单位", "部门", "预算单位", "单位名称", "部门名称", "主管部门", "资金使用单位", "单位(部门)", "部门(单位)", "部门(单位)名称", "项目单位", "预算单位名称", "单位/部门", "部门/单位")
_PROJECT_HEADS = ("项目名称", "支出项目", "专项名称", "明细项目")
_OTHER_YEAR = re.compile(r"^(?:19|20)\d\d年?度?(?:预算数?|决算数?|执行数?)?$")
INDENT_STEP = 4.0
"""Points by which a label must be moved right to count as one level deeper."""


@dataclass(slots=True)
class _Draft:
    index: int
    label: str
    block: int = 0
    code: str = ""
    dimension: str = ""
    role: RowRole = RowRole.ITEM
    indent: float = 0.0
    rank: int = 0
    numbered: str = ""
    parent: int | None = None
    level: int = 0
    unit: str = ""
    aspects: dict[str, str] = field(default_factory=dict)
    place: Place = Place()
    label_column: int = 0


def dimension_of(code: str) -> str:
    """The classification that a full code belongs to; empty where its shape fits none."""
    if code[:1].isalpha():
        return "procurement"
    if len(code) in (3, 5, 7, 9):
        if code[0] == "2":
            return "function"
        if code[0] == "3" and len(code) <= 7:
            return "economic"
        if code[0] == "5" and len(code) <= 7:
            return "government-economic"
        if code[:3] in ("101", "102", "103", "104", "105", "110"):
            return "revenue"
    return "unit" if len(code) >= 6 else ""


def split_code(text: str) -> tuple[str, str]:
    """Code and name of a cell that may hold both; the code is empty where there is none."""
    found = _CODED.match(squash(text))
    if found and (dimension_of(found.group(1)) or found.group(1).isdigit() and len(found.group(1)) == 2 and not found.group(2)):
        return found.group(1), found.group(2) or ""
    return "", squash(text)


def build_rows(matrix: Matrix, depth: int, columns: Sequence[Column]) -> list[Row]:
    """Rows of every block, block after block; ``parent`` is a position in the returned list."""
    rows: list[Row] = []
    for drafts in _groups(matrix, depth, columns):
        _tree(drafts)
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


def _groups(matrix: Matrix, depth: int, columns: Sequence[Column]) -> list[list[_Draft]]:
    """Rows of each block; blocks of economic classes that go on from one to the next are one group."""
    groups: list[list[_Draft]] = []
    for block in sorted({column.block for column in columns}):
        own = [column for column in columns if column.block == block]
        if not any(column.role is ColumnRole.AMOUNT for column in own):
            continue
        drafts = _drafts(matrix, depth, own)
        for draft in drafts:
            draft.block = block
        _settle_names(drafts)
        _name_total(drafts)
        if groups and _economic(groups[-1]) and _economic(drafts):
            merged = {(d.index, d.label, d.place) for d in drafts if d.role is RowRole.TOTAL}
            groups[-1][:] = [d for d in groups[-1] if (d.index, d.label, d.place) not in merged]
            groups[-1].extend(drafts)
        else:
            groups.append(drafts)
    return groups


def _name_total(drafts: Sequence[_Draft]) -> None:
    """A last row of figures without any label is the total whose label was left out."""
    filled = [draft for draft in drafts if draft.role is not RowRole.BLANK]
    if len(filled) > 1 and not filled[-1].label and not filled[-1].code and not any(d.role is RowRole.TOTAL for d in filled):
        filled[-1].role = RowRole.TOTAL
        filled[-1].aspects["scope"] = "plain"


def _economic(drafts: Sequence[_Draft]) -> bool:
    coded = [draft for draft in drafts if draft.code]
    return bool(coded) and sum(draft.dimension == "economic" for draft in coded) >= 0.8 * len(coded)


# ------------------------------------------------------------------------------------------------- reading the labels


def _first_cell(matrix: Matrix, row: int, column: Column, first_body: int) -> Cell | None:
    """The cell of a row in a label column; None where a merged cell only goes on from the row above."""
    cell = matrix[row][column.index]
    if cell is None or (row > first_body and matrix[row - 1][column.index] is cell):
        return None
    return cell


def _drafts(matrix: Matrix, depth: int, own: Sequence[Column]) -> list[_Draft]:
    codes = [column for column in own if column.role is ColumnRole.CODE]
    names = [column for column in own if column.role is ColumnRole.NAME]
    amounts = [column for column in own if column.role is ColumnRole.AMOUNT]
    drafts: list[_Draft] = []
    pieces = _Pieces(len(codes))
    unit = ""
    for index in range(depth, len(matrix)):
        code_cells = [_first_cell(matrix, index, column, depth) for column in codes]
        name_cells = [(column, _first_cell(matrix, index, column, depth)) for column in names]
        seen: set[int] = set()
        draft = _Draft(index=index, label="")
        project = ""
        subject = ""
        for column, cell in name_cells:
            if cell is None or not cell.flat or id(cell) in seen:
                continue
            seen.add(id(cell))
            leaf = column.path[-1] if column.path else ""
            code, name = split_code(cell.flat)
            if code and dimension_of(code) in ("function", "economic", "government-economic", "procurement", "revenue"):
                _take_code(draft, code, name)
                subject = subject or name or code
            elif leaf in _UNIT_HEADS:
                draft.unit = name
            elif leaf in _PROJECT_HEADS:
                project = name
            elif not subject:
                subject = name or cell.flat
                draft.place = Place()
            if not draft.place.page and not draft.place.line:
                draft.place, draft.indent, draft.label_column = cell.place, cell.indent, column.index
        code_texts = [squash(cell.flat) if cell else "" for cell in code_cells]
        indent = next((cell.indent for cell in code_cells if cell and cell.flat), 0.0)
        if any(code_texts):
            label_in_code = next((t for t in code_texts if total_scope(t)), "")
            if label_in_code and not subject:
                subject = label_in_code
            else:
                code, name = pieces.code(code_texts, indent)
                if code:
                    _take_code(draft, code, name or subject)
                    subject = subject or name
                elif not subject and not any(t in ("类", "款", "项") for t in code_texts):
                    subject = "".join(code_texts)
        if not draft.place.page and not draft.place.line:
            cell = next((c for c in code_cells if c and c.flat), None) or next((matrix[index][c.index] for c in own if matrix[index][c.index]), None)
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


def _take_code(draft: _Draft, code: str, name: str) -> None:
    dimension = dimension_of(code)
    if not draft.code or (dimension == "function" and draft.dimension != "function"):
        if draft.code:
            draft.aspects[draft.dimension] = draft.code
        draft.code, draft.dimension = code, dimension
    else:
        draft.aspects[dimension] = code


class _Pieces:
    """Full codes from the pieces that rows print: all pieces, or only the row's own (then the rows above are remembered)."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.stack: list[str] = []
        self.section_indent: float | None = None

    def code(self, texts: Sequence[str], indent: float) -> tuple[str, str]:
        filled = [(i, text) for i, text in enumerate(texts) if text]
        code, name = split_code(filled[0][1])
        if len(filled) == 1 and name and code and len(code) >= 3:
            self._remember(code)
            return code, name
        digits = [(i, text) for i, text in filled if text.isdigit() or re.fullmatch(r"[A-Z]\d*", text)]
        if not digits:
            return "", ""
        first_column, first = digits[0]
        if len(first) >= 3 or first[:1].isalpha():
            full = first
            for _, piece in digits[1:]:
                full = piece if piece.startswith(full) else full + piece
            self._remember(full)
            return full, ""
        if not self.stack:
            return "", ""
        if first_column > 0 or len(digits) > 1:
            base = self.stack[: first_column] if first_column <= len(self.stack) else self.stack
            full = "".join([base[-1] if base else "", *(piece for _, piece in digits)])
        else:
            deeper = len(self.stack) >= 2 and self.section_indent is not None and indent > self.section_indent + INDENT_STEP / 2
            if len(self.stack) == 1:
                self.section_indent = indent
            full = (self.stack[1] if deeper else self.stack[0]) + first
        self._remember(full)
        return full, ""

    def _remember(self, full: str) -> None:
        lengths = [n for n in (3, 5, 7, 9) if n <= len(full)]
        self.stack = [full[:n] for n in lengths] if full[:1].isdigit() else [full]


def _give_role(draft: _Draft, matrix: Matrix, index: int, amounts: Sequence[Column], *, project: bool) -> None:
    texts = [matrix[index][column.index] for column in amounts]
    blank = all(cell is None or is_blank(cell.flat) for cell in texts)
    label = draft.label
    draft.numbered = numbering(label)
    if not label and blank:
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


def _settle_names(drafts: Sequence[_Draft]) -> None:
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


# --------------------------------------------------------------------------------------------------------- the tree


def _tree(drafts: list[_Draft]) -> None:
    """Give parents and levels."""
    coded = [d for d in drafts if d.code and not d.dimension.endswith("-name")]
    items = [d for d in drafts if d.role is not RowRole.BLANK]
    if coded and len(coded) >= 0.3 * len(items):
        _tree_by_code(drafts)
    elif any(d.numbered for d in drafts):
        _tree_by_numbering(drafts)
    else:
        _tree_by_indent(drafts)
    for draft in drafts:
        draft.level = 0 if draft.parent is None else drafts[draft.parent].level + 1


def _tree_by_code(drafts: list[_Draft]) -> None:
    stack: list[int] = []
    unit_row: int | None = None
    classified = any(draft.code and draft.dimension not in ("", "unit") for draft in drafts)
    for position, draft in enumerate(drafts):
        if draft.role in (RowRole.BLANK, RowRole.TOTAL):
            stack.clear()
            continue
        if not draft.code or (draft.dimension == "unit" and classified):
            if draft.dimension == "project" and stack:
                draft.parent = stack[-1]
                continue
            if draft.role is RowRole.PART:
                draft.parent = stack[-1] if stack else unit_row
                continue
            if not draft.label:
                continue
            draft.role = RowRole.UNIT
            unit_row = position
            stack.clear()
            continue
        head = drafts[stack[-1]] if stack else None
        if head is not None and head.code == draft.code and "project" in draft.aspects and "project" not in head.aspects:
            draft.parent = stack[-1]  # one row a project under the item's own row
            continue
        while stack and not (draft.code.startswith(drafts[stack[-1]].code) and draft.code != drafts[stack[-1]].code):
            stack.pop()
        draft.parent = stack[-1] if stack else unit_row
        stack.append(position)


_STYLES = (r"第[一二三四五六七八九十]+", r"[一二三四五六七八九十]+[、.]", r"[(][一二三四五六七八九十]+[)]", r"\d+[、.]", r"[(]\d+[)]", r"[①-⑳]")


def _style(text: str) -> int:
    return next((i for i, pattern in enumerate(_STYLES) if re.match(pattern, text)), -1)


def _tree_by_numbering(drafts: list[_Draft]) -> None:
    stack: list[tuple[int, int]] = []  # (style, position)
    part_of: int | None = None
    for position, draft in enumerate(drafts):
        if draft.role is RowRole.TOTAL:
            stack.clear()
            part_of = None
            continue
        if draft.role is RowRole.BLANK:
            continue
        style = _style(draft.label)
        if style >= 0:
            if draft.role is RowRole.PART and stack and style not in [s for s, _ in stack]:
                part_of = stack[-1][1]
            while stack and stack[-1][0] >= style:
                stack.pop()
            if not stack or draft.role is not RowRole.PART:
                part_of = None if draft.role is not RowRole.PART else part_of
            draft.parent = stack[-1][1] if stack else None
            stack.append((style, position))
            continue
        flow = draft.aspects.get("flow", "")
        if draft.role is RowRole.PART:
            part_of = stack[-1][1] if stack else _last_item(drafts, position)
            draft.parent = part_of
        elif part_of is not None and flow not in ("carry-in", "carry-out", "use-balance", "distribution"):
            draft.parent = part_of
            draft.role = RowRole.PART
        elif stack and flow not in ("carry-out", "use-balance", "distribution") and not (flow == "carry-in" and _is_top(drafts, stack)):
            draft.parent = stack[-1][1]
        else:
            stack.clear()
            part_of = None


def _is_top(drafts: Sequence[_Draft], stack: Sequence[tuple[int, int]]) -> bool:
    return drafts[stack[0][1]].aspects.get("flow") != "carry-in"


def _last_item(drafts: Sequence[_Draft], position: int) -> int | None:
    return next((i for i in range(position - 1, -1, -1) if drafts[i].role not in (RowRole.BLANK, RowRole.PART)), None)


def _centred(drafts: Sequence[_Draft]) -> bool:
    """Whether labels are centred, so that their indents tell their lengths and no level: no indent is shared by labels of
    different length.
    """
    lengths: dict[int, set[int]] = {}
    for draft in drafts:
        if draft.label and draft.role is not RowRole.TOTAL:
            lengths.setdefault(round(draft.indent / 2), set()).add(len(draft.label))
    return len(lengths) > 2 and all(len(found) == 1 for found in lengths.values())


def _tree_by_indent(drafts: list[_Draft]) -> None:
    labelled = [draft for draft in drafts if draft.label and draft.role is not RowRole.TOTAL]
    if len({draft.label_column for draft in labelled}) > 1:
        for draft in drafts:  # the column of the first label tells the level, not the indent within a column
            draft.indent = 1000.0 * draft.label_column
    elif _centred(drafts):
        for draft in drafts:
            draft.indent = 0.0
    stack: list[int] = []
    part_of: int | None = None
    for position, draft in enumerate(drafts):
        if draft.role is RowRole.BLANK:
            continue
        if draft.role is RowRole.TOTAL:
            stack.clear()
            part_of = None
            continue
        while stack and drafts[stack[-1]].indent + INDENT_STEP > draft.indent:
            stack.pop()
        if draft.role is RowRole.PART:
            part_of = _last_item(drafts, position)
            draft.parent = part_of
            continue
        draft.parent = stack[-1] if stack else None
        if part_of is not None and draft.indent > drafts[part_of].indent + INDENT_STEP:
            draft.parent, draft.role = part_of, RowRole.PART
        else:
            part_of = None
        stack.append(position)


def numeric(cell: Cell | None) -> bool:
    """Whether a cell prints a number."""
    return cell is not None and parse_number(cell.flat) is not None
