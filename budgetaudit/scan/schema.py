"""The tables of the store. A change here raises VERSION; a store of another version is refused, never guessed at."""

from __future__ import annotations

from budgetaudit.scan.worker import ASPECTS

VERSION = 3
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
        title TEXT, department TEXT, kind TEXT, year INTEGER, level TEXT, pages INTEGER, format TEXT,
        units TEXT,                 -- names of the units that it says it covers
        unit_count INTEGER,
        content TEXT,               -- digest of its figures and sentences
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
    "records": """
        sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
        record BLOB NOT NULL,       -- tables and narrative as links need them (record.py), compressed
        PRIMARY KEY (sha256, seq)""",
    "links": """
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,         -- parts, years, stages, bases, units
        basis TEXT NOT NULL,        -- digest of what it was computed from
        complete INTEGER NOT NULL,  -- whether every unit that the department lists is there
        missing TEXT NOT NULL,      -- names of the units that are not
        rivals INTEGER NOT NULL,    -- documents that could be the other side, where none was chosen
        problem TEXT NOT NULL,      -- why a rule could not run
        held INTEGER, rounding INTEGER, explained INTEGER, failed INTEGER, unknown INTEGER""",
    "link_members": """
        link TEXT NOT NULL, seq INTEGER NOT NULL,
        sha256 TEXT NOT NULL, role TEXT NOT NULL,
        PRIMARY KEY (link, seq)""",
    "link_checks": f"""
        link TEXT NOT NULL, seq INTEGER NOT NULL,
        rule TEXT, kind TEXT, verdict TEXT,
        member INTEGER,             -- seq of the member that the target is printed in
        page INTEGER, line INTEGER, {_BOX}, label TEXT, printed TEXT,
        value TEXT, expected TEXT, difference TEXT, slack TEXT,   -- yuan
        unit TEXT,                  -- yuan per printed unit
        formula TEXT, reason TEXT, quote TEXT, message TEXT, operands TEXT,
        PRIMARY KEY (link, seq)""",
    "link_findings": f"""
        link TEXT NOT NULL, seq INTEGER NOT NULL,
        member INTEGER,
        id TEXT, code TEXT, category TEXT, severity TEXT, confidence REAL, message TEXT,
        page INTEGER, line INTEGER, {_BOX}, "table" TEXT, "row" TEXT, "column" TEXT, quote TEXT, reported TEXT,
        expected TEXT, difference TEXT, unit TEXT, root TEXT, suggestion TEXT, formula TEXT,
        other_member INTEGER, other_page INTEGER, other_line INTEGER,
        other_x0 REAL, other_y0 REAL, other_x1 REAL, other_y1 REAL, other_label TEXT, other_printed TEXT,
        PRIMARY KEY (link, seq)""",
}
PARTS = ("tables", "facts", "checks", "findings", "notes", "records")
"""Tables whose rows belong to a document; each key is (sha256, seq)."""
LINK_PARTS = ("link_members", "link_checks", "link_findings")
"""Tables whose rows belong to a link; each key is (link, seq)."""

SCRIPT = "\n".join(
    [f"CREATE TABLE {name} ({columns}\n) WITHOUT ROWID;" for name, columns in TABLES.items()]
    + [
        "CREATE INDEX files_by_content ON files (sha256);",
        "CREATE INDEX findings_by_code ON findings (code);",
        f"PRAGMA application_id = {APPLICATION};",
        f"PRAGMA user_version = {VERSION};",
    ]
)
