"""Groups of figures: rank, list and count the members of an axis, none containing another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from disclosure.library import FactQuery
from disclosure.model import ALL, THREE_PUBLIC_PARTS, Fact, Level, Measure
from disclosure.money import MONEY_UNITS, Amount
from qa_service.tools.cells import BREAKDOWN, Cell, CellFinder
from qa_service.tools.results import Grouped, Member, Result
from qa_service.tools.rows import rows_of
from qa_service.understanding.plan import Condition, Count, Group, Listing, Rank, Selector

#: What the comparators of a condition mean.
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
#: So many zeros are told one by one (the three of 三公); of more, those with figures.
_FEW = 5
#: What the members of an axis are called.
GROUP_NOUNS = {
    "unit": "单位",
    "department": "部门",
    "project": "项目",
    "subject": "科目",
    "economic": "经济分类科目",
    "fund": "资金来源",
    "kind": "支出类别",
    "procurement_kind": "采购类型",
    "row": "明细",
}
#: Classification digits of a leaf, where the question names no level.
_LEAF_DIGITS = {"subject": 7, "economic": 5, "gov_economic": 5}


def rank(finder: CellFinder, plan: Rank) -> Grouped:
    """Members by value; ties stand together. A zero never ranks as the largest of zeros."""
    group, everyone = with_figures(finder, plan.group)
    plan = plan.model_copy(update={"group": group})
    members = _filtered(everyone, plan.condition)
    if plan.member is not None:
        return _placed(plan, members)
    # The classes of a summary table that nothing is planned for are no part of the budget.
    if plan.descending or plan.group.axis in ("subject", "economic"):
        members = [m for m in members if m.cell.value != 0]
    ordered = sorted(members, key=lambda m: _base_value(m.cell), reverse=plan.descending)
    if plan.position is not None:
        chosen = ordered[plan.position - 1 : plan.position]
    else:
        chosen = ordered[: plan.n]
        while chosen and len(chosen) < len(ordered) and _ties(ordered[len(chosen)], chosen[-1]):
            chosen.append(ordered[len(chosen)])
    return Grouped(plan, tuple(chosen), len(members), tuple(everyone))


def _placed(plan: Rank, members: list[Member]) -> Grouped:
    """One member with its place: 1 and those that come before it."""
    own = next((m for m in members if m.key == plan.member), None)
    if own is None:
        return Grouped(plan, (), len(members), tuple(members))
    if plan.group.axis in ("subject", "economic"):
        members = [m for m in members if m.cell.value != 0 or m is own]
    value = _base_value(own.cell)
    values = [_base_value(m.cell) for m in members]
    before = sum(v > value if plan.descending else v < value for v in values)
    placed = plan.model_copy(update={"position": before + 1})
    return Grouped(placed, (own,), len(members), tuple(members))


def listing(finder: CellFinder, plan: Listing) -> Grouped:
    """All members that meet the condition, in the document's order; of a summary table that
    prints every class of the national list, those that anything is planned for."""
    group, everyone = with_figures(finder, plan.group)
    plan = plan.model_copy(update={"group": group})
    everyone = _spent_on(plan, everyone)
    of_a_list = plan.group.axis in ("subject", "economic") and len(everyone) > _FEW
    if of_a_list and plan.condition is None:
        everyone = [m for m in everyone if m.cell.value != 0] or everyone
    return Grouped(plan, tuple(_filtered(everyone, plan.condition)), len(everyone), tuple(everyone))


def count(finder: CellFinder, plan: Count) -> Grouped:
    """How many members meet the condition."""
    group, everyone = with_figures(finder, plan.group)
    plan = plan.model_copy(update={"group": group})
    everyone = _spent_on(plan, everyone)
    return Grouped(plan, tuple(_filtered(everyone, plan.condition)), len(everyone), tuple(everyone))


def _spent_on(plan: Listing | Count, members: list[Member]) -> list[Member]:
    """不到5万元的费用: items that nothing is planned for are none of these."""
    condition = plan.condition
    below = condition is not None and condition.comparator in ("<", "<=")
    if not below or plan.group.axis not in ("subject", "economic"):
        return members
    return [m for m in members if m.cell.value != 0]


def members_of(finder: CellFinder, group: Group) -> list[Member]:
    """The group's members with their figures; members without a figure are left out."""
    if group.axis == "department":
        return _departments(finder, group)
    if group.axis == "row":
        return rows_of(finder, group)
    names = finder.names(group.selector.disclosure_id)
    members = []
    for key in group.members or _keys(finder, group):
        narrowed = narrow(group.selector, group.axis, key)
        cell = finder.resolve(narrowed).cell
        if cell is not None and not _only_a_part(cell, group):
            members.append(Member(key, names.member(group.axis, key), cell))
    return members


def singled_out(result: Result | None) -> Selector | None:
    """The one member that a ranking came to, as a selector."""
    if not isinstance(result, Grouped) or len(result.members) != 1:
        return None
    plan = result.plan
    if not isinstance(plan, Rank):
        return None
    if plan.group.axis == "row":
        return None  # a row is no member that other figures are asked of
    member = result.members[0]
    readings = tuple(
        where.narrowed({plan.group.axis: member.key}) for where in plan.group.selector.readings
    )
    return Selector(disclosure_id=member.cell.disclosure_id, name=member.name, readings=readings)


