"""An answer as Markdown: its text with a footnote mark behind each figure, and the footnotes.

What documents and questions say is text, never markup: nothing of it becomes a link or an image.
"""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure.money import format_amount
from qa_service.answering.answer import Citation, Figure
from qa_service.answering.reply import Reply

#: Marks behind one figure at most; all other footnotes are marked at the text's end.
_MARKS = 3
_LONGEST_QUOTE = 160
_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
_LINKLIKE = re.compile(r"([\[<])")
#: A line that is no item of a list is a paragraph of its own.
_LINE = re.compile(r"\n(?!- )")
_SPACE = re.compile(r"\s+")


def markdown(reply: Reply) -> str:
    """Cautions, text with marks, options, and one footnote for each piece of evidence."""
    parts = [f"> **注意** {escaped(caution.message)}" for caution in reply.cautions]
    parts.append(_marked(reply))
    if reply.options:
        parts.append("\n".join(f"- {escaped(option)}" for option in reply.options))
    if reply.citations:
        parts.append("\n".join(_footnote(evidence) for evidence in reply.citations))
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """Text of a document or a question on one line, without effect as Markdown."""
    return _MARKUP.sub(r"\\\1", _SPACE.sub(" ", text).strip())


def _marked(reply: Reply) -> str:
    # Lists stay lists; links, images, HTML and footnotes of quoted text do not come into being.
    text = _LINKLIKE.sub(r"\\\1", reply.answer)
    known = {evidence.id for evidence in reply.citations}
    marked: set[int] = set()
    for figure in reply.figures:
        wanted = sorted(n for n in figure.citations if n in known)[:_MARKS]
        end = _end_of(figure, text) if wanted else None
        if end is not None:
            text = text[:end] + "".join(f"[^{number}]" for number in wanted) + text[end:]
            marked |= set(wanted)
    text += "".join(f"[^{number}]" for number in sorted(known - marked))
    return _LINE.sub("\n\n", text)


def _end_of(figure: Figure, text: str) -> int | None:
    """Where the figure's amount ends in the text: behind its own label, else its first mention."""
    amount = format_amount(abs(Decimal(figure.value)), figure.unit)
    pattern = re.compile(rf"(?<![\d.,]){re.escape(amount)}(?!\[\^)")
    after = text.find(figure.label)
    found = pattern.search(text, after if after >= 0 else 0) or pattern.search(text)
    return found.end() if found else None


def _footnote(evidence: Citation) -> str:
    place = [f"第{evidence.locator.page}页"] if evidence.locator.page else []
    place += [f"第{evidence.locator.line}行"] if evidence.locator.line else []
    where = f"（{'，'.join(place)}）" if place else ""
    quote = evidence.quote
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE] + "…"
    return (
        f"[^{evidence.id}]: 《{escaped(evidence.disclosure)}》{escaped(evidence.title)}{where}："
        f"“{escaped(quote)}” [查看原文]({evidence.url})"
    )
