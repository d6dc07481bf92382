"""Typed plans: the only thing that tools accept, whichever planner made them.

A plan names members of the data (never free text, except for retrieval) and constants of the
question. ``understanding.check`` verifies both before a plan runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: The axes that a question may range over.
Axis = Literal[
    "unit",
    "subject",
    "economic",
    "project",
    "department",
    "fund",
    "kind",
    "procurement_kind",
    "row",
]


class PlanModel(BaseModel):
    """Base of all plan models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def models(self) -> Iterator[PlanModel]:
        """This model and every model inside it."""
        yield self
        for name in type(self).model_fields:
            value = getattr(self, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, PlanModel):
                    yield from item.models()

    def disclosures(self) -> set[str]:
        """Ids of all disclosures that this model works on."""
        ids: set[str] = set()
        for model in self.models():
            ids |= {i for i in (getattr(model, "disclosure_id", None),) if i}
            ids |= set(getattr(model, "disclosure_ids", ()))
        return ids


class Where(PlanModel):
    """One reading of a mention: coordinates it fixes. Axes that are absent are not narrowed."""

    measure: str | None = Field(default=None, description="A disclosure.model.Measure")
    axes: dict[str, str] = Field(default={}, description="Axis → member key of the disclosure")

    def narrowed(self, axes: dict[str, str]) -> Where:
        """This reading with further axes fixed."""
        return Where(measure=self.measure, axes={**self.axes, **axes})


class Selector(PlanModel):
    """Which figure of which disclosure is meant. ``readings`` are alternatives of one name."""

    disclosure_id: str
    name: str = Field(description="Official name of what is asked for")
    readings: tuple[Where, ...]
    aspect: str = Field(default="amount", description="A disclosure.model.Aspect")
    stage: str = Field(default="", description="initial | adjusted | final, where one is asked for")


class Condition(PlanModel):
    """A threshold of the question on an amount, in ``unit``."""

    comparator: Literal[">", ">=", "<", "<=", "=", "!="]
    value: Decimal
    unit: str = "万元"
    below: Decimal | None = Field(default=None, description="Upper end of a range, included")
    below_unit: str = "万元"
    rough: bool = Field(default=False, description="六千多万: up to its last digit's next")
    near: bool = Field(default=False, description="近四成: about so much")


class Lookup(PlanModel):
    """The published figures of one or several selectors."""

    op: Literal["lookup"] = "lookup"
    selectors: tuple[Selector, ...]
    unit: str | None = Field(default=None, description="Unit of money asked for")
    claim: Condition | None = Field(default=None, description="A value the question asserts")
    yes_no: bool = Field(default=False, description="The question asks whether there is any")


class Total(PlanModel):
    """Sum of disjoint figures; ``minus`` are taken off (除了…)."""

    op: Literal["total"] = "total"
    selectors: tuple[Selector, ...]
    minus: tuple[Selector, ...] = ()
    unit: str | None = None
    claim: Condition | None = Field(default=None, description="What is asserted of the figure")


class Share(PlanModel):
    """Each part as a percentage of ``whole``; None asks for the whole it is published against.
    ``together``: the parts are added first; ``more``: added to the whole (三公两费)."""

    op: Literal["share"] = "share"
    parts: tuple[Selector, ...]
    together: bool = False
    whole: Selector | None = None
    more: tuple[Selector, ...] = ()
    claim: Condition | None = Field(default=None, description="What is asserted of the figure")


class Change(PlanModel):
    """Change against last year. ``direction`` is what the question presumes, if anything."""

    op: Literal["change"] = "change"
    selectors: tuple[Selector, ...]
    direction: Literal["up", "down", "same"] | None = None
    want: Literal["amount", "rate", "both"] = "both"
    unit: str | None = None
    claim: Condition | None = Field(default=None, description="What is asserted of the figure")


class Prior(PlanModel):
    """Last year's figure, as published or derived from this year's figure and its change."""

    op: Literal["prior"] = "prior"
    selectors: tuple[Selector, ...]
    unit: str | None = None


