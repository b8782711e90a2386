"""The bench's tables: counts by kind and by document, the floors, and the map of what nothing reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.mutants.kinds import PAIR, SEVERAL, TABLE_KINDS, TEXT_AMOUNTS, TEXT_KINDS
from tests.mutants.reach import Reach
from tests.mutants.run import LABELLED, SAMPLE, Outcome, Result

HEAD = (
    f"{'kind':<18}{'planted':>8}{'free':>6}{'within':>7}{'bound':>7}{'found':>7}{'placed':>7}{'named':>7}"
    f"{'unrel.':>7}{'notices':>8}{'heads':>7}"
)
LEGEND = (
    "free: no relation holds the figure; within: its relations bear the change (rounding, an exchange inside one sum); found, placed, named: of the bound ones\n"
    "(placed: a head finding stands at the culprit, named: with the right value; of several wrong figures, all);\n"
    "unrel., notices: new head findings that do not speak of the culprit; heads: new head findings a mutant, unrelated ones included"
)


@dataclass(slots=True)
class Tally:
    """Counts over mutants; found, placed and named count the bound ones only."""

    planted: int = 0
    free: int = 0
    within: int = 0
    bound: int = 0
    found: int = 0
    placed: int = 0
    named: int = 0
    unrelated: int = 0
    notices: int = 0
    heads: int = 0
    found_any: int = 0
    """Found of all planted, whatever the relations promise."""

    def add(self, outcome: Outcome) -> None:
        """Count one mutant."""
        verdict = outcome.verdict
        self.planted += 1
        self.unrelated += verdict.unrelated
        self.notices += verdict.unrelated_notices
        self.heads += verdict.heads
        self.found_any += verdict.found
        if outcome.reach is Reach.FREE:
            self.free += 1
        elif outcome.reach is Reach.INSIDE:
            self.within += 1
        else:
            self.bound += 1
            self.found += verdict.found
            self.placed += verdict.placed
            self.named += verdict.named

    def line(self, name: str) -> str:
        """One row of a table."""
        counts = f"{self.planted:>8}{self.free:>6}{self.within:>7}{self.bound:>7}{self.found:>7}{self.placed:>7}{self.named:>7}"
        return f"{name:<18}{counts}{self.unrelated:>7}{self.notices:>8}{_mean(self.heads, self.planted):>7}"


def _mean(total: int, count: int) -> str:
    return f"{total / count:.2f}" if count else "-"


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Counts over some mutants."""
    found = Tally()
    for outcome in outcomes:
        found.add(outcome)
    return found


@dataclass(frozen=True, slots=True)
class Floor:
    """One thing to reach: a count of a count, and how much of it."""

    name: str
    count: int
    of: int
    limit: float
    at_most: bool = False

    @property
    def kept(self) -> bool:
        """Whether it is reached; nothing measured is not reached."""
        if not self.of:
            return False
        share = self.count / self.of
        return share <= self.limit if self.at_most else share >= self.limit

    def line(self) -> str:
        """The floor as a row: what was counted, the share, what is asked."""
        share = f"{self.count / self.of:.3f}" if self.of else "-"
        sign = "<=" if self.at_most else ">="
        return f"{'ok  ' if self.kept else 'MISS'} {self.name:<62}{self.count:>6}/{self.of:<6}{share:>7} {sign} {self.limit}"


def _of(results: Sequence[Result], kinds: Iterable[str], *, drawn: bool | None = None) -> list[Outcome]:
    wanted = set(kinds)
    return [o for r in results for o in r.outcomes if o.kind in wanted and (drawn is None or o.drawn is drawn)]


