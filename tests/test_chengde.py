"""Chengde as its bureaus know it: what is listed by unit, what is ordered, who leads, and no line that jumps."""

from __future__ import annotations

import re

import pytest
from calling import ROOT

from model.case.read.case import Case, read_case


@pytest.fixture(scope="module")
def chengde() -> Case:
    return read_case(ROOT / "data" / "chengde")


def test_blast_furnaces_stand_by_unit_as_listed(chengde: Case) -> None:
    """Four of Chengsteel (8.106 Mt) and two of Jianlong (2.191 Mt) in the tracker's list; none below 1000 m3, so nothing closes."""
    furnaces = {row.id: row for row in chengde.tables["existing"] if row.technology.startswith("bf_")}
    assert len(furnaces) == 6 and {row.status for row in furnaces.values()} == {"sourced"}
    assert sum(row.value for row in furnaces.values()) == pytest.approx(8.106 + 2.191)
    assert min(row.value for row in furnaces.values()) > 1.01  # Mt a year of 1000 m3 by the swap table
    (record,) = [row for row in chengde.tables["facts"] if row.indicator == "small_blast_furnaces" and row.role == "record"]
    assert record.value == 0


def test_no_unit_is_named_that_was_made_up(chengde: Case) -> None:
    for row in chengde.tables["measures"]:
        assert not row.illustrative, row.id
        assert not re.search("示意|illustrative", f"{row.label_en}{row.label_zh}{''.join(row.unit_names)}"), row.id
    made_up = {row.technology for row in chengde.tables["existing"] if row.status == "illustrative"}
    assert made_up == {"other_abatement"}  # the backstop of the common tables, which stands for nobody's plant


def test_each_measure_is_led_by_a_bureau_of_its_clause(chengde: Case) -> None:
    """The lead stands in the clause's own list, others support it, and no bureau leads more than a quarter of all."""
    listed = {row.id: row.bureaus for row in chengde.tables["clauses"]}
    measures = chengde.tables["measures"]
    assert [row.id for row in measures if row.lead not in listed[row.clause]] == []
    assert [row.id for row in measures if not row.support or row.lead in row.support] == []
    leads = [row.lead for row in measures]
    assert max(leads.count(lead) for lead in set(leads)) <= len(measures) / 4


def test_orders_without_a_number_have_a_judged_one(chengde: Case) -> None:
    """淘汰, 全面 and 严格 without an amount are targets marked as estimates, with a range."""
    targets = {row.id: row for row in chengde.tables["targets"]}
    judged = ("small_boilers", "coal_homes", "refrigerants_2025", "refrigerants_2029", "kilns", "polluters", "natural_forest")
    for name in judged:
        target = targets[f"target_{name}"]
        assert target.status == "estimate" and target.low < target.high, name


def test_no_line_jumps_for_want_of_a_ramp(chengde: Case) -> None:
    """Wind, ground PV, roofs, trucks, cars, village heat and planting grow and shrink by shares; buses and cars leave by age."""
    grouped = {name for row in chengde.tables["ramps"] for name in row.measures}
    ids = {row.id for row in chengde.tables["measures"]}
    for start in ("wind_base", "pv_base", "pv_roof", "truck_to", "car_new_energy", "rural_to", "forest_"):
        assert {name for name in ids if name.startswith(start)} <= grouped, start
    told = {(row.item, row.quantity) for row in chengde.tables["numbers"]}
    assert all((row.id, quantity) in told for row in chengde.tables["ramps"] for quantity in ("up", "down", "start", "stop"))
    assert {("ex_bus_battery", "remaining"), ("ex_bus_cng", "remaining"), ("ex_car_petrol", "remaining")} <= told


def test_no_gas_or_diesel_bus_is_bought_after_the_plan(chengde: Case) -> None:
    last = {row.id: row.latest for row in chengde.tables["measures"]}
    assert last["bus_buy_cng"] == last["bus_buy_diesel"] == 2021


def test_no_source_is_a_form_to_fill_in(chengde: Case) -> None:
    worn = re.compile("no survey of the city|fitted to the services and fuels|[0-9] % of the potential a year|as planned, by judgement")
    assert [row.source for rows in chengde.tables.values() for row in rows if worn.search(getattr(row, "source", ""))] == []


