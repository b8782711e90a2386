"""A check as live formulas over the cells that hold its figures.

A spreadsheet calculates in binary: differences are rounded to the fen (or to the last printed digit, where that is
finer), so that what is zero on paper is zero in the cell. A check whose formulas would not give the verdict that the
audit gave gets none: its line stays as words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import decimals
from budgetaudit.model import Check, Operand, Relation, Verdict
from budgetaudit.report.sheets import column_letter
from budgetaudit.report.words import VERDICT
from budgetaudit.report.workbook.figures import Figures, Spot

ZERO, HUNDRED, CENT = Decimal(0), Decimal(100), Decimal("0.01")
_NEAR = Decimal("1e-9")
"""A quotient is never exact; amounts are."""
_MAX_LENGTH = 8_000
"""A formula may take 8,192 characters."""
_MAX_ARGUMENTS = 250
_RATE_PLACES = 8
_RELATIONS = {
    Relation.QUOTIENT: ("{x}", "{y}", "x"),
    Relation.GROWTH: ("{y}", "({x}-{y})", "y"),
    Relation.DECLINE: ("{y}", "({x}+{y})", "y"),
    Relation.GROWTH_FROM: ("({y}-{x})", "{x}", "both"),
    Relation.DECLINE_FROM: ("({x}-{y})", "{x}", "both"),
}
"""Numerator and denominator of a percentage from its two amounts, and whose intervals widen the numerator."""


@dataclass(frozen=True, slots=True)
class Live:
    """The formulas of one check, without ``=``, and what they give now.

    In ``difference``, ``slack`` and ``verdict`` the names {a} (printed), {b} (expected), {d} (difference) and {t}
    (slack) stand for cells of the check's own line. Figures are in the target's unit, percentages as fractions.
    """

    printed: str
    expected: str
    difference: str
    slack: str
    verdict: str
    now: tuple[Decimal, Decimal, Decimal, Decimal]
    """Printed, expected, difference, slack."""
    places: int
    """Decimals at which its figures are shown."""
    percent: bool = False


def live(check: Check, figures: Figures) -> Live | None:
    """The formulas of a check, None where it has no arithmetic or is undecided.

    Their verdict at the printed figures is the check's own: where no formula gives it there is none.
    """
    if check.kind == "statement" or check.verdict is Verdict.UNKNOWN or not check.operands:
        return None
    target = figures.spot(check.target)
    spots = [figures.spot(operand) for operand in check.operands]
    found = [spot for spot in spots if spot is not None]
    if target is None or len(found) != len(spots):
        return None
    if check.relation is Relation.DIFFERENCE:
        made, verdict = _gap(check, target, found)
    elif check.relation is not None:
        made, verdict = _rate(check, check.relation, target, found)
    elif check.kind == "same" and len(found) > 1:
        made, verdict = _prints(check, target, found)
    else:
        made, verdict = _sum(check, target, found)
    expected = made.now[1] * (HUNDRED if made.percent else target.unit)
    fits = verdict is check.verdict and abs(expected - check.expected) <= _NEAR
    return made if fits and max(len(made.expected), len(made.difference)) <= _MAX_LENGTH else None


# ------------------------------------------------------------------------------------------------------------- amounts


def _sum(check: Check, target: Spot, spots: Sequence[Spot]) -> tuple[Live, Verdict]:
    """The target against the signed sum of the operands; one operand is the same figure in another place."""
    signs = [operand.sign for operand in check.operands]
    terms = [_value(spot) * sign * spot.unit / target.unit for spot, sign in zip(spots, signs, strict=True)]
    expected = sum(terms, ZERO)
    slack = check.slack / target.unit
    exact = (_value(target), *terms, slack)
    difference = _value(target) - expected
    text, verdict = _judge(check, difference, slack)
    return Live(
        printed=_cell(target),
        expected=_signed_sum(spots, signs, target.unit),
        difference=f"ROUND({{a}}-{{b}},{_places(target.unit, exact)})",
        slack=_plain(slack),
        verdict=text,
        now=(_value(target), expected, difference, slack),
        places=_shown(check.target, check.operands, (_value(target), expected)),
    ), verdict


def _prints(check: Check, target: Spot, spots: Sequence[Spot]) -> tuple[Live, Verdict]:
    """One figure printed in several places: they may differ by no more than the slack, whichever is changed."""
    scaled = [_value(spot) * spot.unit / target.unit for spot in (target, *spots)]
    slack = check.slack / target.unit
    spread = max(scaled) - min(scaled)
    cells = ",".join(_scaled(spot, target.unit, number=True) for spot in (target, *spots))
    text, verdict = _judge(check, spread, slack)
    return Live(
        printed=_cell(target),
        expected=_scaled(spots[0], target.unit),
        difference=f"ROUND(MAX({cells})-MIN({cells}),{_places(target.unit, (*scaled, slack))})",
        slack=_plain(slack),
        verdict=text,
        now=(scaled[0], scaled[1], spread, slack),
        places=_shown(check.target, check.operands, scaled[:2]),
    ), verdict


def _judge(check: Check, difference: Decimal, slack: Decimal) -> tuple[str, Verdict]:
    """The verdict of a difference as a formula, and what it gives now."""
    otherwise = Verdict.FAILED
    held, now = "{d}=0", not difference
    if check.verdict is Verdict.EXPLAINED:
        otherwise = Verdict.EXPLAINED
    elif check.verdict is Verdict.HELD and difference > slack and check.kind == "sum":
        held, now = "{d}>=0", difference >= 0  # a partial listing: its parts may not exceed the whole
    elif check.kind == "same" and check.target.ref is None and len(check.operands) == 1:
        held, now = _reprint(check.target, check.operands[0], difference)
    verdict = Verdict.HELD if now else Verdict.ROUNDING if abs(difference) <= slack else otherwise
    near = f"IF(ABS({{d}})<={{t}},{_said(Verdict.ROUNDING)},{_said(otherwise)})"
    return f"IF({held},{_said(Verdict.HELD)},{near})", verdict


def _reprint(target: Operand, source: Operand, difference: Decimal) -> tuple[str, bool]:
    """A figure of the text taken from elsewhere: rounded or cut off where it is the coarser print."""
    unit = target.amount.unit
    own, other = target.amount.half / unit, source.amount.half / unit
    if other < own:
        return f"AND({{d}}>{_plain(-2 * own)},{{d}}<={_plain(own)})", -2 * own < difference <= own
    if other > own:
        return f"ABS({{d}})<={_plain(other)}", abs(difference) <= other
    return "{d}=0", not difference


# ------------------------------------------------------------------------------------------------------ derived figures


def _gap(check: Check, target: Spot, spots: Sequence[Spot]) -> tuple[Live, Verdict]:
    """A difference of two amounts, whichever is the larger."""
    unit = target.unit
    a, b = (_value(spot) * spot.unit / unit for spot in spots[:2])
    slack = sum((o.amount.half for o in (check.target, *check.operands)), ZERO) / unit
    expected = abs(a - b)
    difference = _value(target) - expected
    verdict = Verdict.HELD if abs(difference) <= slack else Verdict.FAILED
    return Live(
        printed=_cell(target),
        expected=f"ABS({_scaled(spots[0], unit)}-{_scaled(spots[1], unit)})",
        difference=f"ROUND({{a}}-{{b}},{_places(unit, (_value(target), a, b, slack))})",
        slack=_plain(slack),
        verdict=f"IF(ABS({{d}})<={{t}},{_said(Verdict.HELD)},{_said(Verdict.FAILED)})",
        now=(_value(target), expected, difference, slack),
        places=_shown(check.target, check.operands, (expected,)),
    ), verdict


def _rate(check: Check, relation: Relation, target: Spot, spots: Sequence[Spot]) -> tuple[Live, Verdict]:
    """A percentage: off by less than its last digit (it may be cut off) and what the amounts' own last digits can do."""
    unit = spots[0].unit
    above, below, widens = _RELATIONS[relation]
    x, y = (_value(spot) * spot.unit / unit for spot in spots[:2])
    half_x, half_y = (operand.amount.half / unit for operand in check.operands[:2])
    both = half_x + half_y
    wide, narrow = {"x": (half_x, half_y), "y": (half_y, both), "both": (both, half_x)}[widens]
    values = {"x": x, "y": y}
    over, under = _value_of(above, values), _value_of(below, values)
    step = Decimal(1).scaleb(-decimals(check.target.amount.text.rstrip("%％")) - 2)
    decided = abs(under) > narrow
    expected = over / under if decided else ZERO
    slack = round((wide + abs(expected) * narrow) / (abs(under) - narrow) + step, _RATE_PLACES) if decided else ZERO
    difference = round(_value(target) - expected, _RATE_PLACES)
    cells = {"x": _scaled(spots[0], unit), "y": _scaled(spots[1], unit)}
    numerator, denominator = above.format(**cells), below.format(**cells)
    return Live(
        printed=_cell(target),
        expected=f'IFERROR({numerator}/{denominator},"")',
        difference=f'IFERROR(ROUND({{a}}-{{b}},{_RATE_PLACES}),"")',
        slack=(
            f"IFERROR(ROUND(({_plain(wide)}+ABS({{b}})*{_plain(narrow)})/(ABS({denominator})-{_plain(narrow)})"
            f'+{_plain(step)},{_RATE_PLACES}),"")'
        ),
        verdict=f"IFERROR(IF(ABS({{d}})<{{t}},{_said(Verdict.HELD)},{_said(Verdict.FAILED)}),{_said(Verdict.FAILED)})",
        now=(_value(target), expected, difference, slack),
        places=max(decimals(check.target.amount.text.rstrip("%％")), 2),
        percent=True,
    ), (Verdict.HELD if abs(difference) < slack else Verdict.FAILED) if decided else Verdict.UNKNOWN


