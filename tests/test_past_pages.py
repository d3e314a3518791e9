"""What is said of the past on the screen and in the workbook: nothing is called recorded or missed that no record says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from calling import call
from paper import Paper, also, estimated, fact, number
from paper_case import case_of, write_case
from paper_past import LEAST

from model.report.words import word
from model.results.run import open_run

pytestmark = pytest.mark.usefixtures("one_reading")

GUESSED = also(LEAST, estimated("long_lived", 2021, 0.3, low=0.2, high=0.35))
MISSED = also(
    GUESSED,
    [fact("facts", id="smoke_2021", label_en="smoke", label_zh="smoke", indicator="smoke", year=2021, role="record", **number(0.9))],
)


Solve = Callable[[Paper, str], tuple[str, Path]]


@pytest.fixture(scope="module")
def solve(tmp_path_factory: pytest.TempPathFactory) -> Solve:
    """The screen of a case solved by the command in a language, and its run; each solved once."""

    @cache
    def solved(paper: Paper, language: str) -> tuple[str, Path]:
        home = tmp_path_factory.mktemp("past")
        done = call("solve", write_case(case_of(paper), home / "paper"), "--out", home / "run", "--lang", language)
        assert done.exit_code == 0, done.stderr
        return done.stdout, home / "run"

    return solved


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_estimate_is_called_a_record_in_any_sheet(language: str, solve: Solve) -> None:
    """One plant is estimated, the other reconstructed, none recorded: the word stands where words are explained, and nowhere else."""
    screen, run = solve(GUESSED, language)
    recorded, explained = word("word_record", language), word("note_words", language)
    book = openpyxl.load_workbook(next(run.glob("*.xlsx")))
    rows = [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    cells = {str(value) for row in rows for value in row if isinstance(value, str)}
    assert explained in cells and {word("word_estimate", language), word("word_reconstructed", language)} <= cells
    counted = [row for row in rows if recorded in row]  # where the four are counted: none of this one
    assert len(counted) == 1 and [value for value in counted[0] if isinstance(value, int | float)] == [0]
    assert {text for text in cells if recorded in text and language == "zh"} <= {recorded, explained}
    assert f"{recorded} 0" in screen


@pytest.mark.parametrize(("paper", "verdict"), [(GUESSED, "met"), (MISSED, "missed")], ids=["by_the_model", "by_a_published_value"])
def test_missed_is_said_on_a_published_value(paper: Paper, verdict: str, solve: Solve) -> None:
    screen, run = solve(paper, "en")
    assert (word("answer_past_missed", "en").format(1) in screen) == (verdict == "missed")
    (one,) = open_run(run).manifest["past"]["judged"]
    assert one["by"] == ("published" if verdict == "missed" else "model")


def test_years_to_be_decided_have_their_column(own_runs: Path) -> None:
    out = call("solve", "toy", "--decide-from", "2022", "--out", own_runs / "run").stdout
    assert all(year in out for year in ("2022", "2023"))
