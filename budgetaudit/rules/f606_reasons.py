"""F606 增减原因：同类各项都写了增减原因，不应有个别一项缺漏

为什么：财政部门要求对增减变化情况作出说明；逐项说明时漏写一项的原因，读者看不出为什么变。

怎么查：同一节里有增减金额、带序号的各段，至少三段写了原因，个别没有写的（不超过四分之一）提示。

限度：增减为0的不要求原因；整节都不写原因的地方格式不报。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：对增减变化情况进行说明

正确：
青山县档案局2026年部门预算
一、支出情况
1.行政运行30.00万元，比2025年预算增加1.00万元，主要原因是人员增加。
2.档案馆20.00万元，比2025年预算增加2.00万元，主要原因是开馆时间延长。
3.机关服务10.00万元，比2025年预算减少1.00万元，主要原因是节约用电。
4.事业运行5.00万元，比2025年预算减少1.00万元，主要原因是人员减少。

错误：
青山县档案局2026年部门预算
一、支出情况
1.行政运行30.00万元，比2025年预算增加1.00万元，主要原因是人员增加。
2.档案馆20.00万元，比2025年预算增加2.00万元，主要原因是开馆时间延长。
3.机关服务10.00万元，比2025年预算减少1.00万元，主要原因是节约用电。
4.事业运行5.00万元，比2025年预算减少1.00万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.rules.statement import data, statement
from budgetaudit.vocabulary import numbering, squash

CODE, CATEGORY, SEVERITY = "F606", "missing-content", "notice"
BASIS = "财预〔2016〕143号：对增减变化情况进行说明"
MIN_GIVEN = 3


def check(book: Book) -> Iterator[Check]:
    """One check for each paragraph that tells a change, in sections where most tell why."""
    words = data("reasons.toml")
    change, reason = re.compile(words["change"]), re.compile(words["reason"])
    paragraphs = [list(group) for _key, group in groupby(book.narrative.sentences, key=lambda s: s.paragraph)]
    for _key, group in groupby(paragraphs, key=lambda p: p[0].section[:2]):
        given: list[Sentence] = []
        without: list[tuple[Sentence, re.Match[str]]] = []
        section = list(group)
        for index, paragraph in enumerate(section):
            whole = "".join(s.text for s in paragraph)
            changed = [
                (s, m) for s in paragraph for m in change.finditer(s.text) if re.search("[1-9]", m.group("amount"))
            ]
            if not changed or not numbering(squash(whole)):  # totals have their reasons in the items below
                continue
            following = section[index + 1][0].text if index + 1 < len(section) else ""
            sentence, found = changed[0]
            if reason.search(whole[whole.find(found.group()) + len(found.group()) :]) or reason.search(following[:30]):
                given.append(sentence)
            else:
                without.append((sentence, found))
        if len(given) < MIN_GIVEN:
            continue
        for sentence in given:
            yield statement(CODE, Verdict.HELD, sentence.place, sentence.text[:40])
        if len(without) * 4 <= len(given) + len(without):
            for sentence, found in without:
                place = sentence.place_at(found.start())
                yield statement(
                    CODE, Verdict.FAILED, place, found.group(), _("同一节其他各项都写了增减原因，这一项没有")
                )
