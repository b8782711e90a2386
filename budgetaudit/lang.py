"""The language of what people read: Chinese as written in the code, English from a gettext catalogue.

Code marks what is shown with ``_("…")`` and fills it in afterwards with ``.format(...)``; the Chinese text is the key of
the catalogue. The language is set once, before anything is read or written; ``LANG`` is not asked, because the documents
and their readers are Chinese wherever the machine stands.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

K = TypeVar("K")
CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
OPTION, VARIABLE = "--lang", "BUDGETAUDIT_LANG"
DOMAIN = "budgetaudit"
LOCALE = Path(__file__).parent / "locale"

_language = CHINESE
_translations = gettext.NullTranslations()


def language() -> str:
    """The language spoken now, one of LANGUAGES."""
    return _language


def set_language(language: str) -> None:
    """Speak this language from now on. Raises ValueError for one that is not in LANGUAGES."""
    global _language, _translations
    if language not in LANGUAGES:
        raise ValueError(language)
    _translations = (
        gettext.NullTranslations() if language == CHINESE else gettext.translation(DOMAIN, LOCALE, languages=[language])
    )
    _language = language


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, list[str]]:
    """The language that a call asks for, and its other arguments.

    The option may stand anywhere before ``--`` and goes before the variable, of which the language counts and not the
    country (en_US is en). Raises ValueError, with the source and what it names, for a language that is not spoken.
    """
    rest: list[str] = []
    source, named = VARIABLE, environment.get(VARIABLE, "").replace("-", "_").partition("_")[0].lower()
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--":
            rest += [argument, *left]
            break
        if argument == OPTION:
            source, named = OPTION, left.pop(0) if left else "?"
        elif argument.startswith(f"{OPTION}="):
            source, named = OPTION, argument.partition("=")[2] or "?"
        else:
            rest.append(argument)
    if named and named not in LANGUAGES:
        raise ValueError(source, named)
    return named or CHINESE, rest


def _(text: str) -> str:
    """The text in the language that was set."""
    return _translations.gettext(text) if text else ""


def in_every_language(text: str) -> tuple[str, ...]:
    """A text of the code in all languages: to know again what an earlier run wrote in another one."""
    english = gettext.translation(DOMAIN, LOCALE, languages=[ENGLISH], fallback=True)
    return (text, english.gettext(text))


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text of a module's constants for the catalogue; it is translated with ``_`` where it is shown."""
    return text


def Nn_(text: str) -> str:  # noqa: N802 - as N_
    """Mark a text of a module's constants that counts something; it is translated with ``n_`` where it is shown."""
    return text


def n_(text: str, number: int) -> str:
    """The text with its ``{n}``, in the number's form: Chinese has one, English two."""
    return _translations.ngettext(text, text, number).format(n=number)


class Names(Mapping[K, str]):
    """Names for people of what code knows by keys; each is given in the language that is set when it is asked for."""

    def __init__(self, names: Mapping[K, str]) -> None:
        """Take the Chinese names, marked with ``N_``."""
        self._names = names

    def __getitem__(self, key: K) -> str:
        return _(self._names[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
