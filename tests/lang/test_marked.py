"""What people read is marked for the catalogue: Chinese in code is either marked, or a word that is looked for in documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from tests.lang.messages import KEYWORDS, PACKAGE

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SEARCHING = ("search", "match", "fullmatch", "finditer", "findall", "find", "rfind", "index", "count", "words")
CUTTING = ("split", "partition", "rpartition", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix")
MATCHING = {*SEARCHING, *CUTTING, "compile", "startswith", "endswith", "sub", "replace"}
"""Calls whose texts are looked for, cut or replaced, never shown."""

VOCABULARY = (
    "vocabulary.py",
    "amount.py",
    "reading/radicals.py",
    "recognition/*",
    "narrative/*",
    "links/*",
)
"""Code that only reads documents: its Chinese is what documents say. Their messages are marked all the same."""

NOT_YET: tuple[str, ...] = ()
"""Files whose messages are not marked yet."""

ALLOWED = {
    "reading/cells.py": {"；"},
    "reading/engines.py": {"；"},
    "reading/glyphs.py": {" \t\r\n\u3000\x00\x0b\x0c"},
    "report/fold.py": {"，。、；：？！）》」』】〕”’,.;:?!)]}%…", "（《「『【〔“‘([{"},
    "report/handbook.py": {"："},
    "report/sheets.py": {"宋体", "=+-@＝＋－＠"},
    "rules/c504_completion.py": {"完成", "的"},
    "rules/c505_parts.py": {"资金执行时间"},
    "rules/c506_direction.py": {
        *("大于", "高于", "小于", "低于", "等于", "年初", "全年"),
        *("增加", "增长", "上升", "减少", "下降", "降低"),
    },
    "rules/c507_prior.py": {"。"},
    "rules/d801_duties.py": {"三公", "国有资本经营", "政府性基金"},
    "rules/d802_withheld.py": {"元", "万元", "亿元"},
    "rules/f601_years.py": {"年"},
    "rules/f604_wording.py": {"《", "》", "【", "】", "〔", "〕", "（", "）"},
    "rules/f608_titles.py": {"《", "》"},
    "rules/f612_numbering.py": {"一二三四五六七八九十", "十"},
    "rules/f610_amount_year.py": {"年"},
    "rules/linked.py": {"合计", "总计", "本年合计"},
    "rules/n401_amounts.py": {"预算|决算|安排|的|数|年度"},
    "rules/n403_lists.py": {"、", "人", "公"},
    "rules/n404_empty.py": {"国有资本经营", "政府性基金"},
    "rules/n407_counts.py": {
        "平方米|平方公里|公里|千米|公顷|亩|辆|台|套|名|人|个|家|所|户|处|间",
        "一二三四五六七八九十",
        r"(?:个)?(?:职能|内设)?(?:内设机构|职能处室|内设处室|内设科室|处室|科室|处\(室\)|机构|部门)",
    },
    "rules/n402_twice.py": {"项", "款"},
    "rules/n409_named.py": {"支出"},
    "rules/n410_items.py": {"项"},
    "rules/n411_agreement.py": {"支出", "收入"},
    "rules/outline.py": {"一二三四五六七八九"},
    "rules/wholes.py": {"三公经费"},
    "rules/p905_stated.py": {"元", "万元"},
    "rules/phrases.py": {"（），；：？"},
    "rules/page.py": {"\n正确：\n", "\n错误：\n"},
    "rules/performance.py": {"绩效目标", "自评分数", "金额", "项目总额", "预算数", "预算数(万元)"},
    "rules/s701_names.py": {"款", "类", "项", "支出"},
    "rules/s703_published.py": {"、", "；", "其他", "其它", "支出", "（项）"},
    "rules/s704_pairs.py": {"、", "；"},
    "rules/t106_change.py": {"（", "）÷"},
    "rules/t201_balance.py": {"支出", "收入"},
    "rules/x304_counterparts.py": {"；"},
    "rules/y301_units.py": {"上缴上级支出", "对附属单位补助支出"},
    "report/tables.py": {"＝", "＋", "－", "＠"},
}
"""Texts that are no messages: words that rules look for or that a document should print, separators, single characters."""

FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of Chinese texts in code that are neither marked, nor documentation, nor looked for in documents."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
            above = list(_above(node, parents))
            if not any(_harmless(child, parent) for child, parent in above):
                yield node.lineno, node.value


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[tuple[ast.AST, ast.AST]]:
    while node in parents:
        yield node, parents[node]
        node = parents[node]


def _harmless(child: ast.AST, parent: ast.AST) -> bool:
    if isinstance(parent, ast.Expr):  # a docstring, of a constant as well
        return isinstance(child, ast.Constant)
    if isinstance(parent, ast.Call):
        name = parent.func.attr if isinstance(parent.func, ast.Attribute) else getattr(parent.func, "id", "")
        return child in parent.args and (name in KEYWORDS or name in MATCHING)
    if isinstance(parent, ast.keyword):  # what should be printed in the document, or is
        return parent.arg in ("expected_text", "reported", "quote")
    if isinstance(parent, ast.Assign | ast.AnnAssign):  # the basis in few words is shown in Chinese only
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return any(isinstance(target, ast.Name) and target.id == "BASIS" for target in targets)
    return isinstance(parent, ast.Compare) or (isinstance(parent, ast.Subscript) and child is parent.slice)


def _listed(file: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(file, pattern) for pattern in patterns)


@pytest.mark.parametrize("file", [f for f in FILES if not _listed(f, (*VOCABULARY, *NOT_YET))])
def test_what_is_shown_is_marked(file: str) -> None:
    left = [(line, text) for line, text in unmarked((PACKAGE / file).read_text("utf-8"))]
    assert [(line, text) for line, text in left if text not in ALLOWED.get(file, set())] == []


@pytest.mark.parametrize("file", sorted(ALLOWED))
def test_what_is_allowed_is_still_there(file: str) -> None:
    assert ALLOWED[file] <= {text for _, text in unmarked((PACKAGE / file).read_text("utf-8"))}


@pytest.mark.parametrize("file", FILES)
def test_marks_hold_whole_texts_and_speak_when_called(file: str) -> None:
    """A mark holds a literal, or the catalogue would miss it; ``_`` at import time would fix the language for good."""
    tree = ast.parse((PACKAGE / file).read_text("utf-8"))
    late = {node for function in ast.walk(tree) if _is_late(function) for node in _body(function)}
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS and node.args:
            literal = isinstance(node.args[0], ast.Constant)
            # babel takes the key of _(entry["name"]) for a text
            built = isinstance(node.args[0], ast.JoinedStr | ast.BinOp) or any(
                _by_key(n) for n in ast.walk(node.args[0])
            )
            marker = node.func.id in ("N_", "Nn_")
            if built or (marker and not literal) or (not marker and node not in late):
                wrong.append((node.lineno, ast.unparse(node)))
    assert wrong == []


def _by_key(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    )


def _is_late(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _body(function: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    statements = [function.body] if isinstance(function, ast.Lambda) else function.body
    for statement in statements:
        yield from ast.walk(statement)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('print("没有文件")', True),
        ('f"共 {n} 页"', True),
        ('_("没有文件")', False),
        ('NAME = {"a": N_("甲")}', False),
        ('def f():\n    """说明。"""', False),
        ('re.compile("[。；]")', False),
        ('text.endswith("表")', False),
        ('if "合计" in text: pass', False),
        ('Problem("没有文件".strip())', True),
        ('x["款"]', False),
    ],
)
def test_the_scan_itself(source: str, found: bool) -> None:
    assert bool(list(unmarked(source))) is found


def test_the_list_of_files_that_are_not_marked_is_no_longer_than_it_must_be() -> None:
    assert [p for p in (*NOT_YET, *VOCABULARY) if not any(fnmatch(f, p) for f in FILES)] == []
