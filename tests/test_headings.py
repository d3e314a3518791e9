"""Headings of columns are broken between words, a Chinese word of four letters not at all."""

from __future__ import annotations

import pytest

from model.report.layout import columns_of

ROW = ["measure of some length here", "2027", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0"]


@pytest.mark.parametrize("name", ["mytown/h_recorded_only", "基准情景", "金额差异", "against"])
def test_no_heading_is_broken_inside_a_word(name: str) -> None:
    lines = columns_of(["what", *[name] * 7], [ROW], left=1)
    parts = [part for part in name.replace("_", "_ ").replace("/", "/ ").split(" ") if part]
    heads = [line for line in lines if "measure" not in line]
    shown = " ".join(" ".join(line.split()) for line in heads)
    assert all(part in shown for part in parts), lines
    assert not [
        word
        for line in heads
        for word in line.split()
        if word not in ("what", name)
        and not any(name[at:].startswith(word) and (at == 0 or name[at - 1] in "_/") for at in range(len(name)))
    ], lines


def test_no_line_of_a_heading_is_one_chinese_letter() -> None:
    for line in columns_of(["项目", *["无目标情景"] * 7], [ROW], left=1):
        assert not any(len(part) == 1 and not part.isascii() for part in line.split()), line