class Difference(PlanModel):
    """``left`` − ``right``; several selectors of one side are added."""

    op: Literal["difference"] = "difference"
    left: tuple[Selector, ...]
    right: tuple[Selector, ...]
    unit: str | None = None
    ordered: bool = Field(default=True, description="A比B: A − B; else the larger less the smaller")
    claim: Condition | None = Field(default=None, description="What is asserted of the figure")


class Ratio(PlanModel):
    """``left`` as a multiple of ``right``; several selectors of one side are added."""

    op: Literal["ratio"] = "ratio"
    left: tuple[Selector, ...]
    right: tuple[Selector, ...]


class Group(PlanModel):
    """The members of an axis, with the figure that each has.

    ``axis``: unit | subject | economic | project | department | year. ``level``: for subjects,
    the digits of the code (3, 5, 7). ``within`` restricts to members whose key starts with it.
    ``members`` restricts to named ones.
    """

    axis: Axis
    selector: Selector
    disclosure_ids: tuple[str, ...] = ()
    level: int | None = None
    within: str | None = None
    members: tuple[str, ...] = ()


class Average(PlanModel):
    """A figure divided by months or by a published head count."""

    op: Literal["average"] = "average"
    selector: Selector
    per: Literal["month", "quarter", "head", "unit", "member"]
    divisor: Selector | None = None
    group: Group | None = Field(default=None, description="Its members are the divisor")
    unit: str | None = None


class Rank(PlanModel):
    """The first ``n`` members of a group by value; ``position`` asks for one place only."""

    op: Literal["rank"] = "rank"
    group: Group
    descending: bool = True
    n: int = 1
    position: int | None = None
    member: str | None = Field(default=None, description="The member whose place is asked for")
    condition: Condition | None = None


class Listing(PlanModel):
    """All members of a group that meet the condition, with their figures."""

    op: Literal["list"] = "list"
    group: Group
    condition: Condition | None = None
    unit: str | None = None


class Count(PlanModel):
    """How many members of a group meet the condition."""

    op: Literal["count"] = "count"
    group: Group
    condition: Condition | None = None


class Define(PlanModel):
    """What a term means, from the disclosure's glossary."""

    op: Literal["define"] = "define"
    disclosure_ids: tuple[str, ...]
    terms: tuple[str, ...]


class Explain(PlanModel):
    """Why a figure changed, what it is for, what is to be reached: the document's own words."""

    op: Literal["explain"] = "explain"
    aspect: Literal["reason", "purpose", "goal", "duty", "structure", "other"]
    disclosure_id: str
    topics: tuple[str, ...] = Field(
        default=(), description="Names of what is explained, likeliest first; () for the whole"
    )
    selectors: tuple[Selector, ...] = ()
    direction: Literal["up", "down", "same"] | None = None
    words: str = Field(default="", description="The question's words, for retrieval")
    claim: Condition | None = Field(default=None, description="A value the question asserts")


class Targets(PlanModel):
    """Performance targets of a project (年度绩效目标 and indicators)."""

    op: Literal["targets"] = "targets"
    disclosure_id: str
    project: str | None = None
    indicator_class: str | None = None
    indicator: str | None = None


class FindTable(PlanModel):
    """Which table holds a figure or topic."""

    op: Literal["find_table"] = "find_table"
    disclosure_id: str
    topic: str
    selectors: tuple[Selector, ...] = ()
    table_ids: tuple[str, ...] = ()
    empty: bool = Field(default=False, description="The tables that hold no figures")


class FundOf(PlanModel):
    """Which fund source pays for something."""

    op: Literal["fund_of"] = "fund_of"
    selector: Selector


class Codes(PlanModel):
    """The codes of classification subjects and units (科目编码, 单位代码)."""

    op: Literal["codes"] = "codes"
    selectors: tuple[Selector, ...]
    of_units: bool = Field(default=False, description="The units' codes, not the subjects'")


