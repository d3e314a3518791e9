"""A control character that strayed into a file of text is told with its row, not as a text in another encoding."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from calling import TOY, call

from model.case.checks.check import check
from model.case.faults import Place
from model.case.read.files import OpenQuote, lines_of, read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("letter", "told"), [("\x1b", "U+001B"), ("\0", "U+0000")])
def test_a_control_character_is_told_with_its_row(encoding: str, letter: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "fuels.csv"
    path.write_bytes(f'id,label_en,label_zh\r\ncoal,"Hard\ncoal",煤炭\r\ngas,Natu{letter}ral gas,天然气\r\n'.encode(encoding))
    text, (fault,) = read_text(path, path.name)
    assert text is None and (fault.code, fault.place, fault.found) == ("odd_letter", Place("fuels.csv", 3, None), told)


@pytest.mark.parametrize("content", ["id,煤\n1,2\n".encode("utf-16"), "id,label\n1,2\n".encode("utf-16-le"), bytes(range(256)) * 4])
def test_what_is_no_text_of_ours_is_told_as_such(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "fuels.csv"
    path.write_bytes(content)
    text, (fault,) = read_text(path, path.name)
    assert text is None and fault.code == "unreadable_encoding"


@pytest.mark.parametrize("table", ["numbers.csv", "actuals.csv"])
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(table: str, tmp_path: Path) -> None:
    """All after it would be one cell, and the rows in it gone in silence."""
    case = shutil.copytree(TOY, tmp_path / "town")
    lines = (case / table).read_text(encoding="utf-8").splitlines()
    last = len(lines) - 1
    lines[last - 1] = lines[last - 1].rpartition(",")[0] + ',"a note'
    (case / table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ("quote_open", Place(table, last, None)) in [(fault.code, fault.place) for fault in check(case)]


def test_a_quotation_mark_that_is_never_closed_in_a_file_of_scenarios_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ways.csv"
    path.write_text('name,coal_purchase.price\nA,900\n"B,1000\n', encoding="utf-8")
    told = call("sweep", "toy", "--scenarios", path)
    assert told.exit_code == 2 and "never closed" in told.stderr and "ways.csv row 3" in told.stderr, told.stderr


@pytest.mark.parametrize("text", ['a,"b"', 'a,"b"\n', 'a,"b\n', "", "a,b\n\n", 'a,"x""y"\r\n'])
def test_lines_are_those_of_the_file_and_nothing_is_added(text: str) -> None:
    if text == 'a,"b\n':
        with pytest.raises(OpenQuote):
            list(lines_of(text))
    else:
        assert list(lines_of(text)) == list(csv.reader(io.StringIO(text, newline="")))
