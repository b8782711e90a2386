"""Speed of scans: `python -m tests.bench_scan [FOLDER]`; without a folder, copies of the samples.

Prints files a second with one and two workers, processor time by stage, and the cost against pages.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.live import Quiet

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.pdf"))
STAGES = """
import resource, sys, time
from budgetaudit.audit import audit
from budgetaudit.reading import pdf, read
from budgetaudit.scan.worker import outcome_of
marks = [time.process_time()]
document = read(sys.argv[1]); marks.append(time.process_time())
report = audit(document); marks.append(time.process_time())
outcome_of(report); marks.append(time.process_time())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(*(f"{b - a:.2f}" for a, b in zip(marks, marks[1:])), f"{peak:.0f}")
"""


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


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "in"
        if len(sys.argv) == 1:
            folder.mkdir()
            copies(folder, 4)
        for jobs in (1, 2):
            with Store(here / f"{jobs}.sqlite") as store:
                result = scan([folder], store, Settings(jobs=jobs), Quiet())
                begun = time.monotonic()
                scan([folder], store, Settings(jobs=jobs), Quiet())
                again, digest = time.monotonic() - begun, store.digest()
            rate = result.read / result.seconds
            print(
                f"{jobs} workers: {result.read} files, {result.seconds:.1f} s, {rate:.1f} files/s; rescan {again:.2f} s; {digest[:16]}"
            )
        print("pages   read s  audit s  rows s  peak MB")
        for pages in (10, 100, 1000):
            long(here / f"{pages}.pdf", pages)
            command = [sys.executable, "-c", STAGES, str(here / f"{pages}.pdf")]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"{pages:5}  " + "".join(f"{figure:>8}" for figure in done.stdout.split()))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"largest process: {children.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