class Contents(PlanModel):
    """What a document contains of a kind: its tables, glossary terms or duties."""

    op: Literal["contents"] = "contents"
    disclosure_id: str
    kind: Literal["table", "term", "duty"]


class Search(PlanModel):
    """Passages that speak of the question's words."""

    op: Literal["search"] = "search"
    disclosure_ids: tuple[str, ...]
    words: str
    must: tuple[str, ...] = Field(default=(), description="Words that a passage must contain")
    passages: tuple[str, ...] = Field(default=(), description="Passages already found, by id")


Plan = Annotated[
    Lookup
    | Total
    | Share
    | Change
    | Prior
    | Difference
    | Ratio
    | Average
    | Rank
    | Listing
    | Count
    | Define
    | Explain
    | Targets
    | FindTable
    | FundOf
    | Codes
    | Contents
    | Search,
    Field(discriminator="op"),
]


class Refuse(PlanModel):
    """A question that no tool may answer, with why. ``detail`` is the question's word for it."""

    op: Literal["refuse"] = "refuse"
    status: Literal["not_disclosed", "out_of_scope"]
    reason: Literal[
        "department",
        "year",
        "unit",
        "unrecognised",
        "execution",
        "private",
        "opinion",
        "small_talk",
        "service",
        "greeting",
        "nothing_held",
    ]
    detail: str = ""
    disclosure_id: str | None = None


class Ask(PlanModel):
    """A question back. ``options`` are whole questions that work when clicked."""

    op: Literal["ask"] = "ask"
    about: Literal["department", "related", "year", "unit", "topic"]
    detail: str = ""
    options: tuple[str, ...]


class Part(PlanModel):
    """One part of a question with what the planner made of it."""

    words: str
    plan: Plan | Refuse | Ask
    confidence: float = Field(ge=0, le=1)
    unexplained: tuple[str, ...] = ()
    premise: Plan | None = Field(default=None, description="What is so instead of a false premise")
    sure: bool = Field(default=False, description="The only option of an Ask may be taken")
    echo: str = Field(default="", description="Assumption to tell the user, such as a correction")


class TopicMemory(PlanModel):
    """A topic as a conversation remembers it."""

    name: str
    readings: tuple[Where, ...]


class Memory(PlanModel):
    """What a conversation carries from turn to turn; bounded, serialisable, never shared."""

    disclosure_ids: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    topics: tuple[TopicMemory, ...] = ()
    earlier: tuple[TopicMemory, ...] = Field(default=(), description="Topics of the turn before")
    earlier_units: tuple[str, ...] = Field(
        default=(), description="Units of the turn before, where only they have changed since"
    )
    recent: tuple[str, ...] = Field(
        default=(), description="Disclosures that the last turns asked one topic of, oldest first"
    )
    pending: str = Field(default="", description="Question that was asked back: whose figure?")
    plan: Plan | None = None
    member: TopicMemory | None = Field(default=None, description="What 它 means after a ranking")
    turns: int = 0

    def after(
        self,
        plan: Plan,
        *,
        disclosure_ids: tuple[str, ...],
        units: tuple[str, ...],
        topics: tuple[TopicMemory, ...],
        recent: tuple[str, ...] = (),
        turns: int,
    ) -> Memory:
        """The memory after a turn of this plan: no topics said means those of before."""
        return Memory(
            disclosure_ids=disclosure_ids,
            recent=recent,
            units=units,
            topics=topics or self.topics,
            earlier=self.topics if topics and topics != self.topics else self.earlier,
            earlier_units=self.units if topics == self.topics != () else (),
            plan=plan,
            turns=turns,
        )

    def with_member(self, selector: Selector | None) -> Memory:
        """The memory with the member that the last ranking singled out, if any."""
        member = selector and TopicMemory(name=selector.name, readings=selector.readings)
        return self.model_copy(update={"member": member})