def _value_of(expression: str, values: dict[str, Decimal]) -> Decimal:
    """The value of one of the small expressions of _RELATIONS."""
    names = expression.strip("()").replace("{", "").replace("}", "")
    for sign, factor in (("-", -1), ("+", 1)):
        if sign in names:
            left, right = names.split(sign)
            return values[left] + factor * values[right]
    return values[names]


# --------------------------------------------------------------------------------------------------- pieces of formulas


def _value(spot: Spot) -> Decimal:
    return spot.number if spot.number is not None else ZERO


def _cell(spot: Spot) -> str:
    """A cell's number; text counts as zero."""
    return spot.name if spot.number is not None else f"N({spot.name})"


def _scaled(spot: Spot, unit: Decimal, number: bool = False) -> str:
    """A cell's number in another unit; with ``number`` an emptied cell counts as zero too."""
    name = f"N({spot.name})" if number else _cell(spot)
    if spot.unit == unit:
        return name
    if spot.unit > unit:
        return f"{name}*{_plain(spot.unit / unit)}"
    return f"{name}/{_plain(unit / spot.unit)}"


def _signed_sum(spots: Sequence[Spot], signs: Sequence[int], unit: Decimal) -> str:
    """The signed sum of cells in a unit. SUM passes over text, as the audit takes a dash for nothing."""
    if len(spots) == 1 and signs[0] > 0:
        return _scaled(spots[0], unit)
    text = ""
    for sign in (1, -1):
        groups: dict[Decimal, list[Spot]] = {}
        for spot, own in zip(spots, signs, strict=True):
            if own == sign:
                groups.setdefault(spot.unit, []).append(spot)
        for scale, group in groups.items():
            factor = "" if scale == unit else f"*{_plain(scale / unit)}" if scale > unit else f"/{_plain(unit / scale)}"
            text += ("-" if sign < 0 else "+" if text else "") + _sum_of(_areas(group)) + factor
    return text


