"""D803 个人信息：不应公开手机号码、身份证号码

为什么：绩效表的“联系电话”一栏常填个人手机号。公开文件里应是办公电话；身份证号码一律不得公开。

怎么查：全文和各表里1开头的11位手机号码；18位且校验码正确的身份证号码。

限度：是否本人同意公开、是否工作手机无从得知，所以手机号只作警示。编号里的11位数字（前后还有数字、小数点、短横）不算。

依据：个人信息保护法第二十五条；政府信息公开条例第十五条

正确：
青山县档案局2026年部门预算
部门联系人：王某，联系电话：0512-65550000。

错误：
青山县档案局2026年部门预算
部门联系人：王某，联系电话：13900000000。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Verdict
from budgetaudit.rules.statement import bare, data, statement

CODE, CATEGORY, SEVERITY = "D803", "sensitive-info", "warning"
BASIS = "个人信息保护法第二十五条；政府信息公开条例第十五条"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(book: Book) -> Iterator[Check]:
    """One check for each number found, and one that holds for a document without any."""
    words = data("duties.toml")["personal"]
    mobile, identity = re.compile(words["mobile"]), re.compile(words["identity"])
    clean, first = True, Place()
    for text, place in _printed(book):
        first = first if first != Place() else place
        for found in identity.finditer(text):
            if _valid(found.group()):
                clean = False
                yield _failed(place, found.group(), _("印出了身份证号码"), Severity.ERROR)
        for found in mobile.finditer(text):
            clean = False
            yield _failed(place, found.group(), _("印出了手机号码，公开文件应留办公电话"), None)
    if clean and first != Place():
        yield statement(CODE, Verdict.HELD, first, "")


def _failed(place: Place, quote: str, message: str, severity: Severity | None) -> Check:
    return statement(
        CODE, Verdict.FAILED, place, quote, message, severity=severity, suggestion=_("删去，或改为办公电话")
    )


def _printed(book: Book) -> Iterator[tuple[str, Place]]:
    if book.document is None:
        return
    for page in book.document.pages:
        for line in page.lines:
            yield line.text, line.place
        for grid in page.grids:
            for cell in grid.cells:
                if len(cell.text) >= 11:
                    yield bare(cell.text), cell.place


def _valid(number: str) -> bool:
    """Whether the check digit of an identity number is right."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True)) % 11
    return "10X98765432"[rest] == number[17].upper()
