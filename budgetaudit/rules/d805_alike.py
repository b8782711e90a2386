"""D805 并列各项的说明：“三公”经费各项应说得一样齐全，标题写收支的应说收入也说支出

为什么：三项里两项写了与上年相比、占比，一项没有写，是照模板填写时漏填；标题是“收支情况”而正文只说收入，也是如此。

怎么查：因公出国（境）、公务用车、公务接待三项依次列出的，看每项后面有没有占比、有没有与上年比较，三项中两项有而一项没有的提示；标题写收支而这一节有金额、
通节只说收入或只说支出的提示。

限度：三项不是依次列出的不查。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：“三公”经费按项公开并说明增减变化

正确：
青山县档案局2026年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
（一）因公出国（境）费0.00万元，与2025年预算持平。
（二）公务用车购置及运行费6.00万元，与2025年预算持平。
（三）公务接待费2.00万元，与2025年预算持平。
二、国有资本经营预算收支情况
国有资本经营预算收入0万元，支出0万元。

错误：
青山县档案局2026年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
（一）因公出国（境）费0.00万元。
（二）公务用车购置及运行费6.00万元，与2025年预算持平。
（三）公务接待费2.00万元，与2025年预算持平。
二、国有资本经营预算收支情况
国有资本经营预算收入0万元，支出0万元。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.rules.statement import bare, data, statement
from budgetaudit.vocabulary import aspects

CODE, CATEGORY, SEVERITY = "D805", "missing-content", "notice"
BASIS = "财预〔2016〕143号：“三公”经费按项公开并说明增减变化"
MAX_REACH = 250
_CLAUSE = re.compile(r"[，,；;。：:、]")
_TOLD = {"share": N_("占比"), "comparison": N_("与上年的比较")}


@dataclass(slots=True)
class _Section:
    """The sentences of a section joined, paragraph by paragraph, with the figures of the items in them."""

    heading: str
    sentences: list[Sentence] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    text: str = ""

    def add(self, sentence: Sentence) -> None:
        """Append a sentence; a new paragraph begins a new line."""
        if self.sentences and self.sentences[-1].paragraph != sentence.paragraph:
            self.text += "\n"
        self.starts[id(sentence)] = len(self.text)
        self.sentences.append(sentence)
        self.text += plain(sentence.text)


def check(book: Book) -> Iterator[Check]:
    """Items of 三公 told side by side, and sections whose heading promises income and spending."""
    words = data("duties.toml")["alike"]
    sections: dict[tuple[str, ...], _Section] = {}
    for sentence in book.narrative.sentences:
        if sentence.section:
            sections.setdefault(sentence.section, _Section(sentence.section[-1])).add(sentence)
    items: dict[tuple[str, ...], list[tuple[str, Claim]]] = defaultdict(list)
    for claim in book.claims:
        if not claim.percent and claim.role in ("value", "outturn"):
            item = aspects(_CLAUSE.split(claim.lead)[-1]).get("item", "")
            if item in words["items"]:
                items[claim.sentence.section].append((item, claim))
    for key, section in sections.items():
        yield from _items(section, items.get(key, ()), words)
        yield from _sides(section, words)


def _items(section: _Section, found: Sequence[tuple[str, Claim]], words: Mapping[str, str]) -> Iterator[Check]:
    """What two of three items in a row are told with and one is not."""
    for at in range(len(found) - 2):
        names = [item for item, _claim in found[at : at + 3]]
        if names[0] != words["items"][0] or set(names) != set(words["items"]):
            continue
        group = [claim for _item, claim in found[at : at + 3]]
        following = found[at + 3][1] if at + 3 < len(found) else None
        after = [*group[1:], following]
        told = [_after(section, claim, end) for claim, end in zip(group, after, strict=True)]
        if len({claim.sentence.paragraph for claim in group}) == 1:
            told[-1] = told[-1].split("\n")[0]
        for name, label in _TOLD.items():
            has = [bool(re.search(words[name], text)) for text in told]
            if sum(has) == len(has) - 1:
                lacking = group[has.index(False)]
                yield statement(
                    CODE,
                    Verdict.FAILED,
                    lacking.place,
                    lacking.quote,
                    _("其他两项都写了{what}，这一项没有").format(what=_(label)),
                )
            elif all(has):
                yield statement(CODE, Verdict.HELD, group[0].place, group[0].quote)


def _after(section: _Section, claim: Claim, following: Claim | None) -> str:
    """What stands after a figure of a section, to the next item's figure."""
    start = section.starts.get(id(claim.sentence), 0) + claim.end
    end = (
        section.starts.get(id(following.sentence), 0) + following.start if following is not None else start + MAX_REACH
    )
    return section.text[start : max(end, start)]


def _sides(section: _Section, words: Mapping[str, str]) -> Iterator[Check]:
    """A section on income and spending that tells only one of them."""
    if not re.search(words["both"], section.heading) or not re.search(r"\d万?元", section.text):
        return
    told = [bool(re.search(side, section.text)) for side in words["sides"]]
    if re.search(words["both_told"], section.text) or all(told) or not any(told):
        return
    sentence = section.sentences[0]
    lacking = _("支出") if told[0] else _("收入")
    message = _("标题“{heading}”写收支，这一节没有说{lacking}").format(heading=bare(section.heading), lacking=lacking)
    yield statement(CODE, Verdict.FAILED, sentence.place, sentence.text[:60], message)
