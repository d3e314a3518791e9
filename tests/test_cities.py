"""The two cities: sound data, a base year that meets its facts, plans proven on twelve days (long)."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT

from model.case.checks.check import check
from model.case.parameters.history import RECORDED
from model.case.read.case import Case, read_case
from model.case.read.forecasts import forecasts
from model.case.tables.columns import Quantified
from model.study.plan.base import base_records

CITIES = ("chengde", "shijiazhuang")
WORKS = ("承钢", "建龙", "敬业", "澳森")
PETROL_CARS = {"chengde": "car_petrol_new", "shijiazhuang": "buy_car_petrol"}
seconds_allowed, gigabytes_allowed = 600, 2.0


@pytest.fixture(scope="module", params=CITIES)
def city(request: pytest.FixtureRequest) -> Case:
    return read_case(ROOT / "data" / request.param)


def test_data_has_no_faults(city: Case) -> None:
    assert check(city.folder) == []


def test_every_number_says_where_it_comes_from(city: Case) -> None:
    for table, rows in city.tables.items():
        for row in rows:
            if isinstance(row, Quantified):
                assert row.source.strip() and row.status, table
                if row.status in ("estimate", "illustrative") and row.value is not None:
                    assert row.low is not None and row.high is not None, (table, row)


def test_illustrative_units_are_marked(city: Case) -> None:
    """What is made up in the stock is marked in every measure that takes from it."""
    made_up = {row.technology for row in city.tables["existing"] if row.status == "illustrative"}
    marked = {row.id: row.illustrative for row in city.tables["measures"]}
    touched = {effect.measure for effect in city.tables["effects"] if effect.item in made_up and effect.value < 0}
    assert all(marked[measure] for measure in touched)


def test_plant_that_no_list_names_is_told_by_kind_and_place(city: Case) -> None:
    """No list of sinter machines or pellet furnaces is published: no works' name stands by what is estimated of them, and the word estimate does."""
    beside = [
        row
        for table in ("technologies", "existing", "measures")
        for row in city.tables[table]
        if any(kind in row.id for kind in ("sinter_", "pellet_"))
    ]
    assert beside and not [row.id for row in beside if any(works in row.label_zh for works in WORKS)]
    stock = {row.technology for row in city.tables["existing"] if row in beside}
    told = [row.label_zh for row in beside if row.id in stock or getattr(row, "technology", None) in stock]
    assert told and all("（估计）" in label for label in told)


def test_village_heating_is_counted_in_households(city: Case) -> None:
    assert {row.unit for row in city.tables["measures"] if row.id.startswith("rural_to_")} == {"thousand_households"}


def test_no_pumped_storage_is_begun_and_done_within_a_year(city: Case) -> None:
    acting = {row.measure for row in city.tables["effects"] if row.item.startswith("pumped_storage")}
    assert acting and min(row.lead_time for row in city.tables["measures"] if row.id in acting) >= 5


def test_what_owners_buy_by_themselves_is_nobodys_task(city: Case) -> None:
    """Petrol cars are bought and coal boilers renewed, and no plan orders them; battery cars and buses stand in its words."""
    bought = {row.id for row in city.tables["measures"] if row.kind in ("buy", "replace") and row.usual}
    found = forecasts(city)
    assert ("renew_boiler_large" in found) == ("renew_boiler_large" in bought)
    assert found <= bought and {name for name in found if "car" in name} == {PETROL_CARS[city.header.id]}
    assert not found & {"car_new_energy", "bus_buy_battery", "buy_car_battery", "buy_bus_battery", "buy_truck_battery"}


def test_what_is_retired_is_standing_stock(city: Case) -> None:
    """A closure is for ever: what comes back and has to be cleared each year (scattered works) is no closure, or less than none would be left."""
    technologies = {row.id for row in city.tables["technologies"]}
    taken_from = {effect.measure for effect in city.tables["effects"] if effect.item in technologies}
    assert [row.id for row in city.tables["measures"] if row.kind == "retire" and row.id not in taken_from] == []


def test_base_year_meets_its_facts(city: Case) -> None:
    """Exact facts within 5 % without any residual; fitted and held-out totals inside their range; one total held out."""
    records = base_records(city, days=4)
    missed = [(record["id"], record["total"], record["fact"]) for record in records if record["within"] is False]
    assert missed == []
    assert sum(record["role"] == "held_out" for record in records) == 1
    assert sum(record["role"] == "exact" for record in records) >= 4


def test_the_residual_is_never_negative(city: Case) -> None:
    assert all(row.value >= 0 for row in city.tables["residuals"])


@pytest.mark.prove
@pytest.mark.parametrize("name", CITIES)
def test_twelve_days_within_time_and_memory(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "solve", name, "--days", "12", "--json", "--out", str(tmp_path / "run")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["gap"] <= 1e-3 and answer["audit"]["worst"] <= 1e-6
    assert all(row["met"] for row in answer["targets"] if row["enforced"])
    assert answer["seconds"]["total"] < seconds_allowed
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6 < gigabytes_allowed


@pytest.mark.prove
@pytest.mark.parametrize("name", CITIES)
def test_two_solves_of_a_city_give_the_same_schedule(name: str, tmp_path: Path) -> None:
    answers = []
    for place in ("first", "second"):
        words = [sys.executable, str(ROOT / "cli.py"), "solve", name, "--days", "2", "--json", "--out", str(tmp_path / place)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        answers.append(json.loads(done.stdout))
    assert answers[0]["objective"] == answers[1]["objective"]
    assert answers[0]["measures"] == answers[1]["measures"]


@pytest.mark.prove
@pytest.mark.parametrize("name", CITIES)
def test_a_plan_decided_from_2027_keeps_what_was_built(name: str, tmp_path: Path) -> None:
    words = [
        sys.executable,
        str(ROOT / "cli.py"),
        "solve",
        name,
        "--days",
        "2",
        "--decide-from",
        "2027",
        "--json",
        "--out",
        str(tmp_path / "run"),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    answer = json.loads(done.stdout)
    late = [one["target"] for one in answer["past"]["onward"] if one["dated"] >= 2027]
    assert (done.returncode == 3) == (answer["status"] == "out_of_reach") == bool(late)
    built = {(row["id"], row["year"]): row["build"] for row in answer["measures"]}
    actuals = [row for row in read_case(ROOT / "data" / name).tables["actuals"] if row.value]
    sure = {
        (row.measure, row.year) for row in actuals if row.status in RECORDED or (row.low or 0.0) > 0
    }  # an estimate may begin at nothing
    assert sure and all(built.get(key, 0.0) > 0 for key in sure)
    assert not [row for row in answer["targets"] if row["enforced"] and row["year"] < 2027]


@pytest.mark.prove
def test_the_workbook_prints(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the workbook was not rendered")
    words = [sys.executable, str(ROOT / "cli.py"), "solve", "toy", "--lang", "zh", "--out", str(tmp_path / "run")]
    subprocess.run(words, capture_output=True, check=True)
    book = tmp_path / "run" / "build-schedule.xlsx"
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)], capture_output=True, check=True, timeout=180
    )
    assert (tmp_path / "build-schedule.pdf").stat().st_size > 10_000
