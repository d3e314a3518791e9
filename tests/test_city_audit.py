"""Stored runs worked out again by a script that shares no code with the program: the toy always, the cities in `make prove`."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
import xarray as xr
from calling import ROOT, call
from city_audit.compare import compared, differing
from city_audit.run import open_run
from city_audit.units import converted
from city_audit.years import Years, annuity

AUDIT = ROOT / "tests" / "city_audit"
COST = ("investment", "upkeep_of_measures", "upkeep", "variable", "purchases", "revenue", "unserved", "all")

# Of each file of the toy, what is written otherwise.
RENEWED = {
    "case.yaml": ("[2021, 2022, 2023]", "[2021, 2022, 2030]"),
    "settings.csv": ("实际贴现率,0,1/yr", "实际贴现率,0.06,1/yr"),
    "measures.csv of boilers": ("heat_company,,retire,", "heat_company,,replace,"),
    "measures.csv of roofs": ("build,GW,no,yes", "build,GW,yes,yes"),
    "numbers.csv of boilers": ("close_boiler,lifetime,,10,yr,10,10", "close_boiler,lifetime,,3,yr,3,3"),
    "numbers.csv of pumps": ("build_heat_pump,lifetime,,20,yr,20,20", "build_heat_pump,lifetime,,3.5,yr,3.5,3.5"),
    "numbers.csv of roofs": ("build_rooftop_sun,lifetime,,20,yr,20,20", "build_rooftop_sun,lifetime,,5,yr,5,5"),
    "numbers.csv of power": ("power_purchase,price,,0.4,CNY/kWh,0.35,0.5", "power_purchase,price,,4,CNY/kWh,0.35,5"),
}
OF_ROOFS = (("unit_size", "", 0.05, "GW"), ("potential", "", 0.1, "GW"), ("upkeep", "", 0.1, "亿元/GW"), ("committed", 2021, 0.1, "GW"))


def solved(case: str, into: Path, *options: str) -> Path:
    """A run made by the program."""
    assert call("solve", case, "--out", into, *options).exit_code == 0
    return into


def test_the_audit_shares_no_code_with_the_program() -> None:
    for path in AUDIT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [name.name for name in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not [name for name in names if (name or "").split(".")[0] in ("model", "cli", "tiny_case", "paper")], path.name


@pytest.fixture(scope="module")
def toy(toy_run: dict) -> Path:
    return Path(toy_run["run"])


def test_the_toy_agrees(toy: Path) -> None:
    """Every number, among them each part of the cost; in all 6.10 as on paper: 2.00 + 2.05 + 2.05."""
    numbers = list(compared(open_run(toy)))
    assert [one.item for one in numbers if one.family == "cost"] == list(COST)
    assert {one.family for one in numbers} >= {"level", "capacity", "investment_cash", "trade_value", "spend", "indicator_value", "balance"}
    assert [str(one) for one in numbers if one.apart > 1e-6] == []
    assert next(one.here for one in numbers if one.item == "all") == pytest.approx(6.10, abs=1e-4)


def test_what_ends_and_is_renewed_agrees(tmp_path: Path) -> None:
    """The toy over uneven spans at 6 %: pumps of 3.5 years, boilers replaced for 3 years at a time and closed for ever, roofs in whole units of
    5 years, of which the second of each waits for the first, with upkeep."""
    case = tmp_path / "renewed"
    shutil.copytree(ROOT / "data" / "toy", case)
    for name, (old, new) in RENEWED.items():
        path = case / name.split()[0]
        text = path.read_text(encoding="utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new), encoding="utf-8")
    with (case / "numbers.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"build_rooftop_sun,{quantity},{year},{value},{unit},,,derived,made up\n" for quantity, year, value, unit in OF_ROOFS
        )
    run = solved(str(case), tmp_path / "run")
    assert [str(one) for one in differing(run)] == []
    with xr.open_dataset(run / "results.nc") as results:
        assert results["deferred"].sel(measure="build_rooftop_sun").max() > 0
        assert results["build"].sel(measure="close_boiler").sum() > results["closed"].sel(measure="close_boiler").sum() > 0


def test_a_run_with_a_past_agrees_and_keeps_its_record(tmp_path: Path) -> None:
    """The toy decided from 2022: 0.1 TWh of heat pumps are on record in 2021. A little more of them is found."""
    run = solved("toy", tmp_path / "run", "--decide-from", "2022")
    numbers = list(compared(open_run(run)))
    assert [str(one) for one in numbers if one.apart > 1e-6] == []
    assert [(one.item, one.year, one.here) for one in numbers if one.family == "record"] == [("build_heat_pump", 2021, 0.1)]
    with xr.open_dataset(run / "results.nc") as stored:
        results = stored.load()
    results["build"].loc[{"measure": "build_heat_pump", "build_year": 2021}] *= 1 + 1e-5
    results.to_netcdf(run / "results.nc")
    assert "record" in {one.family for one in differing(run)}


@pytest.mark.parametrize(
    ("variable", "at", "family"),
    [
        ("build", {"measure": "build_heat_pump", "build_year": 2022}, "level"), ("capacity", {"technology": "coal_boiler", "year": 2023}, "capacity"),
        ("cost", {"component": "purchases"}, "cost"), ("investment_cash", {"measure": "close_boiler", "year": 2022}, "investment_cash"),
        ("indicator_value", {"indicator": "co2", "year": 2023}, "indicator_value"), ("trade", {"market": "coal_purchase", "year": 2021}, "balance"),
    ],
)  # fmt: skip
def test_a_number_that_is_off_by_a_hundred_thousandth_is_found(toy: Path, tmp_path: Path, variable: str, at: dict, family: str) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(toy, spoilt)
    with xr.open_dataset(toy / "results.nc") as stored:
        results = stored.load()
    results[variable].loc[at] *= 1 + 1e-5
    results.to_netcdf(spoilt / "results.nc")
    assert family in {one.family for one in differing(spoilt)}


def test_a_run_with_changed_numbers_is_refused(tmp_path: Path) -> None:
    changed = solved("toy", tmp_path / "changed", "--set", "coal_purchase.price=11")
    with pytest.raises(ValueError, match="its inputs do not hold"):
        open_run(changed)


def test_annuities_on_paper() -> None:
    """At 10 % two years cost 1 / (1/1.1 + 1/1.21) = 0.57619 a year; a year and a half 1 / (1/1.1 + 0.5/1.21) = 0.75625."""
    assert annuity(2, 0.1) == pytest.approx(0.5761905)
    assert annuity(1.5, 0.1) == pytest.approx(0.75625)


def test_spans_on_paper() -> None:
    """2030 stands for 2022 to 2030; what is built in it to last three years is in force to its end, what lasts twelve to 2033."""
    years = Years(2020, (2021, 2030, 2040), 0.0)
    assert list(years.span(2030)) == list(range(2022, 2031))
    assert years.share(2030, years.in_force(2022, 2030, 3)) == 1
    assert years.share(2040, years.in_force(2022, 2030, 3)) == 0
    assert years.share(2040, years.in_force(2022, 2030, 12.5)) == pytest.approx(3.5 / 10)


def test_units_on_paper() -> None:
    assert converted(1, "CNY/kWh", "亿元/TWh") == pytest.approx(10)
    assert converted(2.16, "kg/m3", "Mt/Gm3") == pytest.approx(2.16)
    assert converted(10, "万千瓦", "GW") == pytest.approx(0.1)
    with pytest.raises(ValueError, match="dimensions"):
        converted(1, "tce", "t")


@pytest.mark.prove
@pytest.mark.parametrize("city", ["chengde", "shijiazhuang"])
def test_a_city_agrees(city: str, tmp_path: Path) -> None:
    """Each part of the cost, capacity, level and cash of each year, every indicator (CO2 in each boundary), and balances."""
    run = solved(city, tmp_path / city, "--days", "1", "--gap", "0.01")
    assert [str(one) for one in differing(run)] == []
