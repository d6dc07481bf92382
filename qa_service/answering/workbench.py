"""From names to a checked plan and its answer, over one release: for programs that say piece by
piece what they want, instead of asking a question.

Names are linked as the planner links a question's words; the plan passes the same check, runs with
the same tools and is worded and guarded in the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from disclosure.model import Disclosure, Kind, Measure
from qa_service.answering.answer import Answer
from qa_service.answering.composer import Composer
from qa_service.tools.cells import CellFinder
from qa_service.understanding.check import objections
from qa_service.understanding.choosing import Chooser
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import (
    Ask,
    Axis,
    Group,
    Memory,
    Part,
    Plan,
    Refuse,
    Selector,
    Where,
)
from qa_service.understanding.question import normalise
from qa_service.understanding.reading import Reader
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import segment
from qa_service.understanding.vocabulary import general_words, national_words

#: Names offered in the place of one that is not known.
_MAX_NEAR = 6


class NotUnderstoodError(Exception):
    """Arguments that name nothing held, or more than one thing: the answer says which."""

    def __init__(self, plan: Refuse | Ask) -> None:
        super().__init__(plan.detail)
        self.plan = plan


class Whose(Protocol):
    """Whose figures are meant; what is None is left open."""

    @property
    def department(self) -> str | None:
        """A department or unit of one, in any of its names."""
        ...

    @property
    def year(self) -> int | None:
        """The fiscal year."""
        ...

    @property
    def kind(self) -> Kind | None:
        """Budget or final account."""
        ...

    @property
    def disclosure_id(self) -> str | None:
        """Just this one."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """A name linked to members of the data: figures of one or several disclosures."""

    words: str
    clauses: tuple[Clause, ...]

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """Which figures are meant."""
        return tuple(s for clause in self.clauses for s in clause.selectors())


class Workbench:
    """Links, checks and answers over one release. Safe for several threads."""

    def __init__(
        self,
        finder: CellFinder,
        linking: tuple[ScopeIndex, Reader, Chooser],
        composer: Composer,
    ) -> None:
        self._finder = finder
        self._scopes, self._reader, self._chooser = linking
        self._composer = composer
        self._disclosures = self._scopes.disclosures

    def held(self) -> list[Disclosure]:
        """Every disclosure of the release."""
        return list(self._disclosures.values())

    # -- whose figures -------------------------------------------------------------------------

    def disclosures(self, whose: Whose) -> list[Disclosure]:
        """The disclosures meant. Raises ``NotUnderstoodError``."""
        return self._chosen(whose)[1]

    def _chosen(self, whose: Whose) -> tuple[Scope, list[Disclosure]]:
        if whose.disclosure_id is not None:
            held = self._disclosures.get(whose.disclosure_id)
            if held is None:
                raise NotUnderstoodError(
                    Refuse(
                        status="not_disclosed",
                        reason="department",
                        detail=f"编号{whose.disclosure_id}",
                    )
                )
        words = self._owner(whose)
        tokens = segment(words, (general_words(), self._scopes.words, national_words()))
        scope = self._scopes.read(tokens)
        if scope.unknown or (whose.department and not scope.named):
            unknown = scope.unknown or whose.department or ""
            raise NotUnderstoodError(
                Refuse(status="not_disclosed", reason="department", detail=unknown)
            )
        allowed = [
            d.id
            for d in self._disclosures.values()
            if whose.disclosure_id in (None, d.id) and whose.kind in (None, d.kind)
        ]
        chosen = self._chooser.choose(words, scope, tokens, Memory(), allowed)
        if isinstance(chosen, Refuse | Ask):
            raise NotUnderstoodError(_without_questions(chosen))
        return scope, chosen

    @staticmethod
    def _owner(whose: Whose) -> str:
        """The arguments in the words that the planner reads them from."""
        year = f"{whose.year}年" if whose.year else ""
        department = normalise(whose.department).text if whose.department else ""
        return f"{year}{department}" + ("决算" if whose.kind is Kind.FINAL_ACCOUNT else "")

    # -- what is meant -------------------------------------------------------------------------

    def named(self, item: str, whose: Whose) -> Named:
        """The item linked in every disclosure meant. Raises ``NotUnderstoodError``."""
        scope, disclosures = self._chosen(whose)
        words = self._owner(whose) + normalise(item).text
        clauses = tuple(self._reader.read(words, scope, d) for d in disclosures)
        for clause in clauses:
            self._understood(item, clause)
        return Named(words, clauses)

    def _understood(self, item: str, clause: Clause) -> None:
        if clause.topics and not clause.unknown:
            return
        detail = "、".join(clause.unknown) or item
        near, _ = self._reader.near(detail, clause, [detail])
        raise NotUnderstoodError(
            Ask(about="topic", detail=detail, options=near[:_MAX_NEAR])
            if near
            else Refuse(
                status="not_disclosed",
                reason="unrecognised",
                detail=detail,
                disclosure_id=clause.disclosure.id,
            )
        )

    def group(self, item: str | None, whose: Whose, by: Axis, level: int | None) -> Group:
        """The members of an axis with the item's figure (None: the whole budget). Raises
        ``NotUnderstoodError``."""
        named = self.named(item or WHOLE_BUDGET.name, whose)
        clause = named.clauses[0]
        if len(named.selectors) != 1:
            raise NotUnderstoodError(
                Ask(
                    about="topic", detail=item or "", options=tuple(s.name for s in named.selectors)
                )
            )
        (selector,) = named.selectors
        within = next((w.axes[by] for w in selector.readings if by in w.axes), None)
        if within is not None:
            # The parts of a class: 302's own items, at its other coordinates.
            selector = selector.model_copy(
                update={
                    "readings": tuple(
                        Where(
                            measure=w.measure
                            or (Measure.EXPENDITURE if within.isdigit() else None),
                            axes={axis: m for axis, m in w.axes.items() if axis != by},
                        )
                        for w in selector.readings
                        if by in w.axes
                    )
                }
            )
        elif by == "subject" and level is None and not clause.topics[0].container:
            level = 3
        return Group(axis=by, selector=selector, level=level, within=within)

    def across(self, item: str | None, ids: Sequence[str]) -> Group:
        """The departments of these disclosures with the item's figure. Raises
        ``NotUnderstoodError``."""
        words = normalise(item or WHOLE_BUDGET.name).text
        clause = self._reader.read(words, Scope(disclosure_ids=tuple(ids)), None, ids)
        unknown = [token.text for token in clause.tokens if token.unknown]
        if unknown or len(clause.topics) != 1:
            detail = "、".join(unknown) or words
            raise NotUnderstoodError(
                Refuse(status="not_disclosed", reason="unrecognised", detail=detail)
            )
        return Group(
            axis="department", selector=clause.select(clause.topics[0]), disclosure_ids=tuple(ids)
        )

    def heads(self, whose: Whose) -> Selector:
        """The published number of posts, to divide by."""
        disclosure = self.disclosures(whose)[0]
        where = Where(measure=Measure.STAFF, axes={"item": "编制"})
        return Selector(disclosure_id=disclosure.id, name="编制数", readings=(where,))

    # -- answers -------------------------------------------------------------------------------

    def answer(self, words: str, plan: Plan) -> Answer:
        """The plan's answer. ``words`` are the arguments that its constants came from."""
        strange = objections(plan, words, self._finder)
        if strange:
            return self.refusal(
                words,
                Refuse(status="not_disclosed", reason="unrecognised", detail="、".join(strange)),
            )
        return self._composed(words, plan)

    def refusal(self, words: str, plan: Refuse | Ask) -> Answer:
        """Why there is none, in words."""
        return self._composed(words, plan)

    def _composed(self, words: str, plan: Plan | Refuse | Ask) -> Answer:
        return self._composer.compose(words, [Part(words=words, plan=plan, confidence=1.0)])[0]


def _without_questions(plan: Refuse | Ask) -> Refuse | Ask:
    """Options are names to call again with: the rest of a question was never there."""
    if not isinstance(plan, Ask):
        return plan
    return plan.model_copy(update={"options": tuple(o.rstrip("：") for o in plan.options)})
