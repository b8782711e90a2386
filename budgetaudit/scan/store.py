"""The results of scans in one SQLite file: written as they come, one transaction a file, so that no end of the process
leaves a file half kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from budgetaudit.lang import N_, _
from budgetaudit.scan.discover import Entry, text_of
from budgetaudit.scan.outcome import LIMITS, PASSING, Outcome
from budgetaudit.scan.schema import APPLICATION, LINK_PARTS, PARTS, SCRIPT, TABLES, VERSION

_WAIT = 30.0
"""Seconds to wait for another process that writes to the same store."""


_KEYS = {"files": "path", "documents": "sha256", "links": "id"}


class StoreError(Exception):
    """The store cannot be used; the message is one line, fit to be shown as it is."""


class Store:
    """One store. Use as a context manager: what is done is kept however the block ends."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open a store, or make a new one. Raises StoreError where the file is none of ours, or of another version."""
        if not create and not path.is_file():
            raise StoreError(_("文件不存在"))
        try:
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._ready(create)
        except sqlite3.OperationalError as error:
            raise StoreError(_("无法打开（{reason}）").format(reason=_words(error))) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(_("不是本程序存的结果文件")) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except sqlite3.Error as late:
            error = error or late
        if isinstance(error, sqlite3.Error):
            raise StoreError(_("无法写入（{reason}）").format(reason=_words(error))) from error

    def close(self) -> None:
        """Keep what is whole and let the file go."""
        if self._db.in_transaction:
            self._db.commit()
        self._db.close()

    # ------------------------------------------------------------------------------------------------------- writing

    def known(self, sha256: str, tool: str, settings: str, limits: str) -> bool:
        """Whether this content was audited by the same program with the same settings, so that it need not be again."""
        row = self._db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None or (row["tool"], row["settings"]) != (tool, settings) or row["failure"] in PASSING:
            return False
        return row["failure"] not in LIMITS or row["limits"] == limits

    def put_file(self, entry: Entry) -> None:
        """Note where a content was found. Kept with the next outcome, or by ``commit``."""
        self._begin()
        self._put_file(entry)

    def put_outcome(self, entry: Entry, outcome: Outcome, tool: str, settings: str, limits: str) -> None:
        """Keep the outcome of one file, all of it or nothing, in place of what was kept for the same content."""
        self.commit()
        self._begin()
        try:
            for part in PARTS:
                self._db.execute(f"DELETE FROM {part} WHERE sha256 = ?", (outcome.sha256,))
            columns = {
                "sha256": outcome.sha256,
                "tool": tool,
                "settings": settings,
                "limits": limits if outcome.failure in LIMITS else "",
                "verdict": outcome.verdict.value,
                "failure": outcome.failure,
                "reason": outcome.reason,
                **outcome.document,
            }
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            values = tuple(_clean(columns.values()))
            self._db.execute(f"INSERT OR REPLACE INTO documents ({names}) VALUES ({marks})", values)
            for part in PARTS:
                self._insert(part, outcome.sha256, getattr(outcome, part))
            self._put_file(entry)
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def put_link(self, link: tuple[Any, ...], parts: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Keep one link with the rows of its parts, all of it or nothing."""
        self.commit()
        self._begin()
        try:
            marks = ", ".join("?" * len(link))
            self._db.execute(f"INSERT OR REPLACE INTO links VALUES ({marks})", tuple(_clean(link)))
            for part in LINK_PARTS:
                self._db.execute(f"DELETE FROM {part} WHERE link = ?", (link[0],))
                self._insert(part, str(link[0]), parts[part])
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def drop_links(self, identities: Iterable[str]) -> None:
        """Forget links and all that belongs to them."""
        self.commit()
        self._begin()
        for identity in identities:
            self._db.execute("DELETE FROM links WHERE id = ?", (identity,))
            for part in LINK_PARTS:
                self._db.execute(f"DELETE FROM {part} WHERE link = ?", (identity,))
        self._db.commit()

    def commit(self) -> None:
        """Keep what was put so far."""
        if self._db.in_transaction:
            self._db.commit()

    def prune(self, roots: Iterable[str], seen: Iterable[str]) -> int:
        """Drop files under these folders that were not ``seen``, and contents that no file holds; count the files."""
        self.commit()
        self._begin()
        known = set(seen)
        within = tuple(f"{root.rstrip(os.sep)}{os.sep}" for root in roots)
        paths = [row["path"] for row in self._db.execute("SELECT path FROM files")]
        gone = [path for path in paths if path.startswith(within) and path not in known]
        self._db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
        for part in ("documents", *PARTS):
            self._db.execute(f"DELETE FROM {part} WHERE sha256 NOT IN (SELECT sha256 FROM files WHERE sha256 NOT NULL)")
        self._db.commit()
        return len(gone)

    def _ready(self, create: bool) -> None:
        self._db.execute("PRAGMA busy_timeout = 30000")
        empty = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        if empty and not application:
            if not create:
                raise StoreError(_("不是本程序存的结果文件"))
            self._db.executescript(f"BEGIN IMMEDIATE;\n{SCRIPT}\nCOMMIT;")
            return
        if application != APPLICATION:
            raise StoreError(_("不是本程序存的结果文件"))
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            message = _("结果文件的格式是第 {version} 版，本程序用第 {ours} 版：请换一个文件名重新扫描")
            raise StoreError(message.format(version=version, ours=VERSION))

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")

    def _put_file(self, entry: Entry) -> None:
        row = (entry.key, text_of(entry.root), entry.sha256 or None, entry.problem)
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", row)

    def _insert(self, part: str, owner: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * (len(rows[0]) + 2))
            question = f"INSERT INTO {part} VALUES ({marks})"
            self._db.execute("SAVEPOINT part")
            try:
                self._db.executemany(question, ((owner, number, *row) for number, row in enumerate(rows, 1)))
            except UnicodeEncodeError:  # rare enough not to look at every text beforehand
                self._db.execute("ROLLBACK TO part")
                self._db.executemany(question, ((owner, number, *_clean(row)) for number, row in enumerate(rows, 1)))
            self._db.execute("RELEASE part")

    # ------------------------------------------------------------------------------------------------------- reading

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """Rows of a question to the store."""
        yield from self._db.execute(sql, values)

    def overlay(self, script: str) -> None:
        """Run statements that make temporary views; they end with this connection."""
        self._db.executescript(script)

    def dump(self) -> Iterator[str]:
        """Everything that is kept, a line a row, in an order that does not depend on when it was written."""
        for table in TABLES:
            key = _KEYS.get(table, "link, seq" if table in LINK_PARTS else "sha256, seq")
            for row in self._db.execute(f"SELECT * FROM {table} ORDER BY {key}"):
                yield json.dumps([table, *row], ensure_ascii=False, default=_content)

    def digest(self) -> str:
        """A digest of all that is kept: equal for stores of equal content."""
        total = hashlib.sha256()
        for line in self.dump():
            total.update(line.encode("utf-8", "backslashreplace") + b"\n")
        return total.hexdigest()


def _content(blob: bytes) -> str:
    """What a compressed value holds: compressors of other versions may pack the same text otherwise."""
    return hashlib.sha256(zlib.decompress(blob)).hexdigest()


def _clean(row: Iterable[Any]) -> Iterator[Any]:
    """Lone surrogates, which broken fonts yield, cannot be stored as UTF-8: they become question marks."""
    for value in row:
        yield value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _words(error: sqlite3.Error) -> str:
    message = str(error)
    for english, chinese in (
        ("unable to open", N_("目录不存在或没有权限")),
        ("locked", N_("另一个进程正在写入")),
        ("readonly", N_("没有写入权限")),
        ("disk is full", N_("磁盘已满")),
        ("full", N_("磁盘已满")),
        ("disk I/O", N_("磁盘读写出错")),
        ("malformed", N_("文件已损坏")),
    ):
        if english in message:
            return _(chinese)
    return message