def _sum_of(areas: Sequence[str]) -> str:
    if len(areas) <= _MAX_ARGUMENTS:
        return f"SUM({','.join(areas)})"
    packs = [areas[at : at + _MAX_ARGUMENTS] for at in range(0, len(areas), _MAX_ARGUMENTS)]
    return "SUM(" + ",".join(_sum_of(pack) for pack in packs) + ")"


def _areas(spots: Sequence[Spot]) -> list[str]:
    """Cells as references, neighbours along a row or a column as one area."""
    found: list[str] = []
    at = 0
    while at < len(spots):
        first = last = spots[at]
        for down, right in ((1, 0), (0, 1)):
            end = at
            while end + 1 < len(spots) and _follows(spots[end], spots[end + 1], down, right):
                end += 1
            if end > at:
                last = spots[end]
                break
        found.append(first.name if last is first else f"{first.name}:{column_letter(last.col)}{last.row}")
        at = end + 1
    return found


def _follows(one: Spot, next_one: Spot, down: int, right: int) -> bool:
    return (next_one.sheet, next_one.row, next_one.col) == (one.sheet, one.row + down, one.col + right)


def _places(unit: Decimal, exact: Sequence[Decimal]) -> int:
    """Decimals to which a difference is rounded: the fen in this unit, or finer where a figure is."""
    return max(_decimals(CENT / unit), *(_decimals(value) for value in exact))


def _shown(target: Operand, operands: Sequence[Operand], values: Sequence[Decimal]) -> int:
    """Decimals at which figures are shown: as printed, and no digit of a value lost."""
    printed = [decimals(o.amount.text) for o in (target, *operands) if o.amount.unit == target.amount.unit]
    return max((*printed, *(_decimals(value) for value in values)), default=0)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal) -> str:
    """A number as formulas write it."""
    return f"{value.normalize():f}" if value else "0"


def _said(verdict: Verdict) -> str:
    text = VERDICT[verdict].replace('"', '""')
    return f'"{text}"'
