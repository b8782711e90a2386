"""Names of departments and units as keys: two names are one body only where their keys are equal.

The place's name (省, 市, 区, 县) stays in the key: 财政局 of one county is not that of another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from budgetaudit.vocabulary import squash, words


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Any]:
    """The words of links.toml as read."""
    return tomllib.loads(resources.files("budgetaudit").joinpath("data", "links.toml").read_text("utf-8"))


def own_level(name: str) -> bool:
    """Whether a name says that it is a department's own level (本级), without its units."""
    return squash(name).endswith(tuple(words("identity", "own")))


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The form in which names are compared: no own level, no other name in brackets, one form of party names."""
    key = squash(name)
    while key.endswith(own := tuple(words("identity", "own"))):
        key = key.removesuffix(next(word for word in sorted(own, key=len, reverse=True) if key.endswith(word)))
    key = re.sub(r"\([^()]*\)$", "", key)
    for pattern, form in vocabulary()["name"]["same"]:
        key = re.sub(pattern, form, key)
    return key
