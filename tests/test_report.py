"""What a report says: numbers found on paper for the toy."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from calling import TOY, says
from reporting import LANGUAGES

from model.case.read.case import read_case
from model.report import tables
from model.report.plan import (
    capacity_tables,
    change_tables,
    cobenefit_tables,
    hourly_tables,
    indicator_tables,
    money_tables,
    outcome,
    plan_tables,
    target_tables,
)
from model.report.plan.text import summary_text
from model.report.plan.unit_calendar_tables import unit_calendar


def test_cost_is_six_without_targets_and_a_tenth_more_with_them(toy):
    # Usual: three years of 1 TWh from coal, 0.16 Mtce x 10 亿元 = 1.6 a year, upkeep 1.2 TWh x 1/3 = 0.4 a year: 3 x 2.0 = 6.0.
    found = outcome.costs(toy.results, toy.manifest)
    assert found.plan == pytest.approx(6.10, abs=1e-5)
    assert found.baselines == pytest.approx({"usual": 6.0, "free": 6.0}, abs=1e-5)
    for name in ("usual", "free"):
        assert found.over[name].value == pytest.approx(0.10, abs=1e-5)
        assert found.over[name].proven


def test_targets_save_nothing_however_wide_the_proof_is(toy):
    # Proven to 5.5 alone the plan could cost 0.5 less than the usual path, which may not do all that it may; without targets it may, so 6.0 is no more.
    over = outcome.costs(toy.results, toy.manifest | {"bound": 5.5}).over
    assert over["free"].low == 0.0 and not over["free"].proven
    assert over["usual"].low == pytest.approx(-0.5, abs=1e-5)


@pytest.mark.parametrize(("plan", "bound", "other", "other_bound", "interval", "proven"), [
    (6.1, 6.0, 5.5, 5.4, (0.5, 0.7), True),
    (6.1, 6.0, 6.05, 5.9, (-0.05, 0.2), False),
    (5.0, 4.9, 6.05, 5.9, (-1.15, -0.9), True),
])  # fmt: skip
def test_a_difference_is_an_interval_from_both_bounds(toy, plan, bound, other, other_bound, interval, proven):
    results = toy.results.assign(baseline_objective=("baseline", [other, other]), baseline_bound=("baseline", [other_bound, other_bound]))
    apart = outcome.costs(results, {**toy.manifest, "objective": plan, "bound": bound}).over["usual"]
    assert (apart.low, apart.high) == pytest.approx(interval)
    assert apart.proven is proven
    text = summary_text(results, {**toy.manifest, "objective": plan, "bound": bound}, "en")
    assert says(text, "no difference proven") is not proven


def test_what_is_not_told_apart_says_which_gap_would_tell(toy):
    """6.10 against 6.05 with bounds 6.0 and 5.9: -0.05 to 0.20. Of 6.10, 0.05 is 0.82 %: at 0.8 % the plan's bound is 6.0512, above 6.05."""
    results = toy.results.assign(baseline_objective=("baseline", [6.05, 6.1]), baseline_bound=("baseline", [5.9, 6.0]))
    manifest = {**toy.manifest, "objective": 6.1, "bound": 6.0}
    records = outcome.difference_records(results, manifest)
    assert records["usual"] == pytest.approx({"value": 0.05, "low": -0.05, "high": 0.2, "proven": False, "gap_that_settles": 0.008})
    assert records["free"]["gap_that_settles"] is None and not records["free"]["proven"]  # alike to the last digit
    for language, said in (("en", "--gap 0.008 would settle it"), ("zh", "用--gap 0.008重算即可判定")):
        text = summary_text(results, manifest, language)
        assert "".join(text.split()).count("".join(said.split())) == 1 and "|" not in text
        notes = outcome.key_figures(results, manifest, language).frame["note"].tolist()
        assert sum(said in str(note) for note in notes) == 1


def test_build_schedule_in_the_units_of_each_language(toy):
    # Heat pumps take over what the closed boiler leaves: 0.4 TWh in 2022; 0.1 more meets CO2 in 2023. Sun: 0.1 GW a year.
    expected: dict[str, dict[str, tuple[float, ...]]]
    expected = {"en": {"Heat pumps": (0, 0.4, 0.1), "Rooftop PV": (0, 0.1, 0.1), "Close a coal boiler": (0, 1, 0)},
                "zh": {"热泵供热": (0, 4, 1), "屋顶光伏": (0, 10, 10), "淘汰燃煤锅炉": (0, 1, 0)}}  # fmt: skip
    units = {"en": {"TWh", "GW", "units"}, "zh": {"亿千瓦时", "万千瓦", "台（套）"}}
    for language in LANGUAGES:
        frame = tables.build_schedule(toy.results, language).frame.set_index("measure")
        for measure, amounts in expected[language].items():
            assert frame.loc[measure, [2021, 2022, 2023]].tolist() == pytest.approx(amounts)
        assert set(frame["unit"]) == units[language]
        assert frame["_illustrative"].all()


