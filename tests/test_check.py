"""Each fault a case can have is found at its exact place, and told with its remedy in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_edits import (
    SUMMER,
    WINTER,
    again,
    closing,
    column,
    column_of,
    over_a_span,
    paid_for_waste,
    published,
    requires,
    standing,
    star,
    stressed,
    swings,
    told,
    tolerates,
    without,
)
from tiny_case import TABLES, TinyCase
from told_faults import Slip, tells, tells_one

from model.case.checks.check import check
from model.case.faults import Place
from model.case.tables.rows import TABLES as MODELS

ONE_FAULT: dict[str, Slip] = {
    # tables and columns
    "unknown column": (column("potental", "measures"), "unknown_column", "measures.csv", 1, "potental", "potental", ""),
    "misspelt column": (column("ear1iest", "measures"), "unknown_column", "measures.csv", 1, "ear1iest", "ear1iest", "earliest"),
    "column without a name": (column("", "measures"), "unknown_column", "measures.csv", 1, "#15", "-", ""),
    "missing column": (lambda case: case.drop_column("facts", "source"), "missing_column", "facts.csv", 1, "source", "-", ""),
    "missing value column": (lambda case: case.drop_column("facts", "value"), "missing_column", "facts.csv", 1, "value", "-", ""),
    "empty required table": (lambda case: case.tables.update(clauses=[["id", "label_en", "label_zh"]]), "empty_table", "clauses.csv", None, None, "0", ""),
    "required table missing": (without("settings"), "missing_table", "settings.csv", None, None, "-", ""),
    "days missing where something runs": (without("periods"), "missing_table", "periods.csv", None, None, "-", ""),
    # cells
    "missing value": (lambda case: case.cell("targets", 2, "quote", ""), "missing_value", "targets.csv", 2, "quote", "-", ""),
    "missing number in a cell": (lambda case: case.cell("flows", 3, "value", " "), "missing_value", "flows.csv", 3, "value", "-", ""),
    "text for a number": (lambda case: case.cell("flows", 3, "value", "about 300"), "not_a_number", "flows.csv", 3, "value", "about 300", ""),
    "text for a year": (lambda case: case.cell("targets", 3, "year", "2030年"), "not_a_whole_number", "targets.csv", 3, "year", "2030年", ""),
    "NaN": (lambda case: case.cell("flows", 3, "value", "nan"), "not_finite", "flows.csv", 3, "value", "nan", ""),
    "inf": (lambda case: case.cell("numbers", 4, "high", "inf"), "not_finite", "numbers.csv", 4, "high", "inf", ""),
    "too large to hold": (lambda case: case.cell("numbers", 4, "high", "1e999"), "not_finite", "numbers.csv", 4, "high", "1e999", ""),
    "unknown choice": (lambda case: case.cell("commodities", 2, "balance", "hourli"), "unknown_choice", "commodities.csv", 2, "balance", "hourli", "hourly"),
    "neither yes nor no": (lambda case: case.cell("measures", 2, "usual", "maybe"), "unknown_choice", "measures.csv", 2, "usual", "maybe", ""),
    "id with capitals": (lambda case: case.cell("targets", 2, "id", "CO2_cap"), "bad_id", "targets.csv", 2, "id", "CO2_cap", ""),
    "lead time below zero": (lambda case: case.cell("measures", 2, "lead_time", "-1"), "out_of_bounds", "measures.csv", 2, "lead_time", "-1", ""),
    "cell beyond the last column": (lambda case: case.tables["sectors"][1].append("x"), "extra_cell", "sectors.csv", 2, None, "x", ""),
    "cell too long": (lambda case: case.cell("flows", 2, "source", "x" * 2001), "cell_too_long", "flows.csv", 2, "source", "2001", ""),
    # numbers
    "low above value": (lambda case: case.cell("numbers", 4, "low", "51"), "low_above_value", "numbers.csv", 4, "low", "51", ""),
    "value above high": (lambda case: case.cell("numbers", 4, "high", "49"), "value_above_high", "numbers.csv", 4, "high", "49", ""),
    "estimate without low": (lambda case: case.cell("numbers", 4, "low", ""), "range_missing", "numbers.csv", 4, "low", "estimate", ""),
    "illustrative without high": (lambda case: case.cell("existing", 2, "status", "illustrative").cell("existing", 2, "low", "50"), "range_missing", "existing.csv", 2, "high", "illustrative", ""),
    "MW where MWh is due": (lambda case: case.cell("numbers", 10, "unit", "MW"), "wrong_dimension", "numbers.csv", 10, "unit", "MW", ""),
    "energy where power is due": (lambda case: case.cell("existing", 2, "unit", "MWh"), "wrong_dimension", "existing.csv", 2, "unit", "MWh", ""),
    "target in another dimension": (lambda case: case.cell("targets", 2, "unit", "TWh"), "wrong_dimension", "targets.csv", 2, "unit", "TWh", ""),
    "setting in another dimension": (lambda case: case.cell("settings", 2, "unit", "MW"), "wrong_dimension", "settings.csv", 2, "unit", "MW", ""),
    "unknown unit": (lambda case: case.cell("numbers", 10, "unit", "亿千瓦小时"), "unknown_unit", "numbers.csv", 10, "unit", "亿千瓦小时", "亿千瓦时"),
    "unknown unit of a measure": (lambda case: case.cell("measures", 4, "unit", "万亩地").cell("effects", 4, "unit", "1"), "unknown_unit", "measures.csv", 4, "unit", "万亩地", "万亩"),
    "unit that is a sum to work out": (lambda case: case.cell("numbers", 10, "unit", "9**9**9**9"), "unknown_unit", "numbers.csv", 10, "unit", "9**9**9**9", ""),
    "negative potential": (lambda case: case.cell("numbers", 4, "value", "-1").cell("numbers", 4, "low", "").cell("numbers", 4, "status", "sourced"), "out_of_bounds", "numbers.csv", 4, "value", "-1", ""),
    "negative residual": (lambda case: case.cell("residuals", 2, "value", "-1"), "out_of_bounds", "residuals.csv", 2, "value", "-1", ""),
    "availability number above 1": (lambda case: case.cell("numbers", 16, "value", "90"), "out_of_bounds", "numbers.csv", 16, "value", "90", ""),
    "more full-load hours than a year has": (lambda case: case.cell("profiles", 2, "value", "9000"), "out_of_bounds", "profiles.csv", 2, "value", "9000", ""),
    "setting above its bounds": (lambda case: case.cell("settings", 2, "value", "600"), "out_of_bounds", "settings.csv", 2, "value", "600", ""),
    "dispatch by the tonne": (lambda case: (case.cell("technologies", 5, "operation", "dispatch"), case.cell("technologies", 5, "activity_unit", "Mt"), told(case, "battery", "yearly_use", value="1", unit="Mt/GW")), "hourly_unit", "technologies.csv", 5, "activity_unit", "Mt", ""),
    "tonnes balanced by the hour": (lambda case: (case.cell("commodities", 4, "unit", "Mt")), "hourly_unit", "commodities.csv", 4, "unit", "Mt", ""),
    "capacity credit of a kiln": (lambda case: told(case, "coking", "capacity_credit", value="0.5", unit="1"), "hourly_unit", "technologies.csv", 7, "capacity_unit", "Mt", ""),
    "add-on of another kind than its host": (lambda case: case.cell("technologies", 3, "activity_unit", "Mt") and told(case, "coal_saving", "yearly_use", value="1", unit="Mt/GW"), "unlike_host", "technologies.csv", 3, "activity_unit", "Mt", ""),
    "term of another dimension than its coupling": (lambda case: case.cell("coupling_terms", 5, "unit", "1"), "wrong_dimension", "coupling_terms.csv", 5, "unit", "1", ""),
    "unknown quantity": (lambda case: told(case, "build_wind", "potental", value="1", unit="MW"), "unknown_quantity", "numbers.csv", 25, "quantity", "potental", "potential"),
    "quantity of another kind of row": (lambda case: told(case, "build_wind", "storage_hours", value="1", unit="h"), "unknown_quantity", "numbers.csv", 25, "quantity", "storage_hours", ""),
    "unknown setting": (lambda case: case.add("settings", id="reserve_margins", label_en="x", label_zh="x", value="0", unit="1", status="sourced", source="x"), "unknown_quantity", "settings.csv", 3, "id", "reserve_margins", "reserve_margin"),
    "year on a constant": (lambda case: case.cell("numbers", 3, "year", "2021"), "year_on_constant", "numbers.csv", 3, "year", "2021", ""),
    "committed without a year": (lambda case: case.cell("numbers", 17, "year", ""), "missing_value", "numbers.csv", 17, "year", "-", ""),
    "sale not below purchase": (lambda case: told(case, "grid_sell", "price", year="2030", value="0.45", unit="CNY/kWh"), "sale_not_below_purchase", "numbers.csv", 25, "value", "4.5 亿元/TWh (2030)", ""),
    "paid for what may be left over": (paid_for_waste, "paid_without_end", "numbers.csv", 25, "value", "-0.1 亿元/Mtce (2030)", ""),
    # ramps, and years to measure from
    "ramp without its growth": (lambda case: case.drop_row("numbers", 18), "missing_number", "ramps.csv", 2, "id", "wind_in_all", ""),
    "ramp of another dimension": (lambda case: case.cell("ramps", 2, "measures", "build_wind;plant_trees"), "wrong_dimension", "ramps.csv", 2, "measures", "plant_trees (万亩)", ""),
    "ramp of what is no measure": (lambda case: case.cell("ramps", 2, "measures", "build_winds"), "dangling_reference", "ramps.csv", 2, "measures", "build_winds", "build_wind"),
    "fall of more than all": (lambda case: told(case, "wind_in_all", "down", value="120", unit="%"), "out_of_bounds", "numbers.csv", 25, "value", "120", ""),
    "base year of a level": (lambda case: column_of(case, "targets", "base_year", {2: "2025"}), "base_year_without_use", "targets.csv", 2, "base_year", "2025 (level)", ""),
    "path of a level": (lambda case: column_of(case, "targets", "holds", {2: "path"}), "holds_without_use", "targets.csv", 2, "holds", "path (level)", ""),
    "base year after its target": (lambda case: column_of(case, "targets", "base_year", {4: "2025"}), "year_outside", "targets.csv", 4, "base_year", "2025", "2020"),
    "base year nobody knows": (lambda case: column_of(case, "targets", "base_year", {4: "2022"}), "base_year_unknown", "targets.csv", 4, "base_year", "2022", ""),
    "budget counted from inside a span": (lambda case: column_of(case.cell("targets", 2, "form", "budget"), "targets", "base_year", {2: "2022"}), "counts_from_inside", "targets.csv", 2, "base_year", "2022", "2025"),
    "nothing to change from": (lambda case: published(column_of(case, "targets", "base_year", {4: "2022"}), "0"), "out_of_bounds", "facts.csv", 3, "value", "0", ""),
    # money
    "cash of a year too many": (lambda case: column_of(case, "measures", "cash_profile", {2: "0.2;0.3;0.5"}), "cash_years", "measures.csv", 2, "cash_profile", "3", ""),
    "cash that is not all": (lambda case: column_of(case, "measures", "cash_profile", {2: "0.2;0.7"}), "cash_shares", "measures.csv", 2, "cash_profile", "0.2;0.7", ""),
    "cash given back": (lambda case: column_of(case, "measures", "cash_profile", {2: "-0.2;1.2"}), "cash_shares", "measures.csv", 2, "cash_profile", "-0.2;1.2", ""),
    "cash in words": (lambda case: column_of(case, "measures", "cash_profile", {2: "half;half"}), "bad_value", "measures.csv", 2, "cash_profile", "half;half", ""),
    "funds above all": (lambda case: case.cell("funding", 3, "value", "0.3"), "funds_above_all", "funding.csv", 3, "value", "1.1", ""),
    "a fund above all": (lambda case: case.cell("funding", 3, "low", "-0.1"), "out_of_bounds", "funding.csv", 3, "low", "-0.1", ""),
    # projects
    "project of no measure": (lambda case: case.cell("projects", 2, "measure", "build_winds"), "dangling_reference", "projects.csv", 2, "measure", "build_winds", "build_wind"),
    "project in no county": (lambda case: case.cell("projects", 2, "county", "nord"), "dangling_reference", "projects.csv", 2, "county", "nord", "north"),
    "project of no bureau": (lambda case: case.cell("projects", 2, "lead", "north"), "wrong_kind", "projects.csv", 2, "lead", "north (counties)", ""),
    "project finished before it starts": (lambda case: case.cell("projects", 2, "finish", "2023"), "years_reversed", "projects.csv", 2, "finish", "2023", ""),
    "project in tonnes": (lambda case: case.cell("projects", 2, "unit", "万吨"), "wrong_dimension", "projects.csv", 2, "unit", "万吨", ""),
    "project that is paid for": (lambda case: case.cell("projects", 2, "value", "-1"), "out_of_bounds", "projects.csv", 2, "value", "-1", ""),
    "project at no stage": (lambda case: case.cell("projects", 2, "stage", "dreamt"), "unknown_choice", "projects.csv", 2, "stage", "dreamt", ""),
    "project of no fund": (lambda case: case.cell("projects", 2, "funding", "lottery"), "unknown_choice", "projects.csv", 2, "funding", "lottery", ""),
    # numbers handed down
    "handed down for another year": (lambda case: case.cell("handed_down", 2, "year", "2026"), "handed_down_year", "handed_down.csv", 2, "year", "2026", "2025"),
    "handed down in tonnes": (lambda case: case.cell("handed_down", 2, "unit", "万吨"), "handed_down_unit", "handed_down.csv", 2, "unit", "万吨", "%"),
    "handed down for no target": (lambda case: case.cell("handed_down", 2, "target", "co2_intensitx"), "dangling_reference", "handed_down.csv", 2, "target", "co2_intensitx", "co2_intensity"),
    "a figure of no target": (lambda case: case.cell("figures", 2, "target", "co2_intensitx"), "dangling_reference", "figures.csv", 2, "target", "co2_intensitx", "co2_intensity"),
    # coverage of the plan
    "coverage without items or reason": (lambda case: case.cell("coverage", 3, "items", ""), "modelled_or_reason", "coverage.csv", 3, "items", "-", ""),
    "coverage with items and reason": (lambda case: case.cell("coverage", 4, "items", "co2_cap"), "modelled_or_reason", "coverage.csv", 4, "items", "items, reason_en, reason_zh", ""),
    "reason in one language": (lambda case: case.cell("coverage", 4, "reason_zh", ""), "modelled_or_reason", "coverage.csv", 4, "items", "reason_en", ""),
    "unknown item of coverage": (lambda case: case.cell("coverage", 3, "items", "co2_cup"), "dangling_reference", "coverage.csv", 3, "items", "co2_cup", "co2_cap"),
    "coverage twice": (lambda case: case.cell("coverage", 4, "kind", "clause"), "duplicate_key", "coverage.csv", 4, "kind", "clause, 1", ""),
    "gap in coverage": (lambda case: case.cell("coverage", 4, "number", "2"), "number_gap", "coverage.csv", 4, "number", "2", ""),
    # names
    "duplicate key": (lambda case: case.add("counties", id="north", label_en="x", label_zh="x"), "duplicate_key", "counties.csv", 3, "id", "north", ""),
    "duplicate number": (lambda case: told(case, "coal_plant", "availability", value="0.8", unit="1"), "duplicate_key", "numbers.csv", 25, "item", "coal_plant, availability, -", ""),
    "id in two tables": (lambda case: case.add("measures", id="battery", label_en="x", label_zh="x", sector="power", clause="clause_1", payer="generators", kind="build", unit="GW"), "id_clash", "measures.csv", 5, "id", "battery", ""),
    "generic name that is an id": (lambda case: case.add("counties", id="clean", label_en="x", label_zh="x"), "id_clash", "indicators.csv", 4, "stands_for", "clean", ""),
    "target on an unknown indicator": (lambda case: case.cell("targets", 2, "indicator", "c02"), "dangling_reference", "targets.csv", 2, "indicator", "c02", "co2"),
    "number of an unknown row": (lambda case: told(case, "build_winds", "potential", value="1", unit="MW"), "dangling_reference", "numbers.csv", 25, "item", "build_winds", "build_wind"),
    "number of a row that has none": (lambda case: told(case, "north", "potential", value="1", unit="MW"), "wrong_kind", "numbers.csv", 25, "item", "north (counties)", ""),
    "activity of a measure": (lambda case: case.cell("accounts", 4, "item", "build_wind"), "wrong_kind", "accounts.csv", 4, "item", "build_wind (measures)", ""),
    "level of a technology": (lambda case: case.cell("coupling_terms", 3, "item", "wind_farm"), "wrong_kind", "coupling_terms.csv", 3, "item", "wind_farm (technologies)", ""),
    "share of a driver": (lambda case: case.cell("targets", 3, "reference", "gdp").cell("targets", 3, "unit", "TWh/亿元"), "wrong_kind", "targets.csv", 3, "reference", "gdp (drivers)", ""),
    "variant that names no indicator": (lambda case: case.say("clean: consumed", "clean: pooled").cell("targets", 3, "unit", "1"), "unknown_variant", "case.yaml", None, "variants", "clean: pooled", ""),
    "variant of nothing": (lambda case: case.say("clean: consumed", "clean: consumed, clear: consumed"), "unknown_variant", "case.yaml", None, "variants", "clear", "clean"),
    "generic name without a choice": (lambda case: case.say("{clean: consumed}", "{}").cell("targets", 3, "unit", "1"), "unknown_variant", "case.yaml", None, "variants", "clean: -", ""),
    # years
    "target after the horizon": (lambda case: case.cell("targets", 3, "year", "2036"), "year_outside", "targets.csv", 3, "year", "2036", "2030"),
    "target in the base year": (lambda case: case.cell("targets", 3, "year", "2020"), "year_outside", "targets.csv", 3, "year", "2020", "2021"),
    "number before the base year": (lambda case: case.cell("numbers", 10, "year", "2019"), "year_outside", "numbers.csv", 10, "year", "2019", "2020"),
    "flow after the horizon": (lambda case: case.cell("flows", 5, "year", "2031"), "year_outside", "flows.csv", 5, "year", "2031", "2030"),
    "fact of another year": (lambda case: case.cell("facts", 2, "year", "2019"), "year_outside", "facts.csv", 2, "year", "2019", "2020"),
    "effect that ends before it starts": (lambda case: case.cell("effects", 3, "until", "2020"), "year_outside", "effects.csv", 3, "until", "2020", "2021"),
    "leaves before it comes": (lambda case: case.cell("existing", 2, "until", "1999"), "years_reversed", "existing.csv", 2, "until", "1999", ""),
    "all years beside one": (lambda case: told(case, "coal_plant", "availability", year="2030", value="0.8", unit="1"), "mixed_years", "numbers.csv", 16, "year", "-", ""),
    "years the wrong way round": (lambda case: case.say("2021, 2025, 2030", "2021, 2030, 2025"), "years_not_rising", "case.yaml", 5, "years", "2025", ""),
    "years that fall": (lambda case: case.say("2021, 2025, 2030", "2021, 2030, 2030"), "years_not_rising", "case.yaml", 5, "years", "2030", ""),
    "decides after the horizon": (lambda case: case.say("price_year", "decide_from: 2031\nprice_year"), "decide_from_outside", "case.yaml", 6, "decide_from", "2031", ""),
    "target of one year that is not modelled": (lambda case: column_of(case, "targets", "holds", {3: "year"}).cell("targets", 3, "year", "2027"), "year_not_modelled", "targets.csv", 3, "year", "2027", "2030"),
    "target of one year before the first": (lambda case: (case.say("2021, 2025", "2023, 2025"), column_of(case, "targets", "holds", {3: "year"}).cell("targets", 3, "year", "2021")), "year_not_modelled", "targets.csv", 3, "year", "2021", "2023"),
    # targets
    "series of two indicators": (lambda case: again(case, indicator="coal_use", unit="Mtce"), "mixed_series", "targets.csv", 6, "indicator", "coal_use", ""),
    "series of two senses": (lambda case: again(case, sense=">="), "mixed_series", "targets.csv", 6, "sense", ">=", ""),
    "series of two references": (lambda case: again(case, series="clean_share", indicator="clean", form="share", sense=">=", reference="clean__consumed", unit="1"), "mixed_series", "targets.csv", 6, "reference", "clean__consumed", ""),
    "budget of spending over a span": (over_a_span, "budget_over_spans", "targets.csv", 6, "indicator", "paid", ""),
    "series with a peak": (lambda case: again(case, form="peak"), "mixed_series", "targets.csv", 6, "form", "peak", ""),
    "two numbers for a year": (lambda case: again(case, year="2030"), "series_twice", "targets.csv", 6, "year", "2030", ""),
    "peak at least": (lambda case: case.cell("targets", 2, "form", "peak").cell("targets", 2, "sense", ">="), "not_of_this_form", "targets.csv", 2, "sense", ">= (peak)", ""),
    "peak exactly": (lambda case: case.cell("targets", 2, "form", "peak").cell("targets", 2, "sense", "=="), "not_of_this_form", "targets.csv", 2, "sense", "== (peak)", ""),
    "peak of one year": (lambda case: column_of(case.cell("targets", 2, "form", "peak"), "targets", "holds", {2: "year"}), "not_of_this_form", "targets.csv", 2, "holds", "year (peak)", ""),
    "phase-out at least": (lambda case: case.cell("targets", 2, "form", "phase_out").cell("targets", 2, "sense", ">="), "not_of_this_form", "targets.csv", 2, "sense", ">= (phase_out)", ""),
    "driver of zero": (lambda case: case.cell("numbers", 12, "value", "0"), "driver_not_positive", "targets.csv", 4, "reference", "gdp 0 (2020), gdp 0 (2025), gdp 0 (2030)", ""),
    # 100 in 2020 and −20 in 2030 are 40 in 2025.
    "driver that falls below zero": (lambda case: told(case, "gdp", "amount", year="2030", value="-20", unit="亿元"), "driver_not_positive", "targets.csv", 4, "reference", "gdp -20 (2030)", ""),
    # slips of a year, and numbers that cannot be nought
    "year of three digits": (lambda case: case.cell("existing", 2, "until", "202"), "out_of_bounds", "existing.csv", 2, "until", "202", ""),
    "year of five digits": (lambda case: case.cell("existing", 2, "since", "20210"), "out_of_bounds", "existing.csv", 2, "since", "20210", ""),
    "effect until a year of three digits": (lambda case: case.cell("effects", 3, "until", "202"), "out_of_bounds", "effects.csv", 3, "until", "202", ""),
    "lag that is a year": (lambda case: case.cell("effects", 4, "lag", "20210"), "out_of_bounds", "effects.csv", 4, "lag", "20210", ""),
    "number of a year of five digits": (lambda case: case.cell("numbers", 10, "year", "20200"), "out_of_bounds", "numbers.csv", 10, "year", "20200", ""),
    "flow of a year of five digits": (lambda case: case.cell("flows", 5, "year", "20210"), "out_of_bounds", "flows.csv", 5, "year", "20210", ""),
    "account of a year of three digits": (lambda case: case.cell("accounts", 3, "year", "202"), "out_of_bounds", "accounts.csv", 3, "year", "202", ""),
    "target of a year of five digits": (lambda case: case.cell("targets", 3, "year", "20300"), "out_of_bounds", "targets.csv", 3, "year", "20300", ""),
    "fact of a year of five digits": (lambda case: case.cell("facts", 2, "year", "20200").cell("facts", 2, "role", "shown"), "out_of_bounds", "facts.csv", 2, "year", "20200", ""),
    "official result of a year after the horizon": (lambda case: case.cell("official", 2, "year", "2031"), "year_outside", "official.csv", 2, "year", "2031", "2030"),
    "published twice, and apart": (lambda case: published(published(case, "290"), "280").cell("facts", 4, "id", "co2_again"), "published_twice", "facts.csv", 4, "value", "280 万吨", ""),
    "record of half a unit": (lambda case: case.cell("actuals", 2, "measure", "build_coal").cell("actuals", 2, "status", "sourced").cell("actuals", 2, "high", "").cell("actuals", 2, "low", ""), "part_of_a_unit", "actuals.csv", 2, "value", "3", "66"),
    "actual of a year of three digits": (lambda case: case.cell("actuals", 2, "year", "202"), "out_of_bounds", "actuals.csv", 2, "year", "202", ""),
    "earliest in three digits": (lambda case: case.cell("measures", 2, "earliest", "202"), "out_of_bounds", "measures.csv", 2, "earliest", "202", ""),
    "latest in five digits": (lambda case: case.cell("measures", 2, "latest", "20300"), "out_of_bounds", "measures.csv", 2, "latest", "20300", ""),
    "lead time that is a year": (lambda case: case.cell("measures", 2, "lead_time", "2021"), "out_of_bounds", "measures.csv", 2, "lead_time", "2021", ""),
    "age that is a year": (lambda case: case.cell("curves", 3, "age", "2010"), "out_of_bounds", "curves.csv", 3, "age", "2010", ""),
    "name that YAML reads as a switch": (lambda case: case.say("label_en: Tiny", "label_en: off"), "setting_read_as_boolean", "case.yaml", 2, "label_en", "false", ""),
    "modelled year of five digits": (lambda case: case.say("2021, 2025, 2030", "2021, 2025, 20300"), "bad_setting", "case.yaml", 5, "years", "20300", ""),
    "modelled year of another age": (lambda case: case.say("2021, 2025, 2030", "2021, 2025, 2300"), "year_outside", "case.yaml", 5, "years", "2300", ""),
    "prices of another age": (lambda case: case.say("price_year: 2020", "price_year: 1020"), "year_outside", "case.yaml", 6, "price_year", "1020", ""),
    "stock of another age": (lambda case: case.cell("existing", 2, "since", "1202"), "year_outside", "existing.csv", 2, "since", "1202", ""),
    "stock that left before the base year": (lambda case: case.cell("existing", 2, "until", "2019"), "year_outside", "existing.csv", 2, "until", "2019", "2020"),
    "stock that comes after the horizon": (lambda case: case.cell("existing", 2, "since", "2031").cell("existing", 2, "until", ""), "year_outside", "existing.csv", 2, "since", "2031", "2030"),
    "effect of no years": (lambda case: case.cell("effects", 2, "lifetime", "0"), "out_of_bounds", "effects.csv", 2, "lifetime", "0", ""),
    "effect of fewer than no years": (lambda case: case.cell("effects", 2, "lifetime", "-3"), "out_of_bounds", "effects.csv", 2, "lifetime", "-3", ""),
    "effect that outlives its measure": (lambda case: case.cell("effects", 2, "lifetime", "30"), "outlives_measure", "effects.csv", 2, "lifetime", "30", "20"),
    "tolerance in per cent": (lambda case: tolerates(case, "10"), "out_of_bounds", "targets.csv", 2, "tolerance", "10", ""),
    "lifetime of nought": (lambda case: case.cell("numbers", 3, "value", "0"), "out_of_bounds", "numbers.csv", 3, "value", "0", ""),
    "units of nought": (lambda case: case.cell("numbers", 5, "value", "0"), "out_of_bounds", "numbers.csv", 5, "value", "0", ""),
    "storage of no hours": (lambda case: case.cell("numbers", 8, "value", "0"), "out_of_bounds", "numbers.csv", 8, "value", "0", ""),
    "storage that gives nothing back": (lambda case: told(case, "battery", "round_trip_efficiency", value="0", unit="1"), "out_of_bounds", "numbers.csv", 25, "value", "0", ""),
    "efficiency that may be nought": (lambda case: told(case, "battery", "round_trip_efficiency", value="0.8", low="0", high="0.9", unit="1"), "out_of_bounds", "numbers.csv", 25, "low", "0", ""),
    "capacity without use": (lambda case: told(case, "coking", "yearly_use", value="0", unit="1"), "out_of_bounds", "numbers.csv", 25, "value", "0", ""),
    "yield of nought": (lambda case: case.cell("profiles", 2, "value", "0"), "out_of_bounds", "profiles.csv", 2, "value", "0", ""),
    "no wind in any hour": (lambda case: [case.cell("profile_days", row, f"h{hour}", "0") for row in (SUMMER, WINTER) for hour in range(24)], "out_of_bounds", "profile_days.csv", 2, "profile", "0 (wind)", ""),
    "no wind on any day": (lambda case: case.cell("day_types", 2, "value", "0").cell("day_types", 3, "value", "0"), "out_of_bounds", "day_types.csv", 2, "value", "0 (wind)", ""),
    "number without end": (lambda case: case.cell("numbers", 4, "high", "1e31"), "not_finite", "numbers.csv", 4, "high", "1e31", ""),
    # 14 days that stand for 30 each are 420 of 365
    "spell longer than the year": (lambda case: stressed(case, "14", "30"), "out_of_bounds", "settings.csv", 4, "value", "30", ""),
    "spell of half a day": (lambda case: stressed(case, "2.5", "1"), "not_a_whole_number", "settings.csv", 3, "value", "2.5", ""),
    # days and hours
    "profile with a missing hour": (lambda case: case.cell("profile_days", SUMMER, "h5", ""), "missing_value", "profile_days.csv", SUMMER, "h5", "-", ""),
    "profiles without an hour": (lambda case: case.drop_column("profile_days", "h5"), "missing_column", "profile_days.csv", 1, "h5", "-", ""),
    "profile with a missing period": (lambda case: case.drop_row("profile_days", WINTER), "missing_periods", "profiles.csv", 2, "id", "winter", ""),
    "availability above 1": (lambda case: case.cell("profile_days", WINTER, "h23", "1.01"), "availability_outside", "profile_days.csv", WINTER, "h23", "1.01", ""),
    "availability below 0": (lambda case: case.cell("profile_days", SUMMER, "h0", "-0.1"), "availability_outside", "profile_days.csv", SUMMER, "h0", "-0.1", ""),
    # 183 days at 1.1 and 182 at 0.9 make 365.2 / 365; at 1.2 and 0.9 the mean is 1.0504.
    "shape whose mean is not 1": (lambda case: swings(case, "1.2", "0.9"), "shape_mean", "profile_days.csv", 4, "profile", "1.05 (flat)", ""),
    "days that do not make a year": (lambda case: case.cell("periods", 3, "days", "183"), "period_days", "periods.csv", None, "days", "366", ""),
    "day types that do not make 1": (lambda case: case.cell("day_types", 3, "share", "0.3"), "day_type_shares", "day_types.csv", 2, "share", "0.9 (wind)", ""),
    "shape where an availability is due": (lambda case: case.cell("technologies", 4, "profile", "flat"), "wrong_profile_kind", "technologies.csv", 4, "profile", "flat (shape)", ""),
    # what belongs together
    "whole units without a size": (lambda case: case.drop_row("numbers", 5), "missing_number", "measures.csv", 3, "whole", "build_coal", ""),
    "investment without a lifetime": (lambda case: case.drop_row("numbers", 3), "missing_number", "measures.csv", 2, "id", "build_wind", ""),
    "committed without a minimum load": (lambda case: case.drop_row("numbers", 6), "missing_number", "technologies.csv", 2, "operation", "coal_plant", ""),
    "storage without hours": (lambda case: case.drop_row("numbers", 8), "missing_number", "technologies.csv", 5, "operation", "battery", ""),
    "demand without an amount": (lambda case: case.add("demands", id="idle", label_en="x", label_zh="x", commodity="coal"), "missing_number", "demands.csv", 3, "id", "idle", ""),
    "activity that does not follow from capacity": (lambda case: case.cell("technologies", 7, "capacity_unit", "kvehicle"), "missing_number", "technologies.csv", 7, "activity_unit", "coking", ""),
    "no discount rate": (lambda case: case.cell("settings", 2, "id", "reserve_margin").cell("settings", 2, "unit", "%"), "missing_number", "settings.csv", None, "id", "-", ""),
    "shape on a yearly commodity": (lambda case: case.add("demands", id="hearths", label_en="x", label_zh="x", commodity="coal", shape="flat") and told(case, "hearths", "amount", value="1", unit="Mtce"), "not_used_here", "demands.csv", 3, "shape", "coal (yearly)", ""),
    "variable without a profile": (lambda case: case.cell("technologies", 4, "profile", ""), "needed_here", "technologies.csv", 4, "profile", "-", ""),
    "shaped without a profile": (lambda case: case.cell("technologies", 6, "profile", ""), "needed_here", "technologies.csv", 6, "profile", "-", ""),
    "add-on without a host": (lambda case: case.cell("technologies", 3, "host", ""), "needed_here", "technologies.csv", 3, "host", "-", ""),
    "hourly demand without a shape": (lambda case: case.cell("demands", 2, "shape", ""), "needed_here", "demands.csv", 2, "shape", "-", ""),
    "share of nothing": (lambda case: case.cell("targets", 4, "reference", ""), "needed_here", "targets.csv", 4, "reference", "-", ""),
    "coupling without terms": (lambda case: case.tables["coupling_terms"].__delitem__(slice(3, 5)), "needed_here", "couplings.csv", 3, "id", "-", ""),
    "profile nobody follows": (lambda case: case.cell("technologies", 5, "profile", "wind"), "not_used_here", "technologies.csv", 5, "profile", "storage", ""),
    "add-on on an add-on": (lambda case: case.cell("technologies", 3, "host", "coal_flex"), "wrong_operation", "technologies.csv", 3, "host", "coal_flex (flexibility)", ""),
    "heat from wind": (lambda case: (case.cell("technologies", 4, "heat", "heat"), told(case, "wind_farm", "heat_ratio", value="1", unit="1")), "wrong_operation", "technologies.csv", 4, "heat", "variable", ""),
    "bought from a buyer": (lambda case: case.cell("accounts", 7, "by", "bought"), "wrong_direction", "accounts.csv", 7, "by", "grid_sell (sell)", ""),
    "electricity of a yearly technology": (lambda case: case.add("flows", technology="coking", commodity="electricity", value="-1", unit="TWh/Mt", status="sourced", source="x"), "hourly_flow_on_yearly", "flows.csv", 7, "commodity", "electricity (hourly)", ""),
    "heat that comes by itself": (lambda case: case.add("flows", technology="coal_plant", commodity="heat", value="1", unit="1", status="sourced", source="x"), "counted_twice", "flows.csv", 7, "commodity", "heat", ""),
    "stock of an effect that gives": (lambda case: case.cell("effects", 2, "stock", "old_coal"), "not_used_here", "effects.csv", 2, "stock", "old_coal", ""),
    "stock of another technology": (lambda case: closing(case, measure="build_coal", item="wind_farm", stock="old_coal"), "wrong_stock", "effects.csv", 5, "stock", "old_coal", ""),
    "stock that nobody tells apart": (lambda case: standing(closing(case), until="2028"), "stock_not_told_apart", "effects.csv", 5, "stock", "2026, 2028", ""),
    "effect that never counts": (lambda case: case.cell("effects", 2, "lifetime", "2").cell("effects", 2, "lag", "2"), "never_counts", "effects.csv", 2, "lifetime", "2", ""),
    "stocks that overlap in too many ways": (lambda case: star(case, 8), "stocks_overlap", "effects.csv", 12, "stock", "247", ""),
    "stock that has left": (lambda case: closing(case, until="2029"), "stock_has_left", "effects.csv", 5, "until", "2029", "2026"),
    "heat balanced by the year": (lambda case: case.cell("commodities", 4, "balance", "yearly"), "not_used_here", "technologies.csv", 2, "heat", "heat (yearly)", ""),
    "storage of what is balanced by the year": (lambda case: case.add("flows", technology="battery", commodity="coal", value="1", unit="1", status="sourced", source="x"), "not_used_here", "flows.csv", 7, "commodity", "coal (yearly)", ""),
    "circular prerequisites": (requires, "circular_prerequisites", "couplings.csv", 2, "id", "build_coal > build_wind > build_coal", ""),
    "circular accounts": (lambda case: case.add("accounts", indicator="coal_use", item="co2", by="indicator", value="1", unit="tce/t", status="sourced", source="x"), "circular_accounts", "accounts.csv", 3, "item", "co2 > coal_use > co2", ""),
    "change of what is run": (lambda case: case.cell("accounts", 8, "item", "coal_use").cell("accounts", 8, "unit", "t/tce"), "change_of_operation", "accounts.csv", 8, "item", "coal_use (use)", ""),
    "fact of another boundary": (lambda case: case.cell("facts", 2, "boundary", "with_xinji"), "mixed_boundary", "facts.csv", 2, "boundary", "with_xinji", ""),
    "indicator of another boundary": (lambda case: case.cell("indicators", 3, "boundary", "with_xinji"), "mixed_boundary", "indicators.csv", 3, "boundary", "with_xinji", ""),
    # case.yaml
    "YAML fault": (lambda case: case.say("price_year: 2020", "price_year: [2020"), "yaml_fault", "case.yaml", 7, None, "variants: {clean: consumed} (7:9)", ""),
    "YAML tab": (lambda case: case.say("base_year: 2020", "\tbase_year: 2020"), "yaml_tab", "case.yaml", 4, None, "1", ""),
    "YAML alias": (lambda case: case.say("price_year: 2020", "price_year: &year 2020\ndecide_from: *year"), "yaml_alias", "case.yaml", 6, None, "year", ""),
    "YAML key twice": (lambda case: case.say("price_year: 2020", "price_year: 2020\nbase_year: 2021"), "yaml_duplicate_key", "case.yaml", 7, "base_year", "base_year", ""),
    "unknown key": (lambda case: case.say("price_year: 2020", "price_year: 2020\nprice_years: 2020"), "unknown_key", "case.yaml", 7, "price_years", "price_years", "price_year"),
    "missing key": (lambda case: case.say("price_year: 2020\n", ""), "missing_key", "case.yaml", None, "price_year", "-", ""),
    "unknown rule of spans": (lambda case: case.say("price_year", "span_rule: odd\nprice_year"), "bad_setting", "case.yaml", 6, "span_rule", "odd", ""),
    "text for a number of days": (lambda case: case.say("price_year", "days: many\nprice_year"), "bad_setting", "case.yaml", 6, "days", "many", ""),
    "missing included folder": (lambda case: case.say("price_year", "include: [../comon]\nprice_year"), "missing_file", "case.yaml", None, "include", "-", ""),
    "include that climbs out": (lambda case: case.say("price_year", "include: [../../secrets]\nprice_year"), "include_outside", "case.yaml", None, "include", "../../secrets", ""),
    "include from the root": (lambda case: case.say("price_year", "include: [/etc]\nprice_year"), "include_outside", "case.yaml", None, "include", "/etc", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    tells_one(ONE_FAULT[name], tmp_path / "data" / "tiny")


def test_the_tiny_case_is_sound(tmp_path: Path) -> None:
    assert check(TinyCase().write(tmp_path / "data" / "tiny")) == []


def test_every_table_of_a_case_is_in_the_tiny_case() -> None:
    assert set(TABLES) == set(MODELS)


REFERENCES = [
    (table, name)
    for table, model in MODELS.items()
    for name, info in model.model_fields.items()
    if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("refers")
]


@pytest.mark.parametrize(("table", "name"), REFERENCES)
def test_a_dangling_reference_is_found_in_every_column_that_refers(tmp_path: Path, table: str, name: str) -> None:
    case = TinyCase()
    if name not in case.tables[table][0]:
        for position, line in enumerate(case.tables[table]):
            line.append(name if position == 0 else "")
    case.cell(table, 2, name, "nowhere")
    faults = [fault for fault in check(case.write(tmp_path / "data" / "tiny")) if fault.code == "dangling_reference"]
    assert [(fault.place, fault.found) for fault in faults] == [(Place(f"{table}.csv", 2, name), "nowhere")]
    assert faults[0].expected.count(",") < 5  # a cell that takes a row of any table names a few of them
    tells(faults[0])


def test_a_limit_is_told_with_its_unit_where_it_has_one(tmp_path: Path) -> None:
    told = [
        next(fault.expected for fault in check(case.write(tmp_path / str(place) / "tiny")) if fault.code == "out_of_bounds")
        for place, case in enumerate((TinyCase().cell("numbers", 16, "value", "90"), TinyCase().cell("numbers", 4, "value", "-1")))
    ]
    assert told[0] == "<= 1" and told[1].startswith(">= 0 ")
