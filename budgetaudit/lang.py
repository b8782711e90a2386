"""The language of what people read: Chinese as written in the code, English from a gettext catalogue.

Code marks what is shown with ``_("…")`` and fills it in afterwards with ``.format(...)``; the Chinese text is the key of
the catalogue. The language is set once, before anything is read or written.
"""

from __future__ import annotations

import gettext
from pathlib import Path

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
DOMAIN = "budgetaudit"
LOCALE = Path(__file__).parent / "locale"

_translations: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Speak this language from now on. Raises ValueError for one that is not in LANGUAGES."""
    global _translations
    if language not in LANGUAGES:
        raise ValueError(language)
    _translations = (
        gettext.NullTranslations()
        if language == CHINESE
        else gettext.translation(DOMAIN, LOCALE, languages=[language], fallback=True)
    )


def _(text: str) -> str:
    """The text in the language that was set."""
    return _translations.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text of a module's constants for the catalogue; it is translated with ``_`` where it is shown."""
    return text
