"""One question with the model: its tool calls become checked plans, results become tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from pydantic import ValidationError

from qa_service.answering.answer import Answer, Status
from qa_service.answering.composer import Composer
from qa_service.llm.endpoint import Call
from qa_service.llm.errors import NoPlan
from qa_service.llm.linking import Asked, Linker, UnlinkedError
from qa_service.llm.prompts import Fence, prompts
from qa_service.llm.relevance import relevance
from qa_service.llm.schema import arguments_of
from qa_service.llm.tokens import TOKEN, TokenBook
from qa_service.tools.cells import CellFinder
from qa_service.tools.registry import TOOLS
from qa_service.understanding.check import objections
from qa_service.understanding.plan import Part, Plan, PlanModel

#: What the model says where no tool fits.
DECLINED = "不适用"
#: A plan that passed the check and leaves nothing of the question out is as sure as one can be;
#: which word stands for what was still a model's guess.
_CONFIDENCE = 0.8
#: Kinds of tokens that tell which result a text rests on: figures, quotations, lists.
_TELLING = ("F", "Q", "L")
_MAX_TEXT = 3000
_MAX_QUOTED = 6

#: Tool name → plan class, in the order of the registry.
KINDS: dict[str, type[PlanModel]] = {kind.model_fields["op"].default: kind for kind in TOOLS}


@dataclass(frozen=True, slots=True)
class Done:
    """A tool call that found something: its plan, and the tokens of its rendering."""

    plan: Plan
    tokens: frozenset[str]
    turn: int


@dataclass(slots=True)
class Session:
    """What has been asked and found so far. Used by one workflow, step by step."""

    asked: Asked
    linker: Linker
    composer: Composer
    finder: CellFinder
    fence: Fence = field(default_factory=Fence)
    book: TokenBook = field(default_factory=TokenBook)
    done: list[Done] = field(default_factory=list)
    taken_as: tuple[str, ...] = ()
    _made: set[tuple[str, str]] = field(default_factory=set)
    _turn: int = 0
    _nudged: bool = False

    def run(self, call: Call) -> str:
        """Run one call of the model and tell it what came of it."""
        told = prompts()
        kind = KINDS.get(call.name)
        if kind is None:
            return told.no_tool.format(names="、".join(KINDS))
        if (call.name, call.arguments) in self._made:
            return told.repeated
        try:
            arguments = json.loads(self.book.filled(call.arguments) or "{}")
        except ValueError:
            return told.no_json
        self._made.add((call.name, call.arguments))
        try:
            said = arguments_of(kind).model_validate(arguments)
            plan = self.linker.plan(kind, said, self.asked)
        except ValidationError as error:
            return told.arguments.format(why=_why(error))
        except UnlinkedError as error:
            return told.unlinked.format(why=error)
        strange = objections(plan, self.asked.text, self.finder)
        if strange:
            return told.strange.format(what="、".join(f"“{what}”" for what in strange))
        return self._result(plan)

    def review(self, text: str) -> str | None:
        """What the model's final text lacks before it can be taken; None where nothing. Raises
        ``NoPlan`` where it declines."""
        if DECLINED in text:
            raise NoPlan("模型认为没有适用的工具")
        if not self.done:
            if self._nudged:
                raise NoPlan("模型没有调用工具")
            self._nudged = True
            return prompts().nudge
        found = relevance(self.plans(text), self.asked, self.linker)
        self.taken_as = found.taken_as
        if found.left_out:
            self._turn += 1
            return prompts().left_out.format(what="、".join(found.left_out))
        return None

    def plans(self, text: str) -> list[Plan]:
        """The plans that the final text rests on: those whose tokens it has, with those called in
        the same replies, which are parts of one question; without any token, those of the last."""
        named = {token for token in TOKEN.findall(text) if token.startswith(_TELLING)}
        turns = {d.turn for d in self.done if named & d.tokens} or {self.done[-1].turn}
        plans: list[Plan] = []
        for done in self.done:
            if done.turn in turns and done.plan not in plans:
                plans.append(done.plan)
        return plans

    def compose(self, text: str) -> tuple[list[Part], Answer, str]:
        """The parts that the final text rests on, their answer in the plain rendering, and how
        the question was read where its words do not say it."""
        parts = [
            Part(words=self.asked.text, plan=plan, confidence=_CONFIDENCE)
            for plan in self.plans(text)
        ]
        answer, _ = self.composer.compose(self.asked.text, parts)
        echo = f"（按“{'”“'.join(self.taken_as)}”理解）" if self.taken_as else ""
        return parts, answer, echo

    def _result(self, plan: Plan) -> str:
        part = Part(words=self.asked.text, plan=plan, confidence=_CONFIDENCE)
        answer, _ = self.composer.compose(self.asked.text, [part])
        text = self.book.masked(answer)
        if answer.status is not Status.ANSWERED:
            return self.fence.empty(text)
        names = list(dict.fromkeys(TOKEN.findall(text)))
        quoted = [(name, self.book.tokens[name].shown) for name in names]
        quoted = [(name, shown) for name, shown in quoted if shown][:_MAX_QUOTED]
        inside = dict.fromkeys(t for _, shown in quoted for t in TOKEN.findall(shown))
        self.done.append(Done(plan, frozenset((*names, *inside)), self._turn))
        legend = self.book.legend(dict.fromkeys((*names, *inside)))
        return self.fence.result(
            _clipped(text), legend, [(str(self.book.tokens[n]), _clipped(s)) for n, s in quoted]
        )


def _why(error: ValidationError) -> str:
    return "；".join(
        f"{'.'.join(map(str, problem['loc']))} {problem['msg']}" for problem in error.errors()[:3]
    )


def _clipped(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "……"
