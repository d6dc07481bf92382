"""Files that are no disclosures, each refused with the reason that fits its content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.foreign import RULES, Rule, refuse
from ingest.identity import identify
from ingest.readers import read_document
from tests.ingest.layouts.documents import Layout, filled
from tests.ingest.layouts.documents import document as filled_document
from tests.ingest.small import disclosure_text
from tests.support.narration import document


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_kind_of_foreign_file_is_refused_with_its_own_reason(rule: Rule) -> None:
    example = document(rule.example)
    assert refuse(example, identify(example)) == (rule.reason, rule.remedy)


def test_a_disclosure_is_not_refused_for_words_in_it() -> None:
    text = disclosure_text() + "\n\n关于绩效自评表的说明，详见网站地图。"
    disclosure = read_document("a.txt", text.encode())
    assert refuse(disclosure, identify(disclosure)) is None


def test_blank_templates_are_told_by_their_placeholders() -> None:
    template = document("XX市XX局2026年部门预算", "一、部门收支总体情况", "XX局2026年收支XX万元。")
    found = refuse(template, identify(template))
    assert found is not None
    assert "模板" in found[0]


def test_a_web_page_without_a_disclosure_is_refused_as_one() -> None:
    page = replace(document("市水务局召开防汛工作会议。"), media_type="text/html")
    found = refuse(page, identify(page))
    assert found is not None
    assert "网页" in found[0]


def test_a_file_without_words_asks_for_the_original() -> None:
    empty = document()
    found = refuse(empty, identify(empty))
    assert found is not None
    assert "没有可读的文字" in found[0]


def test_headings_without_any_amount_are_incomplete() -> None:
    bare = document("柳州市水务局部门预算", "一、收支总表", "二、“三公”经费", "三、机构设置")
    found = refuse(bare, identify(bare))
    assert found is not None
    assert "没有任何金额" in found[0]


#: Whole documents with the words and tables of a disclosure that are none.
LOOK_ALIKES = {
    "政府（财政总）预算": ("关于临江市2025年预算执行情况和2026年预算草案的报告", "临江市财政局"),
    "政府（财政总）预算材料": ("临江市2026年政府预算公开", "一般公共预算收入预算表"),
    "绩效自评": ("临江市水务局2025年度部门整体支出绩效自评报告", "一、部门概况"),
    "通知或公告": ("临江市财政局关于2026年部门预算编制工作的通知", "各部门："),
    "政府债务": ("临江市2025年政府债务限额及余额情况", "单位：亿元"),
    "汇总": ("临江市2026年市级部门“三公”经费预算汇总情况", "单位：万元"),
}


@pytest.mark.parametrize("reason", LOOK_ALIKES)
def test_look_alikes_of_a_disclosure_are_refused_for_what_they_are(reason: str) -> None:
    layout = Layout()
    body = filled_document(filled("财政部", layout.style), layout).blocks[9:]
    alike = document(*LOOK_ALIKES[reason])
    alike = replace(alike, blocks=(*alike.blocks, *body))
    found = refuse(alike, identify(alike))
    assert found is not None
    assert reason in found[0]


def test_a_notice_that_publishes_a_budget_is_taken() -> None:
    layout = Layout()
    body = filled_document(filled("财政部", layout.style), layout).blocks[1:]
    notice = document("临江市水务局关于2026年部门预算公开的公告")
    notice = replace(notice, blocks=(*notice.blocks, *body))
    assert refuse(notice, identify(notice)) is None


#: What each readable file of the corpus that is no disclosure is, by opening it.
FOREIGN = {
    "2026年济南市审计局部门预算.pdf": "申请或登记表",
    "2026年重庆市财政局部门预算.pdf": "网页",
    "医疗保障局_福州市2026年执行最高付费标准中药饮片目录.pdf": "目录",
    "司法局_2026年部门预算.pdf": "标准",
    "商务局_2025年福州市物流业运行情况报告.pdf": "统计资料",
    "政府办公厅_2026年部门预算.pdf": "绩效自评",
    "统计局_2026年部门预算.pdf": "统计资料",
    "财政局_2026年部门预算.pdf": "年度报表",
    "附件2：部门决算模板.pdf": "空白模板",
}
SCANNED = (
    "公安局交通警察局_2026年部门预算.pdf",
    "审计局_2026年部门预算.pdf",
    "文化广电旅游体育局_2026年部门预算.pdf",
)


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_foreign_files_of_the_corpus_are_refused_for_what_they_are(corpus: Path, name: str) -> None:
    read = read_document(name, (corpus / "not_disclosures" / name).read_bytes())
    found = refuse(read, identify(read))
    assert found is not None
    assert FOREIGN[name] in found[0]


@pytest.mark.corpus
@pytest.mark.parametrize("name", SCANNED)
def test_scans_are_refused_before_they_are_looked_at(corpus: Path, name: str) -> None:
    with pytest.raises(IngestError, match="扫描图片"):
        read_document(name, (corpus / "not_disclosures" / name).read_bytes())
