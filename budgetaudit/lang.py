"""The language of what people read: Chinese as written in the code, English from a gettext catalogue.

Code marks what is shown with ``_("…")`` and fills it in afterwards with ``.format(...)``; the Chinese text is the key of
the catalogue. The language is set once, before anything is read or written; ``LANG`` is not asked, because the documents
and their readers are Chinese wherever the machine stands.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from pathlib import Path

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


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text of a module's constants for the catalogue; it is translated with ``_`` where it is shown."""
    return text
