"""The guard of what staff write: every figure of a text must be one that the answer gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.money import MONEY_UNITS, PERCENT, Amount, find_amounts
from qa_service.answering.answer import Answer, Figure
from qa_service.answering.guard import numbers
from qa_service.records.standard_answers import StatedFigure
from qa_service.understanding.numerals import digits

#: Money that is only told about, as no answer does: 三千二百多万, 几十亿, 3200余万.
_VAGUE = re.compile(r"[\d.,零〇一二三四五六七八九两十百千]*[几数多余][十百千]*[万亿]")
#: Money in Chinese numerals that no reader turns into digits.
_UNREAD = re.compile("[零〇一二三四五六七八九两十百千点]+[万亿]")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in the unit that amounts of its kind are compared in, without sign."""

    value: Decimal
    kind: str


class UnfoundedError(ValueError):
    """A text that states figures which the answer does not give; ``figures`` as written."""

    def __init__(self, figures: Iterable[str]) -> None:
        self.figures = tuple(dict.fromkeys(figures))
        super().__init__(
            f"这些数字不在答案中：{'、'.join(self.figures)}。只能写答案里有的数，请改正后再存。"
        )


def check(text: str, answer: Answer, question: str = "") -> None:
    """Raise ``UnfoundedError`` where the text states an amount that the answer does not give, in
    any unit or in Chinese numerals, or any other number that stands nowhere in it."""
    stated = list(_amounts(text))
    known = set(_given(answer, question))
    strange = [printed for printed, value in stated if value not in known]
    given = " ".join(_sources(answer, question))
    sources = set(numbers(given)) | set(numbers(_in_digits(given)))
    rest = [*numbers(_without_amounts(text)), *numbers(_without_amounts(_in_digits(text)))]
    strange += [format(number, "f") for number in rest if number not in sources]
    spoken = [*_VAGUE.findall(text), *_UNREAD.findall(_in_digits(text))]
    strange += [words for words in spoken if words not in given]
    if strange:
        raise UnfoundedError(strange)


def stated_figures(text: str, answer: Answer) -> tuple[StatedFigure, ...]:
    """The answer's figures that the text states."""
    amounts = {value for _, value in _amounts(text)}
    bare = set(numbers(_without_amounts(text)))
    return tuple(
        StatedFigure(figure.label, figure.value, figure.unit)
        for figure in answer.figures
        if _comparable(Decimal(figure.value), figure.unit) in amounts
        or abs(Decimal(figure.value)) in bare
    )


def _given(answer: Answer, question: str) -> Iterator[_Value]:
    for figure in answer.figures:
        yield _comparable(Decimal(figure.value), figure.unit)
        for part in figure.derivation.inputs:
            yield _comparable(Decimal(part.value), part.unit)
    spoken = [question, answer.answer, *(f.derivation.formula for f in answer.figures)]
    spoken += [c.quote for c in answer.citations if c.kind == "passage"]
    for text in spoken:
        yield from (value for _, value in _amounts(text))


def _amounts(text: str) -> Iterator[tuple[str, _Value]]:
    for form in dict.fromkeys((text, _in_digits(text))):
        for amount in find_amounts(form):
            yield amount.printed, _comparable(amount.value, amount.unit)


def _in_digits(text: str) -> str:
    return digits(_THOUSANDS.sub("", text))


def _without_amounts(text: str) -> str:
    rest, end = [], 0
    for amount in find_amounts(text):
        rest.append(text[end : amount.start])
        end = amount.end
    return " ".join([*rest, text[end:]])


def _comparable(value: Decimal, unit: str) -> _Value:
    if unit in MONEY_UNITS:
        return _Value(abs(Amount(value, unit).to("元").value).normalize(), "元")
    return _Value(abs(value).normalize(), PERCENT if unit == "个百分点" else unit)


def _sources(answer: Answer, question: str) -> Iterator[str]:
    yield question
    yield answer.answer
    for figure in answer.figures:
        yield from _texts(figure)
    for c in answer.citations:
        yield " ".join((c.disclosure, c.title, c.quote, c.table or "", c.row or "", c.column or ""))


def _texts(figure: Figure) -> Iterator[str]:
    yield figure.label
    yield figure.derivation.formula
    # A count stands without its unit in a sentence (共3个单位), so its bare number is known too.
    if figure.unit not in MONEY_UNITS and figure.unit != PERCENT:
        yield figure.value
