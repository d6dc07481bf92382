"""Words and particles of dialects in questions, put in standard words (``dialect.yaml``)."""

from __future__ import annotations

import re
from functools import cache

from disclosure.lexicon import read_data

_END = "(?=$|[\\s，。？！；：、,.?!;:])"


@cache
def _rules() -> tuple[re.Pattern[str], tuple[str, ...], re.Pattern[str]]:
    data = read_data("dialect.yaml")
    assert isinstance(data, dict)
    words = sorted(data["words"].items(), key=lambda pair: -len(pair[0].rpartition(")")[2]))
    pattern = re.compile("|".join(f"({form})" for form, _ in words))
    # 干嘛, 为嘛 are question words.
    endings = re.compile(
        f"(?<=[\u4e00-\u9fff\\d])(?<![干为做弄])[{''.join(data['endings'])}]+{_END}"
    )
    return pattern, tuple(said for _, said in words), endings


def standard(text: str) -> str:
    """The question in standard words: 边个项目有几多钱咯 → 哪个项目有多少钱."""
    pattern, said, endings = _rules()
    return endings.sub("", pattern.sub(lambda m: said[(m.lastindex or 1) - 1], text))
