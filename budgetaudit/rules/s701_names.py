"""S701 科目名称：科目编码、名称、级次应前后一致，并使用当年的名称

为什么：同一编码在两张表里叫两个名字，或文字里沿用已停用的名称（2019年起“医疗卫生与计划生育支出”改为“卫生健康支出”），
多是照抄上年造成的；把项级科目写成款级，则整段说明都错位。

怎么查：先查文件自身：同一编码各处的名称，同一名称印出的不成编码的编码；再查现行名称：只在参考名称可靠时对照；文字里的“某某支出（类）某某（款）某某（项）”与各表的编码层次对照，
表里没有的与公布的科目表对照；文字、收支总表和带编码的行里已停用的类、款名称按年度查。

限度：名称在窄格里会折断或截断，互为开头、相差不大的视为相同；同名科目很多（行政运行），不单凭名称找编码；参考名称表不全，没有列入的不查。

依据：政府收支分类科目（财政部每年印发）

正确：
青山县档案局2026年部门预算
1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：16.68万元。

表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计
210	卫生健康支出	16.68
21011	行政事业单位医疗	16.68
2101101	行政单位医疗	16.68
合计		16.68

错误：
青山县档案局2026年部门预算
1.医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）：16.68万元。

表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计
210	卫生健康支出	16.68
21011	行政事业单位医疗	16.68
2101101	行政单位医疗	16.68
合计		16.68
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.lang import N_, Names, _
from budgetaudit.model import Check, Place, Row, Severity, Table, Verdict
from budgetaudit.rules.statement import Text, clause, statement, texts
from budgetaudit.rules.subjects import SYSTEMS, codes_named, core, lists_projects, names_of, rows

CODE, CATEGORY, SEVERITY = "S701", "code-name", "warning"
BASIS = "政府收支分类科目（财政部每年印发）"
LEVELS = {"类": 3, "款": 5, "项": 7}
_LEVEL = Names({"类": N_("类"), "款": N_("款"), "项": N_("项")})
CLASSES = "235"
"""First digits of functional, departmental and government economic codes."""
ALIKE = 0.75
OVERVIEWS = ("overview", "fiscal-overview")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff（）“”、]{2,30}?)（(?P<level>类|款|项)）")


def check(book: Book) -> Iterator[Check]:
    """Checks of printed code-name pairs and of the subjects that the text names."""
    pairs = _pairs(book)
    yield from _tables(pairs)
    yield from _codes(book)
    everything = list(texts(book, cells=False))
    yield from _levels(everything, pairs)
    if book.profile.year is not None:
        yield from _renamed(everything, book, book.profile.year)


def _same(one: str, other: str) -> bool:
    """Whether two printed names can be one: equal, cut short, or close."""
    a, b = core(one), core(other)
    if not a or not b or a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a) or a in b or b in a:
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _pairs(book: Book) -> dict[str, dict[str, list[tuple[Row, str]]]]:
    """Code -> name -> rows that print it, with the title of their table."""
    found: dict[str, dict[str, list[tuple[Row, str]]]] = defaultdict(lambda: defaultdict(list))
    for table in book.tables:
        if lists_projects(table):
            continue
        for row in table.rows:
            code = re.sub(r"\D", "", row.code)
            if row.dimension in ("function", "economic") and row.code and row.label and len(code) in LEVELS.values():
                found[code][core(row.label)].append((row, table.title or table.form_name))
    return found


def _tables(pairs: Mapping[str, Mapping[str, list[tuple[Row, str]]]]) -> Iterator[Check]:
    """Names of one code: the one that most tables print, of two that stand as often the published one, is its name."""
    for code, names in pairs.items():
        known = next(iter(names_of(code, None)), "")
        usual = max(names, key=lambda n: (len(names[n]), bool(known) and _same(n, known)))
        sure = len(names[usual]) > 1 or (bool(known) and _same(usual, known))
        for name, prints in names.items():
            row, title = prints[0]
            quote = f"{row.code} {row.label}"
            if not name or (_same(name, usual) and (not known or _same(name, known) or len(names[usual]) > 1)):
                yield statement(CODE, Verdict.HELD, row.place, quote)
            elif not _same(name, usual) and len(prints) == 1:
                message = _("“{title}”把{code}写作“{label}”，别的表写作“{usual}”").format(
                    title=title, code=code, label=row.label, usual=usual
                )
                yield statement(
                    CODE,
                    Verdict.FAILED,
                    row.place,
                    quote,
                    message,
                    expected_text=usual,
                    reported=row.label,
                    severity=None if sure else Severity.NOTICE,
                    confidence=1.0 if sure else 0.6,
                )


def _codes(book: Book) -> Iterator[Check]:
    """Codes of no classification, where another table prints the right one for the same name."""
    right: dict[str, set[str]] = defaultdict(set)
    wrong: list[Row] = []
    for table in book.tables:
        for row in table.rows:
            code = re.sub(r"\D", "", row.code)
            if row.aspects.get("unit") == row.label:
                continue  # the code of a unit
            if code and row.label and code[0] in CLASSES and len(code) in LEVELS.values():
                right[core(row.label)].add(code)
            elif code and row.label:
                wrong.append(row)
    for row in wrong:
        known = right.get(core(row.label), set())
        if len(known) == 1:
            (code,) = known
            message = _("“{name}”的编码印作 {printed}，别的表是 {code}").format(
                name=row.label, printed=row.code, code=code
            )
            yield statement(
                CODE,
                Verdict.FAILED,
                row.place,
                f"{row.code} {row.label}",
                message,
                expected_text=code,
                reported=row.code,
            )


def _renamed(everything: list[Text], book: Book, year: int) -> Iterator[Check]:
    """Names that were given up before the document's year: of classes wherever they stand, of lower levels where the
    text says that it names a subject; and in the rows of tables.
    """
    given_up = {row["old"]: row for row in rows("renamed.csv") if year >= int(row["since"])}
    if not given_up:
        return
    classes = [old for old, row in given_up.items() if len(row["code"]) == 3]
    subjects = re.compile("(?<![\u4e00-\u9fff])({})”?（(?:款|项|\\d{{5,7}})".format("|".join(map(re.escape, given_up))))
    for text in everything:
        found = [(start, old) for old in classes if (start := text.text.find(old)) >= 0]
        # a shorter name may be the end of a longer one: the printed subject begins at a bracket, a stop or a digit
        found += [(m.start(1), m.group(1)) for m in subjects.finditer(text.text) if m.group(1) not in classes]
        for start, old in found:
            if re.search("原|更名|调整为|改为", text.text[max(0, start - 6) : start]):
                continue
            end = start + len(old)
            tail = re.match(r"[”]?（[^）]{1,8}）", text.text[end:])
            quote = text.text[start : end + (tail.end() if tail else 0)]
            yield _given_up(text.place_at(start), quote, given_up[old])
    for table in book.tables:
        for row in table.rows:
            renamed = given_up.get(core(row.label))
            if renamed is not None and _names_subject(table, row, renamed["code"]):
                yield _given_up(row.place, row.label, renamed)


def _names_subject(table: Table, row: Row, code: str) -> bool:
    """Whether a row names a subject: beside its code, or a class in an overview of classes (a project may bear any name)."""
    if row.dimension == "function":
        return re.sub(r"\D", "", row.code) == code
    return len(code) == 3 and table.form in OVERVIEWS


def _given_up(place: Place, quote: str, renamed: Mapping[str, str]) -> Check:
    message = _("{since}年起，{code}的名称是“{new}”").format(
        since=renamed["since"], code=renamed["code"], new=renamed["new"]
    )
    return statement(CODE, Verdict.FAILED, place, quote, message, expected_text=renamed["new"], reported=renamed["old"])


def _levels(everything: list[Text], pairs: Mapping[str, Mapping[str, list[tuple[Row, str]]]]) -> Iterator[Check]:
    """Subjects of the text with their level against the codes of the tables; where these are not in the file, or do not
    hold the name, against the published list.
    """
    lengths: dict[str, set[int]] = defaultdict(set)
    for code, names in pairs.items():
        if code.startswith("2"):
            for name in names:
                lengths[name].add(len(code))
    if not {length for found in lengths.values() for length in found} >= {3, 5, 7}:
        lengths = {}
    for text in everything:
        last = 0
        for found in _NAMED.finditer(text.text):
            name, level = _subject(found.group("name")), found.group("level")
            own = lengths.get(name)
            at = own or _published(name)
            if not at:
                continue
            start = found.start("name") if found.start() >= last else last
            last = found.end()
            quote = clause(text.text, start, found.end(), before=0, after=0)
            if LEVELS[level] in at:
                yield statement(CODE, Verdict.HELD, text.place_at(start), quote)
                continue
            printed = next(k for k, v in LEVELS.items() if v == min(at))
            message = (
                _("“{name}”在各表中是{printed}级科目，这里写成（{level}）")
                if own
                else _("“{name}”在科目表中是{printed}级科目，这里写成（{level}）")
            ).format(name=name, printed=_LEVEL[printed], level=_LEVEL[level])
            yield statement(
                CODE,
                Verdict.FAILED,
                text.place_at(start),
                quote,
                message,
                expected_text=f"（{printed}）",
                severity=Severity.WARNING,
            )


@lru_cache(maxsize=4096)
def _published(name: str) -> frozenset[int]:
    """Lengths of the codes that bear a name, in any of the classifications. The functional classes and sections are listed
    completely, its items are not: an item may bear the name of a section, so that only a class or section that is called
    something wider is told.
    """
    spellings = (name, name.removesuffix("支出"), name + "支出")
    found = {
        len(code)
        for system in SYSTEMS
        for spelling in spellings
        for code in codes_named(system, None).get(spelling, ())
    }
    return frozenset(found | {7} if found else found)


def _subject(name: str) -> str:
    """The name alone, without numbering and the quotation marks or brackets before it."""
    return core(re.split(r"[“”）：]", name)[-1] if re.search(r"[“”：]", name) else name)
