"""A run handed to other models: the IAMC's table, described tables and one netCDF file, all with the workbook's own numbers."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xarray as xr
from calling import ROOT, TOY, call
from paper import GAP, Paper
from paper_case import case_of
from papers.allowances import BOUGHT
from papers.building import BUILT_IN_A_CUT_SPAN
from papers.ramps import UNDER_WAY
from papers.seasons import YEAR
from papers.transfers import TAX
from reporting import report_of

from model.case.faults import CodedError
from model.case.read.case import read_case
from model.case.tables.exchange import Counterpart
from model.case.units.iamc_template import branch_of
from model.report.exchange.iamc import iamc_lines, iamc_rows
from model.report.exchange.netcdf import described, described_results
from model.report.writers.exchange_csv import write_rows
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

EJ_OF_TWH, EJ_OF_MTCE = 0.0036, 0.0293076
CITIES = ("chengde", "shijiazhuang")
SAVES = ("power_saved_industry", "power_saved_data")  # they give back what is used elsewhere, as insulated buildings do
MADE = ("electricity", "district_heat", "hydrogen", "coke", "straw")  # what is made and is a carrier of final energy


def lines_of(toy: SolvedCase) -> dict[str, list[float]]:
    return {line.variable: line.amounts.tolist() for line in iamc_lines(toy.results, read_case(TOY))}


def test_variables_of_the_toy_are_those_of_the_paper(toy: SolvedCase) -> None:
    """2023: coal gives half of 1 TWh of heat from 0.08 Mtce, heat pumps the other half, roofs of 0.2 GW give 0.2 TWh; 2022: 4 for pumps, 7 for a roof in 亿元, 1 for a closure."""
    found = lines_of(toy)
    assert found["Secondary Energy|Heat|Coal"] == pytest.approx([EJ_OF_TWH, 0.6 * EJ_OF_TWH, 0.5 * EJ_OF_TWH], rel=1e-6)
    assert found["Secondary Energy|Heat"] == pytest.approx([EJ_OF_TWH] * 3, rel=1e-6)
    assert found["Primary Energy|Coal"][-1] == pytest.approx(0.08 * EJ_OF_MTCE, rel=1e-6)
    assert found["Emissions|CO2|Energy"] == pytest.approx([0.4, 0.24, 0.2], rel=1e-6)
    for name in ("Capacity|Electricity|Solar|PV", "Capacity|Electricity|Solar", "Capacity|Electricity"):
        assert found[name] == pytest.approx([0, 0.1, 0.2], abs=1e-6)
    assert found["Measures|Indicator|boilers"] == pytest.approx([2, 1, 1], abs=1e-6)
    assert found["Measures|Investment"] == pytest.approx(
        [a + b for a, b in zip(found["Investment|Energy Supply|Electricity"], found["Investment|Energy Supply|Heat"], strict=True)]
    )


def test_numbers_are_those_of_the_workbook(toy: SolvedCase) -> None:
    """What is built, given off and paid, as its tables have it; cash in 十亿元 against 亿元."""
    tables, found, years = report_of(toy, "en").tables, lines_of(toy), toy.results["year"].values.tolist()
    capacity = {row["_id"]: row for row in tables["capacity"].frame.to_dict("records")}
    assert found["Capacity|Electricity|Solar|PV"] == pytest.approx([capacity["rooftop_sun"][year] for year in years])
    assert found["Measures|Capacity|heat_pump"] == pytest.approx([capacity["heat_pump"][year] for year in years])
    (co2,) = [row for row in tables["indicators"].frame.to_dict("records") if row.get("_id") == "co2" or row.get("indicator") == "CO2"][:1]
    assert found["Emissions|CO2|Energy"] == pytest.approx([co2[year] for year in years])
    paid = [row for row in tables["investment-by-measure"].frame.to_dict("records") if not row.get("_total")]
    assert [10 * value for value in found["Measures|Investment"]] == pytest.approx([sum(row[year] for row in paid) for year in years])


def test_heads_and_units_are_the_templates(toy: SolvedCase, toy_run: dict[str, Any]) -> None:
    head, *rows = iamc_rows(toy.results, {"run": "toy/plain"}, read_case(TOY))
    assert head == ["Model", "Scenario", "Region", "Variable", "Unit", 2021, 2022, 2023]
    assert {(row[1], row[2]) for row in rows} == {("toy/plain", "toy")} and rows[0][0].startswith("measures ")
    units = {row[3]: row[4] for row in rows}
    assert len(units) == len(rows) and units["Emissions|CO2|Energy"] == "Mt CO2/yr" and units["Capacity|Electricity"] == "GW"
    assert {units[name] for name in units if name.endswith("Heat") and "Investment" in name} == {"billion CNY_2020/yr"}
    assert all(name.startswith("Measures|") for name in units if not known(name))


def known(variable: str) -> bool:
    try:
        return bool(branch_of(variable))
    except CodedError:
        return False


@pytest.mark.parametrize("city", [*CITIES, "toy"])
def test_every_name_is_of_the_template_and_whatever_makes_a_carrier_has_one(city: str) -> None:
    """What makes power, heat, hydrogen, coke or straw and had no row would be taken off final use instead. Storage makes none, and what saves is meant to."""
    case = read_case(ROOT / "data" / city)
    rows: Sequence[Counterpart] = case.tables["iamc"]
    assert rows and all(known(row.variable) for row in rows)
    named = {(row.item, row.flow) for row in rows if row.amount == "output"}
    counted = {row.item for row in rows if row.flow == "generation_total"}
    technologies = {row.id: row for row in case.tables["technologies"]}
    for flow in case.tables["flows"]:
        technology = technologies[flow.technology]
        makes = flow.commodity in MADE and (flow.value or 0) > 0 and technology.operation not in ("saving", "storage")
        if makes and technology.id not in SAVES and technology.sector != "buildings":
            assert (technology.id, flow.commodity) in named or technology.id in counted, (technology.id, flow.commodity)


def test_a_row_that_fits_no_unit_is_told(toy: SolvedCase) -> None:
    case = read_case(TOY)
    for variable, code in (("Emissions|Mercury", "iamc_unit_unknown"), ("Capacity|Electricity|Coal", "iamc_unit_unfit")):
        row = Counterpart(item="co2", amount="total", variable=variable, reason="made up")
        with pytest.raises(CodedError) as told:
            iamc_lines(toy.results, replaced(case, [row]))
        assert told.value.code == code


def replaced(case: Any, rows: list[Counterpart]) -> Any:
    return replace(case, tables={**case.tables, "iamc": rows})


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    write_rows(tmp_path / "x.csv", [["Model", "Unit", 2021], ["=1+1", "@x", float("nan")], ["m", "-", 1.5]])
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "Model,Unit,2021\n'=1+1,'@x,\nm,-,1.5\n"


def test_export_writes_each_form_once(toy_run: dict[str, Any], tmp_path: Path) -> None:
    for form, name in (("iamc", "iamc.csv"), ("netcdf", "all.nc"), ("csv", "tables")):
        out = tmp_path / name
        told = call("export", toy_run["run"], "--to", form, "--out", out, "--json")
        assert told.exit_code == 0 and json.loads(told.stdout) == {"written": str(out)}, told.stderr
        before = sorted(path.name for path in out.iterdir()) if out.is_dir() else out.read_bytes()
        assert call("export", toy_run["run"], "--to", form, "--out", out).exit_code == 2, "what is there is not written over"
        assert before == (sorted(path.name for path in out.iterdir()) if out.is_dir() else out.read_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.nc", "iamc.csv", "tables"], "nothing half-written is left"
    for form, name in (("iamc", "public.csv"), ("netcdf", "public.nc"), ("xlsx", "public.xlsx")):
        refused = call("export", toy_run["run"], "--to", form, "--public", "--out", tmp_path / name)
        assert refused.exit_code == 2 and "--public" in refused.stderr and not (tmp_path / name).exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_file_and_column_is_described(toy_run: dict[str, Any], tmp_path: Path, language: str) -> None:
    out = tmp_path / "csv"
    assert call("export", toy_run["run"], "--to", "csv", "--out", out, "--lang", language).exit_code == 0
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in package["resources"]} == {path.name for path in out.glob("*.csv")} and package["sources"]
    for one in package["resources"]:
        raw = (out / one["path"]).read_bytes()
        assert one["bytes"] == len(raw) and one["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        head, *rows = csv.reader(raw.decode(one["encoding"]).splitlines())
        fields = one["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        for place, field in enumerate(fields):
            cells = [row[place] for row in rows if len(row) == len(head) and row[place] != ""]
            assert field["type"] == "string" or all(float(cell) == float(cell) for cell in cells)
            assert field["type"] != "integer" or all(float(cell).is_integer() for cell in cells)
    (capacity,) = [one for one in package["resources"] if one["name"] == "capacity"]
    assert [field["description"] for field in capacity["schema"]["fields"] if field["name"] == "2023"], "the unit of its numbers"


def test_public_tables_name_no_unit_and_bear_no_ids(toy_run: dict[str, Any], tmp_path: Path) -> None:
    assert call("export", toy_run["run"], "--to", "csv", "--public", "--out", tmp_path / "csv").exit_code == 0
    text = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / "csv").iterdir())
    assert "Boiler 1" not in text and "close_boiler" not in text and "coal_boiler" not in text and "CO2" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_file_of_results_explains_itself(toy: SolvedCase, toy_run: dict[str, Any], tmp_path: Path, language: str) -> None:
    assert call("export", toy_run["run"], "--to", "netcdf", "--out", tmp_path / "a.nc", "--lang", language).exit_code == 0
    with xr.open_dataset(tmp_path / "a.nc") as found:
        assert found.attrs["Conventions"] == "CF-1.11" and found.attrs["title"]
        assert not [name for name, column in found.variables.items() if not column.attrs.get("long_name")]
        assert found["capacity"].attrs["ancillary_variables"] == "technology_capacity_unit" in found
        assert found["activity"].attrs["units"] == "GW" and found["spend"].attrs["units"] == "1e8 CNY"
        for name in ("capacity", "indicator_value", "row_price"):
            xr.testing.assert_allclose(found[name].reset_coords(drop=True), toy.results[name].reset_coords(drop=True))
        assert float((found["activity"] * found["day_weight"]).sum() / 1000) == pytest.approx(
            float((toy.hours["activity"] * toy.hours["day_weight"]).sum() / 1000)
        )


@pytest.mark.parametrize("paper", [BOUGHT, TAX, YEAR, BUILT_IN_A_CUT_SPAN, UNDER_WAY], ids=lambda one: one.name)
def test_what_only_some_cases_have_is_described_too(paper: Paper) -> None:
    """Allowances, transfers, storage over days, a past, a ramp with a floor."""
    made = solve(case_of(paper), Options(gap=GAP))
    whole = described_results(made.results, made.hours, made.manifest, "en")
    assert not [name for name, column in whole.variables.items() if not column.attrs.get("long_name")]


def test_described_variables_say_which_unit_or_none() -> None:
    for name, one in described().items():
        assert all(one.names.values()) and not (one.unit and one.unit_of and " per " not in one.unit_of), name
