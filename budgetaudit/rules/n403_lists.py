"""N403 项目清单：“主要包括”列出的经济科目应与基本支出表中有数的科目一致

为什么：人员经费、公用经费的“主要包括：……”常照抄模板，列了没有数的科目，或漏了有数的科目。

怎么查：列出的名称与一般公共预算（财政拨款）基本支出表的款级科目逐一比对：列出而表中各处为零的为错误；表中有数而清单未列的为提示性问题。
清单以“等”结尾的，只查列出的。

限度：清单与表的名称多数对不上时不查；表中没有这个名称的不作结论。

依据：同一事项在文字与表中应一致。

正确：
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计	人员经费	公用经费
301	工资福利支出	12.00	12.00
30101	基本工资	8.00	8.00
30102	津贴补贴	4.00	4.00
302	商品和服务支出	6.00		6.00
30201	办公费	3.00		3.00
30202	印刷费
30211	差旅费	2.00		2.00
30228	工会经费	1.00		1.00
合计		18.00	12.00	6.00

第三部分 部门预算情况说明
一、一般公共预算基本支出情况说明
公用经费6.00万元，主要包括：办公费、差旅费、工会经费。

错误：
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计	人员经费	公用经费
301	工资福利支出	12.00	12.00
30101	基本工资	8.00	8.00
30102	津贴补贴	4.00	4.00
302	商品和服务支出	6.00		6.00
30201	办公费	3.00		3.00
30202	印刷费
30211	差旅费	2.00		2.00
30228	工会经费	1.00		1.00
合计		18.00	12.00	6.00

第三部分 部门预算情况说明
一、一般公共预算基本支出情况说明
公用经费6.00万元，主要包括：办公费、印刷费、差旅费、工会经费。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Operand, RowRole, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import plain
from budgetaudit.vocabulary import collective, squash

CODE, CATEGORY, SEVERITY = "N403", "list-mismatch", "error"
BASIS = "同一事项在文字与表中应一致"
_LIST = re.compile(r"(?:主要)?(?:包括|用于)[：:]?([^。；]{6,600})")
_KIND = re.compile(r"(人员经费|人员支出|公用经费|公用支出|日常公用经费)")
_CLASSES = {"人": ("301", "303"), "公": ("302", "310", "399")}


def check(book: Book) -> Iterator[Check]:
    """Lists of economic subjects in the text against the table of basic expenditure."""
    rows = _rows(book)
    if not rows:
        return
    kind = ""
    paragraph = -1
    for sentence in book.narrative.sentences:
        if sentence.paragraph != paragraph:
            kind, paragraph = "", sentence.paragraph
        text = plain(sentence.text)
        if not any("基本支出" in heading or "说明" in heading or "情况" in heading for heading in sentence.section):
            continue
        for match in _LIST.finditer(text):
            named = _KIND.findall(text[: match.start()]) or ([kind] if kind else [])
            if named:
                yield from _list(
                    sentence, match.group(1), match.start(1), named[-1][0] if named[-1][0] != "日" else "公", rows
                )
        found = _KIND.findall(text)
        kind = found[-1].replace("日常", "") if found else kind


def _rows(book: Book) -> dict[str, tuple[str, Decimal, Operand]]:
    """Name -> code, largest amount and operand of the economic rows (款) of the tables of basic expenditure."""
    found: dict[str, tuple[str, Decimal, Operand]] = {}
    for sheet in book.sheets:
        if sheet.table.form != "basic" or sheet.table.aspects.get("fund", "") in ("government-fund", "capital"):
            continue
        for position, row in enumerate(sheet.table.rows):
            code, dimension = book.code_of(row)
            if dimension != "economic" or len(code) != 5 or row.role is not RowRole.ITEM or not code.startswith("3"):
                continue
            for column in sheet.amount_columns(row.block):
                operand = sheet.operand(position, column, by="table")
                if operand is None:
                    continue
                name = squash(row.label)
                if name not in found or abs(operand.amount.value) > found[name][1]:
                    found[name] = (code, abs(operand.amount.value), operand)
    return found


def _split(text: str) -> list[str]:
    parts: list[str] = []
    depth, current = 0, ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if character in "、，," and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def _list(
    sentence: Sentence, text: str, offset: int, kind: str, rows: dict[str, tuple[str, Decimal, Operand]]
) -> Iterator[Check]:
    open_end = bool(re.search(r"等(?:支出|费用|方面)?$", text))
    names = [re.sub(r"^(?:和|及|以及)|等(?:支出|费用|方面)?$", "", squash(part)) for part in _split(text)]
    names = [name for name in names if name]
    known = [name for name in names if name in rows]
    if len(known) < 3 or len(known) * 10 < 7 * len(names):
        return
    empty = [name for name in dict.fromkeys(known) if not rows[name][1]]
    template = len(empty) > 3 and len(empty) * 4 > len(known)
    for name in dict.fromkeys(known):
        code, value, operand = rows[name]
        at = sentence.text.find(name[:4])
        target = Operand(name, Amount(name, value), sentence.place_at(max(at, offset)))
        if value:
            yield Check(CODE, "statement", Verdict.HELD, target, (operand,), value, quote=name)
        elif not template:
            near = names[max(0, names.index(name) - 1) : names.index(name) + 2]
            yield _result(
                target,
                operand,
                "、".join(near),
                _("清单列有“{name}”，而基本支出表中 {code} {name} 没有数").format(name=name, code=code),
                _("不应列出"),
            )
    if template:
        operand = rows[empty[0]][2]
        target = Operand(empty[0], Amount(empty[0], Decimal(0)), sentence.place_at(offset))
        message = _("清单照列了全部科目，其中 {count} 个在基本支出表中没有数：{empty}等").format(
            count=len(empty), empty=_("、").join(empty[:6])
        )
        yield _result(target, operand, text[:60], message, _("只列有数的科目"), severity=Severity.NOTICE)
    own = {name: entry for name, entry in rows.items() if entry[0][:3] in _CLASSES[kind] and entry[1]}
    if open_end or not own or len(set(own) & set(known)) * 10 < 7 * len(own):
        return
    covered = {code for listed in names for code in collective(listed)}
    for name, (code, _value, operand) in own.items():
        if name not in names and code not in covered and not any(_alike(name, other) for other in names):
            target = Operand(name, Amount(name, Decimal(0)), sentence.place_at(offset))
            start = sentence.text[max(0, offset - 24) : offset + 20]
            message = _("基本支出表中 {code} {name} 有数（{text}），清单没有列出").format(
                code=code, name=name, text=operand.amount.text
            )
            check = _result(
                target,
                operand,
                start,
                message,
                _("列出{name}").format(name=name),
                severity=Severity.WARNING if len(own) - len(known) <= 3 else Severity.NOTICE,
            )
            yield check


def _alike(name: str, other: str) -> bool:
    bare = [re.sub(r"[()（）]|缴费$|支出$|费$", "", text.replace("其它", "其他")) for text in (name, other)]
    return bare[0] == bare[1] or bare[0] in bare[1] or bare[1] in bare[0]


def _result(
    target: Operand, operand: Operand, quote: str, message: str, expected: str, severity: Severity | None = None
) -> Check:
    return Check(
        CODE,
        "statement",
        Verdict.FAILED,
        target,
        (operand,),
        operand.amount.value,
        quote=quote,
        message=message,
        expected_text=expected,
        severity=severity,
        confidence=0.9,
    )
