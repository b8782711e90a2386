"""What makes a finding the same finding in another version of a document.

A baseline, and the viewers that follow SARIF results over time, must know again what a person has looked at. Pages move
when a line is added before them, so no page counts; a figure that has changed makes a new finding, so the printed and
the expected figure do count: what was accepted for one pair of numbers must not hide the next one.
"""

from __future__ import annotations

import hashlib
import re

from budgetaudit.amount import normalise
from budgetaudit.model import Finding

SCHEME = "budgetaudit/v1"
"""Name of the scheme: it changes when fingerprints of the same findings change."""

_CODE = re.compile(r"(\d{2,}) ")
_PAGE = re.compile(r"第[\d、-]+[页行]")


def fingerprint(finding: Finding) -> str:
    """Sixteen hexadecimal digits that stay the same while the rule, the table, the subject, the column and the text do.

    The subject is the row's code where it has one, else its label. The text is the sentence where no table is meant,
    and the message only where nothing was printed (what is missing has no words of its own).
    """
    code = _CODE.match(finding.row)
    subject = code[1] if code else finding.row
    said = "" if finding.table else finding.quote
    text = said or ("" if finding.table else _PAGE.sub("", finding.message))
    parts = (finding.code, finding.table, subject, finding.column, text, finding.reported, finding.expected)
    joined = "\x1f".join(normalise(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