def test_lines_of_the_bases_are_charged_as_pumped_storage_is(chengde: Case) -> None:
    """Whole cost a kW, on a technology that serves the region: both are shown whole and charged by the regional share."""
    serves = {row.id: row.serves for row in chengde.tables["technologies"]}
    acts = {row.item for row in chengde.tables["effects"] if row.measure in ("grid_projects", "pumped_luanping")}
    assert {serves[item] for item in acts} == {"region"}
    (cost,) = [row for row in chengde.tables["numbers"] if (row.item, row.quantity) == ("grid_projects", "investment")]
    assert cost.value == 350 and cost.unit == "CNY/kW"


def test_coal_and_pumped_storage_stand_as_recorded(chengde: Case) -> None:
    """1.72 GW of 2020 and Dongsheng's second unit; 3.6 GW of Fengning by the end of 2024, each year a record."""
    coal = sum(row.value for row in chengde.tables["existing"] if row.technology.startswith("chp_")) / 1000  # MW
    built = [row for row in chengde.tables["actuals"] if row.measure in ("chp_dongsheng_2", "pumped_fengning")]
    assert all(row.status in ("sourced", "mixed", "derived") for row in built)
    assert coal + sum(row.value for row in built if row.measure == "chp_dongsheng_2") == pytest.approx(1.75)
    assert sum(row.value for row in built if row.measure == "pumped_fengning") == pytest.approx(3.6)


ORDERED = (
    "sanitation_battery",
    "voc_source",
    "voc_treatment",
    "waste_sorting_project",
    "build_floor_near_zero",
    "build_floor_prefab",
    "retrofit_buildings",
)


def test_what_the_plan_orders_goes_on_each_year(chengde: Case) -> None:
    """A judged least amount rises in every year from 2027 to 2030, by no more than the pace: nothing stands still, then jumps."""
    insulation = [row.id for row in chengde.tables["measures"] if row.id.startswith("rural_insulate_")]
    for name in (*ORDERED, *insulation):
        told = {(row.quantity, row.year): row.value for row in chengde.tables["numbers"] if row.item == name}
        steps = [told["minimum", year] - told["minimum", year - 1] for year in (2028, 2029, 2030)]
        paces = [value for (quantity, _), value in told.items() if quantity == "pace"]
        assert min(steps) > 0 and max(steps) <= max(paces), name
    floor = [row.value for row in chengde.tables["numbers"] if (row.item, row.quantity) == ("waste_sorting", "utilisation_floor")]
    assert floor == [0.9]  # or an incinerator would take what is sorted


@pytest.mark.parametrize("measure", ["clinker_clean", "coking_clean"])
def test_cement_and_coke_reached_ultra_low_emissions_before_the_plan(chengde: Case, measure: str) -> None:
    """Hebei's limits hold for all lines and ovens: what was not there in 2020 is done by 2024, each year an estimate."""
    done = [row for row in chengde.tables["actuals"] if row.measure == measure]
    (all_of_it,) = [row.value for row in chengde.tables["numbers"] if (row.item, row.quantity) == (measure, "potential")]
    assert {row.status for row in done} == {"estimate"} and max(row.year for row in done) <= 2024
    assert sum(row.value for row in done) == pytest.approx(all_of_it)


def test_growth_of_delivery_turns_to_batteries(chengde: Case) -> None:
    """No diesel van is bought for growth from 2030 on, and batteries alone can serve what grows: (800 - 740) Mvkm / 30 000 km / 5 years."""
    told = {(row.item, row.quantity, row.year): row.value for row in chengde.tables["numbers"]}
    grown = (told["demand_city_service", "amount", 2030] - told["demand_city_service", "amount", 2025]) / 5
    assert told["service_diesel_new", "pace", 2030] == 0
    assert told["delivery_battery_growth", "pace", 2030] >= grown / 30  # thousand vehicles of 30 Mvkm
    assert told["delivery_battery_growth", "pace", 2027] + told["service_diesel_new", "pace", 2027] >= grown / 30


def test_works_and_leads_stand_where_they_are(chengde: Case) -> None:
    """Jianlong is at Ping'anbao in Xinglong; roofs are led by the energy bureau, scrapped cars by commerce, motors by industry."""
    rows = [*chengde.tables["measures"], *chengde.tables["existing"]]
    assert {row.county for row in rows if row.id.endswith("_jianlong")} == {"xinglong"}
    leads = {row.id: row.lead for row in chengde.tables["measures"]}
    assert {lead for name, lead in leads.items() if name.startswith("pv_roof_")} == {"bureau_reform"}
    assert (leads["car_scrap"], leads["motor_renewal"]) == ("bureau_commerce", "bureau_industry")
