"""S702 科目用途：文字说明的用途应与科目和各表的基本支出、项目支出相符

为什么：逐项说明多由上一项复制改写，用途忘了改，“住房公积金（项）”就写成用于医疗保险；表里全是项目支出的科目，文字却说是基本支出。

怎么查：住房公积金、购房补贴、医疗、养老、职业年金各项的用途里只有别的科目的词的，指出；说用于基本支出（项目支出）而表里该科目
这一列为零的，警示；“行政运行”和缴费、医疗、住房改革各项按科目定义是基本支出，“一般行政管理事务”是项目支出，表里多数列在另一栏的，
警示，列了一部分的提示；工资福利支出列在公用经费栏、商品和服务支出列在人员经费栏的，提示。

限度：用途写得笼统的不查；一个科目在表里有几行（各单位分列）的先相加；名称在几个款下都有的，要有款名才查。

依据：政府收支分类科目：行政运行反映行政单位的基本支出；各项社会保险、住房改革支出的说明

正确：
青山县档案局2026年部门预算
1.住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：按规定为职工缴纳的住房公积金。

错误：
青山县档案局2026年部门预算
1.住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：事业单位医疗保险支出。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import N_, Names, _
from budgetaudit.model import Check, ColumnRole, Place, Row, RowRole, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.rules.statement import data, statement
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "S702", "semantic", "error"
BASIS = "政府收支分类科目（财政部每年印发）"
_ITEM = re.compile(
    r"(?:(?P<section>[\u4e00-\u9fff（）]{2,24}?)（(?:\d*款|款)）)?[”“、\s]*(?P<name>[\u4e00-\u9fff（）]{3,24}?)（(?:\d*项|项)）"
)
_PURPOSE = re.compile(r"主要(?:是)?用于[:：]?(?P<purpose>[^。；，]{4,60})")
MIN_SHARE = Decimal("0.5")
MANY = 3
"""A table where one row in so many lies in the other column has columns of another meaning."""
_NATURES = Names(
    {"basic": N_("基本支出"), "project": N_("项目支出"), "personnel": N_("人员经费"), "public": N_("公用经费")}
)


def check(book: Book) -> Iterator[Check]:
    """Checks of each item's purpose, and of the columns that subjects have their money in."""
    spent = _natures(book)
    for _key, group in groupby(book.narrative.sentences, key=lambda s: s.paragraph):
        yield from _paragraph(list(group), spent)
    yield from _columns(book)


def _paragraph(sentences: list[Sentence], spent: dict[tuple[str, str], tuple[Decimal, Decimal]]) -> Iterator[Check]:
    """Each item of a paragraph with the purpose that follows before the next item."""
    whole = "".join(s.text for s in sentences)
    starts = [sum(len(s.text) for s in sentences[:i]) for i in range(len(sentences))]
    items = list(_ITEM.finditer(whole))
    for number, item in enumerate(items):
        stop = items[number + 1].start() if number + 1 < len(items) else len(whole)
        found = _PURPOSE.search(whole, item.end(), stop)
        if not found:
            continue
        name = squash(re.split("[）”]", item.group("name"))[-1])
        purpose = found.group("purpose")
        index = max(i for i, start in enumerate(starts) if start <= found.start())
        place = sentences[index].place_at(found.start() - starts[index])
        quote = (
            whole[item.start("name") : item.end()] + whole[item.end() : found.end()][-70:]
            if found.end() - item.end() <= 70
            else found.group()
        )
        yield from _copied(name, purpose, place, quote)
        section = squash(re.split("类）|”", item.group("section") or "")[-1])
        yield from _nature(section, name, purpose, place, found.group(), spent)


def _copied(name: str, purpose: str, place: Place, quote: str) -> Iterator[Check]:
    for entry in data("purposes.toml")["subject"]:
        if not re.search(entry["name"], name):
            continue
        wrong = re.search(entry["foreign"], purpose) and not re.search(entry["own"], purpose)
        message = (
            _("“{name}”的用途写成“{purpose}”，与科目不符，像是照抄别的科目").format(name=name, purpose=purpose)
            if wrong
            else ""
        )
        yield statement(CODE, Verdict.FAILED if wrong else Verdict.HELD, place, quote, message, reported=purpose)


def _natures(book: Book) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """(款, 项) names -> the largest basic and project amount that any table prints for them."""
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for sheet in book.sheets:
        names = {row.code: squash(row.label) for row in sheet.table.rows if row.dimension == "function"}
        for position, row in enumerate(sheet.table.rows):
            if row.dimension != "function" or len(row.code) != 7 or row.role is RowRole.TOTAL:
                continue
            values = {"basic": Decimal(0), "project": Decimal(0)}
            columns = [
                c for c in sheet.amount_columns(row.block) if c.aspects.get("nature") in values and not sheet.side(c)
            ]
            if {c.aspects["nature"] for c in columns} != set(values):
                continue
            for column in columns:
                amount = sheet.amount(position, column.index)
                if amount is not None:
                    values[column.aspects["nature"]] += amount.value
            key = (names.get(row.code[:5], ""), squash(row.label))
            basic, project = found[key]
            found[key] = (max(basic, values["basic"]), max(project, values["project"]))
    return found


