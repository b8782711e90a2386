"""F608 文件名称：同一文件在文中应叫一个名字

为什么：立项依据里引用的文件，一处写全称，一处漏字，读者查不到是哪个文件。

怎么查：书名号里的名称两两比较：一个只比另一个少一到四个字（年份、届次不同的除外）的，提示少字的那一处。

限度：确有名称相近的两个文件的，请忽略；只提示。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确、形式规范

正确：
青山县档案局2026年部门预算
根据《青山县数字档案项目建设管理办法》立项。
按照《青山县数字档案项目建设管理办法》第三条验收。

错误：
青山县档案局2026年部门预算
根据《青山县数字档案项目建设管理办法》立项。
按照《青山县数字档案项目管理办法》第三条验收。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Verdict
from budgetaudit.rules.statement import data, statement, texts

CODE, CATEGORY, SEVERITY = "F608", "name-mismatch", "notice"
BASIS = "财预〔2016〕143号：内容准确、形式规范"
MIN_TITLE, MAX_MISSING, MAX_TITLES = 10, 4, 400
_TITLE = re.compile(r"《([^《》]{10,60})》")


def check(book: Book) -> Iterator[Check]:
    """One check for each cited title; it fails where another one has a few characters more inside."""
    places: dict[str, list[Place]] = defaultdict(list)
    for text in texts(book):
        for found in _TITLE.finditer(text.text):
            places[found.group(1)].append(text.place_at(found.start()))
    titles = list(places)[:MAX_TITLES]
    ignored = re.compile(data("phrases_form.toml")["title_tail"])
    other = re.compile(data("phrases_form.toml")["title_other"])
    reported: set[str] = set()
    for one, two in combinations(titles, 2):
        short, full = sorted((ignored.sub("", one), ignored.sub("", two)), key=len)
        extra = _extra(short, full)
        if len(short) < MIN_TITLE or not 1 <= len(extra) <= MAX_MISSING or other.search(extra):
            continue
        printed, whole = (one, two) if ignored.sub("", one) == short else (two, one)
        if printed not in reported:
            reported.add(printed)
            message = _("别处写作《{whole}》，这里少“{extra}”").format(whole=whole, extra=extra)
            yield statement(
                CODE, Verdict.FAILED, places[printed][0], f"《{printed}》", message, expected_text=f"《{whole}》"
            )
    for title in titles:
        if title not in reported:
            yield statement(CODE, Verdict.HELD, places[title][0], f"《{title}》")


def _extra(short: str, full: str) -> str:
    """What the longer title has more, in one place inside it; empty where they differ otherwise."""
    left = 0
    while left < len(short) and short[left] == full[left]:
        left += 1
    more = len(full) - len(short)
    return full[left : left + more] if 0 < left < len(short) and short[left:] == full[left + more :] else ""
