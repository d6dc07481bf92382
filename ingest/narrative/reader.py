"""One node of the outline at a time: its passages, and the facts of its figures."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disclosure.model import ALL, Aspect, Coordinates, Fact, Measure, Passage, PassageKind
from disclosure.money import WAN, places
from ingest.narrative.context import NarrativeContext
from ingest.narrative.counts import find_counts, find_sums
from ingest.narrative.explanations import Zone
from ingest.narrative.ledger import Stated
from ingest.narrative.nothing import find_nothing
from ingest.narrative.passages import (
    NOTE,
    Explained,
    Passages,
    kind_of,
    with_span,
    worth_keeping,
    write,
)
from ingest.narrative.prose import Prose
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.scanner import Scanner
from ingest.narrative.scopes import Scopes
from ingest.sections import Node, Role

#: Sections whose counted nouns are the disclosure's own; elsewhere numbers count anything.
_ASSETS = re.compile(r"国有资产|资产占[有用]|资产情况")
_PERFORMANCE = re.compile(r"绩效")
#: Sections without figures of this budget: definitions, duties, plans for the year.
_SILENT = (PassageKind.TERM, PassageKind.DUTY, PassageKind.NOTE)
#: '项目名称：…' opens the account of a project; '绩效目标：…', '预算安排：…' follow.
_PROJECT_NAME = re.compile(r"^项目名称\s*[:：]\s*(?P<name>\S.{1,60})$")
#: Paragraphs that only say that the parts of the last figure follow.
_BARE = frozenset(("其中", "包括", "具体如下", "具体情况如下"))
_PLANS = re.compile(r"工作(?:任务|目标|重点|计划)|主要任务|重点工作")


@dataclass(slots=True)
class NodeReader:
    """Reads nodes in order, remembering what each introduces."""

    context: NarrativeContext
    facts: list[Fact] = field(default_factory=list)
    passages: Passages = field(init=False)
    _scopes: Scopes = field(init=False)
    _ids: Counter[str] = field(default_factory=Counter)
    _last: Reading | None = None

    def __post_init__(self) -> None:
        self.passages = Passages(self.context.disclosure_id)
        self._scopes = Scopes(self.context.vocabulary)

    def read(self, node: Node) -> None:
        """Add the passages and facts of one node."""
        if node.role is Role.HEADING or not worth_keeping(node):
            return
        kind = kind_of(node)
        offset = node.text.find(node.title[:20]) if node.title else 0
        prose = Prose(node.text[max(offset, 0) :])
        if kind in _SILENT or any(_PLANS.search(title) for title in node.path):
            section = self.context.table_of(node.text) if kind is PassageKind.NOTE else ()
            written = write(self.passages, node, (), "", section)
            if kind is PassageKind.NOTE:
                sentence = Prose(NOTE.sub("", node.text).rstrip("）)"))
                self._nothing(sentence, Scope(), written[0], len(node.text) - len(sentence.source))
            return
        if project := _PROJECT_NAME.match(node.title):
            self._scopes.open_account(node, project["name"].strip("。；"))
        scope = self._scopes.of(node)
        head = self._scopes.head(node, scope)
        scanner = Scanner(prose, self.context.vocabulary, scope, head, self.context.year)
        stated = scanner.scan()
        about = _about(stated, head) if node.title.strip("：:") not in _BARE else self._last
        self._last = about
        if about is not None:
            self._scopes.remember(node, about)
        explained = self._explained(prose, scanner, stated)
        written = write(self.passages, node, explained, about.label if about else "")
        home = written[0]
        for figure in stated:
            self._state(prose, figure, home, max(offset, 0))
        self._count(prose, node, kind, scope, home, max(offset, 0))
        self._nothing(prose, scope, home, max(offset, 0))

    @staticmethod
    def _explained(prose: Prose, scanner: Scanner, stated: tuple[Stated, ...]) -> list[Explained]:
        """Reasons and purposes, each with what it explains and the sentence it stands in."""
        found: list[Explained] = []
        for zone, reading in scanner.explained:
            if reading is not None and reading.label:
                before = [s for s in stated if s.end <= zone.start]
                text = prose.quote(_clause(prose.text, zone, before), zone.end)
                found.append(Explained(zone.kind, reading.label, text))
        return found

    def _state(self, prose: Prose, stated: Stated, home: Passage, offset: int) -> None:
        printed = prose.quote(stated.start, stated.end)
        for measure in stated.reading.measures:
            self._add(
                home,
                measure,
                stated.aspect,
                stated.reading.coordinates(),
                stated.value,
                stated.unit,
                stated.reading.label,
                (offset + prose.start(stated.start), offset + prose.start(stated.end)),
                printed=printed,
                base=stated.base,
                year=stated.year,
                stage=stated.reading.stage,
                row_path=stated.reading.path[:-1],
                confidence=stated.confidence,
            )

    def _count(
        self, prose: Prose, node: Node, kind: PassageKind, scope: Scope, home: Passage, offset: int
    ) -> None:
        words = " ".join(node.path)
        performance = bool(_PERFORMANCE.search(words))
        if not (kind is PassageKind.STRUCTURE or performance or _ASSETS.search(words)):
            return
        counted: set[tuple[str, str]] = set()
        unit = scope.axes.get("unit") or self._named_unit(prose)
        sums = find_sums(prose.text, performance=performance)
        structure = kind is PassageKind.STRUCTURE
        for count in (*find_counts(prose.text, projects=performance), *(() if structure else sums)):
            if (count.item, count.as_of) in counted:
                continue
            counted.add((count.item, count.as_of))
            self._add(
                home,
                count.measure,
                Aspect.AMOUNT,
                Coordinates(unit=unit or ALL, item=count.item),
                count.value,
                count.unit,
                count.item,
                (offset + prose.start(count.start), offset + prose.start(count.end)),
                printed=prose.quote(count.start, count.end),
                as_of=count.as_of,
            )

    def _named_unit(self, prose: Prose) -> str:
        """The unit that a paragraph begins with ('深圳市…中心下设综合部…共5个部门').

        What is counted of the head office (its 处室, its posts) is counted of the department.
        """
        if len(self.context.units) <= 1:
            return ""
        opening = prose.text[:60]
        named = [u for u in self.context.units if opening.startswith(_plain(u.name))]
        if not named:
            return ""
        unit = max(named, key=lambda u: len(u.name))
        return "" if unit.head_office else unit.key

    def _nothing(self, prose: Prose, scope: Scope, home: Passage, offset: int) -> None:
        for none in find_nothing(prose.text, self.context.vocabulary, scope):
            for measure in none.reading.measures:
                self._add(
                    home,
                    measure,
                    Aspect.AMOUNT,
                    none.reading.coordinates(),
                    Decimal(0),
                    WAN,
                    none.reading.label,
                    (offset + prose.start(none.start), offset + prose.start(none.end)),
                    printed="无",
                )

    def _add(
        self,
        home: Passage,
        measure: Measure,
        aspect: Aspect,
        coordinates: Coordinates,
        value: Decimal,
        unit: str,
        label: str,
        span: tuple[int, int],
        *,
        printed: str,
        base: str = "",
        year: int | None = None,
        stage: str = "",
        as_of: str = "",
        row_path: tuple[str, ...] = (),
        confidence: float = 1.0,
    ) -> None:
        content = "\x1f".join(
            (home.id, measure, aspect, *map(str, coordinates.narrowed().items()), *map(str, span))
        )
        self._ids[content] += 1
        number = self._ids[content]
        fact = Fact(
            id=hashlib.sha256(f"{content}\x1f{number}".encode()).hexdigest()[:20],
            disclosure_id=self.context.disclosure_id,
            measure=measure,
            aspect=aspect,
            coordinates=coordinates,
            value=value,
            unit=unit,
            year=year if year is not None else self.context.year,
            label=label,
            locator=with_span(home.locator, *span),
            printed=printed,
            places=places(printed),
            origin="sentence",
            row_path=row_path,
            passage_id=home.id,
            stage=stage or self.context.stage,
            as_of=as_of,
            base=base,
            confidence=confidence,
        )
        self.facts.append(fact)


def _about(stated: tuple[Stated, ...], head: Reading | None) -> Reading | None:
    """What a node introduces: its first amount, else what it is headed by."""
    first = next((s.reading for s in stated if s.aspect is Aspect.AMOUNT), None)
    return replace(first, stage="") if first is not None else head


def _clause(text: str, zone: Zone, before: list[Stated]) -> int:
    """Where the sentence begins that a reason ends, or the figure that a purpose is for."""
    sentence = _sentence(text, zone.start)
    if before and before[-1].start < sentence and zone.start - sentence < 4:
        # '…下降3.31%。主要原因是…': the figure's own sentence belongs to it.
        return _sentence(text, sentence - 1)
    return sentence


def _sentence(text: str, position: int) -> int:
    """The start of the sentence or of the part between semicolons, brackets kept whole."""
    depth = 0
    for i in range(position - 1, -1, -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            depth = max(depth - 1, 0)
        elif text[i] in "。；" and depth == 0:
            return i + 1
    return 0


def _plain(name: str) -> str:
    return Prose(name).text
