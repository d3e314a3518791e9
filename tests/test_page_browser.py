"""The page in a browser: it draws all of its charts, asks nobody, speaks both languages in both themes, and readers who see badly can use it."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call

from model.report.words import word
from model.report.writers.pictures import shows_chinese
from model.results.study import StoredStudy

pytestmark = pytest.mark.prove
CHROMIUM = shutil.which("chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
most_wait = 15_000  # milliseconds
PHONE, DESK = (390, 844), (1280, 900)
DRAWN = ".edition:not([hidden]) .canvas"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with pytest.importorskip("playwright.sync_api").sync_playwright() as played:
        started = played.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def stored(toy_run: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "toy.html"
    assert call("export", toy_run["run"], "--to", "html", "--out", path).exit_code == 0
    return path


@pytest.fixture(scope="module")
def study(whole: StoredStudy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "tornado.html"
    assert call("export", whole.folder, "--to", "html", "--out", path).exit_code == 0
    return path


def opened(browser: Any, path: Path, size: tuple[int, int], *, dark: bool = False) -> tuple[Any, list[str]]:
    """The page with all its charts drawn, and everything it complained of or asked for."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light")
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else told.append(request.url))
    page.goto(path.as_uri())
    drawn(page)
    return page, told


def drawn(page: Any) -> None:
    """Waits until every chart of the language that is shown has something in it."""
    marks = "one.querySelectorAll('.mark-rect path, .mark-line path, .mark-area path, .mark-symbol path').length"
    page.wait_for_function(f"[...document.querySelectorAll('{DRAWN}')].every(one => {marks})", timeout=most_wait)


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_is_drawn_in_both_languages_and_nothing_is_asked(browser: Any, stored: Path, size: tuple[int, int], dark: bool) -> None:
    page, told = opened(browser, stored, size, dark=dark)
    for language, other in (("en", "zh"), ("zh", "en")):
        assert page.evaluate("document.documentElement.lang").startswith(language)
        titles = page.locator(".edition:not([hidden]) figure h3").all_inner_texts()
        assert len(titles) == 9 and all(titles)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "nothing hangs over the edge"
        page.locator(f".edition:not([hidden]) .language[data-language={other}]").click()
        drawn(page)
    before = page.evaluate("document.documentElement.dataset.theme")
    page.locator(".edition:not([hidden]) .theme").click()
    drawn(page)
    assert {before, page.evaluate("document.documentElement.dataset.theme")} == {"light", "dark"}
    assert told == []
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_study_draws_its_charts_and_any_two_numbers_against_each_other(browser: Any, study: Path, size: tuple[int, int]) -> None:
    """Three tornados, shares by year, spans and the explorer; what is picked is drawn and told in its table, row by row as the tables have it."""
    page, told = opened(browser, study, size)
    for other in ("zh", "en"):
        assert len(page.locator(".edition:not([hidden]) figure h3").all_inner_texts()) == 6
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "nothing hangs over the edge"
        page.locator(f".edition:not([hidden]) .language[data-language={other}]").click()
        drawn(page)
    figure = page.locator(".edition:not([hidden]) figure.scatter")
    across, up = figure.locator("select").all()
    across.select_option(label="CO2 (Mt)")
    up.select_option(label=f"{word('difference', 'en')} (100 million CNY)")
    figure.locator("button.show").click()
    heads = figure.locator("thead th").all_inner_texts()
    assert [head.strip() for head in heads[1:]] == ["CO2 (Mt)", f"{word('difference', 'en')} (100 million CNY)"]
    drawn(page)
    rows = figure.locator("tbody tr").count()
    assert rows == 22 and figure.locator(".mark-symbol path").count() == rows
    assert figure.locator("svg .role-axis-title text").first.text_content() == "CO2 (Mt)"
    across.select_option(index=2)
    page.wait_for_function(
        "document.querySelectorAll('.edition:not([hidden]) figure.scatter .mark-symbol path').length === 2", timeout=most_wait
    )
    assert told == []
    page.close()


def test_first_screen_and_switches_are_there_at_once(browser: Any, stored: Path) -> None:
    page, _ = opened(browser, stored, DESK)
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    took = page.evaluate(
        "(() => { const start = performance.now(); document.querySelector('.language').click(); return performance.now() - start; })()"
    )
    assert loaded < 2000 and took < 2000
    page.close()


def test_tables_are_shown_sorted_searched_and_saved(browser: Any, stored: Path, tmp_path: Path) -> None:
    page, told = opened(browser, stored, DESK)
    figure = page.locator(".edition:not([hidden]) figure.bullets").first
    figure.locator("button.show").click()
    assert figure.locator("tbody tr").count() == 2 and figure.locator("button.show").get_attribute("aria-expanded") == "true"
    head = figure.locator("thead button", has_text=word("required", "en"))
    for order in ("ascending", "descending"):
        head.click()
        assert figure.locator(f"th[aria-sort={order}]").count() == 1
    for name, start in (("csv", b"\xef\xbb\xbfClause"), ("svg", b"<svg"), ("png", b"\x89PNG")):
        with page.expect_download() as saving:
            figure.locator(f"button.{name}").click()
        saved = tmp_path / f"saved.{name}"
        saving.value.save_as(saved)
        assert saved.read_bytes().startswith(start)
    slider = page.locator(".edition:not([hidden]) figure.flow input")
    slider.focus()
    page.keyboard.press("Home")
    assert page.locator(".edition:not([hidden]) figure.flow output").inner_text() == "2021" and told == []
    page.close()


@pytest.mark.parametrize("kind", ["stored", "study"])
@pytest.mark.parametrize("dark", [False, True])
def test_readers_who_see_badly_can_use_it(browser: Any, request: pytest.FixtureRequest, kind: str, dark: bool) -> None:
    """No violation of axe-core's rules, contrast and names of what can be clicked among them; the keyboard reaches the switches first."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, _ = opened(browser, request.getfixturevalue(kind), DESK, dark=dark)
    for _ in range(2):
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
        assert [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found.response["violations"]] == []
        page.locator(".edition:not([hidden]) .language").click()
        drawn(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("BUTTON", "A")
    page.close()


def test_it_prints_on_a4(browser: Any, stored: Path, tmp_path: Path) -> None:
    page, _ = opened(browser, stored, DESK)
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    text = (tmp_path / "page.pdf").read_bytes()
    assert text.startswith(b"%PDF") and (b"/MediaBox [0 0 595" in text or b"/MediaBox [0 0 594" in text)
    page.close()


def test_pictures_for_slides_are_drawn_without_a_browser(toy_run: dict[str, Any], tmp_path: Path) -> None:
    """Nine charts in each language, each 1920 × 1080; a machine without a Chinese font says so."""
    if not shows_chinese():
        pytest.skip("no font with Chinese letters here")
    told = call("export", toy_run["run"], "--to", "png", "--out", tmp_path / "slides")
    assert told.exit_code == 0, told.stderr
    pictures = [path.read_bytes() for path in sorted((tmp_path / "slides").iterdir())]
    assert len(pictures) == 2 * 9 and len(set(pictures)) == len(pictures)
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures} == {(1920, 1080)}
