"""Wording of the document's own words: quoted, never paraphrased."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.model import Fact, Passage, PassageKind
from disclosure.money import format_number
from disclosure.text import fold
from qa_service.answering.answer import Derivation, Figure, Operation, Status
from qa_service.answering.draft import Draft, FigureWriter, money
from qa_service.answering.evidence import Evidence
from qa_service.answering.figures import FigureAnswers
from qa_service.tools.cells import CellFinder
from qa_service.tools.results import (
    CodesFound,
    ContentsFound,
    FundFound,
    Looked,
    TablesFound,
    TargetsFound,
    Texts,
)
from qa_service.tools.texts import coverage
from qa_service.understanding.plan import (
    Codes,
    Contents,
    Define,
    Explain,
    FindTable,
    FundOf,
    Lookup,
    Search,
    Targets,
)

_MAX_TARGETS = 40


class TextAnswers:
    """Writes the answers of the text tools."""

    def __init__(self, finder: CellFinder, evidence: Evidence, figures: FigureAnswers) -> None:
        self._finder = finder
        self._evidence = evidence
        self._figures = figures
        self._writer = FigureWriter(evidence)

    def texts(self, result: Texts) -> Draft:
        """Definition, reason, purpose, duties or passages found."""
        plan = result.plan
        draft = Draft()
        if result.change is not None and isinstance(plan, Explain):
            self._premise(draft, result, plan)
        if not result.passages:
            return self._none(draft, result)
        for passage in result.passages:
            self._evidence.passage(passage)
        if isinstance(plan, Define):
            for passage in result.passages:
                draft.say(_definition(passage, plan))
        elif isinstance(plan, Explain):
            if plan.aspect == "structure":
                self._counted(draft, plan)
            draft.say(self._explained(plan, result.passages))
        elif isinstance(plan, Search) and plan.passages:
            told = [_told(passage, plan.words) for passage in result.passages]
            told = [
                text for text in dict.fromkeys(told) if not any(text in t != text for t in told)
            ]
            draft.say("公开文件中相关的原文是：" + "；".join(f"“{text}”" for text in told))
        else:
            draft.say(f"公开文件中相关的原文是：“{result.passages[0].text}”")
        return draft

    def _premise(self, draft: Draft, result: Texts, plan: Explain) -> None:
        """A why-question states a change first, corrected where the question has it wrong."""
        assert result.change is not None
        amount = result.change.amount or result.change.rate
        sentence = self._figures.change_sentence(draft, result.change, None)
        if plan.direction is not None and amount is not None:
            actual = "up" if amount.value > 0 else "down" if amount.value < 0 else "same"
            if plan.direction != actual:
                words = {"up": "增加", "down": "减少", "same": "持平"}
                sentence = f"没有{words[plan.direction]}，而是{words[actual]}：{sentence}"
        draft.say(sentence)

    def _counted(self, draft: Draft, plan: Explain) -> None:
        """How many there are, before their names."""
        for selector in plan.selectors:
            cell = self._finder.resolve(selector).cell
            if cell is not None:
                draft.figures.append(self._writer.cell(cell))
                draft.say(f"{cell.label}为{money(cell)}。")

    def _explained(self, plan: Explain, passages: Sequence[Passage]) -> str:
        if plan.aspect == "reason":
            return "".join(_reason(passage, plan) for passage in passages)
        if plan.aspect == "purpose":
            return "".join(_purpose(passage) for passage in passages)
        if len(passages) == 1:
            return f"公开文件载明：“{passages[0].text}”"
        lines = "\n".join(f"- {p.text}" for p in passages)
        head = {"duty": "主要职责如下：", "structure": "机构设置情况如下："}.get(
            plan.aspect, "如下："
        )
        return f"公开文件载明的{head}\n{lines}"

    def _none(self, draft: Draft, result: Texts) -> Draft:
        plan = result.plan
        if isinstance(plan, Explain) and draft.figures:
            draft.say("公开文件没有说明原因。")
            return draft
        if isinstance(plan, Explain) and self._figure_instead(draft, plan):
            return draft
        draft.status = Status.NOT_DISCLOSED
        if isinstance(plan, Define):
            draft.say(f"公开文件的名词解释中没有“{'、'.join(plan.terms)}”。")
        elif isinstance(plan, Explain):
            what = {"reason": "变动的原因", "purpose": "用途"}.get(plan.aspect, "相关内容")
            topic = f"“{plan.topics[0]}”" if plan.topics else ""
            draft.say(f"公开文件没有说明{topic}{what}。")
        else:
            assert isinstance(plan, Search)
            draft.say("公开文件中没有找到相关内容。")
        return draft

    def _figure_instead(self, draft: Draft, plan: Explain) -> bool:
        """Nothing explains it, but the premise is wrong: nothing is planned, or another amount."""
        cells = [c for s in plan.selectors if (c := self._finder.resolve(s).cell) is not None]
        if not cells or not (plan.claim is not None or cells[0].value == 0):
            return False
        lookup = Lookup(selectors=plan.selectors, claim=plan.claim)
        resolutions = tuple(self._finder.resolve(s) for s in plan.selectors)
        worded = self._figures.looked(Looked(lookup, resolutions, ()))
        draft.figures += worded.figures
        draft.sentences += worded.sentences
        what = {"reason": "原因", "purpose": "用途"}.get(plan.aspect, "其他情况")
        draft.say(f"公开文件没有说明{what}。")
        return True

    def targets(self, result: TargetsFound) -> Draft:
        """A project's goal and indicators, as published."""
        plan = result.plan
        assert isinstance(plan, Targets)
        draft = Draft()
        if not result.facts:
            draft.status = Status.NOT_DISCLOSED
            name = f"“{plan.project}”的" if plan.project else ""
            draft.say(f"公开文件没有列出{name}{plan.indicator_class or '绩效目标'}。")
            return draft
        goals = [f for f in result.facts if f.indicator_class == "年度绩效目标"]
        indicators = [f for f in result.facts if f not in goals]
        for fact in result.facts[:_MAX_TARGETS]:
            number = self._evidence.fact(fact)
            if fact.value is not None and fact in indicators:
                draft.figures.append(_target_figure(fact, number))
        projects = dict.fromkeys(fact.coordinates.project for fact in indicators or goals)
        asked = plan.indicator or plan.indicator_class
        if goals and (not asked or not indicators):
            project = goals[0].coordinates.project
            draft.say(f"“{project}”项目的年度绩效目标是：“{goals[0].text_value}”")
        several = len(projects) > 1
        lines = [
            f"- {f'“{f.coordinates.project}”项目，' if several else ''}"
            f"{f.indicator_class}：{f.indicator}（{_target(f)}）"
            for f in indicators[:_MAX_TARGETS]
        ]
        if lines:
            draft.stated.append(f"{len(projects)}个项目")
            whose = f"{len(projects)}个项目有这样" if several else f"“{next(iter(projects))}”项目"
            draft.say(f"{whose}的绩效指标：\n" + "\n".join(lines))
        if len(indicators) > _MAX_TARGETS:
            draft.say("还有其他项目的没有列出，可以说出项目名称再问。")
        return draft

    def tables(self, result: TablesFound) -> Draft:
        """The tables that hold what was asked for."""
        plan = result.plan
        assert isinstance(plan, FindTable)
        draft = Draft()
        if not result.tables and result.cells:
            facts = [fact for cell in result.cells for fact in cell.facts]
            number = self._evidence.facts(facts, limit=1)[0]
            section = self._evidence.citations[number - 1].section or "文字说明"
            draft.say(f"“{plan.topic}”没有单列在表格里，见文字说明“{section}”。")
            return draft
        if not result.tables:
            draft.status = Status.NOT_DISCLOSED
            draft.say(f"公开的表格中没有单列“{plan.topic}”。")
            return draft
        for cell in result.cells:
            self._evidence.facts(cell.facts)
        for table in result.tables[:4]:
            self._evidence.table(table)
        names = "、".join(table.name for table in result.tables[:4])
        if plan.empty:
            draft.say(f"没有数据的表是{names}。")
        elif plan.topic:
            draft.say(f"“{plan.topic}”见{names}。")
        elif len(result.tables) > 1:
            draft.say(f"所问的表是{names}。")
        else:
            table = result.tables[0]
            unit = f"，金额单位：{table.unit}" if table.unit else ""
            note = f"。表下注明：“{table.note}”" if table.note else ""
            draft.say(f"{names}：共{len(table.rows)}行{unit}{note}。")
        return draft

    def contents(self, result: ContentsFound) -> Draft:
        """How many there are and their names."""
        plan = result.plan
        assert isinstance(plan, Contents)
        noun, unit = {"table": ("报表", "张"), "term": ("名词", "个"), "duty": ("主要职责", "条")}[
            plan.kind
        ]
        draft = Draft()
        if not result.names:
            draft.status = Status.NOT_DISCLOSED
            draft.say(f"公开文件没有列出{noun}。")
            return draft
        citations = [self._evidence.table(t) for t in result.tables]
        citations += [self._evidence.passage(p) for p in result.passages]
        title = self._finder.disclosure(plan.disclosure_id).title
        draft.figures.append(
            Figure(
                label=f"《{title}》的{noun}数",
                value=str(len(result.names)),
                unit=unit,
                derivation=Derivation(
                    operation=Operation.COUNT, formula=f"共列出{len(result.names)}{unit}"
                ),
                citations=citations,
            )
        )
        draft.say(f"《{title}》共有{len(result.names)}{unit}{noun}：")
        draft.say("\n".join(f"- {name}" for name in result.names))
        return draft

    def codes(self, result: CodesFound) -> Draft:
        """The codes, each with a row that stands under it."""
        plan = result.plan
        assert isinstance(plan, Codes)
        draft = Draft()
        if not result.codes:
            draft.status = Status.NOT_DISCLOSED
            names = "、".join(dict.fromkeys(selector.name for selector in plan.selectors))
            draft.say(f"公开文件没有列出“{names}”的编码。")
        for coded in result.codes:
            draft.stated.append(coded.code)
            if coded.cell is not None:
                printed = [fact for fact in coded.cell.facts if fact.table_id]
                self._evidence.facts(printed or coded.cell.facts, limit=1)
            draft.say(f"{coded.name}的{coded.kind}是{coded.code}。")
        return draft

    def fund(self, result: FundFound) -> Draft:
        """The fund sources that carry a figure."""
        plan = result.plan
        assert isinstance(plan, FundOf)
        draft = Draft()
        if not result.funds:
            draft.status = Status.NOT_DISCLOSED
            draft.say(f"公开文件没有载明“{plan.selector.name}”的资金来源。")
            return draft
        if result.whole is not None:
            draft.figures.append(self._writer.cell(result.whole))
        parts = []
        for member in result.funds:
            draft.figures.append(self._writer.cell(member.cell))
            parts.append(f"{member.name}{money(member.cell)}")
        draft.say(f"“{plan.selector.name}”的资金来源是：{'，'.join(parts)}。")
        return draft


