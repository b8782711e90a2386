"""The English catalogue holds what the code says, all of it, and is compiled as it is."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from babel.messages import Message

from tests.lang.messages import MO, catalogue, compiled, english, messages, template, texts

ENTRIES = list(messages(catalogue()))
# What English keeps of Chinese on purpose: a word of the document that the message is about.
CHINESE_KEPT = re.compile(r"“(?:元|万|与|比|为|用于为)”")


def key(message: Message) -> str:
    return texts(message.id)[0]


def test_the_catalogue_holds_every_marked_text_and_no_other() -> None:
    marked = {message.id for message in messages(template())}
    kept = {message.id for message in ENTRIES}
    assert sorted(map(str, marked - kept)) == [], "run make messages"
    assert sorted(map(str, kept - marked)) == [], "run make messages"


def test_nothing_lacks_its_english() -> None:
    assert [key(message) for message in ENTRIES if not english(message)] == []


def test_nothing_obsolete_or_guessed_is_kept() -> None:
    assert list(catalogue().obsolete) == []
    assert [key(message) for message in ENTRIES if message.fuzzy] == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert MO.read_bytes() == compiled(catalogue()), "run make messages"


@pytest.mark.parametrize("message", ENTRIES, ids=key)
def test_placeholders_agree(message: Message) -> None:
    """The same names with the same formats; the English of one of several forms may leave out the number."""
    expected = placeholders(key(message))
    for text in texts(message.string):
        assert placeholders(text) == expected


@pytest.mark.parametrize("message", ENTRIES, ids=key)
def test_english_is_english(message: Message) -> None:
    for text in texts(message.string):
        rest = CHINESE_KEPT.sub("", text)
        assert not [c for c in rest if "CJK" in unicodedata.name(c, "") or "FULLWIDTH" in unicodedata.name(c, "")]
        assert (
            text[:1].isspace() <= key(message).startswith(("（", "…", "等", "没有", "为", "和", "\n", " "))
            or not text.strip()
        )


def placeholders(text: str) -> list[tuple[str, str]]:
    """Names and formats of the placeholders of a text, in order of name."""
    return sorted((name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None)
