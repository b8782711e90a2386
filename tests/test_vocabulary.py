"""Every alias of the data is exercised: a word that no code path can reach is a word that rots."""

import tomllib
from importlib import resources

import pytest

from budgetaudit import vocabulary
from budgetaudit.model import ColumnRole
from budgetaudit.vocabulary import (
    VocabularyError,
    aliases,
    aspects,
    form_of,
    forms,
    is_whole,
    squash,
    total_scope,
    words,
)
from tests.rules.small import book_of

ALIASES = sorted(aliases().items())


@pytest.mark.parametrize(("text", "members"), ALIASES, ids=[text for text, _ in ALIASES])
def test_an_alias_gives_its_aspects_alone_and_as_a_header(text: str, members: dict[str, str]) -> None:
    found = aspects(f"　{text} ")
    assert {key: found[key] for key in members} == dict(members)
    book = book_of(
        f"表1 支出总表\n单位：万元\n科目编码\t科目名称\t合计\t{text}\n201\t一般公共服务支出\t3.00\t3.00\n\t合计\t3.00\t3.00\n"
    )
    column = book.tables[0].columns[3]
    assert column.role is ColumnRole.AMOUNT
    assert {key: column.aspects[key] for key in members} == dict(members)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.key)
def test_every_word_of_a_form_can_name_it(form: vocabulary.Form) -> None:
    for word in form.any or ("",):
        title = "".join(form.all) + word + "表"
        found = form_of(title)
        assert found is not None
        assert found.weight >= form.weight, f"{title} is taken for the lighter form {found.key}"
    assert any(form_of("".join(form.all) + word + "表") is form for word in form.any or ("",))


def test_total_words_keep_their_scope() -> None:
    for scope in ("plain", "year", "all"):
        for word in words("total", scope):
            assert total_scope(word) == scope, word
    assert total_scope("一、本年收入") is None  # heads its parts
    assert total_scope("三、收入总计") == "all"
    assert total_scope("合计编制人数") is None


def test_header_words_are_in_normal_form_and_wholes_are_wholes() -> None:
    data = tomllib.loads(resources.files("budgetaudit").joinpath("data", "words.toml").read_text("utf-8"))
    for texts in data["header"].values():
        assert [t for t in texts if squash(t) != t] == []
    assert all(is_whole(word) for word in data["whole"]["texts"])
    assert not is_whole("基本支出")


def test_the_longest_alias_wins() -> None:
    assert aspects("政府性基金预算财政拨款") == {"fund": "government-fund"}
    assert aspects("财政拨款结转") == {"flow": "carry-in", "fund": "fiscal"}


def test_a_class_name_of_former_years_keeps_its_code() -> None:
    codes = vocabulary.function_class_codes()
    assert codes["医疗卫生与计划生育支出"] == codes["卫生健康支出"] == "210"


def test_contradicting_data_is_an_error_at_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        vocabulary,
        "_data",
        lambda name: (
            '[[alias]]\nset = { fund = "a" }\ntexts = ["甲"]\n[[alias]]\nset = { fund = "b" }\ntexts = ["甲"]\n'
        ),
    )
    with pytest.raises(VocabularyError, match="twice"):
        vocabulary.aliases.__wrapped__()


def test_collective_names_stand_for_department_economic_items() -> None:
    names = vocabulary._words()["collective"]
    assert all(
        squash(name) == name and all(len(c) == 5 and c[0] == "3" for c in vocabulary.collective(name)) for name in names
    )
    assert vocabulary.collective("社会保障缴费") >= {"30108", "30109"}
    assert vocabulary.collective("办公费") == frozenset()
