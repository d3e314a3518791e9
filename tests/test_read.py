"""A case reads alike however it was saved, and what is hostile or too large is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from tiny_case import TinyCase, as_workbook, same

from model.case.checks.check import check
from model.case.faults import CaseFaults, Place
from model.case.read import files, sheets
from model.case.read.case import read_case, read_tables
from model.report.fault_text import fault_sentence


def test_a_sound_case_reads_typed_and_knows_its_places(tmp_path: Path) -> None:
    case = read_case(TinyCase().write(tmp_path / "data" / "tiny"))
    assert case.header.years == [2021, 2025, 2030]
    assert case.header.decide_from == 2021
    assert case.tables["measures"][1].whole is True
    assert case.tables["clauses"][0].bureaus == ("energy_bureau",)
    assert case.tables["targets"][3].value is None
    assert case.places["numbers", ("build_wind", "potential", None)] == Place("numbers.csv", 4, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030"])
def test_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    plain = read_case(TinyCase().write(tmp_path / "a" / "tiny"))
    assert same(plain, read_case(TinyCase().write(tmp_path / "b" / "tiny", encoding=encoding)))


def test_chinese_that_is_utf8_by_chance_is_read_as_chinese(tmp_path: Path) -> None:
    """The two bytes of 煤 in GBK are ú in UTF-8."""
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    (folder / "counties.csv").write_bytes("id,label_en,label_zh\nnorth,North,煤\n".encode("gbk"))
    assert read_case(folder).tables["counties"][0].label_zh == "煤"


def test_a_utf8_file_with_one_broken_byte_is_not_taken_for_gbk(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    raw = (folder / "targets.csv").read_bytes()
    (folder / "targets.csv").write_bytes(raw.replace("二氧化碳".encode(), "二氧化碳".encode()[:-1] + b"\x80\xff", 1))
    assert [fault.code for fault in check(folder)] == ["unreadable_encoding"]


def test_line_ends_quotes_and_blank_rows_keep_their_row_numbers(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    (folder / "counties.csv").write_bytes(b'id,label_en,label_zh\r\nnorth,"North,\r\nby the river",x\r\n\r\n,,\r\nSouth,South,x\r\n')
    (fault,) = check(folder)
    assert (fault.code, fault.place) == ("bad_id", Place("counties.csv", 5, "id"))


def test_parts_of_a_table_are_one_table(tmp_path: Path) -> None:
    whole = read_case(TinyCase().write(tmp_path / "a" / "tiny"))
    case = TinyCase()
    head, *rows = case.tables.pop("measures")
    case.tables |= {"measures-power": [head, *rows[:2]], "measures-zz": [head, *rows[2:]]}
    assert same(whole, read_case(case.write(tmp_path / "b" / "tiny")))


def test_a_key_in_two_parts_is_a_duplicate(tmp_path: Path) -> None:
    case = TinyCase()
    case.tables["counties-again"] = case.tables["counties"]
    (fault,) = check(case.write(tmp_path / "data" / "tiny"))
    assert (fault.code, fault.place, fault.expected) == ("duplicate_key", Place("counties.csv", 2, "id"), "counties-again.csv:2")


def test_workbook_and_folder_read_alike(tmp_path: Path) -> None:
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    book = as_workbook(TinyCase(), tmp_path / "data" / "book.xlsx")
    assert check(book) == []
    assert same(read_case(folder), read_case(book))


def test_workbook_faults_stand_at_the_same_rows(tmp_path: Path) -> None:
    case = TinyCase().cell("flows", 3, "value", "about 300").cell("targets", 2, "quote", "")
    book = as_workbook(case, tmp_path / "book.xlsx")
    assert [(fault.code, fault.place) for fault in check(book)] == [
        ("not_a_number", Place("book.xlsx!flows", 3, "value")),
        ("missing_value", Place("book.xlsx!targets", 2, "quote")),
    ]


def test_workbook_with_a_gap_counts_the_missing_cells(tmp_path: Path) -> None:
    """Read-only openpyxl gives no coordinates for cells that are not there."""
    path = as_workbook(TinyCase(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    book["counties"]["A6"], book["counties"]["C6"] = "South", "南"
    book.save(path)
    assert [(fault.code, fault.place) for fault in check(path)] == [
        ("bad_id", Place("book.xlsx!counties", 6, "id")),
        ("missing_value", Place("book.xlsx!counties", 6, "label_en")),
    ]


def test_workbook_with_a_faulty_front_sheet(tmp_path: Path) -> None:
    book = as_workbook(TinyCase(), tmp_path / "book.xlsx", header={"years": "2021; soon", "price_years": 2020})
    assert [(fault.code, fault.place) for fault in check(book)] == [
        ("bad_setting", Place("book.xlsx!case", 5, "years")),
        ("unknown_key", Place("book.xlsx!case", 8, "price_years")),
    ]


def test_years_spread_over_cells_of_the_front_sheet_are_told(tmp_path: Path) -> None:
    """Only column B is read: 2025 and 2030 in C and D would be lost without a word."""
    path = as_workbook(TinyCase(), tmp_path / "book.xlsx", header={"years": 2021})
    book = openpyxl.load_workbook(path)
    (row,) = [cell.row for cell in book["case"]["A"] if cell.value == "years"]
    book["case"].cell(row, 3).value, book["case"].cell(row, 4).value = 2025, 2030
    book.save(path)
    (fault,) = [one for one in check(path) if one.code == "extra_cell"]
    assert (fault.place, fault.found) == (Place("book.xlsx!case", row, "years"), "2025; 2030")
    assert "one cell" in fault_sentence(fault, "en") and "一个单元格" in fault_sentence(fault, "zh")


def test_workbook_with_a_bomb_of_entities_is_refused(tmp_path: Path) -> None:
    path = as_workbook(TinyCase(), tmp_path / "book.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, entities + content if name.startswith("xl/worksheets/") else content)
    assert [fault.code for fault in read_tables(bomb)[1]] == ["unreadable_file"]


def test_workbook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"id,label_en\n")
    assert [(fault.code, fault.place.file) for fault in read_tables(tmp_path / "book.xlsx")[1]] == [("unreadable_file", "book.xlsx")]


def included_case(tmp_path: Path) -> tuple[TinyCase, Path]:
    common = tmp_path / "data" / "common"
    common.mkdir(parents=True)
    case = TinyCase().say("price_year", "include: [../common]\nprice_year")
    (common / "technologies.csv").write_text(case.text("technologies"), encoding="utf-8")
    return case, tmp_path / "data" / "tiny"


def test_a_row_of_the_case_overrides_the_included_row_of_its_key(tmp_path: Path) -> None:
    case, folder = included_case(tmp_path)
    head, first, *_ = case.tables["technologies"]
    case.tables["technologies"] = [head, first]
    case.cell("technologies", 2, "label_en", "Our own plant")
    read = read_case(case.write(folder))
    assert check(folder) == []
    labels = {row.id: row.label_en for row in read.tables["technologies"]}
    assert (len(labels), labels["coal_plant"], labels["wind_farm"]) == (7, "Our own plant", "Wind")
    assert read.places["technologies", ("coal_plant",)] == Place("technologies.csv", 2, None)
    assert read.places["technologies", ("wind_farm",)] == Place("../common/technologies.csv", 4, None)


def test_a_workbook_includes_the_folder_beside_it(tmp_path: Path) -> None:
    case, folder = included_case(tmp_path)
    del case.tables["technologies"]
    book = as_workbook(case, folder.with_suffix(".xlsx"), header={"include": "../common"})
    assert check(book) == []


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    case, folder = included_case(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data" / "linked").symlink_to(tmp_path / "elsewhere")
    case.say("../common", "../linked")
    assert [fault.code for fault in check(case.write(folder))] == ["include_outside"]


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{after}: &{after} [*{before}, *{before}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    case = TinyCase()
    case.header += bomb
    faults = check(case.write(tmp_path / "data" / "tiny"))
    assert [(fault.code, fault.place) for fault in faults] == [("yaml_alias", Place("case.yaml", 8, None))]


@pytest.mark.parametrize(
    "header", ["", "[1, 2]", "text", "[" * 5000, "!!python/object/apply:os.system ['true']", "a: 2020-99-99", "1: 2\nid: [\n"]
)
def test_a_header_that_is_none_is_told(tmp_path: Path, header: str) -> None:
    case = TinyCase(header=header)
    faults = check(case.write(tmp_path / "data" / "tiny"))
    assert faults
    assert {fault.place.file for fault in faults} == {"case.yaml"}


def test_limits_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = TinyCase().cell("numbers", 2, "source", "a file that was not read before").write(tmp_path / "data" / "tiny")
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    (fault, *_) = [fault for fault in read_tables(folder)[1] if fault.place.file == "numbers.csv"]
    assert (fault.code, fault.expected) == ("too_many_rows", "<= 5")
    monkeypatch.undo()
    with (folder / "numbers.csv").open("ab") as file:
        file.truncate(files.MOST_BYTES + 1)
    (fault, *_) = [fault for fault in read_tables(folder)[1] if fault.place.file == "numbers.csv"]
    assert (fault.code, fault.expected) == ("file_too_large", f"<= {files.MOST_BYTES} B")


def test_a_case_with_faults_is_not_read(tmp_path: Path) -> None:
    folder = TinyCase().cell("flows", 3, "value", "x").cell("flows", 2, "value", "y").write(tmp_path / "data" / "tiny")
    with pytest.raises(CaseFaults) as raised:
        read_case(folder)
    assert [fault.found for fault in raised.value.faults] == ["y", "x"]
    assert "flows.csv row 2" in str(raised.value)
