"""Files that are none, lead out of the case, never end or mislead a screen are faults with their place, and never followed, copied or shown."""

from __future__ import annotations

import os
import re
import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call
from tiny_case import TinyCase, as_workbook
from told_faults import tells

from model.case.checks.check import check
from model.case.faults import Fault, Place
from model.case.read import workbook as workbook_file
from model.commands import paths
from model.results.run import copy_inputs


def tiny(tmp_path: Path, case: TinyCase | None = None) -> Path:
    return (case or TinyCase()).write(tmp_path / "data" / "tiny")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: os.mkfifo(path), "no_plain_file"),  # to open it waits for ever
        (lambda path: path.symlink_to("/dev/zero"), "no_plain_file"),  # to read it fills the memory
        (lambda path: path.mkdir(), "no_plain_file"),
        (lambda path: path.symlink_to("/etc/passwd"), "link_outside"),
        (lambda path: path.symlink_to(path.name), "missing_file"),
        (lambda path: path.symlink_to("nothing"), "missing_file"),
    ],
    ids=["pipe", "device", "folder", "link out", "link to itself", "link to nothing"],
)
def test_what_is_no_file_of_the_case_is_told_and_not_opened(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    folder = tiny(tmp_path)
    make(folder / "numbers-more.csv")
    (fault,) = [one for one in check(folder) if one.place.file == "numbers-more.csv"]
    assert (fault.code, fault.place) == (code, Place("numbers-more.csv", None, None))
    tells(fault)


def test_a_link_inside_the_case_is_a_file_of_it(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "kept").mkdir()
    (folder / "counties.csv").rename(folder / "kept" / "counties.csv")
    (folder / "counties.csv").symlink_to("kept/counties.csv")
    assert check(folder) == []


def test_a_run_keeps_what_is_read_and_nothing_else(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    for name in (".hidden.csv", "~numbers.csv", "notes.yaml"):
        (folder / name).symlink_to(secret)
    copy_inputs(tmp_path / "run", {"tiny": folder})
    kept = sorted(path.name for path in (tmp_path / "run" / "inputs" / "tiny").iterdir())
    assert kept == sorted(["case.yaml", *(f"{table}.csv" for table in TinyCase().tables)])


# Letters as YAML and cells hold them, and how they are told.
LETTERS = {
    "\\e": "U+001B",
    "\\0": "U+0000",
    "\\x9b": "U+009B",
    "\\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\\u2028": "U+2028 LINE SEPARATOR",
}


@pytest.mark.parametrize("written", LETTERS)
def test_a_letter_that_moves_the_screen_is_told_of_the_header(tmp_path: Path, written: str) -> None:
    folder = tiny(tmp_path, TinyCase().say("label_en: Tiny", f'label_en: "Tiny{written}[2J"'))
    (fault,) = check(folder)
    assert (fault.code, fault.place.column, fault.found) == ("odd_letter", "label_en", LETTERS[written])
    tells(fault)


@pytest.mark.parametrize("letter", ["\x9b", "\u202e", "\u2066", "\x7f"])
def test_a_letter_that_moves_the_screen_is_told_of_a_cell(tmp_path: Path, letter: str) -> None:
    case = TinyCase().cell("counties", 2, "label_en", f"No{letter}rth")
    for folder in (case.write(tmp_path / "tiny"), as_workbook(case, tmp_path / "book.xlsx")):
        (fault,) = check(folder)
        assert (fault.code, fault.place.row, fault.place.column) == ("odd_letter", 2, "label_en")
        assert fault.found.startswith(f"U+{ord(letter):04X}")


def test_the_name_of_a_file_moves_no_screen(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "numb\x1b[2J.csv").write_text("x", encoding="utf-8")
    told = call("check", folder)
    assert told.exit_code == 1 and "\x1b" not in told.output


def changed_parts(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The workbook with its parts changed, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def in_sheets(change: Callable[[bytes], bytes | None]) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: change(content) if name.startswith("xl/worksheets/sheet2.") else content


def odd_book(tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> list[Fault]:
    return check(changed_parts(as_workbook(TinyCase(), tmp_path / "plain.xlsx"), tmp_path / "book.xlsx", change))


def test_a_cell_far_to_the_right_is_told_and_not_read(tmp_path: Path) -> None:
    """Each row would be read as wide as the widest: 16,384 cells."""
    far = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
    (fault,) = odd_book(tmp_path, in_sheets(lambda content: content.replace(b"</sheetData>", far)))[:1]
    assert (fault.code, fault.found) == ("far_cells", "XFD9")
    tells(fault)


def test_too_many_cells_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_file, "MOST_CELLS", 20)
    (fault,) = odd_book(tmp_path, lambda name, content: content)[:1]
    assert (fault.code, fault.expected) == ("too_many_cells", "<= 20")
    tells(fault)


def test_a_listed_sheet_that_is_missing_is_no_absent_table(tmp_path: Path) -> None:
    faults = odd_book(tmp_path, in_sheets(lambda content: None))
    assert ("missing_sheet", "book.xlsx!sectors") in [(one.code, one.place.file) for one in faults]
    tells(next(one for one in faults if one.code == "missing_sheet"))


def test_a_file_of_commas_is_told_before_it_is_made_cells(tmp_path: Path) -> None:
    """20 MB of them were 600 MB of cells, and a file of scenarios took 20 seconds."""
    written = TinyCase().write(tmp_path / "tiny")
    (written / "targets.csv").write_bytes(b"," * 3_000_001)
    (fault,) = [one for one in check(written) if one.place.file == "targets.csv"]
    assert (fault.code, fault.expected) == ("too_many_cells", "<= 3000000")
    (tmp_path / "ways.csv").write_bytes(b"name,coal_purchase.price\n" + b"a,\n" * 1_500_000)
    told = call("sweep", "toy", "--scenarios", tmp_path / "ways.csv")
    assert told.exit_code == 2 and "<= 3000000" in told.stderr


def test_a_part_that_is_no_worksheet_is_no_table_without_rows(tmp_path: Path) -> None:
    faults = odd_book(tmp_path, lambda name, content: b"<a/>" if name.startswith("xl/worksheets/sheet7.") else content)
    assert [(one.code, one.place.file) for one in faults] == [("unreadable_file", "book.xlsx!coverage")]
    tells(faults[0])


def test_xml_as_deep_as_it_is_long_is_a_fault(tmp_path: Path) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    for part in ("xl/workbook.xml", "xl/worksheets/sheet2.xml"):
        faults = odd_book(tmp_path, lambda name, content, part=part: deep if name == part else content)  # type: ignore[misc]
        assert faults and {one.place.file.partition("!")[0] for one in faults} == {"book.xlsx"}, part
    for part in (
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ):  # they hold no cell of this workbook; where lxml is installed it takes no part that is so deep
        faults = odd_book(tmp_path, lambda name, content, part=part: deep if name == part else content)  # type: ignore[misc]
        assert {fault.code for fault in faults} <= {"unreadable_file"}


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"PK\x01\x02", 8), (b"PK\x01\x02", 10)],
    ids=["encryption", "unknown compression"],
)
def test_a_packing_that_cannot_be_opened_is_a_fault(tmp_path: Path, old: bytes, new: int) -> None:
    """Bit 0 of the flags of an entry says that it is encrypted; method 99 is nobody's."""
    path = as_workbook(TinyCase(), tmp_path / "book.xlsx")
    raw = bytearray(path.read_bytes())
    for found in re.finditer(re.escape(old), bytes(raw)):
        raw[found.start() + new : found.start() + new + 2] = (1 if new == 8 else 99).to_bytes(2, "little")
    path.write_bytes(bytes(raw))
    (fault,) = check(path)[:1]
    assert (fault.code, fault.place.file) == ("unreadable_file", "book.xlsx")


