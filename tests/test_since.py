"""This run against an earlier one: what is recorded anew, which numbers and rules are others, what is decided otherwise."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xarray as xr
from calling import TOY, call, says

from model.report.changed_text import change_said
from model.report.display import labels
from model.report.layout import screen, screen_width, width
from model.report.pages.plan import plan_report
from model.report.plan.since_text import since_brief, since_lines, since_text
from model.report.tables import Table
from model.report.words import languages, word
from model.results.changed import Input
from model.results.run import open_run
from model.results.since import Decision, Known, Since, since

pytestmark = pytest.mark.usefixtures("one_reading")

EARLIER = ("--decide-from", "2022")
LATER = ("--decide-from", "2023")


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The earlier run of the toy, solved once."""
    folder = tmp_path_factory.mktemp("earlier") / "runs" / "last"
    assert call("solve", "toy", *EARLIER, "--out", folder).exit_code == 0
    return folder


def edited(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / ("case.yaml" if table == "case" else f"{table}.csv")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_records_numbers_rules_and_decisions_are_told_apart(own_runs: Path, last: Path) -> None:
    """Recorded anew: 0.3 TWh of heat pumps in 2022. A dearer coal price and a looser CO2 target; what is decided of heat pumps for 2023 is less."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    shutil.copytree(last, own_runs / "last")
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
    again = call("show", own_runs / "this", "--since", own_runs / "last").stdout
    assert again in later.stdout
    for told in (later.stdout, again):
        assert "new or changed records, 1: Heat pumps, 2022: 0.3 TWh (new)" in told
        assert "changed rules, 1: CO2 at most 0.2 Mt: 0.2 Mt → 0.25 Mt" in told


def test_what_was_planned_and_what_was_built_stand_side_by_side_on_the_screen_again_and_in_the_workbook(own_runs: Path, last: Path) -> None:
    """Planned in 2022 for that year: 0.4 TWh of heat pumps and a boiler closed, as on README's paper. Recorded now: 0.3 TWh, no closure, and
    0.2 TWh for 2021 where 0.1 stood; the target of one boiler was found missed."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    shutil.copytree(last, own_runs / "last")
    edited(case, "actuals", "build_heat_pump,2021,0.1,TWh,0.1,0.1,", "build_heat_pump,2021,0.2,TWh,0.2,0.2,")
    with (case / "actuals.csv").open("a", encoding="utf-8") as file:
        file.write("build_heat_pump,2022,0.3,TWh,,,sourced,made up\nclose_boiler,2022,0,plant_unit,,,sourced,made up\n")
    (case / "official.csv").write_text("target,year,result,document,source\none_boiler_left,2022,missed,3,made up\n", encoding="utf-8")
    later = call("solve", case, *LATER, "--since", own_runs / "last", "--out", own_runs / "this", "--json")
    assert later.exit_code == 0, later.output
    made = json.loads(later.stdout)["since"]
    built = {(one["measure"], one["year"]): (one["then"], one["now"]) for one in made["built"]}
    pump, boiler = built["build_heat_pump", 2022], built["close_boiler", 2022]
    assert pump[1] == pytest.approx(0.3) and pump[0] == pytest.approx(0.3) and boiler == (pytest.approx(1.0), 0.0)
    past = {(one["measure"], one["year"]): (one["then"], one["now"]) for one in made["past"]}  # roofs give the pumps their 0.4 TWh a TWh
    assert past == {("build_heat_pump", 2021): pytest.approx((0.1, 0.2)), ("build_rooftop_sun", 2021): pytest.approx((0.04, 0.08))}
    assert ("one_boiler_left 2022", "missed") in {(one["row"], one["after"]) for one in made["records"]}
    for language, said, official in (
        ("en", "Close a coal boiler, 2022: planned 1, built 0 units", "At most one coal boiler, 2022: missed (new)"),
        ("zh", "淘汰燃煤锅炉（2022年）计划1、建成0", "燃煤锅炉不超过1台（2022年）：未完成（新增）"),
    ):
        text = call("show", own_runs / "this", "--since", own_runs / "last", "--lang", language).stdout
        assert says(text, said) and says(text, official), text
        assert text.count("\n") <= 24 and says(text, "measures show runs/this")
        plan = call("show", own_runs / "this", "--lang", language).stdout
        assert plan.count("\n") <= 47 and says(plan, "measures show runs/this --since runs/last") and not says(plan, official)
        report = plan_report_of(own_runs / "this", language)
        (row,) = [one for one in report["since-built"].frame.to_dict("records") if one["since_planned"] == 1.0]
        assert row["since_built_amount"] == 0.0 and len(report["since-past"].frame) == 2
        assert len(report["since-inputs"].frame) == len(made["records"]) + len(made["numbers"]) + len(made["rules"])
        decided = report["since-decisions"].frame
        money = decided[decided["year"] == ""]  # one line each, apart from the years: it is of all of them
        assert len(money) == len(made["decisions"]) == decided["measure"].nunique() and not set(
            decided.drop(money.index)["since_invested"]
        ) - {""}
        assert set(decided["measure"]) >= set(labels(open_run(own_runs / "this").results, "measure", "label", language).values())
        if language == "zh":
            inputs = report["since-inputs"].frame
            cells = (
                inputs[["table", "row", "column"]].to_numpy().ravel().tolist() + inputs.loc[inputs["column"] == "", "since_now"].tolist()
            )
            assert not [cell for cell in cells if re.search("[a-z]{2}", str(cell))], cells
        about = report["about"].frame
        assert not [note for note in about["note"] if "{" in str(note)]
        assert language == "en" or not [item for item in about["item"] if re.search("[a-z]", str(item))]


def plan_report_of(folder: Path, language: str) -> dict[str, Table]:
    run = open_run(folder)
    return plan_report(run.results, hours=run.hours, manifest=run.manifest, case=None, language=language).tables


def test_a_run_of_another_case_is_refused_and_other_years_and_options_are_told_first(own_runs: Path, last: Path) -> None:
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    shutil.copytree(last, own_runs / "last")
    edited(case, "case", "years: [2021, 2022, 2023]", "years: [2021, 2022, 2023, 2024]")
    done = call("solve", case, *LATER, "--drop", "co2_2023", "--since", own_runs / "last", "--out", own_runs / "this")
    assert done.exit_code == 0, done.stderr
    told = done.stdout[done.stdout.index("Since ") :].splitlines()[1:]
    assert told[0].startswith("  asked otherwise") and says(done.stdout, "Years: 2021 2022 2023 → 2021 2022 2023 2024")
    assert says(done.stdout, "Targets dropped: none → CO2 at most 0.2 Mt")
    edited(case, "case", "id: toy", "id: other")
    refused = call("solve", case, *LATER, "--since", own_runs / "last", "--out", own_runs / "never")
    assert refused.exit_code == 2 and says(refused.stderr, "is a run of the case toy, not of other") and not (own_runs / "never").exists()


BARE = Since("runs/last", (), (), (), {}, (), (), (), 0.0, 0.0)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.16, 0.16, "costs 0.16 100 million CNY more"), (-0.024, -0.016, "costs 0.02 100 million CNY less"),
        (-0.3, -0.1, "costs 0.10 to 0.30 100 million CNY less"), (-0.001, 0.002, "costs as much"), (0.001, 0.002, "costs as much"),
        (-1.34, 0.84, "equal in cost as far as is proven (-1.34 to +0.84 100 million CNY)"),
    ],
)  # fmt: skip
def test_less_is_not_called_more_and_what_is_not_proven_apart_is_equal(low: float, high: float, said: str) -> None:
    known = xr.Dataset({"measure_label_en": ("measure", ["Roofs"]), "measure_unit": ("measure", ["GW"])}, coords={"measure": ["roofs"]})
    bought = Decision("roofs", {2027: (0.15, 0.150000001), 2028: (0.1, 0.2)}, -0.001)
    text = screen(since_lines(replace(BARE, low=low, high=high, decisions=(bought,)), known, {}, "en", room=20))
    assert " ".join(text.splitlines()[0].split()) == f"Since runs/last: {said}" or " ".join(text.split()).startswith(
        f"Since runs/last: {said} "
    )
    assert ("equal in cost as far as is proven (100" in text) == (low <= 0 <= high)
    assert "0.00" not in text.splitlines()[-1] and "2027" not in text and "2028 0.100 → 0.200" in text


