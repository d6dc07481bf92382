"""The inquiry log as a file for spreadsheet programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qa_service.records.inquiries import Inquiries, Inquiry, InquiryQuery
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
        for inquiry in found:
            yield _cells(inquiries, inquiry)
        offset += _CHUNK
        if offset >= total:
            return


def _cells(inquiries: Inquiries, inquiry: Inquiry) -> list[str]:
    edits = inquiries.edits(inquiry.id)
    changes = "\n".join(
        f"{moment(edit.at)} {edit.account} {_FIELDS[edit.field]}：{edit.before} → {edit.after}"
        for edit in edits
    )
    return [
        str(inquiry.id), moment(inquiry.at), inquiry.channel, inquiry.question,
        OUTCOMES[inquiry.outcome], inquiry.answer.answer, inquiry.disclosures, inquiry.release,
        inquiry.account, inquiry.state, inquiry.reply, inquiry.note, str(len(edits)), changes,
    ]  # fmt: skip


def moment(at: float) -> str:
    """A time as people read it, where the service runs."""
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
