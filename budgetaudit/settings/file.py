"""The file: where it is, what may stand in it, and one line with its number for what may not."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetaudit.lang import _
from budgetaudit.report.words import visible
from budgetaudit.settings.model import KEYS, Choice, Key, SettingsError
from budgetaudit.settings.selection import complaint

NAME, SHARED, TABLE = "budgetaudit.toml", "pyproject.toml", "tool.budgetaudit"
_MAX_BYTES = 1_000_000
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")


def find(start: Path) -> Path | None:
    """The nearest file from a directory upwards; of two in one directory budgetaudit.toml."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / SHARED).is_file() and f"[{TABLE}" in _text(folder / SHARED).replace(" ", ""):
            return folder / SHARED
    return None


def read(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Settings of a file by their names, and the origin of each.

    Raises SettingsError where it cannot be read, is no TOML, or holds what no setting is.
    """
    source = _Source(path, _text(path), TABLE if path.name == SHARED else "")
    try:
        data: Any = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        raise source.error(int(told[1]) if told else None, _("不是有效的 TOML：{error}").format(error=error)) from error
    for name in source.table.split(".") if source.table else ():
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        raise SettingsError(_("{path}：没有 [{table}] 一节").format(path=visible(str(path)), table=TABLE))
    if not isinstance(data, dict):
        raise SettingsError(_("{path}：[{table}] 应是一节").format(path=visible(str(path)), table=TABLE))
    keys = {key.name: key for key in KEYS}
    values, origins = {}, {}
    for name, value in data.items():
        line = source.line(name)
        if name not in keys:
            near = difflib.get_close_matches(name, keys, 1, 0.5)
            hint = (
                _("，是不是 {name}？").format(name=near[0])
                if near
                else _("，可用的有 {names}").format(names=_("、").join(keys))
            )
            raise source.error(line, _("没有设置项 {name}").format(name=visible(name, 40)) + hint)
        values[name] = _value(source, keys[name], value, line)
        origins[name] = source.place(line)
    return values, origins


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    text: str
    table: str

    def line(self, key: str, within: str = "") -> int | None:
        """The line on which a key stands, or the first from there on that holds ``within``; None where it is not plain."""
        table = ""
        name = re.escape(key)
        given = re.compile(rf"\s*[\"']?{name}[\"']?\s*(=|\.)")
        begun = False
        for number, line in enumerate(self.text.splitlines(), 1):
            header = _HEADER.match(line)
            if header:
                table = re.sub(r"[\s\"']", "", header[1])
            nested = f"{self.table}.{key}" if self.table else key
            if (table == self.table and given.match(line)) or (header and table == nested):
                begun = True
            if begun and (not within or re.search(rf"[\"']{re.escape(within)}[\"']", line, re.IGNORECASE)):
                return number
        return None

    def place(self, line: int | None) -> str:
        """File and line for people."""
        path = visible(str(self.path))
        return path if line is None else _("{path} 第 {line} 行").format(path=path, line=line)

    def error(self, line: int | None, said: str) -> SettingsError:
        """What is wrong, at its place."""
        return SettingsError(_("{where}：{what}").format(where=self.place(line), what=said))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or _("系统错误")
        raise SettingsError(_("{path}：无法读取（{reason}）").format(path=visible(str(path)), reason=reason)) from error
    if len(data) > _MAX_BYTES:
        raise SettingsError(_("{path}：设置文件超过 1 MB").format(path=visible(str(path))))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(_("{path}：设置文件须存为 UTF-8").format(path=visible(str(path)))) from error


def _value(source: _Source, key: Key, value: Any, line: int | None) -> Any:
    if key.name in ("select", "ignore"):
        return _choices(source, key.name, value, line)
    if not key.words:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise source.error(line, _("{name} 应是 0 到 1 之间的数").format(name=key.name))
        return float(value)
    if value not in key.words:
        words = _("、").join(f'"{word}"' for word in key.words)
        said = _("{name} 只能是 {words}").format(name=key.name, words=words)
        near = difflib.get_close_matches(str(value), key.words, 1, 0.6)
        raise source.error(line, said + (_("，是不是 {name}？").format(name=f'"{near[0]}"') if near else ""))
    return value


def _choices(source: _Source, name: str, value: Any, line: int | None) -> tuple[Choice, ...]:
    example = 'ignore = ["T", {code = "F604", reason = "…"}]' if name == "ignore" else 'select = ["T", "X3"]'
    wrong = _("{name} 应是规则编号的列表，例如 {example}").format(name=name, example=example)
    if not isinstance(value, list):
        raise source.error(line, wrong)
    choices = []
    for item in value:
        entry = item if isinstance(item, Mapping) and name == "ignore" else {"code": item}
        code, reason = entry.get("code"), entry.get("reason", "")
        if not isinstance(code, str) or not isinstance(reason, str) or not entry.keys() <= {"code", "reason"}:
            raise source.error(line, wrong)
        at = source.line(name, code) or line
        if said := complaint(code.strip().upper()):
            raise source.error(at, _("{where}：{what}").format(where=name, what=said))
        choices.append(Choice(code.strip().upper(), reason.strip(), source.place(at)))
    return tuple(choices)
