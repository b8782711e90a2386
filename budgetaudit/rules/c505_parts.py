"""C505 分项与总数：文中列出的分项应与总数相符

为什么：改了分项没有改总数（或相反），文字里的政府采购货物、工程、服务之和就不等于采购总额；项目的资金分配合计超过项目预算；
“4000元/月*12个月”这样的算式与结果不符。

怎么查：一、政府采购总额 = 货物 + 工程 + 服务（同一句）；二、项目的“预算安排规模”与随后“资金分配情况”各项之和比较，
分配合计超过预算（或只列一项却超过）即为错误；三、文中和绩效表中写出的算式（连乘、连加，带单位、括号的也算）
重算一遍，末位差一个单位的只提示；四、一句话里写出年初结转、本年收入、本年支出和年末结转的，应当平衡。四舍五入允许的尾差记为尾差。

限度：分配合计小于预算的不算错（可能只列主要内容）；带“其中”的下级分项不重复相加。

依据：总数等于分项之和。

正确：
第三部分 部门预算情况说明
一、政府采购情况
2030年政府采购预算100.00万元，其中：政府采购货物预算20.00万元，政府采购工程预算0.00万元，政府采购服务预算80.00万元。

错误：
第三部分 部门预算情况说明
一、政府采购情况
2030年政府采购预算100.00万元，其中：政府采购货物预算20.00万元，政府采购工程预算0.00万元，政府采购服务预算90.00万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import decimals, in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Amount, Check, Operand, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.rules.base import compare, verdict_of
from budgetaudit.rules.formulas import formulas
from budgetaudit.rules.statement import Text, texts
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "C505", "narrative-arithmetic", "error"
BASIS = "总数等于分项之和"
_KINDS = (N_("货物"), N_("工程"), N_("服务"))
_FLOWS = {
    "in": re.compile("(?:年初|上年)(?:财政拨款)?结[转余]"),
    "income": re.compile("^本年(?:财政拨款)?收入(?:合计|决算)?[为数]?$"),
    "spent": re.compile("^本年(?:财政拨款)?支出(?:合计|决算)?[为数]?$"),
    "out": re.compile("(?:年末|结转下年)(?:财政拨款)?(?:结[转余])?"),
}
_ITEM_START = re.compile(r"^\s*(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）]|[①-⑳])")


def check(book: Book) -> Iterator[Check]:
    """Parts of procurement, of projects' allocations, and products."""
    by_sentence: dict[int, list[Claim]] = {}
    for claim in book.claims:
        if not claim.percent:
            by_sentence.setdefault(id(claim.sentence), []).append(claim)
    for sentence in book.narrative.sentences:
        yield from _kinds(by_sentence.get(id(sentence), []))
        yield from _carried(by_sentence.get(id(sentence), []))
    for text in texts(book):
        yield from _reckoned(text)
    yield from _allocations(book.narrative.sentences, by_sentence)
    yield from _small_firms(book.claims)


def _sum(target: Claim, parts: Sequence[Claim], quote: str, message: str, *, whole: bool) -> Check:
    total = sum((c.amount.value for c in parts), Decimal(0))
    slack = sum((c.amount.half for c in parts if c.amount.value), target.amount.half)
    verdict = verdict_of(target.amount.value - total, slack)
    if not whole and total <= target.amount.value:
        verdict = Verdict.HELD
    return Check(
        rule=CODE,
        kind="sum",
        verdict=verdict,
        target=target.operand(),
        operands=tuple(c.operand() for c in parts),
        expected=total,
        slack=slack,
        formula=f"{target.amount.text} = " + "+".join(c.amount.text for c in parts),
        quote=quote,
        message="" if verdict is not Verdict.FAILED else message,
        confidence=0.95,
    )