def _nature(
    section: str,
    name: str,
    purpose: str,
    place: Place,
    quote: str,
    spent: dict[tuple[str, str], tuple[Decimal, Decimal]],
) -> Iterator[Check]:
    """基本支出 or 项目支出 of the purpose against the columns of the tables."""
    keys = [key for key in spent if key[1] == name and (key[0] == section or not section)]
    if len(keys) != 1 or not any(spent[keys[0]]):
        return
    words = data("purposes.toml")["nature"]
    basic, project = spent[keys[0]]
    says = {kind for kind in ("basic", "project") if re.search(words[kind], purpose)}
    wrong = (says == {"basic"} and not basic) or (says == {"project"} and not project)
    if not says:
        return
    actual = _("项目支出") if not basic else _("基本支出")
    message = _("“{name}”在各表中全部是{actual}").format(name=name, actual=actual) if wrong else ""
    yield statement(
        CODE,
        Verdict.FAILED if wrong else Verdict.HELD,
        place,
        quote,
        message,
        severity=Severity.WARNING,
        expected_text=actual,
    )


@dataclass(frozen=True, slots=True)
class _Placing:
    """Where a kind of subject has its money by definition, and the column that is not its own."""

    dimension: str
    subject: re.Pattern[str]
    own: str
    other: str
    tolerated: Decimal
    """Share in the other column up to which nothing is said."""
    certain: bool
    """Whether most of the money in the other column is a warning; else it stays a notice."""

    def bears(self, row: Row) -> bool:
        """Whether a row's subject is of this kind: by code and name."""
        return row.dimension == self.dimension and bool(self.subject.search(f"{row.code} {squash(row.label)}"))


def _placings() -> list[_Placing]:
    return [
        _Placing(
            entry["dimension"],
            re.compile(entry["subject"]),
            entry["own"],
            entry["other"],
            Decimal(entry["tolerated"]),
            entry["certain"],
        )
        for entry in data("purposes.toml")["placing"]
    ]


@dataclass(slots=True)
class _Placed:
    """The money of one subject in a table, over all rows that bear it."""

    row: Row
    own: Decimal = Decimal(0)
    other: Decimal = Decimal(0)

    @property
    def share(self) -> Decimal:
        """The part in the other column, 0 to 1."""
        return self.other / (self.own + self.other) if self.own + self.other else Decimal(0)


def _columns(book: Book) -> Iterator[Check]:
    """Subjects whose money stands in a column that is not theirs, once a code of the document."""
    said: set[str] = set()
    for placing in _placings():
        for sheet in book.sheets:
            subjects = _subjects(sheet, placing)
            wrong = [s for s in subjects if s.share > placing.tolerated]
            if placing.dimension == "economic" and len(wrong) * MANY > len(subjects):
                continue  # these columns mean something else here
            for subject in subjects:
                if subject not in wrong:
                    yield statement(CODE, Verdict.HELD, subject.row.place, subject.row.label)
                elif subject.row.code not in said:
                    said.add(subject.row.code)
                    yield _misplaced(sheet, placing, subject)


def _subjects(sheet: Sheet, placing: _Placing) -> list[_Placed]:
    columns = {
        (column.block, column.aspects["nature"]): column
        for column in reversed(sheet.table.columns)
        if "nature" in column.aspects and column.role is ColumnRole.AMOUNT and not sheet.side(column)
    }
    found: dict[str, _Placed] = {}
    for position, row in enumerate(sheet.table.rows):
        own, other = columns.get((row.block, placing.own)), columns.get((row.block, placing.other))
        if own is None or other is None or not placing.bears(row):
            continue
        placed = found.setdefault(row.code, _Placed(row))
        for column, name in ((own, "own"), (other, "other")):
            amount = sheet.amount(position, column.index)
            if amount is not None:
                setattr(placed, name, getattr(placed, name) + amount.value)
    return [placed for placed in found.values() if placed.own or placed.other]


def _misplaced(sheet: Sheet, placing: _Placing, subject: _Placed) -> Check:
    row = subject.row
    message = _("“{label}”反映{own}，这里{other}占{share:.0%}").format(
        label=row.label, own=_NATURES[placing.own], other=_NATURES[placing.other], share=subject.share
    )
    most = placing.certain and subject.share > MIN_SHARE
    return statement(
        CODE,
        Verdict.FAILED,
        row.place,
        _quote(sheet.table.grid[row.index], row),
        message,
        severity=Severity.WARNING if most else Severity.NOTICE,
        confidence=1.0 if most else 0.6,
    )


def _quote(cells: tuple[object, ...], row: Row) -> str:
    texts = [getattr(cell, "flat", "") for cell in dict.fromkeys(cells)]
    return " ".join(text for text in texts if text) or row.label
