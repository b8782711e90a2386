"""S703 统一科目：编码与名称应与全国统一的收支分类科目一致

为什么：经济分类的款全国统一编号（302 03 是咨询费，302 05 是水费）。自行连续编号、把别的科目的名称写在编码旁边，
表格内部照样加得平，汇总和比较时却全部错位。

怎么查：各表“编码+名称”与财政部公布的科目逐行对照：名称是另一编码的名称，或经济分类、类级科目的编码没有这个名称，即指出；
一张表有三行以上不符，合成一条。名称只差一两个字（其它、缴费、支出）的只作提示，文字里的（项）级科目名称同样。

限度：曾用名称按年度认可；同名科目多（行政运行），不单凭名称找编码；名称在窄格里截断的视为相同；项级名称表不全，没有列入的不查。

依据：政府收支分类科目（财政部每年印发）；《支出经济分类科目改革方案》（财预〔2017〕98号）

正确：
青山县档案局2026年部门预算
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
302	商品和服务支出	6.00
30203	咨询费	1.00
30205	水费	2.00
30228	工会经费	3.00
合计		6.00

错误：
青山县档案局2026年部门预算
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
302	商品和服务支出	6.00
30202	咨询费	1.00
30205	水费	2.00
30228	工会经费	3.00
合计		6.00
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Table, Verdict
from budgetaudit.rules.crossed import Subject, crossed
from budgetaudit.rules.statement import statement, texts
from budgetaudit.rules.subjects import FUNCTION, SYSTEMS, codes_named, core, home_of, lists_projects, names_of

CODE, CATEGORY, SEVERITY = "S703", "code-name", "warning"
BASIS = "政府收支分类科目（财政部每年印发）；财预〔2017〕98号"
LENGTHS = (3, 5, 7)
SEVERAL = 3
"""Wrong rows of one table from which they are one slip: the table was numbered by hand."""
LISTED = 12
CLOSE = 0.75
LONGEST = 32
"""Characters of the longest name of an item."""
_ITEM = re.compile("（项）")
_BEFORE = re.compile(r"[^\u4e00-\u9fff（）、]|[（(][类款项][）)]|^[）、]+|[）](?=[^）]*$)")
_OTHER = re.compile(r"其它[\u4e00-\u9fff]{2,12}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A subject whose name is not that of its code."""

    subject: Subject
    code: str
    published: str
    """The name that the code has; empty where there is no such code."""
    home: tuple[str, ...]
    """Codes that bear the printed name."""
    close: bool
    """Whether only a word or two differ."""


def check(book: Book) -> Iterator[Check]:
    """Checks of the printed pairs of every table, and of item names in the text."""
    year = book.profile.year
    tables = [(table, list(_subjects(table))) for table in book.tables if not lists_projects(table)]
    prints = Counter((code, core(subject.name)) for _table, found in tables for subject, code in _coded(found))
    tables += [(table, [s for r in rows for s in (r.department, r.government)]) for table, rows in book.once(crossed)]
    right = {code for code, name in prints if any(name == core(n) for n in names_of(code, year))}
    seen: set[tuple[str, str, str]] = set()
    close: dict[tuple[str, str], Wrong] = {}
    for table, found in tables:
        wrong: list[Wrong] = []
        for subject, code in _coded(found):
            key = (table.id, code, core(subject.name))
            if key in seen:
                continue
            seen.add(key)
            fault = _compared(subject, code, year)
            if fault is None:
                yield statement(CODE, Verdict.HELD, subject.place, subject.printed)
            elif fault.close:
                close.setdefault(key[1:], fault)
            else:
                wrong.append(fault)
        if sum(1 for w in wrong if w.home) >= SEVERAL:
            yield _numbered_by_hand(table, wrong)
        else:
            # S701 tells of a name that stands once against the right one in other tables.
            yield from (_row(w) for w in wrong if w.code not in right or prints[w.code, core(w.subject.name)] > 1)
    yield from (_row(w) for w in close.values())
    yield from _worded(book, year)


def _subjects(table: Table) -> Iterator[Subject]:
    """The subjects that the rows of a table bear."""
    for row in table.rows:
        if row.dimension in ("function", "economic", "government-economic") and row.code and row.label:
            yield Subject(row.code, row.label, row.place)


def _coded(subjects: Iterable[Subject]) -> Iterator[tuple[Subject, str]]:
    """Subjects with the digits of their codes, as far as these are of a classification and the name is no more than one."""
    for subject in subjects:
        code = re.sub(r"\D", "", subject.code)
        known = code[:1] in SYSTEMS and len(code) in LENGTHS and bool(names_of(code[:3], None))
        if known and not re.search(r"\d", subject.name):
            yield subject, code


