"""A case as a workbook: it is the case, in either language; what is filled in wrongly is told with its cell; from it comes the folder that it was."""

from __future__ import annotations

import shutil
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call, says
from templates import book_of, files_in, under
from tiny_case import TinyCase, same
from told_faults import tells

from model.case.checks.check import check
from model.case.faults import CaseFaults
from model.case.read.case import read_case
from model.case.read.written import read_written
from model.case.tables.choices import choices
from model.case.tables.headings import WORDS, columns_by_heading
from model.case.tables.rows import TABLES
from model.case.write.folder import source_of, write_folder
from model.report.template import plan
from model.study.plan.solve import solve
from model.study.runs.run import sources_of


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows beyond those of the case are what costs."""
    monkeypatch.setattr(plan, "spare", 1)


@pytest.fixture(scope="module")
def toy_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_of(TOY, tmp_path_factory.mktemp("book") / "toy.xlsx", "zh")


def test_the_toy_is_itself_as_a_workbook_and_as_the_folder_made_of_it(tmp_path: Path) -> None:
    """Headings and fixed words in Chinese are read back; solving gives the same cost to the last digit."""
    assert call("template", tmp_path / "toy.xlsx", "--from", "toy", "--lang", "zh").exit_code == 0
    book = tmp_path / "toy.xlsx"
    shown = openpyxl.load_workbook(book)["措施"]
    assert [one.value for one in shown[1]][:3] == ["标识", "英文名称", "中文名称"] and shown["J2"].value == "退役"
    assert same(read_case(book), read_case(TOY)) and check(book) == []
    assert solve(read_case(book)).manifest["objective"] == solve(read_case(TOY)).manifest["objective"]
    told = call("template", tmp_path / "toy", "--from", book)
    assert says(told.stdout, "26 files are those of") and "anew" not in told.stdout
    assert files_in(tmp_path / "toy") == files_in(TOY)


WORDS_LIKE_FORMULAS = {"+5 % a year": 2, "-3 at most": 3, "@office": 4}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A case with every table there is, one in two files, two in GBK, one under another name, and an overlay; and its workbook, in Chinese."""
    home = tmp_path_factory.mktemp("laid")
    case = TinyCase().cell("numbers", 5, "value", "0.30000000000000004")
    for text, row in WORDS_LIKE_FORMULAS.items():
        case.cell("numbers", row, "source", text)
    folder = case.write(home / "data" / "tiny")
    lines = (folder / "numbers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "numbers-power.csv").write_text("".join(lines[:9]), encoding="utf-8")
    (folder / "numbers.csv").write_text(lines[0] + "".join(lines[9:]), encoding="utf-8")
    for name in ("clauses", "payers"):
        path = folder / f"{name}.csv"
        path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    (folder / "targets.csv").rename(folder / "targets-air.csv")
    overlay = folder / "overlays" / "dear"
    overlay.mkdir(parents=True)
    (overlay / "numbers.csv").write_text(lines[0] + "coal_buy,price,,1200,CNY/tce,,,sourced,@market +5 =x\n", encoding="utf-8")
    (overlay / "case.yaml").write_text("days: 4\n", encoding="utf-8")
    return folder, book_of(folder, home / "elsewhere" / "book.xlsx", "zh")


def test_a_workbook_is_the_case_it_was_made_from(tmp_path: Path, laid: tuple[Path, Path]) -> None:
    """Files of one table are told apart, overlays are sheets; without the folder every file is written anew and says the same."""
    folder, book = laid
    for overlays in ((), ("dear",)):
        assert same(read_case(book, overlays=overlays), read_case(folder, overlays=overlays))
    assert check(book, overlays=("dear",)) == check(folder, overlays=("dear",)) == []
    assert sources_of(read_case(book, overlays=("dear",))) == {"tiny.xlsx": book}  # a run keeps the workbook, and with it its overlays
    written = read_written(book)
    for name, source in (("copied", source_of(written, [folder.parent])), ("anew", None)):
        (tmp_path / name).mkdir()
        report = write_folder(tmp_path / name, written, source)
        assert (not report.copied) if source is None else (not report.written)
        assert same(read_case(tmp_path / name, overlays=["dear"]), read_case(folder, overlays=["dear"]))
    assert files_in(tmp_path / "copied") == files_in(folder)
    assert set(files_in(tmp_path / "anew")) == set(files_in(folder))


def test_only_what_was_changed_is_written_anew(tmp_path: Path, laid: tuple[Path, Path]) -> None:
    """A changed cell, a row more, a row less; what Excel saved in GBK stays so until it is changed, and is then what Excel opens."""
    folder, plain = laid
    book = openpyxl.load_workbook(plain)
    under(book, "出资方", "中文名称", 2).value = "发电厂"
    under(book, "县（市、区）", "标识", 3).value = "south"
    under(book, "县（市、区）", "英文名称", 3).value = "South"
    under(book, "县（市、区）", "中文名称", 3).value = "南县"
    book["已建规模（记录或估计）"].delete_rows(2)
    book.save(tmp_path / "book.xlsx")
    written = read_written(tmp_path / "book.xlsx")
    (tmp_path / "made").mkdir()
    report = write_folder(tmp_path / "made", written, source_of(written, [folder.parent]))
    before, after = files_in(folder), files_in(tmp_path / "made")
    assert sorted(report.written) == ["counties.csv", "payers.csv"]
    assert before.keys() - after.keys() == {"actuals.csv"}
    assert {name for name in after if after[name] != before[name]} == {"counties.csv", "payers.csv"}
    assert after["counties.csv"] == before["counties.csv"] + "south,South,南县\n".encode()
    assert after["payers.csv"].decode("utf-8-sig").splitlines()[1] == "generators,Generators,发电厂" and after["payers.csv"][:1] == b"\xef"


def test_what_a_case_includes_stays_outside_unless_it_is_to_stand_alone(tmp_path: Path) -> None:
    """The included folder is found as it is for a case, wherever the workbook lies; `whole` needs none."""
    data = tmp_path / "data"
    whole = TinyCase().write(data / "tiny")
    (data / "common").mkdir()
    shutil.move(whole / "sectors.csv", data / "common" / "sectors-power.csv")
    shutil.copy(whole / "payers.csv", data / "common" / "payers.csv")
    (whole / "case.yaml").write_text("include: [../common]\n" + (whole / "case.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    book = book_of(whole, tmp_path / "desk" / "book.xlsx", data=(data,))
    assert same(read_case(book, (data,)), read_case(whole))
    (fault,) = [one for one in check(book) if one.code == "missing_file"]
    assert fault.place.cell == "B5"
    alone = book_of(whole, tmp_path / "desk" / "alone.xlsx", whole=True, data=(data,))
    case = read_case(alone)
    assert case.tables == read_case(whole).tables and case.header.include == []
    (tmp_path / "alone").mkdir()
    write_folder(tmp_path / "alone", read_written(alone), None)
    assert {"sectors-common-power.csv", "payers.csv"} <= set(files_in(tmp_path / "alone"))


# sheet, heading, row, what is written there, code of the fault, its cell
FILLED_WRONGLY = (
    ("措施", "类型", 3, "修建", "unknown_choice", "J3"),
    ("措施", "领域", 2, "pwr", "dangling_reference", "D2"),
    ("目标", "年份", 2, "二〇三〇", "not_a_whole_number", "L2"),
    ("数值", "数值", 4, None, "missing_value", "E4"),
    ("目标", "所在文件", 2, "numbers-power", "odd_origin", "V2"),
)


def test_each_fault_of_a_workbook_names_its_cell(tmp_path: Path, laid: tuple[Path, Path]) -> None:
    book, path = openpyxl.load_workbook(laid[1]), tmp_path / "book.xlsx"
    for sheet, heading, row, value, *_ in FILLED_WRONGLY:
        under(book, sheet, heading, row).value = value
    book.save(path)
    found = {(one.place.file, one.code, one.place.cell): one for one in check(path)}
    for sheet, _, _, _, code, cell in FILLED_WRONGLY:
        tells(found[f"book.xlsx!{sheet}", code, cell])


def test_an_empty_workbook_says_cell_by_cell_what_it_waits_for(tmp_path: Path) -> None:
    assert call("template", tmp_path / "new.xlsx").exit_code == 0
    faults = check(tmp_path / "new.xlsx")
    assert {one.place.cell for one in faults if one.code == "missing_key"} == {"B2", "B3", "B4", "B6", "B7", "B13"}
    assert {one.place.file for one in faults if one.code == "missing_table"} >= {"new.xlsx!measures", "new.xlsx!settings"}


def test_what_would_be_lost_is_refused(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "tiny")
    (folder / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    text = (folder / "payers.csv").read_text(encoding="utf-8").replace("label_en", "name")
    (folder / "payers.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CaseFaults) as raised:
        read_written(folder)
    assert {one.code for one in raised.value.faults} == {"unknown_file", "unknown_column"}
    odd = TinyCase(header="include: 5\n" + TinyCase().header).write(tmp_path / "odd")
    with pytest.raises(CaseFaults, match="bad_setting"):
        read_written(odd)


def test_a_text_is_never_a_formula_and_a_number_is_the_very_one(laid: tuple[Path, Path]) -> None:
    """+, - and @ begin texts; 0.1 + 0.2 has a digit more than a spreadsheet's file holds, and stands as text."""
    shown = openpyxl.load_workbook(laid[1])
    for text, row in WORDS_LIKE_FORMULAS.items():
        spot = under(shown, "数值", "来源", row)
        assert spot.value == text and spot.data_type == "s" and spot.quotePrefix
    assert [under(shown, "数值", "数值", row).value for row in (4, 5)] == [50, "0.30000000000000004"]
    assert not any(spot.data_type == "f" for sheet in shown if sheet.title != "可选项" for line in sheet for spot in line)


def test_headings_and_fixed_words_are_one_for_one(tmp_path: Path) -> None:
    """In each language a word means one column of its table, and one word of its column; a GBK console shows them."""
    for table, model in TABLES.items():
        for place in (0, 1):
            assert len({WORDS[name][place] for name in model.model_fields}) == len(model.model_fields), table
        assert set(columns_by_heading(table).values()) == set(model.model_fields)
        for column in model.model_fields:
            spoken = [chinese for _, chinese in choices(table, column).values()]
            assert len(set(spoken)) == len(spoken)
            "".join([*WORDS[column], *spoken]).encode("gbk")


def test_ids_that_stand_and_headings_are_locked_and_all_else_is_free(toy_book: Path) -> None:
    sheet = openpyxl.load_workbook(toy_book)["措施"]
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet["A1"].protection.locked and sheet["A2"].protection.locked and not sheet["B2"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked  # where new rows go
    assert sheet["A1"].comment.text.startswith("唯一标识") and "文件中的列名：id" in sheet["A1"].comment.text


def test_what_template_cannot_write_is_told(tmp_path: Path) -> None:
    (tmp_path / "there.xlsx").write_bytes(b"")
    for words, said in (
        ((tmp_path / "there.xlsx",), "exists already"),
        ((tmp_path / "case.xls", "--from", "toy"), "a workbook ends with .xlsx"),
        ((tmp_path / "folder",), "say --from CASE"),
        ((tmp_path / "there.xlsx" / "a.xlsx",), "a.xlsx cannot be written"),
        ((tmp_path / "a.xlsx", "--whole"), "say --from CASE"),
        ((tmp_path / "a.xlsx", "--from", "nowhere"), "there is no case 'nowhere'"),
    ):
        told = call("template", *words)
        assert told.exit_code == 2 and says(told.stderr, said), told.stderr
    folder = TinyCase().write(tmp_path / "tiny")
    (folder / "overlays" / "an_overlay_of_a_very_long_name").mkdir(parents=True)
    shutil.copy(folder / "numbers.csv", folder / "overlays" / "an_overlay_of_a_very_long_name")
    told = call("template", tmp_path / "b.xlsx", "--from", folder)
    assert told.exit_code == 2 and says(told.stderr, "rename its folder") and not (tmp_path / "b.xlsx").exists()


def filled(part: str, mark: bytes, content: bytes, book: Path, path: Path) -> Path:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name in old.namelist():
            raw = old.read(name)
            made.writestr(name, raw.replace(mark, content + mark, 1) if name == part else raw)
    return path


# part, before what, what is put there, code
BOMBS = {
    "a part of 70 MB": ("xl/media/picture.png", b"", b" ", "file_too_large"),
    "cells": ("xl/worksheets/sheet4.xml", b"</sheetData>", b"<c/>" * 1_000_000, "too_many_cells"),
    "rows": ("xl/worksheets/sheet4.xml", b"</sheetData>", b"<row hidden='1'/>" * 300_000, "too_many_rows"),
    "merged cells": ("xl/worksheets/sheet4.xml", b"</sheetData>", b"<mergeCell ref='B9:C9'/>" * 50_000, "merged_cells"),
    "texts": ("xl/sharedStrings.xml", b"</sst>", b"<si><t/></si>" * 400_000, "too_many_cells"),
    "formats": ("xl/styles.xml", b"</cellXfs>", b"<xf numFmtId='0'/>" * 200_000, "file_too_large"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_larger_than_any_case_is_refused_at_once(tmp_path: Path, name: str, toy_book: Path) -> None:
    part, mark, content, code = BOMBS[name]
    bomb = filled(part, mark, content, toy_book, tmp_path / "bomb.xlsx")
    if not mark:
        with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            made.writestr(part, content * 70_000_000)
    begun = time.process_time()
    faults = check(bomb)
    assert time.process_time() - begun < 2
    assert [one.code for one in faults if one.place.file.startswith("bomb.xlsx") and one.code in (code, "unreadable_file")][:1] == [code]
    tells(faults[0])


@pytest.mark.parametrize(
    "places", [{b"PK\x03\x04": 6, b"PK\x01\x02": 8}, {b"PK\x03\x04": 8, b"PK\x01\x02": 10}], ids=["password", "unknown packing"]
)
def test_a_workbook_that_no_one_can_unpack_is_told(tmp_path: Path, places: dict[bytes, int], toy_book: Path) -> None:
    """Every part says that it has a password, or is packed in a way that is none."""
    raw = bytearray(toy_book.read_bytes())
    for mark, at in places.items():
        place = raw.find(mark)
        while place >= 0:
            raw[place + at] |= 97
            place = raw.find(mark, place + 4)
    (tmp_path / "shut.xlsx").write_bytes(raw)
    faults = check(tmp_path / "shut.xlsx")
    assert faults[0].code == "unreadable_file"
    tells(faults[0])


def test_every_command_takes_the_workbook_of_the_template(toy_book: Path) -> None:
    for words in (("coverage", toy_book), ("base", toy_book), ("list", toy_book, "购煤")):
        assert call(*words).exit_code == 0, words
