from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean and a faulty disclosure, one of them twice, a web page, a notice and an empty file."""
    root = tmp_path / "抓取"
    (root / "下级").mkdir(parents=True)
    shutil.copy(SAMPLES / "yuan-clean.pdf", root / "a.pdf")
    shutil.copy(SAMPLES / "numbered-errors.pdf", root / "下级" / "b.pdf")
    shutil.copy(SAMPLES / "numbered-errors.pdf", root / "下级" / "c.pdf")
    (root / "网页.pdf").write_text("<!DOCTYPE html><html><body>404</body></html>", "utf-8")
    (root / "通知.txt").write_text("关于召开座谈会的通知\n请各单位派员参加。\n", "utf-8")
    (root / "空.pdf").touch()
    return root


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program as a user does, in a folder of its own."""
    here = tmp_path / "工作"
    here.mkdir()

    def run(*args: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "budgetaudit", *map(str, args)]
        return subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=300, check=False)

    return run
