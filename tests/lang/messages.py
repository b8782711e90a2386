"""The English catalogue from the code: `python -m tests.lang.messages` takes in new strings, drops those that are gone,
compiles, and says what lacks English. The tests hold the catalogue against the same extraction.
"""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from budgetaudit import lang

PACKAGE = Path(lang.__file__).parent
PO = lang.LOCALE / lang.ENGLISH / "LC_MESSAGES" / f"{lang.DOMAIN}.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "n_": (1, 1), "Nn_": (1, 1)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
# A template that cannot be read is an error here, not one without texts.
OPTIONS = {"**/templates/**.html": {"silent": "false", "trimmed": "true"}}
DATA = (
    ("forms.toml", "form", ("name",)),
    ("duties.toml", "section", ("name", "basis")),
    ("duties.toml", "table", ("name",)),
    ("duties.toml", "answer", ("message",)),
    ("phrases_form.toml", "residue", ("message",)),
    ("phrases_form.toml", "wording", ("message",)),
    ("phrases_form.toml", "other_kind", ("message",)),
)
"""Data that holds texts for people: file, list and keys. All else in data is what documents say."""


def template() -> Catalog:
    """Every string of code and page templates that is marked, and the texts for people in the data."""
    catalog = Catalog()
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS)
    for file, _line, message, _comments, _context in sorted(found, key=lambda item: item[:2]):
        catalog.add(message, locations=[(f"{PACKAGE.name}/{file}", 0)])
    for file, part, keys in DATA:
        for entry in tomllib.loads((PACKAGE / "data" / file).read_text("utf-8"))[part]:
            for key in keys:
                catalog.add(entry[key], locations=[(f"{PACKAGE.name}/data/{file}", 0)])
    return catalog


def catalogue() -> Catalog:
    """The catalogue as it is kept."""
    with PO.open("rb") as stream:
        return read_po(stream, lang.ENGLISH, lang.DOMAIN)


def messages(catalog: Catalog) -> Iterator[Message]:
    """Its entries without the header."""
    return (message for message in catalog if message.id)


def texts(of: str | tuple[str, ...]) -> tuple[str, ...]:
    """The forms of an entry: one, or one for each number."""
    return (of,) if isinstance(of, str) else tuple(of)


def english(message: Message) -> bool:
    """Whether an entry has its English, all forms of it."""
    return bool(message.string) and all(texts(message.string)) and not message.fuzzy


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def main() -> int:
    """Bring the catalogue up to the code."""
    catalog = catalogue()
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with PO.open("wb") as stream:
        write_po(stream, catalog, width=None, sort_by_file=True, include_lineno=False)
    MO.write_bytes(compiled(catalogue()))
    missing = [message for message in messages(catalog) if not english(message)]
    for message in missing:
        print(f"{message.locations[0][0]}: {texts(message.id)[0]!r}")
    print(f"{PO}: {len(catalog)}, without English {len(missing)}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
