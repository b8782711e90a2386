"""Numbers of tables (公开03表, 表三) in the order of the pages: gaps, repeats, and one written otherwise than all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Verdict
from budgetaudit.rules.contents import order
from budgetaudit.rules.statement import statement
from budgetaudit.vocabulary import squash

MIN_NUMBERED, MAX_LINE = 5, 50
"""Tables of one way of numbering that make a series, and characters of a line that may hold a number."""
_NUMBER = re.compile(
    r"^(?P<before>(?:部门|单位|预算|决算|公开|批复|附件?)*)(?:(?P<first>\d{1,2})表(?=$|[^\u4e00-\u9fff]|[\u4e00-\u9fff]{4})"
    r"|表(?P<last>\d{1,2}|[一二三四五六七八九十]{1,3})(?=$|[:、.]|[\u4e00-\u9fff]{4}))"
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    style: tuple[str, bool]
    """The words before the number, and whether the number stands before the word for table."""
    number: int
    printed: str
    place: Place
    title: str


def table_numbers(rule: str, book: Book, value: dict[str, int]) -> Iterator[Check]:
    """Checks of each series of table numbers. ``value`` gives the values of Chinese numerals."""
    found = _found(book, value)
    styles = {one.style for one in found}
    for style in sorted(styles):
        series = _runs([one for one in found if one.style == style])
        if len(series) >= MIN_NUMBERED and series[0].number == 1:
            yield from _series(rule, series, [one for one in found if one.style != style])


def _found(book: Book, value: dict[str, int]) -> list[_Numbered]:
    """Numbers of tables on the pages that hold tables, in their order."""
    if book.document is None:
        return []
    titles: dict[int, str] = {}
    for table in book.tables:
        for number in table.pages:
            titles.setdefault(number, table.title)
    contents = {entry.place for entry in book.narrative.contents}
    found: list[_Numbered] = []
    for page in book.document.pages:
        if page.number not in titles:
            continue
        for line in page.lines:
            text = squash(line.text)
            mark = _NUMBER.match(text) if len(text) <= MAX_LINE and line.place not in contents else None
            if mark:
                printed = mark.group("first") or mark.group("last")
                counted = int(printed) if printed.isdigit() else value.get(printed, 0)
                style = (mark.group("before"), mark.group("first") is not None)
                found.append(_Numbered(style, counted, mark.group(), line.place, titles[page.number]))
    return sorted(found, key=lambda one: order(one.place))


def _runs(numbers: Sequence[_Numbered]) -> list[_Numbered]:
    """Each number once where a table goes on over pages; twice where another table has it."""
    return [next(iter(group)) for _key, group in groupby(numbers, key=lambda one: (one.number, one.title))]


def _series(rule: str, series: Sequence[_Numbered], others: Sequence[_Numbered]) -> Iterator[Check]:
    for i, (last, one) in enumerate(pairwise(series)):
        after = series[i + 2].number if i + 2 < len(series) else None
        due = last.number + 1
        if one.number == due:
            yield statement(rule, Verdict.HELD, one.place, one.printed)
        elif after == due + 1 and one.number != due + 1:
            message = _("前后两表是第{before}、{after}号，这里应为第{due}号").format(
                before=last.number, after=after, due=due
            )
            yield _failed(rule, one, message)
        elif one.number == due + 1 and after in (None, due + 2):
            other = next((o for o in others if o.number == due and last.place != o.place), None)
            if other is not None:
                message = _("其他表的编号写作“{usual}”，这里写作“{here}”").format(
                    usual=last.printed, here=other.printed
                )
                yield _failed(rule, other, message)
            else:
                yield _failed(rule, one, _("表的编号从{last}跳到{here}").format(last=last.printed, here=one.printed))


def _failed(rule: str, one: _Numbered, message: str) -> Check:
    quote = f"{one.printed} {one.title}".strip()
    return statement(rule, Verdict.FAILED, one.place, quote, message, reported=one.printed)
