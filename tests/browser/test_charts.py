"""Charts: drawn when one is shown, with their data beside them, to be saved as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import ask
from tests.browser.conftest import Opener, Site
from tests.support import scripted

pytestmark = pytest.mark.browser

#: How many of the canvas's pixels are painted.
_PAINTED = """(canvas) => {
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    let painted = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 0) painted += 1;
    return painted;
}"""


def drawn(turn: Locator) -> Locator:
    """The canvas of a turn's chart, once it is painted."""
    expect(turn.get_by_role("button", name="存为图片")).to_be_visible()
    canvas = turn.locator(".chart canvas")
    assert canvas.evaluate(_PAINTED) > 1000
    return canvas


@pytest.mark.parametrize(
    ("question", "title"),
    [
        (scripted.RANKING, "2031年养护费：公园排名（万元）"),
        (scripted.COMPOSITION, "2031年支出构成（万元）"),
        (scripted.SERIES, "支出总预算（万元）"),
    ],
)
def test_chart_is_drawn_with_its_data_beside_it(
    page: Page, site: Site, question: str, title: str
) -> None:
    turn = ask(page, question)
    canvas = drawn(turn)
    expect(turn.locator("figcaption")).to_contain_text(title)
    expect(canvas).to_have_attribute("aria-label", f"图：{title}")
    chart = scripted.ANSWERS[question].chart
    assert chart is not None
    rows = turn.locator(".chart tbody tr")
    expect(rows.locator("th")).to_have_text([point.label for point in chart.points])
    plain = [value.replace(",", "") for value in rows.locator("td").all_text_contents()]
    assert plain == [point.value for point in chart.points]
    assert site.complaints == []


def test_library_is_loaded_with_the_first_chart_only(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url) if "charts" in r.url else None)
    ask(page, scripted.TOTAL)
    assert loaded == []
    drawn(ask(page, scripted.RANKING))
    drawn(ask(page, scripted.SERIES))
    assert len(loaded) == 1


def test_value_in_the_table_opens_its_evidence(page: Page) -> None:
    turn = ask(page, scripted.RANKING)
    turn.locator(".data").get_by_role("button", name="310.50，查看依据").click()
    expect(page.locator(".drawer .stated-label")).to_have_text("东园")


def test_list_in_the_text_is_not_repeated_beside_the_table(page: Page) -> None:
    turn = ask(page, scripted.RANKING)
    expect(turn.locator(".rows")).to_have_count(0)
    # A list with more members than the chart stays, folded.
    turn = ask(page, scripted.COMPOSITION)
    expect(turn.locator(".rows")).to_be_hidden()
    turn.get_by_text("逐项列出（3项）").click()
    expect(turn.locator(".rows .row")).to_have_count(3)


def test_chart_is_saved_as_a_picture(page: Page, tmp_path: Path) -> None:
    turn = ask(page, scripted.RANKING)
    with page.expect_download() as download:
        turn.get_by_role("button", name="存为图片").click()
    assert download.value.suggested_filename == "2031年养护费：公园排名.png"
    download.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_chart_follows_the_theme(page: Page) -> None:
    canvas = drawn(ask(page, scripted.RANKING))
    ink = """(canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let bright = 0, painted = 0;
        for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] < 200) continue;
            painted += 1;
            if (data[at] + data[at + 1] + data[at + 2] > 600) bright += 1;
        }
        return bright / painted;
    }"""
    assert canvas.evaluate(ink) < 0.1
    page.get_by_role("button", name="切换深色或浅色").click()
    page.wait_for_function(
        "(ink) => eval(ink)(document.querySelector('budget-qa-chat')"
        ".shadowRoot.querySelector('.chart canvas')) > 0.1",
        arg=ink,
    )


def test_table_stays_where_the_library_cannot_be_loaded(open_page: Opener, site: Site) -> None:
    page = open_page(
        site, prepare=lambda page: page.route("**/budget-qa-charts.js", lambda r: r.abort())
    )
    turn = ask(page, scripted.RANKING)
    expect(turn.get_by_text("图没能画出，数据见表。")).to_be_visible()
    expect(turn.locator(".chart tbody tr")).to_have_count(3)
