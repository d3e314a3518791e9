"""Progress forms of the toy: a run, its form with cells filled in, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from calling import TOY

from model.case.read.case import read_case
from model.report.words import word
from model.results.run import Run
from model.study.runs.run import hand_over
from model.study.schedule.track import Tracked, tracked, write_form
from model.study.solved.solved_model import Options

ROOF, PUMP, BOILER = "build_rooftop_sun", "build_heat_pump", "close_boiler"
END = date(2022, 12, 31)
Cells = Mapping[tuple[str, int], Mapping[str, object]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def run(runs: Path) -> Run:
    return hand_over(read_case(TOY), Options(), folder=runs / "toy" / "one", runs=runs)[0]


def filled(run: Run, path: Path, cells: Cells, language: str = "en") -> Path:
    """The form of the run at the end of 2022 with cells filled in, by the words of their headings."""
    write_form(run, path, on=END, until=None, language=language)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    heads = {cell.value: cell.column - 1 for row in sheet.iter_rows() if row[0].value == word("measure", language) for cell in row}
    for row in sheet.iter_rows():
        for name, value in cells.get((row[heads[word("_id", language)]].value, row[heads[word("in_force", language)]].value), {}).items():
            row[heads[word(name, language)]].value = value
    book.save(path)
    return path


def reported(run: Run, path: Path, cells: Cells, language: str = "en") -> Tracked:
    return tracked([filled(run, path, cells, language)], lambda overlays: read_case(TOY, overlays=overlays), runs=run.folder.parent.parent)