def _kinds(claims: Sequence[Claim]) -> Iterator[Check]:
    """Procurement: goods, works and services against their total in one sentence."""
    for index, total in enumerate(claims):
        if "采购" not in total.lead or any(kind in total.lead for kind in _KINDS) or total.role != "value":
            continue
        found: dict[str, Claim] = {}
        for claim in claims[index + 1 :]:
            named = [kind for kind in _KINDS if kind in re.split(r"[，,；;。]", claim.lead)[-1]]
            if claim.role != "value" or len(named) != 1 or named[0] in found:
                break
            found[named[0]] = claim
        if len(found) < 3 and not (len(found) == 2 and "服务" in found and "货物" in found):
            continue
        parts = list(found.values())
        value = in_unit(sum((c.amount.value for c in parts), Decimal(0)), total.amount.unit, 2)
        yield _sum(
            total,
            parts,
            total.quote,
            _("政府采购总额写 {total}，{parts}相加为 {value}").format(
                total=total.amount.text, parts=_("、").join(_(part) for part in found), value=value
            ),
            whole=len(found) == 3,
        )
        return


def _carried(claims: Sequence[Claim]) -> Iterator[Check]:
    """What was carried in and came in is what was spent and is carried out, where one sentence gives all four."""
    found: dict[str, Claim] = {}
    for claim in claims:
        clause = squash(re.split(r"[，,；;。:：]", claim.lead)[-1])
        name = next((name for name, words in _FLOWS.items() if words.search(clause)), "")
        if name and claim.role in ("value", "outturn"):
            if name in found:
                return
            found[name] = claim
    if set(found) != set(_FLOWS):
        return
    signs = {"in": 1, "income": 1, "spent": -1}
    target = found["out"]
    operands = [replace(found[name].operand(), sign=sign) for name, sign in signs.items()]
    check = compare(CODE, "sum", target.operand(), operands, _("年末结转 = 年初结转 + 本年收入 - 本年支出"))
    message = _("年末结转写 {out}，按年初结转 {start} + 本年收入 {income} - 本年支出 {spent} 应为 {right}").format(
        out=target.amount.text,
        start=found["in"].amount.text,
        income=found["income"].amount.text,
        spent=found["spent"].amount.text,
        right=in_unit(check.expected, target.amount.unit, 2),
    )
    failed = check.verdict is Verdict.FAILED
    yield replace(check, quote=target.sentence.text[:120], message=message if failed else "")


def _small_firms(claims: Sequence[Claim]) -> Iterator[Check]:
    """What small firms won in reserved and in other projects cannot exceed all procurement."""
    total = next(
        (c for c in claims if re.search(r"政府采购(?:支出)?(?:总额|金额)", c.lead) and c.role == "value"), None
    )
    won = next((c for c in claims if "预留" in c.lead and "中小企业" in c.lead and "成交" in c.lead), None)
    other = next(
        (c for c in claims if "其他政府采购项目" in c.lead and "中小企业" in c.lead and "成交" in c.lead), None
    )
    if total is None or won is None or other is None:
        return
    rest = total.amount.value - won.amount.value
    slack = total.amount.half + won.amount.half + other.amount.half
    good = other.amount.value <= rest + slack
    unit = total.amount.unit
    message = _("采购总额 {total} 中预留项目已成交 {won}，其他项目至多 {rest}").format(
        total=total.amount.text, won=won.amount.text, rest=in_unit(rest, unit, 2)
    )
    yield Check(
        rule=CODE,
        kind="derived",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=other.operand(),
        operands=(total.operand(), won.operand()),
        expected=other.amount.value if good else rest,
        slack=slack,
        quote=other.sentence.text[:120],
        message="" if good else message,
        category="narrative-narrative",
        confidence=0.9,
    )


