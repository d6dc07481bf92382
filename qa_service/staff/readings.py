"""Other readings of a question: the figures that its words could mean as well, each of which can be
answered with instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from pydantic import BaseModel, TypeAdapter, ValidationError

from disclosure.library import Library
from disclosure.model import AXES
from disclosure.money import decimal_string
from qa_service.answering.answer import Answer
from qa_service.answering.composer import Composer
from qa_service.tools.cells import BREAKDOWN, Cell, CellFinder, agree
from qa_service.understanding.plan import Group, Lookup, Part, Selector, Where

_PARTS: TypeAdapter[tuple[Part, ...]] = TypeAdapter(tuple[Part, ...])
_MOST = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure that the question could mean. ``given``: the answer states it; ``narrower``: it is
    a part of what was asked (one unit's), not another meaning. ``table`` is where it is printed."""

    label: str
    value: str
    unit: str
    table: str
    table_id: str
    given: bool
    narrower: bool
    selector: Selector


class Readings:
    """Finds readings in a release. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._finder: CellFinder | None = None

    def of(self, library: Library, plan: str, answer: Answer) -> list[Reading]:
        """The readings of a planned question (a JSON list of parts), what was given first."""
        finder = self._finder_over(library)
        held = {d.id for d in library.disclosures()}
        cells: list[tuple[bool, Cell, Selector]] = []
        for selector in _selectors(_parts(plan)):
            if selector.disclosure_id not in held:
                continue
            for where in selector.readings:
                for cost, cell in finder.candidates(selector, where):
                    if not any(_same(cell, other) for _, other, _ in cells):
                        cells.append((cost >= BREAKDOWN, cell, selector))
        readings = [
            _reading(library, cell, selector, narrower, answer)
            for narrower, cell, selector in cells
        ]
        readings.sort(key=lambda reading: (not reading.given, reading.narrower))
        return readings[:_MOST]

    def answer_as(self, library: Library, question: str, selector: Selector) -> Answer:
        """The answer that gives one reading's figure. Raises ``KeyError`` where the release does
        not hold it."""
        finder = self._finder_over(library)
        finder.disclosure(selector.disclosure_id)
        for where in selector.readings:
            if not set(AXES) >= where.axes.keys():
                raise KeyError(f"unknown axes: {sorted(where.axes)}")
            if not finder.facts_at(selector, where):
                raise KeyError("no such figure")
        part = Part(words=question, plan=Lookup(selectors=(selector,)), confidence=1)
        return Composer(library, finder).compose(question, (part,))[0]

    def _finder_over(self, library: Library) -> CellFinder:
        with self._lock:
            if self._finder is None or self._finder.library is not library:
                self._finder = CellFinder(library)
            return self._finder


def _parts(plan: str) -> Sequence[Part]:
    """The parts as kept; none where another version of the program wrote them."""
    try:
        return _PARTS.validate_json(plan or "[]")
    except ValidationError:
        return ()


def _selectors(parts: Sequence[Part]) -> Iterator[Selector]:
    for part in parts:
        yield from _selectors_in(part.plan)


def _selectors_in(value: object) -> Iterator[Selector]:
    """Every selector of a plan, wherever its operation keeps them."""
    if isinstance(value, Group):
        return  # its selector stands for every member: no one figure is its other reading
    if isinstance(value, Selector):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _selectors_in(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _selectors_in(getattr(value, name))


def _same(left: Cell, right: Cell) -> bool:
    return left.label == right.label and agree(left, right)


def _reading(
    library: Library, cell: Cell, selector: Selector, narrower: bool, answer: Answer
) -> Reading:
    value = decimal_string(cell.value)
    printed = cell.facts[0]
    table = next((t for t in library.tables(cell.disclosure_id) if t.id == printed.table_id), None)
    return Reading(
        label=cell.label,
        value=value,
        unit=cell.unit,
        table=table.name if table else "正文",
        table_id=table.id if table else "",
        given=any((f.value, f.unit) == (value, cell.unit) for f in answer.figures),
        narrower=narrower,
        selector=Selector(
            disclosure_id=cell.disclosure_id,
            name=selector.name,
            readings=(Where(measure=cell.measure, axes=cell.coordinates.narrowed()),),
            aspect=cell.aspect,
        ),
    )
