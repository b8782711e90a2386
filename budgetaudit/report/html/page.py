"""Self-contained pages: one HTML file with its style, script and data in it, and nothing fetched from anywhere.

Every page extends ``base.html``. Values are escaped by Jinja; style and script are the project's own files and are named
by their hashes in the page's content security policy, so that nothing else in the page can run or style it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from budgetaudit import __version__
from budgetaudit.lang import _, n_
from budgetaudit.report.words import visible

TEMPLATES = Path(__file__).parent / "templates"


def render(
    template: str,
    *,
    css: Sequence[str] = (),
    js: Sequence[str] = (),
    data: Mapping[str, object] | None = None,
    folder: Path = TEMPLATES,
    **values: object,
) -> str:
    """The page of a template of ``folder`` that extends base.html.

    ``css`` and ``js`` name further files that follow base.css and base.js; like the template they are looked for in
    ``folder``, then among the shared ones. ``data`` is what the script reads: JSON in elements whose ids are its keys.
    """
    environment = _environment(folder)
    style = _joined(environment, ("base.css", *css))
    script = _joined(environment, ("base.js", *js))
    return environment.get_template(template).render(
        style=style,
        script=script,
        policy=_policy(style, script),
        data=data or {},
        version=__version__,
        **values,
    )


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Data elements hold what documents say: compact, Chinese as it is, and < > & ' escaped by Jinja.
    policies: dict[str, Any] = environment.policies
    policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals.update({"_": _, "n_": n_})
    environment.filters["visible"] = visible
    return environment


def _joined(environment: Environment, names: Sequence[str]) -> str:
    loader = environment.loader
    if loader is None:
        raise TypeError("no loader")
    return "\n".join(loader.get_source(environment, name)[0] for name in names)


def _policy(style: str, script: str) -> str:
    return (
        "default-src 'none'; img-src data:; "
        f"style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