def _reckoned(text: Text) -> Iterator[Check]:
    """Formulas that are written out, reckoned again."""
    for formula in formulas(text.text):
        value, result = formula.value, formula.result
        gap = abs(result - value) * 2
        good, near = gap <= formula.step, gap <= max(3 * formula.step, formula.step + 2 * formula.slack)
        expected = in_unit(value, formula.unit, max(decimals(formula.printed), 0 if near else 2))
        place = text.place_at(formula.start)
        half = formula.step / 2
        yield Check(
            rule=CODE,
            kind="derived",
            verdict=Verdict.HELD if good else Verdict.FAILED,
            target=Operand(formula.text, Amount(formula.printed, result, half, formula.unit), place),
            operands=(Operand(formula.text, Amount(expected, value, Decimal(0), formula.unit), place),),
            expected=value,
            quote=formula.text,
            message=""
            if good
            else _("算式 {formula} 的结果应为 {expected}").format(formula=formula.text, expected=expected),
            expected_text=expected,
            category="rounding" if near and not good else "",
            severity=Severity.NOTICE if near and not good else None,
            confidence=0.9,
        )


def _allocations(sentences: Sequence[Sentence], claims: dict[int, list[Claim]]) -> Iterator[Check]:
    """A project's budget against the items of its allocation, as the sections of projects give them."""
    budget: Claim | None = None
    items: list[Claim] = []
    quotes: list[str] = []
    inside = False
    for sentence in (*sentences, None):
        text = plain(sentence.text) if sentence is not None else "资金执行时间"
        if "预算安排规模" in text or "资金执行时间" in text or text.startswith("项目名称"):
            if budget is not None and items:
                yield from _allocation(budget, items, quotes)
            budget, items, quotes, inside = None, [], [], False
        if sentence is None:
            break
        own = [c for c in claims.get(id(sentence), []) if c.role in ("value", "aside")]
        if "预算安排规模" in text and own:
            budget = own[0]
            continue
        if "资金分配情况" in text:
            inside = True
        if inside and budget is not None and own:
            chosen = _own_amount(text, own)
            if chosen is not None:
                items.append(chosen)
                quotes.append(sentence.text)


def _own_amount(text: str, claims: Sequence[Claim]) -> Claim | None:
    """The amount of one item: what 共计 gives, else its first amount outside brackets; none for an item without number."""
    body = re.sub(r"^资金分配情况[:：]?", "", text)
    if not _ITEM_START.match(body):
        return None
    summed = [c for c in claims if re.search(r"(?:共计|合计|共需|总计)$", c.lead)]
    summed = summed or [c for c in claims if c.lead.endswith("=") and _level(text, c.start) == 0]
    if summed:
        return summed[-1]
    for claim in claims:
        if _level(text, claim.start) == 0 and not text[claim.end :].startswith("/") and "*" not in claim.lead:
            return claim
    return None


def _level(text: str, offset: int) -> int:
    """How deep in brackets an offset of a text with half-width brackets stands."""
    return text.count("(", 0, offset) - text.count(")", 0, offset)


def _allocation(budget: Claim, items: Sequence[Claim], quotes: Sequence[str]) -> Iterator[Check]:
    total = sum((c.amount.value for c in items), Decimal(0))
    text = in_unit(total, budget.amount.unit)
    message = _("项目预算安排规模 {budget} 万元，资金分配各项合计 {total} 万元，超出预算").format(
        budget=budget.amount.text, total=text
    )
    check = _sum(budget, items, budget.sentence.text, message, whole=False)
    if check.verdict is not Verdict.FAILED or len(items) > 2:
        yield check
    else:
        # The items' side of the same contradiction, at the place where they stand.
        first = items[0]
        yield Check(
            rule=CODE,
            kind="sum",
            verdict=Verdict.FAILED,
            target=first.operand(),
            operands=(budget.operand(),),
            expected=budget.amount.value,
            quote=re.sub(r"^资金分配情况[:：]?", "", quotes[0]),
            message=_("资金分配各项合计 {total} 万元，而项目预算安排规模只有 {budget} 万元").format(
                total=text, budget=budget.amount.text
            ),
            confidence=0.9,
        )
