"""Wording of figures: one direct sentence first, then the computation, then other readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.model import ALL, Aspect, Measure
from disclosure.money import MONEY_UNITS, PERCENT, Amount, format_amount, round_half_up
from qa_service.answering.answer import (
    Derivation,
    Figure,
    InputFigure,
    Operation,
    Status,
)
from qa_service.answering.draft import Draft, FigureWriter, money, unsigned
from qa_service.answering.evidence import Evidence
from qa_service.tools.cells import Cell, CellFinder, Resolution, agree
from qa_service.tools.groups import COMPARE, GROUP_NOUNS, meets
from qa_service.tools.results import (
    Calculated,
    Changed,
    ChangeOf,
    Computed,
    Grouped,
    Looked,
    Member,
)
from qa_service.understanding.plan import (
    Change,
    Condition,
    Count,
    Difference,
    Group,
    Listing,
    Lookup,
    Prior,
    Rank,
    Ratio,
    Selector,
    Share,
    Total,
    Where,
)

_MAX_LISTED = 60
#: What is ranked of departments, where it is not the amount.
_ASPECTS = {"change": "比上年增减额", "change_rate": "比上年增减幅度"}
#: A rounded claim may be this part of the figure away from it, and is still right.
_NEAR = Decimal("0.05")


class FigureAnswers:
    """Writes the answers of the figure tools."""

    def __init__(self, finder: CellFinder, evidence: Evidence) -> None:
        self._finder = finder
        self._evidence = evidence
        self._writer = FigureWriter(evidence)

    # -- lookup and prior ----------------------------------------------------------------------

    def looked(self, result: Looked) -> Draft:
        """Published figures, one sentence each; what is not published is named."""
        draft = Draft()
        plan = result.plan
        unit = getattr(plan, "unit", None)
        claim = plan.claim if isinstance(plan, Lookup) else None
        yes_no = isinstance(plan, Lookup) and plan.yes_no
        if claim is not None:  # 二十万 in the question is 20万元 here
            draft.stated.append(format_amount(claim.value, claim.unit))
        for resolution in result.found:
            cell = resolution.cell
            assert cell is not None
            figure = self._writer.cell(cell, unit)
            draft.figures.append(figure)
            draft.say(self._lead(cell, unit, claim, yes_no=yes_no) + self._how(cell, unit))
            self._others(draft, resolution, unit)
        if len(result.found) > 2:
            _as_list(draft, result.found, unit)
        self._missing(draft, result.missing, prior=isinstance(plan, Prior))
        return draft

    def _lead(self, cell: Cell, unit: str | None, claim: Condition | None, *, yes_no: bool) -> str:
        """The direct sentence, opening with the verdict where the question asserts something."""
        shown = money(cell, unit)
        text = f"{cell.label}为{shown}"
        if claim is not None and _comparable(cell.unit, claim.unit):
            right = meets(cell, claim) or _rounds_to(cell, claim) or _somewhat_over(cell, claim)
            return f"是的，{text}。" if right else f"{_denied(claim)}，{text}。"
        if cell.value == 0 and cell.unit != PERCENT:
            return f"没有安排：{text}。" if yes_no else f"{text}（没有安排）。"
        return f"有安排，{text}。" if yes_no else f"{text}。"

    def _how(self, cell: Cell, unit: str | None) -> str:
        """How the figure came about, where it is not simply printed."""
        converted = ""
        if unit and unit != cell.unit and money(cell, unit) != money(cell):
            converted = f"（即{money(cell)}）"
        if not cell.formula:
            return converted
        if cell.facts[0].origin == "derived" and not any(c.isdigit() for c in cell.formula):
            return f"{converted}由各栏加总：{cell.formula}（{cell.unit}）。"
        if cell.facts[0].origin == "derived" and cell.aspect != Aspect.PRIOR:
            added = f"由{len(cell.facts[0].inputs)}项公开数加总"
            return f"{converted}{added}：{cell.formula}（{cell.unit}）。"
        if cell.facts[0].origin == "derived":
            base = cell.facts[0].base
            stated = f"按公开的本年数和比{base}增减额推算" if base else "按公开的本年数和增减额推算"
            return f"{converted}{stated}：{cell.formula}（{cell.unit}）。"
        parts = f"由{len(cell.facts)}项公开数加总" if len(cell.facts) > 1 else "由公开数得出"
        if len(cell.facts) <= 12:
            return f"{converted}{parts}：{cell.formula}（{cell.unit}）。"
        return f"{converted}{parts}。"

    def _others(self, draft: Draft, resolution: Resolution, unit: str | None) -> None:
        """Other readings of the same words, labelled, in one clause."""
        others = resolution.others[:2]
        if not others:
            return
        for cell in others:
            draft.figures.append(self._writer.cell(cell, unit))
        clauses = "；".join(f"{cell.label}为{money(cell, unit)}" for cell in others)
        draft.say(f"另外，同名的其他口径：{clauses}。")

    def _missing(self, draft: Draft, missing: Sequence[Resolution], *, prior: bool = False) -> None:
        """What is not published, named; without any figure the answer is not_disclosed."""
        for resolution in missing:
            names = self._finder.names(resolution.selector.disclosure_id)
            title = names.disclosure.title
            what = self._asked(resolution.selector)
            if prior:
                draft.say(
                    f"《{title}》没有公布“{what}”的上年数，也没有公布可以推算它的同比增减额。"
                )
            elif resolution.parts:
                draft.say(f"《{title}》没有单独公布“{what}”的合计数。")
            else:
                draft.say(f"《{title}》没有列出“{what}”{self._tables(resolution)}。")
        if missing and not draft.figures:
            draft.status = Status.NOT_DISCLOSED

    def _tables(self, resolution: Resolution) -> str:
        """The tables in which the item would stand, so that the reader can see for himself."""
        where = resolution.selector.readings[0] if resolution.selector.readings else None
        if where is None:
            return ""
        axis = next((a for a in ("economic", "subject", "project") if a in where.axes), None)
        if axis is None:
            return ""
        ids: dict[str, None] = {}
        for fact in self._finder.library.facts(resolution.selector.disclosure_id):
            listed = fact.table_id and getattr(fact.coordinates, axis) != ALL
            if listed and fact.table_id and where.measure in (None, fact.measure):
                ids.setdefault(fact.table_id)
        tables = {
            t.id: t.name for t in self._finder.library.tables(resolution.selector.disclosure_id)
        }
        held = [tables[i] for i in ids if i in tables][:2]
        return f"（已查{'、'.join(held)}）" if held else ""

    def _asked(self, selector: Selector) -> str:
        unit = selector.readings[0].axes.get("unit") if selector.readings else None
        names = self._finder.names(selector.disclosure_id)
        return f"{names.unit(unit)}的{selector.name}" if unit else selector.name

    # -- computations --------------------------------------------------------------------------

    def calculated(self, result: Calculated) -> Draft:
        """Totals, shares, differences, multiples and averages with their formula."""
        draft = Draft()
        plan = result.plan
        unit = getattr(plan, "unit", None)
        claim = getattr(plan, "claim", None) if len(result.figures) == 1 else None
        for computed in result.figures:
            draft.figures.append(self._writer.computed(computed, unit))
            verdict = _verdict(computed.value, computed.unit, claim)
            draft.say(verdict + self._sentence(result, computed, unit))
        if not result.figures and isinstance(plan, Ratio | Difference | Total):
            self._inputs_instead(draft, result)
        self._missing(draft, [r for r in result.missing if r.cell is None])
        if not draft.sentences:
            draft.status = Status.NOT_DISCLOSED
            draft.say("公开文件没有载明计算所需的数，不能计算。")
        return draft

    def _sentence(self, result: Calculated, computed: Computed, unit: str | None) -> str:
        plan = result.plan
        shown = unsigned(computed, unit)
        if isinstance(plan, Difference):
            left, right = computed.inputs
            pair = f"{left.label}为{money(left, unit)}，{right.label}为{money(right, unit)}"
            if computed.value == 0:
                return f"两者相同：{pair}。"
            more = "多" if computed.value > 0 else "少"
            return f"{pair}，前者比后者{more}{shown}（{computed.formula}）。"
        if isinstance(plan, Share) and computed.operation is Operation.LOOKUP:
            amount = (
                f"（{computed.inputs[1].label}为{money(computed.inputs[1])}）"
                if (len(computed.inputs) > 1)
                else ""
            )
            return f"{computed.label}为{shown}{amount}。"
        if isinstance(plan, Ratio):
            left, right = computed.inputs
            return (
                f"{left.label}（{money(left)}）是{right.label}（{money(right)}）的约{shown}"
                f"（{computed.formula}）。"
            )
        sign = "-" if computed.value < 0 else ""
        return f"{computed.label}为{sign}{shown}（{computed.formula}）。"

    def _inputs_instead(self, draft: Draft, result: Calculated) -> None:
        """One side is not published: the other side is said, the computation is not made."""
        selectors = [r.selector for r in result.missing]
        plan = result.plan
        sides = (
            (*plan.left, *plan.right)
            if isinstance(plan, Ratio | Difference)
            else getattr(plan, "selectors", ())
        )
        for selector in sides:
            if selector in selectors:
                continue
            cell = self._finder.resolve(selector).cell
            if cell is not None:
                draft.figures.append(self._writer.cell(cell))
                draft.say(f"{cell.label}为{money(cell)}。")

    # -- change --------------------------------------------------------------------------------

    def changed(self, result: Changed) -> Draft:
        """Direction, amount and rate against last year; a false premise is corrected first."""
        draft = Draft()
        plan = result.plan
        assert isinstance(plan, Change)
        if plan.direction is not None and len(plan.selectors) > 1:
            self._which_changed(draft, result, plan.direction)
        for change in result.changes:
            draft.say(self.change_sentence(draft, change, plan))
        for resolution in result.missing:
            names = self._finder.names(resolution.selector.disclosure_id)
            title = names.disclosure.title
            draft.say(f"《{title}》没有公布“{self._asked(resolution.selector)}”与上年的比较。")
        if not result.changes:
            draft.status = Status.NOT_DISCLOSED
        return draft

    def _which_changed(self, draft: Draft, result: Changed, direction: str) -> None:
        """哪几家是减少的, of departments named: those that are, before each with its change."""
        owners = {i: self._finder.names(i).department() for i in result.plan.disclosures()}
        if len(set(owners.values())) < len(result.plan.selectors):  # type: ignore[union-attr]
            return
        word = {"up": "增加", "down": "减少", "same": "持平"}[direction]
        signs = {"up": 1, "down": -1, "same": 0}
        found = []
        for change in result.changes:
            cell = change.amount or change.rate
            if cell is not None and (cell.value > 0) - (cell.value < 0) == signs[direction]:
                found.append(owners[change.selector.disclosure_id])
        draft.say(f"{word}的有：{'、'.join(found)}。" if found else f"没有{word}的。")

    def change_sentence(self, draft: Draft, change: ChangeOf, plan: Change | None) -> str:
        """One change in words, its figures added to the draft."""
        amount, rate, now = change.amount, change.rate, change.now
        unit = plan.unit if plan else None
        wanted = (rate, amount) if plan is not None and plan.want == "rate" else (amount, rate)
        for figure in wanted:
            if isinstance(figure, Computed):
                draft.figures.append(self._writer.computed(figure, unit))
            elif figure is not None:
                draft.figures.append(self._writer.cell(figure, unit))
        value = amount.value if amount is not None else rate.value if rate is not None else None
        assert value is not None
        verdict = self._asserted(change, plan) + self._premise(
            plan.direction if plan else None, value
        )
        subject = f"{now.label}为{money(now, unit)}" if now is not None else _subject(change)
        if now is not None:
            draft.figures.append(self._writer.cell(now, unit))
        base = _base(change)
        if value == 0:
            return f"{verdict}{subject}，与{base}持平（增减额为0）。"
        word, rate_word = ("增加", "增长") if value > 0 else ("减少", "下降")
        words = []
        if amount is not None:
            words.append(f"{word}{unsigned(amount, unit)}")
        if rate is not None:
            words.append(f"{rate_word}{unsigned(rate)}")
        return f"{verdict}{subject}，比{base}{'，'.join(words)}。"

    @staticmethod
    def _asserted(change: ChangeOf, plan: Change | None) -> str:
        """Whether the change is as large, and of the sign, that the question asserts."""
        claim = plan.claim if plan is not None else None
        cell = change.rate if claim is not None and claim.unit == PERCENT else change.amount
        if plan is None or claim is None or cell is None or len(plan.selectors) > 1:
            return ""
        signs = {"up": cell.value > 0, "down": cell.value < 0, "same": cell.value == 0}
        if plan.direction is not None and not signs[plan.direction]:
            return "不对，"
        return _verdict(abs(cell.value), cell.unit, claim)

    @staticmethod
    def _premise(direction: str | None, value: Decimal) -> str:
        actual = "up" if value > 0 else "down" if value < 0 else "same"
        if direction is None or direction == actual:
            return ""
        asked = {"up": "增加", "down": "减少", "same": "持平"}[direction]
        real = {"up": "增加", "down": "减少", "same": "持平"}[actual]
        return f"没有{asked}，而是{real}：" if direction != "same" else f"并非持平，而是{real}："

    # -- groups --------------------------------------------------------------------------------

    def grouped(self, result: Grouped) -> Draft:
        """Rankings, lists and counts; each member's figure stands under its name."""
        plan = result.plan
        draft = Draft(stated=[str(result.size), str(len(result.members))])
        if isinstance(plan, Rank) and plan.position is not None:
            draft.stated.append(str(plan.position))
        if not result.members:
            return self._nothing(draft, result)
        if isinstance(plan, Count):
            return self._count(draft, plan, result)
        if isinstance(plan, Rank) and plan.member is not None:
            return self._place(draft, plan, result)
        unit = plan.unit if isinstance(plan, Listing) else None
        for member in result.members[:_MAX_LISTED]:
            figure = self._writer.cell(member.cell, unit)
            draft.figures.append(figure.model_copy(update={"label": member.name}))
        if isinstance(plan, Rank):
            draft.say(self._ranking(plan, result))
            self._compared(draft, plan, result)
        else:
            draft.say(self._heading(plan, result))
        listed = isinstance(plan, Listing) and plan.condition is not None
        if listed or len(result.members) > 1:
            draft.say(_lines(result.members[:_MAX_LISTED], unit))
        return draft

    def _compared(self, draft: Draft, plan: Rank, result: Grouped) -> None:
        """Of a few departments named one by one, what the others have, and who has nothing."""
        if plan.group.axis != "department" or not plan.group.members:
            return
        shown = {m.key for m in result.members}
        others = [m for m in result.everyone if m.key not in shown]
        for member in others if plan.n == 1 else ():
            figure = self._writer.cell(member.cell)
            draft.figures.append(figure.model_copy(update={"label": member.name}))
        if others and plan.n == 1:
            draft.say(f"其余：{'；'.join(f'{m.name}为{money(m.cell)}' for m in others)}。")
        held = {m.key for m in result.everyone}
        lacking = [self._finder.names(i).department() for i in plan.group.members if i not in held]
        if lacking:
            draft.say(f"{'、'.join(lacking)}没有公布这个数，未参与比较。")

    def _ranking(self, plan: Rank, result: Grouped) -> str:
        first = result.members[0]
        noun = GROUP_NOUNS[plan.group.axis]
        what = self._named(plan.group, first)
        order = "最多" if plan.descending else "最少"
        if plan.position is not None:
            order = f"第{plan.position}多" if plan.descending else f"第{plan.position}少"
        top = money(first.cell)
        if len(result.members) == 1:
            return f"{what}{order}的{noun}是{first.name}，为{top}（共比较{result.size}个{noun}）。"
        if plan.n == 1:
            names = "、".join(m.name for m in result.members)
            return f"{what}{order}的{noun}并列为{names}，均为{top}。"
        direction = "从多到少" if plan.descending else "从少到多"
        return f"{what}{direction}排列的前{len(result.members)}个{noun}（共{result.size}个）："

    def _place(self, draft: Draft, plan: Rank, result: Grouped) -> Draft:
        """One member's place among the others, then its figure."""
        member, noun = result.members[0], GROUP_NOUNS[plan.group.axis]
        what = self._named(plan.group, member)
        order = "从多到少" if plan.descending else "从少到多"
        inputs, citations = self._inputs(result.everyone)
        draft.figures.append(
            Figure(
                label=f"{member.name}的名次",
                value=str(plan.position),
                unit="名",
                derivation=Derivation(
                    operation=Operation.COUNT,
                    formula=f"{result.size}个{noun}{order}排列，排第{plan.position}",
                    inputs=inputs,
                ),
                citations=citations,
            )
        )
        figure = self._writer.cell(member.cell)
        draft.figures.append(figure.model_copy(update={"label": member.name}))
        shown = money(member.cell)
        draft.say(
            f"{what}{order}排列，{member.name}在{result.size}个{noun}中排第{plan.position}，为{shown}。"
        )
        return draft

    def _heading(self, plan: object, result: Grouped) -> str:
        assert isinstance(plan, Listing)
        noun = GROUP_NOUNS[plan.group.axis]
        what = self._named(plan.group, result.members[0])
        if plan.condition is not None:
            condition = _condition(plan.condition, plan.group)
            return f"{what}{condition}的{noun}有{len(result.members)}个（共{result.size}个）："
        if len(result.members) == 1:
            member = result.members[0]
            return f"{what}只列有1个{noun}：{member.name}，{money(member.cell)}。"
        return f"{what}按{noun}分列，共{len(result.members)}个："

    def _count(self, draft: Draft, plan: Count, result: Grouped) -> Draft:
        noun = GROUP_NOUNS[plan.group.axis]
        what = self._named(plan.group, result.members[0])
        condition = _condition(plan.condition, plan.group) if plan.condition else ""
        size = len(result.members)
        label = f"{what}{condition}的{noun}数量"
        inputs, citations = self._inputs(result.members)
        draft.figures.append(
            Figure(
                label=label,
                value=str(size),
                unit="类" if plan.group.level == 3 else "个",
                derivation=Derivation(
                    operation=Operation.COUNT,
                    formula=f"在{result.size}个{noun}中，{condition or '有数据'}的有{size}个",
                    inputs=inputs,
                ),
                citations=citations,
            )
        )
        draft.say(f"{what}{condition}的{noun}共有{size}个（共{result.size}个{noun}）：")
        draft.say(_lines(result.members[:_MAX_LISTED], None))
        return draft

    def _inputs(self, members: Sequence[Member]) -> tuple[list[InputFigure], list[int]]:
        """The figures of members that were counted or placed, and all their citations."""
        inputs = [
            InputFigure(
                label=m.name,
                value=self._writer.cell(m.cell).value,
                unit=m.cell.unit,
                citations=self._evidence.facts(m.cell.facts, limit=1),
            )
            for m in members[:_MAX_LISTED]
        ]
        return inputs, list(dict.fromkeys(n for i in inputs for n in i.citations))

    def _nothing(self, draft: Draft, result: Grouped) -> Draft:
        plan = result.plan
        assert isinstance(plan, Rank | Listing | Count)
        noun = GROUP_NOUNS[plan.group.axis]
        condition = plan.condition
        if condition is not None and result.size:
            asked = _condition(condition, plan.group)
            draft.say(f"没有{asked}的{noun}（共{result.size}个{noun}）。")
            draft.figures.append(
                Figure(
                    label=f"{asked}的{noun}数量",
                    value="0",
                    unit="个",
                    derivation=Derivation(
                        operation=Operation.COUNT,
                        formula=f"在{result.size}个{noun}中，{asked}的有0个",
                    ),
                    citations=list(
                        dict.fromkeys(
                            number
                            for member in result.everyone[:_MAX_LISTED]
                            for number in self._evidence.facts(member.cell.facts, limit=1)
                        )
                    ),
                )
            )
            return draft
        if plan.group.axis == "project" and (spent := self._no_projects(plan.group)) is not None:
            figure = self._writer.cell(spent)
            draft.figures.append(figure)
            if isinstance(plan, Count):
                draft.figures.insert(
                    0,
                    Figure(
                        label=f"{figure.label.removesuffix('预算')}的项目数量",
                        value="0",
                        unit="个",
                        derivation=Derivation(
                            operation=Operation.COUNT, formula="项目支出为0，列有的项目有0个"
                        ),
                        citations=figure.citations,
                    ),
                )
            draft.say(f"没有安排项目：{spent.label}为{money(spent)}。")
            return draft
        whole = self._finder.resolve(plan.group.selector).cell
        if whole is not None and whole.value == 0:
            draft.figures.append(self._writer.cell(whole))
            draft.say(f"{whole.label}为{money(whole)}，没有安排，也就没有可以分列的{noun}。")
            return draft
        draft.status = Status.NOT_DISCLOSED
        name = plan.group.selector.name
        draft.say(f"公开文件没有按{noun}分列“{name}”。")
        return draft

    def _no_projects(self, group: Group) -> Cell | None:
        """What a unit spends on projects, where that is nothing."""
        where = group.selector.readings[0] if group.selector.readings else None
        unit = where.axes.get("unit") if where is not None else None
        if unit is None or where is None or where.measure not in (None, Measure.EXPENDITURE):
            return None
        projects = Where(axes={"kind": "project", "unit": unit})
        selector = group.selector.model_copy(update={"name": "项目支出", "readings": (projects,)})
        cell = self._finder.resolve(selector).cell
        return cell if cell is not None and cell.value == 0 else None

    def _named(self, group: Group, member: Member) -> str:
        """What is compared: of one disclosure, or of the year's departments."""
        if group.axis == "department":
            year = self._finder.disclosure(member.cell.disclosure_id).year
            return f"{year}年{group.selector.name}{_ASPECTS.get(group.selector.aspect, '')}"
        return self._group_name(group.selector, member)

    def _group_name(self, selector: Selector, member: Member) -> str:
        """What the group's figures are of, without the member's own name."""
        names = self._finder.names(member.cell.disclosure_id)
        where = selector.readings[0] if selector.readings else None
        unit = where.axes.get("unit", ALL) if where else ALL
        year = names.disclosure.year
        owner = f"{names.unit(unit)}{year}年" if len(self._disclosure_ids(selector)) < 2 else ""
        name = selector.name
        if where is not None and where.measure == Measure.PROCUREMENT and "采购" not in name:
            name = f"政府采购{name}"
        return f"{owner}{name}"

    @staticmethod
    def _disclosure_ids(selector: Selector) -> tuple[str, ...]:
        return (selector.disclosure_id,) if selector.disclosure_id else ()


