"""N401 文字与表：文字里的金额应与表中的数相符

为什么：表改了文字没有改，是公开文件最常见的错误。

怎么查：写出类、款、项的金额，与各表该科目的数比较；“三公”经费、机关运行经费、政府采购等事项和收支总计，与各表同一口径的数比较；
其余金额凡与表中同名、同口径的数相等的，记为相符。按两边印出的位数比较，舍入和截断都接受。只有所指科目或事项在表中明确、
而各表没有一处等于这个数的，才作为错误。

限度：不能确定所指的金额不作结论；年初预算、上年数在表中往往没有，只核对相等的。

依据：同一数字在同一文件中只能有一个值。

正确：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）30.00万元。

错误：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）33.00万元。
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from budgetaudit.amount import in_unit, parse_number
from budgetaudit.facts import Book, nested
from budgetaudit.model import Amount, CellRef, Check, Fact, Operand, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.narrative.paths import Subjects, path_in
from budgetaudit.rules.prose import digits, slips
from budgetaudit.vocabulary import aspects, exact_aspects, squash, strip_numbering, total_scope

CODE, CATEGORY, SEVERITY = "N401", "narrative-table", "error"
BASIS = "同一数字在同一文件中只能有一个值"
ITEMS = frozenset(
    {"three-public", "overseas", "vehicles", "vehicle-purchase", "vehicle-running", "reception", "operation"}
)
TAIL_ITEMS = ITEMS | {"meetings", "training", "commissioned", "procurement"}
_TOTALS = re.compile(
    r"收入?[、和]?支出?(?:预算|决算)?总计|收支(?:预算|决算)?总(?:计|预算)|(?:收入|支出)(?:预算|决算)?(?:总计|合计|总额)"
)
_BLOCKED = re.compile(
    r"结转|结余|人均|标准|资产|价值|面积|单价|项目预算资金|绩效|面向|预留|小微|其中|委托|上年|中标|成交"
)


_FILLER = re.compile(r"(?:科目)?(?:预算|决算)?(?:安排|支出)?(?:合计|总计|总额)?(?:数|为|是|共计)*$")
_ORGANISATION = re.compile(r"局|委员会|办公室|厅|院|中心|部门|单位|署|站|支队|[)]|\d{4}年度?|本年")
MIN_DIGITS = 4
MIN_NAME = 4
MAX_ORDINAL = 40
"""Whole numbers up to here in a blank table are the numbers of its columns."""


class Index:
    """Facts of the tables by value, by function code and by item."""

    def __init__(self, book: Book) -> None:
        self.facts = sorted((f for f in book.facts), key=lambda f: f.amount.value)
        self.values = [f.amount.value for f in self.facts]
        self.by_code: dict[str, list[Fact]] = defaultdict(list)
        self.by_item: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if code := fact.aspects.get("function"):
                self.by_code[code].append(fact)
            if item := fact.aspects.get("item"):
                self.by_item[item].append(fact)

        self.wholes = [f for f in self.facts if f.amount.value and total_scope(f.label.split("·")[0]) is not None]
        self.blank_items = _blank_items(book)
        self.zeros = _zeros(book)

        self._printed: dict[tuple[Decimal, int], dict[str, list[Fact]]] = {}

    def printed(self, unit: Decimal, places: int) -> Mapping[str, Sequence[Fact]]:
        """Facts by their digits as they would be printed in a unit with so many decimals."""
        if (unit, places) not in self._printed:
            found: dict[str, list[Fact]] = defaultdict(list)
            for fact in self.facts:
                found[digits(fact.amount.value, unit, places)].append(fact)
            self._printed[unit, places] = found
        return self._printed[unit, places]

    def near(self, claim: Claim) -> list[Fact]:
        """Facts whose printed value may be the claim's: rounded or cut off."""
        half = claim.amount.half
        low, high = claim.amount.value - half - 50, claim.amount.value + 2 * half + 50
        some = self.facts[bisect_left(self.values, low) : bisect_right(self.values, high)]
        return [f for f in some if equal(claim, f)]


