"""What is wrong in a header is told with its line and in our words, not in a library's."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.case.read.header import read_header
from model.report.fault_text import fault_sentence


@pytest.mark.parametrize(
    ("line", "code", "row"),
    [
        ("\tlabel: x", "yaml_tab", 2), ("label: !!python/object:os.system x", "yaml_tag", 2), ("label: !mine x", "yaml_tag", 2), ("label: " + "[" * 5_000, "yaml_deep", None),
        ("label: 2021-13-45", "yaml_value", None), ("label: [2020", "yaml_fault", 3), ("label: 'x", "yaml_fault", 3), ("label: a: b", "yaml_fault", 2), ("label: \ufffe", "odd_letter", 2),
    ],
)  # fmt: skip
def test_a_broken_header_is_told_in_our_words(line: str, code: str, row: int | None, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"id: tiny\n{line}\n", encoding="utf-8")
    (fault,) = read_header(path)[1]
    assert (fault.code, fault.place.row) == (code, row)
    told = fault_sentence(fault, "zh").lower()
    assert not [word for word in ("character", "could not", "recursion", "expected", "while", "month", "mapping", "token") if word in told]
