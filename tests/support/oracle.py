"""A model that knows the embedded planner's plans: it says in words what they say in members.

Asked with it, the LLM planner's linking, checks and prose can be measured on any question without a
model: what it gets wrong is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from disclosure.model import ALL, Disclosure
from qa_service.llm.schema import Mention, MentionedGroup, arguments_of
from qa_service.understanding.plan import Ask, Group, Part, Plan, PlanModel, Refuse, Selector
from tests.support.endpoint import Does, Request, calls, says
from tests.support.model import copies_all

_QUESTION = re.compile(r"问题（资料）：\n<<<[A-Z]+\n(.*?)\n[A-Z]+>>>", re.DOTALL)


class Oracle:
    """Replies by plans. ``explains`` tells those of a question, ``disclosures`` what is held."""

    def __init__(self, explains: Any, disclosures: Sequence[Disclosure]) -> None:
        self._explain = explains
        self._disclosures = {d.id: d for d in disclosures}

    def __call__(self, request: Request) -> Does:
        """Tool calls for the question, then the results word for word."""
        if any(message["role"] == "tool" for message in request.body["messages"]):
            return copies_all(request)
        question = _QUESTION.search(request.told[1])
        assert question is not None
        parts: Sequence[Part] = self._explain(question[1])
        plans = [part.plan for part in parts if not isinstance(part.plan, Ask | Refuse)]
        if not plans:
            return says("不适用")
        return calls(*((plan.op, self.arguments(plan)) for plan in plans))

    def arguments(self, plan: Plan) -> dict[str, Any]:
        """The plan's arguments in words."""
        said: dict[str, Any] = {}
        for name in arguments_of(type(plan)).model_fields:
            if name in type(plan).model_fields:
                said[name] = self._words(getattr(plan, name))
        ids = [i for i in (getattr(plan, "disclosure_id", None),) if i]
        ids += getattr(plan, "disclosure_ids", ())[:1]
        if ids and "department" in arguments_of(type(plan)).model_fields:
            said |= self._owner(ids[0])
        return {name: value for name, value in said.items() if value not in (None, "", [])}

    def _words(self, value: object) -> Any:
        if isinstance(value, Selector):
            return self._mention(value)
        if isinstance(value, Group):
            return self._group(value)
        if isinstance(value, tuple):
            return [self._words(item) for item in value]
        if isinstance(value, PlanModel):
            return value.model_dump(mode="json")
        return str(value) if isinstance(value, Decimal) else value

    def _owner(self, disclosure_id: str) -> dict[str, Any]:
        disclosure = self._disclosures[disclosure_id]
        return {"department": disclosure.department, "year": disclosure.year}

    def _mention(self, selector: Selector) -> dict[str, Any]:
        units = [w.axes["unit"] for w in selector.readings if w.axes.get("unit", ALL) != ALL]
        disclosure = self._disclosures[selector.disclosure_id]
        named = {unit.key: unit.name for unit in disclosure.units}
        head = {unit.key for unit in disclosure.units if unit.head_office}
        unit = "本级" if units and units[0] in head else named.get(units[0], "") if units else ""
        said = Mention(item=selector.name, unit=unit, **self._owner(selector.disclosure_id))
        return said.model_dump(exclude_defaults=True)

    def _group(self, group: Group) -> dict[str, Any]:
        item = Mention(**self._mention(group.selector)).model_copy(
            update={"aspect": group.selector.aspect}
        )
        if group.axis == "department":
            item = item.model_copy(update={"department": ""})
        names = {u.key: u.name for u in self._disclosures[group.selector.disclosure_id].units}
        said = MentionedGroup(
            axis=group.axis,
            item=item,
            level=group.level,
            members=tuple(names.get(member, member) for member in group.members),
        )
        return said.model_dump(exclude_defaults=True)
