"""The public pages as they are sent: the list, documents and their downloads, shared answers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from disclosure.library import Library
from disclosure.model import Disclosure, Fact
from eval.corpus import SHIPPED
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.qa_service.api.conftest import MakeClient
from tests.support.scripted import ScriptedService

QUESTION = "三公经费预算是多少？"


class Public:
    """A client of the whole site over one data directory."""

    def __init__(self, data_dir: Path, records_dir: Path) -> None:
        self.data_dir = data_dir
        records = open_records(records_dir)
        self._service = open_service(data_dir, answers=Answers(records))
        settings = Settings(data_dir=data_dir)
        self.client = TestClient(create_app(self._service, settings, records))

    @property
    def library(self) -> Library:
        library = self._service.library()
        assert library is not None
        return library

    @property
    def disclosure(self) -> Disclosure:
        [disclosure] = self.library.disclosures()
        return disclosure

    def fact(self, printed: str, *, cell: bool) -> Fact:
        facts = self.library.facts(self.disclosure.id)
        return next(f for f in facts if f.printed == printed and (f.table_id is not None) is cell)

    def shared(self, question: str) -> str:
        answer_id = self.client.post("/api/ask", json={"question": question}).json()["answer_id"]
        assert self.client.post(f"/api/answers/{answer_id}/share").status_code == 200
        return f"/a/{answer_id}"


@pytest.fixture
def public(shipped_data: Path, tmp_path: Path) -> Public:
    return Public(shipped_data, tmp_path)


def _page(client: TestClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert "unsafe" not in response.headers["content-security-policy"]
    assert " style=" not in response.text
    return response.text


def test_first_page_lists_what_is_held_and_holds_the_chat(public: Public) -> None:
    text = _page(public.client, "/")
    assert "<budget-qa-chat" in text
    assert f'href="/d/{public.disclosure.id}"' in text
    assert "柳州市科学技术局" in text


@pytest.mark.parametrize("typed", ["科技局", "kjj", "405002", "情报所", "柳州市科计局"])
def test_department_is_found_without_script(public: Public, typed: str) -> None:
    text = public.client.get("/", params={"q": typed}).text
    assert f'href="/d/{public.disclosure.id}"' in text


def test_what_is_not_found_is_told_and_not_run(public: Public) -> None:
    text = public.client.get("/", params={"q": "<script>alert(1)</script>"}).text
    assert "没有找到" in text
    assert "<script>alert" not in text
    assert f'href="/d/{public.disclosure.id}"' not in text


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "9" * 40])
def test_page_that_is_none_is_no_error(public: Public, page: str) -> None:
    _page(public.client, f"/?page={page}")


def test_empty_service_has_its_pages(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(loaded=False))
    assert "还没有收录公开资料" in _page(client, "/")
    assert "budget-qa ingest" in _page(client, "/d/d1", 503)
    assert client.get("/feed.atom").status_code == 200


def test_document_prints_every_table_and_passage(public: Public) -> None:
    text = _page(public.client, f"/d/{public.disclosure.id}")
    library, disclosure = public.library, public.disclosure
    for table in library.tables(disclosure.id):
        assert f'id="{table.id}"' in text
        for row in range(len(table.rows)):
            assert f'id="t{table.ordinal}r{row + 1}"' in text
    for passage in library.passages(disclosure.id):
        assert f'id="{passage.id}"' in text


def test_link_to_a_cell_marks_that_cell_only(public: Public) -> None:
    fact = public.fact("506.96", cell=True)
    text = _page(public.client, f"/d/{public.disclosure.id}?fact={fact.id}")
    assert text.count('id="fact"') == 1
    marked = text.split('id="fact"')[0].rpartition("<tr")[2]
    assert "社会保障和就业支出" in marked


def test_link_to_a_sentence_marks_the_figure_in_it(public: Public) -> None:
    fact = public.fact("12.94万元", cell=False)
    text = _page(public.client, f"/d/{public.disclosure.id}?fact={fact.id}")
    assert '<mark id="fact" tabindex="-1">12.94万元</mark>' in text


def test_link_to_a_figure_that_is_gone_says_so(public: Public) -> None:
    text = _page(public.client, f"/d/{public.disclosure.id}?fact=gone")
    assert "不在现行版本中" in text


def test_every_citation_leads_to_its_place(public: Public) -> None:
    for question in (
        QUESTION,
        "科技局有哪些主要职责？",
        "三公经费在哪张表？",
        "什么是机关运行经费？",
    ):
        answer = public.client.post("/api/ask", json={"question": question}).json()
        assert answer["citations"]
        for citation in answer["citations"]:
            path, _, anchor = citation["url"].partition("#")
            text = _page(public.client, path)
            assert f'id="{anchor or "fact"}"' in text


def test_unknown_document_is_told_as_a_page(public: Public) -> None:
    assert "没有收录这份资料" in _page(public.client, "/d/none", 404)


def test_data_is_downloaded_with_every_figure(public: Public) -> None:
    response = public.client.get(f"/d/{public.disclosure.id}/data.csv")
    assert "attachment" in response.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    facts = public.library.facts(public.disclosure.id)
    assert [row["id"] for row in rows] == [fact.id for fact in facts]
    content = public.client.get(f"/d/{public.disclosure.id}/data.json").json()
    assert len(content["facts"]) == len(facts)
    assert json.dumps(content["facts"][0]["value"]).startswith('"')  # a decimal, never a float


def test_source_is_downloaded_byte_for_byte_and_never_shown(public: Public) -> None:
    response = public.client.get(f"/d/{public.disclosure.id}/source/1")
    (path,) = SHIPPED.glob("*.txt")
    assert response.content == path.read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in response.headers["content-security-policy"]
    assert "没有这个来源文件" in _page(public.client, f"/d/{public.disclosure.id}/source/2", 404)


def test_source_that_was_not_kept_is_told(shipped_data: Path, tmp_path: Path) -> None:
    public = Public(shipped_data, tmp_path)
    settings = Settings(data_dir=tmp_path)
    client = TestClient(create_app(open_service(shipped_data), settings))
    path = f"/d/{public.disclosure.id}"
    assert "没有保存" in _page(client, path)
    assert "重新导入" in _page(client, f"{path}/source/1", 404)


def test_shared_answer_shows_question_evidence_code_and_call(public: Public) -> None:
    text = _page(public.client, public.shared(QUESTION))
    assert f"<h1>{QUESTION}</h1>" in text
    assert "12.94" in text
    assert '<td class="n hit"><mark>12.94</mark></td>' in text
    assert 'class="qr"' in text
    assert "curl -s http://testserver/api/ask" in text
    assert 'id="same"' in text


def test_answer_that_nobody_shared_has_no_page(public: Public) -> None:
    answer_id = public.client.post("/api/ask", json={"question": QUESTION}).json()["answer_id"]
    assert "没有被分享" in _page(public.client, f"/a/{answer_id}", 404)
    _page(public.client, "/a/no.id", 404)


def test_corrected_release_is_told_on_the_shared_answer_and_in_the_feed(
    shipped_text: str, tmp_path: Path
) -> None:
    data, source = tmp_path / "data", tmp_path / "某部门.txt"
    source.write_text(shipped_text, encoding="utf-8")
    ingest_paths([source], data)
    public = Public(data, tmp_path)
    path = public.shared(QUESTION)
    unchanged = public.shared("机关运行经费是多少？")
    # The corrected document: official receptions cost ten thousand yuan more.
    corrected = shipped_text.replace("12.94", "13.94").replace("4.94", "5.94")
    source.write_text(corrected.replace("15.94", "14.94"), encoding="utf-8")
    ingest_paths([source], data)
    assert public.disclosure.version == 2
    text = _page(public.client, path)
    assert "现行资料的答案已经不同" in text
    assert "12.94" in text  # as it was given
    assert "13.94" in text  # as it is now
    assert 'id="same"' in _page(public.client, unchanged)
    assert "第2版（更正）" in _page(public.client, f"/d/{public.disclosure.id}")
    assert "更正（第2版）" in public.client.get("/feed.atom").text


def test_statement_is_in_chinese_with_a_summary_in_english(client: TestClient) -> None:
    text = _page(client, "/accessibility")
    assert "无障碍声明" in text
    assert 'lang="en"' in text


def test_pages_that_cost_as_much_as_a_question_are_limited(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(), Settings(rate_per_minute=1, rate_burst=1))
    assert client.get("/d/d1").status_code == 200
    assert "过于频繁" in _page(client, "/d/d1", 429)
    assert client.get("/").status_code == 200