_COMPARED = {
    ">": "没有超过",
    ">=": "没有达到",
    "<": "并不低于",
    "<=": "不止",
    "!=": "就是",
    "=": "不是",
}


def _denied(claim: Condition) -> str:
    """The claim denied: 不是12万元, 没有超过600万元."""
    asserted = format_amount(claim.value, claim.unit) + ("多" if claim.rough else "")
    return f"{_COMPARED[claim.comparator]}{asserted}"


def _verdict(value: Decimal, unit: str, claim: Condition | None) -> str:
    """对，or 不对，before a computed figure of which something is asserted; '' of anything else."""
    if claim is None:
        return ""
    if not _comparable(unit, claim.unit):
        return ""
    if unit != claim.unit:
        value = Amount(value, unit).to(claim.unit).value
    if claim.comparator != "=":
        right = COMPARE[claim.comparator](value, claim.value)
    elif claim.rough:
        right = claim.value <= value < claim.value + _last_digit(claim.value)
    elif claim.near:
        right = abs(value - claim.value) <= max(_last_digit(claim.value) / 2, claim.value * _NEAR)
    else:
        right = round_half_up(value, _decimals(claim.value)) == claim.value
    return "对，" if right else "不对，"


def _comparable(unit: str, other: str) -> bool:
    return unit == other or {unit, other} <= MONEY_UNITS.keys()


