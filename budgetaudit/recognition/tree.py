"""The tree of rows: by codes, by numbering (一、 (一) 1. 其中：) or by indentation, whichever signs the rows carry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetaudit.funds import FUND_PARENT
from budgetaudit.model import RowRole
from budgetaudit.recognition.draft import INDENT_STEP, Draft
from budgetaudit.vocabulary import without_partial


def build_tree(drafts: list[Draft]) -> None:
    """Give parents and levels."""
    coded = [d for d in drafts if (d.code and not d.dimension.endswith("-name")) or "function" in d.aspects]
    items = [d for d in drafts if d.role is not RowRole.BLANK]
    if coded and len(coded) >= 0.3 * len(items):
        _tree_by_code(drafts)
    elif any(d.numbered for d in drafts):
        _tree_by_numbering(drafts)
    else:
        _tree_by_indent(drafts)
    _funds_of_fiscal(drafts)
    for draft in drafts:
        draft.level = 0 if draft.parent is None else drafts[draft.parent].level + 1


def _tree_by_code(drafts: list[Draft]) -> None:
    stack: list[int] = []
    unit_row: int | None = None
    classified = any(draft.code and draft.dimension not in ("", "unit") for draft in drafts)
    for position, draft in enumerate(drafts):
        if draft.role in (RowRole.BLANK, RowRole.TOTAL):
            stack.clear()
            continue
        if not draft.code or (draft.dimension == "unit" and classified):
            if draft.dimension == "project" and stack and not _heads(drafts, position):
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
        if (
            head is not None
            and head.code == draft.code
            and "project" in draft.aspects
            and "project" not in head.aspects
        ):
            draft.parent = stack[-1]  # one row a project under the item's own row
            continue
        while stack and not (draft.code.startswith(drafts[stack[-1]].code) and draft.code != drafts[stack[-1]].code):
            stack.pop()
        draft.parent = stack[-1] if stack else unit_row
        stack.append(position)


def _funds_of_fiscal(drafts: Sequence[Draft]) -> None:
    """Plain rows of 一般公共预算, 政府性基金 and 国有资本 right below 财政拨款 are its parts, though nothing else says so."""
    head: int | None = None
    for position, draft in enumerate(drafts):
        fund = draft.aspects.get("fund", "")
        plain = draft.role is RowRole.ITEM and not draft.code and not draft.numbered and "flow" not in draft.aspects
        if plain and fund == "fiscal":
            head = position
        elif not plain or FUND_PARENT.get(fund) != "fiscal" or head is None or draft.parent != drafts[head].parent:
            head = None
        elif fund == "general" or drafts[position - 1].parent == head:
            draft.parent = head
        else:
            head = None


def _heads(drafts: Sequence[Draft], position: int) -> bool:
    """Whether the rows below name this row's project as theirs."""
    below = next((drafts[i] for i in range(position + 1, len(drafts)) if drafts[i].role is not RowRole.BLANK), None)
    return below is not None and bool(below.code) and below.aspects.get("project") == drafts[position].label


_STYLES = (
    r"第[一二三四五六七八九十]+",
    r"[一二三四五六七八九十]+[、.]",
    r"[(][一二三四五六七八九十]+[)]",
    r"\d+[、.]",
    r"[(]\d+[)]",
    r"[①-⑳]",
)


def _style(text: str) -> int:
    return next((i for i, pattern in enumerate(_STYLES) if re.match(pattern, text)), -1)


def _tree_by_numbering(drafts: list[Draft]) -> None:
    stack: list[tuple[int, int]] = []  # (style, position)
    part_of: int | None = None
    parts: tuple[int, int | None] = (-1, None)  # numbering style and parent of a numbered 其中 list
    for position, draft in enumerate(drafts):
        if draft.role is RowRole.TOTAL:
            stack.clear()
            part_of, parts = None, (-1, None)
            continue
        if draft.role is RowRole.BLANK:
            continue
        style = _style(draft.label)
        if draft.role is RowRole.PART and (inner := _style(without_partial(draft.label))) >= 0:
            part_of = _last_item(drafts, position)
            draft.parent, parts = part_of, (inner, part_of)
            continue
        if style >= 0 and style == parts[0]:
            draft.parent, draft.role = parts[1], RowRole.PART
            stack = [(s, p) for s, p in stack if s < style]
            stack.append((style, position))
            continue
        if 0 <= style < parts[0]:
            parts = (-1, None)
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
        elif (
            stack
            and flow not in ("carry-out", "use-balance", "distribution")
            and not (flow == "carry-in" and _is_top(drafts, stack))
        ):
            draft.parent = stack[-1][1]
        else:
            stack.clear()
            part_of = None


def _is_top(drafts: Sequence[Draft], stack: Sequence[tuple[int, int]]) -> bool:
    return drafts[stack[0][1]].aspects.get("flow") != "carry-in"


def _last_item(drafts: Sequence[Draft], position: int) -> int | None:
    return next((i for i in range(position - 1, -1, -1) if drafts[i].role not in (RowRole.BLANK, RowRole.PART)), None)


def _centred(drafts: Sequence[Draft]) -> bool:
    """Whether labels are centred, so that their indents tell their lengths and no level: no indent is shared by labels of
    different length.
    """
    lengths: dict[int, set[int]] = {}
    for draft in drafts:
        if draft.label and draft.role is not RowRole.TOTAL:
            lengths.setdefault(round(draft.indent / 2), set()).add(len(draft.label))
    return len(lengths) > 2 and all(len(found) == 1 for found in lengths.values())


def _tree_by_indent(drafts: list[Draft]) -> None:
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
