"""The tables of the store. A change here raises VERSION; a store of another version is refused, never guessed at."""

from __future__ import annotations

from budgetaudit.scan.worker import ASPECTS

VERSION = 1
APPLICATION = 0x62756461
"""Marks the file as ours ("buda"), so that no other program's database is ever written to."""

_BOX = "x0 REAL, y0 REAL, x1 REAL, y1 REAL"
_COUNTS = (
    *("errors", "warnings", "notices"),
    *("checks_held", "checks_rounding", "checks_explained", "checks_failed", "checks_unknown"),
    *("tables", "tables_recognised", "numeric_cells", "numeric_cells_checked", "numeric_cells_checked_twice"),
    *("numeric_cells_cross_checked", "amounts", "amounts_matched", "amounts_checked"),
)
_ASPECT_COLUMNS = ", ".join(f'"{name.replace("-", "_")}" TEXT' for name in ASPECTS)

TABLES = {
    "files": """
        path TEXT PRIMARY KEY,      -- from the root of the file system
        root TEXT NOT NULL,         -- the scanned folder it was found in
        sha256 TEXT,                -- NULL where the file could not be opened
        problem TEXT NOT NULL""",
    "documents": f"""
        sha256 TEXT PRIMARY KEY,
        tool TEXT NOT NULL,         -- version and digest of the program that audited it
        settings TEXT NOT NULL,
        limits TEXT NOT NULL,       -- bounds of time and memory, kept where they ended the audit
        verdict TEXT NOT NULL,
        failure TEXT NOT NULL,
        reason TEXT NOT NULL,
        title TEXT, department TEXT, kind TEXT, year INTEGER, pages INTEGER, format TEXT,
        {", ".join(f"{name} INTEGER" for name in _COUNTS)}""",
    "tables": """
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        id TEXT, title TEXT, number TEXT, form TEXT, form_name TEXT, pages TEXT, unit TEXT,
        yuan_per_unit TEXT, organisation TEXT, doubt TEXT, header TEXT, body TEXT,
        PRIMARY KEY (sha256, seq)""",
    "facts": f"""
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        table_id TEXT, "row" INTEGER, "column" INTEGER, label TEXT,
        printed TEXT,               -- as printed
        value TEXT,                 -- yuan, exact decimal digits
        half TEXT,                  -- yuan: half a unit of the last printed digit
        page INTEGER, line INTEGER, {_BOX}, {_ASPECT_COLUMNS}, other TEXT,
        PRIMARY KEY (sha256, seq)""",
    "checks": f"""
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        rule TEXT, kind TEXT, verdict TEXT, page INTEGER, line INTEGER, {_BOX},
        table_id TEXT, "row" INTEGER, "column" INTEGER, label TEXT, printed TEXT,
        value TEXT, expected TEXT, difference TEXT, slack TEXT,   -- yuan
        formula TEXT, reason TEXT, quote TEXT, operands TEXT,
        PRIMARY KEY (sha256, seq)""",
    "findings": f"""
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        id TEXT, code TEXT, category TEXT, severity TEXT, confidence REAL, message TEXT,
        page INTEGER, line INTEGER, {_BOX}, "table" TEXT, "row" TEXT, "column" TEXT, quote TEXT, reported TEXT,
        expected TEXT, difference TEXT, unit TEXT, root TEXT, suggestion TEXT, formula TEXT, operands TEXT,
        PRIMARY KEY (sha256, seq)""",
    "notes": """
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        kind TEXT NOT NULL,         -- not-checked or problem
        code TEXT, page INTEGER, what TEXT,
        PRIMARY KEY (sha256, seq)""",
}
PARTS = ("tables", "facts", "checks", "findings", "notes")
"""Tables whose rows belong to a document; each key is (sha256, seq)."""

SCRIPT = "\n".join(
    [f"CREATE TABLE {name} ({columns}\n) WITHOUT ROWID;" for name, columns in TABLES.items()]
    + [
        "CREATE INDEX files_by_content ON files (sha256);",
        "CREATE INDEX findings_by_code ON findings (code);",
        f"PRAGMA application_id = {APPLICATION};",
        f"PRAGMA user_version = {VERSION};",
    ]
)
