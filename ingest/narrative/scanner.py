"""Reads a paragraph from left to right and says of each figure whose it is.

A figure belongs to the label before it; a change, rate or share to the amount named last, to its
own label, or, after an enumeration, to the whole. Reasons and purposes speak of other figures and
are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disclosure.model import Aspect, PassageKind
from disclosure.money import WAN
from ingest.narrative.explanations import Zone, find_zones
from ingest.narrative.frames import Frame
from ingest.narrative.labels import project_part, read_label
from ingest.narrative.leads import Figure, Lead, find_figures, find_same, mask_remarks, read_lead
from ingest.narrative.ledger import Ledger, Stated
from ingest.narrative.prose import Prose, brackets
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.vocabulary import Vocabulary

_OPENS = re.compile(r"(?:其中|主要包括|具体包括|包括|主要用于(?:以下|如下)(?:几个)?方面)[：，]?")
#: '全部为基本支出' states the amount named before a second time, as one kind of expenditure.
_WHOLLY = re.compile(r"(?:全部|均)(?:为|是|属于)(?P<kind>基本支出|项目支出)")
_CHANGES = (Aspect.CHANGE, Aspect.CHANGE_RATE)
_BREAKS = "，。；："
_COMPARED = re.compile(
    r"(?:^|[，。；])(?:与|同|和|较|比)(?P<base>[^，。；]{2,24}?)(?:相比|比较|对比)，$"
)
_PREFIX = re.compile(r"^(?:其中|包括|主要包括|具体包括|分别为|分别是|分别|以及|并|及|和|、)+")
_CONNECTORS = re.compile(r"(?:同比|总体|各|净|略|也|相应|大幅|均|总计各)$")
#: At one position what ends comes first: a full stop closes an enumeration before the next opens.
_ORDER = {"stop": 0, "closed": 1, "bracket": 2}
_PLAIN_AMOUNT = re.compile(r"预算|决算|安排|执行|支出|资金|经费")


@dataclass(slots=True)
class Scanner:
    """One pass over one paragraph. ``head`` is the item or heading that the paragraph is about: it
    owns amounts without a label of their own ('2026年预算数3万元'), but no change without an
    amount. ``year`` is the fiscal year."""

    prose: Prose
    vocabulary: Vocabulary
    scope: Scope
    head: Reading | None
    year: int
    explained: list[tuple[Zone, Reading | None]] = field(default_factory=list)
    _ledger: Ledger = field(default_factory=Ledger)
    _text: str = ""
    _zones: tuple[Zone, ...] = ()

    def scan(self) -> tuple[Stated, ...]:
        """Every figure of the paragraph whose owner is certain."""
        self._text = mask_remarks(self.prose.text)
        self._zones = find_zones(self._text)
        frames = [Frame(self.scope, None)]
        events = self._events()
        previous = 0
        for position, kind, payload in events:
            frame = frames[-1]
            if kind == "figure":
                assert isinstance(payload, Figure)
                self._figure(frame, payload, previous)
                previous = payload.end
            elif kind == "same":
                assert isinstance(payload, re.Match)
                self._unchanged(frame, payload, previous)
            elif kind == "zone":
                assert isinstance(payload, Zone)
                self.explained.append((payload, self._explains(frame, payload)))
            elif kind == "wholly":
                assert isinstance(payload, re.Match)
                if frame.current is not None:
                    kind = "basic" if payload["kind"] == "基本支出" else "project"
                    self._ledger.repeat(frame.current, "kind", kind)
            elif kind == "opens":
                assert isinstance(payload, re.Match)
                self._open(frames, payload)
            elif kind == "bracket":
                frames.append(replace(frame, enumerated=False, bracketed=True))
            elif kind == "closed":
                while any(f.bracketed for f in frames) and not frames.pop().bracketed:
                    pass
            elif kind == "stop":
                while len(frames) > 1 and frames[-1].enumerated:
                    whole = frames.pop().whole
                    if whole is not None:
                        frames[-1].current = whole
                frames[-1].base = ""
            previous = max(previous, position) if kind in ("bracket", "closed") else previous
        return tuple(self._ledger.stated)

    def _events(self) -> list[tuple[int, str, object]]:
        text = self._text
        figures = list(find_figures(text))
        events: list[tuple[int, str, object]] = [(f.start, "figure", f) for f in figures]
        events += [(m.start(), "same", m) for m in find_same(text)]
        events += [(zone.start, "zone", zone) for zone in self._zones]
        events += [(m.start(), "wholly", m) for m in _WHOLLY.finditer(text)]
        events += [(m.start(), "opens", m) for m in _OPENS.finditer(text)]
        events += [(i + 1, "stop", None) for i, char in enumerate(text) if char == "。"]
        for opening, closing in brackets(text):
            if any(opening < f.start < closing for f in figures):
                events.append((opening + 1, "bracket", None))
                events.append((closing + 1, "closed", None))
        return sorted(events, key=lambda event: (event[0], _ORDER.get(event[1], len(_ORDER))))

    def _zone(self, position: int) -> Zone | None:
        return next((z for z in self._zones if z.start <= position < z.end), None)

    def _explains(self, frame: Frame, zone: Zone) -> Reading | None:
        """What a reason or purpose is about: its own words, else the figure named last."""
        named = read_label(zone.label, self.vocabulary, frame.scope) if zone.label else None
        if named is not None and not named.empty:
            return named
        last = self._ledger.stated[-1] if self._ledger.stated else None
        if last is not None and zone.kind is PassageKind.REASON and last.aspect in _CHANGES:
            return last.reading
        return frame.current or frame.whole or self.head

    def _lead(self, figure: Figure, previous: int) -> str:
        """The words that speak of a figure: back to the last mark, or past a colon to its label."""
        text = self._text
        start = max([previous, *(text.rfind(mark, 0, figure.start) + 1 for mark in _BREAKS)])
        lead = text[start : figure.start]
        if not lead.strip("\0") and start and text[start - 1] == "：" and start > previous:
            start = max([previous, *(text.rfind(m, 0, start - 1) + 1 for m in _BREAKS)])
            lead = text[start : figure.start].rstrip("：")
        return lead.replace("\0", "")

    def _figure(self, frame: Frame, figure: Figure, previous: int) -> None:
        if self._zone(figure.start) is not None:
            return
        raw = self._lead(figure, previous)
        lead = read_lead(_PREFIX.sub("", raw), figure, self.year)
        if lead.aspect is None:
            return
        if lead.aspect is Aspect.AMOUNT:
            frame.listed = raw.startswith("、")
            self._amount(frame, figure, lead)
        else:
            self._relative(frame, figure, lead)

    def _amount(self, frame: Frame, figure: Figure, lead: Lead) -> None:
        past = lead.year is not None and lead.year < self.year
        if lead.label.startswith("涉及"):
            # '涉及项目预算资金' is the part that has performance targets, not all 项目支出.
            frame.muted, frame.current = True, None
            return
        reading = read_label(lead.label, self.vocabulary, frame.scope)
        if reading is None and frame.scope.projects and not past:
            reading = project_part(lead.label, frame.scope)
        if reading is not None and reading.empty:
            named = frame.current or self.head
            if named is None or not _PLAIN_AMOUNT.search(lead.label):
                named = None
            reading = replace(named, stage=reading.stage or named.stage) if named else None
        if reading is None or not reading.measures:
            frame.muted, frame.current = True, None
            return
        frame.muted = False
        frame.current = reading
        if past:
            if lead.year == self.year - 1:
                self._ledger.add(
                    reading, Aspect.PRIOR, figure, base=f"{lead.year}年", year=lead.year
                )
            return
        again = lead.year == self.year and reading.label not in lead.label
        self._ledger.add(reading, Aspect.AMOUNT, figure, restated=again)
        if not frame.enumerated:
            frame.whole = reading

    def _relative(self, frame: Frame, figure: Figure, lead: Lead) -> None:
        label = _CONNECTORS.sub("", lead.label)
        reading = read_label(label, self.vocabulary, frame.scope)
        if reading is None:
            frame.muted = True
            return
        if reading.empty:
            if frame.muted or frame.current is None:
                return
            reading = self._owner(frame, figure, lead)
        elif not reading.measures:
            frame.muted = True
            return
        elif lead.aspect is Aspect.CHANGE:
            frame.muted = False
            frame.current = reading
        base = self._base(frame, figure, lead)
        if lead.aspect is Aspect.PRIOR:
            if lead.year is not None and lead.year != self.year - 1:
                return
            self._ledger.add(reading, Aspect.PRIOR, figure, base=base, year=self.year - 1)
        elif lead.aspect in (Aspect.CHANGE, Aspect.CHANGE_RATE):
            sign = lead.sign or self._ledger.last_sign(reading)
            if sign:
                signed = replace(figure, value=sign * abs(figure.value))
                self._ledger.add(reading, lead.aspect, signed, base=base)
        else:
            self._ledger.add(reading, lead.aspect or Aspect.SHARE, figure, base=base)

    def _owner(self, frame: Frame, figure: Figure, lead: Lead) -> Reading:
        """The last part or the whole: after 'A…、B…，较上年增加' the change is the whole's, unless
        the arithmetic fits the last part. A new sentence after a list may speak of the whole, too.
        """
        part = frame.current
        assert part is not None
        if lead.aspect is Aspect.CHANGE_RATE:
            changed = self._ledger.last_changed()
            known = changed in (part, frame.whole) or frame.of_first
            return changed if changed is not None and known else part
        if lead.aspect is not Aspect.CHANGE:
            return part
        first = self._ledger.first_amount()
        whole = frame.whole if frame.enumerated else None
        candidates = [r for r in (part, whole, first.reading if first else None) if r is not None]
        rate = next((f for f in find_figures(self._text) if f.start >= figure.end), None)
        owner = self._ledger.owner(candidates, figure, lead.sign, rate)
        frame.of_first = owner is not None and owner not in (part, whole)
        if owner is None and whole is not None and frame.listed and (rate is None or rate.money):
            return whole
        return owner or part

    def _base(self, frame: Frame, figure: Figure, lead: Lead) -> str:
        if lead.aspect in (Aspect.SHARE, Aspect.COMPLETION):
            return re.sub('[“”"]|的$', "", lead.base) or self._whole(frame)
        if lead.base:
            frame.base = lead.base
        elif compared := _COMPARED.search(self._text, 0, self._clause_start(figure.start)):
            frame.base = compared["base"]
        return frame.base or "上年"

    def _whole(self, frame: Frame) -> str:
        """What a share without a base is of: the total that the enumeration is of."""
        whole = frame.whole if frame.enumerated else None
        return whole.label if whole is not None else frame.scope.whole

    def _clause_start(self, position: int) -> int:
        return max(self._text.rfind(mark, 0, position) + 1 for mark in "，。；：")

    def _unchanged(self, frame: Frame, match: re.Match[str], previous: int) -> None:
        if self._zone(match.start()) is not None:
            return
        start = max([previous, self._clause_start(match.start())])
        label = _PREFIX.sub("", self._text[start : match.start()].replace("\0", ""))
        reading = read_label(label, self.vocabulary, frame.scope)
        if reading is None:
            return
        if reading.empty:
            if frame.muted or frame.current is None:
                return
            reading = frame.current
        amount = self._ledger.last_amount()
        if not reading.measures:
            return
        unit = amount.unit if amount is not None else WAN
        zero = Figure(Decimal(0), unit, match.start(), match.end())
        self._ledger.add(reading, Aspect.CHANGE, zero, base=match["base"])

    def _whole_of_list(self, last: Reading | None) -> Reading | None:
        """After '总额500万元：货物100万元、服务400万元；其中' the parts are those of the total."""
        first = self._ledger.first_amount()
        if first is None or last is None or first.reading.measures != last.measures:
            return last
        return first.reading if first.reading.axes.items() < last.axes.items() else last

    def _open(self, frames: list[Frame], match: re.Match[str]) -> None:
        """'其中' and '包括' open the parts of the figure named last."""
        frame = frames[-1]
        if self._zone(match.start()) is not None:
            return
        # '收入包括：…；支出包括：…' names the side whose parts follow.
        said = self._text[self._clause_start(match.start()) : match.start()]
        said = "" if re.search(r"\d", said) else said
        scope = frame.scope
        parallel = frame.enumerated and bool(said)
        whole = frame.whole if parallel or frame.current is None else frame.current
        if match.start() and self._text[match.start() - 1] == "；":
            whole = self._whole_of_list(whole)
        if whole is not None:
            scope = scope.inside(whole)
        side = read_label(said, self.vocabulary, frame.scope)
        if side is not None and side.measures:
            scope = scope.inside(side) if not side.empty else scope
            scope = replace(scope, measures=side.measures)
        if parallel:
            frames.pop()
        if whole is not None and whole.axes.get("kind") == "project":
            scope = replace(scope, projects=True)
        frames.append(Frame(scope, None, whole, enumerated=True, base=frame.base))
