"""The reply to a caller in the register of a public hotline: greeting, answer, basis, and what the
figures cover. It is put together from the answer alone and passes the guard of statements."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.library import Library
from disclosure.model import Disclosure, Kind, Level
from qa_service.answering.answer import Answer, Citation, Operation, Status
from qa_service.records.inquiries import Channel
from qa_service.staff.evidence import disclosures_of
from qa_service.staff.statements import UnfoundedError, check

_GREETINGS = {
    Channel.PHONE: "您好！感谢您的来电。",
    Channel.WEB: "您好！感谢您的网上留言。",
    Channel.VISIT: "您好！感谢您的来访。",
    Channel.LETTER: "您好！您的来信收悉。",
    Channel.OTHER: "您好！感谢您的咨询。",
}
_CLOSING = "以上答复依据已公开的文件作出，以公开文件原文为准。感谢您对预决算公开工作的关注。"
_CLOSING_QUESTION = "请您确认后告诉我们，我们再为您查询。感谢您对预决算公开工作的关注。"
_COMPUTED = {
    Operation.SHARE: "占比由上述公开数计算，四舍五入",
    Operation.RATIO: "倍数由上述公开数计算，四舍五入",
    Operation.AVERAGE: "平均数由上述公开数计算，四舍五入",
    Operation.CONVERT: "金额已由公开文件所用单位换算",
    Operation.DERIVE: "该数未直接公布，由公开的本年数和增减额推算",
    Operation.TOTAL: "合计数由公开的各项相加，不含重复计算",
    Operation.DIFFERENCE: "差额由上述公开数相减",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the reply."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in its parts."""

    greeting: str
    sections: tuple[Section, ...]
    closing: str

    def text(self) -> str:
        """The reply as plain text."""
        parts = [self.greeting]
        for section in self.sections:
            if len(section.lines) == 1:
                parts.append(f"{section.heading}：{section.lines[0]}")
            else:
                numbered = [f"{_ORDINALS[i]}{line}" for i, line in enumerate(section.lines)]
                parts.append("\n".join([f"{section.heading}：", *numbered]))
        return "\n".join([*parts, self.closing])


#: Numbers that no guard and no reader takes for figures.
_ORDINALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST_LINES = len(_ORDINALS)
_SINGLE = str.maketrans("“”", "‘’")


def compose(question: str, channel: Channel, answer: Answer, library: Library | None) -> Reply:
    """The reply that gives ``answer``. Raises ``UnfoundedError`` where it states anything else."""
    sections = [Section("您咨询的问题", (_quoted(question),))]
    if answer.status is Status.CLARIFY:
        options = tuple(answer.options[:_MOST_LINES])
        sections.append(Section("答复", ("为了准确答复，请您确认想了解的是哪一项。",)))
        if options:
            sections.append(Section("可供选择", options))
    else:
        sections.append(Section("答复", tuple(_lines(answer.answer))))
    formulas = tuple(
        f"{figure.label}：{figure.derivation.formula}"
        for figure in answer.figures
        if figure.derivation.formula and figure.derivation.operation is not Operation.LOOKUP
    )
    if formulas:
        sections.append(Section("算式", formulas[:_MOST_LINES]))
    if basis := tuple(dict.fromkeys(_basis(c) for c in answer.citations)):
        sections.append(Section("依据", basis[:_MOST_LINES]))
    known = " ".join((question, *answer.options))
    if scope := tuple(line for line in _scope(answer, library) if _founded(line, answer, known)):
        sections.append(Section("口径说明", scope[:_MOST_LINES]))
    closing = _CLOSING_QUESTION if answer.status is Status.CLARIFY else _CLOSING
    reply = Reply(_GREETINGS[channel], tuple(sections), closing)
    check(reply.text(), answer, known)
    return reply


def _founded(line: str, answer: Answer, known: str) -> bool:
    """Whether a line on the scope states nothing that the answer does not (a title may lack the
    year, which the document tells elsewhere)."""
    try:
        check(line, answer, known)
    except UnfoundedError:
        return False
    return True


def _quoted(question: str) -> str:
    return f"“{_inner(' '.join(question.split()))}”"


def _lines(text: str) -> list[str]:
    lines = [line.removeprefix("- ").strip() for line in text.splitlines()]
    kept = [line for line in lines if line]
    return kept if len(kept) <= _MOST_LINES else [text.strip()]


def _basis(citation: Citation) -> str:
    """《title》 with the table and row, or the section."""
    title = citation.disclosure.strip("《》")
    if citation.table:
        row = f"“{_inner(citation.row)}”行" if citation.row else ""
        column = f"“{_inner(citation.column)}”列" if citation.column else ""
        return f"《{title}》{citation.table}{row}{column}"
    return f"《{title}》{citation.section or citation.title}"


def _inner(name: str) -> str:
    """A name within quotation marks: its own become single."""
    return name.translate(_SINGLE)


def _scope(answer: Answer, library: Library | None) -> tuple[str, ...]:
    if not answer.citations:
        return ()
    lines = [line for one in disclosures_of(answer, library) for line in _of_disclosure(one)]
    unsaid = dict.fromkeys(f.label for f in answer.figures if f.label not in answer.answer)
    if unsaid:
        lines.append(f"所答为：{'；'.join(unsaid)}。")
    operations = dict.fromkeys(figure.derivation.operation for figure in answer.figures)
    lines += [f"{_COMPUTED[op]}。" for op in operations if op in _COMPUTED]
    return tuple(dict.fromkeys(lines))


def _of_disclosure(disclosure: Disclosure) -> list[str]:
    name = disclosure.department
    if disclosure.kind is Kind.BUDGET:
        nature = f"数据为{disclosure.year}年部门预算数（年初预算安排），不是决算数。"
    else:
        nature = f"数据为{disclosure.year}年部门决算数（实际执行结果），不是预算数。"
    if disclosure.level is Level.UNIT:
        return [nature, f"“{name}”指本单位，不含其他单位。"]
    if len(disclosure.units) > 1:
        return [nature, f"“{name}”除特别说明外指部门整体，含本级和所属单位。"]
    return [nature]