def _compared(subject: Subject, code: str, year: int | None) -> Wrong | None:
    """What is wrong with a subject; None where its name fits its code or nothing is known of it."""
    name, published = core(subject.name), names_of(code, year)
    cores = [core(p) for p in published]
    if not name or name in cores:
        return None
    current = published[0] if published else ""
    home = home_of(code, subject.name, year)
    if not published:
        known = code[0] != FUNCTION and len(code) == 5
        return Wrong(subject, code, "", home, close=False) if known else None
    if any(c.startswith(name) for c in cores):
        return None  # cut short
    if home:
        return Wrong(subject, code, current, home, close=False)
    if any(name in c or c in name for c in cores):
        return None  # said more shortly, or more fully
    if any(SequenceMatcher(None, name, c, autojunk=False).ratio() >= CLOSE for c in cores):
        return Wrong(subject, code, current, (), close=True)
    complete = code[0] != FUNCTION or len(code) == 3
    return Wrong(subject, code, current, (), close=False) if complete else None


def _severity(wrong: Wrong) -> Severity:
    """A name of no other subject may be a detail that a region prints beside its subject's code, but no class."""
    doubtful = wrong.close or not (wrong.home or len(wrong.code) == 3)
    return Severity.NOTICE if doubtful else Severity.WARNING


def _row(wrong: Wrong) -> Check:
    subject = wrong.subject
    if wrong.close:
        message = _("{code} 的名称印作“{printed}”，统一科目是“{published}”")
    elif not wrong.published:
        message = _("统一科目里没有编码 {code}（这里印作“{printed}”）")
    else:
        message = _("编码 {code} 的统一名称是“{published}”，这里印作“{printed}”")
    said = message.format(code=subject.code, printed=subject.name, published=wrong.published)
    if wrong.home:
        said += _("；“{printed}”的编码是 {codes}").format(printed=subject.name, codes="、".join(wrong.home))
    return statement(
        CODE,
        Verdict.FAILED,
        subject.place,
        subject.printed,
        said,
        expected_text=wrong.published if wrong.close else "、".join(wrong.home) or wrong.published,
        severity=_severity(wrong),
        confidence=0.7 if wrong.close else 0.9,
        reported=subject.name if wrong.close or not wrong.home else subject.code,
    )


def _numbered_by_hand(table: Table, wrong: Sequence[Wrong]) -> Check:
    """One statement for a table whose codes do not follow the published list."""
    said = [
        _("{printed}（应为 {codes}）").format(printed=w.subject.printed, codes="、".join(w.home))
        if w.home
        else _("{printed}（该编码是“{published}”）").format(printed=w.subject.printed, published=w.published)
        if w.published
        else _("{printed}（没有这个编码）").format(printed=w.subject.printed)
        for w in wrong[:LISTED]
    ]
    message = _("“{title}”有 {count} 行的编码与名称不是统一科目的对应关系，像是自行编号：{rows}").format(
        title=table.title or table.form_name, count=len(wrong), rows="；".join(said)
    )
    first = wrong[0]
    return statement(
        CODE,
        Verdict.FAILED,
        first.subject.place,
        first.subject.printed,
        message,
        expected_text="、".join(first.home) or first.published,
        confidence=0.9,
        reported=first.subject.code,
    )


def _worded(book: Book, year: int | None) -> Iterator[Check]:
    """Names of items in the text that lack their 支出, and 其它 for 其他."""
    items = {core(s.name) for table in book.tables for s, code in _coded(_subjects(table)) if len(code) == 7}
    items |= {name for name, codes in codes_named(FUNCTION, year).items() if any(len(c) == 7 for c in codes)}
    others = {n for system in SYSTEMS for n in codes_named(system, year) if n.startswith("其他")}
    for text in texts(book, cells=False):
        for found in _ITEM.finditer(text.text):
            before = text.text[max(0, found.start() - LONGEST) : found.start()]
            printed = _BEFORE.split(before)[-1]
            name = core(printed)
            if name and name not in items and f"{name}支出" in items:
                place = text.place_at(found.start() - len(printed))
                yield _wording(place, f"{printed}（项）", printed, f"{printed}支出")
        for found in _OTHER.finditer(text.text):
            rest = f"其他{found.group()[2:]}"
            right = max((o for o in others if rest.startswith(o)), key=len, default="")
            if right:
                printed = f"其它{right[2:]}"
                yield _wording(text.place_at(found.start()), printed, printed, right)


def _wording(place: Place, quote: str, printed: str, right: str) -> Check:
    message = _("科目名称写作“{printed}”，统一科目是“{published}”").format(printed=printed, published=right)
    return statement(
        CODE,
        Verdict.FAILED,
        place,
        quote,
        message,
        expected_text=right,
        severity=Severity.NOTICE,
        confidence=0.7,
        reported=printed,
    )
