"""The public pages in a real browser: reading a document, finding one, and a shared answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from starlette.testclient import TestClient

from disclosure.library import Library
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.browser.conftest import DESKTOP, PHONE, running
from tests.browser.test_accessibility import findings

pytestmark = pytest.mark.browser

_SHOTS = Path(__file__).parents[2] / "artifacts" / "browser"
QUESTION = "三公经费预算是多少？"


class PublicSite:
    """A running site over a data directory, and what went wrong in its pages."""

    def __init__(self, url: str, client: TestClient, library: Callable[[], Library | None]) -> None:
        self.url = url
        self.client = client
        self._library = library
        self.complaints: list[str] = []

    @property
    def document(self) -> str:
        return f"/d/{self._held().disclosures()[0].id}"

    def _held(self) -> Library:
        library = self._library()
        assert library is not None
        return library

    def fact(self, printed: str, *, cell: bool) -> str:
        library = self._held()
        facts = library.facts(library.disclosures()[0].id)
        found = (f for f in facts if f.printed == printed and (f.table_id is not None) is cell)
        return next(found).id

    def shared(self, question: str = QUESTION) -> str:
        answer_id = self.client.post("/api/ask", json={"question": question}).json()["answer_id"]
        assert self.client.post(f"/api/answers/{answer_id}/share").status_code == 200
        return f"/a/{answer_id}"


Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, shipped_text: str) -> Path:
    """A data directory of its own: a test corrects what it holds."""
    folder = tmp_path_factory.mktemp("public")
    (folder / "某部门.txt").write_text(shipped_text, encoding="utf-8")
    ingest_paths([folder / "某部门.txt"], folder / "data")
    return folder


@pytest.fixture
def public(data: Path, tmp_path: Path) -> Iterator[PublicSite]:
    records = open_records(tmp_path)
    service = open_service(data / "data", answers=Answers(records))
    app = create_app(service, Settings(data_dir=data / "data"), records)
    with running(app) as url:
        yield PublicSite(url, TestClient(app), service.library)
    records.dispose()


@pytest.fixture
def visit(browser: Browser, public: PublicSite, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a page of the site; it is pictured at the end, and must not have complained."""
    opened: list[Page] = []

    def open_one(
        path: str,
        viewport: ViewportSize = DESKTOP,
        *,
        dark: bool = False,
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,
            locale="zh-CN",
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda m: public.complaints.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda error: public.complaints.append(str(error)))
        page.goto(public.url + path)
        opened.append(page)
        return page

    yield open_one
    _SHOTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(opened, start=1):
        name = f"{request.node.name.replace('/', '-')}-{number}.png"
        page.screenshot(path=_SHOTS / name)
        page.context.close()
    assert public.complaints == []


