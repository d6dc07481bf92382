"""Arithmetic on published figures: lookup, total, share, change, prior, difference, ratio, average.

Plain functions from a plan to a result. Every figure keeps the cells that it was computed from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from disclosure.model import ALL, Aspect, Disclosure, Measure
from disclosure.money import (
    MONEY_UNITS,
    PERCENT,
    Amount,
    format_number,
    half_step,
    plain,
    round_half_up,
)
from qa_service.answering.answer import Operation
from qa_service.tools.cells import Cell, CellFinder, Resolution
from qa_service.tools.groups import GROUP_NOUNS, members_of, revenue_instead
from qa_service.tools.results import Calculated, Changed, ChangeOf, Computed, Looked
from qa_service.understanding.plan import (
    Average,
    Change,
    Difference,
    Group,
    Lookup,
    Prior,
    Ratio,
    Selector,
    Share,
    Total,
    Where,
)

#: A sum of more parts than this is labelled by the first two.
_NAMED_ONE_BY_ONE = 4
_SUM_LABEL = "合计"
#: Decimals of an amount that is computed with as people read it.
_FINE = 2
#: Periods of a year, for averages that need no published divisor.
_PERIODS = {"month": (Decimal(12), "月"), "quarter": (Decimal(4), "季度")}


def lookup(finder: CellFinder, plan: Lookup) -> Looked:
    """The published figure of each selector."""
    found, missing = _parted([finder.resolve(_published_whole(finder, s)) for s in plan.selectors])
    return Looked(plan, tuple(found), tuple(missing))


def _published_whole(finder: CellFinder, selector: Selector) -> Selector:
    """A unit's whole budget by its revenue where only that is published: 预算 means either."""
    whole = all(
        where.measure == Measure.EXPENDITURE and set(where.axes) == {"unit"}
        for where in selector.readings
    )
    if not whole or selector.aspect != Aspect.AMOUNT:
        return selector
    cell = finder.resolve(selector).cell
    if cell is not None and cell.coordinates.kind == ALL and cell.coordinates.nature == ALL:
        return selector
    other = revenue_instead(selector)
    return selector if finder.resolve(other).cell is None else other


def total(finder: CellFinder, plan: Total) -> Calculated:
    """Sum of the selectors' figures less those taken off; nothing when one is not published."""
    found, missing = _resolve(finder, plan.selectors)
    off, more = _resolve(finder, plan.minus)
    cells = [r.cell for r in found if r.cell]
    taken = [r.cell for r in off if r.cell]
    missing += more
    missing += [r for r in (*found, *off) if r.cell and r.cell.unit not in MONEY_UNITS]
    if missing or not cells:
        return Calculated(plan, (), tuple(missing))
    unit = cells[0].unit
    values = [_in(cell, unit) for cell in cells]
    minus = [_in(cell, unit) for cell in taken]
    value = sum(values, Decimal(0)) - sum(minus, Decimal(0))
    formula = " + ".join(map(_term, values)) + "".join(f" - {_term(v)}" for v in minus)
    label = _labels(cells).removesuffix(_SUM_LABEL) if len(cells) > 1 else cells[0].label
    if taken:
        label += "扣除" + "、".join(finder_what(finder, cell) for cell in taken)
    else:
        label += "合计"
    figure = Computed(
        label,
        value,
        unit,
        Operation.TOTAL,
        f"{formula} = {format_number(value)}（{unit}）",
        (*cells, *taken),
    )
    return Calculated(plan, (figure,), ())