def _zeros(book: Book) -> list[Fact]:
    """Blank and zero cells, one for each label and set of aspects: what a text that says 0 may speak of."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Fact] = {}
    for sheet in book.sheets:
        for position, row in enumerate(sheet.table.rows):
            for column in sheet.amount_columns(row.block):
                operand = sheet.operand(position, column, by="both")
                if operand is None or operand.amount.value or operand.ref is None:
                    continue
                key = book.key(sheet, column, row)
                said = {n: v for n in ("flow", "fund", "nature", "item", "measure") if (v := getattr(key, n))}
                fact = Fact(operand.amount, operand.ref, operand.place, operand.label, said)
                found.setdefault((row.label, tuple(said.items())), fact)
    return list(found.values())


def _blank_items(book: Book) -> dict[str, Fact]:
    """Items of the 三公 table, where it holds no figure at all; empty where it holds some or there is none."""
    tables = [t for t in book.tables if t.form == "three-public"]
    cells = [c for t in tables for i in t.body_indices() for c in t.grid[i] if c is not None]
    if not cells or any((parse_number(c.flat) or 0) % 1 or (parse_number(c.flat) or 0) > MAX_ORDINAL for c in cells):
        return {}
    if any(a.value for t in tables for a in t.amounts.values()):
        return {}
    table = tables[0]
    row, col = len(table.grid) - 1, len(table.grid[-1]) - 1
    cell = table.cell(row, col)
    label = table.title or table.form_name
    place = cell.place if cell is not None else table.place
    fact = Fact(Amount("", Decimal(0)), CellRef(table.id, row, col), place, label, {})
    return dict.fromkeys(ITEMS - {"operation"}, fact)


def equal(claim: Claim, fact: Fact) -> bool:
    """Whether a table's figure prints as the claim's does: rounded or cut off where the table is the finer one."""
    gap = fact.amount.value - claim.amount.value
    if fact.amount.half < claim.amount.half:
        return -claim.amount.half <= gap < 2 * claim.amount.half
    if fact.amount.half > claim.amount.half:
        return abs(gap) <= fact.amount.half
    return not gap


def residue(claim: Claim, fact: Fact) -> bool:
    """Whether two figures differ by no more than rounding their parts can add up to."""
    return abs(fact.amount.value - claim.amount.value) <= 3 * max(claim.amount.half, fact.amount.half)


def check(book: Book) -> Iterator[Check]:
    """Every amount of the text that names what it is."""
    index = Index(book)
    subjects = Subjects(book.tables)
    path: dict[str, str] = {}
    paragraph, fresh = -1, False
    texts = {id(s): s.text for s in book.narrative.sentences}
    for claim in book.claims:
        if claim.percent or claim.role in ("change", "prior", "aside"):
            continue
        sentence = claim.sentence
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            path = path_in("".join(sentence.section[-1:])) if sentence.section else {}
        found = path_in(texts[id(sentence)][: claim.start][-120:]) if claim.lead else {}
        own = path_in(claim.lead)
        if own:
            found = own
        if found:
            path, fresh = (
                {**({k: v for k, v in path.items() if k == "类"} if "类" not in found else {}), **found},
                bool(own),
            )
        else:
            fresh = False
        yield from _claim(index, subjects, claim, path, fresh=fresh)


def _claim(index: Index, subjects: Subjects, claim: Claim, path: Mapping[str, str], *, fresh: bool) -> Iterator[Check]:
    code = subjects.code(path) if path else ""
    rows = index.by_code.get(code, []) if code else []
    same = next((f for f in rows if equal(claim, f)), None)
    if same is not None:
        yield _check(claim, same, Verdict.HELD)
        return
    near = index.near(claim)
    clause = squash(re.split(r"[，,；;。：:]", claim.lead)[-1])
    bare_total = bool(_TOTALS.search(clause)) and not set(aspects(clause)) & {"fund", "nature", "item"}
    if not claim.amount.value:
        near = [*near, *index.zeros]
    linked = None if bare_total and not claim.amount.value else next((f for f in near if _linked(claim, f)), None)
    if linked is not None:
        yield _check(claim, linked, Verdict.HELD)
        return
    off = next((f for f in rows if fresh and residue(claim, f)), None)
    if off is not None:
        yield _check(claim, off, Verdict.ROUNDING)
        return
    item = aspects(clause).get("item", "")
    if item in index.blank_items and claim.amount.value and not _BLOCKED.search(claim.lead):
        yield _check(claim, index.blank_items[item], Verdict.FAILED)
        return
    if claim.role not in ("value", "outturn"):
        return
    if rows and fresh and code and len(code) == 7 and not near and _says_whole(claim.lead):
        best = max(rows, key=lambda f: f.amount.value)
        if _plausible(claim, rows):
            yield _check(claim, best, Verdict.FAILED)
        return
    if item in ITEMS and not _BLOCKED.search(claim.lead) and claim.amount.value and not near:
        facts = [f for f in index.by_item.get(item, []) if f.aspects.get("measure", "") in ("", "outturn")]
        values = {f.amount.value for f in facts}
        if len(values) == 1:
            yield _check(claim, facts[0], Verdict.FAILED)
            return
    slip = _slip(index, claim, clause)
    slip = slip or _only(index, claim, clause)
    if slip is not None:
        yield _check(claim, slip, Verdict.FAILED)
        return
    if bare_total and not claim.amount.value:
        totals = [f for f in index.facts if "总计" in f.label and f.amount.value and _fits(claim, f)]
        if totals:
            yield _check(claim, totals[-1], Verdict.FAILED)


def _slip(index: Index, claim: Claim, clause: str) -> Fact | None:
    """A figure of the tables that the clause names and whose digits the claim nearly has, where no figure is the same."""
    if index.near(claim) or _BLOCKED.search(clause):
        return None
    own = digits(claim.amount.value, claim.amount.unit, claim.places)
    if len(own.rstrip("0")) < MIN_DIGITS:
        return None
    printed = index.printed(claim.amount.unit, claim.places)
    found = {text: f for text in slips(own) for f in printed.get(text, ()) if _named(clause, claim, f)}
    alike = [text for text in found if len(text) == len(own)] or list(found)
    return found[alike[0]] if len(alike) == 1 else None


def _only(index: Index, claim: Claim, clause: str) -> Fact | None:
    """The one figure of all tables for a headline that the clause names in full, where the claim is another one."""
    if (
        index.near(claim)
        or _BLOCKED.search(claim.lead)
        or not claim.amount.value
        or re.search(r"[（(]?其中", claim.lead)
    ):
        return None
    if not any(set(said) & {"flow", "nature"} for said in _tails(clause.split("、")[-1])):
        return None
    found = [f for f in index.wholes if _named(clause, claim, f)]
    values = {digits(f.amount.value, claim.amount.unit, claim.places) for f in found}
    return found[0] if len(values) == 1 and len({f.ref.table for f in found}) > 1 else None


def _named(clause: str, claim: Claim, fact: Fact) -> bool:
    """Whether the clause itself names a fact: by its row's label at its end, or by words that are nothing but aspects."""
    if fact.aspects.get("measure", "") not in ("", "outturn"):
        return False
    row = strip_numbering(squash(fact.label.split("·")[0]))
    name = re.sub(r"^[\d\s]+", "", row)
    bare = strip_numbering(_FILLER.sub("", clause.split("、")[-1]))
    if len(name) >= MIN_NAME and bare.endswith(name):
        return True
    whole = total_scope(name) is not None
    for said in _tails(clause.split("、")[-1]):
        if said.get("item"):
            return fact.aspects.get("item") == said["item"] and (
                whole or (exact_aspects(name) or {}).get("item") == said["item"]
            )
        if (whole or exact_aspects(name) == said) and _fits(claim, fact):
            return all(fact.aspects.get(k, "") == v for k, v in said.items() if k in ("flow", "nature"))
    return False