def _fits(page: Page) -> bool:
    """Whether nothing but the tables' own frames scrolls sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_deep_link_shows_the_right_cell(
    public: PublicSite, visit: Visit, viewport: ViewportSize
) -> None:
    page = visit(f"{public.document}?fact={public.fact('506.96', cell=True)}", viewport)
    cell = page.locator("td:has(#fact)")
    expect(cell).to_have_text("506.96")
    expect(page.locator("#fact")).to_be_in_viewport()
    expect(page.locator("#fact")).to_be_focused()
    expect(page.locator("tr.hit")).to_contain_text("社会保障和就业支出")
    expect(page.get_by_text("您要找的数")).to_contain_text("506.96万元")
    assert _fits(page)


def test_deep_link_shows_the_right_sentence(public: PublicSite, visit: Visit) -> None:
    page = visit(f"{public.document}?fact={public.fact('12.94万元', cell=False)}")
    expect(page.locator("p #fact")).to_have_text("12.94万元")
    expect(page.locator("p:has(#fact)")).to_contain_text("“三公”经费支出预算12.94万元")
    expect(page.locator("#fact")).to_be_in_viewport()


def test_citation_of_an_answer_leads_to_its_cell(public: PublicSite, visit: Visit) -> None:
    answer = public.client.post("/api/ask", json={"question": QUESTION}).json()
    page = visit(answer["citations"][0]["url"])
    expect(page.locator("#fact")).to_contain_text(answer["figures"][0]["value"])
    expect(page.locator("#fact")).to_be_in_viewport()


def test_header_of_a_long_table_stays_in_sight(public: PublicSite, visit: Visit) -> None:
    page = visit(public.document)
    frame = page.locator(".scroll", has=page.locator("#t4r1"))
    frame.scroll_into_view_if_needed()
    frame.evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
    top = frame.bounding_box()
    head = frame.locator("thead").bounding_box()
    assert top is not None
    assert head is not None
    assert abs(head["y"] - top["y"]) < 3


def test_chart_leads_to_the_figure_in_its_table(public: PublicSite, visit: Visit) -> None:
    page = visit(public.document)
    page.locator("#three-public").get_by_role("link", name="4.94").click()
    expect(page.locator("td:has(#fact)")).to_have_text("4.94")


def test_document_is_found_by_short_form_without_script(public: PublicSite, visit: Visit) -> None:
    page = visit("/", script=False)
    page.get_by_role("searchbox").fill("科计局")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("status")).to_contain_text("找到1个")
    page.get_by_role("link", name="2026年部门预算").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("柳州市科学技术局2026年部门预算")


def test_source_and_data_are_saved_not_shown(public: PublicSite, visit: Visit) -> None:
    page = visit(public.document)
    for link, name in (("原文件", "某部门.txt"), ("CSV", ".csv"), ("JSON", ".json")):
        with page.expect_download() as download:
            page.locator(".downloads").get_by_role("link", name=link).click()
        assert download.value.suggested_filename.endswith(name)


def test_dark_and_large_are_kept_over_pages(public: PublicSite, visit: Visit) -> None:
    page = visit(public.document)
    page.get_by_role("button", name="切换明暗").click()
    page.get_by_role("button", name="大字", exact=True).first.click()
    page.goto(f"{public.url}/accessibility")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-large", "")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


def test_keyboard_reaches_the_text_first(public: PublicSite, visit: Visit) -> None:
    page = visit(public.document)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["home", "document", "shared", "accessibility", "search"])
def test_axe_finds_nothing(public: PublicSite, visit: Visit, path: str, dark: bool) -> None:
    paths = {
        "home": "/",
        "document": f"{public.document}?fact={public.fact('506.96', cell=True)}",
        "shared": public.shared(),
        "accessibility": "/accessibility",
        "search": "/?q=科技局",
    }
    page = visit(paths[path], dark=dark)
    assert findings(page) == []


@pytest.mark.parametrize("path", ["home", "document", "shared", "accessibility"])
def test_page_fits_a_small_phone(public: PublicSite, visit: Visit, path: str) -> None:
    paths = {"home": "/", "document": public.document, "shared": public.shared()}
    page = visit(paths.get(path, f"/{path}"), PHONE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert _fits(page)


def test_shared_answer_tells_when_a_correction_answers_otherwise(
    public: PublicSite, visit: Visit, data: Path, shipped_text: str
) -> None:
    path = public.shared()
    page = visit(path)
    expect(page.locator("#same")).to_be_visible()
    expect(page.locator("td.hit").first).to_have_text("12.94")
    expect(page.get_by_role("img", name="本页地址的二维码")).to_be_visible()
    corrected = shipped_text.replace("12.94", "13.94").replace("4.94", "5.94")
    (data / "某部门.txt").write_text(corrected.replace("15.94", "14.94"), encoding="utf-8")
    ingest_paths([data / "某部门.txt"], data / "data")
    page.reload()
    expect(page.locator("#changed")).to_contain_text("13.94")
    expect(page.locator("td.hit").first).to_have_text("12.94")
