"""Shijiazhuang's rows say what is on file: listed units, what leaves leaves, like for like at most, orders judged, one bureau that leads."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from calling import ROOT

from model.case.parameters.numbers import Numbers
from model.case.read.case import Case, read_case

most_led_by_one = 0.3  # energy is the Development and Reform Commission's in China: 64 of 228
smallest_large = 1.0  # Mt a year of a furnace of 1000 m3, by the capacity table of the swap rule (650 m3 0.742, 1200 m3 1.13)
city_share = {"build_pv_utility": 0.04, "rooftop_": 0.12}  # of what Hebei added
added_in_hebei = {  # GW, National Energy Administration: utility-scale and distributed PV
    "build_pv_utility": {2021: 2.158, 2022: 3.353, 2023: 10.297, 2024: 12.703, 2025: 5.791},
    "rooftop_": {2021: 5.165, 2022: 5.987, 2023: 5.314, 2024: 5.157, 2025: 6.814},
}
orders = {  # words by which the plan orders a thing, and the target that holds the least of it
    "严禁新增产能": "steel_no_new", "淘汰时限": "small_furnaces_2030", "动态清零": "scattered_zero", "非二氧化碳": "hfc_2029", "淘汰煤电落后产能": "inefficient_coal_2030",
    "等容量置换": "shangan_2030", "全面实施超低排放": "ule_steel_all", "禁燃": "no_burn_2025", "全覆盖": "monitoring_full", "淘汰老旧": "old_trucks_2025",
    "全面执行绿色建筑": "green_building_all", "强制性清洁生产审核": "audits_2025", "逐步停止": "plastic_2030",
}  # fmt: skip


@cache
def case() -> Case:
    return read_case(ROOT / "data" / "shijiazhuang")


def path(item: str, quantity: str) -> dict[int, float]:
    return {row.year: row.value for row in case().tables["numbers"] if (row.item, row.quantity) == (item, quantity)}


def straight(points: dict[int, float], year: int) -> float:
    years = sorted(points)
    before, after = max(y for y in years if y <= year), min((y for y in years if y >= year), default=years[-1])
    share = (year - before) / (after - before) if after > before else 0.0
    return points[before] + share * (points[after] - points[before])


def test_furnaces_are_those_on_file() -> None:
    """Three of Jingye's were swapped for two at 1.15 : 1 (3 x 1.02 / 1.15 = 2 x 1.33); below 1000 m3 are two of Aosen alone."""
    rows = [row for row in case().tables["existing"] if row.technology.startswith("bf_")]
    size = {row.id: Numbers(case(), ()).canonical("existing", row) for row in rows}
    assert {row.status for row in rows} == {"sourced"}
    assert sum(size[f"bf_jingye_{n}"] for n in (1, 2, 3)) / 1.15 == pytest.approx(size["bf_jingye_b"] + size["bf_jingye_c"], rel=0.01)
    assert {row.id: row.until for row in rows if row.until} == {f"bf_jingye_{n}": 2020 for n in (1, 2, 3)}
    assert {row.id for row in rows if size[row.id] < smallest_large} == {"bf_aosen_6", "bf_aosen_7"}


def test_no_made_up_unit_bears_a_name() -> None:
    named = [row for row in case().tables["measures"] if row.unit_names]
    assert named and not [row.id for row in named if row.illustrative or any("示意" in name for name in row.unit_names)]
    assert not [row.id for row in case().tables["measures"] if "示意" in row.label_zh or "llustrative" in row.label_en]


def test_old_coal_units_are_replaced_and_not_kept_alive() -> None:
    """Clause 5 orders replacement: no unit of 300 to 350 MW has a second life, Xibaipo 7 and 8 are permitted, one of Shang'an follows by 2030."""
    technology = {effect.measure: effect.item for effect in case().tables["effects"] if effect.measure.startswith("extend_")}
    assert set(technology.values()) == {"coal_supercritical", "chp_supercritical"}
    assert path("replace_xibaipo_1_2", "committed") == path("replace_xibaipo_3_4", "committed") == {2027: 1}
    closed = {
        effect.measure
        for effect in case().tables["effects"]
        if effect.item.startswith(("coal_", "chp_")) and effect.measure.startswith("retire_")
    }
    assert closed and {row.earliest for row in case().tables["measures"] if row.id in closed} == {
        2027
    }  # none was closed to July 2024 (GEM)


@pytest.mark.parametrize("stock", ["car_petrol_2020", "taxi_petrol_2020", "taxi_cng_2020", "service_diesel_2020", "landfill_raw_2020"])
def test_what_leaves_leaves(stock: str) -> None:
    """No petrol car of 2020 drives in 2060, and no raw waste is landfilled: each stock falls to nothing and never grows."""
    left = [value for _, value in sorted(path(stock, "remaining").items())]
    assert left[-1] == 0 and left == sorted(left, reverse=True)


def test_no_landfill_takes_raw_waste_after_2025() -> None:
    """Neither the landfill of 2020 nor one with its gas collected: what stood there would take what incinerators have room for."""
    assert straight(path("landfill_raw_2020", "remaining"), 2026) == 0
    assert [straight(path("landfill_gas", "utilisation_ceiling"), year) for year in (2025, 2026, 2060)] == [1, 0, 0]
    assert not [effect.measure for effect in case().tables["effects"] if effect.item == "landfill_raw"]


def test_what_an_order_has_built_is_used() -> None:
    """Plastics forbidden are not used again: a ban that is built and stands idle would meet its target with nothing avoided."""
    assert path("plastic_avoided", "utilisation_floor") == {None: 1}


