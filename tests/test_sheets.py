"""What a sheet shows is what is read, and where it cannot be, a fault names the cell."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tiny_case import TinyCase, as_workbook, same
from told_faults import tells

from model.case.checks.check import check
from model.case.checks.load import find_case
from model.case.faults import Place
from model.case.read.case import read_case
from model.report.fault_text import fault_sentence
from model.results.run import copy_inputs

Edit = Callable[[openpyxl.Workbook], object]


def cell(book: openpyxl.Workbook, table: str, row: int, column: str) -> openpyxl.cell.Cell:
    """A cell by its row and the name of its column."""
    (position,) = [one.column for one in book[table][1] if one.value == column]
    return book[table].cell(row, position)


def put(table: str, row: int, column: str, value: object, number_format: str = "") -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        spot = cell(book, table, row, column)
        spot.value = value
        spot.number_format = number_format or spot.number_format

    return edit


def edited(tmp_path: Path, *edits: Edit) -> Path:
    path = as_workbook(TinyCase(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    return path


def with_title(table: str) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        book[table].insert_rows(1, 2)
        book[table]["A1"] = "附表1 重点措施（单位见各行）"
        book[table].merge_cells("A1:F1")

    return edit


def hides(table: str, *, row: int | None = None, column: str | None = None) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        if row is not None:
            book[table].row_dimensions[row].hidden = True
        if column is not None:
            book[table].column_dimensions[column].hidden = True

    return edit


# name: (edit, the reading in the folder's tables: table, row, column, text)
READ = {
    # −50 % is stored as −0.5; a target's unit is %
    "percent cell with unit %": (put("targets", 4, "value", -0.5, "0%"), ("targets", 4, "value", "-50")),
    "percent cell with unit %/yr": (put("settings", 2, "value", 0.065, "0.0%"), ("settings", 2, "value", "6.5")),
    "percent cell with unit 1": (put("numbers", 16, "value", 0.93, "0.00%"), ("numbers", 16, "value", "0.93")),
    "percent cell of a share": (put("day_types", 2, "share", 0.6, "0%"), ("day_types", 2, "share", "0.6")),
    "percent cell of an hour": (put("profile_days", 2, "h0", 0.21, "0%"), ("profile_days", 2, "h0", "0.21")),
    # the sign stands in the format as text: the cell holds −18 and shows -18%
    "a percent sign that is text": (put("targets", 4, "value", -18, '0"%"'), ("targets", 4, "value", "-18")),
    "a percent typed as text": (put("targets", 4, "value", "-18.5%"), ("targets", 4, "value", "-18.5")),
    "thousands in text": (put("numbers", 2, "value", "6,000"), ("numbers", 2, "value", "6000")),
    "full-width digits in text": (put("numbers", 2, "value", "６０００"), ("numbers", 2, "value", "6000")),
    "thousands by format": (put("numbers", 2, "value", 6000, "#,##0"), ("numbers", 2, "value", "6000")),
    "a day as a source": (put("numbers", 2, "source", datetime.datetime(2021, 6, 1)), ("numbers", 2, "source", "2021-06-01")),
    "a year in full-width digits": (put("targets", 3, "year", "２０３０"), ("targets", 3, "year", "2030")),
    "a year as a day that shows it": (put("targets", 3, "year", datetime.datetime(2030, 1, 1), 'yyyy"年"'), ("targets", 3, "year", "2030")),
    "blanks around it that nobody sees": (put("numbers", 2, "value", "\u3000 6000\xa0\u200b"), ("numbers", 2, "value", "6000")),
    "a fixed word in Chinese": (put("measures", 2, "kind", "新建"), ("measures", 2, "kind", "build")),
    "a heading in Chinese": (put("measures", 1, "kind", "类型"), ("measures", 1, "kind", "kind")),
    "a heading over two lines": (put("measures", 1, "kind", " Kind\n"), ("measures", 1, "kind", "kind")),
    "a title above the heading": (with_title("measures"), ("measures", 2, "kind", "build")),
    "hidden rows without anything in them": (hides("measures", row=12, column="Z"), ("measures", 2, "kind", "build")),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_cell_is_read_as_it_is_shown(tmp_path: Path, name: str) -> None:
    edit, (table, row, column, text) = READ[name]
    book = edited(tmp_path, edit)
    assert check(book) == []
    folder = TinyCase().cell(table, row, column, text).write(tmp_path / "data" / "tiny")
    assert same(read_case(book), read_case(folder))


# name: (edit, code, sheet, row, column, found)
REFUSED = {
    "percent cell with another unit": (put("numbers", 2, "value", 0.5, "0%"), "percent_cell", "numbers", 2, "value", "50%"),
    "percent cell with per mille": (lambda book: (put("targets", 4, "value", -0.5, "0%")(book), put("targets", 4, "unit", "‰")(book)), "percent_cell", "targets", 4, "value", "-50%"),
    "percent cell of a year": (put("targets", 3, "year", 20.3, "0%"), "percent_cell", "targets", 3, "year", "2030%"),
    # 0!.0,"万" shows 60000 as 6.0万
    "a format that shows thousandths": (put("numbers", 2, "value", 60000, '0!.0,"万"'), "scaled_cell", "numbers", 2, "value", '0!.0,"万"'),
    # 60 is shown as 60 万 and read as 60; 60 万千瓦 is the number and its unit
    "a format with a number word": (put("numbers", 2, "value", 60, '0 "万"'), "number_word", "numbers", 2, "value", '0 "万"'),
    "a format with k": (put("numbers", 2, "value", 60, "0.0\\ \\k"), "number_word", "numbers", 2, "value", "0.0\\ \\k"),
    "a percent sign that is not the unit": (put("numbers", 2, "value", 60, '0"%"'), "number_word", "numbers", 2, "value", '0"%"'),
    "a formula never worked out": (put("numbers", 2, "value", "=5000*1.2"), "no_stored_value", "numbers", 2, "value", "=5000*1.2"),
    # read as empty it would say "for ever"
    "a formula in an optional cell": (put("existing", 2, "until", "=2020+6"), "no_stored_value", "existing", 2, "until", "=2020+6"),
    "an error": (put("numbers", 2, "value", "#REF!"), "error_value", "numbers", 2, "value", "#REF!"),
    "an error in a text": (put("numbers", 2, "source", "#N/A"), "error_value", "numbers", 2, "source", "#N/A"),
    "an error in an optional cell": (put("existing", 2, "until", "#VALUE!"), "error_value", "existing", 2, "until", "#VALUE!"),
    "a day where a number is due": (put("numbers", 2, "value", datetime.datetime(2016, 6, 1)), "not_a_number", "numbers", 2, "value", "2016-06-01"),
    "a day where a year is due": (put("targets", 3, "year", datetime.datetime(1905, 7, 22)), "not_a_whole_number", "targets", 3, "year", "1905-07-22"),
    "hidden sheet": (lambda book: setattr(book["numbers"], "sheet_state", "hidden"), "hidden_sheet", "numbers", None, None, "numbers"),
    "very hidden sheet": (lambda book: setattr(book["numbers"], "sheet_state", "veryHidden"), "hidden_sheet", "numbers", None, None, "numbers"),
    "hidden row": (hides("numbers", row=4), "hidden_cells", "numbers", 4, None, "4:4"),
    "hidden column": (hides("numbers", column="F"), "hidden_cells", "numbers", None, None, "F:F"),
    "merged cells": (lambda book: book["counties"].merge_cells("B2:C2") or put("counties", 2, "label_en", "North")(book), "merged_cells", "counties", 2, None, "B2:C2"),
    "merged source": (lambda book: book["numbers"].merge_cells("J2:J3"), "merged_cells", "numbers", 2, None, "J2:J3"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_cell_that_shows_what_it_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    edit, code, sheet, row, column, found = REFUSED[name]
    faults = [one for one in check(edited(tmp_path, edit)) if one.code != "missing_value"]
    assert [(one.code, one.place, one.found) for one in faults] == [(code, Place(f"book.xlsx!{sheet}", row, column), found)]
    tells(faults[0])
    if column is not None:
        shown = cell(openpyxl.load_workbook(edited(tmp_path, edit)), sheet, row or 1, column).coordinate
        assert faults[0].place.cell == shown and shown in fault_sentence(faults[0], "zh")


def test_the_front_sheet_is_held_to_the_same(tmp_path: Path) -> None:
    """A title over both columns is a matter of looks; a formula, an error and rows that are hidden or merged are not."""

    def edit(book: openpyxl.Workbook) -> None:
        front = book["case"]
        front["B6"], front["B4"] = "=2020", "#N/A"
        front.row_dimensions[3].hidden = True
        front.merge_cells("A5:A6")
        front.merge_cells("B2:C2")

    found = {(one.code, one.place.row, one.place.column, one.found) for one in check(edited(tmp_path, edit))}
    assert found >= {
        ("error_value", 4, "base_year", "#N/A"),
        ("hidden_cells", 3, None, "3:3"),
        ("merged_cells", 5, None, "A5:A6"),
    }
    assert not any(one[0] == "merged_cells" and "B2" in one[3] for one in found)


def test_a_number_word_on_the_front_sheet_is_refused_with_its_cell(tmp_path: Path) -> None:
    (fault,) = check(edited(tmp_path, lambda book: setattr(book["case"]["B6"], "number_format", '0 "千"')))
    assert (fault.code, fault.place.row, fault.place.column, fault.place.cell) == ("number_word", 6, "price_year", "B6")


def test_a_formula_with_its_stored_result_is_read(tmp_path: Path) -> None:
    """As Excel saves it: the formula and beside it the result."""
    path = as_workbook(TinyCase(), tmp_path / "plain.xlsx")
    saved = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>6000</v>", b"<f>5000*1.2</f><v>6000</v>"))
    assert check(saved) == []
    assert same(read_case(saved), read_case(path))


def test_rows_below_a_title_keep_the_numbers_excel_shows(tmp_path: Path) -> None:
    book = edited(tmp_path, put("measures", 2, "kind", "x"), with_title("measures"))
    cell_of = openpyxl.load_workbook(book)["measures"]
    assert cell_of["A3"].value == "id"
    (fault,) = [one for one in check(book) if one.code == "unknown_choice"]
    assert fault.place == Place("book.xlsx!measures", 4, "kind")


def test_a_title_above_a_csv_is_left_out(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    plain = read_case(folder)
    text = (folder / "measures.csv").read_text(encoding="utf-8")
    (folder / "measures.csv").write_text(f"附表1 重点措施,,,\n单位：见各行\n\n{text}", encoding="utf-8")
    assert check(folder) == []
    assert same(plain, read_case(folder))
    (folder / "measures.csv").write_text(f"附表1 重点措施,,,\n{text.replace(',build,', ',builds,', 1)}", encoding="utf-8")
    assert [(one.code, one.place) for one in check(folder)] == [("unknown_choice", Place("measures.csv", 3, "kind"))]


def test_a_table_without_a_heading_is_one_fault(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    text = (folder / "numbers.csv").read_text(encoding="utf-8")
    (folder / "numbers.csv").write_text("项目,指标,时间,多少,计量\n" + text.partition("\n")[2], encoding="utf-8")
    (fault,) = check(folder)
    assert (fault.code, fault.place, fault.found) == ("no_heading", Place("numbers.csv", 1, None), "项目, 指标, 时间, 多少, 计量")
    tells(fault)


def test_numbers_in_csv_are_read_as_excel_writes_them(tmp_path: Path) -> None:
    """A percent cell is saved as -18%, a cell with commas as "6,000"."""
    case = TinyCase().cell("targets", 4, "value", "-18%").cell("numbers", 2, "value", "6,000").cell("numbers", 16, "value", "90%")
    assert same(read_case(TinyCase().write(tmp_path / "a" / "tiny")), read_case(case.write(tmp_path / "b" / "tiny")))
    odd = TinyCase().cell("numbers", 2, "value", "60,00").cell("numbers", 3, "value", "20%").cell("flows", 2, "value", "#DIV/0!")
    assert [(one.code, one.place.row, one.found) for one in check(odd.write(tmp_path / "c" / "tiny"))] == [
        ("error_value", 2, "#DIV/0!"),
        ("not_a_number", 2, "60,00"),
        ("percent_cell", 3, "20%"),
    ]


@pytest.mark.parametrize("mark", [";", "；", "，", "、", " ； "])
def test_lists_are_separated_by_marks_of_either_width(tmp_path: Path, mark: str) -> None:
    plain = read_case(TinyCase().write(tmp_path / "a" / "tiny"))
    case = TinyCase().cell("coverage", 2, "items", f"build_wind{mark}clean_share")
    assert same(plain, read_case(case.write(tmp_path / "b" / "tiny")))
    book = as_workbook(case, tmp_path / "book.xlsx", header={"years": f"2021{mark}2025{mark}2030"})
    assert check(book) == []
    assert same(plain, read_case(book))


def test_names_in_capitals_are_found_and_kept(tmp_path: Path) -> None:
    """NUMBERS.CSV, CASE.YAML and BOOK.XLSX, as some systems write them: what is read is what a run keeps."""
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    plain = read_case(folder)
    (folder / "numbers.csv").rename(folder / "NUMBERS.CSV")
    (folder / "case.yaml").rename(folder / "CASE.YAML")
    assert find_case("tiny", [tmp_path / "data"]) == folder
    assert check(folder) == []
    copy_inputs(tmp_path / "run", {"tiny": folder})
    assert same(plain, read_case(tmp_path / "run" / "inputs" / "tiny"))
    book = as_workbook(TinyCase(), tmp_path / "data" / "BOOK.XLSX")
    assert find_case(str(book), [tmp_path / "data"]) == book
    assert check(book) == []
