"""A small fictional report: two tables, a check of every verdict, a finding of every severity, hostile strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import YUAN, amount, printed_decimals
from budgetaudit.model import (
    Amount,
    Cell,
    CellRef,
    Check,
    Column,
    ColumnRole,
    Coverage,
    Document,
    Finding,
    NotChecked,
    Operand,
    Page,
    Place,
    Problem,
    Profile,
    Report,
    Row,
    RowRole,
    Severity,
    Table,
    Verdict,
)

WAN = Decimal(10_000)
HOSTILE = '=HYPERLINK("http://evil.example","点我")'
BIDI = "星湖\u202e局[red]办\x1b[31m"


def cell_at(text: str, row: int, col: int, page: int, rowspan: int = 1, colspan: int = 1) -> Cell:
    left, top = 50 + 80.0 * col, 100 + 20.0 * row
    bbox = (left, top, left + 80 * colspan, top + 20 * rowspan)
    return Cell(text, Place(page, bbox), row, col, rowspan, colspan)


def grid_of(texts: Sequence[Sequence[str | None]], page: int) -> tuple[tuple[Cell | None, ...], ...]:
    """A joined grid: "<" repeats the cell to the left, "^" the cell above, None is a hole."""
    rows: list[list[Cell | None]] = []
    for r, line in enumerate(texts):
        row: list[Cell | None] = []
        for c, text in enumerate(line):
            if text is None:
                row.append(None)
            elif text == "<":
                row.append(row[c - 1])
            elif text == "^":
                row.append(rows[r - 1][c])
            else:
                wide = next((k for k in range(1, len(line) - c) if line[c + k] != "<"), len(line) - c)
                high = next((k for k in range(1, len(texts) - r) if texts[r + k][c] != "^"), len(texts) - r)
                row.append(cell_at(text, r, c, page, high, wide))
        rows.append(row)
    return tuple(tuple(row) for row in rows)


def table_of(
    id: str,
    title: str,
    texts: Sequence[Sequence[str | None]],
    roles: Sequence[ColumnRole],
    head: int,
    page: int = 8,
    unit: Decimal = WAN,
    **more: object,
) -> Table:
    grid = grid_of(texts, page)
    amounts: dict[tuple[int, int], Amount] = {}
    for c, role in enumerate(roles):
        if role is not ColumnRole.AMOUNT:
            continue
        column = [(r, grid[r][c]) for r in range(head, len(grid))]
        places = printed_decimals(x.text for _, x in column if x)
        for r, printed in column:
            figure = amount(printed.text, unit, places) if printed else None
            if figure:
                amounts[r, c] = figure
    columns = tuple(
        Column(c, tuple(x.flat for r in range(head) if (x := grid[r][c])), role) for c, role in enumerate(roles)
    )
    name = next(c for c, role in enumerate(roles) if role is ColumnRole.NAME)
    rows = tuple(
        Row(
            r,
            0,
            RowRole.TOTAL if "合计" in (x.flat if (x := grid[r][name]) else "") else RowRole.ITEM,
            x.flat if x else "",
        )
        for r in range(head, len(grid))
    )
    return replace(
        Table(
            id=id,
            title=title,
            pages=(page,),
            grid=grid,
            header_rows=tuple(range(head)),
            columns=columns,
            rows=rows,
            unit=unit,
            unit_text="万元" if unit == WAN else "元",
            amounts=amounts,
            place=Place(page, (50, 60, 550, 700)),
        ),
        **more,  # type: ignore[arg-type]
    )


C, N, A, R = ColumnRole.CODE, ColumnRole.NAME, ColumnRole.AMOUNT, ColumnRole.RATIO


def expenditure() -> Table:
    return table_of(
        "t1",
        "支出预算总表",
        [
            ["功能分类", "<", "<", "科目名称", "合计", "基本支出", "项目支出"],
            ["类", "款", "项", "^", "^", "^", "^"],
            ["合计", "<", "<", "<", "1,234.56", "234.50", "1,000.00"],
            ["201", "", "", "一般公共\n服务支出", "1,134.50", "134.50", "1,000.00"],
            ["201", "03", "", HOSTILE, "1134.5", "134.50", "1,000.00"],
            ["208", "", "", "+社会保障", "100.00", "100.00", "-"],
        ],
        [C, C, C, N, A, A, A],
        2,
        form="expenditure",
        form_name="支出总表",
    )


def overview() -> Table:
    return table_of(
        "t2",
        "收支总表[*/:]",
        [
            ["收入项目", "预算数", "占比"],
            ["本年收入合计", "12,345,600.00", "100.00%"],
            ["一、财政拨款", "12,345,600", ""],
        ],
        [N, A, R],
        1,
        page=7,
        unit=YUAN,
    )


def operand(table: Table, row: int, col: int, label: str, sign: int = 1) -> Operand:
    cell = table.grid[row][col]
    assert cell is not None
    return Operand(label, table.amounts[row, col], cell.place, CellRef(table.id, row, col), sign)


def report() -> Report:
    one, two = expenditure(), overview()
    parts = (operand(one, 3, 4, "一般公共服务支出"), operand(one, 5, 4, "社会保障"))
    failed = Check(
        "T102", "sum", Verdict.FAILED, operand(one, 2, 4, "合计"), parts, Decimal("12345000"), formula="合计 = 各类之和"
    )
    same = Check(
        "X201",
        "same",
        Verdict.FAILED,
        operand(two, 1, 1, "本年收入合计"),
        (operand(one, 2, 4, "支出预算总表 合计"),),
        Decimal("12345600"),
        formula="收入合计 = 支出合计",
    )
    held = Check(
        "T101",
        "sum",
        Verdict.HELD,
        operand(one, 3, 4, "一般公共服务支出"),
        (operand(one, 3, 5, "基本支出"), operand(one, 3, 6, "项目支出")),
        Decimal("11345000"),
        formula="合计 = 基本支出 + 项目支出",
    )
    rounding = replace(held, verdict=Verdict.ROUNDING, expected=Decimal("11345100"), slack=Decimal("150"))
    explained = replace(failed, verdict=Verdict.EXPLAINED, reason="说明中声明剔除涉密项目")
    unknown = replace(held, rule="X202", verdict=Verdict.UNKNOWN, reason="没有结转表")
    first = Finding(
        id="F1", code="T102", category="table-rollup", severity=Severity.ERROR, confidence=0.98,
        message="合计不等于各类之和", place=failed.target.place, table=one.title, row="合计", column="合计",
        quote="合计 1,234.56 234.50 1,000.00", reported="1,234.56", expected="1,234.5", difference="0.06", unit="万元",
        operands=parts, formula="合计 = 各类之和", suggestion="核对合计", ref=failed.target.ref,
    )  # fmt: skip
    second = Finding(
        id="F2", code="X201", category="cross-table", severity=Severity.WARNING, confidence=0.6,
        message=f"两处数字不同 {BIDI}", place=same.target.place, table=two.title, row=HOSTILE, column="预算数",
        reported="12,345,600.00", expected="12,345,600", difference="0", unit="元", operands=same.operands,
        ref=same.target.ref,
    )  # fmt: skip
    notices = tuple(
        Finding(
            id=f"N{n}",
            code="T101",
            category="rounding",
            severity=Severity.NOTICE,
            confidence=1,
            message="四舍五入尾差",
            place=held.target.place,
            table=one.title,
            row=f"科目{n}",
            column="合计",
            reported="1,134.50",
            expected="1,134.51",
            difference="-0.01",
            unit="万元",
            ref=CellRef("t1", 3, 4),
        )
        for n in range(1, 6)
    )
    return Report(
        document=Document(
            "星湖局.pdf", "ab" * 32, "pdf", tuple(Page(n, 595, 842) for n in range(1, 11)), (Problem("整页是图片", 3),)
        ),
        profile=Profile("2026年星湖市测绘局部门预算", BIDI, "budget", 2026),
        tables=(two, one),
        checks=(held, rounding, failed, same, explained, unknown),
        findings=(*notices, second, first),
        coverage=Coverage(2, 1, 15, 14, 9, 3, 0, 0),
        not_checked=(NotChecked("X203", "没有三公经费表"),),
        problems=(Problem("整页是图片", 3), Problem("表格没有表名", 9)),
    )


def clean_report(checked: bool = True) -> Report:
    """The same document without findings; with one held check, or with none at all."""
    full = report()
    return replace(full, findings=(), checks=full.checks[:1] if checked else ())
