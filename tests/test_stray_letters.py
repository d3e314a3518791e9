"""A control character that strayed into a file of text is told with its row, not as a text in another encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.case.faults import Place
from model.case.read.files import read_text


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
