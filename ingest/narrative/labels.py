"""From the noun phrase before a figure to the coordinates it names.

A label is understood only when every one of its words is: what is left over could be the word that
matters, and then no fact is made of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from disclosure.model import ALL, FUND_PARENT, Fund, Measure
from disclosure.text import fold
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.subjects import Found, find_subject
from ingest.narrative.vocabulary import Meaning, Role, Vocabulary, Word

_YEAR = re.compile(r"(?<!\d)20\d\d(?:年度?|(?!\d))|二[〇○零]二[〇○零一二三四五六七八九]年?度?")
_BOTH_SIDES = re.compile(r"收入[、和与及]?支出|收、?支")
_EDGE = re.compile(r"^[、，。：；\-—·.)]+|[、，。：；\-—·(]+$")
#: 三公 items by economic code; outside a 三公 passage 30212… are plain economic subjects.
THREE_PUBLIC = frozenset({"三公", "公务用车", "30212", "30217", "30231", "31013", "30913"})
CONFERENCE_TRAINING = frozenset({"30215", "30216"})
#: Codes of 三公 items in the classification of capital construction, one item to readers.
_SAME_ITEM = {"30913": "31013"}
#: Empty words that complete a label: 支出 + 预算, 增人增资 + 经费.
_TAILS = frozenset(("预算", "决算", "经费", "费用", "资金", "拨款", "项目", "总计", "合计", "总额"))
_TAILS |= {"预算总计", "预算合计", "预算总额"}
_LONGEST_PROJECT = 60
_NO_PROJECT = re.compile(r"[，。；：]|20\d\d年.*预算|总额$|合计$|^共|主要")
_OPEN_MEASURES = (Measure.OPERATING, Measure.PROCUREMENT, Measure.SERVICE_PURCHASE)


def read_label(text: str, vocabulary: Vocabulary, scope: Scope) -> Reading | None:
    """What a label names inside ``scope``, or None where any of its words is not understood."""
    label = _EDGE.sub("", fold(_YEAR.sub("", fold(text))))
    found = find_subject(label, vocabulary, scope.within)
    rest = _EDGE.sub("", found.rest if found else label)
    words = _words(rest, vocabulary)
    if words is None:
        return None
    return _combine(rest, words, found, vocabulary, scope)


def _words(label: str, vocabulary: Vocabulary) -> tuple[Word, ...] | None:
    """The words of a label; of '…等6家行政单位的机关运行经费' those after the last 的."""
    words = vocabulary.words(label)
    if words is not None:
        return words
    head, separator, tail = label.rpartition("的")
    if not separator or not re.search(r"单位|机构|[局委办厅院部]", head) or len(tail) < 4:
        return None
    words = vocabulary.words(tail)
    if words is None or re.search(r"增|减|原因|[\d.]+(?:万|亿)?元", head):
        return None
    return tuple(
        replace(w, start=w.start + len(head) + 1, end=w.end + len(head) + 1) for w in words
    )


def _combine(
    label: str,
    words: tuple[Word, ...],
    found: Found | None,
    vocabulary: Vocabulary,
    scope: Scope,
) -> Reading | None:
    axes: dict[str, str] = {}
    measures: tuple[Measure, ...] = ()
    stage = ""
    named: list[Word] = []
    path: tuple[str, ...] = ()
    for word in words:
        meaning = word.meaning
        if meaning.role is Role.STAGE:
            stage = dict(meaning.sets)["stage"]
            continue
        if meaning.role is Role.FILLER:
            continue
        named.append(word)
        if meaning.role is Role.SUBJECT:
            member = _member(meaning, vocabulary, scope, label[word.start : word.end])
            if member is None or (found is not None):
                return None
            axes[member[0]] = member[1]
            continue
        if side := _side(meaning):
            measures = _stronger(measures, side)
        for axis, member_key in meaning.sets:
            if axis == "measure":
                measures = _stronger(measures, (Measure(member_key),))
            elif FUND_PARENT.get(axes.get(axis, "")) != member_key:
                # 一般公共预算财政拨款 names the general budget and what contains it.
                axes[axis] = member_key
    this_year = any(label[word.start : word.end] == "本年" for word in words)
    if measures == (Measure.REVENUE,) and this_year and "fund" in axes and "carry" not in axes:
        # '本年财政拨款收入' leaves out what was carried over, as the tables' column does.
        axes["carry"] = "current"
    if _BOTH_SIDES.search(label) and set(measures) <= {Measure.REVENUE, Measure.EXPENDITURE}:
        measures = (Measure.REVENUE, Measure.EXPENDITURE)
    if found is not None:
        axes[found.axis] = found.key
        path = found.names
    empty = not named and found is None
    if empty:
        return Reading((), {}, "", stage, empty=True)
    short = _printed(path[-1] if path else _short(label, words, named))
    return _complete(axes, measures, short, stage, path, scope)


def _short(label: str, words: tuple[Word, ...], named: list[Word]) -> str:
    """The label from its first telling word to its last, with the 预算 or 经费 after it.

    '一般公共预算安排的“三公”经费支出预算' is about 三公经费, however it is funded.
    """
    for word in named:
        if dict(word.meaning.sets).get("economic") in THREE_PUBLIC | CONFERENCE_TRAINING:
            return label[word.start : word.end].removesuffix("支出").removesuffix("预算")
        if word.meaning.role is Role.SUBJECT or ("measure", Measure.OPERATING) in word.meaning.sets:
            return label[word.start : word.end]
    if len(named) > 1:
        named = [word for word in named if word.meaning.role is not Role.UNIT] or named
    end = named[-1].end
    for word in words:
        if word.start == end and label[word.start : word.end] in _TAILS:
            end = word.end
            break
    return label[named[0].start : end]


def _printed(label: str) -> str:
    """A folded label with the brackets that Chinese print uses."""
    return label.replace("(", "（").replace(")", "）")


def _side(meaning: Meaning) -> tuple[Measure, ...]:
    return {
        Role.REVENUE: (Measure.REVENUE,),
        Role.EXPENDITURE: (Measure.EXPENDITURE,),
        Role.BOTH: (Measure.REVENUE, Measure.EXPENDITURE),
    }.get(meaning.role, ())


def _stronger(measures: tuple[Measure, ...], named: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The last word counts, but 政府采购支出 is procurement and 收支总支出 is both."""
    if len(measures) == 2 or any(measure in _OPEN_MEASURES for measure in measures):
        return measures
    return named