@pytest.mark.parametrize("language", languages())
def test_a_plan_that_is_not_accepted_has_saved_nothing(toy: Any, language: str) -> None:
    """Neither target is met: that stands under what it costs less, below the plan's own screen and on the screen of what is other."""
    missed = toy.results.assign(met=("target_row", [False] * toy.results.sizes["target_row"]))
    cheaper, said = replace(BARE, low=-0.3, high=-0.2), word("since_missed", language).format(2)
    for results, status, found in ((missed, "out_of_reach", True), (missed, "relaxed", True), (toy.results, "optimal", False)):
        manifest = {**toy.manifest, "status": status, "run": "runs/this"}
        for lines in (since_brief(cheaper, results, manifest, language), since_lines(cheaper, results, manifest, language, room=20)):
            assert says("\n".join(lines), said) is found
            assert says("\n".join(lines), word("since_not_accepted", language).format(said)) is (status == "out_of_reach")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("short", [False, True])
def test_however_much_differs_it_is_one_screen_that_says_where_the_rest_is(own_runs: Path, language: str, short: bool) -> None:
    """Forty of each kind, under long names; the plan that is not accepted says so first."""
    assert call("solve", "toy", *(("--set", "heat_demand.amount@2021=5") if short else ()), "--out", own_runs / "this").exit_code in (0, 3)
    run = open_run(own_runs / "this")
    long = {f"measure_label_{one}": ("measure", [f"{name} {'and so on, ' * 7}" for name in "abc"]) for one in languages()}
    numbers = tuple(Input("", "numbers", f"build_heat_pump pace {year}", "value", "1", "2", {}, ("TWh", "TWh")) for year in range(40))
    built = tuple(Known("build_heat_pump", year, 1.0, 2.0, "planned", "estimate") for year in range(40))
    decided = tuple(Decision("build_heat_pump", {2022: (1.0, 2.0), 2023: (1.0, 3.0)}, 1.0) for _ in range(40))
    asked = {"days": ("1", "2"), "decide_from": ("2022", "2023"), "years": ("2021 " * 20, "2022 " * 20)}
    made = Since("runs/last", numbers, numbers, numbers, asked, built, built, decided, 1.0, 2.0)
    text = since_text(made, run.results.assign(long), run.manifest, language)
    assert len(text.splitlines()) <= 24 and max(map(width, text.splitlines())) <= screen_width
    assert says(text, "measures show runs/this") and text.count(" 40") + text.count("，40") >= 6


