"""``python -m tests.mutants``: the bench over the samples and, where the corpus is there, its labelled documents."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.mutants.kinds import PLANTERS
from tests.mutants.run import LABELLED, OTHER, SAMPLE, Job, Result, bench
from tests.mutants.tally import as_json, floors, text

ROOT = Path(__file__).parents[2]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What the caller asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, help="files to use instead of the samples and labelled ones")
    parser.add_argument("--each", type=int, default=8, help="mutants of each kind in a document (default 8)")
    parser.add_argument("--drawn", type=int, default=2, help="of these, drawn as PDF too in samples (default 2)")
    parser.add_argument("--kinds", default=",".join(PLANTERS), help="kinds to plant, with commas (default all)")
    parser.add_argument("--only", choices=(SAMPLE, LABELLED), help="one group only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--json", type=Path, help="write everything counted here as well")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a floor is missed")
    options = parser.parse_args(given)
    unknown = set(options.kinds.split(",")) - set(PLANTERS)
    if unknown:
        parser.error(f"unknown kinds: {', '.join(sorted(unknown))}")
    return options


def sources(options: argparse.Namespace) -> Iterator[tuple[str, str, Path]]:
    """Group, name and path of each document."""
    if options.documents:
        yield from ((OTHER, path.stem, path) for path in options.documents)
        return
    if options.only != LABELLED:
        yield from ((SAMPLE, path.stem, path) for path in sorted((ROOT / "samples").glob("*-clean.pdf")))
    corpus = Path(os.environ.get("BUDGETAUDIT_CORPUS") or ROOT.parent / "shared" / "corpus")
    listed = corpus / "labels" / "documents.tsv"
    if options.only != SAMPLE and listed.is_file():
        with listed.open(encoding="utf-8", newline="") as stream:
            yield from ((LABELLED, row["name"], corpus / row["path"]) for row in csv.DictReader(stream, delimiter="\t"))


def main(given: Sequence[str] | None = None) -> int:
    """Run the bench and print it; 1 where --strict is given and a floor is missed."""
    options = arguments(given)
    kinds = tuple(options.kinds.split(","))
    jobs = [
        Job(group, name, path, kinds, options.seed, options.each, options.drawn if group == SAMPLE else 0)
        for group, name, path in sources(options)
    ]
    began = time.monotonic()
    with ProcessPoolExecutor(max_workers=options.jobs) as pool:
        results: list[Result] = list(pool.map(bench, jobs))
    for line in text(results):
        print(line)
    planted = sum(len(r.outcomes) for r in results)
    print(f"\n{planted} mutants of {len(results)} documents, seed {options.seed}, {time.monotonic() - began:.0f} s")
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(as_json(results, options.seed), ensure_ascii=False, indent=1), "utf-8")
        print(f"everything: {options.json}")
    return int(options.strict and not all(floor.kept for floor in floors(results)))


if __name__ == "__main__":
    sys.exit(main())
