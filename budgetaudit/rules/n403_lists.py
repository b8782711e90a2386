"""N403 项目清单：“主要包括”列出的经济科目应与基本支出表中有数的科目一致

为什么：人员经费、公用经费的“主要包括：……”常照抄模板，列了没有数的科目，或漏了有数的科目。

怎么查：列出的名称与一般公共预算（财政拨款）基本支出表的款级科目逐一比对：列出而表中各处为零的，或表中没有这一行、所在类各行相加又正好等于类的，
为错误；表中有数而清单未列的为提示性问题。清单以“等”结尾的，只查列出的，作提示；不是科目名称的（离退休活动经费之类），只在清单没有“等”字时提示。

限度：清单与表的名称多数对不上时不查；表中所在类的各行加不平的，不作结论。

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
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Operand, Place, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import plain
from budgetaudit.rules.economic import Basic, Line, alike, listed

CODE, CATEGORY, SEVERITY = "N403", "list-mismatch", "error"
BASIS = "同一事项在文字与表中应一致"
_LIST = re.compile(r"(?:主要)?(?:包括|用于)[：:]?([^。；]{6,600})")
_KIND = re.compile(r"(人员经费|人员支出|公用经费|公用支出|日常公用经费)")
_CLASSES = {"人": ("301", "303"), "公": ("302", "310", "399")}
_COST = re.compile(r"(?:费|金|经费|补贴|支出)$")
_OPEN = re.compile(r"等[\u4e00-\u9fff]{0,8}$")
MIN_KNOWN, MAX_NAME = 3, 16


def check(book: Book) -> Iterator[Check]:
    """Lists of economic subjects in the text against the table of basic expenditure."""
    basic = Basic(book)
    if not basic.by_code:
        return
    kind, paragraph = "", -1
    loose: set[str] = set()
    for sentence in book.narrative.sentences:
        if sentence.paragraph != paragraph:
            kind, paragraph = "", sentence.paragraph
        text = plain(sentence.text)
        if not any("基本支出" in heading or "说明" in heading or "情况" in heading for heading in sentence.section):
            continue
        for match in _LIST.finditer(text):
            named = _KIND.findall(text[: match.start()]) or ([kind] if kind else [])
            if not named:
                continue
            classes = _CLASSES["人" if named[-1].startswith("人") else "公"]
            found = _List(sentence, match.group(1), match.start(1), basic)
            for check in found.checks(classes):
                if not found.open_end or check.message not in loose:
                    yield check
                if found.open_end and check.message:  # the units of a department say the same of one table
                    loose.add(check.message)
        kind = (_KIND.findall(text) or [kind])[-1]


class _List:
    """One list of the text, to be held against the table."""

    def __init__(self, sentence: Sentence, text: str, offset: int, basic: Basic) -> None:
        self.sentence, self.text, self.offset, self.basic = sentence, text, offset, basic
        self.names = list(dict.fromkeys(listed(text)))
        self.open_end = bool(_OPEN.search(text))
        self.codes = {name: codes for name in self.names if (codes := basic.codes(name))}

    def checks(self, classes: tuple[str, ...]) -> Iterator[Check]:
        """What is listed without money, then what has money and is not listed."""
        if len(self.codes) < MIN_KNOWN or len(self.codes) * 10 < 7 * len(self.names):
            return
        empty = [name for name, codes in self.codes.items() if self._empty(name, codes)]
        for name, codes in self.codes.items():
            line = self.basic.money(codes)
            if line is not None:
                target = Operand(name, Amount(name, line.value), self._place(name))
                yield Check(CODE, "statement", Verdict.HELD, target, (line.operand,), line.value, quote=name)
        if not self.open_end and len(empty) > MIN_KNOWN and len(empty) * 4 > len(self.codes):
            yield self._template(empty)
        elif self.open_end and empty:
            yield self._loose(empty)
        else:
            yield from map(self._unfunded, empty)
        if not self.open_end:
            yield from self._foreign(classes)
            yield from self._missing(classes)

    def _empty(self, name: str, codes: frozenset[str]) -> bool:
        """Whether nothing of a name can be in the table: blank in all its rows, or without a row in a class that adds up."""
        if self.basic.money(codes) is not None:
            return False
        if any(code in self.basic.by_code for code in codes):
            return True
        return all(map(self.basic.shut, codes)) and not any(alike(name, other) for other in self.basic.names)

    def _unfunded(self, name: str) -> Check:
        line = next((found for c in sorted(self.codes[name]) if (found := self.basic.by_code.get(c))), None)
        if line is not None:
            message = _("清单列有“{name}”，而基本支出表中 {code} {name} 没有数").format(name=name, code=line.code)
        else:
            message = _("清单列有“{name}”，而基本支出表中没有这一行，各行相加正好等于所在的类").format(name=name)
        return self._failed(name, line, self._around([name]), message, _("不应列出"))

    def _loose(self, empty: Sequence[str]) -> Check:
        message = _("列举的{names}在基本支出表中没有数").format(names=_("、").join(f"“{n}”" for n in empty))
        quote = self._around(empty)
        return self._failed(empty[0], None, quote, message, _("只列有数的科目"), Severity.NOTICE)

    def _template(self, empty: Sequence[str]) -> Check:
        line = next((found for n in empty for c in self.codes[n] if (found := self.basic.by_code.get(c))), None)
        message = _("清单照列了全部科目，其中 {count} 个在基本支出表中没有数：{empty}等").format(
            count=len(empty), empty=_("、").join(empty[:6])
        )
        return self._failed(empty[0], line, self._around(empty), message, _("只列有数的科目"), Severity.NOTICE)

    def _foreign(self, classes: tuple[str, ...]) -> Iterator[Check]:
        """Names that are no subject's, in a table whose classes add up without them."""
        printed = [c for c in classes if self.basic.classes.get(c)]
        if not printed or not all(map(self.basic.shut, printed)):
            return
        rest = [n for n in self.names if n not in self.codes and len(n) <= MAX_NAME and _COST.search(n)]
        own = [line.name for line in self.basic.funded(classes).values()]
        for name in rest:
            if not any(alike(name, other) for other in (*own, *self.codes)):
                message = _("清单列有“{name}”，而基本支出表中没有这一行，各行相加正好等于所在的类").format(name=name)
                yield self._failed(name, None, self._around([name]), message, _("改用表中科目的名称"), Severity.NOTICE)

    def _missing(self, classes: tuple[str, ...]) -> Iterator[Check]:
        own = self.basic.funded(classes)
        covered = {code for codes in self.codes.values() for code in codes}
        if not own or len(covered & set(own)) * 10 < 7 * len(own):
            return
        missing = [
            line
            for code, line in own.items()
            if code not in covered and not any(alike(line.name, n) for n in self.names)
        ]
        start = self.sentence.text[max(0, self.offset - 24) : self.offset + 20]
        for line in missing:
            message = _("基本支出表中 {code} {name} 有数（{text}），清单没有列出").format(
                code=line.code, name=line.name, text=line.operand.amount.text
            )
            severity = Severity.WARNING if len(own) - len(self.codes) <= MIN_KNOWN else Severity.NOTICE
            yield self._failed(line.name, line, start, message, _("列出{name}").format(name=line.name), severity)

    def _place(self, name: str) -> Place:
        return self.sentence.place_at(max(self.sentence.text.find(name[:4]), self.offset))

    def _around(self, names: Sequence[str]) -> str:
        """The listing as printed from a neighbour before some of its names to one after them."""
        first, last = self.names.index(names[0]), self.names.index(names[-1])
        chosen = self.names[max(0, first - 1) : last + 2]
        begin = self.text.find(chosen[0])
        end = self.text.find(chosen[-1], begin) if begin >= 0 else -1
        return self.text[begin : end + len(chosen[-1])] if end >= 0 else "、".join(chosen)

    def _failed(
        self, name: str, line: Line | None, quote: str, message: str, expected: str, severity: Severity | None = None
    ) -> Check:
        return Check(
            CODE,
            "statement",
            Verdict.FAILED,
            Operand(name, Amount(name, Decimal(0)), self._place(name)),
            (line.operand,) if line is not None else (),
            line.operand.amount.value if line is not None else Decimal(0),
            quote=quote,
            message=message,
            expected_text=expected,
            severity=severity,
            confidence=0.9,
        )