def with_figures(finder: CellFinder, group: Group) -> tuple[Group, list[Member]]:
    """The group with its members; units whose whole expenditure is not published stand there with
    their revenue (预算 means either)."""
    members = members_of(finder, group)
    spent = all(w.measure == Measure.EXPENDITURE for w in group.selector.readings)
    if members or group.axis != "unit" or not spent:
        return group, members
    other = group.model_copy(update={"selector": revenue_instead(group.selector)})
    members = members_of(finder, other)
    return (other, members) if members else (group, [])


def revenue_instead(selector: Selector) -> Selector:
    """The same of what comes in."""
    readings = tuple(
        where.model_copy(update={"measure": Measure.REVENUE}) for where in selector.readings
    )
    return selector.model_copy(update={"name": "收入总预算", "readings": readings})


def _only_a_part(cell: Cell, group: Group) -> bool:
    """Whether a unit's figure is that of 基本支出 alone, where its whole budget is ranked."""
    of_whole = all(set(where.axes) <= {"unit"} for where in group.selector.readings)
    narrowed = cell.coordinates.kind != ALL or cell.coordinates.nature != ALL
    return group.axis == "unit" and of_whole and narrowed


def narrow(selector: Selector, axis: str, key: str) -> Selector:
    """The selector of one member of an axis."""
    readings = tuple(where.narrowed({axis: key}) for where in selector.readings)
    return selector.model_copy(update={"readings": readings})


def _keys(finder: CellFinder, group: Group) -> list[str]:
    """Members of the axis that the disclosure publishes at the coordinates, on one level."""
    disclosure = finder.disclosure(group.selector.disclosure_id)
    if group.axis == "unit":
        return [unit.key for unit in disclosure.units]
    if group.within in THREE_PUBLIC_PARTS:
        return list(THREE_PUBLIC_PARTS[group.within])
    wanted = group.level or _LEAF_DIGITS.get(group.axis)
    keys: dict[str, None] = {}
    facts: Iterable[Fact] = (
        fact for where in group.selector.readings for fact in finder.facts_at(group.selector, where)
    )
    published: list[str] = []
    for fact in facts:
        key = getattr(fact.coordinates, group.axis)
        if key != ALL:
            published.append(key)
    coded = [key for key in published if key.isdigit()]
    for key in published:
        if group.within and (not key.startswith(group.within) or key == group.within):
            continue
        if wanted and group.axis in _LEAF_DIGITS:
            if not key.isdigit():
                if not coded:
                    keys.setdefault(key)
                continue
            if len(key) > wanted:
                key = key[:wanted]
            elif (len(key) < wanted and any(k != key and k.startswith(key) for k in coded)) or (
                len(key) < wanted and group.level
            ):
                continue
        keys.setdefault(key)
    return list(keys)


def _departments(finder: CellFinder, group: Group) -> list[Member]:
    """Each department once, at department level; a 本级 document stands for its department only
    where it is the only one."""
    chosen: dict[tuple[object, str], str] = {}
    for disclosure_id in group.disclosure_ids:
        disclosure = finder.disclosure(disclosure_id)
        key = (disclosure.region, disclosure.department)
        known = chosen.get(key)
        if known is None or (
            disclosure.level is Level.DEPARTMENT
            and finder.disclosure(known).level is not Level.DEPARTMENT
        ):
            chosen[key] = disclosure_id
    found: dict[str, tuple[float, Fact]] = {}
    for where in group.selector.readings:
        measures = [where.measure] if where.measure else finder.measures_of(where)
        for order, measure in enumerate(measures):
            query = FactQuery(
                measure=measure,
                aspect=group.selector.aspect,
                coordinates=tuple({"unit": ALL, **where.axes}.items()),
                disclosure_ids=tuple(chosen.values()),
            )
            for fact in finder.library.find_facts(query):
                cost = finder.cost(fact, where) + 0.01 * order
                known_fact = found.get(fact.disclosure_id)
                if cost < BREAKDOWN and (known_fact is None or cost < known_fact[0]):
                    found[fact.disclosure_id] = (cost, fact)
    members = []
    for disclosure_id in chosen.values():
        if disclosure_id not in found:
            continue
        fact = found[disclosure_id][1]
        names = finder.names(disclosure_id)
        members.append(Member(disclosure_id, names.department(), finder.single(fact)))
    return members


def _filtered(members: list[Member], condition: Condition | None) -> list[Member]:
    if condition is None:
        return list(members)
    return [m for m in members if meets(m.cell, condition)]


def meets(cell: Cell, condition: Condition) -> bool:
    """Whether a figure meets a threshold of the question, in the threshold's unit."""
    value = cell.value
    if cell.unit != condition.unit:
        if cell.unit not in MONEY_UNITS or condition.unit not in MONEY_UNITS:
            return False
        value = Amount(cell.value, cell.unit).to(condition.unit).value
    if condition.below is not None:
        upper = Condition(comparator="<=", value=condition.below, unit=condition.below_unit)
        if not meets(cell, upper):
            return False
    return COMPARE[condition.comparator](value, condition.value)


def _base_value(cell: Cell) -> Decimal:
    return cell.value * MONEY_UNITS.get(cell.unit, Decimal(1))


def _ties(left: Member, right: Member) -> bool:
    return _base_value(left.cell) == _base_value(right.cell)
