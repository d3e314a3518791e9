"""What is asked for as a case, is there and is none: told as what it is, with what to do, not as missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from calling import call, says


@pytest.mark.parametrize("command", ["check", "explain"])
@pytest.mark.parametrize(("name", "told"), [("book.xlsm", "save it as .xlsx"), ("book.xls", "save it as .xlsx"), ("d.xlsx", "is a folder"), ("pipe", "neither a file nor a folder")])  # fmt: skip
def test_what_is_there_and_is_no_case_is_told_as_what_it_is(command: str, name: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    elif name == "d.xlsx":
        path.mkdir()
    else:
        path.write_bytes(b"PK")
    result = call(command, str(path))
    assert result.exit_code == 2 and says(result.stderr, told) and "there is no case" not in result.stderr, result.output
    assert "没有案例" not in call(command, str(path), "--lang", "zh").stderr