def _last_digit(value: Decimal) -> Decimal:
    """One of a number's last digit that is not zero: 10 of 80, 1 of 85."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** (exponent if isinstance(exponent, int) else 0)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _somewhat_over(cell: Cell, claim: Condition) -> bool:
    """Whether the figure is 六千多万: above the claim by less than one of its last digit."""
    if not claim.rough or cell.unit not in MONEY_UNITS:
        return False
    stated = _in_unit(cell, claim.unit)
    return claim.value <= stated < claim.value + _last_digit(claim.value)


def _rounds_to(cell: Cell, claim: Condition) -> bool:
    """Whether the claim is the figure rounded, and not so far off as 1亿元 is from 0.9亿元."""
    if claim.comparator != "=":
        return False  # not over 600, however near
    claimed = replace(cell, value=claim.value, unit=claim.unit, places=_decimals(claim.value))
    if not agree(cell, claimed):
        return False
    stated = _in_unit(cell, claim.unit)
    return abs(stated - claim.value) <= abs(stated) * _NEAR


def _in_unit(cell: Cell, unit: str) -> Decimal:
    if cell.unit == unit or not {cell.unit, unit} <= MONEY_UNITS.keys():
        return cell.value
    return Amount(cell.value, cell.unit).to(unit).value


def _subject(change: ChangeOf) -> str:
    cell = change.amount or change.rate
    assert cell is not None
    return cell.label.split("比上年")[0]


def _base(change: ChangeOf) -> str:
    """The base in the document's words; 上年 where it gives none."""
    for cell in (change.amount, change.rate):
        if isinstance(cell, Cell) and cell.facts[0].base:
            return cell.facts[0].base
    return "上年"


def _condition(condition: Condition, group: Group) -> str:
    if group.selector.aspect == Aspect.CHANGE and condition.value == 0:
        return {">": "比上年增加", "<": "比上年减少"}.get(condition.comparator, "与上年持平")
    if condition.comparator == ">" and condition.value == 0:
        return "有安排"
    if condition.comparator == "=" and condition.value == 0:
        return "没有安排"
    if condition.below is not None:
        upper = format_amount(condition.below, condition.below_unit)
        return f"{format_amount(condition.value, condition.unit)}至{upper}"
    words = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "=": "等于", "!=": "不等于"}
    return f"{words[condition.comparator]}{format_amount(condition.value, condition.unit)}"


def _lines(members: Sequence[Member], unit: str | None) -> str:
    return "\n".join(f"- {m.name}：{money(m.cell, unit)}" for m in members)


def _as_list(draft: Draft, found: Sequence[Resolution], unit: str | None) -> None:
    """Several figures read better as a list than as sentences."""
    lines = [f"- {r.cell.label}：{money(r.cell, unit)}" for r in found if r.cell]
    others = [s for s in draft.sentences if s.startswith("另外")]
    draft.sentences = ["各项如下：", "\n".join(lines), *others]
