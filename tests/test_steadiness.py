"""The tornado over the numbers that weigh most: which these are, which builds stand over it, and that a run finds its own one alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from calling import TOY, call, says
from paper import Fact, Paper, also, demand, fact, label, market, number, technology
from paper_case import case_of
from papers.adequacy import ADEQUACY, SHORT
from sweeping import toy

from model.case.change.levers import HISTORY, Lever, levers
from model.report.plan.headline_tables import builds_table
from model.report.plan.headline_text import standing_lines
from model.results.run import Run, find_run
from model.results.steadiness import Build, Steadiness, Tornado, builds_of, steadiness
from model.results.study import CONTENT, DATASET, open_study
from model.study.solved.solved_model import Options, Watch
from model.study.sweep.sweep import study_of
from model.study.sweep.weights import heaviest, weights

# What each number's range moves the toy's cost by, to first order at the plan's own amounts and prices (sweeping.py has the plan).
BY_HAND = {
    "coal_purchase.price": 0.336 * 10 * 0.5,  # coal of all years; 800 to 1300 of 1000
    # A TWh more costs 1.6 from coal in 2021, 2.1 by bought power in 2022, 1.9 from the roof in 2023; 0.9 to 1.1.
    "heat_demand.amount": (1.6 + 2.1 + 1.9) * 0.2,
    "build_rooftop_sun.investment": (0.1 + 0.2) * 3.5 * 4 / 7,
    "build_heat_pump.investment": (0.4 + 0.5) * 0.5 * 0.4,
    "close_boiler.investment": 2 * 0.1 * 1.5,
    "power_purchase.price": 0.06 * 4 * 0.375,
    # 0.1 Mt more is 0.25 TWh of coal (1.6) for heat pumps on the roof (1.9); 0.15 to 0.3 Mt.
    "co2_2023.value": 0.15 * 2.5 * 0.3,
}  # fmt: skip


@pytest.fixture(scope="module")
def study() -> Any:
    return study_of(toy(), Options(gap=1e-9), Watch())


def test_numbers_weigh_what_their_range_moves_the_cost_by(study: Any) -> None:
    found = weights(study.reference, levers(toy()))
    assert {name: found[name] for name in BY_HAND} == pytest.approx(BY_HAND, abs=1e-6)
    # An annuity over n years grows by (n + 1) / 2 a unit of the rate: 0.45 of heat pumps and 1.05 of roofs (20 years), 0.2 of closing (10).
    assert found["discount_rate.value"] == pytest.approx(0.06 * ((0.45 + 1.05) * 21 / 2 + 0.2 * 11 / 2), abs=1e-6)
    # What a factor counts: 0.08 Mtce in 2023, times 2.5, at 0.75 a Mt; 2.4 to 2.8.
    assert found["co2.coal"] == pytest.approx(0.2 * 0.75 * 0.4 / 2.5, abs=1e-6)


def ranged(item: str, quantity: str, value: float, *, low: float, high: float) -> list[Fact]:
    return [fact("numbers", item=item, quantity=quantity, **number(value) | {"low": low, "high": high})]


def test_what_only_a_shortage_prices_weighs_nothing() -> None:
    """All ore comes from a mine that gives just what is needed, 1 Mt: a tonne more is priced as one left short. Goods are bought at 3."""
    paper = Paper(
        name="scarce",
        says="",
        facts=(
            demand("ore", 1.0), demand("goods", 1.0), market("goods", 3.0), technology("mine", gives={"ore": 1.0}),
            [fact("existing", **label("shaft"), technology="mine", **number(1.0) | {"low": 0.9, "high": 1.1})],
        ),
        objective=3.0,
    )  # fmt: skip
    paper = also(paper, *(ranged(f"need_of_{name}", "amount", 1.0, low=0.9, high=1.1) for name in ("ore", "goods")))
    case = case_of(paper)
    found = weights(study_of(case, Options(gap=1e-9), Watch()).reference, levers(case))
    assert found == pytest.approx({"need_of_ore.amount": 0.0, "need_of_goods.amount": 3 * 0.2, "shaft.value": 0.0}, abs=1e-6)


@pytest.mark.parametrize(("paper", "weight"), [(SHORT, 0.0), (ADEQUACY, 0.2 * 2)], ids=["nothing firm can be built", "plant can be built"])
def test_firm_capacity_that_only_its_shortage_prices_weighs_nothing(paper: Paper, weight: float) -> None:
    """0.15 GW of firm capacity are missing, and 0.5 GW of plant stand, 0.4 to 0.6. Where nothing can be built, a GW more is priced as one left short;
    where plant costs 2 a GW, as the plant that it spares.
    """
    stands = [fact("existing", **label("plant_at_start"), technology="plant", **number(0.5) | {"low": 0.4, "high": 0.6})]
    case = case_of(also(paper, stands))
    found = weights(study_of(case, Options(gap=1e-9), Watch()).reference, levers(case))
    assert found == pytest.approx({"plant_at_start.value": weight}, abs=1e-6)


def test_the_heaviest_come_first_and_the_unrecorded_past_before_all(study: Any) -> None:
    known = levers(toy())
    assert [lever.name for lever in heaviest(study.reference, known, 3)] == [
        "coal_purchase.price",
        "heat_demand.amount",
        "discount_rate.value",
    ]
    past = Lever(HISTORY, "header", 0.0, 0.5, 1.0, "1", 1)
    assert [lever.name for lever in heaviest(study.reference, [*known, past], 2)] == [HISTORY, "coal_purchase.price"]


def over_scenarios(**decided: list[list[float]]) -> xr.Dataset:
    """Reference and four scenarios, c without a plan, d with one that leaves demand short; what is decided of each measure in 2021 and 2022, by scenario."""
    return xr.Dataset(
        {
            "objective": ("scenario", [1.0, 1.0, 1.0, np.nan, 1.0]), "status": ("scenario", ["optimal", "optimal", "optimal", "infeasible", "unserved"]),
            "decided": (("measure", "scenario", "year"), list(decided.values())), "measure_is_whole": ("measure", [name == "units" for name in decided]),
        },
        coords={"scenario": ["reference", "a", "b", "c", "d"], "measure": list(decided), "year": [2021, 2022]},
    )  # fmt: skip


def test_a_build_stands_where_every_scenario_with_a_plan_has_it_and_whole_units_in_one_number() -> None:
    none, short = [np.nan, np.nan], [0.0, 0.0]
    data = over_scenarios(
        amount=[[1.0, 0.0], [0.5, 0.0], [2.0, 1e-9], none, short],  # another amount each time: it stands; dust in 2022 is no build
        units=[[2.0, 1.0], [2.0, 1.0], [2.0, 2.0], none, short],  # two each time; one or two
        seldom=[[1.0, 0.0], [0.0, 0.0], [1.0, 1.0], none, short],  # not in a; in 2022 in b alone, and not in the reference
    )
    found = {(one.measure, one.year): one for one in builds_of(data, [2021, 2022])}
    assert {key for key, one in found.items() if one.stands} == {("amount", 2021), ("units", 2021)}
    assert {key for key, one in found.items() if not one.stands} == {("units", 2022), ("seldom", 2021), ("seldom", 2022)}
    assert found["seldom", 2021] == Build("seldom", 2021, 1.0, 0.0, 1.0, taken=1, of=2, whole=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs: the toy solved, and its tornado over the three numbers that weigh most."""
    from model.commands import paths

    runs = tmp_path_factory.mktemp("headline") / "runs"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(paths, "RUNS", runs)
        first = call("solve", "toy", "--days", 1, "--out", runs / "toy" / "plain")
        assert first.exit_code == 0 and says(first.stdout, "measures sweep toy --tornado --most 40 --days 1")
        made = call("sweep", "toy", "--tornado", "--most", 3, "--days", 1, "--out", runs / "toy" / "heavy")
        assert made.exit_code == 0, made.stderr
        later = call("solve", "toy", "--days", 1, "--out", runs / "toy" / "again")
        assert later.exit_code == 0 and says(later.stdout, "Over the 3 numbers that weigh most: 5 of 5 scenarios have a plan")
    return runs


