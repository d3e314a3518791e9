"""Why a past target is judged as it is: by recorded builds that nothing else moves, and where usual measures are not raised for it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from calling import ROOT, says

from model.case.read.canonical import Lookup
from model.case.read.case import Case, read_case
from model.report.plan.past_tables import past_targets
from model.report.plan.text import summary_text
from model.report.words import word
from model.results.builds_alone import told_by_record
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

TOY = ROOT / "data" / "toy"
CLOSED = "close_boiler,2022,1,plant_unit,1,1,sourced,yearbook\n"


def toy(folder: Path, *, recorded: str = "") -> SolvedCase:
    """The toy, decided from 2023: one boiler is to be gone by 2022."""
    shutil.copytree(TOY, folder / "toy")
    with (folder / "toy" / "actuals.csv").open("a", encoding="utf-8") as file:
        file.write(recorded)
    return solve(read_case(folder / "toy"), Options(decide_from=2023))


def verdict(made: SolvedCase) -> str:
    (row,) = past_targets(made.results, made.manifest, "en").frame.to_dict("records")
    return str(row["_state"])


def test_a_recorded_closure_meets_a_target_that_it_alone_moves(tmp_path: Path) -> None:
    made = toy(tmp_path, recorded=CLOSED)
    assert verdict(made) == "past_met_by_record"
    assert says(summary_text(made.results, made.manifest, "en"), "its targets: 1 met on record")
    # Without the column, as runs were stored before, it is met by the model alone.
    older = replace(made, results=made.results.drop_vars(["judged_by_record", "judged_agrees"]))
    assert verdict(older) == "past_met_by_model"


def test_the_screen_says_why_a_target_is_unknown(tmp_path: Path) -> None:
    """Heat pumps and roofs are usual: what they would have been without targets leaves both boilers their heat to give."""
    made = toy(tmp_path)
    assert verdict(made) == "past_unknown"
    for language, name in (("en", "At most one coal boiler (2022)"), ("zh", "燃煤锅炉不超过1台（2022）")):
        said = word("line_unknown_reconstructed", language).format(name)
        assert says(summary_text(made.results, made.manifest, language), said)
        assert word("note_unknown_reconstructed", language) in past_targets(made.results, made.manifest, language).notes


@pytest.mark.parametrize(
    ("indicator", "known", "until", "told"),
    [
        ("boilers", {("close_boiler", 2022): "record", ("build_heat_pump", 2022): "estimate"}, 2022, True),
        ("boilers", {("close_boiler", 2022): "record", ("close_boiler", 2021): "estimate"}, 2022, False),
        ("boilers", {("close_boiler", 2022): "record"}, 2021, False),  # nothing was built by then
        ("co2", {("close_boiler", 2022): "record"}, 2022, False),  # what runs counts in it
    ],
)
def test_builds_alone_move_it_and_all_are_recorded(indicator: str, known: dict[tuple[str, int], str], until: int, told: bool) -> None:
    case: Case = read_case(TOY)
    assert told_by_record(case, Lookup(case), [indicator], known, until=until) is told
