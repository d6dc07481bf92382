"""The inquiry log as a file for spreadsheet programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_service.local_time import stamp
from qa_service.records.inquiries import Edit, Inquiries, Inquiry, InquiryQuery
from qa_service.staff.spreadsheet import csv_lines

_CHUNK = 500
_HEADER = (
    "编号", "时间", "渠道", "问题", "结果", "答案", "公开文件", "数据版本", "应答人", "状态",
    "答复", "备注", "修改次数", "修改记录",
)  # fmt: skip
_FIELDS = {"reply": "答复", "note": "备注", "state": "状态", "channel": "渠道", "answer": "答案"}
OUTCOMES = {
    "answered": "已回答",
    "clarify": "需要明确",
    "not_disclosed": "没有公布",
    "out_of_scope": "不在范围",
}


def log_csv(inquiries: Inquiries, query: InquiryQuery) -> Iterator[str]:
    """All inquiries that match, line by line."""
    return csv_lines(_HEADER, _rows(inquiries, query))


def _rows(inquiries: Inquiries, query: InquiryQuery) -> Iterator[list[str]]:
    offset = 0
    while True:
        found, total = inquiries.search(query, limit=_CHUNK, offset=offset)
        edits = inquiries.edits_of([inquiry.id for inquiry in found])
        for inquiry in found:
            yield _cells(inquiry, edits.get(inquiry.id, []))
        offset += _CHUNK
        if offset >= total:
            return


def _cells(inquiry: Inquiry, edits: Sequence[Edit]) -> list[str]:
    changes = "\n".join(
        f"{stamp(edit.at)} {edit.account} {_FIELDS[edit.field]}：{edit.before} → {edit.after}"
        for edit in edits
    )
    return [
        str(inquiry.id), stamp(inquiry.at), inquiry.channel, inquiry.question,
        OUTCOMES[inquiry.outcome], inquiry.answer.answer, inquiry.disclosures, inquiry.release,
        inquiry.account, inquiry.state, inquiry.reply, inquiry.note, str(len(edits)), changes,
    ]  # fmt: skip
