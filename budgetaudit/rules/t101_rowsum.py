"""T101 横向合计：合计列 = 各分列之和

为什么：表头把合计拆成若干分列（合计 = 基本支出 + 项目支出；财政拨款小计 = 一般公共预算 + 政府性基金 + 国有资本经营）。每一行都应当横向相加。

怎么查：按合并表头得出列的层级，逐行核对每一层的合计、小计。预算数与决算数、本年与上年分开核对。“其中”列只要求不超过合计。
某个分列是否计入合计，以全表多数行为准。

限度：没有合计列的表不查；全表都对不上时报告为“未能检查”，不作为错误。

依据：会计恒等式（总数等于分项之和）。

正确：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	5.00
合计		35.00	15.00	20.00

错误：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	6.00
合计		35.00	15.00	20.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Check, Column, Operand, Verdict
from budgetaudit.rules.base import compare, held, part, trivial, unknown
from budgetaudit.vocabulary import is_partial, is_whole, words

CODE, CATEGORY, SEVERITY = "T101", "table-rowsum", "error"
BASIS = "会计恒等式：总数等于分项之和"
MAX_PARTS = 9
ITEM_PARENT = {
    "overseas": "three-public",
    "vehicles": "three-public",
    "reception": "three-public",
    "vehicle-purchase": "vehicles",
    "vehicle-running": "vehicles",
    "goods": "procurement",
    "works": "procurement",
    "services": "procurement",
}


@dataclass(slots=True)
class _Node:
    """A header: its own column (a leaf) or the headers under it."""

    text: str
    columns: list[Column] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    @property
    def leaf(self) -> bool:
        return not self.children


def check(book: Book) -> Iterator[Check]:
    """Checks of every row against the header tree."""
    for sheet in book.sheets:
        for block in sheet.blocks():
            for columns in _by_measure(sheet, sheet.amount_columns(block)):
                roots = _tree(columns, 0)
                yield from _relations(sheet, block, roots)


def _bare_path(column: Column) -> tuple[str, ...]:
    """The header path without the words that only say budget or outturn."""
    path = tuple(t for t in column.path if not _is_measure(t))
    return path or column.path


def _is_measure(text: str) -> bool:
    bare = text.lstrip("0123456789").removeprefix("年")
    return bare in words("header", "amount")


def _by_measure(sheet: Sheet, columns: Sequence[Column]) -> list[list[Column]]:
    groups: dict[tuple[str, str], list[Column]] = {}
    for column in columns:
        kind = next((t for t in reversed(column.path) if _is_measure(t)), "")
        measure = sheet.measure(column)
        groups.setdefault(
            (
                kind if kind in column.path[-1:] or kind in column.path[:1] else "",
                measure if measure != "of-which" else "",
            ),
            [],
        ).append(column)
    if len(groups) > 1:
        plain = groups.get(("", ""))
        for key, own in list(groups.items()):
            if plain is not None and key[0] and len(own) == 1 and key[1] == "":
                plain.extend(own)
                plain.sort(key=lambda c: c.index)
                del groups[key]
    return [group for group in groups.values() if len(group) > 1]


def _tree(columns: Sequence[Column], depth: int) -> list[_Node]:
    nodes: list[_Node] = []
    for column in columns:
        path = _bare_path(column)
        text = path[depth] if depth < len(path) else ""
        if nodes and nodes[-1].text == text and text and depth < len(path) - 1:
            nodes[-1].columns.append(column)
        else:
            nodes.append(_Node(text, [column]))
    for node in nodes:
        if len(node.columns) > 1:
            node.children = _tree(node.columns, depth + 1)
    return nodes


def _whole(nodes: Sequence[_Node]) -> int | None:
    for index, node in enumerate(nodes):
        if node.leaf and node.text and is_whole(node.text) and not is_partial(node.text):
            return index
    return None


def _represent(node: _Node) -> list[Column]:
    """The columns whose sum is a header's figure: its whole, or all that it holds."""
    if node.leaf:
        return node.columns
    whole = _whole(node.children)
    if whole is not None:
        return node.children[whole].columns
    own = [child for child in node.children if not all(c.aspects.get("measure") == "of-which" for c in child.columns)]
    return [column for child in own or node.children for column in _represent(child)]


def _relations(sheet: Sheet, block: int, nodes: Sequence[_Node]) -> Iterator[Check]:
    if len(nodes) >= 2:
        whole = _whole(nodes)
        if whole is not None:
            others = [node for index, node in enumerate(nodes) if index != whole]
            others = _group_inner_wholes(others)
            yield from _decide(sheet, block, nodes[whole].columns[0], others)
    for node in nodes:
        if node.children:
            yield from _relations(sheet, block, node.children)


