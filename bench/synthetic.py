"""Disclosures that nobody published: one text disclosure under other names, years and amounts.

The same source and number always give the same text. All amounts of a copy are the original's times
one whole number, so sums still hold and rates still are what they were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from zlib import crc32

import numpy as np

from disclosure.embedding import Matrix, Vector
from disclosure.lexicon.regions import split_region
from disclosure.text import bigrams
from ingest.identity import identify
from ingest.readers import read_document

#: Cities that do not exist, and bureaus that might.
_CITIES = [f"{a}{b}市" for a, b in product("渚岚沅汀澜溆滘浔", "屿峤浦埠垄崮湾岭")]
_BUREAUS = (
    *("教育局", "民政局", "司法局", "财政局", "水务局", "审计局", "统计局", "体育局"),
    *("商务局", "农业农村局", "生态环境局", "交通运输局", "应急管理局", "市场监督管理局"),
)
#: A department publishes so many years running.
_YEARS = 5
_FACTORS = 89
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.%])")
_YEAR = re.compile(r"20\d\d(?=年)")
_DIMENSION = 384


def spread(source: Path, folder: Path, numbers: Sequence[int]) -> list[Path]:
    """Write the numbered copies of a text disclosure into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    name = identify(read_document(source.name, source.read_bytes())).department
    paths = []
    for number in numbers:
        path = folder / f"{number:05}.txt"
        path.write_text(copy(text, name, number), encoding="utf-8")
        paths.append(path)
    return paths


def copy(text: str, department: str, number: int) -> str:
    """A text that speaks of ``department`` as the copy of a number: another body's, of another
    year, with other amounts. ``number`` / 5 picks the body, the rest the year."""
    body, back = divmod(number, _YEARS)
    which, at = divmod(body, len(_CITIES))
    city, bureau = _CITIES[at], _BUREAUS[which % len(_BUREAUS)]
    own = split_region(department)[1]
    home = department.removesuffix(own)
    factor = 1 + body % _FACTORS
    moved = text.replace(department, city + bureau).replace(home, city)
    moved = _YEAR.sub(lambda year: str(int(year[0]) - back), moved)
    return _AMOUNT.sub(lambda amount: _times(amount[0], factor), moved)


def _times(printed: str, factor: int) -> str:
    return f"{Decimal(printed.replace(',', '')) * factor:,.2f}"


class HashedWords:
    """An embedder that costs next to nothing, for measuring all but embedding: each vector is made
    of the hashes of its text's bigrams."""

    identity = "bench-hashed-bigrams"
    dimension = _DIMENSION

    def embed_query(self, text: str) -> Vector:
        vector = np.zeros(_DIMENSION, dtype=np.float32)
        for word in bigrams(text):
            hashed = crc32(word.encode())
            vector[hashed % _DIMENSION] += 1 if hashed & 0x10000 else -1
        length = np.linalg.norm(vector)
        return vector / length if length else np.full_like(vector, _DIMENSION**-0.5)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.embed_query(text) for text in texts])
