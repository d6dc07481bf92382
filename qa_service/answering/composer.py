"""From planned parts to one answer: tools run, results worded, the figure guard applied."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.library import Library
from disclosure.model import Disclosure
from qa_service.answering.answer import Answer, Chart, Figure, Status
from qa_service.answering.cautions import caution
from qa_service.answering.charts import chart_of
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import Evidence
from qa_service.answering.figures import FigureAnswers
from qa_service.answering.guard import numbers, strangers
from qa_service.answering.refusals import asked_back, refused
from qa_service.answering.suggestions import follow_ups
from qa_service.answering.texts import TextAnswers
from qa_service.tools.cells import CellFinder
from qa_service.tools.groups import singled_out
from qa_service.tools.registry import run
from qa_service.tools.results import (
    Calculated,
    Changed,
    CodesFound,
    ContentsFound,
    FundFound,
    Grouped,
    Looked,
    Result,
    TablesFound,
    TargetsFound,
)
from qa_service.understanding.plan import Ask, Part, Refuse, Selector


class Composer:
    """Answers planned questions over one release."""

    def __init__(self, library: Library, finder: CellFinder) -> None:
        self._library = library
        self._finder = finder
        self._disclosures: dict[str, Disclosure] = {d.id: d for d in library.disclosures()}
        # Once for a release: thousands of titles would be read again at every question.
        self._named = frozenset(n for title in self._titles() for n in numbers(title))

    def compose(self, question: str, parts: Sequence[Part]) -> tuple[Answer, Selector | None]:
        """The answer to all parts together, and the member that a ranking singled out: what 它
        means in the next question."""
        evidence = Evidence(self._library, self._disclosures)
        results = [self._result(part) for part in parts]
        drafts = [
            self._draft(part, result, evidence) for part, result in zip(parts, results, strict=True)
        ]
        status = _overall(drafts)
        figures = [figure for draft in drafts for figure in draft.figures]
        worded = [_text(part, draft) for part, draft in zip(parts, drafts, strict=True)]
        text = "\n".join(dict.fromkeys(worded))
        answered = status is Status.ANSWERED
        warning = caution(self._library, figures, evidence.citations) if answered else ""
        text = f"{text}\n{warning}" if warning else text
        citations = evidence.citations if answered else []
        if not answered:
            figures = []
        sources = [question, *_figure_texts(figures), warning]
        sources += [f"{c.quote}{c.title}{c.table or ''}" for c in citations]
        sources += [option for draft in drafts for option in draft.options]
        sources += [text for draft in drafts for text in draft.stated]
        sources += self._table_names(parts)
        if answered and strangers(text, sources, self._named):
            text = _plain(figures) or "公开文件没有可以直接引用的回答。"
            text = f"{text}\n{warning}" if warning else text
        answer = Answer(
            status=status,
            answer=text,
            figures=_distinct(figures),
            citations=citations,
            options=[option for draft in drafts for option in draft.options][:8],
            follow_ups=self._follow_ups(parts, question) if answered else [],
            chart=self._chart(results, drafts) if answered else None,
        )
        return answer, next((s for r in reversed(results) if (s := singled_out(r))), None)

    def _result(self, part: Part) -> Result | None:
        return None if isinstance(part.plan, Refuse | Ask) else run(self._finder, part.plan)

    def _draft(self, part: Part, result: Result | None, evidence: Evidence) -> Draft:
        if isinstance(part.plan, Refuse):
            return refused(part.plan, self._disclosures)
        if isinstance(part.plan, Ask):
            return asked_back(part.plan)
        assert result is not None
        return self._worded(result, evidence)

    def _worded(self, result: Result, evidence: Evidence) -> Draft:
        figures = FigureAnswers(self._finder, evidence)
        texts = TextAnswers(self._finder, evidence, figures)
        match result:
            case Looked():
                return figures.looked(result)
            case Calculated():
                return figures.calculated(result)
            case Changed():
                return figures.changed(result)
            case Grouped():
                return figures.grouped(result)
            case TargetsFound():
                return texts.targets(result)
            case TablesFound():
                return texts.tables(result)
            case ContentsFound():
                return texts.contents(result)
            case CodesFound():
                return texts.codes(result)
            case FundFound():
                return texts.fund(result)
            case _:
                return texts.texts(result)

    def _chart(self, results: Sequence[Result | None], drafts: Sequence[Draft]) -> Chart | None:
        charts = (
            chart_of(self._finder, result, draft.figures)
            for result, draft in zip(results, drafts, strict=True)
        )
        return next((chart for chart in charts if chart is not None), None)

    def _table_names(self, parts: Sequence[Part]) -> list[str]:
        """Names of the tables that an answer may point to (已查表6), with their sizes."""
        ids = set().union(*(part.plan.disclosures() for part in parts))
        return [
            f"{table.name} {len(table.rows)} {table.note}"
            for disclosure_id in ids
            for table in self._library.tables(disclosure_id)
        ]

    def _titles(self) -> list[str]:
        """How disclosures and their units are called, with numbers that any answer may say."""
        return [
            f"{d.title}{d.department}{d.code}{d.year}{d.year - 1}"
            + "".join(f"{u.name}{u.code}" for u in d.units)
            for d in self._disclosures.values()
        ]

    def _follow_ups(self, parts: Sequence[Part], question: str) -> list[str]:
        questions: list[str] = []
        for part in parts:
            selectors: tuple[Selector, ...] = getattr(part.plan, "selectors", ())
            for suggestion in follow_ups(self._finder, selectors, question):
                if suggestion not in questions:
                    questions.append(suggestion)
        return questions[:4]


def _overall(drafts: Sequence[Draft]) -> Status:
    """Answered when at least one part is; else what the first part came to."""
    statuses = [draft.status for draft in drafts]
    for status in (Status.ANSWERED, Status.CLARIFY, Status.NOT_DISCLOSED):
        if status in statuses:
            return status
    return Status.OUT_OF_SCOPE


def _text(part: Part, draft: Draft) -> str:
    text = "".join(
        sentence if index == 0 or not sentence.startswith("- ") else f"\n{sentence}"
        for index, sentence in enumerate(draft.sentences)
    )
    return f"{part.echo}{text}"


def _figure_texts(figures: Sequence[Figure]) -> list[str]:
    texts = []
    for figure in figures:
        texts += [figure.label, figure.value, figure.derivation.formula]
        texts += [f"{i.label} {i.value}" for i in figure.derivation.inputs]
    return texts


def _plain(figures: Sequence[Figure]) -> str:
    """The plain rendering: each figure with its label."""
    return "\n".join(f"{figure.label}：{figure.value}{figure.unit}。" for figure in figures)


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in figures:
        if not any(k.label == figure.label and k.value == figure.value for k in kept):
            kept.append(figure)
    return kept