def _group_inner_wholes(nodes: Sequence[_Node]) -> list[_Node]:
    """In a flat header a further 小计 heads the columns that follow it, up to the next one."""
    grouped: list[_Node] = []
    for node in nodes:
        inner = node.leaf and is_whole(node.text) and not is_partial(node.text)
        if inner:
            grouped.append(_Node(node.text, list(node.columns), [_Node(node.text, list(node.columns))]))
        elif grouped and grouped[-1].children and grouped[-1].children[0].text == grouped[-1].text:
            grouped[-1].children.append(node)
        else:
            grouped.append(node)
    return [_Node(n.text, n.columns) if len(n.children) == 1 else n for n in grouped]


def _operands(sheet: Sheet, position: int, node: _Node) -> list[Operand]:
    """A header's figure in one row: its whole, or its parts where the whole is not filled in."""
    own = [o for column in _represent(node) if (o := sheet.operand(position, column, by="column")) is not None]
    if node.leaf or any(not o.amount.blank for o in own):
        return own
    whole = _whole(node.children)
    parts = [
        o for index, child in enumerate(node.children) if index != whole for o in _operands(sheet, position, child)
    ]
    return parts if any(not o.amount.blank for o in parts) else own


def _row_checks(
    sheet: Sheet, block: int, whole: Column, nodes: Sequence[_Node], *, partial: bool = False
) -> list[Check]:
    found: list[Check] = []
    for position in sheet.rows(block):
        target = sheet.operand(position, whole, by="column")
        operands = [o for node in nodes for o in _operands(sheet, position, node)]
        if target is None or not operands:
            continue
        if target.amount.blank and all(o.amount.blank for o in operands):
            continue
        found.append(part(CODE, target, operands) if partial else compare(CODE, "sum", target, operands))
    if all(c.target.amount.blank for c in found):
        return [c if held(c) else unknown(c, _("合计栏未填列")) for c in found]
    return found


def _score(checks: Sequence[Check]) -> tuple[int, int]:
    telling = [c for c in checks if not trivial(c)]
    good = sum(map(held, telling))
    return good, len(telling) - good


def _decide(sheet: Sheet, block: int, whole: Column, others: Sequence[_Node]) -> Iterator[Check]:
    """The sum over all parts, or over those parts that clearly more rows agree on; undecided where most rows disagree."""
    full = [column for node in others for column in _represent(node)]
    checks = _row_checks(sheet, block, whole, others)
    good, bad = _score(checks)
    if bad and all(c.aspects.get("measure") == "of-which" for c in full):
        checks = [c for node in others for c in _row_checks(sheet, block, whole, [node], partial=True)]
    elif bad:
        checks = list(_subset(sheet, block, whole, others, checks)) or checks
        good, bad = _score(checks)
        if bad > good and good + bad > 1:
            checks = [
                unknown(c, _("各列相加与合计列多数不符，表头关系不明")) if c.verdict is Verdict.FAILED else c
                for c in checks
            ]
    yield from checks
    for node in others:
        if node.children and node.children[0].text == node.text:
            own = _row_checks(sheet, block, node.columns[0], node.children[1:])
            good, bad = _score(own)
            if bad <= good:
                yield from own


def _within(node: _Node, item: str) -> bool:
    return any(
        ITEM_PARENT.get(c.aspects.get("item", "")) == item or c.aspects.get("item") == item for c in node.columns
    )


def _subset(sheet: Sheet, block: int, whole: Column, others: Sequence[_Node], full: Sequence[Check]) -> Sequence[Check]:
    """Checks over the parts that belong to the whole by name, or that at least two more rows agree on than on all parts.

    Empty where the sum over all parts stands.
    """
    good, _ = _score(full)
    item = whole.aspects.get("item", "") or ("three-public" if sheet.table.form == "three-public" else "")
    own = [node for node in others if _within(node, item)]
    if item and 2 <= len(own) < len(others):
        named = _row_checks(sheet, block, whole, own)
        if _score(named)[0] > good:
            return named
    if len(others) > MAX_PARTS:
        return []
    filled = [
        n
        for n in others
        if any(
            (a := sheet.amount(p, c.index)) is not None and a.value for c in _represent(n) for p in sheet.rows(block)
        )
    ]
    best: list[Check] = []
    best_good = good + 1
    rest: list[_Node] = []
    for size in range(len(filled) - 1, 0, -1):
        for chosen in combinations(filled, size):
            checks = _row_checks(sheet, block, whole, chosen)
            right, wrong = _score(checks)
            left_out = [c for node in filled if node not in chosen for c in node.columns]
            aside = not sheet.side(whole) and any(map(sheet.side, left_out))
            if (right > best_good or (aside and right > good and right >= best_good)) and wrong <= right:
                best, best_good, rest = checks, right, [node for node in filled if node not in chosen]
    if len(rest) > 1:  # the whole is divided twice: by nature and by source, say
        again = _row_checks(sheet, block, whole, rest)
        right, wrong = _score(again)
        best += again if right > max(wrong, 1) else []
    return best