def test_the_first_boiler_of_the_list_closes_in_2022(toy):
    frame = tables.retirements(toy.results, "en").frame
    assert frame[["year", "unit_name"]].to_numpy().tolist() == [[2022, "Boiler 1"]]


def test_units_are_taken_in_order_and_numbered_beyond_the_list(toy):
    units = toy.results["units"].copy()
    units.loc[{"measure": "close_boiler"}] = [1.0, 1.0, 3.0]  # built up to each year
    frame = tables.retirements(toy.results.assign(units=units), "zh").frame
    assert frame[["year", "unit_name"]].to_numpy().tolist() == [[2021, "Boiler 1"], [2023, "Boiler 2"], [2023, "第3台（套）"]]


def test_a_unit_of_the_past_says_how_it_is_known(toy):
    """Boiler 1 of 2022 stands before decisions of 2023 begin and no record tells it: the list says so; what is decided needs no word."""
    said = xr.full_like(toy.results["build"], "", dtype="U16")
    said.loc[{"measure": "close_boiler", "build_year": 2022}] = "reconstructed"
    past = toy.results.assign(build_word=said)
    for since, note in ((2023, "illustrative units; reconstructed"), (2021, "illustrative units")):
        told = past.assign_attrs(decide_from=since)
        assert tables.retirements(told, "en").frame["note"].tolist() == unit_calendar(told, "en").frame["note"].tolist() == [note]


def test_investment_by_payer_and_measure_adds_up(toy):
    # 2022: 0.4 x 10 + 1 boiler x 1 + 0.1 GW x 70 = 12; 2023: 0.1 x 10 + 7 = 8.
    payer = money_tables.investment_by_payer(toy.results, "en").frame
    assert payer[[2021, 2022, 2023, "total"]].to_numpy()[-1] == pytest.approx([0, 12, 8, 20])
    measure = money_tables.investment_by_measure(toy.results, "en").frame
    assert measure[2022].tolist() == pytest.approx([7, 4, 1, 12])
    assert measure["_total"].tolist() == [False, False, False, True]


def test_a_span_counts_all_its_years_in_totals_and_in_its_heading(toy):
    results = toy.results.assign_coords(year=[2021, 2022, 2025]).assign(span_years=("year", [1.0, 1.0, 3.0]))
    frame = money_tables.investment_by_payer(results, "en").frame
    assert list(frame.columns)[2:6] == [2021, 2022, "2023–2025", "total"]
    assert frame["total"].iloc[-1] == pytest.approx(12 + 3 * 8)


def test_targets_in_their_own_unit_with_price(toy):
    en = target_tables.targets(toy.results, "en").frame.set_index("target")
    co2 = en.loc["CO2 at most 0.2 Mt"]
    assert (co2["required"], co2["achieved"], co2["unit"], co2["state"]) == (0.2, 0.2, "Mt", "met, nothing to spare")
    # A Mt less of CO2 is 2.5 TWh from heat pumps for a year: 1.25 of annuity, 1.0 TWh of power at 4.0 (bought), 4.0 of coal
    # saved: 1.25. A Mt more saves 1.25 and 3.5 (sun), and burns 4.0: 0.75. The price lies between.
    assert 75.0 - 1e-4 <= co2["price"] == co2["price_yearly"] <= 125.0 + 1e-4
    zh = target_tables.targets(toy.results, "zh").frame.set_index("target").loc["二氧化碳不超过20万吨"]
    assert (zh["required"], zh["unit"], zh["price_unit"]) == (20.0, "万吨", "元/吨")
    assert zh["price"] == pytest.approx(co2["price"])


UNENFORCED = ("unenforced_target", "unenforced_reason", "unenforced_years")


