"""A deck of a run: its charts carry the numbers of the page's tables in sheets of their own, its tables stand as tables, in the language that is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from calling import call
from reporting import LANGUAGES

from model.report.layout import width
from model.report.words import word
from model.report.writers.slides import _room, middle_cut


def test_without_the_library_it_says_what_to_install(toy_run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    for language in LANGUAGES:
        told = call("export", toy_run["run"], "--to", "pptx", "--out", tmp_path / "deck.pptx", "--lang", language)
        assert told.exit_code == 2 and "measures[slides]" in told.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.prove
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deck_shows_what_the_page_shows(toy_run: dict[str, Any], tmp_path: Path, language: str) -> None:
    """The toy: heat pumps 4, a roof 7 and a closure 1 in 2022, 8 more in 2023, as the paper has it; both targets; every sentence of the page."""
    pptx = pytest.importorskip("pptx")
    path, other = tmp_path / "deck.pptx", tmp_path / "public.pptx"
    told = call("export", toy_run["run"], "--to", "pptx", "--out", path, "--lang", language)
    assert told.exit_code == 0, told.stderr
    slides = list(pptx.Presentation(str(path)).slides)
    texts = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in slides]
    assert all(word("stamp_internal", language) in said[1] for said in texts) and len(slides) == 7
    assert {word(f"question_{name}", language) for name in ("met", "decide", "turn")} <= set(texts[0])
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    paid = charts[-1].plots[0]
    assert list(paid.categories) == ["2021", "2022", "2023"] and [list(series.values) for series in paid.series] == [[0.0, 12.0, 8.0]]
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    assert len(cells[0]) == 3 and {"0.2", "0.200", "20.00"} & {text for row in cells[0][1:] for text in row}
    public = call("export", toy_run["run"], "--to", "pptx", "--public", "--out", other, "--lang", language)
    assert public.exit_code == 0
    said = " ".join(
        shape.text_frame.text for slide in pptx.Presentation(str(other)).slides for shape in slide.shapes if shape.has_text_frame
    )
    assert word("stamp_public", language) in said


def test_names_that_begin_alike_stay_apart_and_each_column_has_room_for_a_word_of_its_heading() -> None:
    """Cut in the middle, a name keeps what tells it from its neighbours; a Chinese letter takes the room of two."""
    names = [f"Pumped storage of the county of Longhua in the north of the city, unit {at}" for at in range(1, 13)]
    short = [middle_cut(name, 40) for name in names]
    assert len(set(short)) == 12 and all(width(one) <= 40 for one in short)
    assert _room(["Decide by", "2027"]) > len("Decide") and _room(["规模", "碳达峰碳中和"]) > _room(["规模", "abcdef"])
