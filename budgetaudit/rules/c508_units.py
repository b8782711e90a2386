"""C508 金额单位：金额后应写明“元”

为什么：“5 万”“20 万”少写了“元”，公开文件的金额应写全单位。

怎么查：文字中以“万”结尾、后面不是量词的数字，而且同一句或同一段说的是费用。

限度：属行文问题，只提示。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）关于公开内容规范完整的要求。

正确：
第三部分 部门预算情况说明
一、项目支出情况说明
光纤费5万元。

错误：
第三部分 部门预算情况说明
一、项目支出情况说明
光纤费5万。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict

CODE, CATEGORY, SEVERITY = "C508", "unit", "notice"
BASIS = "《地方预决算公开操作规程》（财预〔2016〕143号）"
_MONEY = re.compile(r"费|经费|支出|预算|资金|款|金额|补助|工资|采购")


def check(book: Book) -> Iterator[Check]:
    """Amounts of money without 元."""
    written = False
    for claim in book.claims:
        if claim.percent or (written and not claim.bare):
            continue
        written = True
        text = claim.sentence.text[claim.start : claim.end]
        bare = claim.bare and bool(_MONEY.search(claim.lead))
        yield Check(
            rule=CODE,
            kind="statement",
            verdict=Verdict.FAILED if bare else Verdict.HELD,
            target=claim.operand(text),
            operands=(),
            expected=claim.amount.value,
            quote=claim.quote,
            message=_("“{text}”少写了单位“元”").format(text=text) if bare else "",
            expected_text=f"{text}元" if bare else "",
        )
