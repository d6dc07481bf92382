"""Subject codes and names of a row: in one column, in 类/款/项 columns, staggered, or joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.tables.blocks import Block
from ingest.tables.cells import is_total, split_code
from ingest.tables.folding import fold
from ingest.tables.roles import Column, Role
from ingest.tables.subjects import SubjectNames, axis_of_code


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject that a row names: its axis, code ('' if unresolved) and printed name."""

    axis: str
    code: str
    name: str

    @property
    def key(self) -> str:
        """The coordinate: the code, else the name."""
        return self.code or self.name


@dataclass(slots=True)
class CodeGroup:
    """The columns that print one code, and the column with its name."""

    codes: tuple[Column, ...]
    name: Column | None
    axis: str = ""
    parts: list[str] = field(default_factory=list)
    current: str = ""

    def reset(self) -> None:
        """Forget the subject of the rows above, as a new unit does."""
        self.parts = []
        self.current = ""

    def read(self, cells: Sequence[str], names: SubjectNames) -> Entry | None:
        """The subject of a row, or None where it prints none (a unit row, a total)."""
        code = self._code(cells)
        printed = cells[self.name.index].strip() if self.name else ""
        if not code:
            code, printed = split_code(printed)
        axis = axis_of_code(code) or self.axis
        if not code and not printed:
            return None
        if not code:
            if is_total(printed) or not axis:
                return None
            code = names.resolve(axis, printed, self.current)
        if code:
            self.current = code
        return Entry(axis, code, printed or names.name(axis, code)) if axis else None

    def _code(self, cells: Sequence[str]) -> str:
        printed = [fold(cells[column.index]) for column in self.codes]
        # 款 and 项 have two digits; spreadsheets drop the zero of 02.
        printed = [part.zfill(2) if i and part else part for i, part in enumerate(printed)]
        deepest = max((i for i, part in enumerate(printed) if part), default=-1)
        if deepest < 0:
            return ""
        if len(self.codes) == 1 or len(printed[deepest]) > 3:
            code = split_code(cells[self.codes[deepest].index])[0] or printed[deepest]
            return code if code.isdigit() else ""
        held = self.parts + [""] * len(self.codes)
        parts = [printed[i] or held[i] for i in range(deepest + 1)]
        if not all(part.isdigit() for part in parts):
            return ""
        self.parts = parts
        return "".join(parts)


def code_groups(block: Block) -> list[CodeGroup]:
    """Code columns that belong together, each with the name column of the same classification."""
    groups: list[CodeGroup] = []
    names = list(block.of(Role.NAME))
    run: list[Column] = []
    for column in (*block.of(Role.CODE), None):
        if column and run and _adjoins(run, column):
            run.append(column)
            continue
        if run:
            groups.append(_group(run, names))
        run = [column] if column else []
    groups += [CodeGroup((), name, name.axis) for name in names]
    return groups


def _adjoins(run: Sequence[Column], column: Column) -> bool:
    same_parent = run[-1].path[:-1] == column.path[:-1]
    restarts = fold(column.path[-1]) == "类" if column.path else False
    return run[-1].index + 1 == column.index and same_parent and not restarts


def _group(run: Sequence[Column], names: list[Column]) -> CodeGroup:
    axis = next((column.axis for column in run if column.axis), "")
    after = [n for n in names if n.index > run[-1].index and (not n.axis or n.axis == axis)]
    name = after[0] if after else None
    if name:
        names.remove(name)
    return CodeGroup(tuple(run), name, axis or (name.axis if name else ""))
