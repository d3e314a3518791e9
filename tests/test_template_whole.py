"""Both cities as workbooks and back, to the byte and to the last digit of what they cost; and what LibreOffice makes of a workbook of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from calling import ROOT
from openpyxl.formula.translate import Translator
from templates import book_of, files_in, under
from tiny_case import TinyCase

from model.case.read.case import read_case
from model.case.read.written import read_written
from model.case.write.folder import source_of, write_folder
from model.report.template.plan import table_sheets
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options

pytestmark = pytest.mark.prove
DATA = (ROOT / "data",)
CITIES = ("chengde", "shijiazhuang")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("city", CITIES)
def test_a_city_is_itself_as_a_workbook_and_as_the_folder_made_of_it(tmp_path: Path, city: str, language: str) -> None:
    book = book_of(ROOT / "data" / city, tmp_path / "book.xlsx", language, data=DATA)
    for overlays in ((), ("fyp15",)):
        one, other = (read_case(where, DATA, overlays) for where in (ROOT / "data" / city, book))
        assert one.header == other.header and one.tables == other.tables and one.clashes == other.clashes
    written = read_written(book, DATA)
    (tmp_path / "made").mkdir()
    write_folder(tmp_path / "made", written, source_of(written, DATA))
    assert files_in(tmp_path / "made") == files_in(ROOT / "data" / city)


@pytest.mark.parametrize("city", CITIES)
def test_a_workbook_costs_what_the_city_costs(tmp_path: Path, city: str) -> None:
    book = book_of(ROOT / "data" / city, tmp_path / "book.xlsx", "zh", data=DATA)
    costs = {solve(read_case(where, DATA), Options(days=1)).manifest["objective"] for where in (ROOT / "data" / city, book)}
    assert len(costs) == 1


def saved_again(path: Path, folder: Path) -> Path:
    """A workbook as LibreOffice works it out and saves it."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice")
    home = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return folder / path.name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_libreoffice_saves_is_the_case(tmp_path: Path, language: str) -> None:
    book = book_of(ROOT / "data" / "chengde", tmp_path / "chengde.xlsx", language, data=DATA)
    saved = saved_again(book, tmp_path / "saved")
    one, other = read_case(ROOT / "data" / "chengde", DATA), read_case(saved, DATA)
    assert one.header == other.header and one.tables == other.tables
    (tmp_path / "made").mkdir()
    write_folder(tmp_path / "made", read_written(saved, DATA), ROOT / "data" / "chengde")
    assert files_in(tmp_path / "made") == files_in(ROOT / "data" / "chengde")


# sheet, heading, row and what stands there; each makes this one cell coloured, and no other of a sound case is
SLIPS: tuple[tuple[str, str, int, object], ...] = (
    ("措施", "领域", 2, "nowhere"),
    ("措施", "类型", 3, "修建"),
    ("措施", "建设期", 4, "many"),
    ("措施", "标识", 3, "Build Coal"),
    ("目标", "单位", 2, None),
    ("目标", "年份", 3, 47484),  # a day typed where a year is due
    ("数值", "对象", 3, "build_winds"),
    ("数值", "下限", 4, 60),  # above the value of 50
    ("措施效果", "数值", 3, "one"),
)


def coloured(book: openpyxl.Workbook, path: Path, folder: Path) -> set[tuple[str, str]]:
    """The cells whose rule holds, each rule worked out by LibreOffice in a cell of its own."""
    places = []
    ask = book.create_sheet("asked")
    for sheet in [one for one in book if one.title not in ("目录", "可选项", "案例", "asked")]:
        for area in list(sheet.conditional_formatting):
            (column,) = {spot[0].column for spot in sheet[str(area.sqref)]}
            for rule in area.rules:
                for row in range(2, 6):
                    moved = Translator(f"={rule.formula[0]}", "A2").translate_formula(f"A{row}")
                    places.append((sheet.title, sheet.cell(row, column).coordinate, _on(moved, sheet)))
    for number, (_, _, formula) in enumerate(places, start=1):
        ask.cell(number, 1).value = formula
    book.save(path)
    held = openpyxl.load_workbook(saved_again(path, folder), data_only=True)["asked"]
    return {(title, cell) for number, (title, cell, _) in enumerate(places, start=1) if held.cell(number, 1).value is True}


def _on(formula: str, sheet: openpyxl.worksheet.worksheet.Worksheet) -> str:
    """A formula of a sheet as it is written in another one."""
    return re.sub(r"(?<![!:A-Z$0-9'])(\$[A-Z]+\$?[0-9]+)", rf"'{sheet.title}'!\1", formula)


def test_each_slip_is_coloured_and_nothing_else(tmp_path: Path) -> None:
    path = book_of(TinyCase().write(tmp_path / "tiny"), tmp_path / "book.xlsx", "zh")
    assert len(table_sheets(read_written(path), "zh")) == 43
    sound = coloured(openpyxl.load_workbook(path), tmp_path / "sound.xlsx", tmp_path / "saved")
    assert sound == set()
    book, expected = openpyxl.load_workbook(path), set()
    for sheet, heading, row, value in SLIPS:
        spot = under(book, sheet, heading, row)
        spot.value = value
        expected.add((sheet, spot.coordinate))
    twice = under(book, "领域", "标识", 3)
    twice.value = "power"
    expected |= {("领域", "A2"), ("领域", "A3"), ("领域", "B3"), ("领域", "C3")}  # there twice, and a row without its names
    found = coloured(book, tmp_path / "slips.xlsx", tmp_path / "saved")
    others = {
        (sheet, cell) for sheet, cell in found - expected if sheet in ("关联约束项", "数值", "措施效果")
    }  # what refers to the id that changed
    assert expected <= found and found - expected == others
