"""From ruled lines to the cells of a table: the lattice the rules span, and its merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

from ingest.readers.pdf.geometry import Box, Rule

#: Rules closer than this are one rule, drawn by both neighbouring cells; no column is so narrow.
_SNAP = 3.0
#: Dashes and cell-by-cell pieces of one rule lie at most this far apart.
_BRIDGE = 3.5
#: Rules that miss each other by less than this still meet.
_REACH = 3.5
#: A side of a cell counts as ruled when this share of it is.
_RULED = 0.5
#: A rule that runs on past the outermost crossing rule by more than this opens one more column.
_OPEN_SIDE = 8.0


class Cell(NamedTuple):
    """A cell of a lattice: its top-left position, from 0, and the rows and columns it spans."""

    row: int
    column: int
    rows: int
    columns: int


class Lattice(NamedTuple):
    """Column and row borders of one table, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, cell: Cell) -> Box:
        return Box(
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )


def find_lattices(horizontal: list[Rule], vertical: list[Rule]) -> list[Lattice]:
    """The tables that the rules of one page draw, from top to bottom."""
    across, down = _merged(horizontal), _merged(vertical)
    found = []
    parts = _components(across, down)
    alone = [v for h_part, v_part in parts if not h_part for v in v_part]
    for h_part, v_part in parts:
        if len(h_part) >= 2 and len(v_part) >= 2:
            lattice = _lattice(h_part, [*v_part, *_beside(h_part, alone)])
            if lattice is not None and len(lattice.cells) > 1:  # a lone box frames other things
                found.append(lattice)
    return sorted(_outermost(found), key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one rule put together: same place within the snap distance, touching or dashed."""
    merged: list[Rule] = []
    for cluster in _clusters(sorted(rules)):
        at = sum(rule.at * (rule.end - rule.start + 0.01) for rule in cluster) / sum(
            rule.end - rule.start + 0.01 for rule in cluster
        )
        pieces = sorted((rule.start, rule.end) for rule in cluster)
        start, end = pieces[0]
        for low, high in pieces[1:]:
            if low > end + _BRIDGE:
                merged.append(Rule(at, start, end))
                start, end = low, high
            end = max(end, high)
        merged.append(Rule(at, start, end))
    return [rule for rule in merged if rule.end - rule.start > _SNAP]


def _clusters(rules: list[Rule]) -> list[list[Rule]]:
    clusters: list[list[Rule]] = []
    for rule in rules:
        if clusters and rule.at - clusters[-1][0].at <= _SNAP:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules grouped by touching one another."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    places = [rule.at for rule in across]
    for j, v in enumerate(down):
        low = bisect_right(places, v.start - _REACH)
        high = bisect_right(places, v.end + _REACH)
        for i in range(low, high):
            h = across[i]
            if h.start - _REACH <= v.at <= h.end + _REACH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate([*across, *down]):
        groups[root(i)][i >= len(across)].append(rule)
    return list(groups.values())


def _beside(across: list[Rule], alone: list[Rule]) -> list[Rule]:
    """Rules that touch none across, but are as high as the table: between columns that page breaks
    cut both above and below have one cell each, which nothing closes on this page."""
    top, bottom = min(h.at for h in across), max(h.at for h in across)
    return [v for v in alone if abs(v.start - top) <= _REACH and abs(v.end - bottom) <= _REACH]


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    xs = _borders([v.at for v in down], [h.start for h in across], [h.end for h in across])
    ys = _borders([h.at for h in across], [v.start for v in down], [v.end for v in down])
    if len(xs) < 2 or len(ys) < 2:
        return None
    h_ruled = _cover(across, ys, xs)
    v_ruled = _cover(down, xs, ys)
    return Lattice(tuple(xs), tuple(ys), tuple(_cells(h_ruled, v_ruled, len(ys) - 1, len(xs) - 1)))


def _borders(at: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Places of the rules, and the open sides that crossing rules run on to."""
    places: list[float] = []
    for place in sorted(at):
        if not places or place - places[-1] > _SNAP:
            places.append(place)
    if places and places[0] - min(starts) > _OPEN_SIDE:
        places.insert(0, min(starts))
    if places and max(ends) - places[-1] > _OPEN_SIDE:
        places.append(max(ends))
    return places


def _cover(rules: list[Rule], places: list[float], cuts: list[float]) -> list[list[bool]]:
    """For each place and each step between two cuts, whether a rule runs there."""
    covered = [[0.0] * (len(cuts) - 1) for _ in places]
    for rule in rules:
        nearest = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        if abs(places[nearest] - rule.at) > _SNAP:
            continue
        line = covered[nearest]
        for k in range(len(cuts) - 1):
            low, high = max(rule.start, cuts[k]), min(rule.end, cuts[k + 1])
            if high > low:
                line[k] += (high - low) / (cuts[k + 1] - cuts[k])
    return [[share >= _RULED for share in line] for line in covered]


def _cells(
    h_ruled: list[list[bool]], v_ruled: list[list[bool]], rows: int, columns: int
) -> list[Cell]:
    """Merge the lattice's squares where no rule parts them; every cell is a rectangle."""
    taken = [[False] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            width = 1
            while c + width < columns and not v_ruled[c + width][r] and not taken[r][c + width]:
                width += 1
            height = 1
            while r + height < rows and _goes_on(h_ruled, v_ruled, r + height, c, width):
                height += 1
            for row in range(r, r + height):
                for column in range(c, c + width):
                    taken[row][column] = True
            cells.append(Cell(r, c, height, width))
    return cells


def _goes_on(
    h_ruled: list[list[bool]], v_ruled: list[list[bool]], row: int, column: int, width: int
) -> bool:
    """Whether the squares of ``row`` under a cell belong to it: nothing ruled above or within, and
    ruled (or the table's edge) at both sides as the cell is."""
    return (
        not any(h_ruled[row][column : column + width])
        and not any(v_ruled[c][row] for c in range(column + 1, column + width))
        and v_ruled[column][row] == v_ruled[column][row - 1]
        and v_ruled[column + width][row] == v_ruled[column + width][row - 1]
    )


def _outermost(lattices: list[Lattice]) -> list[Lattice]:
    """Drop boxes drawn inside a cell of another table: a seal, a nested frame."""
    boxes = [lattice.box for lattice in lattices]
    return [
        lattice
        for lattice, box in zip(lattices, boxes, strict=True)
        if not any(
            other is not box
            and other.x0 <= box.x0
            and other.top <= box.top
            and other.x1 >= box.x1
            and other.bottom >= box.bottom
            for other in boxes
        )
    ]
