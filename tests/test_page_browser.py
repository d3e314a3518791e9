"""The page in a browser: it draws all of its charts, asks nobody, speaks both languages in both themes, and readers who see badly can use it."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call

import model.report
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


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_moves_while_one_reads_and_a_link_lands_where_it_says(browser: Any, stored: Path, size: tuple[int, int]) -> None:
    """The page is as high before anything is drawn as when all of it is; each line of the contents leads to its heading, at once."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(stored.as_uri())
    tall = "document.documentElement.scrollHeight"
    before = page.evaluate(tall)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    for link in page.locator(".edition:not([hidden]) .contents a").all():
        link.click()
        goal = str(link.get_attribute("href"))
        drawn(page)
        top, bottom = page.evaluate(f"[document.querySelector('{goal}').getBoundingClientRect().top, {tall} - innerHeight - scrollY]")
        assert abs(top) < 2 or bottom < 2, goal
    assert page.evaluate(tall) == before
    page.close()


def test_what_is_printed_right_after_a_switch_is_drawn(browser: Any, stored: Path) -> None:
    """All charts of the other language are there when the work that printing waits for is done: no timer, no pause; and on a light ground."""
    page, told = opened(browser, stored, DESK, dark=True)
    counted = page.evaluate(
        f"""async () => {{
          document.querySelector('.edition:not([hidden]) .language').click();
          window.dispatchEvent(new Event('beforeprint'));
          for (let step = 0; step < 5000; step += 1) await null;
          return [...document.querySelectorAll('{DRAWN}')].map(one => one.querySelectorAll('svg path').length);
        }}"""
    )
    assert len(counted) > 4 and all(counted) and page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark" and told == []
    page.close()


def test_a_mouse_over_the_build_chart_is_told_name_year_and_amount(browser: Any, stored: Path) -> None:
    """The closure of 2022, the last row: one unit, which is named."""
    page, _ = opened(browser, stored, DESK)
    cell = page.locator(".edition:not([hidden]) figure.matrix .mark-rect path").last
    cell.scroll_into_view_if_needed()
    cell.hover()
    told = page.locator("#vg-tooltip-element.visible")
    told.wait_for(timeout=most_wait)
    said = told.inner_text()
    assert all(one in said for one in ("Close a coal boiler", word("year", "en"), "2022", word("amount", "en"), "1 units", "Boiler 1"))
    page.close()


@pytest.mark.parametrize("kind", ["stored", "study"])
def test_a_reader_who_does_not_see_hears_each_charts_own_title(browser: Any, request: pytest.FixtureRequest, kind: str) -> None:
    page, _ = opened(browser, request.getfixturevalue(kind), DESK)
    for figure in page.locator(".edition:not([hidden]) figure:has(.canvas)").all():
        title = figure.locator("h3").inner_text()
        assert str(figure.locator(".canvas [role=graphics-document]").get_attribute("aria-label")).startswith(title)
    page.close()


def test_names_that_begin_alike_stay_apart_on_a_phone(browser: Any, stored: Path) -> None:
    page, _ = opened(browser, stored, PHONE)
    names = [f"Pumped storage of the county of {place}, unit {at}, 350 MW" for place in ("Fengning", "Longhua") for at in range(1, 13)]
    names += ["丰宁抽水蓄能电站一号机组", "丰宁抽水蓄能电站二号机组"]
    script = (Path(model.report.__file__).parent / "browser" / "names.js").read_text(encoding="utf-8")
    short = page.evaluate(
        f"names => {{ {script} ; return [shortNames(names, 17), names.map(name => widthOf(shortNames([name], 17)[0]))]; }}", names
    )
    assert len(set(short[0])) == len(names) and max(short[1]) <= 17
    labels = page.locator(".edition:not([hidden]) figure.spans .role-axis-label text").all_text_contents()
    assert len(set(labels)) == len(labels)
    assert page.locator(".edition:not([hidden]) .swipe").is_visible(), "the flow of energy is wider than a phone"
    page.close()


def test_a_wide_table_says_what_it_leaves_out(browser: Any, study: Path) -> None:
    """The scenarios of the toy's tornado set 11 numbers beside 9 columns: 16 are shown, labels first and the name in the case last."""
    page, _ = opened(browser, study, DESK)
    figure = page.locator(".edition:not([hidden]) .told[data-table=scenarios]")
    across, heads = figure.locator(".across").first, figure.locator(".across + .scroll thead th")
    assert heads.count() == 16 and "16 of " in across.inner_text()
    across.locator("button").click()
    assert figure.locator(".across").count() == 0 and figure.locator("thead th").count() > 16
    page.close()
