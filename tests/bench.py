"""Speed and memory of reading beside its peers, in one run (``make bench``).

Each engine reads the same pages in a process of its own; what counts is the ratio within one run, not the milliseconds.
Files are real disclosures where the corpus is there, else the samples. Nothing here is a test: it prints.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES, PAGES = 5, 20
COLD_PAGES = 30


# ------------------------------------------------------------------------------------------ engines, in a child process


def _ours(path: str, pages: int) -> None:
    from budgetaudit.reading import read

    read(path, engine="pdfium", max_pages=pages)


def _pdfium_text(path: str, pages: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for number in range(min(pages, len(document))):
        document[number].get_textpage().get_text_range()


def _camelot(path: str, pages: int, **options: object) -> None:
    import camelot

    camelot.read_pdf(path, pages=f"1-{pages}", suppress_stdout=True, **options)


def _camelot_vector(path: str, pages: int) -> None:
    import camelot.parsers.lattice as lattice

    if hasattr(lattice, "_GRID_WHITESPACE_REJECT"):
        lattice._GRID_WHITESPACE_REJECT = 1000
    _camelot(path, pages, flavor="lattice", engine="vector", split_text=True)


def _camelot_default(path: str, pages: int) -> None:
    _camelot(path, pages)


def _pdfplumber(path: str, pages: int) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages[:pages]:
            page.find_tables()
            page.close()


ENGINES: dict[str, tuple[Callable[[str, int], None], str]] = {
    "pdfium text": (_pdfium_text, "pypdfium2: page.get_textpage().get_text_range()  (no tables: the floor)"),
    "budgetaudit": (_ours, 'budgetaudit.reading.read(file, engine="pdfium")'),
    "camelot vector": (
        _camelot_vector,
        'camelot.read_pdf(file, flavor="lattice", engine="vector", split_text=True), whitespace gate lifted',
    ),
    "camelot default": (_camelot_default, "camelot.read_pdf(file)"),
    "pdfplumber": (_pdfplumber, "pdfplumber: page.find_tables()"),
}


def child(name: str, jobs: list[tuple[str, int]]) -> None:
    """Read every job after one page to warm up (imports are not what is compared); prints seconds and peak memory."""
    run = ENGINES[name][0]
    run(jobs[0][0], 1)
    began = time.perf_counter()
    failures = 0
    for path, pages in jobs:
        try:
            run(path, pages)
        except Exception:  # a peer that fails on a file is counted, not fatal
            failures += 1
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "linux" else 1024)
    print(json.dumps({"seconds": seconds, "peak_mb": peak / 1024, "failures": failures}))


# -------------------------------------------------------------------------------------------------------- the parent


def page_count(path: Path) -> int:
    """Pages of a PDF, 0 where it does not open."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def groups() -> list[list[tuple[Path, int]]]:
    """PDFs by folder of the corpus (or the samples, one a group), each with its number of pages."""
    folder = Path(os.environ.get("BUDGETAUDIT_CORPUS") or ROOT.parent / "shared" / "corpus") / "dev"
    if folder.is_dir():
        found = [sorted(group.glob("*.pdf")) for group in sorted(folder.iterdir()) if group.is_dir()]
    else:
        found = [[path] for path in sorted((ROOT / "samples").glob("*-clean.pdf"))]
    return [[(path, page_count(path)) for path in group] for group in found]


def chosen(candidates: list[list[tuple[Path, int]]]) -> list[tuple[Path, int]]:
    """Of each group the file nearest to PAGES pages, FILES of them spread over the groups."""
    long_enough = [[pair for pair in group if pair[1] >= 8] for group in candidates]
    found = [min(group, key=lambda pair: abs(pair[1] - PAGES)) for group in long_enough if group]
    step = max(len(found) // FILES, 1)
    return found[::step][:FILES]


def measure(name: str, jobs: list[tuple[str, int]]) -> dict[str, float]:
    """One engine over all jobs in a process of its own."""
    command = [sys.executable, __file__, "--child", name, json.dumps(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def cold(path: Path) -> tuple[float, float]:
    """Seconds and peak MB of ``budgetaudit check`` on one file from a cold start, the best of three."""
    script = Path(sys.executable).with_name("budgetaudit")
    best, peak = float("inf"), 0.0
    for _ in range(3):
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(script), "check", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        best = min(best, time.perf_counter() - began)
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, peak


def help_imports() -> list[str]:
    """Modules of PDF code that `budgetaudit --help` imports; there should be none."""
    code = (
        "import sys\nsys.argv = ['budgetaudit', '--help']\nfrom budgetaudit.cli import app\n"
        "try:\n    app()\nexcept SystemExit:\n    pass\n"
        "names = ('pypdfium2', 'camelot', 'pdfplumber', 'openpyxl', 'cv2', 'pandas', 'numpy')\n"
        "print('\\n' + ' '.join(name for name in names if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()[-1].split()


def main() -> None:
    candidates = groups()
    files = chosen(candidates)
    jobs = [(str(path), min(pages, PAGES)) for path, pages in files]
    total = sum(pages for _, pages in jobs)
    print(f"{len(jobs)} files, {total} pages, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for file, count in jobs:
        print(f"  {Path(file).parent.name}/{Path(file).name}: {count} pages")
    results = {name: measure(name, jobs) for name in ENGINES}
    floor, ours = results["pdfium text"]["seconds"], results["budgetaudit"]["seconds"]
    print(f"\n{'engine':<16} {'ms/page':>8} {'x floor':>8} {'x ours':>7} {'peak MB':>8} {'failed':>6}  command")
    for name, result in results.items():
        seconds = result["seconds"]
        print(
            f"{name:<16} {seconds / total * 1000:>8.1f} {seconds / floor:>8.2f} {seconds / ours:>7.2f} "
            f"{result['peak_mb']:>8.0f} {result['failures']:>6.0f}  {ENGINES[name][1]}"
        )
    path, pages = min((pair for group in candidates for pair in group), key=lambda pair: abs(pair[1] - COLD_PAGES))
    seconds, peak = cold(path)
    print(f"\ncold `budgetaudit check` on {path.name} ({pages} pages): {seconds:.2f} s, peak {peak:.0f} MB")
    imported = help_imports()
    print(f"`budgetaudit --help` imports of PDF and workbook code: {', '.join(imported) or 'none'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], [(path, pages) for path, pages in json.loads(sys.argv[3])])
    else:
        main()