def share(finder: CellFinder, plan: Share) -> Calculated:
    """Each part as a percentage: the published share when there is one for that whole."""
    figures: list[Computed] = []
    missing: list[Resolution] = []
    if (plan.together or plan.more) and plan.whole is not None:
        return _share_together(finder, plan, (plan.whole, *plan.more))
    for part in plan.parts:
        part = _published_whole(finder, part)
        resolution = _computable(finder.resolve(part))
        published = finder.resolve(part.model_copy(update={"aspect": Aspect.SHARE})).cell
        whole_name = plan.whole.name if plan.whole else ""
        if plan.whole is not None and plan.whole.disclosure_id != part.disclosure_id:
            published = None  # of another department's figure no share is published
        if published and (not plan.whole or _names_whole(published.facts[0].base, whole_name)):
            inputs = (published,) if resolution.cell is None else (published, resolution.cell)
            figures.append(
                Computed(
                    published.label,
                    published.value,
                    PERCENT,
                    Operation.LOOKUP,
                    f"公开文件载明：{published.facts[0].printed or published.value}",
                    inputs,
                )
            )
            continue
        whole = _computable(finder.resolve(plan.whole)).cell if plan.whole else None
        if whole is None and resolution.cell is not None and plan.whole is None:
            whole = _implied_whole(finder, part, resolution.cell)
        if resolution.cell is None or whole is None:
            missing.append(resolution)
            continue
        if plan.whole is not None and _same_place(resolution.cell, whole):
            missing.append(Resolution(part))  # a thing's share of itself was not asked
            continue
        figures.append(_share(finder, resolution.cell, whole))
    return Calculated(plan, tuple(figures), tuple(missing))


def _same_place(left: Cell, right: Cell) -> bool:
    same_owner = left.disclosure_id == right.disclosure_id
    return same_owner and left.coordinates == right.coordinates and left.measure == right.measure


def _share_together(finder: CellFinder, plan: Share, wholes: tuple[Selector, ...]) -> Calculated:
    """Parts or wholes that are added before one is divided by the other."""
    found, missing = _resolve(finder, (*plan.parts, *wholes))
    cells = [r.cell for r in found if r.cell is not None]
    if missing:
        return Calculated(plan, (), tuple(missing))
    size = len(plan.parts)
    whole = cells[size] if len(wholes) == 1 else _together(cells[size:])
    parts = [_together(cells[:size])] if plan.together else cells[:size]
    return Calculated(plan, tuple(_share(finder, part, whole) for part in parts), ())


def change(finder: CellFinder, plan: Change) -> Changed:
    """The change of each selector's figure against last year."""
    changes = [change_of(finder, selector) for selector in plan.selectors]
    known = tuple(c for c in changes if c.amount is not None or c.rate is not None)
    missing = tuple(
        Resolution(c.selector, c.now) for c in changes if c.amount is None and c.rate is None
    )
    return Changed(plan, known, missing)


def change_of(finder: CellFinder, selector: Selector) -> ChangeOf:
    """Published change and rate at the selector's coordinates, else computed from two years."""
    now = finder.resolve(selector).cell
    amount = _aspect(finder, selector, Aspect.CHANGE, now)
    rate = _aspect(finder, selector, Aspect.CHANGE_RATE, now)
    prior = _aspect(finder, selector, Aspect.PRIOR, now)
    if amount is None and rate is None and now is not None:
        prior = prior or _last_years(finder, selector)
        if prior is not None:
            difference = _in(now, now.unit) - _in(prior, now.unit)
            computed = Computed(
                f"{now.label}比上年增减额",
                difference,
                now.unit,
                Operation.CHANGE,
                f"{_term(now.value)} - {_term(_in(prior, now.unit))} = {format_number(difference)}"
                f"（{now.unit}）",
                (now, prior),
            )
            before = _in(prior, now.unit)
            percent = round_half_up(difference / before * 100, 2) if before else None
            computed_rate = percent is not None and Computed(
                f"{now.label}比上年增减幅度",
                percent,
                PERCENT,
                Operation.CHANGE,
                f"{_term(difference)} ÷ {_term(before)} × 100% ≈ {percent}%",
                (now, prior),
            )
            return ChangeOf(selector, now, computed, computed_rate or None, prior)
    return ChangeOf(selector, now, amount, rate, prior)


def prior(finder: CellFinder, plan: Prior) -> Looked:
    """Last year's figure of each selector: stated, derived, or of last year's own disclosure."""
    found: list[Resolution] = []
    missing: list[Resolution] = []
    for selector in plan.selectors:
        now = finder.resolve(selector).cell
        cell = _last_years(finder, selector) or _aspect(finder, selector, Aspect.PRIOR, now)
        resolution = Resolution(selector, cell or None, parts=(now,) if now and not cell else ())
        (found if cell else missing).append(resolution)
    return Looked(plan, tuple(found), tuple(missing))


