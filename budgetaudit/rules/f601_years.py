"""F601 年份：标题、比较基期、截止日、实施周期和文号里的年份应与文件年度相符

为什么：每年的说明多由上年的改写而来，漏改年份最常见：2026年预算写成“比2026年预算增加”，标题里留着上一年，文号年份打错。

怎么查：预算与自己的年度比较、决算与自己的年度比较（与本年预算比除外）；表题和部分标题的年份与封面不同；决算资产的截止日不是本年年末；
项目实施周期整年落在上一年；说自己的句子（编制范围、年度开头的收支数）写着上一年；文号里不可能的年份。
“三年行动计划（2022-2025年）”这样年数与起止年份不合的，作提示。

限度：封面没有年度的不查；预算的截止日各地口径不一（8月31日、上年年底、本年1月31日），不查；结转、总结、规划里的年份不查。

依据：预算法第十四条；《地方预决算公开操作规程》（财预〔2016〕143号）要求内容准确、形式规范

正确：
青山县档案局2026年部门预算
2026年部门预算编制说明
财政拨款支出预算120.00万元，比2025年预算增加5.00万元。

错误：
青山县档案局2026年部门预算
2026年部门预算编制说明
财政拨款支出预算120.00万元，比2026年预算增加5.00万元。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.statement import Text, bare, clause, data, statement, texts

CODE, CATEGORY, SEVERITY = "F601", "year-date", "error"
BASIS = "财预〔2016〕143号第四条：内容准确、形式规范"
_YEAR = re.compile(r"(20\d\d)年")
_PART = re.compile(r"^(?:第[一二三四五六七八九十]+部分)?")
OLDEST = 1949


def check(book: Book) -> Iterator[Check]:
    """Checks of years in titles, comparisons, dates, periods and document numbers."""
    year = book.profile.year
    everything = list(texts(book))
    yield from _numbers(everything, year)
    for text in everything:
        yield from _spans(text)
    if year is None:
        return
    yield from _titles(book, everything, year)
    bases = Counter(int(found.group("year")) for text in everything for found in _bases(book, text))
    yield from _own(book, everything, year)
    for text in everything:
        if text.kind in ("sentence", "note", "cell", "line"):
            yield from _comparisons(book, text, year, bases)
            if book.profile.kind == "final-account":
                yield from _as_of(text, year)
    if book.profile.kind == "budget":
        yield from _periods(everything, year)


def _words(key: str) -> re.Pattern[str]:
    return re.compile(data("phrases_years.toml")[key])


def _failed(text: Text, start: int, end: int, expected: str, message: str, **more: object) -> Check:
    quote = clause(text.text, start, end)
    severity = more.get("severity")
    return statement(
        CODE,
        Verdict.FAILED,
        text.place_at(start),
        quote,
        message,
        expected_text=expected,
        reported=text.text[start:end],
        severity=severity if isinstance(severity, Severity) else None,
    )


def _bases(book: Book, text: Text) -> Iterator[re.Match[str]]:
    account = book.profile.kind == "final-account"
    for found in _words("account_base" if account else "budget_base").finditer(text.text):
        if not (account and "预算" in found.group()):
            yield found


def _comparisons(book: Book, text: Text, year: int, bases: Counter[int]) -> Iterator[Check]:
    """The base of a comparison: the year before; an older one is doubted where the document has it once only."""
    account = book.profile.kind == "final-account"
    for found in _bases(book, text):
        printed = int(found.group("year"))
        if printed < year - 1 and bases[year - 1] >= 3 and bases[printed] == 1:
            message = _("其他比较都以{base}年为基期，这里写{printed}年").format(base=year - 1, printed=printed)
            yield _failed(text, found.start(), found.end(), f"{year - 1}年", message, severity=Severity.WARNING)
            continue
        if printed < year:
            yield statement(CODE, Verdict.HELD, text.place_at(found.start()), found.group())
            continue
        noun = _("决算") if account else _("预算")
        yield _failed(
            text,
            found.start(),
            found.end(),
            f"{year - 1}年",
            _("本文件是{year}年{noun}，不能与{printed}年自己比较，应为{base}年").format(
                year=year, noun=noun, printed=printed, base=year - 1
            ),
        )


def _spans(text: Text) -> Iterator[Check]:
    """A plan of three years (三年行动计划) whose span names more or fewer of them."""
    for key in ("span", "span_after"):
        for found in _words(key).finditer(text.text):
            years = int(found.group("to")) - int(found.group("from")) + 1
            stated = data("phrases_years.toml")["numerals"].find(found.group("count")) + 1
            if years == stated:
                yield statement(CODE, Verdict.HELD, text.place_at(found.start()), found.group())
                continue
            message = _("写的是{stated}年，起止年份含{years}个年度").format(stated=stated, years=years)
            yield _failed(text, found.start(), found.end(), "", message, severity=Severity.NOTICE)


def _titles(book: Book, everything: list[Text], year: int) -> Iterator[Check]:
    """Titles of tables and headings that name a year beside 预算 or 决算."""
    named, excluded = _words("named"), _words("named_not")
    candidates = [
        (t.text, t)
        for t in everything
        if t.kind in ("heading", "line") and len(t.text) <= 50 and not re.search("[。；，]", t.text)
    ]
    printed_at = {(t.text, t.place.page) for _, t in candidates}
    candidates += [
        (title, Text(title, "heading", table.place))
        for table in book.tables
        if (title := bare(table.title))
        and not any(title in text and page == table.place.page for text, page in printed_at)
    ]
    titles: list[tuple[str, Text]] = []
    for text, source in candidates:
        years = _YEAR.findall(text)
        if (
            len(years) == 1
            and named.search(text)
            and not excluded.search(text)
            and not re.search("比|较|与|执行数", text)
        ):
            titles.append((years[0], source))
    votes = Counter(printed for printed, _ in titles)
    if votes[str(year)] < 2:
        return
    for printed, source in titles:
        if int(printed) == year:
            yield statement(CODE, Verdict.HELD, source.place, source.text)
        elif votes[printed] <= max(1, votes[str(year)] // 4):
            yield statement(
                CODE,
                Verdict.FAILED,
                source.place,
                source.text,
                _("标题写{printed}年，本文件是{year}年的").format(printed=printed, year=year),
                expected_text=f"{year}年",
                reported=f"{printed}年",
                severity=None if source.kind == "heading" or re.search("表$|说明$", source.text) else Severity.WARNING,
            )


def _own(book: Book, everything: list[Text], year: int) -> Iterator[Check]:
    """The year of the document where it speaks of itself: last year's in one sentence, while the others have this one."""
    patterns = [re.compile(pattern) for pattern in data("phrases_years.toml")["own"]]
    said = [
        (text, found)
        for text in everything
        if text.kind == "sentence"
        for pattern in patterns
        for found in pattern.finditer(text.text)
    ]
    votes = Counter(int(found.group("year")) for _, found in said)
    for text, found in said:
        printed = int(found.group("year"))
        if printed == year:
            yield statement(CODE, Verdict.HELD, text.place_at(found.start()), found.group())
        elif printed == year - 1 and votes[printed] <= max(1, votes[year] // 4):
            start, end = found.span("year")
            itself = any(int(base.group("year")) == printed for base in _bases(book, text))
            yield _failed(
                text,
                start,
                end + 1,
                f"{year}年",
                _("本文件是{year}年的，这里写{printed}年").format(year=year, printed=printed),
                severity=None if itself or votes[year] >= 2 else Severity.WARNING,
            )


def _as_of(text: Text, year: int) -> Iterator[Check]:
    """The day of the assets in final accounts."""
    where = " ".join((*text.section[-2:], text.text))
    for found in _words("as_of").finditer(text.text):
        if int(found.group("year")) == year:
            yield statement(CODE, Verdict.HELD, text.place_at(found.start()), found.group())
        elif _words("as_of_subject").search(where):
            yield _failed(
                text,
                found.start(),
                found.end(),
                f"{year}年",
                _("{year}年决算的资产应是{year}年末的，写的是{printed}年").format(
                    year=year, printed=found.group("year")
                ),
            )


def _periods(everything: list[Text], year: int) -> Iterator[Check]:
    """The time of a project of this year's budget."""
    label, period = _words("period_label"), _words("period")
    for index, text in enumerate(everything):
        before = " ".join((*text.section[-1:], text.text[:20]))
        if not label.search(before) and not (
            index and everything[index - 1].kind == text.kind and label.search(everything[index - 1].text[-12:])
        ):
            continue
        for found in period.finditer(text.text):
            last = int(found.group("to") or found.group("whole"))
            if last >= year:
                yield statement(CODE, Verdict.HELD, text.place_at(found.start()), found.group())
            elif last == year - 1 and (found.group("from") in (None, str(last))):
                yield _failed(
                    text,
                    found.start(),
                    found.end(),
                    f"{year}年",
                    _("{year}年预算的项目，实施周期却写{last}年").format(year=year, last=last),
                )


def _numbers(everything: list[Text], year: int | None) -> Iterator[Check]:
    """Years in document numbers."""
    newest = (year or 2100) + 1
    for text in everything:
        for found in _words("number").finditer(bare(text.text)):
            printed = int(found.group("year"))
            if OLDEST <= printed <= newest:
                yield statement(CODE, Verdict.HELD, text.place, found.group())
                continue
            position = text.text.find(found.group())
            start = max(position, 0)
            yield _failed(
                text, start, start + len(found.group()), "", _("文号年份{printed}不可能").format(printed=printed)
            )
