"""A workbook on paper: which sheet goes where, how small it is printed, what stands beside and below the print, and how many pages that makes."""

from __future__ import annotations

import math
import shutil
import statistics
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from calling import call
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from reporting import LANGUAGES, SHEETS, book, report_of

from model.report.pages.page import Page
from model.report.words import languages, word
from model.report.writers.print_layout import A4_ACROSS, A4_UPRIGHT, Shape, laid_out, least_scale, lines_of, points_across
from model.report.writers.workbook import write_workbook
from model.study.plan.solve import SolvedCase

most_pages, most_of_a_bureau = 40, 2
NOT_COUNTED = ("coverage", "assumptions", "past_record", "backcast")  # what the plan rests on
stored = 0.7109375  # that a spreadsheet adds to the width of a column


def printed(sheet: Worksheet) -> tuple[int, int]:
    """The last column and row on paper."""
    area = sheet.print_area[0] if isinstance(sheet.print_area, list) else sheet.print_area
    _, _, column, row = range_boundaries(str(area).rpartition("!")[2].replace("$", ""))
    return int(column or 0), int(row or 0)


def scale_of(sheet: Worksheet) -> float:
    """To which a sheet is made smaller so that its columns stand on one page, by the widths in the file alone."""
    wide = {at: one.width - stored for one in sheet.column_dimensions.values() for at in range(one.min, one.max + 1)}
    across = points_across([wide.get(at, 8.43) for at in range(1, printed(sheet)[0] + 1)])
    paper = A4_UPRIGHT if sheet.page_setup.orientation == "portrait" else A4_ACROSS
    return min(1.0, paper.across / across)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_a4_and_large_enough_to_be_read(toy: SolvedCase, tmp_path: Path, language: str) -> None:
    opened = openpyxl.load_workbook(book(toy, tmp_path, language))
    charts = word("charts", language)
    for sheet in opened:
        assert str(sheet.page_setup.paperSize) == "9" and sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        if sheet.title != charts:
            assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight != 0
            assert scale_of(sheet) >= least_scale - 0.01, (sheet.title, scale_of(sheet))


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_and_lists_for_the_screen_stand_beside_and_below_the_print(toy: SolvedCase, tmp_path: Path, language: str) -> None:
    sheet = openpyxl.load_workbook(book(toy, tmp_path, language))[word("schedule", language)]
    column, row = printed(sheet)
    heads = [cell.value for cell in sheet[5]]
    assert [heads.index(word(name, language)) >= column for name in ("unit", "total", "bureau", "payer", "note", "built_date", "built_source", "_id")] == [
        False, False, False, True, True, True, True, True,
    ]  # fmt: skip
    below = [cell.value for (cell,) in sheet.iter_rows(min_row=row + 1, max_col=1) if cell.value]
    assert below == [] or below[0] == word("not_printed", language)
    report = report_of(toy, language)
    (page,) = [one for one in report.pages if one.key == "schedule"]
    assert page.unprinted == {"unused-measures", "ramps"}


def test_what_is_unprinted_comes_last_under_a_line_that_says_so(toy: SolvedCase, tmp_path: Path) -> None:
    report = report_of(toy, "en")
    tables = {name: report.tables[name] for name in ("build-schedule", "targets", "indicators")}
    page = Page("schedule", tables, unprinted=frozenset({"build-schedule"}))
    write_workbook(tmp_path / "one.xlsx", type(report)(report.title, "", "en", [page]))
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx").worksheets[0]
    first = {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value}
    _, last = printed(sheet)
    assert first[tables["targets"].title] < first[tables["indicators"].title] <= last
    assert last < first[word("not_printed", "en")] < first[tables["build-schedule"].title]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_plan_rests_on_stands_last(toy: SolvedCase, tmp_path: Path, language: str) -> None:
    opened = openpyxl.load_workbook(book(toy, tmp_path, language))
    gray = [sheet.title for sheet in opened if sheet.sheet_properties.tabColor.rgb.endswith("7F7F7F")]
    assert gray == SHEETS[language][-len(gray) :] and word("coverage", language) == gray[0]


def test_columns_are_narrowed_until_pages_are_saved_and_no_further() -> None:
    """A table that fits upright as it is stays so; one far too wide has its long text broken; numbers never."""
    small = Shape([["a", "1"]] * 5, [7.0, 6.0], [20.0, 9.0], 2, True)
    kept = laid_out([small])
    assert (kept.pages, kept.scale) == (1, 1.0)
    wide = Shape([["words " * 40, "1,234.5"]] * 40, [14.0, 9.0], [400.0, 9.0], 2, True)
    made = laid_out([wide])
    assert made.scale >= least_scale and made.widths[1] == 9.0 and made.widths[0] < 400.0
    # what stands beside the print makes no row taller and the paper no wider
    beside = Shape([["a", "words " * 40]] * 5, [7.0, 14.0], [20.0, 30.0], 1, True)
    assert laid_out([beside]).across == points_across([20.0]) and beside.heights([20.0, 30.0]) == [13.0] * 5


def test_lines_are_broken_between_words_and_anywhere_between_chinese_letters() -> None:
    assert lines_of("aaaaa bbbbb ccccc", 10.0) == 2 and lines_of("a" * 24, 10.0) == 3
    assert lines_of("碳达峰碳中和行动方案", 10.0) == math.ceil(20 / 10.5) and lines_of("a\nb", 10.0) == 2


def pages_of(path: Path, folder: Path) -> Mapping[str, int]:
    """{sheet: its pages as LibreOffice prints it}: the name of the sheet stands in the head of each page."""
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed: the workbook was not rendered")
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)], capture_output=True, check=True, timeout=300
    )
    told = subprocess.run(["pdftotext", "-layout", str(folder / f"{path.stem}.pdf"), "-"], capture_output=True, check=True).stdout.decode()
    heads = [page.strip().split("\n")[0].rstrip() for page in told.split("\f")[:-1]]
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    found = [max((name for name in names if head.endswith(name)), key=len) for head in heads]
    return {name: found.count(name) for name in names}


@pytest.mark.prove
@pytest.mark.parametrize("name", ["chengde", "shijiazhuang"])
def test_a_city_prints_on_forty_pages_and_a_bureau_on_two(name: str, tmp_path: Path) -> None:
    assert call("solve", name, "--days", "1", "--decide-from", "2027", "--no-year-check", "--out", tmp_path / "run").exit_code in (0, 3)
    for language in languages():
        written = tmp_path / f"{language}.xlsx"
        assert call("export", tmp_path / "run", "--to", "xlsx", "--out", written, "--lang", language).exit_code == 0
        pages = pages_of(written, tmp_path)
        bureaus = [count for sheet, count in pages.items() if sheet[:2].isdigit()]
        left_out = {word(key, language) for key in (*NOT_COUNTED, "by_bureau")}
        counted = sum(count for sheet, count in pages.items() if not sheet[:2].isdigit() and sheet not in left_out)
        assert counted <= most_pages and min(pages.values()) >= 1, pages
        assert statistics.median(bureaus) <= most_of_a_bureau, pages
