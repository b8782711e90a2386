"""Look-alikes: every entry is one character for one character, and no ideograph of its own is touched."""

from __future__ import annotations

import unicodedata

from budgetaudit.reading.radicals import TABLE, is_unreadable, plain


def test_every_radical_of_both_blocks_has_an_ideograph() -> None:
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)):
        if unicodedata.name(chr(code), ""):
            mapped = plain(chr(code))
            assert len(mapped) == 1
            assert not 0x2E80 <= ord(mapped) < 0x2FE0, hex(code)


def test_known_look_alikes() -> None:
    assert plain("⻔⺠⻓戶⼾⽀⼊⼒⽣") == "门民长户户支入力生"
    assert plain("１，２３４．５６％－＋ａＺ") == "1，234.56%-+aZ"
    assert plain("2031\u20112032\u00a0年\ufffe") == "2031-2032 年-"


def test_punctuation_and_ordinary_text_stay_as_printed() -> None:
    text = "一、二（三）“四”《五》：六；七，八。①≥㎡…—"
    assert plain(text) == text
    assert all(len(value) == 1 for value in TABLE.values())


def test_unreadable() -> None:
    assert all(map(is_unreadable, "\ufffd\ue000\uf8ff\U000f0000"))
    assert not any(map(is_unreadable, "户1 。"))
