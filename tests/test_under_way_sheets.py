"""What is under way in the sheets of a plan: amounts of the next years, colours with their legend, years as years."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from paper import GAP, Paper, actual
from paper_case import case_of
from papers.ramps import MILL, mills, new_mill, town
from reporting import book

from model.report.pages.plan import plan_report
from model.report.pages.plan_page import plan_page
from model.report.plan.text import summary_text
from model.report.words import word
from model.report.writers.page_html import page_text
from model.report.writers.styles import WORD_COLOURS
from model.report.writers.workbook import write_workbook
from model.results.open_targets import open_targets
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

# 0.3 on record in 2021; 0.2 under way for 2022, which nobody can decide any more; 2023 falls from it to no less than 0.8 · 0.2 = 0.16.
PAPER = Paper(
    name="floor",
    says="mills that cost more than buying, and are built for the fall that is held alone",
    facts=(
        *town(1.0), MILL, new_mill(5.0, lead_time=1, told={"committed": {2022: 0.2}}), actual("new_mill", 2021, 0.3),
        mills(up=0.3, start=0.05, down=0.2),
    ),
    years=(2021, 2022, 2023),
    decide_from=2022,
    objective=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> SolvedCase:
    return solve(case_of(PAPER), Options(gap=GAP))


@pytest.fixture(scope="module")
def books(made: SolvedCase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """The workbook in each language."""
    found = {}
    for language in ("en", "zh"):
        path = Path(tmp_path_factory.mktemp("book")) / f"{language}.xlsx"
        write_workbook(path, plan_report(made.results, hours=made.hours, manifest=made.manifest, case=case_of(PAPER), language=language))
        found[language] = openpyxl.load_workbook(path)
    return found


def colour(cell: openpyxl.cell.Cell) -> str:
    return f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else ""


def test_a_plan_without_targets_has_its_page_too(made: SolvedCase) -> None:
    page = plan_page(made.results, hours=made.hours, manifest=made.manifest, case=case_of(PAPER), language="en")
    assert open_targets(made.results) == ([], {}, {}, {}) and "new_mill" in page_text([page])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_recorded_committed_and_decided_amounts_have_colours_of_their_own_and_a_legend(
    books: dict[str, openpyxl.Workbook], language: str
) -> None:  # fmt: skip
    sheet = books[language][word("schedule", language)]
    said = {cell.value: colour(cell) for cell in sheet[3] if cell.value}
    assert said == {
        word("legend", language): "",
        **{word(f"legend_{name}", language): WORD_COLOURS[name] for name in ("record", "planned")},
    }
    heads = {cell.value: cell.column for cell in sheet[5]}
    amounts = [sheet.cell(6, heads[year]) for year in (2021, 2022, 2023)]
    assert [cell.value for cell in amounts] == pytest.approx([amounts[0].value, amounts[0].value * 2 / 3, amounts[0].value * 0.16 / 0.3])
    assert [colour(cell) for cell in amounts] == [WORD_COLOURS["record"], WORD_COLOURS["planned"], ""]


def test_what_is_under_way_for_the_next_years_stands_on_their_sheet(books: dict[str, openpyxl.Workbook]) -> None:
    rows = list(books["en"][word("next_years", "en")].iter_rows(values_only=True))
    title = next(at for at, row in enumerate(rows) if row[0] == word("title_next_under_way", "en"))
    told = dict(zip(rows[title + 1], rows[title + 2], strict=True))
    assert (told["Measure"], told[2022], told[2023]) == ("new_mill", pytest.approx(0.2), 0) and told["Unit"] == "Mt"


def test_years_are_written_without_separators(books: dict[str, openpyxl.Workbook], toy: SolvedCase, tmp_path: Path) -> None:
    for sheet in (*books["en"], *openpyxl.load_workbook(book(toy, tmp_path, "en"))):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and cell.value in (2020, 2021, 2022, 2023):
                    assert "#" not in cell.number_format, (sheet.title, cell.coordinate)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "its group may fall by 20 % a year at most (derived)"), ("zh", "所在分组年降幅上限为20%（换算）")]
)
def test_what_stands_for_the_floor_alone_says_so_wherever_it_is_shown(
    made: SolvedCase, books: dict[str, openpyxl.Workbook], language: str, said: str
) -> None:  # fmt: skip
    """0.16 Mt are built in 2023 at 5 a Mt instead of buying for 3: one Mt less would save 2, so the price of the floor is 2."""
    assert float(made.results["ramp_floor_price"].sel(ramp="mills", year=2023)) == pytest.approx(2.0)
    assert float(made.results["ramp_floor_price"].sel(ramp="mills", year=2022)) == 0.0
    cells = {
        name: [str(cell) for row in books[language][word(name, language)].iter_rows(values_only=True) for cell in row if cell]
        for name in ("schedule", "brief", "next_years")
    }
    assert said in cells["brief"] and all(f"2023{word('colon', language)}{said}" in cells[name] for name in ("schedule", "next_years"))
    assert word("ramp_floor_price", language) in cells["schedule"]
    screen = summary_text(made.results, made.manifest, language)
    assert word("floor_mark", language).format("new_mill") in screen or word("floor_mark", language).format(2023) in screen
    assert word("line_floor", language).format(word("schedule", language)) in screen
    free = made.results.assign(ramp_floor_price=made.results["ramp_floor_price"] * 0.0)
    assert word("floor_mark", language).format("new_mill") not in summary_text(free, made.manifest, language)