def test_states_of_targets(toy):
    changed = toy.results.copy()
    changed["met"] = ("target_row", [False, True, True])
    changed["binding"] = ("target_row", [False, False, True])
    frame = target_tables.targets(changed, "en").frame.set_index("target")
    assert frame.loc["CO2 at most 0.2 Mt", "state"] == "out of reach"
    assert frame.loc["At most one coal boiler", ["state", "other_years"]].tolist() == ["met", "met, nothing to spare (2023)"]
    assert outcome.target_counts(changed) == (1, 1, 2)
    assert "out of reach: CO2 at most 0.2 Mt" in summary_text(changed, toy.manifest, "en")
    given = toy.results.copy()
    given["row_enforced"] = ("target_row", [True, False, False])
    assert target_tables.targets(given, "en").frame.set_index("target").loc["At most one coal boiler", "state"] == "met, but not enforced"
    waits = {name: ("unenforced", [text]) for name, text in zip(UNENFORCED, ("one_boiler_left", "awaits_number", "2022;2023"), strict=True)}
    waiting = toy.results.drop_vars(UNENFORCED).isel(target_row=[0]).assign(waits)
    assert target_tables.targets(waiting, "zh").frame["state"].tolist()[-1] == "待定（数值由上级下达）"
    assert "not enforced, awaits its number: At most one coal boiler" in summary_text(waiting, toy.manifest, "en")


def test_capacity_balance_indicators_and_sectors(toy):
    capacity = capacity_tables.capacity(toy.results, "en").frame.set_index("technology")
    assert capacity.loc["Coal boilers", [2020, 2021, 2022, 2023, "Usual 2023"]].tolist() == pytest.approx([1.2, 1.2, 0.6, 0.6, 1.2])
    balance = capacity_tables.energy_balance(toy.results, "en").frame
    assert balance.groupby("commodity")[[2021, 2022, 2023]].sum().to_numpy() == pytest.approx(np.zeros((3, 3)), abs=1e-6)
    path = indicator_tables.carbon_path(toy.results, "co2", "en").frame.set_index("path")
    assert path.loc["Plan", [2020, 2023]].tolist() == pytest.approx([0.4, 0.2])
    assert path.loc["Usual", 2023] == pytest.approx(0.4)
    assert path.loc["Target", 2023] == pytest.approx(0.2)
    sectors = indicator_tables.sector_contributions(toy.results, "en").frame
    whole = sectors.groupby(["indicator", "_total"])[2023].sum().unstack()
    assert whole[True].tolist() == pytest.approx(whole[False].tolist())
    parts = change_tables.change_parts(toy.results, "en").frame.set_index("path")[2023]
    assert parts["measures"] == pytest.approx(-0.2)
    assert parts["change since 2020"] == pytest.approx(-0.2)


def test_tasks_say_when_and_how_much(toy):
    """Both boilers close, one of them in 2022; heat pumps 0.4 TWh in 2022 and 0.1 in 2023, the roof 0.1 GW in each."""
    frame = plan_tables.tasks(read_case(TOY), toy.results, "en").frame.set_index("plan_measure")
    pumps = frame.loc["heat by heat pumps and power from roofs"]
    assert (pumps["task"], pumps["deadline"]) == ("2. Clean heating", "2022–2023")
    assert pumps["taken_up"] == "Heat pumps: 2022–2023 0.500 TWh; Rooftop PV: 2022–2023 0.200 GW"
    assert frame.loc["close coal boilers", "deadline"] == "2022"
    assert frame.loc["tell households about saving", "note"].startswith("The plan says neither")


def test_aims_in_the_plans_own_form(toy):
    """CO2 in 2020: 0.16 Mtce x 2.5 = 0.4 Mt; the target leaves 0.2, the plan reaches it: no gap."""
    frame = plan_tables.aims(read_case(TOY), toy.results, "zh").frame.set_index("indicator")
    row = frame.loc["二氧化碳不超过20万吨"]
    assert [row[name] for name in ("base_value", "required", "achieved", "gap_to_target")] == pytest.approx([40, 20, 20, 0], abs=1e-6)
    assert frame.loc["燃煤锅炉不超过1台", "base_value"] == pytest.approx(2)
    assert np.isnan(plan_tables.aims(None, toy.results, "zh").frame["base_value"]).all()


def test_the_schedule_stands_under_the_bureau_that_leads(toy):
    assert toy.results["measure"].values.tolist() == ["build_heat_pump", "build_rooftop_sun", "close_boiler"]
    results = toy.results.assign(measure_bureaus_label_en=("measure", ["B；A", "A", ""]))
    frame = plan_tables.by_bureau(results, "en").frame
    assert list(zip(frame["bureau"], frame["measure"], frame["support"])) == [
        ("(none named)", "Close a coal boiler", ""), ("A", "Rooftop PV", ""), ("B", "Heat pumps", "A"),
    ]  # fmt: skip


