"""Members that only the narrative names: units of the structure section, subjects by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from disclosure.lexicon.classification import economic, functional, gov_economic
from disclosure.model import ALL, Fact, OrgUnit, PassageKind, Subject
from disclosure.text import fold
from ingest.narrative.passages import kind_of
from ingest.sections import Node, Role
from ingest.titles import clean_name

#: '下属全额拨款事业单位8个，即：甲、乙、丙。' lists units; a list of 内设机构 lists offices.
_LIST = re.compile(
    r"(?:下属|所属|直属|下设|预算单位|事业单位)[^。：]{0,40}?(?:即|分别是|分别为|包括|具体包括|有)?[：，]?"
    r"(?:即|分别是|分别为|包括)[：，]?(?P<names>[^。；]+)"
)
#: '纳入预算编制范围的二级预算单位包括：' introduces units, one an item.
_INTRODUCES = re.compile(r"单位(?:有|共有|包括|具体包括|如下)[^，。；]{0,12}[：:]$")
_OFFICES = re.compile(r"内设|处室|科室|机构为")
_UNIT = re.compile(
    r"(?:中心|总队|支队|大队|研究所|研究院|学校|学院|医院|站|所|队|馆|院|会|处|局|监狱|办|团|台|校|园|社)$"
)
_FEWEST = 2


def named_units(nodes: Sequence[Node], department: str) -> tuple[OrgUnit, ...]:
    """The units that the structure section lists by name, where no table names any."""
    found: dict[str, OrgUnit] = {}
    for node in nodes:
        if node.role is Role.HEADING or kind_of(node) is not PassageKind.STRUCTURE:
            continue
        for name in _names(node):
            bare = re.sub(r"^(?:以及|及|和)|[（(][^（()）]*[）)]$|等.*$", "", name.strip("。；; "))
            if _UNIT.search(bare) and len(bare) > 5 and clean_name(bare)[0] != department:
                found.setdefault(fold(bare), OrgUnit(bare, "", bare))
    return tuple(found.values()) if len(found) >= _FEWEST else ()


def _names(node: Node) -> Iterator[str]:
    """The names in a list within one sentence, or the one name that is an item of a list."""
    for listed in _LIST.finditer(node.text):
        if not _OFFICES.search(listed[0][: listed.start("names") - listed.start()]):
            yield from re.split(r"[、，]|(?<=[心所院队校站])[及和](?=\S{4})", listed["names"])
    lead = node.lead or node.parent
    if node.role is not Role.ITEM or lead is None or _OFFICES.search(lead.text):
        return
    if _INTRODUCES.search(lead.text):
        yield node.title


def national_subjects(facts: Iterable[Fact], published: Sequence[Subject]) -> tuple[Subject, ...]:
    """Subjects at whose codes sentences give figures and that no table prints."""
    known = {(subject.axis, subject.key) for subject in published}
    added: dict[tuple[str, str], Subject] = {}
    for fact in facts:
        for axis, tree in (
            ("subject", functional()),
            ("economic", economic()),
            ("gov_economic", gov_economic()),
        ):
            key = getattr(fact.coordinates, axis)
            if key == ALL or (axis, key) in known or not (key.isdigit() and fact.passage_id):
                continue
            name = tree.by_code(key) or fact.label
            added.setdefault((axis, key), Subject(axis, key, key, name, tree.parent(key)))
    return tuple(added.values())
