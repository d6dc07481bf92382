"""Totals against their parts inside one table: axis by axis, along rows and down columns.

Two cells belong to one sum when they differ on one axis only. The parts of a total are the members
of that axis below it that no other member present contains, so parents and children are never
added up together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disclosure.model import ALL, Aspect, Measure, Outcome
from ingest.reconcile.amounts import Comparison, compare
from ingest.reconcile.cells import CARRIED_IN, CARRIED_OUT, Cell, Sheet, Sort
from ingest.reconcile.members import (
    CARRY,
    ECONOMIC,
    FUND,
    GOV_ECONOMIC,
    ITEM,
    KIND,
    PROJECT,
    SUBJECT,
    UNIT,
    Place,
    ancestors,
    narrowed,
)

#: Kinds of spending that stand among the subjects of a 收支总表 as rows of their own.
BESIDE_SUBJECTS = ("business", "remitted", "subsidy")
#: Axes whose members may be printed as parts of one total one at a time.
_OPEN_AXES = (UNIT, SUBJECT, ECONOMIC, GOV_ECONOMIC, PROJECT)
_ORDINARY = ("basic", "project")
_SUMMED = (Aspect.AMOUNT, Aspect.PRIOR)

Group = Mapping[str, list[Cell]]
Key = tuple[Sort, Place]


@dataclass(frozen=True, slots=True)
class Summed:
    """A total, the parts that were taken for it, and how they compare."""

    total: Cell
    parts: tuple[Cell, ...]
    result: Comparison

    @property
    def along_row(self) -> bool:
        return all(part.row == self.total.row for part in self.parts)


class TableSums:
    """The sums of one table."""

    def __init__(self, sheet: Sheet) -> None:
        self._cells = [c for c in sheet.cells if c.sort[1] in _SUMMED]
        self._beside: defaultdict[tuple[int, Key], list[Cell]] = defaultdict(list)
        carried = {c.label for c in self._cells if _is_carried(c)}
        for cell in self._cells:
            if not cell.figure.value or cell.of_which:
                continue
            at = cell.at
            if at[ITEM] != ALL:
                self._add_beside(ITEM, cell, narrowed(at, ITEM, ALL))
            if _is_carried(cell):
                outermost = not carried & set(cell.fact.row_path)
                whole = narrowed(at, ITEM, ALL) if outermost else at
                self._add_beside(CARRY, cell, narrowed(whole, CARRY, ALL))
            elif at[KIND] in BESIDE_SUBJECTS:
                self._add_beside(KIND, cell, narrowed(at, KIND, ALL))
            elif at[GOV_ECONOMIC] != ALL and at[ECONOMIC] == ALL:
                self._add_beside(GOV_ECONOMIC, cell, narrowed(at, GOV_ECONOMIC, ALL))

    def _add_beside(self, axis: int, cell: Cell, whole: Place) -> None:
        self._beside[axis, (cell.sort, whole)].append(cell)

    def of(self, axis: int) -> Iterator[Summed]:
        """Every total that has parts on ``axis``, with its parts. Zeros alone are no check."""
        if len({cell.at[axis] for cell in self._cells}) < 2:
            return
        groups = self._groups(axis)
        trees = {key: _tree(group, axis, key[0]) for key, group in groups.items()}
        exhaustive = frozenset() if axis in _OPEN_AXES else _exhaustive(trees, axis)
        for key, group in groups.items():
            sort = key[0]
            for member, below in trees[key].items():
                if axis not in _OPEN_AXES and (sort, member) not in exhaustive:
                    continue
                totals = group[member]
                if axis == GOV_ECONOMIC and self._mixed(sort, totals[0]):
                    continue
                parts = [c for m in below for c in group[m]]
                if axis == ITEM:
                    parts = [p for p in parts if _listed_under(p, totals[0])]
                if parts:
                    yield from self._judged(axis, totals, parts)

    def _mixed(self, sort: Sort, total: Cell) -> bool:
        """A list of departments' economic subjects with a few of the government's among them."""
        return any(
            c.sort == sort and c.at[ECONOMIC] != ALL and narrowed(c.at, ECONOMIC, ALL) == total.at
            for c in self._cells
        )

    def _groups(self, axis: int) -> dict[Key, dict[str, list[Cell]]]:
        groups: defaultdict[Key, dict[str, list[Cell]]] = defaultdict(dict)
        for cell in self._cells:
            key = (cell.sort, narrowed(cell.at, axis, "*"))
            groups[key].setdefault(cell.at[axis], []).append(cell)
        return {key: group for key, group in groups.items() if len(group) > 1}

    def _judged(self, axis: int, totals: Sequence[Cell], below: Sequence[Cell]) -> Iterator[Summed]:
        """Totals with parts in their own row are compared with those; one of the others with the
        parts in all rows."""
        rows: defaultdict[tuple[int | None, ...], list[Cell]] = defaultdict(list)
        for part in below:
            rows[part.row].append(part)
        along = [t for t in totals if t.row in rows]
        for total in along:
            if summed := self._best(axis, total, rows[total.row], along_row=True):
                yield summed
        if not along and (summed := self._best(axis, totals[0], below, along_row=False)):
            yield summed

    def _best(
        self, axis: int, total: Cell, parts: Sequence[Cell], along_row: bool
    ) -> Summed | None:
        """The reading of the parts that agrees; the plainest one if none does."""
        found: Summed | None = None
        for reading in self._readings(axis, total, parts, along_row):
            if not total.figure.value and not any(c.figure.value for c in reading):
                return None
            result = compare([total.figure], [c.figure for c in reading])
            if result.outcome is Outcome.PASS:
                return Summed(total, tuple(reading), result)
            worse = found is not None and (
                found.result.outcome is Outcome.ROUNDING or result.outcome is Outcome.MISMATCH
            )
            if not worse:
                found = Summed(total, tuple(reading), result)
        return found

    def _readings(
        self, axis: int, total: Cell, parts: Sequence[Cell], along_row: bool
    ) -> Iterator[list[Cell]]:
        """The parts as printed; then with what stands beside them on another axis, those above the
        total only, those that are not marked 其中, and repeated rows once."""
        plain = _outermost(parts) if axis in (PROJECT, ITEM) else list(parts)
        yield plain
        beside = self._beside_of(axis, total, plain, along_row)
        variants = [
            plain,
            _once(plain),
            [p for p in plain if not p.of_which],
            [p for p in plain if p.at[KIND] in _ORDINARY] if axis == KIND else [],
            [] if along_row else [p for p in plain if _above(p, total)],
        ]
        for variant in variants:
            if variant and len(variant) < len(plain):
                yield variant
            if variant and beside and (len(variant) < len(plain) or variant is plain):
                yield [*variant, *beside]

    def _beside_of(
        self, axis: int, total: Cell, parts: Sequence[Cell], along_row: bool
    ) -> list[Cell]:
        """What a total may hold beside its parts on ``axis``: 结转下年 beside 基本支出, 项目支出;
        对附属单位补助 beside the subjects; 其他资金 beside the funds."""
        allowed = {CARRY, KIND} - {axis} | ({CARRY} if axis == CARRY else set())
        if axis == FUND:
            allowed.add(ITEM)
        if axis == ECONOMIC:
            allowed.add(GOV_ECONOMIC)
        key = (total.sort, total.at)
        found = [
            cell
            for other in sorted(allowed)
            for cell in self._beside.get((other, key), ())
            if cell not in parts and (cell.row == total.row) == along_row
        ]
        codes = {cell.at[GOV_ECONOMIC] for cell in found}
        return [
            c
            for c in found
            if not codes.intersection(ancestors(GOV_ECONOMIC, c.at[GOV_ECONOMIC])[:-1])
        ]


def _exhaustive(
    trees: Mapping[Key, Mapping[str, list[str]]], axis: int
) -> frozenset[tuple[Sort, str]]:
    """Totals of a table that have at least two parts somewhere: 合计 beside 基本支出 alone is no
    sum, beside 基本支出 and 项目支出 it is one in every row, blanks being nothing."""
    below: defaultdict[tuple[Sort, str], set[str]] = defaultdict(set)
    for (sort, _), tree in trees.items():
        for member, children in tree.items():
            below[sort, member].update(children)
    return frozenset(
        key
        for key, members in below.items()
        if len(members) > 1 and (axis != KIND or members & set(_ORDINARY))
    )


def _tree(group: Group, axis: int, sort: Sort) -> dict[str, list[str]]:
    """The members of a group under their nearest container present."""
    three_public = sort[0] is Measure.THREE_PUBLIC
    tree: defaultdict[str, list[str]] = defaultdict(list)
    for member in group:
        for above in ancestors(axis, member, three_public):
            if above in group:
                tree[above].append(member)
                break
    return dict(tree)


def _outermost(parts: Sequence[Cell]) -> list[Cell]:
    """Rows that stand in none of the others (projects under categories of projects)."""
    labels = {part.label for part in parts}
    kept = [p for p in parts if not labels & set(p.fact.row_path)]
    return kept or list(parts)


def _once(parts: Iterable[Cell]) -> list[Cell]:
    """Rows without the repetitions of what was printed before."""
    kept: dict[tuple[Place, object], Cell] = {}
    for part in parts:
        kept.setdefault((part.at, part.figure.value), part)
    return list(kept.values())


def _listed_under(part: Cell, total: Cell) -> bool:
    """Whether a row without a classification is one of the numbered rows under a total."""
    path = part.fact.row_path
    return bool(path) and path[-1] == total.label and not part.of_which


def _above(part: Cell, total: Cell) -> bool:
    return tuple(n or 0 for n in part.row) < tuple(n or 0 for n in total.row)


def _is_carried(cell: Cell) -> bool:
    return cell.at[CARRY] in (CARRIED_IN, CARRIED_OUT)