def _sides(
    finder: CellFinder, plan: Difference | Ratio
) -> tuple[tuple[Cell, Cell] | None, list[Resolution]]:
    """Both sides as one cell each, several figures of a side added; or what is not published."""
    sides: list[Cell] = []
    missing: list[Resolution] = []
    for selectors in (plan.left, plan.right):
        found, absent = _resolve(finder, selectors)
        missing += absent
        cells = [r.cell for r in found if r.cell is not None]
        if cells and not absent:
            sides.append(_together(cells))
    return ((sides[0], sides[1]) if len(sides) == 2 else None), missing


def _together(cells: Sequence[Cell]) -> Cell:
    """Several cells as one sum, labelled by all of them."""
    if len(cells) == 1:
        return cells[0]
    first = cells[0]
    values = [_in(cell, first.unit) for cell in cells]
    total = sum(values, Decimal(0))
    return replace(
        first,
        value=total,
        label=_labels(cells),
        facts=tuple(fact for cell in cells for fact in cell.facts),
        formula=" + ".join(map(_term, values)) + f" = {format_number(total)}",
    )


def _labels(cells: Sequence[Cell]) -> str:
    """What a sum is called: by all of its parts where these are few, their owner said once."""
    labels = [cell.label for cell in cells]
    first, last = min(labels), max(labels)
    alike = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    )
    owner = first[: first.rfind("年", 0, alike) + 1]
    parts = [label.removeprefix(owner) for label in labels]
    if len(parts) > _NAMED_ONE_BY_ONE:
        return f"{owner}{parts[0]}、{parts[1]}等{len(parts)}项{_SUM_LABEL}"
    return owner + "、".join(parts) + _SUM_LABEL


def difference(finder: CellFinder, plan: Difference) -> Calculated:
    """``left`` − ``right`` in the left's unit."""
    pair, missing = _sides(finder, plan)
    if pair is None:
        return Calculated(plan, (), tuple(missing))
    left, right = pair
    if not plan.ordered and left.value < _in(right, left.unit):
        left, right = right, left
    value = left.value - _in(right, left.unit)
    figure = Computed(
        f"{left.label}与{right.label}的差额",
        value,
        left.unit,
        Operation.DIFFERENCE,
        f"{_term(left.value)} - {_term(_in(right, left.unit))} = {format_number(value)}"
        f"（{left.unit}）",
        (left, right),
    )
    return Calculated(plan, (figure,), ())


def ratio(finder: CellFinder, plan: Ratio) -> Calculated:
    """``left`` as a multiple of ``right``, two decimals; nothing when ``right`` is zero."""
    pair, missing = _sides(finder, plan)
    if pair is None:
        return Calculated(plan, (), tuple(missing))
    left, right = pair
    below = _in(right, left.unit)
    if below == 0:
        return Calculated(plan, (), (Resolution(plan.right[0], right),))
    value = round_half_up(left.value / below, 2)
    figure = Computed(
        f"{left.label}相当于{right.label}的倍数",
        value,
        "倍",
        Operation.RATIO,
        f"{_term(left.value)} ÷ {_term(below)} ≈ {format_number(value)}",
        (left, right),
    )
    return Calculated(plan, (figure,), ())


def average(finder: CellFinder, plan: Average) -> Calculated:
    """The figure per month, or per published head or unit."""
    if plan.group is not None and plan.group.axis == "department":
        return _average_of_departments(finder, plan, plan.group)
    if plan.group is not None and plan.group.axis == "unit" and plan.group.members:
        return _average_of_units(finder, plan, plan.group)
    resolution = finder.resolve(plan.selector)
    if resolution.cell is None:
        return Calculated(plan, (), (resolution,))
    cell = resolution.cell
    inputs: tuple[Cell, ...] = (cell,)
    if plan.per in _PERIODS:
        divisor, noun = _PERIODS[plan.per]
    elif plan.group is not None:
        members = members_of(finder, plan.group)
        if not members:
            return Calculated(plan, (), (Resolution(plan.group.selector),))
        divisor, noun = Decimal(len(members)), GROUP_NOUNS[plan.group.axis]
    else:
        assert plan.divisor is not None
        head = finder.resolve(plan.divisor)
        if head.cell is None or head.cell.value == 0:
            return Calculated(plan, (), (head,))
        divisor, noun = head.cell.value, head.cell.unit
        inputs = (cell, head.cell)
    value = round_half_up(cell.value / divisor, 2)
    figure = Computed(
        f"{cell.label}平均每{noun}",
        value,
        cell.unit,
        Operation.AVERAGE,
        f"{_term(cell.value)} ÷ {_term(divisor)} ≈ {format_number(value)}（{cell.unit}）",
        inputs,
    )
    return Calculated(plan, (figure,), ())


