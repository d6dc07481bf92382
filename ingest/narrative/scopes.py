"""The scope of each node of the outline: what its headings and introductions fix beforehand."""

from __future__ import annotations

import re
from dataclasses import replace

from disclosure.model import Measure
from ingest.narrative.labels import read_label
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.vocabulary import Vocabulary
from ingest.sections import Node, Role

_AXES = (
    (re.compile(r"政府预算支出经济|政府经济(?:分类|科目)"), "gov_economic"),
    (re.compile(r"经济(?:分类|科目|类)"), "economic"),
    (re.compile(r"功能(?:分类|科目)|[（(]\d*[类款项][）)]|”科目"), "subject"),
)
_THREE_PUBLIC = re.compile(r"三公|会议费、培训费|行政经费")
_PROJECT_ACCOUNT = re.compile(r"^(?P<name>[^，。；：]{2,50}?)(?:项目)?(?:经费)?情况说明$")
_HEAD_END = re.compile(r"[，。；：:]|\d[\d,.]*\s*(?:亿|万)?元")
_REMARK = re.compile(r"[（(][^（()）]*(?:详见|见表|含|口径)[^（()）]*[）)]")
_SECTION_WORDS = re.compile(
    r"预算|决算|收支|收入|支出|经费|部门|单位|其他|绩效|资产|采购|概况|增减"
)


class Scopes:
    """Scopes and heads of the nodes of one outline. ``remember`` is told what each node turned out
    to be about, so that the nodes it introduces are read in its scope."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._about: dict[Node, Reading] = {}
        self._account: tuple[Node | None, Reading] | None = None

    def remember(self, node: Node, reading: Reading) -> None:
        """``node`` is about ``reading``."""
        self._about[node] = reading

    def open_account(self, node: Node, project: str) -> None:
        """The nodes beside ``node`` that follow it speak of ``project``."""
        axes = {"project": project, "kind": "project"}
        self._account = (node.parent, Reading((Measure.EXPENDITURE,), axes, project))

    def of(self, node: Node) -> Scope:
        """The scope in which the text of ``node`` is read."""
        above = list(reversed(node.ancestors()))
        words = " ".join([*node.path, *(n.text for n in above if n.role is not Role.HEADING)])
        scope = Scope(three_public=bool(_THREE_PUBLIC.search(words + node.text[:200])))
        lists_projects = False
        for ancestor in above:
            reading = self._reading(ancestor, scope)
            if reading is not None and not reading.empty:
                scope = scope.inside(reading)
                introduces = ancestor.role is not Role.HEADING and ancestor.text.endswith("：")
                lists_projects = introduces and reading.axes.get("kind") == "project"
        return replace(scope, axis=self._axis(node, above), projects=lists_projects)

    def head(self, node: Node, scope: Scope) -> Reading | None:
        """What a node without a label of its own speaks of: its first words, else its heading."""
        if self._account is not None and self._account[0] is node.parent:
            return self._account[1]
        own = read_label(_head_text(node.title), self._vocabulary, scope)
        if own is not None and not own.empty and own.measures:
            return own
        for ancestor in node.ancestors():
            reading = self._reading(ancestor, self.of(ancestor))
            if reading is not None and not reading.empty and _specific(reading):
                return reading
            if ancestor.role is Role.HEADING:
                return None
        return None

    def _reading(self, node: Node, scope: Scope) -> Reading | None:
        if node in self._about:
            return self._about[node]
        if node.role is not Role.HEADING:
            return None
        title = _REMARK.sub("", node.title)
        reading = read_label(title, self._vocabulary, scope)
        if reading is None and (account := _PROJECT_ACCOUNT.match(title)):
            name = account["name"]
            if not _SECTION_WORDS.search(name):
                axes = {"project": name, "kind": "project"}
                return Reading((Measure.EXPENDITURE,), axes, name)
        return reading

    @staticmethod
    def _axis(node: Node, above: list[Node]) -> str:
        """The classification that names are taken from, as the nearest words about it say."""
        for text in (node.text, *(n.text for n in reversed(above))):
            for pattern, axis in _AXES:
                if pattern.search(text):
                    return axis
        return ""


def _head_text(title: str) -> str:
    found = _HEAD_END.search(title)
    return title[: found.start()] if found else title


def _specific(reading: Reading) -> bool:
    """A heading such as 支出预算情况 is too wide to own the figures below it."""
    plain = {Measure.REVENUE, Measure.EXPENDITURE}
    return bool(set(reading.axes) - {"unit"}) or bool(set(reading.measures) - plain)
