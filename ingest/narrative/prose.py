"""A paragraph in the form that the narrative readers match against, with the way back to its text.

Line and page breaks leave spaces anywhere in Chinese text ('预 算 收 入'), and full and half width
are mixed; here white space is gone, digits and brackets are half width, sentence marks full width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: Sentence marks keep their Chinese form, whatever width the source uses.
_MARKS = {
    ord(","): "，",
    ord(":"): "：",
    ord(";"): "；",
    ord("!"): "！",
    ord("?"): "？",
    ord("．"): ".",
    ord("−"): "-",
    ord("﹣"): "-",
}
_MARKS |= {code: mark for mark in "，：；！？" for code in (ord(mark),)}
_NOISE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\ufeff\ufffe\uffff\ue000-\uf8ff\x00-\x1f]")
_SEPARATOR = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Prose:
    """``text`` for matching; ``source`` as printed; ``offsets`` from the one to the other."""

    source: str

    @cached_property
    def _pairs(self) -> tuple[tuple[str, int], ...]:
        pairs = []
        for offset, char in enumerate(self.source):
            if not _NOISE.match(char):
                code = ord(char)
                pairs.append((_MARKS.get(code) or chr(_HALF.get(code, code)), offset))
        return tuple(pairs)

    @cached_property
    def text(self) -> str:
        """The compact text; a comma inside a number is its thousands separator."""
        return _SEPARATOR.sub(",", "".join(char for char, _ in self._pairs))

    def start(self, position: int) -> int:
        """Where a position of ``text`` stands in ``source``."""
        return self._pairs[position][1] if position < len(self._pairs) else len(self.source)

    def quote(self, start: int, end: int) -> str:
        """The printed text of a span of ``text``, spaces inside it as printed."""
        if end <= start:
            return ""
        return self.source[self.start(start) : self._pairs[end - 1][1] + 1]

    def __len__(self) -> int:
        return len(self._pairs)


def brackets(text: str) -> list[tuple[int, int]]:
    """Positions of opening and closing brackets that belong together."""
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for i, char in enumerate(text):
        if char == "(":
            stack.append(i)
        elif char == ")" and stack:
            pairs.append((stack.pop(), i))
    return pairs
