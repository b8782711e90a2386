"""Stated figures of the year before, each against what that year's document prints for the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Verdict
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.narrative.paths import Subjects, path_in
from budgetaudit.rules.base import compare, held, unknown
from budgetaudit.rules.figures import Index
from budgetaudit.rules.linked import Figure, What, anywhere, figures, unit_word
from budgetaudit.rules.stated import Stated, stated
from budgetaudit.vocabulary import aspects, squash, strip_numbering

_YEARS = re.compile(r"^.*?(?:20\d\d年(?:度)?|本年度?)")
_EMPTY = re.compile(r"年初预算|预算|决算|安排|本部门|本单位|(?:情况)?的?(?:说明)?$|总体|总表|表(?=情况|$)")
_TAIL = re.compile(r"(?:数|为|是|共计|共)*$")
_SIDE = re.compile("收入|支出")
_WHOLE = re.compile(r"(?:总计|合计|总额|收入|支出)$")

Subject = tuple[str, str]
"""What a claim is about: the headings above it and its own words (or the subject path), in a form without years."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison: the check, and whether it speaks of a whole (a large part of this year's money)."""

    check: Check
    whole: bool


class Before:
    """The earlier document, to be asked what it prints for a claim or a cell of the later one."""

    def __init__(self, this: Book, before: Book, measure: str = "") -> None:
        self._this = this
        self._index, self._subjects = this.once(Index), Subjects([*this.tables, *before.tables])
        self._whats = {f.operand.ref: f.what for f in figures(this) if f.operand.ref is not None}
        self._cells: dict[What, list[Figure]] = defaultdict(list)
        self._loose: dict[What, list[Figure]] = defaultdict(list)
        for figure in figures(before):
            if figure.what.measure == measure:
                bare = replace(figure.what, measure="")
                self._cells[bare].append(figure)
                self._loose[anywhere(bare)].append(figure)
        self._said: dict[Subject, list[Claim]] = defaultdict(list)
        for claim in before.claims:
            if not claim.percent and claim.role == (measure or "value"):
                section, words = self.subject(claim, before)
                self._said[section, words].append(claim)
                self._said["", words].append(claim)
                if (kind := _kind(claim)) and not self._path(claim):
                    self._said["=", kind].append(claim)

    def subject(self, claim: Claim, book: Book) -> Subject:
        """What a claim is about, in words that both years share."""
        path = self._path(claim)
        organisation = squash(book.profile.department)
        section = "/".join(_bare(strip_numbering(squash(text)), organisation) for text in claim.sentence.section[1:3])
        if path:
            return section, "/".join(name.removesuffix("支出") for level, name in path.items())
        return section, _bare(_clause(claim), organisation)

    def same(self, claim: Claim) -> list[Operand]:
        """What the earlier document prints for the claim's subject: in its text, and in its tables."""
        section, words = self.subject(claim, self._this)
        found = [c.operand() for c in self._said.get((section, words), ())] if words else []
        if not found and words:
            found = _one([c.operand() for c in self._said.get(("", words), ())])
        found += [*self._in_tables(claim), *self._by_code(claim)]
        if not found and not self._path(claim) and (kind := _kind(claim)):
            found = _one([c.operand() for c in self._said.get(("=", kind), ())])
        return found

    def cell(self, what: What) -> list[Operand]:
        """The earlier document's figure for a cell: in the same table under the same header, else anywhere in it."""
        rows = self._cells.get(what) or self._loose.get(anywhere(what), [])
        return _one([figure.operand for figure in rows])

    def _in_tables(self, claim: Claim) -> list[Operand]:
        code = self._subjects.code(path) if (path := self._path(claim)) else ""
        facts = [f for f in self._index.near(claim) if claim.amount.value]
        found: list[Operand] = []
        for fact in facts:
            what = self._whats.get(fact.ref)
            if what is None or what.measure:
                continue
            if what.subject == code if code else not path and _names(_clause(claim), what):
                found += self.cell(what)
        return found

    def _by_code(self, claim: Claim) -> list[Operand]:
        """The earlier tables' figure for a subject code, where all that print it whole print one value."""
        code = self._subjects.code(path) if (path := self._path(claim)) else ""
        wanted = aspects("".join(claim.sentence.section)).get("fund", "")
        return _one(
            [
                figure.operand
                for what, rows in self._cells.items()
                if code and what.subject == code and not what.nature and not what.item and wanted in ("", what.fund)
                for figure in rows
            ]
        )

    def _path(self, claim: Claim) -> dict[str, str]:
        above = path_in("".join(claim.sentence.section[-1:]))
        own = (
            path_in(plain(claim.sentence.text[: claim.start])[-120:]) if "(" in claim.lead or "（" in claim.lead else {}
        )
        if not own and not re.search("[类款项][)）]", claim.sentence.text[: claim.start]):
            return {}
        return {**({k: v for k, v in above.items() if k == "类"} if "类" not in own else {}), **own}


def priors(
    rule: str, this: Book, before: Book, label: str, *, measure: str = "", said: Iterable[Stated] | None = None
) -> Iterator[Check]:
    """Everything that one document states of an earlier one, against that one.

    ``said`` are the statements of the text, those of the year before where it is None; ``measure`` picks the columns
    and claims of the earlier document that are meant, empty for its own year's figures.
    """
    ask = Before(this, before, measure)
    own = last_year(this) if said is None else frozenset({"initial-budget"})
    largest = max((c.amount.value for c in this.claims if not c.percent), default=0)
    found: list[Compared] = []
    for one in stated(this) if said is None else said:
        check = _decide(rule, one, ask.same(one.subject), label)
        found.append(Compared(check, one.subject.amount.value * 2 > largest))
    found += _columns(rule, this, ask, label, own)
    yield from settled(found)


