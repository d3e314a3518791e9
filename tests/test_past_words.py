"""The past on the screen and its page in a planner's words: readings that end alike, rows without room, money of what is under way."""

from __future__ import annotations

from typing import Any

import pytest
import xarray as xr

from model.report.display import day_said
from model.report.plan.next_text import _under_way
from model.report.plan.past_tables import past_unused
from model.report.plan.readings_table import readings_lines
from model.report.tables import table
from model.report.words import word

KNOWN = xr.Dataset(
    {"measure_label_en": ("measure", ["Roofs"]), "measure_label_zh": ("measure", ["屋顶光伏"])}, coords={"measure": ["roofs"]}
)


def readings(*endings: str, builds: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    named = dict(zip(("reconstructed", "usual", "recorded_only"), endings, strict=True))
    return {"past": {"readings": {"endings": named, "builds": builds, "years": [2027], "days": 1}}}


@pytest.mark.parametrize(
    ("endings", "said"),
    [
        (("unserved", "unserved", "unserved"), ["  however the past is read, something is left short"]),
        (("plan", "unserved", "unserved"), ["  where the past is read so, something is left short: usual path, records alone"]),
        (("infeasible", "infeasible", "unserved"), ["  no plan where the past is read otherwise: reconstructed, usual path", "  where the past is read so, something is left short: records alone"]),
        (("plan", "plan", "plan"), []),
    ],
)  # fmt: skip
def test_readings_of_one_ending_share_a_line(endings: tuple[str, ...], said: list[str]) -> None:
    told = [line for line in readings_lines(KNOWN, readings(*endings), "en") if line != word("line_readings_alike", "en")]
    names = {word(f"history_{name}", "en"): at for at, name in enumerate(("reconstructed", "usual", "recorded_only"))}
    plain = ["; ".join(line.split(", ")) for line in said]
    for name, short in zip(names, ("reconstructed", "usual path", "records alone"), strict=True):
        plain = [line.replace(short, name) for line in plain]
    assert ["; ".join(line.split(", ")) for line in told] == plain


@pytest.mark.parametrize(("language", "said"), [("en", ", 1: Roofs"), ("zh", "，1项：屋顶光伏")])
def test_builds_that_hang_on_the_reading_are_counted_then_named(language: str, said: str) -> None:
    (line,) = readings_lines(KNOWN, readings("plan", "plan", "plan", builds=({"measure": "roofs"},)), language)
    assert line.endswith(said)


def test_a_row_without_room_says_how_much_of_it_counts_in_the_readers_unit() -> None:
    row = {"code": "no_room", "file": "numbers-road.csv", "row": 51, "column": "value", "found": "0.5 kvehicle", "expected": "0 kvehicle"}
    for language, said in (
        ("zh", ("承诺500 辆", "潜力只余0 辆", "其余不建")),
        ("en", ("500 vehicles committed", "leaves 0 vehicles", "the rest is not built")),
    ):
        (note,) = past_unused({"past": {"unused": [row]}}, language).frame["note"]
        assert all(part in note for part in said) and "<=" not in note and "kvehicle" not in note, note


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_of_the_past_stand_under_each_other(language: str) -> None:
    assert {word(key, language)[:2] for key in ("line_unused", "line_readings", "line_reading_short", "line_reading_without")} == {"  "}


def test_money_of_what_is_under_way_has_no_line_where_it_is_nothing() -> None:
    columns = ["measure", "invested"]
    assert _under_way(table("", columns, [{"measure": "Roofs", "invested": 0.001}]), "en") == []
    (line,) = _under_way(table("", columns, [{"measure": "Roofs", "invested": 0.0}, {"measure": "Wind", "invested": 1.2}]), "en")
    assert "1.20" in line and "Wind" in line and "Roofs" not in line


def test_days_of_the_stress_spell_have_a_name() -> None:
    assert (day_said("stress2", "zh"), day_said("stress2", "en"), day_said("d3", "en")) == ("连续紧张日第2天", "stress day 2", "d3")