def _reason(passage: Passage, plan: Explain) -> str:
    about = passage.subject_label if passage.subject_label not in plan.topics else ""
    return f"公开文件说明的{f'{about}变动的' if about else ''}原因是：“{passage.text}”"


def _purpose(passage: Passage) -> str:
    if passage.kind is PassageKind.GOAL:
        return f"公开文件列出的“{passage.subject_label}”的年度绩效目标是：“{passage.text}”"
    return f"公开文件对“{passage.subject_label}”用途的说明是：“{passage.text}”"


def _told(passage: Passage, words: str) -> str:
    """The sentence of a passage that speaks of the words."""
    sentences = re.findall("[^。；;\n]+[。；;]?", passage.text)
    return max(sentences, key=lambda s: (coverage(words, s), -len(s)), default=passage.text)


def _definition(passage: Passage, plan: Define) -> str:
    if passage.kind is PassageKind.TERM:
        return f"公开文件的名词解释：“{passage.text}”"
    term = next((t for t in plan.terms if fold(t) in fold(passage.text)), plan.terms[0])
    told = [s for s in re.split("(?<=[。；])", passage.text) if fold(term) in fold(s)]
    return f"公开文件的名词解释中没有“{term}”，提到它的原文是：“{''.join(told[:2])}”"


def _target(fact: Fact) -> str:
    if fact.printed:
        own = fact.printed.removeprefix(fact.indicator)  # 满意度(≥90%) of the indicator 满意度
        return own.strip("()（）") if own != fact.printed and own else fact.printed
    if fact.value is not None:
        return f"{fact.comparator}{format_number(fact.value)}{fact.unit}"
    return fact.text_value


def _target_figure(fact: Fact, citation: int) -> Figure:
    assert fact.value is not None
    return Figure(
        label=f"{fact.indicator_class}：{fact.indicator}",
        value=format(fact.value, "f"),
        unit=fact.unit,
        derivation=Derivation(
            operation=Operation.LOOKUP, formula=f"{fact.indicator}（{_target(fact)}）"
        ),
        citations=[citation],
    )
