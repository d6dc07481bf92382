"""From a model's words to members of the data: the same vocabulary and rules as the embedded
planner's. What the data does not hold is told back to the model, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from disclosure.model import ALL, Disclosure
from qa_service.llm.schema import Mention, MentionedGroup, Owned, Said
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import (
    Ask,
    Average,
    Explain,
    FindTable,
    Group,
    Memory,
    Plan,
    PlanModel,
    Refuse,
    Selector,
    Targets,
    Where,
)
from qa_service.understanding.planner import Planner
from qa_service.understanding.question import normalise
from qa_service.understanding.scope import Scope
from qa_service.understanding.segment import segment
from qa_service.understanding.topics import Topic
from qa_service.understanding.vocabulary import general_words, national_words

_CLASSIFIED = ("subject", "economic")
_NEAR = 6


class UnlinkedError(Exception):
    """Words that name nothing held; the message tells the model what to write instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is being planned: as asked, as linking reads it, with its conversation."""

    raw: str
    text: str
    memory: Memory
    allowed: tuple[str, ...]


class Linker:
    """Links words over one release, with the linking of the embedded planner."""

    def __init__(self, planner: Planner) -> None:
        self.scopes, self.reader, self._chooser = planner.linking
        self._disclosures = self.scopes.disclosures

    def plan(self, kind: type[PlanModel], said: Said, asked: Asked) -> Plan:
        """The plan that the arguments describe. Raises ``UnlinkedError``."""
        values: dict[str, Any] = {}
        for name in type(said).model_fields:
            if name in kind.model_fields:
                values[name] = self._linked(getattr(said, name), asked)
        if isinstance(said, Owned):
            owners = self._owners(said.department, said.year, asked)
            if "disclosure_ids" in kind.model_fields:
                values["disclosure_ids"] = tuple(d.id for d in owners)
            else:
                values["disclosure_id"] = owners[0].id
            values |= self._in_words(kind, values, owners[0], asked)
        for name, field in kind.model_fields.items():
            if isinstance(values.get(name), tuple) and field.annotation in (
                Selector,
                Selector | None,
            ):
                values[name] = _only(values[name])
        if kind is Average and (divisor := values.get("divisor")) is not None:
            _one_of_a_kind(divisor)
        plan: Plan = kind(**values)  # type: ignore[assignment]  # kind is a member of the union
        return plan

    def clause(self, text: str, asked: Asked) -> Clause:
        """The question as the embedded planner's linking reads it: what its words certainly name.
        Raises ``UnlinkedError`` where it leaves open whose figures are meant."""
        scope = self._scope(text, asked)
        return self.reader.read(text, scope, self._chosen(text, scope, asked)[0])

    def owners(self, asked: Asked) -> list[Disclosure]:
        """The disclosures that the question's own words leave; [] where they leave it open."""
        try:
            return self._owners("", None, asked)
        except UnlinkedError:
            return []

    # -- whose -----------------------------------------------------------------------------------

    def _owners(self, department: str, year: int | None, asked: Asked) -> list[Disclosure]:
        text = _owner_text(department, year)
        scope = self._scope(text, asked)
        return self._chosen(text or asked.text, scope, asked)

    def _scope(self, text: str, asked: Asked) -> Scope:
        """What the words say about whose figures are meant; what they leave unsaid is taken from
        the question."""
        own = self._read_scope(asked.text, asked)
        if not text or text == asked.text:
            return own
        scope = self._read_scope(text, asked)
        if scope.unknown:
            raise UnlinkedError(f"没有收录“{scope.unknown}”的公开文件。")
        if not scope.years:
            scope = replace(scope, years=own.years)
        head_office = scope.head_office or own.head_office
        if not scope.named and not own.unknown:
            return replace(own, years=scope.years, head_office=head_office)
        return replace(scope, head_office=head_office)

    def _read_scope(self, text: str, asked: Asked) -> Scope:
        tokens = segment(text, (general_words(), self.scopes.words, national_words()))
        return self.scopes.read(tokens, asked.memory.disclosure_ids)

    def _chosen(self, text: str, scope: Scope, asked: Asked) -> list[Disclosure]:
        if scope.unknown:
            raise UnlinkedError(f"没有收录“{scope.unknown}”的公开文件。")
        tokens = segment(text, (general_words(), self.scopes.words, national_words()))
        chosen = self._chooser.choose(text, scope, tokens, asked.memory, asked.allowed)
        if isinstance(chosen, Refuse):
            raise UnlinkedError(f"没有收录“{chosen.detail}”的公开文件。")
        if isinstance(chosen, Ask):
            raise UnlinkedError("收录了多份公开文件，要写明部门和年度。")
        return chosen

    # -- what ------------------------------------------------------------------------------------

    def _linked(self, value: object, asked: Asked) -> object:
        if isinstance(value, Mention):
            return self._selectors(value, asked)
        if isinstance(value, MentionedGroup):
            return self._group(value, asked)
        if isinstance(value, tuple) and value and isinstance(value[0], Mention):
            return tuple(s for mention in value for s in self._selectors(mention, asked))
        return value.model_dump() if isinstance(value, BaseModel) else value

    def _selectors(self, mention: Mention, asked: Asked) -> tuple[Selector, ...]:
        """The figures that a mention names: one, or one for each of several things it joins."""
        clause = self._clause(mention, asked)
        return tuple(
            selector.model_copy(update={"aspect": mention.aspect})
            for selector in clause.selectors()
        )

    def _clause(self, mention: Mention, asked: Asked) -> Clause:
        owner = _owner_text(mention.department, mention.year)
        words = normalise(f"{mention.unit}{mention.item}").text
        scope = self._scope(f"{owner}{mention.unit}", asked)
        disclosure = self._chosen(f"{owner}{words}" or asked.text, scope, asked)[0]
        if not words:
            return Clause("", (), disclosure, scope, (), ())
        clause = self.reader.read(words, scope, disclosure)
        unknown = [word for word in clause.unknown if len(word) > 1]
        if unknown:
            raise UnlinkedError(self._not_held(unknown[0], words, clause))
        if mention.item and not clause.topics:
            raise UnlinkedError(f"“{mention.item}”不是公开文件里的名称。")
        if mention.unit and not clause.units and len(disclosure.units) > 1:
            raise UnlinkedError(f"“{disclosure.department}”没有“{mention.unit}”这个单位。")
        return clause

    def _not_held(self, word: str, words: str, clause: Clause) -> str:
        near = self.reader.near(words, clause, (word,))[0][:_NEAR]
        hint = f"相近的名称：{'、'.join(near)}。" if near else "请改用给出的名称。"
        return f"公开文件里没有“{word}”。{hint}"

    def _group(self, said: MentionedGroup, asked: Asked) -> dict[str, Any]:
        if said.axis == "department":
            return self._departments(said, asked)
        clause = self._clause(said.item, asked)
        topic = self._one(clause.topics)
        within, readings = said.within, topic.readings
        if within:
            found = self._members(said.axis, (within,), said, asked)
            within = found[0]
        elif said.axis in _CLASSIFIED:
            within, readings = _within(said.axis, topic)
        selector = clause.select(replace(topic, readings=readings), _unit(clause))
        group = Group(
            axis=said.axis,
            selector=selector.model_copy(update={"aspect": said.item.aspect}),
            level=said.level,
            within=within or None,
            members=self._members(said.axis, said.members, said, asked),
        )
        return group.model_dump()

    def _departments(self, said: MentionedGroup, asked: Asked) -> dict[str, Any]:
        """Every department held of the region and year named, of the latest year by default."""
        owner = _owner_text(said.item.department, said.item.year)
        scope = self._scope(owner, asked)
        ids = [i for i in scope.disclosure_ids or asked.allowed if i in asked.allowed]
        years = set(scope.years) or {max((self._disclosures[i].year for i in ids), default=0)}
        ids = [i for i in ids if self._disclosures[i].year in years]
        if not ids:
            raise UnlinkedError("没有收录这一年度或地区的公开文件。")
        clause = self.reader.read(normalise(said.item.item).text, scope, None, ids)
        selector = clause.select(self._one(clause.topics))
        group = Group(
            axis="department",
            selector=selector.model_copy(update={"aspect": said.item.aspect}),
            disclosure_ids=tuple(ids),
        )
        return group.model_dump()

    def _members(
        self, axis: str, names: Sequence[str], said: MentionedGroup, asked: Asked
    ) -> tuple[str, ...]:
        """The keys of the members that the words name."""
        keys: dict[str, None] = {}
        for name in names:
            item = {"unit": name, "item": ""} if axis == "unit" else {"unit": "", "item": name}
            clause = self._clause(said.item.model_copy(update=item), asked)
            if axis == "unit":
                found = list(clause.units)
            else:
                found = [w.axes[axis] for t in clause.topics for w in t.readings if axis in w.axes]
            if not found:
                raise UnlinkedError(f"“{name}”不是这里能分列的成员。")
            keys |= dict.fromkeys(found if axis == "unit" else found[:1])
        return tuple(keys)

    @staticmethod
    def _one(topics: Sequence[Topic]) -> Topic:
        if len(topics) > 1:
            names = "、".join(topic.name for topic in topics)
            raise UnlinkedError(f"这里一次只能写一项，而写了：{names}。")
        return topics[0] if topics else WHOLE_BUDGET

    def _in_words(
        self, kind: type[PlanModel], values: dict[str, Any], owner: Disclosure, asked: Asked
    ) -> dict[str, Any]:
        """What a plan of text says in words: under the names that the document uses."""
        if kind is Explain:
            selectors: tuple[Selector, ...] = values.get("selectors", ())
            named = () if values["aspect"] in ("duty", "structure") else selectors
            names = dict.fromkeys((*values.get("topics", ()), *(s.name for s in named)))
            return {"topics": tuple(names), "words": values.get("words") or asked.text}
        if kind is Targets:
            return self._target(values, owner, asked)
        if kind is FindTable and values.get("topic"):
            return self._table(values["topic"], owner, asked)
        return {}

    def _target(self, values: dict[str, Any], owner: Disclosure, asked: Asked) -> dict[str, Any]:
        linked: dict[str, Any] = {}
        for name, axis in (("project", "project"), ("indicator", "")):
            words = values.get(name)
            if not words:
                linked[name] = None
                continue
            clause = self._clause(Mention(item=words, year=owner.year), asked)
            if axis:
                found = [w.axes[axis] for t in clause.topics for w in t.readings if axis in w.axes]
            else:
                found = [i for topic in clause.topics for i in topic.indicators]
            if not found:
                raise UnlinkedError(f"公开文件没有列出“{words}”的绩效目标。")
            linked[name] = found[0]
        return linked

    def _table(self, words: str, owner: Disclosure, asked: Asked) -> dict[str, Any]:
        try:
            clause = self._clause(Mention(item=words, year=owner.year), asked)
        except UnlinkedError:
            return {"topic": words}  # a table may be titled so
        tables = tuple(i for topic in clause.topics for i in topic.table_ids)
        topics = [topic for topic in clause.topics if not topic.table_ids]
        return {
            "topic": topics[0].name if topics else words,
            "selectors": clause.selectors(topics) if topics else (),
            "table_ids": () if topics else tables,
        }