@pytest.mark.parametrize(
    "measure",
    ["build_floor_star", "build_floor_prefab", "build_floor_near_zero", "retrofit_existing", "voc_source", "voc_end",
     "recycling_network", "electrify_buildings", "water_saving_farming", "restore_wetland"],
)  # fmt: skip
def test_what_the_plan_orders_for_now_is_begun_before_2031(measure: str) -> None:
    """Each least amount is judged and can be had at the slower pace of its range, counted from the first year that is decided."""
    least, rows = path(measure, "minimum"), [row for row in case().tables["numbers"] if row.item == measure]
    pace = {row.year: row.low for row in rows if row.quantity == "pace"}
    built = 0.0
    assert least[2030] > 0 and {row.status for row in rows if row.quantity == "minimum"} == {"estimate"}
    for year in range(2027, 2031):
        built += pace[None] if None in pace else straight(pace, year)
        assert least.get(year, 0.0) <= built, year


@pytest.mark.parametrize("plant", ["shangan_3_4", "xibaipo_5_6", "shangan_5_6", "yuhua_1_2", "liangcun_1_2", "luhua_1_2"])
def test_both_units_of_a_plant_are_flexible_by_2030(plant: str) -> None:
    """One overhaul a plant and year, in 2029 and 2030 at the latest; the order ends before the units do."""
    assert path(f"flex_{plant}", "minimum") == {2029: 1, 2030: 2, 2031: 0}
    assert {row.latest for row in case().tables["measures"] if row.id == f"flex_{plant}"} == {2030}


def test_no_coal_kiln_is_renewed_after_2026() -> None:
    assert [straight(path("renew_furnace_coal", "pace"), year) for year in (2026, 2027, 2060)] == [1, 0, 0]


@pytest.mark.parametrize(("measure", "most"), [("build_pv_utility", 3.2), ("rooftop_", 1.4)])
def test_no_county_s_pv_jumps_as_decisions_begin(measure: str, most: float) -> None:
    """What may be added in 2027 against what 2026 adds, county by county: threefold on slopes, where 2026 stood almost still."""
    last = {row.measure: row.value for row in case().tables["actuals"] if row.measure.startswith(measure) and row.year == 2026}
    assert last and {k: value for k, value in last.items() if straight(path(k, "pace"), 2027) > most * value} == {}


@pytest.mark.parametrize("measure", ["buy_car_petrol", "buy_truck_vi"])
def test_vehicles_are_sold_in_each_year_of_the_past(measure: str) -> None:
    sold = {row.year: row.value for row in case().tables["actuals"] if row.measure == measure}
    assert sorted(sold) == list(range(2021, 2027)) and min(sold.values()) > 0


@pytest.mark.parametrize(("measure", "technology"), [("renew_boiler_large", "boiler_coal_large"), ("renew_furnace_coal", "furnace_coal")])
def test_coal_boilers_and_kilns_are_renewed_like_for_like_at_most(measure: str, technology: str) -> None:
    rows = [row for row in case().tables["existing"] if row.technology == technology]
    left = [{case().header.base_year: row.value, **path(row.id, "remaining")} for row in rows]
    gone = dict.fromkeys(case().header.years, 0.0)
    for row, points in zip(rows, left, strict=True):
        for year in gone:
            gone[year] += row.value if row.until and year > row.until else row.value - straight(points, year)
    room = path(measure, "potential")
    assert {year: straight(room, year) for year in gone if straight(room, year) > gone[year] + 1e-9} == {}


def test_no_bus_on_diesel_or_gas_is_bought_after_2021() -> None:
    latest = {row.id: row.latest for row in case().tables["measures"] if row.id in ("buy_bus_diesel", "buy_bus_cng")}
    assert latest == {"buy_bus_diesel": 2021, "buy_bus_cng": 2021}


@pytest.mark.parametrize("group", sorted(added_in_hebei))
def test_pv_on_record_is_the_city_s_share_of_what_hebei_added(group: str) -> None:
    built: dict[int, float] = {}
    for row in case().tables["actuals"]:
        built[row.year] = built.get(row.year, 0.0) + (row.value if row.measure.startswith(group) else 0.0)
    for year, added in added_in_hebei[group].items():
        assert built[year] == pytest.approx(city_share[group] * added, rel=0.01), year


def test_each_order_of_the_plan_is_held_by_a_target() -> None:
    targets = {row.id: row for row in case().tables["targets"]}
    assert {words: target for words, target in orders.items() if target not in targets or targets[target].value is None} == {}
    assert {words for words, target in orders.items() if words not in targets[target].quote} == set()


def test_one_bureau_leads_each_measure() -> None:
    led = Counter(row.lead for row in case().tables["measures"])
    assert None not in led and max(led.values()) <= most_led_by_one * led.total()
    assert not [row.id for row in case().tables["measures"] if row.lead in row.support]


def test_orders_bind_no_longer_than_five_years_after_the_plan() -> None:
    """What is ordered to 2030 is kept to 2035; filters stay where they hang and sweepers electric, all else is left to what pays."""
    ordered = {row.item for row in case().tables["numbers"] if row.quantity == "minimum"}
    assert len(ordered) > 10
    assert {item for item in ordered if straight(path(item, "minimum"), 2040)} == {"voc_end", "voc_source", "buy_municipal_battery"}


def test_the_metro_under_construction_comes_whatever_is_decided() -> None:
    """Lines 4 and 5 are in works since December 2022, line 6 with the west end of line 1 since April 2023: three in all."""
    assert path("metro_line", "committed") == {2027: 2, 2028: 1}


def test_petrol_cars_do_not_vanish_within_a_year() -> None:
    assert [row.id for row in case().tables["ramps"] if tuple(row.measures) == ("buy_car_petrol",)] == ["ramp_petrol_cars"]