def floors(results: Sequence[Result]) -> list[Floor]:
    """What the bench must show, for the groups that were run."""
    found: list[Floor] = []
    for group, least_found, least_named in ((SAMPLE, 0.98, 0.92), (LABELLED, 0.92, 0.80)):
        own = [r for r in results if r.group == group]
        if not own:
            continue
        single = tally(_of(own, TABLE_KINDS))
        said = tally(_of(own, TEXT_AMOUNTS))
        pairs = tally(_of(own, [PAIR]))
        found.append(
            Floor(f"{group}: single table errors found (of the bound)", single.found, single.bound, least_found)
        )
        found.append(
            Floor(f"{group}: single table errors named (of the bound)", single.named, single.bound, least_named)
        )
        found.append(Floor(f"{group}: amounts of the text found (of the bound)", said.found, said.bound, 0.85))
        found.append(Floor(f"{group}: two errors at once, both named", pairs.named, pairs.bound, 0.60))
        every = tally(o for r in own for o in r.outcomes)
        found.append(Floor(f"{group}: unrelated new findings a mutant", every.unrelated, every.planted, 0.1, True))
        if group == SAMPLE:
            free, cells = sum(r.free for r in own), sum(r.figures for r in own)
            found.append(Floor(f"{group}: table figures that no relation reaches", free, cells, 0.08, True))
    return found


def text(results: Sequence[Result]) -> Iterator[str]:
    """The whole report, line by line."""
    for group in dict.fromkeys(r.group for r in results):
        yield from _group_text(group, [r for r in results if r.group == group])
    yield from ("", LEGEND, "", "floors")
    yield from (floor.line() for floor in floors(results))
    said = tally(_of(results, TEXT_AMOUNTS))
    yield f"amounts of the text, found of all planted, free ones included: {said.found_any}/{said.planted}"


def _group_text(group: str, results: Sequence[Result]) -> Iterator[str]:
    outcomes = [o for r in results for o in r.outcomes]
    for drawn, name in ((False, "in the read document"), (True, "drawn as PDF and read again")):
        own = [o for o in outcomes if o.drawn is drawn]
        if own:
            yield from ("", f"{group}, {name}: by kind", HEAD)
            yield from _kinds(own)
    yield from ("", f"{group}: by document (figures of tables, amounts of the text; of them reached by nothing)")
    yield f"{'document':<26}{'figures':>8}{'free':>6}{'amounts':>8}{'free':>6}  {HEAD[18:]}"
    for result in results:
        counts = f"{result.figures:>8}{result.free:>6}{result.amounts:>8}{result.amounts_free:>6}"
        yield f"{_short(result.name):<26}{counts}  {tally(result.outcomes).line('').lstrip().rjust(len(HEAD) - 18)}"
    yield from ("", f"{group}: figures that no relation reaches")
    yield from _map(results)


def _short(name: str) -> str:
    """A name in at most 24 columns; a Chinese character takes two."""
    short = ""
    for character in name:
        if _wide(short + character) > 24:
            break
        short += character
    return short + " " * (24 - _wide(short))


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    sums: list[tuple[str, Callable[[Outcome], bool]]] = [
        ("= one figure", lambda o: o.kind in TABLE_KINDS and o.kind not in SEVERAL),
        ("= table errors", lambda o: o.kind in TABLE_KINDS),
        ("= text errors", lambda o: o.kind in TEXT_KINDS),
    ]
    for kind in dict.fromkeys(o.kind for o in outcomes):
        yield tally(o for o in outcomes if o.kind == kind).line(kind)
    for name, wanted in sums:
        own = [o for o in outcomes if wanted(o)]
        if own:
            yield tally(own).line(name)


def _map(results: Sequence[Result]) -> Iterator[str]:
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], str] = {}
    for result in results:
        for gap in result.gaps:
            key = gap.form, gap.column, gap.rows
            counts[key] += gap.count
            examples.setdefault(key, f"{_short(result.name)} {gap.example}")
    for (form, column, rows), count in counts.most_common():
        yield f"{count:>5}  {form} | {column} | {rows} | e.g. {examples[form, column, rows]}"


def as_json(results: Sequence[Result], seed: int) -> dict[str, Any]:
    """Everything that was counted, and every mutant with what was said about it."""
    return {
        "schema": "budgetaudit-mutants/1",
        "seed": seed,
        "floors": [{**asdict(floor), "kept": floor.kept} for floor in floors(results)],
        "kinds": [
            {"group": group, "kind": kind, "drawn": drawn, **asdict(tally(own))}
            for group in dict.fromkeys(r.group for r in results)
            for drawn in (False, True)
            for kind in dict.fromkeys(o.kind for r in results for o in r.outcomes)
            if (own := _of([r for r in results if r.group == group], [kind], drawn=drawn))
        ],
        "documents": [asdict(result) for result in results],
    }
