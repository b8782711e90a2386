"""Mutants of one document: planted, audited, judged. What comes back is plain data that another process can send."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetaudit.audit import audit
from budgetaudit.errors import UnreadableError
from budgetaudit.model import Document
from budgetaudit.reading import read
from tests.mutants.figures import Figure, applied
from tests.mutants.judge import Verdict, judged
from tests.mutants.kinds import Mutant, Subject, mutants
from tests.mutants.reach import Reach
from tests.mutants.rendered import Rendering

SAMPLE, LABELLED, OTHER = "samples", "labelled", "other"


@dataclass(frozen=True, slots=True)
class Job:
    """One document: its group and its name in the tables, the kinds to plant, mutants per kind, and how many of each are drawn as PDF too."""

    group: str
    name: str
    path: Path
    kinds: tuple[str, ...]
    seed: int
    limit: int
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mutant and what became of it."""

    kind: str
    drawn: bool
    reach: Reach
    verdict: Verdict
    where: tuple[str, ...]
    change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Figures that no relation reaches, grouped: a table's form, a column, a kind of row."""

    form: str
    title: str
    column: str
    rows: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Result:
    """All mutants of one document, and the figures that nothing reaches."""

    group: str
    name: str
    figures: int
    free: int
    amounts: int
    amounts_free: int
    outcomes: tuple[Outcome, ...]
    gaps: tuple[Gap, ...]


def bench(job: Job) -> Result:
    """Plant and judge every mutant of a job. Raises UnreadableError for a file that is no disclosure."""
    document = read(job.path)
    subject = Subject(job.name, document, audit(document, strict=True))
    free = [f for f in subject.figures if subject.bonds.figure(f) is Reach.FREE]
    amounts = [f for f in subject.amounts if f.claim and not f.claim.percent]
    unheard = [f for f in amounts if not subject.bonds.checks(f.key)]
    with tempfile.TemporaryDirectory() as folder:
        outcomes = tuple(_outcomes(subject, job, Path(folder)))
    return Result(
        job.group,
        job.name,
        len(subject.figures),
        len(free),
        len(amounts),
        len(unheard),
        outcomes,
        tuple(_gaps(free, subject)) + tuple(_gaps(unheard, subject)),
    )


def _outcomes(subject: Subject, job: Job, folder: Path) -> Iterator[Outcome]:
    rendering = Rendering(job.name.removesuffix("-clean"), folder) if job.drawn else None
    for kind in job.kinds:
        for number, mutant in enumerate(mutants(subject, kind, job.seed, job.limit)):
            yield _outcome(subject, mutant, applied(subject.document, mutant.edits), drawn=False)
            again = rendering.read(mutant.edits) if rendering is not None and number < job.drawn else None
            if again is not None:
                yield _outcome(subject, mutant, again, drawn=True)


def _outcome(subject: Subject, mutant: Mutant, document: Document, *, drawn: bool) -> Outcome:
    reach = subject.bonds.of(mutant.edits)
    try:
        after = audit(document, strict=True)
    except UnreadableError as error:  # the error made the document unrecognisable: nothing is said about it
        verdict = Verdict(False, False, False, False, 0, 0, 0, (str(error),))
    else:
        verdict = judged(subject.report, after, mutant.edits, redrawn=drawn)
    where = tuple(f"p{e.figure.places[0].page or e.figure.places[0].line} {e.figure.label}" for e in mutant.edits)
    change = tuple(f"{e.old} -> {e.new}" for e in mutant.edits)
    return Outcome(mutant.kind, drawn, reach, verdict, where, change)


def _gaps(figures: Sequence[Figure], subject: Subject) -> Iterator[Gap]:
    groups: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault(_group(figure), []).append(figure)
    counts = Counter({key: len(own) for key, own in groups.items()})
    for key, count in counts.most_common():
        example = groups[key][0]
        place = example.places[0]
        yield Gap(*key, count, f"p{place.page or place.line} {example.label}: {example.text}")


def _group(figure: Figure) -> tuple[str, str, str, str]:
    if figure.column is None:
        role = figure.claim.role if figure.claim is not None else ""
        return "text", figure.title, role, ""
    row = figure.row
    kind = "" if row is None else row.aspects.get("item") or row.dimension or row.role.value
    return figure.form or "?", figure.title, "/".join(figure.column.path), kind
