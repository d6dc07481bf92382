"""One clause of a question, read against one disclosure: its topics, units, cues and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.lexicon.operations import Cue
from disclosure.model import ALL, Disclosure, Kind, Measure
from disclosure.money import MONEY_UNITS, Amount
from qa_service.understanding.plan import Condition, Selector, Where
from qa_service.understanding.scope import Scope
from qa_service.understanding.segment import Token
from qa_service.understanding.topics import Topic

#: What is meant when only a department, unit or year is named: the budget as a whole.
WHOLE_BUDGET = Topic(
    name="支出总预算",
    readings=(Where(measure="expenditure"),),
    start=0,
    end=0,
    source="default",
)
#: What all projects together cost.
ALL_PROJECTS = Topic("项目支出", (Where(axes={"kind": "project"}),), 0, 0, "default")
#: 金额是2万元的项目有几个: a condition, not a claim.
_EQUALS = ("是", "为", "都是")
#: Words of a final account for its three columns.
_STAGES = (
    ("年初预算", "initial"),
    ("全年预算", "adjusted"),
    ("调整预算", "adjusted"),
    ("调整后预算", "adjusted"),
    ("决算", "final"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with everything that its words were linked to.

    ``units`` are unit keys of the disclosure; empty means the department as a whole.
    ``inherited`` tells that topics came from the conversation, ``elliptical`` that the clause
    cannot stand alone (``情报所呢``).
    """

    text: str
    tokens: tuple[Token, ...]
    disclosure: Disclosure
    scope: Scope
    topics: tuple[Topic, ...]
    units: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    inherited: bool = False
    elliptical: bool = False
    siblings: tuple[Clause, ...] = field(default=())

    def has(self, *names: str) -> bool:
        """Whether any of these cues occurs."""
        return any(self.cue(name) is not None for name in names)

    def cue(self, name: str) -> Cue | None:
        """The first cue of that name."""
        return next((cue for token in self.tokens if (cue := token.cue(name)) is not None), None)

    def cue_token(self, name: str) -> Token | None:
        """The first token with that cue."""
        return next((token for token in self.tokens if token.cue(name) is not None), None)

    def cue_values(self, name: str) -> list[str]:
        """The arguments of all cues of that name, in order."""
        return [c.value for t in self.tokens if t.word for c in t.word.cues if c.name == name]

    def selectors(self, topics: Sequence[Topic] | None = None) -> tuple[Selector, ...]:
        """Every topic for every unit, over the named disclosures."""
        chosen = list(self.topics if topics is None else topics) or [WHOLE_BUDGET]
        own = tuple(
            self.select(topic, unit).model_copy(update={"stage": stage})
            for topic in chosen
            for unit in (self.units or (ALL,))
            for stage in self._stages()
        )
        more = tuple(
            selector
            for sibling in self.siblings
            for selector in sibling.selectors(None if topics is None else topics)
        )
        return own + more

    def select(self, topic: Topic, unit: str = ALL) -> Selector:
        """One topic of one unit (ALL: the department as a whole)."""
        readings = topic.readings
        if unit != ALL:
            narrowed = tuple(where.narrowed({"unit": unit}) for where in readings)
            # The posts and offices of 机关 are told of the department, by its own name.
            told = readings if unit in self._offices() and _of_people(topic) else ()
            readings = (*narrowed, *told)
        return Selector(disclosure_id=self.disclosure.id, name=topic.name, readings=readings)

    def _stages(self) -> tuple[str, ...]:
        """The stages of the budget that a question about a final account names: 年初预算, 决算."""
        if self.disclosure.kind is not Kind.FINAL_ACCOUNT:
            return ("",)
        said = [(self.text.find(word), stage) for word, stage in _STAGES if word in self.text]
        return tuple(dict.fromkeys(stage for _, stage in sorted(said))) or ("",)

    def _offices(self) -> set[str]:
        return {unit.key for unit in self.disclosure.units if unit.head_office}

    def money_unit(self) -> str | None:
        """The unit of money that the question asks for."""
        cue = self.cue("convert")
        return cue.value if cue else None

    def condition(self) -> Condition | None:
        """The threshold of the clause, such as 10万元以上; None without a comparing word."""
        if self.has("between"):
            return self._range()
        for index, token in enumerate(self.tokens):
            if token.amount is None:
                continue
            near = (*self.tokens[max(0, index - 2) : index], *self.tokens[index + 1 : index + 3])
            for neighbour in near:
                cue = neighbour.cue("compare")
                if cue is not None:
                    return Condition(
                        comparator=cue.value,  # type: ignore[arg-type]  # checked by pydantic
                        value=token.amount.value,
                        unit=token.amount.unit,
                    )
            before = self.text[: token.start]
            if token.amount.unit in MONEY_UNITS and self.has("count") and before.endswith(_EQUALS):
                return Condition(comparator="=", value=token.amount.value, unit=token.amount.unit)
        return None

    def _range(self) -> Condition | None:
        """5万到20万之间, both ends included."""
        amounts = [t.amount for t in self.tokens if t.amount is not None]
        if len(amounts) != 2:
            return None
        low, high = sorted(amounts, key=lambda a: Amount(a.value, a.unit).to("元").value)
        return Condition(
            comparator=">=", value=low.value, unit=low.unit, below=high.value, below_unit=high.unit
        )

    def claim(self) -> Condition | None:
        """An amount that the question asserts (``是12万吧``)."""
        amounts = [t.amount for t in self.tokens if t.amount and t.amount.unit in MONEY_UNITS]
        if len(amounts) != 1 or self.condition() is not None:
            return None
        rough = self.text[amounts[0].end :].startswith("多")
        return Condition(comparator="=", value=amounts[0].value, unit=amounts[0].unit, rough=rough)

    def before(self, position: int) -> list[Topic]:
        """Topics that end before an offset."""
        return [topic for topic in self.topics if topic.end <= position]

    def after(self, position: int) -> list[Topic]:
        """Topics that start at or after an offset."""
        return [topic for topic in self.topics if topic.start >= position]


def _of_people(topic: Topic) -> bool:
    return all(where.measure in (Measure.COUNT, Measure.STAFF) for where in topic.readings)
