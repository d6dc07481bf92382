"""Opaque tokens: what stands in a model's view of the results in place of every figure.

A model reads ``比上年{{F2}}`` with a legend that tells what F2 is of, its unit, sign and order of
magnitude in words; it copies the token, and what the token stands for is filled in afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.money import MONEY_UNITS, PERCENT, Amount
from qa_service.answering.answer import Answer, Figure
from qa_service.answering.guard import NUMERAL_AMOUNT

#: What a token looks like in a text.
TOKEN = re.compile(r"\{\{([A-Z]\d+)\}\}")
#: In a passage digits are not even tokens: its figures are cited by quoting it as a whole.
MASK = "〔数〕"
_DIGITS = r"[-−]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?"
_NUMBER = re.compile(_DIGITS)
_ANY_FIGURE = re.compile(f"{_DIGITS}|{NUMERAL_AMOUNT.pattern}")
#: Words whose sense a change's amount carries; they are part of what its token stands for.
_DIRECTIONS = "增加|增长|减少|下降|多|少"
#: A quotation of a document, a computation in brackets, the lines of a list.
_QUOTE = re.compile(r"“([^“”]{12,})”")
_FORMULA = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*[=≈][^（）]*(?:（[^（）]*）[^（）]*)*）")
_LIST = re.compile(r"\n?(?:^- .*(?:\n(?!- )[^\n]+)*\n?)+", re.MULTILINE)
_MAX_SHOWN = 600
#: By the number of digits before the point, in 元.
_MAGNITUDES: tuple[str, ...] = (
    "不到一元",
    *(f"{size}元" for size in ("几", "几十", "几百", "几千", "几万", "几十万", "几百万", "几千万")),
    *(f"{size}亿元" for size in ("几", "几十", "几百", "几千", "几万")),
)


@dataclass(frozen=True, slots=True)
class Token:
    """What one token stands for. ``figure`` tells that it answers the question."""

    name: str
    text: str
    about: str
    unit: str = ""
    figure: bool = False
    shown: str = ""

    def __str__(self) -> str:
        return f"{{{{{self.name}}}}}"


class TokenBook:
    """The tokens of one question."""

    def __init__(self) -> None:
        self.tokens: dict[str, Token] = {}
        self._known: dict[tuple[str, str, str], Token] = {}

    def masked(self, answer: Answer) -> str:
        """The plain rendering with a token for every figure, quotation, computation and list."""
        text = answer.answer
        figures = answer.figures
        text = _LIST.sub(lambda m: f"\n{self._list(m[0], figures)}\n", text)
        text = _QUOTE.sub(lambda m: str(self._quote(m)), text)
        text = _FORMULA.sub(lambda m: str(self._add("C", m[0], "计算式")), text)
        return self._numbers(text, figures).strip()

    def names(self, names: Iterable[str]) -> list[str]:
        """Names with tokens for their digits, which ``filled`` turns back."""
        return [
            _NUMBER.sub(lambda m: str(self._add("N", m[0], "名称里的数字")), name) for name in names
        ]

    def filled(self, text: str) -> str:
        """The text with every known token replaced by what it stands for."""
        return TOKEN.sub(lambda m: self.tokens[m[1]].text if m[1] in self.tokens else m[0], text)

    def legend(self, names: Iterable[str]) -> list[str]:
        """What each of these tokens stands for, in words without any figure."""
        return [f"{self.tokens[name]}：{self.tokens[name].about}" for name in names]

    def _list(self, lines: str, figures: Sequence[Figure]) -> str:
        inside = self._numbers(_QUOTE.sub(lambda m: str(self._quote(m)), lines.strip()), figures)
        token = self._add("L", f"\n{lines.strip()}\n", "清单，整段引用", shown=inside)
        return str(token)

    def _quote(self, match: re.Match[str]) -> Token:
        return self._add("Q", match[0], "公开文件原文，整段引用", shown=masked_passage(match[1]))

    def _numbers(self, text: str, figures: Sequence[Figure]) -> str:
        """Every number outside tokens replaced: figures with unit and direction, years, others."""
        units = sorted({f.unit for f in figures if f.unit} | set(_UNITS), key=len, reverse=True)
        pattern = re.compile(
            f"{TOKEN.pattern}|(?P<way>{_DIRECTIONS})?(?P<number>{_DIGITS})"
            f"(?P<unit>{'|'.join(map(re.escape, units))})?|{NUMERAL_AMOUNT.pattern}"
        )

        def token(match: re.Match[str]) -> str:
            if match["number"] is None:
                known = TOKEN.fullmatch(match[0])
                return match[0] if known else str(self._add("N", match[0], "数字"))
            value, unit, way = _decimal(match["number"]), match["unit"] or "", match["way"] or ""
            figure = _figure_of(figures, value, unit)
            if unit and unit != "年":
                return str(self._figure(match[0], way, value, unit, figure))
            kind, about = ("Y", "年度") if unit else ("N", "编号或数字")
            return way + str(self._add(kind, match[0].removeprefix(way), about))

        return pattern.sub(token, text)

    def _figure(
        self, text: str, way: str, value: Decimal, unit: str, figure: Figure | None
    ) -> Token:
        label = _NUMBER.sub("某", figure.label) if figure else "文中的数"
        sign = _sign(figure, value)
        about = f"{label}；含单位“{unit}”；{way and f'已含“{way}”；'}{sign}"
        size = magnitude(value, unit)
        return self._add("F", text, about + (f"；{size}" if size else ""), unit, bool(figure))

    def _add(
        self,
        kind: str,
        text: str,
        about: str,
        unit: str = "",
        figure: bool = False,
        shown: str = "",
    ) -> Token:
        """The token of a text, made at first use."""
        known = self._known.get((kind, text, about))
        if known is None:
            count = sum(name.startswith(kind) for name in self.tokens)
            known = Token(f"{kind}{count + 1}", text, about, unit, figure, shown)
            self.tokens[known.name] = self._known[kind, text, about] = known
        return known


#: Units that a rendering may print behind a number.
_UNITS = (*MONEY_UNITS, PERCENT, "个百分点", "年", "倍", "个", "项", "张", "条", "名", "人", "类")


def masked_passage(text: str) -> str:
    """A document's words without any figure and without anything that looks like a token."""
    masked = _ANY_FIGURE.sub(MASK, text.replace("{{", "").replace("}}", ""))
    return masked if len(masked) <= _MAX_SHOWN else masked[:_MAX_SHOWN] + "……"


def magnitude(value: Decimal, unit: str) -> str:
    """The order of magnitude in words; '' for what is no money and no percentage."""
    if value == 0:
        return ""
    if unit == PERCENT:
        size = abs(value)
        bounds = ((1, "不到百分之一"), (10, "百分之几"), (100, "百分之几十"))
        return next((words for bound, words in bounds if size < bound), "超过百分之一百")
    if unit not in MONEY_UNITS:
        return ""
    digits = Amount(abs(value), unit).to("元").value.adjusted() + 1
    return _MAGNITUDES[min(max(digits, 0), len(_MAGNITUDES) - 1)]


def _sign(figure: Figure | None, value: Decimal) -> str:
    if value == 0:
        return "为零"
    return "负数（减少）" if figure and figure.value.startswith("-") else "正数"


def _figure_of(figures: Sequence[Figure], value: Decimal, unit: str) -> Figure | None:
    return next(
        (f for f in figures if f.unit == unit and abs(Decimal(f.value)) == abs(value)), None
    )


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "").replace("，", "").replace("−", "-"))