def _owner_text(department: str, year: int | None) -> str:
    return normalise(f"{year}年{department}" if year else department).text


def _unit(clause: Clause) -> str:
    return clause.units[0] if len(clause.units) == 1 else ALL


def _only(selectors: tuple[Selector, ...]) -> Selector:
    if len(selectors) != 1:
        names = "、".join(selector.name for selector in selectors)
        raise UnlinkedError(f"这里一次只能写一项，而写了：{names}。")
    return selectors[0]


def _one_of_a_kind(divisor: Selector) -> None:
    """编制 is 行政编制 and 事业编制 where no figure for both is published: no head count."""
    if len({where.axes.get("item") for where in divisor.readings}) > 1:
        raise UnlinkedError(f"“{divisor.name}”不止一种，没有公布合计数，不能用来平均。")


def _within(axis: str, topic: Topic) -> tuple[str, tuple[Where, ...]]:
    """科学技术支出的各项: a topic that is itself a member of the axis is what the parts lie in."""
    member = next((w.axes[axis] for w in topic.readings if axis in w.axes), "")
    if not member:
        return "", topic.readings
    # 302's items are those of its own table: 三公 figures of other scopes are not.
    own = "expenditure" if member.isdigit() else None
    return member, tuple(
        Where(
            measure=where.measure or own,
            axes={k: v for k, v in where.axes.items() if k != axis},
        )
        for where in topic.readings
        if axis in where.axes
    )