def _average_of_units(finder: CellFinder, plan: Average, group: Group) -> Calculated:
    """The figures of some of the units, added and divided by their number."""
    cells = [member.cell for member in members_of(finder, group)]
    if len(cells) < len(group.members):
        return Calculated(plan, (), (Resolution(plan.selector),))
    whole = _together(cells)
    value = round_half_up(whole.value / len(cells), 2)
    figure = Computed(
        f"{whole.label}平均每{GROUP_NOUNS['unit']}",
        value,
        whole.unit,
        Operation.AVERAGE,
        f"{_term(whole.value)} ÷ {len(cells)} ≈ {format_number(value)}（{whole.unit}）",
        tuple(cells),
    )
    return Calculated(plan, (figure,), ())


def _average_of_departments(finder: CellFinder, plan: Average, group: Group) -> Calculated:
    """The departments' own figures, added and divided by their number."""
    cells = [member.cell for member in members_of(finder, group)]
    if not cells:
        return Calculated(plan, (), (Resolution(plan.selector),))
    whole = _together(cells)
    value = round_half_up(whole.value / len(cells), 2)
    formula = f"{_term(whole.value)} ÷ {len(cells)} ≈ {format_number(value)}（{whole.unit}）"
    figure = Computed(
        f"{len(cells)}个部门{cells[0].year}年{plan.selector.name}的平均数",
        value,
        whole.unit,
        Operation.AVERAGE,
        formula,
        tuple(cells),
    )
    return Calculated(plan, (figure,), ())


def _computable(resolution: Resolution) -> Resolution:
    """The same figure by its finer statement (12,346万元 beside 123,456,700元), where the one that
    people read is rounded to whole 万元: what is computed from it would be off."""
    cell = resolution.cell
    if cell is None or cell.formula or cell.unit not in MONEY_UNITS or cell.places >= _FINE:
        return resolution
    stated = [f for f in cell.facts if f.unit in MONEY_UNITS and f.origin != "derived"]
    finest = min(stated, key=lambda f: half_step(f.places) * MONEY_UNITS[f.unit], default=None)
    if finest is None or finest is cell.facts[0] or finest.value is None:
        return resolution
    value = Amount(finest.value, finest.unit).to(cell.unit).value
    rest = tuple(fact for fact in cell.facts if fact is not finest)
    exact = replace(cell, value=value, places=_places(value), facts=(finest, *rest))
    return replace(resolution, cell=exact)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _resolve(
    finder: CellFinder, selectors: Sequence[Selector]
) -> tuple[list[Resolution], list[Resolution]]:
    """Figures to compute with, and what is not published."""
    return _parted([_computable(finder.resolve(_published_whole(finder, s))) for s in selectors])


def _parted(resolutions: Sequence[Resolution]) -> tuple[list[Resolution], list[Resolution]]:
    """Those that came to a figure, and those that did not."""
    found = [r for r in resolutions if r.cell is not None]
    return found, [r for r in resolutions if r.cell is None]


def _aspect(
    finder: CellFinder, selector: Selector, aspect: Aspect, now: Cell | None
) -> Cell | None:
    """The figure of another aspect at the coordinates that the amount was found at."""
    cell = finder.resolve(selector.model_copy(update={"aspect": aspect})).cell
    if cell is None or now is None:
        return cell
    narrowed = {
        axis: member
        for axis, member in cell.coordinates.narrowed().items()
        if axis not in ("fund", "carry")
    }
    known = now.coordinates.narrowed()
    # A change published for another breakdown is a right figure for another question.
    return cell if all(known.get(axis) == member for axis, member in narrowed.items()) else None


def _last_years(finder: CellFinder, selector: Selector) -> Cell | None:
    """The figure in the same department's disclosure of the year before, when it is loaded."""
    disclosure = finder.disclosure(selector.disclosure_id)
    before = finder.counterpart(disclosure, disclosure.year - 1)
    if before is None:
        return None
    return finder.resolve(_carried_over(selector, disclosure, before)).cell