def test_cobenefit_splits_what_falls_together_and_alone(toy):
    """Boilers −0.4 Mt and −3 µg/m³, a filter −1 µg/m³ alone, power +0.1 Mt: three quarters of the fall in PM2.5 come with CO2."""
    results = _with_air(toy)
    frame = cobenefit_tables.split(results, "en").frame
    assert list(frame["value"])[:4] == pytest.approx([4, 3, 1, 0])
    assert list(frame["%"])[1:3] == pytest.approx([75, 25])
    assert list(frame["value"])[4:] == pytest.approx([0.4, 0.4, 0, 0.1])
    groups = dict(zip(*(cobenefit_tables.by_origin(results, read_case(TOY), "en").frame[name] for name in ("item", "group"))))
    assert groups == {"Coal boilers": "cuts both", "Heat pumps": "cuts PM2.5 only", "Power purchase": "adds"}
    assert cobenefit_tables.split(toy.results, "en").frame.empty


def _with_air(toy):
    """The toy with PM2.5 as one more indicator and differences that can be added up by hand."""
    origins = ["coal_boiler", "heat_pump", "power_purchase"]
    apart = {"co2": [-0.4, 0.0, 0.1], "pm25": [-3.0, -1.0, 0.0]}
    values = np.array([[[part] * 3 for part in apart[i]] for i in ("co2", "pm25")])
    years = toy.results["year"].values
    named = {"indicator": ["co2", "pm25"], "origin": origins, "year": years}
    kept = toy.results.drop_vars([name for name in toy.results.variables if {"indicator", "origin"} & set(toy.results[name].dims)])
    return kept.assign_coords(named).assign(
        contribution=(("indicator", "origin", "year"), values),
        usual_contribution=(("indicator", "origin", "year"), np.zeros_like(values)),
        indicator_unit=("indicator", ["Mt", "ug/m3"]),
        indicator_headline=("indicator", [True, True]),
        indicator_label_en=("indicator", ["CO2", "PM2.5"]),
        origin_label_en=("origin", ["Coal boilers", "Heat pumps", "Power purchase"]),
    )


def test_a_typical_day_adds_up_in_every_hour(toy):
    (day,) = hourly_tables.typical_days(toy.results, toy.hours, "en")
    # 0.2 GW of sun x 0.114155 = 0.022831 GW feed heat pumps of 0.2 TWh / 8760 h.
    assert day.table.frame["Rooftop PV"].tolist() == pytest.approx([0.022831] * 24, rel=1e-4)
    assert day.table.frame["Load"].tolist() == pytest.approx([0.2 / 8.76] * 24, rel=1e-4)


def test_limits_of_changes_are_carried_to_the_indicator(toy):
    results = toy.results.copy()
    results["target_form"] = ("target", ["change", "level"])
    results["row_unit"] = ("target_row", ["%", "plant_unit", "plant_unit"])
    results["required"] = ("target_row", [-20.0, 1.0, 1.0])
    results["achieved"] = ("target_row", [-50.0, 1.0, 1.0])
    # 0.2 Mt is half of the base; 20 % below it would be 0.2 x 0.8 / 0.5.
    assert target_tables.limit_path(results, "co2") == pytest.approx({2023: 0.32})


def test_warning_when_a_precursor_leaves_half_to_one_and_a_half_of_its_base(toy):
    names = {"boilers": "pm25", "coal_use": "so2", "co2": "nox"}
    results = toy.results.assign_coords(indicator=[names[str(i)] for i in toy.results["indicator"].values])
    results["base_indicator"] = ("indicator", [2.0, 0.4, 0.17])
    said = outcome.warnings(results, toy.manifest, "en")
    # Coal use falls from 0.17 to 0.08, by 53 %, in 2023; CO2 from 0.4 to 0.2, by 50 %: just inside.
    assert [text for text in said if "PM2.5" in text] == [
        "more than 50 % away from their base-year values, where PM2.5 coefficients are less sure: Coal use from 2023 on (-53 % at the furthest)"
    ]


def test_backstop_is_named_with_its_part_of_the_fall(toy):
    fall = toy.results["fall"].copy()
    fall.loc[{"indicator": "co2", "part": "backstop", "year": 2023}] = -0.05
    fall.loc[{"indicator": "co2", "part": "measures", "year": 2023}] = -0.15
    results = toy.results.assign(fall=fall, technology_backstop=("technology", [True, False, False]))
    assert "resting on other abatement in 2023: -0.050 Mt (25.0 %)" in summary_text(results, toy.manifest, "en")