def _member(
    meaning: Meaning, vocabulary: Vocabulary, scope: Scope, name: str
) -> tuple[str, str] | None:
    """The one classification member that a bare name stands for in this scope."""
    codes = [pair for pair in meaning.codes if not scope.axis or pair[0] == scope.axis]
    if scope.within:
        codes = [p for p in codes if p[0] != "subject" or p[1].startswith(scope.within)]
    axes = {axis for axis, _ in codes}
    if axes == {"economic", "gov_economic"}:
        # Departments publish by their own economic classification unless the scope says otherwise.
        codes = [pair for pair in codes if pair[0] == "economic"]
        axes = {"economic"}
    if len(axes) != 1:
        return None
    axis = axes.pop()
    exact = [
        pair
        for pair in codes
        if name in {fold(n) for n in vocabulary.classification(axis).names(pair[1])}
        or name == fold(vocabulary.subject_name(*pair))
    ]
    published = [pair for pair in exact if pair[1] in vocabulary.published[axis]] or exact
    return _outermost(published)


def _outermost(pairs: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Of nested namesakes (其他支出 229, 22999, 2299999) the outermost; None of unrelated ones."""
    if not pairs:
        return None
    first = min(pairs, key=lambda pair: len(pair[1]))
    return first if all(pair[1].startswith(first[1]) for pair in pairs) else None


def _complete(
    axes: dict[str, str],
    measures: tuple[Measure, ...],
    short: str,
    stage: str,
    path: tuple[str, ...],
    scope: Scope,
) -> Reading:
    """The label's own axes over those of its scope, and the measure that both come to."""
    merged = {**_inherited(scope, axes, measures), **axes}
    if "economic" in merged:
        merged["economic"] = _SAME_ITEM.get(merged["economic"], merged["economic"])
    item = merged.get("economic", "")
    if item in THREE_PUBLIC and (scope.three_public or item in ("三公", "公务用车")):
        fiscal = {"economic": item, "fund": Fund.FISCAL}
        unit = {"unit": merged["unit"]} if merged.get("unit", ALL) != ALL else {}
        return Reading((Measure.THREE_PUBLIC,), fiscal | unit, short, stage)
    if item in CONFERENCE_TRAINING and scope.three_public:
        fiscal = {"economic": item, "fund": Fund.FISCAL}
        unit = {"unit": merged["unit"]} if merged.get("unit", ALL) != ALL else {}
        return Reading((Measure.CONFERENCE_TRAINING,), fiscal | unit, short, stage)
    if any(axis in axes for axis in ("subject", "economic", "gov_economic", "project", "kind")):
        measures = measures if measures and measures[0] in _OPEN_MEASURES else ()
        measures = measures or (Measure.EXPENDITURE,)
    if merged.get("nature") and "kind" not in merged:
        merged["kind"] = "basic"
    if merged.get("nature"):
        measures = measures or (Measure.EXPENDITURE,)
    if axes.get("carry") == "carried_in" and scope.measures == (Measure.EXPENDITURE,):
        # What an expenditure is paid from; within a project, only one of its parts is.
        measures = scope.measures
        merged = {**scope.axes, **axes}
        if scope.axes.get("kind") == "project":
            merged["item"] = short
            merged.pop("carry")
    measures = measures or scope.measures
    if measures and measures[0] is Measure.OPERATING:
        merged = {axis: key for axis, key in merged.items() if axis == "unit"}
    merged = {axis: key for axis, key in merged.items() if key != ALL}
    return Reading(measures, merged, short, stage, path=path)


def _inherited(
    scope: Scope, axes: Mapping[str, str], measures: tuple[Measure, ...]
) -> dict[str, str]:
    """The scope's axes that a label's own words do not contradict."""
    kept = dict(scope.axes)
    if "fund" in axes or "carry" in axes:
        kept.pop("fund", None)
        kept.pop("carry", None)
    if measures and scope.measures and measures != scope.measures:
        # Another measure starts afresh: 机关运行经费 under a heading on basic expenditure.
        crossing = not (set(measures) & set(scope.measures))
        if crossing:
            kept = {axis: key for axis, key in kept.items() if axis in ("unit", "fund")}
    if "kind" in axes or "nature" in axes:
        kept.pop("kind", None) if "kind" in axes else None
        kept.pop("nature", None)
    if {"economic", "gov_economic"} & axes.keys():
        kept.pop("economic", None)
        kept.pop("gov_economic", None)
    return kept


def project_part(label: str, scope: Scope) -> Reading | None:
    """A label in a list of projects is a project's name, or, inside a project, its part's."""
    name = _printed(label.strip('、，：；“”" '))
    if not 2 <= len(name) <= _LONGEST_PROJECT or _NO_PROJECT.search(name):
        return None
    axes = dict(scope.axes)
    if "project" in axes:
        axes["item"] = name
    else:
        axes |= {"project": name, "kind": "project"}
    return Reading((Measure.EXPENDITURE,), axes, name)
