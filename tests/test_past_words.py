"""The past on the screen and its page in a planner's words: readings that end alike, rows without room, money of what is under way."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
import xarray as xr
from calling import TOY, says
from paper import GAP

from model.case.read.case import deciding_from, read_case
from model.report.display import day_said
from model.report.layout import screen
from model.report.plan.brief_tables import brief_turns
from model.report.plan.next_text import _under_way
from model.report.plan.outcome import curtailment
from model.report.plan.past_tables import past_lines, past_unused, unused_in_words
from model.report.plan.readings_table import readings_lines
from model.report.tables import table
from model.report.words import word
from model.results.past import done_unrecorded
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

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


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Roofs, 2023 (the record counts)", "actuals.csv row 2"]), ("zh", ["屋顶光伏（2023年，以实绩为准）", "actuals.csv 第2行"])],
)
def test_a_row_that_does_not_count_is_told_by_what_it_is_of_its_year_and_why(language: str, said: list[str]) -> None:
    """Of a run stored before rows were told so, the place alone."""
    rows = [
        {
            "code": "beside_record",
            "file": "numbers.csv",
            "row": 3,
            "column": "value",
            "found": "",
            "expected": "",
            "item": "roofs",
            "year": 2023,
        },
        {"code": "not_yet_past", "file": "actuals.csv", "row": 2, "column": "year", "found": "2027", "expected": "< 2027"},
    ]
    assert ["".join(one.split()) for one in unused_in_words(KNOWN, {"unused": rows}, language)] == ["".join(one.split()) for one in said]


def test_what_is_curtailed_is_told_of_the_decided_years() -> None:
    """In 2021, which is past, nothing of 1 is taken, in 2022 0.9 of 1; without a past both are decided."""
    results = xr.Dataset(
        {"curtailed": (("technology", "year"), [[1.0, 0.1]]), "annual": (("technology", "year"), [[0.0, 0.9]]), "build_word": ("measure", [""])},
        {"technology": ["sun"], "year": [2021, 2022]}, {"decide_from": 2022},
    )  # fmt: skip
    assert (curtailment(results), curtailment(results.drop_vars("build_word"))) == (pytest.approx(0.1), 1.0)


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


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> SolvedCase:
    """The toy decided from 2023: a document says that one of the two boilers was gone by 2022, and no row of the record does."""
    case = tmp_path_factory.mktemp("announced") / "toy"
    shutil.copytree(TOY, case)
    (case / "official.csv").write_text("target,year,result,document,source\none_boiler_left,2022,met,3,made up\n", encoding="utf-8")
    return solve(deciding_from(read_case(case), 2023), Options(gap=GAP))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_document_says_is_done_and_the_record_does_not_is_said_to_be_done_again(announced: SolvedCase, language: str) -> None:
    """In 2023 a boiler is closed, though that was done."""
    assert float(announced.results["build"].sel(measure="close_boiler", build_year=2023)) == pytest.approx(1.0)
    manifest = {**announced.manifest, **readings("plan", "plan", "plan")}
    said = word("line_done_again", language).format(2023)
    for brief in (False, True):
        lines = past_lines(
            announced.results,
            {**manifest, "past": {**announced.manifest["past"], **readings("plan", "plan", "plan")["past"]}},
            language,
            brief=brief,
        )
        told = screen(lines)
        assert says(told, said) and says(told, "actuals.csv") and "2022" in told
        assert not says(told, word("line_official_apart", language).format("").strip())
    assert readings_lines(announced.results, manifest, language) == []
    assert any(says(note, said) for note in brief_turns(announced.results, manifest, None, language).notes)


def test_what_is_recorded_is_not_done_again(announced: SolvedCase) -> None:
    met = announced.results.assign(met=("target_row", [True] * announced.results.sizes["target_row"]))
    assert done_unrecorded(announced.results) == {"one_boiler_left": 2022} and done_unrecorded(met) == {}
    assert readings_lines(met, readings("plan", "plan", "plan"), "en") == [word("line_readings_alike", "en")]
