"""Warnings: numbers that can be read and run, and are hardly meant: stock that grows by itself, what can never be built or filled, money with the wrong sign, shares told as per cent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from model.case.checks.paths import Path, linear, told_paths
from model.case.checks.transfers import sources_of
from model.case.faults import Fault, clipped
from model.case.parameters.timeline import spans
from model.case.read.canonical import Lookup, canonical_unit, quantity_unit
from model.case.read.case import Case
from model.case.units.conversion import is_unit, shown_unit, unit_fault
from model.case.units.registry import factor

rounding = 1e-9
PAID = ("investment", "upkeep")
most_beyond = 2.0  # of the peak: more than this of one technology would be spilt at most hours
CARBON = "co2"  # with which the names of indicators of CO2 begin


def growing_stock(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """What remains of a stock and is more than the year before: that is free of charge."""
    rows = {row.id: row for row in case.tables["existing"]}
    for (item, _), path in told_paths(case, lookup, ("remaining",)).items():
        row, base = rows.get(item), case.header.base_year
        if row is None or base is None or row.value is None:
            continue
        first = row.value * _times(row.unit, canonical_unit("existing", row, lookup))
        unit = _unit(item, "remaining", lookup)
        told = [(base, first), *sorted((year, amount) for year, (amount, _) in path.items() if year is not None and year > base)]
        for (_, before), (year, after) in pairwise(told):
            if after > before * (1 + rounding):
                yield Fault(
                    "stock_grows", path[year][1].at("value"), f"{item}.remaining {after:g} {unit} ({year})", f"<= {before:g} {unit}"
                )
                break


def size_above_pace(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Least sizes above what may be added in any modelled year, however many years it stands for."""
    told, base = told_paths(case, lookup, ("least_size", "pace")), case.header.base_year
    years = list(case.header.years)
    if base is None or not years:
        return
    lengths = [span.years for span in spans(base, years)]
    for item, quantity in told:
        if quantity != "least_size" or (item, "pace") not in told:
            continue
        size, place = next(iter(told[item, quantity].values()))
        most = max(pace * length for pace, length in zip(linear(told[item, "pace"], years), lengths, strict=True))
        if size > most * (1 + rounding):
            unit = _unit(item, quantity, lookup)
            yield Fault("size_above_pace", place.at("value"), f"{item}.least_size {size:g} {unit}", f"<= {most:g} {unit}")


def capacity_beyond_reach(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Least capacities above all that exists and may be built."""
    told = told_paths(case, lookup, ("minimum_capacity", "potential"))
    wanted = [(item, path) for (item, quantity), path in told.items() if quantity == "minimum_capacity"]
    room = _room(case, lookup, told) if wanted else {}
    for item, path in wanted:
        year, (asked, place) = max(path.items(), key=lambda one: one[1][0])
        if asked > (most := room.get(item, 0.0)) * (1 + rounding):
            unit, when = _unit(item, "minimum_capacity", lookup), "" if year is None else f" ({year})"
            found = f"{item}.minimum_capacity {asked:g} {unit}{when}"
            yield Fault("capacity_beyond_reach", place.at("value"), found, f"<= {most:g} {unit}")


def _room(case: Case, lookup: Lookup, told: Mapping[tuple[str, str], Path]) -> dict[str, float]:
    """{technology: the most that could stand of it}: all that exists, and the potential of each measure that adds to it."""
    room = dict[str, float]()
    for row in case.tables["existing"]:
        if row.value is not None:
            room[row.technology] = room.get(row.technology, 0.0) + row.value * _times(row.unit, canonical_unit("existing", row, lookup))
    for row in case.tables["effects"]:
        if row.value is None or row.value <= 0 or lookup.table(row.item) != "technologies":
            continue
        path = told.get((row.measure, "potential"))
        most = max(amount for amount, _ in path.values()) if path else float("inf")
        room[row.item] = room.get(row.item, 0.0) + most * row.value * _times(row.unit, canonical_unit("effects", row, lookup))
    return room


def empty_reservoirs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Reservoirs of which nothing exists and that no measure builds: their storage, though it is there, holds nothing, unless hours come with its power."""
    with_power = {row.item for row in case.tables["numbers"] if row.quantity == "storage_hours"}
    held = {row.technology for row in case.tables["existing"]} | {row.item for row in case.tables["effects"]}
    for row, place in case.placed("technologies"):
        if row.operation == "reservoir" and row.id not in held and row.host in held - with_power:
            yield Fault("reservoir_empty", place.at("id"), clipped(f"{row.id} ({row.host})"), "existing | effects")


def negative_costs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Investment and upkeep below zero: whoever builds would be paid."""
    for row, place in case.placed("numbers"):
        if row.quantity in PAID and row.value is not None and row.value < 0:
            yield Fault("negative_cost", place.at("value"), f"{row.item}.{row.quantity} {row.value:g} {row.unit}", ">= 0")


def shares_of_peak(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Where a capacity credit falls is a share of the peak, 0.1 for a tenth: 10 is ten times the peak."""
    for row, place in case.placed("credit_segments"):
        if isinstance(row.beyond, float) and row.beyond > most_beyond:
            yield Fault("beyond_peak", place.at("beyond"), f"{row.beyond:g}", f"<= {most_beyond:g}")


def taxed_beside_market(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A tax on CO2 of what a carbon market settles: the same tonne is paid for twice."""
    settled = {row.technology for row in case.tables["allowance_outputs"]}
    taxed = [
        (row, place, indicator)
        for row, place in case.placed("transfers")
        if row.kind == "tax" and (indicator := lookup.resolved(row.indicator) or "").startswith(CARBON)
    ]
    sources = sources_of(case, lookup) if settled and taxed else {}
    for row, place, indicator in taxed:
        if both := sorted(sources.get(indicator, frozenset()) & settled):
            yield Fault("taxed_beside_market", place.at("indicator"), clipped(f"{row.id}: {', '.join(both)}"), "allowance_outputs")


def _unit(item: str, quantity: str, lookup: Lookup) -> str:
    """That of a quantity that could be read."""
    return shown_unit(quantity_unit(item, quantity, lookup) or "1")


def _times(unit: str | None, canonical: str | None) -> float:
    """What one of a unit is in the canonical one; nothing where that cannot be told, which is a fault of its own."""
    told = unit and canonical and is_unit(unit) and is_unit(canonical) and unit_fault(unit, canonical) is None
    return factor(unit, canonical) if told and unit and canonical else 0.0