def run_of(home: Path, name: str = "plain", **manifest: Any) -> Run:
    run = find_run(home, f"toy/{name}")
    return Run(run.folder, {**run.manifest, **manifest})


def known_of(home: Path, run: Run) -> Steadiness:
    return steadiness(run.manifest, run.results, home)


def test_a_run_finds_the_tornado_of_its_own_question(home: Path) -> None:
    found = known_of(home, run_of(home)).tornado
    assert found is not None and (found.study, found.numbers, found.scenarios, found.solved, found.without_plan) == (
        "toy/heavy",
        3,
        5,
        5,
        (),
    )
    names = list(open_study(home / "toy" / "heavy").answers)
    assert names[1:] == [
        "coal_purchase.price=low", "coal_purchase.price=high", "heat_demand.amount=low", "heat_demand.amount=high", "discount_rate.value=high",
    ]  # fmt: skip
    # At 13 coal gives way already in 2021, and at 6 % no roof is built: neither is so in the reference.
    builds = {(one.measure, one.year): one for one in found.builds}
    assert not builds["build_heat_pump", 2021].stands and builds["build_heat_pump", 2021].reference == 0.0
    assert not builds["build_rooftop_sun", 2022].stands and builds["build_rooftop_sun", 2022].taken == 4


@pytest.mark.parametrize(
    "other",
    [
        {"changes": ["coal_purchase.price=900"]},
        {"hashes": {"toy/numbers.csv": "another"}},
        {"options": {"days": 2, "dropped": [], "overlays": []}},
        {"options": {"days": 1, "dropped": ["co2_2023"], "overlays": []}},
        {"options": {"days": 1, "dropped": [], "overlays": ["strict"]}},
    ],
)
def test_a_tornado_of_other_inputs_or_options_is_never_used(home: Path, other: dict[str, Any]) -> None:
    run = run_of(home, **other)
    known = known_of(home, run)
    assert known == Steadiness(None, None, others=1)
    said = "\n".join(standing_lines(run.results, run.manifest, known, "en"))
    assert "tornados of other inputs or options: 1" in said and "measures sweep toy --tornado --most 40" in said


