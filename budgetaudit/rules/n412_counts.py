"""N412 数量与金额：写明购车、接待、出国的数量，就应有相应的经费

为什么：资产说明写“安排购置车辆1辆”，“三公”经费表的公务用车购置费却是0；接待批次、出国人次也是如此，必有一处没有填对。

怎么查：“购置……N辆”“接待……N批次（人次）”“出国……N个团组（人次）”，N 大于0而“三公”经费表中该项各处都没有数、文字里该项也没有大于0的金额的，警示；
反过来，同一段写了该项大于0的金额而数量全是0的，接待的人次少于批次的，公务用车保有量大于车辆总数的，也警示。

限度：没有“三公”经费表，或句中说明由其他资金安排、上年购置、实物调拨的不查。

依据：同一事项在文字与表中应一致

正确：
青山县档案局2026年部门预算
表1 一般公共预算“三公”经费支出表
单位：万元
合计	因公出国（境）费	公务用车购置费	公务用车运行费	公务接待费
32.50	0.00	18.00	12.00	2.50

第三部分 部门预算情况说明
一、国有资产占有使用情况
2026年部门预算安排购置车辆1辆，其中：执法执勤用车1辆。

错误：
青山县档案局2026年部门预算
表1 一般公共预算“三公”经费支出表
单位：万元
合计	因公出国（境）费	公务用车购置费	公务用车运行费	公务接待费
14.50	0.00	0.00	12.00	2.50

第三部分 部门预算情况说明
一、国有资产占有使用情况
2026年部门预算安排购置车辆1辆，其中：执法执勤用车1辆。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Amount, Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.rules.base import ZERO
from budgetaudit.rules.figures import item_claims

CODE, CATEGORY, SEVERITY = "N412", "narrative-table", "warning"
BASIS = "同一事项在文字与表中应一致"
_KINDS = {
    "vehicle-purchase": (
        N_("公务用车购置费"),
        re.compile(r"资产|三公|公务用车"),
        re.compile(
            r"(?:购置|购买|更新)(?:的|了)?(?:公务用车|公车|车辆)(?:数量?)?(?:为|共计?)?(\d{1,3})辆|购置(?:的)?(\d{1,3})辆(?:公务用车|车辆)"
        ),
    ),
    "reception": (
        N_("公务接待费"),
        re.compile(r"公务接待|国内接待|外宾|三公"),
        re.compile(r"接待[^。；]{0,30}?(\d{1,6})(?:个?批次?|人次|个团组|次)"),
    ),
    "overseas": (
        N_("因公出国（境）费"),
        re.compile(r"因公出国|三公|出国[(（]境[)）]团组"),
        re.compile(r"(?:出国|出境|出访)[^。；]{0,30}?(\d{1,5})(?:个团组?|人次|批次|个)"),
    ),
}
"""Item -> its name, what its sentence or heading must speak of, and its count."""
_OTHERWISE = re.compile(
    r"单位资金|自有资金|事业收入|其他资金|非财政|非税|专户|基金|捐赠|划转|调拨|上级|中央|上年|去年|保有|报废|租|来访|来华|任务|预计"
    r"|群众|游客|旅客|读者|观众|患者|考生|证件|签证|审批|办理"
)
_GUESTS = re.compile(r"接待[^。；]{0,24}?(\d{1,6})个?批次?[^。；]{0,8}?(\d{1,6})人次?")
_OWNED = re.compile(r"(?:共有|实有|拥有)(?:公务)?(?:用车|车辆)(\d{1,5})[辆台]")
_KEPT = re.compile(r"公务用车[^，。；]{0,8}保有量(?:为|是|共计?)?(\d{1,5})[辆台]")
_SOME = re.compile(r"(?<![\d.])[1-9]\d{0,5}(?:个|批|次|人|团|辆)")


@dataclass(frozen=True, slots=True)
class _Count:
    sentence: Sentence
    at: int
    number: int
    words: str


def check(book: Book) -> Iterator[Check]:
    """Counts of the text against the money of the same item: in the tables, and in the same paragraph."""
    yield from _guests(book)
    yield from _kept(book)
    cells = _cells(book)
    if not cells:
        return
    money = book.once(item_claims)
    texts: dict[int, list[str]] = defaultdict(list)
    for sentence in book.narrative.sentences:
        texts[sentence.paragraph].append(plain(sentence.text))
    for item, counts in _counts(book).items():
        if item not in cells:
            continue
        name = _(_KINDS[item][0])
        spent = any(c.amount.value for c in money.get(item, ())) or any(o.amount.value for o in cells[item])
        for count in counts:
            if count.number and not _OTHERWISE.search(count.sentence.text):
                message = _("写明{words}，而“三公”经费表中{name}没有数").format(words=count.words, name=name)
                yield _result(count, cells[item][0], good=spent, message=message)
        yield from _unused(counts, money.get(item, ()), name, texts)


def _guests(book: Book) -> Iterator[Check]:
    """Guests of receptions: no fewer than the groups that they came in."""
    for sentence in book.narrative.sentences:
        for found in _GUESTS.finditer(plain(sentence.text)):
            groups, guests = int(found.group(1)), int(found.group(2))
            count = _Count(sentence, found.start(2), guests, found.group())
            group = Operand(_("批次"), Amount(found.group(1), Decimal(groups)), sentence.place_at(found.start(1)))
            message = _("接待 {groups} 批次而只有 {guests} 人次").format(groups=groups, guests=guests)
            yield _result(count, group, good=guests >= groups, message=message)


def _kept(book: Book) -> Iterator[Check]:
    """Official vehicles kept: no more than all vehicles that the text on assets counts, where it counts them once."""
    sentences = [(s, plain(s.text)) for s in book.narrative.sentences if "辆" in s.text or "台" in s.text]
    owned = [(s, found) for s, text in sentences for found in _OWNED.finditer(text)]
    if len(owned) != 1:
        return
    where, all_of_them = owned[0]
    number = int(all_of_them.group(1))
    whole = Operand(
        all_of_them.group(), Amount(all_of_them.group(1), Decimal(number)), where.place_at(all_of_them.start())
    )
    for sentence, text in sentences:
        for found in _KEPT.finditer(text):
            kept = int(found.group(1))
            count = _Count(sentence, found.start(1), kept, found.group())
            message = _("公务用车保有量 {kept} 大于车辆总数 {owned}").format(kept=kept, owned=number)
            yield _result(count, whole, good=kept <= number, message=message)


def _unused(
    counts: Sequence[_Count], money: Sequence[Claim], name: str, texts: Mapping[int, Sequence[str]]
) -> Iterator[Check]:
    """Money of an item in a paragraph where all counts of it are zero."""
    groups: dict[int, list[_Count]] = defaultdict(list)
    for count in counts:
        groups[count.sentence.paragraph].append(count)
    for paragraph, own in groups.items():
        spent = next((c for c in money if c.sentence.paragraph == paragraph and c.amount.value), None)
        if spent is not None and not any(_SOME.search(text) for text in texts[paragraph]):
            message = _("这一段写{name} {text}，而数量是 0").format(name=name, text=spent.amount.text)
            yield _result(own[0], spent.operand(), good=False, message=message)


def _cells(book: Book) -> Mapping[str, Sequence[Operand]]:
    """Item -> its cells in the tables of 三公, blank ones too."""
    found: dict[str, list[Operand]] = defaultdict(list)
    for sheet in book.sheets:
        if sheet.table.form != "three-public":
            continue
        for position, row in enumerate(sheet.table.rows):
            for column in sheet.amount_columns(row.block):
                item = book.key(sheet, column, row).item
                operand = sheet.operand(position, column, by="table")
                if item in _KINDS and operand is not None:
                    found[item].append(operand)
    return found


def _counts(book: Book) -> Mapping[str, Sequence[_Count]]:
    found: dict[str, list[_Count]] = defaultdict(list)
    for sentence in book.narrative.sentences:
        text = plain(sentence.text)
        for item, (_name, about, pattern) in _KINDS.items():
            for match in pattern.finditer(text):
                if about.search(text) or any(about.search(heading) for heading in sentence.section):
                    words = re.split(r"[，,]", match.group())[-1]
                    found[item].append(
                        _Count(sentence, match.start(match.lastindex or 1), int(match[match.lastindex or 1]), words)
                    )
    return found


def _result(count: _Count, money: Operand, *, good: bool, message: str) -> Check:
    text = str(count.number)
    return Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=Operand(_("数量"), Amount(text, Decimal(count.number)), count.sentence.place_at(count.at)),
        operands=(money,),
        expected=ZERO,
        quote=count.sentence.text[max(0, count.at - 20) : count.at + len(text) + 1],
        message="" if good else message,
        confidence=0.75,
    )