def test_what_a_library_has_to_say_of_a_workbook_is_not_printed(tmp_path: Path) -> None:
    """A rule of what may be typed, as Excel keeps it in an extension, which openpyxl does not know."""
    path = as_workbook(TinyCase(), tmp_path / "plain.xlsx")
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    book = changed_parts(path, tmp_path / "book.xlsx", in_sheets(lambda content: content.replace(b"</worksheet>", extension)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        openpyxl.load_workbook(path)
        assert check(book) == []


def test_names_that_windows_keeps_and_long_ones_are_told(tmp_path: Path) -> None:
    for written, code in (("con", "reserved_name"), ("a" * 81, "bad_setting")):
        (fault,) = check(TinyCase().say("id: tiny", f"id: {written}").write(tmp_path / written[:3] / "tiny"))
        assert (fault.code, fault.place.column) == (code, "id")
        tells(fault)
    (fault,) = check(TinyCase().cell("counties", 2, "id", "a" * 81).write(tmp_path / "long" / "tiny"))[:1]
    assert fault.code == "bad_id" and fault.place.file == "counties.csv"


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ("[.]", "include_clash"),
        ("[../common, ../common]", "include_clash"),
        ("[../common, ../COMMON]", "include_clash"),
        ("[../tiny/part]", "include_clash"),
        ("[../aux]", "reserved_name"),
        ("[..]", "include_outside"),
    ],
)
def test_an_include_never_takes_the_place_of_another_in_the_run(tmp_path: Path, include: str, code: str) -> None:
    data = tmp_path / "data"
    for name in ("common", "COMMON", "aux"):
        (data / name).mkdir(parents=True)
    folder = TinyCase().say("price_year", f"include: {include}\nprice_year").write(data / "tiny")
    (folder / "part").mkdir()
    (fault,) = check(folder)
    assert (fault.code, fault.place.column) == (code, "include")
    tells(fault)


def test_a_folder_two_levels_away_is_included_and_stored(tmp_path: Path, own_runs: Path) -> None:
    data = tmp_path / "data"
    (data / "group" / "shared").mkdir(parents=True)
    for path in (path for path in TOY.iterdir() if path.is_file()):
        target = data / ("group/shared" if path.name == "numbers.csv" else "mine") / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    with (data / "mine" / "case.yaml").open("a", encoding="utf-8") as header:
        header.write("include: [../group/shared]\n")
    assert call("solve", data / "mine", "--no-year-check").exit_code == 0
    assert call("explain", "latest", "--no-resolve").exit_code == 0


def test_a_folder_with_a_chinese_name_and_spaces_of_which_nothing_may_be_written_is_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept in the run may be written again: its inputs bear the umask and not the mode of the case."""
    data = tmp_path / "承德 规划" / "示例 小城"
    shutil.copytree(TOY, data)
    for path in data.iterdir():
        path.chmod(0o444)
    data.chmod(0o555)
    monkeypatch.setattr(paths, "RUNS", tmp_path / "结果 一")
    told = call("solve", data, "--no-year-check")
    assert told.exit_code == 0, told.output
    assert call("show", "latest").exit_code == call("explain", "latest", "--no-resolve").exit_code == 0
    kept = list((tmp_path / "结果 一").rglob("*.csv"))
    assert kept and all(path.stat().st_mode & 0o200 for path in kept)
    data.chmod(0o755)
