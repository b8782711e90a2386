"""All outputs of a run: where each goes, refused early where it cannot be meant, and written in one pass over the inputs."""

from __future__ import annotations

import difflib
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from budgetaudit.lang import _
from budgetaudit.outlet import guard_output, refuse, save, shown, warn
from budgetaudit.report.outputs import OUTPUTS, Audited, How, Output, Stream, by_suffix, named

if TYPE_CHECKING:
    from budgetaudit.model import Report

STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Target:
    """One output and where it goes: a file, a folder of files, or STDOUT."""

    output: Output
    path: Path


def parse(spec: str) -> Target:
    """``format=file`` or, where the suffix says the format, ``file``. Ends the program where it says neither."""
    name, equals, path = spec.partition("=")
    if equals and name.strip().isidentifier():
        if not path:
            refuse(_("--output {spec}：等号后面缺少文件名。").format(spec=shown(spec)))
        return Target(output_named(name.strip(), "--output"), Path(path))
    output = by_suffix(Path(spec))
    if output is None:
        refuse(_("--output {spec}：看不出格式，请写成 格式=文件，例如 sarif=结果.sarif。").format(spec=shown(spec)))
    return Target(output, Path(spec))


def output_named(name: str, option: str) -> Output:
    """The output of this name. Ends the program where there is none."""
    output = named(name)
    if output is None:
        names = [one.name for one in OUTPUTS]
        near = difflib.get_close_matches(name, names, 1, 0.6)
        hint = (
            _("，是不是 {name}？").format(name=near[0])
            if near
            else _("，可用的有 {names}。").format(names=_("、").join(names))
        )
        refuse(_("{option}：没有格式 {name}").format(option=option, name=shown(name)) + hint)
    return output


def stream_named(name: str) -> Output:
    """The stream of this name, for --format. Ends the program where there is none."""
    output = output_named(name, "--format")
    if output.per_document:
        refuse(_("--format {name}：这种格式要存成文件，请写 --output {name}=文件。").format(name=name))
    return output


@dataclass(slots=True)
class _Running:
    target: Target
    stream: Stream
    buffer: io.StringIO | None
    """What is written at the end; None where it goes to standard output at once."""


@dataclass(slots=True)
class Delivery:
    """The outputs of one run. Made by ``plan``; ``add`` each input, then ``end``."""

    how: How
    targets: tuple[Target, ...]
    files: dict[tuple[str, Path], Path]
    """(output, input) -> file, of the outputs that belong to one document."""
    failed: bool = False
    """Whether an output could not be written."""
    _running: list[_Running] = field(default_factory=list)

    def begin(self) -> None:
        """Begin the streams."""
        for target in self.targets:
            if target.output.per_document:
                continue
            buffer = None if target.path == STDOUT else io.StringIO(newline="")
            stream: TextIO = sys.stdout if buffer is None else buffer
            how = replace(self.how, to_file=buffer is not None)
            self._running.append(_Running(target, target.output.stream(stream, how), buffer))

    def add(self, path: Path, audited: Audited, report: Report | None) -> None:
        """Hand over one input. ``report`` names the file on disk, which pictures are made from; audited its name."""
        for running in self._running:
            running.stream.add(audited)
        for target in self.targets:
            file = self.files.get((target.output.name, path))
            if file is None or report is None:
                continue
            if target.output.needs not in ("", report.document.format):
                warn(path, _("不是 PDF，没有 {name} 可出").format(name=target.output.name))
                self.failed = True
                continue
            self._save(file, partial(target.output.write, report, file))

    def end(self) -> None:
        """Write what is left."""
        for running in self._running:
            running.stream.end()
            if running.buffer is not None:
                encoding = "utf-8-sig" if running.target.output.bom else "utf-8"
                data = running.buffer.getvalue().encode(encoding, "backslashreplace")
                self._save(running.target.path, partial(_write, running.target.path, data))

    def _save(self, path: Path, work: Callable[[], object]) -> None:
        self.failed = not save(path, work) or self.failed


def plan(targets: Sequence[Target], paths: Sequence[Path], inputs: Sequence[Path], how: How) -> Delivery:
    """The outputs of a run over ``paths``. Ends the program where a target cannot be meant.

    ``inputs`` are all files that are read: none of them is written over.
    """
    if sum(1 for target in targets if target.path == STDOUT) > 1:
        refuse(_("只能有一种格式输出到屏幕（-），其余请写文件名。"))
    files: dict[tuple[str, Path], Path] = {}
    taken: dict[Path, str] = {}
    for target in targets:
        if target.output.per_document:
            made = _files_for(target, paths)
            files |= {(target.output.name, path): file for path, file in made.items()}
            new = list(made.values())
        else:
            new = [] if target.path == STDOUT else [target.path]
        for file in new:
            guard_output(file, list(inputs))
            if taken.setdefault(file.resolve(), target.output.name) != target.output.name:
                refuse(_("{path}：不能同时写两种格式。").format(path=shown(file)))
    return Delivery(how, tuple(targets), files)


def _files_for(target: Target, paths: Sequence[Path]) -> dict[Path, Path]:
    """The file of each input: the target itself for one input, one each in the folder it names for several."""
    output, path = target.output, target.path
    suffix = output.suffixes[0]
    if path == STDOUT:
        refuse(_("{name} 不能输出到屏幕，请写文件名。").format(name=output.name))
    fits = path.name.lower().endswith(output.suffixes)
    if len(paths) == 1 and not path.is_dir():
        if not fits:
            suffixes = _("、").join(output.suffixes)
            refuse(_("{path}：文件名须以 {suffixes} 结尾。").format(path=shown(path), suffixes=suffixes))
        return {paths[0]: path}
    if fits or (path.exists() and not path.is_dir()):
        refuse(_("{path}：有多个文件时须是目录，每个文件各存一份。").format(path=shown(path)))
    files: dict[Path, Path] = {}
    for one in dict.fromkeys(paths):
        stem, number = one.stem if one != STDOUT else "stdin", 1
        while (file := path / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}") in files.values():
            number += 1
        files[one] = file
    return files


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