def settled(found: Sequence[Compared]) -> Iterator[Check]:
    """Failures stand where the wholes agree and most of what says anything does; else the scope differs and nobody is
    accused: they become UNKNOWN with both readings in the reason.
    """
    telling = [c for c in found if c.check.verdict is not Verdict.UNKNOWN and c.check.target.amount.value]
    wholes = [held(c.check) for c in telling if c.whole]
    good = sum(held(c.check) for c in telling)
    applies = (not wholes or any(wholes)) and good > len(telling) - good
    for one in found:
        if one.check.verdict is Verdict.FAILED and not applies:
            yield unknown(one.check, _("总数对不上，口径可能不同：{words}").format(words=one.check.message))
        else:
            yield one.check


def _decide(rule: str, one: Stated, candidates: Sequence[Operand], label: str) -> Check:
    checks = [one.check(rule, operand, label) for operand in candidates]
    good = [check for check in checks if held(check)]
    if good:
        return next((check for check in good if check.verdict is Verdict.HELD), good[0])
    if not checks:
        bare = one.check(rule, one.said.operand(), label)
        return replace(
            unknown(bare, _("{label}里没有找到对应的数").format(label=label)),
            operands=(),
            expected=bare.target.amount.value,
        )
    check = replace(checks[0], message=_words(one, candidates[0], label), quote=one.subject.quote, confidence=0.75)
    values = {operand.amount.value for operand in candidates}
    if len(values) > 1:
        readings = _("、").join(in_unit(value, one.said.amount.unit, 2) for value in sorted(values))
        return unknown(
            check,
            _("{label}里可能所指的数有 {count} 个（{readings}）").format(
                label=label, count=len(values), readings=readings
            ),
        )
    return check


def _words(one: Stated, last: Operand, label: str) -> str:
    unit, places = one.said.amount.unit, max(one.said.places, 2)
    printed, base = in_unit(last.amount.value, unit, places), in_unit(one.base, unit, places)
    gap = in_unit(one.base - last.amount.value, unit, places)
    if one.how == "change" and one.value is not None:
        return _("写本年 {value}、增减 {change}，推算上年为 {base}；{label}为 {printed}，相差 {gap} {name}").format(
            value=one.value.amount.text,
            change=one.said.amount.text,
            base=base,
            printed=printed,
            gap=gap,
            label=label,
            name=unit_word(unit),
        )
    return _("写 {base}；{label}为 {printed}，相差 {gap} {name}").format(
        base=base, label=label, printed=printed, gap=gap, name=unit_word(unit)
    )


def last_year(book: Book) -> frozenset[str]:
    """The measures of columns that hold the year before."""
    year = book.profile.year
    return frozenset({"prior", f"year-{year - 1}"} if year is not None else {"prior"})


def _columns(rule: str, this: Book, ask: Before, label: str, measures: frozenset[str]) -> Iterator[Compared]:
    """Columns of the document's tables that hold figures of the earlier one."""
    for figure in figures(this):
        if figure.what.measure not in measures or figure.operand.amount.blank:
            continue
        last = ask.cell(replace(figure.what, measure=""))
        if last:
            check = compare(
                rule, "same", figure.operand, [replace(last[0], label=f"{label}·{last[0].label}")], confidence=0.75
            )
            yield Compared(check, figure.what.total)


def _one(operands: Sequence[Operand]) -> list[Operand]:
    """The operands where they agree on one value; nothing where they do not."""
    return list(operands[:1]) if len({operand.amount.value for operand in operands}) == 1 else []


def _clause(claim: Claim) -> str:
    parts = [part for part in re.split(r"[，,；;。：:]", squash(claim.lead)) if part]
    return strip_numbering(parts[-1]) if parts else ""


def _kind(claim: Claim) -> str:
    """The item, or the fund and side, that a clause names; empty where it names neither or also a nature."""
    clause = _clause(claim)
    said = aspects(clause)
    sides = "".join(dict.fromkeys(_SIDE.findall(clause)))
    if said.get("nature") or not (said.get("item") or (said.get("fund") and sides)):
        return ""
    return said.get("item") or f"{said['fund']} {sides}"


def _bare(text: str, organisation: str) -> str:
    text = _YEARS.sub("", text).replace(organisation, "") if organisation else _YEARS.sub("", text)
    return _TAIL.sub("", _EMPTY.sub("", text))


def _names(clause: str, what: What) -> bool:
    """Whether a clause names a cell: by its row, or, for a total, by nothing but its aspects."""
    name = what.subject.removesuffix("支出")
    if len(name) >= 3 and not what.total and not name.isdigit():
        return name in clause and what.fund == aspects(clause).get("fund", what.fund)
    if not what.total or not _WHOLE.search(_TAIL.sub("", clause)):
        return False
    said = aspects(clause)
    return all(said.get(n, "") == getattr(what, n) for n in ("fund", "nature", "item")) and (
        not what.flow or not said.get("flow") or what.flow == said["flow"]
    )
