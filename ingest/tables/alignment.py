"""Columns of tables without spans, whose headers and rows may be shifted against each other.

In text, a merged header cell that spans three columns may have left two blanks, its last child may
stand at the end of the line, and a row may have one blank too many. The header is read as a tree
whose leaves, in order, are the columns; where leaves and columns do not pair off, the possible
pairings are tried and the sums of the rows decide (表7, 表10 of one common layout).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.tables.cells import is_number_row, number
from ingest.tables.folding import fold
from ingest.tables.headers import Path
from ingest.tables.headers import paths as printed_paths
from ingest.tables.identities import Evidence, check, sums
from ingest.tables.line import Line

#: How far one header row is tried against the row above it.
_SHIFTS = (0, 1, -1, 2, -2)
_MOST_MISSING = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """Header paths and rows of one width, and whether rows bear the pairing out."""

    paths: tuple[Path, ...]
    lines: tuple[Line, ...]
    evidence: Evidence
    unheaded: tuple[int, ...] = ()
    weakness: str = ""


@dataclass(slots=True, eq=False)
class _Node:
    """A header label and the labels under it."""

    text: str
    row: int
    column: int
    breadth: int = 1
    children: list[_Node] = field(default_factory=list)

    def leaves(self, above: Path = ()) -> Iterator[tuple[Path, _Node]]:
        path = (*above, self.text)
        if not self.children:
            yield path, self
        for child in self.children:
            yield from child.leaves(path)


def align(
    header: Sequence[tuple[str, ...]], body: Sequence[Line], is_key: Callable[[Path], bool]
) -> Aligned:
    """Pair header leaves with the columns of the rows; ``is_key`` tells names and codes."""
    labels = [row for row in header if not is_number_row(row)]
    shape = _figures(body)
    if shape is None or not labels:
        return _by_position(labels, body)
    keys, figures = shape
    tree, loose = _tree(labels)
    leaves = [leaf for node in tree for leaf in node.leaves()]
    names = [path for path, _ in leaves if is_key(path)]
    heads = [(path, node) for path, node in leaves if not is_key(path)]
    lines = [_squeezed(line, keys, figures) for line in body]
    rows = [line.cells[keys:] for line in lines]
    leading = all(is_key(path) for path, _ in leaves[:keys])
    if (
        len(names) != keys
        or not leading
        or len(heads) > figures
        or figures - len(heads) > _MOST_MISSING
    ):
        return _by_position(labels, body)
    best = min(
        _pairings(heads, loose, figures, labels, keys),
        key=lambda option: (check(sums(option[0]), rows).broken, option[1]),
    )[0]
    evidence = check(sums(best), rows)
    unheaded = tuple(keys + i for i, path in enumerate(best) if not path or path in best[:i])
    guessed = bool(loose) or len(heads) < figures
    doubtful = guessed and evidence.broken > evidence.held
    weakness = "表头与数据列对不上，各列之和也不成立" if doubtful else ""
    return Aligned((*names, *best), tuple(lines), evidence, unheaded, weakness)


def _figures(body: Sequence[Line]) -> tuple[int, int] | None:
    """Key and figure columns of a table whose rows end in figures only; None for other tables."""
    firsts: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    other = 0
    for line in body:
        run = _last_run(line.cells)
        if run and run[1] == len(line.cells):
            firsts[run[0]] += 1
            counts[run[1] - run[0]] += 1
        elif run:
            other += 1
    if not firsts or other > sum(firsts.values()) // 2:
        return None
    figures = counts.most_common(1)[0][0]
    return firsts.most_common(1)[0][0], figures


def _last_run(cells: Sequence[str]) -> tuple[int, int] | None:
    """Start and end of the last unbroken run of figures."""
    end = len(cells)
    while end and not number(cells[end - 1]):
        end -= 1
    start = end
    while start and number(cells[start - 1]):
        start -= 1
    return (start, end) if end else None


def _tree(rows: Sequence[tuple[str, ...]]) -> tuple[list[_Node], list[_Node]]:
    """The header's top labels with what stands under each, and labels that stand under nothing.

    Each row is tried a little to either side: the best shift puts a label exactly under the start
    of every label that spans blanks.
    """
    levels = [_nodes(r, row) for r, row in enumerate(rows)]
    loose: list[_Node] = []
    for upper, lower in itertools.pairwise(levels):
        shift = min(_SHIFTS, key=lambda s: (-_fit(upper, lower, s), abs(s)))
        for node in lower:
            parent = _parent(upper, node.column + shift)
            if parent is not None:
                parent.children.append(node)
            else:
                loose.append(node)
        for parent in upper:
            only = parent.children[0] if len(parent.children) == 1 else None
            if only and only.column + shift != parent.column:
                parent.children.clear()
                loose.append(only)
    top = [*levels[0], *(n for n in loose if n.row == 1 and n.column < _first(levels[0]))]
    return sorted(top, key=lambda n: n.column), [n for n in loose if n not in top]


def _nodes(row: int, cells: Sequence[str]) -> list[_Node]:
    columns = [c for c, cell in enumerate(cells) if fold(cell)]
    ends = [*columns[1:], len(cells)]
    return [_Node(cells[c].strip(), row, c, end - c) for c, end in zip(columns, ends, strict=True)]


def _first(nodes: Sequence[_Node]) -> int:
    return nodes[0].column if nodes else 0


def _parent(upper: Sequence[_Node], column: int) -> _Node | None:
    over = [node for node in upper if node.column <= column]
    return over[-1] if over else None


def _fit(upper: Sequence[_Node], lower: Sequence[_Node], shift: int) -> int:
    """Labels over blanks whose first child stands right under them, less the narrow labels (one
    cell wide, so without children) that something stands under."""
    under = {node.column + shift for node in lower}
    wide = sum(node.breadth > 1 and node.column in under for node in upper)
    return wide - sum(node.breadth == 1 and node.column in under for node in upper)


def _pairings(
    heads: Sequence[tuple[Path, _Node]],
    loose: Sequence[_Node],
    figures: int,
    labels: Sequence[tuple[str, ...]],
    keys: int,
) -> Iterator[tuple[list[Path], int]]:
    """Ways to give each figure column a path, with how far each is from the printed order."""
    missing = figures - len(heads)
    placed = [path for path, _ in heads]
    if not missing:
        yield placed, 0
        return
    if missing >= len(loose):
        yield from _with_loose(heads, list(loose), missing - len(loose))
    printed = printed_paths(labels, {}, keys + figures)[keys:]
    yield printed, missing + 1


def _with_loose(
    heads: Sequence[tuple[Path, _Node]], loose: list[_Node], blanks: int
) -> Iterator[tuple[list[Path], int]]:
    if loose:
        node, rest = loose[0], loose[1:]
        for at in range(len(heads) + 1):
            before = [n for _, n in heads[:at] if n.row == node.row]
            after = [n for _, n in heads[at:] if n.row == node.row]
            if any(n.column > node.column for n in before) or any(
                n.column < node.column for n in after
            ):
                continue
            beside = heads[at - 1] if at else heads[0]
            path = (*beside[0][: node.row], node.text)
            distance = 0 if beside[1].row == node.row else 1
            inserted = [*heads[:at], (path, node), *heads[at:]]
            for option, cost in _with_loose(inserted, rest, blanks):
                yield option, cost + distance
        return
    paths = [path for path, _ in heads]
    if not blanks:
        yield paths, 0
        return
    for at in range(len(paths), 0, -1):
        # A column without a label of its own lies under what covers its left neighbour.
        yield [*paths[:at], *[paths[at - 1][:-1]] * blanks, *paths[at:]], len(paths) - at


def _squeezed(line: Line, keys: int, figures: int) -> Line:
    """The row with exactly ``keys`` + ``figures`` cells: its last figures, its names moved left or
    right over blanks that are too many."""
    run = _last_run(line.cells)
    cells = list(line.cells)
    if len(cells) == keys + figures or run is None or run[1] - run[0] < figures:
        cells = (cells + [""] * (keys + figures))[: keys + figures]
        return line.with_cells(cells)
    names = cells[: run[1] - figures]
    while len(names) > keys and "" in names:
        names.remove("")
    names = (names + [""] * keys)[:keys]
    return line.with_cells([*names, *cells[run[1] - figures : run[1]]])


def _by_position(labels: Sequence[tuple[str, ...]], body: Sequence[Line]) -> Aligned:
    """Columns as printed, rows that are too long freed of blanks."""
    widths = Counter(len(_trimmed(line.cells)) for line in body)
    width = max((len(_trimmed(row)) for row in labels), default=0)
    width = max(width, widths.most_common(1)[0][0] if widths else 0)
    paths = tuple(printed_paths(labels, {}, width))
    lines = tuple(line.with_cells(_fitted(list(line.cells), width, paths)) for line in body)
    figures = [line.cells for line in lines]
    return Aligned(paths, lines, check(sums(paths), figures))


def _trimmed(cells: Sequence[str]) -> list[str]:
    cells = list(cells)
    while cells and not fold(cells[-1]):
        cells.pop()
    return cells


def _fitted(cells: list[str], width: int, paths: Sequence[Path]) -> list[str]:
    cells = _trimmed(cells)
    while len(cells) > width and "" in cells:
        blanks = [i for i, cell in enumerate(cells) if not fold(cell)]
        cells.pop(blanks[-1])
    if len(cells) > width:
        cells = [*cells[: width - 1], " ".join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))
