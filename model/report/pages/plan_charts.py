"""What is drawn of a plan: parks that change, indicators against their targets, who invests, how a day is served."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import xarray as xr

from model.report.display import attributes, dust, labels
from model.report.pages.page import MANY, PALETTE, Chart, Series
from model.report.plan.capacity_tables import ADD_ONS
from model.report.plan.hourly_tables import Day
from model.report.tables import Table, year_columns
from model.report.words import word

# Each way of running has a hue that colour-blind readers tell from the others, and shades of it that differ in lightness.
INKS = MappingProxyType(
    {
        "committed": ("#404040", "#6E6E6E", "#949494", "#B5B5B5", "#CFCFCF"),
        "shaped": ("#7A5C00", "#8FC7A9", "#B8A200", "#00704F", "#DDD27A", "#4FA37F"),
        "yearly": ("#7F7F7F", "#5B3A00", "#D55E00", "#A6A6A6", "#8A5A00", "#F0A05A", "#C9C9C9", "#B97A1A"),
        "dispatch": ("#8C3B00", "#F0B08A", "#D55E00", "#B98A5A"),
        "variable": ("#E69F00", "#F7D98C", "#F2BE5C", "#0072B2", "#8FC1E3", "#009E73", "#56B4E9", "#B9DDF2"),
        "storage": ("#8E4A7A", "#CC79A7", "#E3B5D0", "#F0D8E6"),
    }
)
purchase_ink, load_ink = "#D9C7E8", "#000000"
PATH_LOOKS = {
    "plan": ("#0072B2", "strong"),
    "usual": ("#7F7F7F", "dashed"),
    "free": ("#E69F00", "dashed"),
    "limit": ("#C0392B", "marks"),
    "beside": ("#CC79A7", "dashed"),
}


def inks(results: xr.Dataset, language: str) -> dict[str, str]:
    """{label of a technology: its colour in every chart}, by how it runs."""
    names, seen, made = labels(results, "technology", "label", language), dict[str, int](), dict[str, str]()
    operations = attributes(results, "technology", "technology_operation")
    stands = dict(zip(results["technology"].values.tolist(), results["capacity"].max("year").values.tolist(), strict=True))
    for g, operation in sorted(
        operations.items(), key=lambda one: stands[one[0]] <= dust
    ):  # what never stands takes no shade from what does
        shades = INKS.get(operation, PALETTE)
        made[names[g]] = shades[seen.get(operation, 0) % len(shades)]
        seen[operation] = seen.get(operation, 0) + 1
    return made


def capacity_chart(results: xr.Dataset, key: str, table: Table, output: str, language: str) -> Chart:
    """Stacked columns of what gives out one commodity, a series for each technology but add-ons."""
    names, ink = labels(results, "technology", "label", language), inks(results, language)
    add_ons = {names[g] for g, operation in attributes(results, "technology", "technology_operation").items() if operation in ADD_ONS}
    rows = {
        at: row for at, row in enumerate(table.frame.to_dict("records")) if row["output"] == output and row["technology"] not in add_ons
    }
    series = [Series(row["technology"], ink[row["technology"]], row=at) for at, row in rows.items()]
    years = tuple(name for name in table.frame.columns if isinstance(name, int))
    unit = str(next(iter(rows.values()))["unit"])
    return Chart("columns", word("chart_capacity", language).format(output), key, years, series, word("year", language), unit, stacked=True)


def path_chart(key: str, table: Table, language: str) -> Chart:
    """Lines of an indicator in the plan and its baselines over true years, its targets as marks."""
    rows = table.frame.to_dict("records")
    series = [Series(row["path"], colour, row=at, look=look) for at, row in enumerate(rows) for colour, look in [PATH_LOOKS[row["_path"]]]]  # type: ignore[arg-type]
    title = word("chart_carbon" if "limit" in set(table.frame["_path"]) else "chart_path", language).format(rows[0]["indicator"])
    return Chart("points", title, key, year_columns(table), series, word("year", language), str(rows[0]["unit"]))


def investment_chart(key: str, table: Table, results: xr.Dataset, language: str) -> Chart:
    """Stacked columns of yearly investment, a series for each payer."""
    payers = {at: row["payer"] for at, row in enumerate(table.frame.to_dict("records")) if row.get("_total") is not True}
    ids = list(labels(results, "payer", "label", language).values())  # a payer has the colour of its place among all of the case
    series = [Series(payer, MANY[ids.index(payer) % len(MANY)], row=at) for at, payer in payers.items()]
    unit, title = str(table.frame["unit"].iloc[0]), word("chart_investment", language)
    return Chart("columns", title, key, year_columns(table), series, word("year", language), unit, stacked=True)


def day_chart(key: str, day: Day, ink: Mapping[str, str], language: str) -> Chart:
    """A day's supply as stacked areas, the load as a line on top."""
    series = [Series(name, ink.get(name, purchase_ink), column=name) for name in day.supply]
    load, title = word("load", language), word(f"chart_{day.kind}", language).format(day.commodity, day.year)
    series.append(Series(load, load_ink, column=load, look="line"))
    return Chart("areas", title, key, "hour", series, word("hour", language), day.unit, stacked=True)