def _tails(clause: str) -> Iterator[Mapping[str, str]]:
    """Aspects of the words that a clause ends with, where they are nothing but a name: whole, or after an organisation."""
    for text in dict.fromkeys((clause, _FILLER.sub("", clause))):
        starts = [0, *(m.end() for m in _ORGANISATION.finditer(text))]
        for start in starts:
            said = exact_aspects(strip_numbering(text[start:]))
            if said:
                yield said
        for start in range(len(text) - 2):
            said = exact_aspects(text[start:])
            if said and said.get("item") and said["item"] in TAIL_ITEMS:
                yield said
                break


def _says_whole(lead: str) -> bool:
    return not re.search(r"其中|人员|公用|基本|项目支出|结转", re.split(r"[)）]", lead)[-1])


def _plausible(claim: Claim, rows: Sequence[Fact]) -> bool:
    """A figure that could be a sum of rows or of a part is no contradiction: only one printed whole in every table."""
    whole = [f for f in rows if not f.aspects.get("nature") and not f.aspects.get("measure")]
    return bool(whole) and len({f.amount.value // 100 for f in whole}) == 1 and bool(claim.amount.value)


def _linked(claim: Claim, fact: Fact) -> bool:
    """Whether the words before a claim name a fact of the same value: its label, or its aspects."""
    words = squash(claim.lead[-80:])
    row = strip_numbering(squash(fact.label.split("·")[0]))
    name = re.sub(r"^[\d\s]+", "", row)
    if len(name) >= 3 and (name in words or name.removesuffix("支出") in words):
        return True
    return _fits(claim, fact)


def _fits(claim: Claim, fact: Fact) -> bool:
    """Whether what the words say of flow, fund, nature and item agrees with a fact's aspects."""
    text = squash(claim.lead[-60:])
    said = aspects(re.split(r"[，,；;。：:]", text)[-1]) or aspects(text)
    if not said and claim.sentence.section:
        said = aspects(claim.sentence.section[-1])
    if not said:
        return False
    for name, value in said.items():
        own = fact.aspects.get(name, "")
        if name == "measure":
            continue
        if name == "fund" and nested(own, value):
            continue
        if name == "flow" and (not own or {own, value} <= {"income", "expenditure"}):
            continue
        if own != value and not (name == "item" and squash(fact.label).find(text[-4:]) >= 0):
            return False
    return True


def _check(claim: Claim, fact: Fact, verdict: Verdict) -> Check:
    failed = verdict is Verdict.FAILED
    printed = in_unit(fact.amount.value, claim.amount.unit, max(claim.places, 2))

    return Check(
        rule=CODE,
        kind="same",
        verdict=verdict,
        target=claim.operand(),
        operands=(Operand(fact.label, fact.amount, fact.place, fact.ref),),
        expected=fact.amount.value,
        slack=claim.amount.half + fact.amount.half,
        quote=claim.quote,
        message=f"文字写 {claim.amount.text}，表中“{fact.label}”为 {printed}" if failed else "",
        confidence=0.9 if failed else 1.0,
    )