def _carried_over(selector: Selector, here: Disclosure, there: Disclosure) -> Selector:
    """The selector in another disclosure of the department; units are matched by name."""
    by_name = {unit.name: unit.key for unit in there.units}
    names = {unit.key: unit.name for unit in here.units}
    readings = []
    for where in selector.readings:
        unit = where.axes.get("unit", ALL)
        if unit == ALL:
            readings.append(where)
        elif (name := names.get(unit, "")) in by_name:
            readings.append(where.narrowed({"unit": by_name[name]}))
    return selector.model_copy(update={"disclosure_id": there.id, "readings": tuple(readings)})


def _implied_whole(finder: CellFinder, part: Selector, cell: Cell) -> Cell | None:
    """The whole that a share is ordinarily given of: the item's own total."""
    axes = cell.coordinates.narrowed()
    axes.pop("carry", None)
    measure: str = cell.measure
    if axes.get("economic") == "三公":
        return finder.resolve(
            Selector(
                disclosure_id=part.disclosure_id,
                name="支出总预算",
                readings=(
                    Where(
                        measure=Measure.EXPENDITURE,
                        axes={k: v for k, v in axes.items() if k == "unit"},
                    ),
                ),
            )
        ).cell
    if measure == Measure.THREE_PUBLIC and axes.get("economic") not in ("三公", "30215", "30216"):
        axes["economic"] = "三公"
    elif "nature" in axes:
        del axes["nature"]
        axes["kind"] = "basic"
    else:
        order = ("procurement_kind", "procurement_mode", "item", "project", "economic")
        dropped = next((a for a in (*order, "subject", "kind", "unit", "fund") if a in axes), None)
        if dropped is None:
            return None
        axes = {k: v for k, v in axes.items() if k != dropped}
        if dropped == "project":
            axes.pop("subject", None)
    if measure in (Measure.THREE_PUBLIC, Measure.EXPENDITURE, Measure.REVENUE) and (
        axes.get("fund") == "fiscal"
    ):
        del axes["fund"]
    whole = Selector(
        disclosure_id=part.disclosure_id,
        name="",
        readings=(Where(measure=measure, axes=axes),),
    )
    return finder.resolve(whole).cell


def _share(finder: CellFinder, part: Cell, whole: Cell) -> Computed:
    below = _in(whole, part.unit)
    if below == 0:
        value = Decimal("0.00")
        formula = f"{whole.label}为0，不能计算占比"
    else:
        value = round_half_up(part.value / below * 100, 2)
        formula = f"{_term(part.value)} ÷ {_term(below)} × 100% ≈ {value}%"
    return Computed(
        f"{part.label}占{_whole_name(finder, part, whole)}的比例",
        value,
        PERCENT,
        Operation.SHARE,
        formula,
        (part, whole),
    )


def _whole_name(finder: CellFinder, part: Cell, whole: Cell) -> str:
    """What the whole is called; with its owner where that is another department."""
    if finder.disclosure(part.disclosure_id).department == (
        finder.disclosure(whole.disclosure_id).department
    ):
        return finder_what(finder, whole)
    return whole.label


def finder_what(finder: CellFinder, cell: Cell) -> str:
    """The cell's name without year, for the second half of a label."""
    if cell.label.endswith(_SUM_LABEL):
        return cell.label
    names = finder.names(cell.disclosure_id)
    unit = names.unit(cell.coordinates.unit) if cell.coordinates.unit != ALL else ""
    return unit + names.what(cell.coordinates, cell.measure, cell.label)


def _names_whole(base: str, name: str) -> bool:
    """Whether a published share's base is the whole that the question names."""
    trim = str.maketrans("", "", "“”预算的部门总合计")
    short, asked = base.translate(trim), name.translate(trim)
    return bool(short) and (short == asked or short in asked or asked in short)


def _in(cell: Cell, unit: str) -> Decimal:
    if cell.unit == unit or unit not in MONEY_UNITS:
        return cell.value
    return Amount(cell.value, cell.unit).to(unit).value


def _term(value: Decimal) -> str:
    text = format_number(plain(value) if value == value.to_integral() else value)
    return f"({text})" if value < 0 else text
