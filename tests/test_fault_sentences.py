"""A fault is told in one sentence, in both languages, in the form of the file it stands in."""

from __future__ import annotations

import pytest
from fault_codes import FAULT_CODES
from told_faults import tells

from model.case.faults import Fault, Place
from model.report import layout
from model.report.fault_text import IN_THE_HEAD, fault_sentence
from model.report.words import words


def test_a_worksheet_is_told_its_own_form() -> None:
    """Brackets belong to case.yaml; in a cell a list is separated by semicolons."""
    fault = Fault("bad_setting", Place("city.xlsx!case", 6, "years"), "2021, 2022", "[2021, 2022, 2030]")
    assert (
        fault_sentence(fault, "en")
        == "city.xlsx!case row 6, years: found 2021, 2022, expected the form 2021; 2022; 2030; correct the value"
    )
    assert "[2021, 2022, 2030]" in fault_sentence(Fault("bad_setting", Place("case.yaml", 6, "years"), "x", "[2021, 2022, 2030]"), "en")


def test_every_code_has_a_sentence_in_both_languages() -> None:
    told = {key.removeprefix("fault_") for key in words("en") if key.startswith("fault_") and not key.endswith(IN_THE_HEAD)}
    assert told == set(FAULT_CODES)
    for code in FAULT_CODES:
        tells(Fault(code, Place("targets.csv", 7, "year"), "FOUND", "EXPECTED", "NEAREST"))


def test_the_sentence_reads_as_the_house_style_wants() -> None:
    fault = Fault("year_outside", Place("targets.csv", 7, "year"), "2036", "2021–2035", "2035")
    assert fault_sentence(fault, "zh") == (
        "targets.csv 第7行，year：发现2036，应为2021–2035内的年份；请在case.yaml中增加该年份或修改此行（最接近：2035）"
    )


def test_sentences_pass_a_gbk_console() -> None:
    for code in FAULT_CODES:
        for language in ("en", "zh"):
            fault_sentence(Fault(code, Place("targets.csv", 7, "year"), "2036", "2021–2035", "x"), language).encode("gbk")


def test_a_cell_of_forty_thousand_letters_is_named_by_its_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """And whatever is long is broken into lines with a look at each line, not at all that is left of it."""
    assert len(fault_sentence(Fault("year_outside", Place("book.xlsx!a", 7, "x" * 40_000), "2036", "2021–2035"), "en")) < 600
    measured = list[int]()

    def noted(text: str) -> int:
        measured.append(len(text))
        return len(text)

    monkeypatch.setattr(layout, "width", noted)
    lines = layout.broken("x" * 40_000, 80)
    assert len(lines) == 500 and len([one for one in measured if one < 40_000]) < 10 * len(lines)
