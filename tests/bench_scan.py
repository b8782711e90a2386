"""Speed of scans: `python -m tests.bench_scan [FOLDER]`; without a folder the corpus of real disclosures where it is
there, else copies of the samples.

Prints files a second with one and two workers and their ratio, a rescan, processor time by stage and the memory of a
worker over the same files, and the cost against pages. The machine must be quiet: two workers need two idle cores.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.discover import find
from budgetaudit.scan.live import Quiet

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))
STAGES = """
import json, resource, sys, tempfile, time
from pathlib import Path
from budgetaudit import audit, diagnosis, narrative, recognition
from budgetaudit.errors import UnreadableError
from budgetaudit.reading import pdf, read
from budgetaudit.scan import Store, worker
from budgetaudit.scan.discover import Entry

spent = dict.fromkeys(("read", "recognise", "narrative", "diagnosis", "audit", "rows", "store"), 0.0)

def timed(stage, work):
    def run(*args, **kwargs):
        begun = time.process_time()
        try:
            return work(*args, **kwargs)
        finally:
            spent[stage] += time.process_time() - begun
    return run

audit.recognise = timed("recognise", audit.recognise)
audit.narrative = timed("narrative", audit.narrative)
audit.diagnose = timed("diagnosis", audit.diagnose)
whole, reading, rows = timed("audit", audit.audit), timed("read", read), timed("rows", worker.outcome_of)
with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "s.sqlite")) as store:
    keep = timed("store", store.put_outcome)
    for path in json.load(sys.stdin):
        try:
            document = reading(path)
            outcome = rows(whole(document))
        except UnreadableError:
            continue
        keep(Entry(Path(path), Path(path).parent, document.sha256), outcome, "", "", "")
spent["rules"] = spent.pop("audit") - spent["recognise"] - spent["narrative"] - spent["diagnosis"]
spent["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(spent))
"""
COLUMNS = ("read", "recognise", "narrative", "rules", "diagnosis", "rows", "store")


def copies(folder: Path, count: int) -> None:
    """Copies of the samples, each of another content."""
    for number in range(count):
        for sample in SAMPLES:
            (folder / f"{sample.stem}-{number}.pdf").write_bytes(sample.read_bytes() + b"\n%% %d\n" % number)


def long(path: Path, pages: int) -> None:
    """A document of so many pages, made of the samples."""
    made = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(sample) for sample in SAMPLES]
    while len(made) < pages:
        for source in sources:
            if count := min(len(source), pages - len(made)):
                made.import_pages(source, list(range(count)))
    made.save(path)


def stages(paths: list[Path]) -> dict[str, float]:
    """Processor seconds by stage and peak MB of one process over these files."""
    done = subprocess.run(
        [sys.executable, "-c", STAGES],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def timed_scan(folder: Path, path: Path, jobs: int) -> tuple[int, float, float, str]:
    """Contents read, seconds, seconds of a rescan, digest of the store."""
    with Store(path) as store:
        result = scan([folder], store, Settings(jobs=jobs), Quiet())
        begun = time.monotonic()
        scan([folder], store, Settings(jobs=jobs), Quiet())
        return result.read, result.seconds, time.monotonic() - begun, store.digest()


def main() -> None:
    """Measure and print."""
    corpus = Path(os.environ.get("BUDGETAUDIT_CORPUS") or ROOT.parent / "shared" / "corpus") / "dev"
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else corpus if corpus.is_dir() else here / "in"
        if folder == here / "in":
            folder.mkdir()
            copies(folder, 4)
        print(f"{folder.name}: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        took = {}
        for jobs in (1, 2):
            read, took[jobs], again, digest = timed_scan(folder, here / f"{jobs}.sqlite", jobs)
            rate = read / took[jobs]
            print(
                f"{jobs} workers: {read} files, {took[jobs]:.1f} s, {rate:.1f} files/s; rescan {again:.2f} s; {digest[:16]}"
            )
        print(f"2 workers are {took[1] / took[2]:.2f} times as fast as one")
        print(f"\nprocessor seconds  {''.join(f'{name:>11}' for name in COLUMNS)}    peak MB")
        files = [path for path, _root in find([folder])]
        _line(f"{len(files)} files", stages(files))
        for pages in (10, 100, 1000):
            long(here / f"{pages}.pdf", pages)
            _line(f"{pages} pages", stages([here / f"{pages}.pdf"]))


def _line(name: str, spent: dict[str, float]) -> None:
    print(f"{name:<19}{''.join(f'{spent[column]:>11.2f}' for column in COLUMNS)}{spent['peak']:>11.0f}")


if __name__ == "__main__":
    main()
