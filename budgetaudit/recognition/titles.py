"""What stands around a grid: its title, number, unit, organisation and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetaudit.amount import UNITS
from budgetaudit.model import Line
from budgetaudit.vocabulary import form_of, squash, words

_UNIT = re.compile(r"单位[:：]?[(]?(?:人民币)?[:]?(亿元|百万元|万元|千元|元)")
_BARE_UNIT = re.compile(r"^[(]?(?:金额)?(?:单位)?[:]?(?:人民币)?(亿元|百万元|万元|千元|元)[)]?$")
_ORGANISATION = re.compile(
    r"^(?:编制|填报|公开|预算|主管|部门或)?(?:部门|单位)(?:名称)?(?:[(]公章[)]|[(]盖章[)])?:(.*?)(?:(?:金额)?单位:.*|日期:.*)?$"
)
_UNIT_CODE = re.compile(r"^[\[(]?\d{3,12}[\])]?[-_—. ]*(?=[\u4e00-\u9fff])")
_N = r"(?:\d{1,2}?(?=(?:19|20)\d\d年)|\d{1,2}(?!\d))"  # 表12030年: table 1 of 2030
_TABLE_NUMBER = re.compile(
    rf"^(?:部门|单位)?(?:公开|预算|附|决算)?(?:报)?"
    rf"(?:表(?:{_N}|[一二三四五六七八九十]{{1,3}}(?!般))(?:[-—]{_N})?|\d{{1,2}}(?:[-—]\d+)?表|附?表{_N})[:.、]?"
)
ONLY_NUMBER = re.compile(
    r"^(?:附件\d*[:]?)?(?:部门|单位)?(?:公开|预算|附|决算|财决|GK)?(?:公开)?(?:表[一二三四五六七八九十\d]{1,3}(?:[-—]\d+)?|\d{1,2}(?:[-—]\d+)?表|附表\d{0,2})[:]?$"
)
_HEADING_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[(]?[一二三四五六七八九十]+[)]?[、.]|[(]?\d{1,2}[)]?[、.])"
)
_TITLE_END = re.compile(
    r"(?:表(?:[-—]{1,2}[\u4e00-\u9fff、]{2,12})?(?:[(][^()]*[)]){0,3}|表[一二三四五六七八九十\d]{1,3}|表\d*续)$"
)
_PAGE_NUMBER = re.compile(r"^[-—–·\s]*第?\d{1,4}页?(?:[/共]+\d{1,4}页?)?[-—–·\s]*$")
_NOTE = re.compile(r"^(?:备?注|说明|附注)\d*[:：.、]?")
MAX_TITLE = 60


@dataclass(slots=True)
class Context:
    """What was found in the lines around a grid."""

    title: str = ""
    title_line: Line | None = None
    number: str = ""
    unit: Decimal | None = None
    unit_text: str = ""
    organisation: str = ""
    notes: list[Line] = field(default_factory=list)
    prose: bool = False
    """True where ordinary text stands directly above, so that no table continues across it."""


def is_page_number(text: str) -> bool:
    """Whether a line is only a page number."""
    return bool(_PAGE_NUMBER.match(squash(text))) or not squash(text)


def unit_in(text: str) -> str:
    """The unit of amounts that a line or header text names; empty where it names none."""
    squashed = squash(text)
    found = _UNIT.search(squashed) or _BARE_UNIT.match(squashed)
    return found.group(1) if found else ""


def organisation_in(text: str) -> str:
    """The name that a line of the kind 编制单位：… gives; empty for any other line."""
    found = _ORGANISATION.match(squash(text))
    return _UNIT_CODE.sub("", found.group(1)) if found and not _BARE_UNIT.match(found.group(1)) else ""


def clean_title(text: str) -> str:
    """A title without its table number, heading number and year."""
    cleaned = squash(text)
    for pattern in (_HEADING_NUMBER, _TABLE_NUMBER, _HEADING_NUMBER):
        shorter = pattern.sub("", cleaned, count=1)
        if len(shorter) >= 3:
            cleaned = shorter
    return cleaned


def looks_like_title(text: str) -> bool:
    """Whether a line reads as the title of a table: short, names a form, ends as titles end."""
    squashed = squash(text)
    if not 3 <= len(squashed) <= MAX_TITLE or squashed.endswith(("。", "；", ";", "：", ":")):
        return False
    if "。" in squashed or "，" in squashed or ("," in squashed and "(" not in squashed):
        return False
    return bool(_TITLE_END.search(squashed)) and not ONLY_NUMBER.match(squashed)


def read_context(above: Sequence[Line], inside: Iterable[Line] = ()) -> Context:
    """Title, unit and organisation from the lines above a grid (nearest last) and the title rows inside it."""
    context = Context()
    lines = [line for line in above if not is_page_number(line.text)]
    for line in list(inside) + list(reversed(lines)):
        _take_unit_and_organisation(context, line)
    nearest_first = list(inside)[::-1] + lines[::-1]
    _take_title(context, nearest_first)
    if not context.number:
        numbers = (squash(line.text) for line in nearest_first[:6])
        context.number = next((text for text in numbers if ONLY_NUMBER.match(text)), "")
    context.prose = any(_is_prose(line.text) for line in lines)
    return context


def _take_unit_and_organisation(context: Context, line: Line) -> None:
    text = squash(line.text)
    if not context.unit_text and len(text) < 80 and (unit := unit_in(text)):
        context.unit_text, context.unit = unit, UNITS[unit]
    if not context.organisation and len(text) < 80:
        context.organisation = organisation_in(text)


def _take_title(context: Context, nearest_first: Sequence[Line]) -> None:
    plain: Line | None = None
    for position, line in enumerate(nearest_first[:10]):
        text = squash(line.text)
        if ONLY_NUMBER.match(text):
            context.number = context.number or text
            continue
        if looks_like_title(text) and form_of(text):
            _set_title(context, line, text)
            return
        if position + 1 < len(nearest_first):
            upper = nearest_first[position + 1]
            joined = squash(upper.text) + text
            if (
                looks_like_title(joined)
                and form_of(joined)
                and not _is_prose(upper.text)
                and not unit_in(upper.text)
                and not ONLY_NUMBER.match(squash(upper.text))
            ):
                _set_title(context, upper, joined)
                return
        if plain is None and looks_like_title(text):
            plain = line
        if _is_prose(text) and position > 3:
            break
    if plain is not None:
        _set_title(context, plain, squash(plain.text))


def _set_title(context: Context, line: Line, text: str) -> None:
    context.title_line = line
    number = _TABLE_NUMBER.match(_HEADING_NUMBER.sub("", text, count=1))
    if number and not context.number:
        context.number = number.group().rstrip(":.、")
    context.title = clean_title(text)


def _is_prose(text: str) -> bool:
    squashed = squash(text)
    return (
        len(squashed) > 30 and ("。" in squashed or "，" in squashed or "," in squashed) and not _NOTE.match(squashed)
    )


def is_note(text: str) -> bool:
    """Whether a line below a table belongs to it: a note, or the sentence that says why it is blank."""
    squashed = squash(text)
    return bool(_NOTE.match(squashed)) or (
        "表" in squashed and any(word in squashed for word in words("statement", "empty"))
    )


def empty_statement(notes: Iterable[Line]) -> str:
    """The sentence among the notes that says why the table is blank, as printed; empty where there is none."""
    marks = words("statement", "empty")
    return next((line.text.strip() for line in notes if any(mark in squash(line.text) for mark in marks)), "")