def test_other_decisions_are_another_question(home: Path) -> None:
    run = run_of(home)
    assert steadiness(run.manifest, run.results.assign_attrs(decide_from=2022), home).tornado is None


def test_the_command_repeats_the_options_of_the_run(home: Path) -> None:
    options = {"days": 0, "decide_from": 2022, "dropped": ["co2_2023"], "overlays": ["strict"]}
    run = run_of(home, options=options, changes=["*.price=*1.2"])
    command = standing_lines(run.results, run.manifest, None, "en")[-1]
    assert command.strip() == (
        'measures sweep toy --tornado --most 40 --with strict --set "*.price=*1.2" --drop co2_2023 --decide-from 2022 --days all'
    )
    sighted = {**run.manifest, "foresight": {}}
    assert standing_lines(run.results, sighted, None, "en") == []  # its decisions are made with other knowledge than a scenario's


def test_one_that_was_stopped_is_gone_on_with(home: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    shutil.copytree(home, runs)
    (runs / "toy" / "heavy" / DATASET).unlink()
    run = run_of(home)
    known = steadiness(run.manifest, run.results, runs)
    assert known.tornado is None and known.stopped == runs / "toy" / "heavy"
    assert standing_lines(run.results, run.manifest, known, "en")[-1] == f"  measures sweep --resume {known.stopped}"


def test_a_tornado_of_chosen_numbers_says_nothing_of_the_others(home: Path, own_runs: Path) -> None:
    made = call("sweep", "toy", "--tornado", "--most", 1, "--over", "*.price", "--days", 1, "--out", own_runs / "toy" / "prices")
    assert made.exit_code == 0
    content = json.loads((own_runs / "toy" / "prices" / CONTENT).read_text(encoding="utf-8"))
    assert content["asked"]["design"]["names"] == ["coal_purchase.price"]
    assert known_of(own_runs, run_of(home)) == Steadiness()


def test_the_screen_and_the_sheet_tell_what_stands_what_flips_and_what_has_no_plan(home: Path) -> None:
    run = run_of(home)
    builds = (Build("build_heat_pump", 2022, 0.4, 0.3, 0.5, 3, 3, whole=False), Build("close_boiler", 2022, 1.0, 1.0, 2.0, 3, 3, whole=True),
              Build("build_rooftop_sun", 2022, 0.1, 0.0, 0.1, 1, 3, whole=False), Build("build_rooftop_sun", 2023, 0.1, 0.0, 0.1, 2, 3, whole=False))  # fmt: skip
    found = Tornado("toy/made", 2, 4, 3, ("coal_purchase.price=low",), builds)
    text = "\n".join(standing_lines(run.results, run.manifest, Steadiness(found), "en"))
    assert "3 of 4 scenarios have a plan" in text and "stand in all: Heat pumps 2022" in text
    assert says(text, "flip: Rooftop PV 2022, 2023 (1-2/3); Close a coal boiler 2022 (other number)")
    assert "without a plan: coal_purchase.price=low" in text
    frame = builds_table(run.results, found, "zh").frame
    told = dict(zip(frame["measure"], frame["stands_or_flips"], strict=True))
    assert told == {"屋顶光伏": "随参数变化", "热泵供热": "稳定", "淘汰燃煤锅炉": "随参数变化"}


def test_the_workbook_holds_all_builds(home: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        from model.commands import paths

        patched.setattr(paths, "RUNS", home)
        assert call("export", "toy/plain", "--to", "csv", "--out", tmp_path / "tables").exit_code == 0
    lines = (tmp_path / "tables" / "builds-that-stand.csv").read_text(encoding="utf-8-sig").splitlines()
    found = known_of(home, run_of(home)).tornado
    assert found is not None and sum(line.startswith("202") for line in lines) == len(found.builds)
    assert (tmp_path / "tables" / "falls.csv").is_file() and TOY.is_dir()


def test_most_is_for_tornados_alone() -> None:
    asked = call("sweep", "toy", "--lhs", 4, "--most", 3)
    assert asked.exit_code == 2 and "--lhs" in asked.stderr
    assert json.loads(call("sweep", "toy", "--tornado", "--most", 3, "--dry-run", "--json").stdout)["scenarios"] == 5
