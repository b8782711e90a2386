from __future__ import annotations

from dataclasses import replace

from budgetaudit.model import Finding, Place, Severity
from budgetaudit.report.fingerprint import fingerprint

CELL = Finding(
    id="F1",
    code="T102",
    category="table-rollup",
    severity=Severity.ERROR,
    confidence=1.0,
    message="印出 10.00，按分项相加应为 12.00",
    place=Place(page=8, bbox=(1, 2, 3, 4)),
    table="支出预算总表",
    row="2010301 行政运行",
    column="基本支出",
    quote="2010301 行政运行 10.00",
    reported="10.00",
    expected="12.00",
)
SENTENCE = replace(CELL, code="N401", table="", row="", column="", quote="行政运行10.00万元。")
MISSING = replace(SENTENCE, code="D801", quote="", reported="", expected="", message="第3页没有“三公”经费说明")


def test_pages_ids_and_messages_do_not_count() -> None:
    moved = replace(CELL, id="F9", place=Place(page=12), message="别的说法", quote="别的", root="F1", confidence=0.5)
    assert fingerprint(moved) == fingerprint(CELL)
    assert fingerprint(replace(MISSING, message="第14页没有“三公”经费说明")) == fingerprint(MISSING)


def test_print_variants_of_the_same_words_are_the_same() -> None:
    assert fingerprint(replace(CELL, table="支出 预算总表\n", column="基本 支出")) == fingerprint(CELL)
    assert fingerprint(replace(CELL, row="2010301 行政运行（机关）")) == fingerprint(CELL), "a code names its subject"
    assert fingerprint(replace(SENTENCE, quote="行政运行１０.00 万元。")) == fingerprint(SENTENCE)


def test_what_tells_findings_apart() -> None:
    others = [
        replace(CELL, code="T103"),
        replace(CELL, table="收入预算总表"),
        replace(CELL, row="2010302 行政运行"),
        replace(CELL, column="项目支出"),
        replace(CELL, reported="11.00"),
        replace(CELL, expected="13.00"),
        SENTENCE,
        replace(SENTENCE, quote="事业运行10.00万元。"),
        MISSING,
        replace(MISSING, message="没有机关运行经费说明"),
    ]
    found = [fingerprint(one) for one in (CELL, *others)]
    assert len(set(found)) == len(found)
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in found)
