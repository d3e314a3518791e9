"""This run against an earlier one: what is recorded anew, which numbers and rules are others, what is decided otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

from calling import TOY, call

from model.results.run import open_run
from model.results.since import since

EARLIER = ("--decide-from", "2022")
LATER = ("--decide-from", "2023")


def edited(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_records_numbers_rules_and_decisions_are_told_apart(own_runs: Path) -> None:
    """Recorded anew: 0.3 TWh of heat pumps in 2022. A dearer coal price and a looser CO2 target; what is decided of heat pumps for 2023 is less."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    assert call("solve", case, *EARLIER, "--out", own_runs / "last").exit_code == 0
    with (case / "actuals.csv").open("a", encoding="utf-8") as file:
        file.write('build_heat_pump,2022,0.3,TWh,0.3,0.3,sourced,"made up: published"\n')
    edited(case, "targets", ",0.2,Mt", ",0.25,Mt")
    later = call("solve", case, *LATER, "--since", own_runs / "last", "--out", own_runs / "this")
    assert later.exit_code == 0, later.stderr
    made = since(open_run(own_runs / "last"), open_run(own_runs / "this")).record()
    assert [(one["table"], one["row"]) for one in made["records"]] == [("actuals", "build_heat_pump 2022")]
    assert {(one["table"], one["row"], one["column"]) for one in made["rules"]} == {("targets", "co2_2023", "value")}
    assert made["numbers"] == [] and made["asked"]["decide_from"] == ["2022", "2023"]
    pump = next(one for one in made["decisions"] if one["measure"] == "build_heat_pump")
    assert list(pump["amounts"]) == ["2023"] and pump["amounts"]["2023"][1] < pump["amounts"]["2023"][0] + 0.4
    assert "new or changed records, 1: actuals build_heat_pump 2022" in later.stdout
    assert "changed rules, 1: targets co2_2023 value" in later.stdout


def test_an_earlier_run_that_is_not_there_is_told_before_anything_is_solved(own_runs: Path) -> None:
    done = call("solve", "toy", "--since", "toy/nosuch", "--out", own_runs / "run")
    assert done.exit_code == 2 and "nosuch" in done.stderr and not (own_runs / "run").exists()