def test_changed_cells_are_told_in_the_units_and_words_of_the_language() -> None:
    names = {"roofs": ("Roofs", "屋顶光伏"), "investment": ("investment", "单位投资"), "town": ("Town", "市政府")}
    for one, english, chinese in (
        (Input("", "numbers", "roofs investment 2027", "value", "0.5", "0.6", names, ("GW", "GW")), "Roofs, investment, 2027: 0.5 GW → 0.6 GW", "屋顶光伏、单位投资（2027年）：50 万千瓦 → 60 万千瓦"),
        (Input("", "actuals", "roofs 2026", "status", "estimate", "sourced", names), "Roofs, 2026, how well the number is known: estimate → sourced", "屋顶光伏（2026年）、数据状态：估计 → 有来源"),
        (Input("", "actuals", "roofs 2026", "", "0.1 million_m2", "", names, ("million_m2", "")), "Roofs, 2026: 0.1 million m2 (left out)", "屋顶光伏（2026年）：10 万平方米（删去）"),
        (Input("", "measures", "roofs", "payer", "", "town", names), "Roofs, who pays the investment: none → Town", "屋顶光伏、出资方：无 → 市政府"),
    ):  # fmt: skip
        assert (change_said(one, "en"), change_said(one, "zh")) == (english, chinese)


def test_an_earlier_run_that_is_not_there_is_told_before_anything_is_solved(own_runs: Path, toy_run: dict[str, Any]) -> None:
    done = call("solve", "toy", "--since", "toy/nosuch", "--out", own_runs / "run")
    assert done.exit_code == 2 and "nosuch" in done.stderr and not (own_runs / "run").exists()
    for name in ("one", "two"):
        shutil.copytree(toy_run["run"], own_runs / "toy" / name)
    done = call("solve", "toy", "--since", "nosuch")
    assert done.exit_code == 2 and "there is no run nosuch; stored are: toy/one, toy/two" in done.stderr
