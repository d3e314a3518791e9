"""A city's case reduced to its power sector, and to the rules that PyPSA has too.

Kept: PV, wind, hydro, coal, biomass, storage, their fuels, the city's own electricity demand rows, purchases, and every
measure that adds to one technology and lasts to the horizon. Left out, since PyPSA has no like rule: committed units and their
minimum load (coal is dispatched), heat, add-ons, retirements and replacements (one measure on two technologies), whole units
(built by any amount), sales within own generation, yearly limits of fuels, yearly floors and ceilings of utilisation (the
ceiling of a shaped technology becomes its availability), the curtailment limit, the adequacy row, the stress spell, accounts,
targets and couplings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import spans
from model.case.read.case import Case

POWER, ELECTRICITY = "power", "electricity"
EMPTY = (
    "accounts", "indicators", "targets", "couplings", "coupling_terms", "residuals", "facts", "coverage", "clauses", "drivers", "curves",
)  # fmt: skip
RUNS = ("dispatch", "committed", "variable", "shaped", "storage")
UNLIKE_SETTINGS = ("reserve_margin", "curtailment_limit", "stress_days", "stress_weight", "stress_variable", "stress_load")
UNLIKE_NUMBERS = (
    "utilisation_floor", "utilisation_ceiling", "minimum_load", "minimum_load_cut", "capacity_credit", "heat_ratio", "heat_loss", "back_pressure",
    "sale_share", "peak", "yearly_limit", "firm_capacity",
)  # fmt: skip


def power_case(case: Case, years: tuple[int, ...]) -> Case:
    """The reduced case over other modelled years, made in memory."""
    header = case.header.model_copy(update={"years": list(years), "decide_from": years[0]})
    case = replace(case, header=header)
    technologies = {row.id: row for row in case.tables["technologies"] if row.sector == POWER and row.operation in RUNS}
    flows = [row for row in case.tables["flows"] if row.technology in technologies]
    commodities = {ELECTRICITY} | {row.commodity for row in flows}
    measures = _plain_measures(case, set(technologies))
    keep: dict[str, Callable[[Any], bool]] = {
        "technologies": lambda row: row.id in technologies,
        "flows": lambda row: row.technology in technologies,
        "existing": lambda row: row.technology in technologies,
        "commodities": lambda row: row.id in commodities,
        "demands": lambda row: row.commodity == ELECTRICITY,
        "markets": lambda row: row.commodity in commodities and row.direction == "buy",
        "measures": lambda row: row.id in measures,
        "effects": lambda row: row.measure in measures,
        "actuals": lambda row: row.measure in measures,
        "settings": lambda row: row.id not in UNLIKE_SETTINGS,
        **{table: lambda row: False for table in EMPTY},
    }
    case = _continuous(_dispatched(_kept(case, keep)))
    shaped = {name for name, row in technologies.items() if row.operation == "shaped"}
    return _numbers(case, shaped)


def _plain_measures(case: Case, technologies: set[str]) -> set[str]:
    """Measures with one effect, which adds to one kept technology at once and to the horizon."""
    numbers = Numbers(case, spans(case.header.base_year, case.header.years))
    horizon = case.header.years[-1] - case.header.base_year
    effects: dict[str, list] = {}
    for row in case.tables["effects"]:
        effects.setdefault(row.measure, []).append(row)
    return {
        measure
        for measure, (first, *others) in effects.items()
        if not others
        and first.item in technologies
        and first.value > 0
        and not (first.lag or first.curve or first.until)
        and (first.lifetime or numbers.constant("measures", measure, "lifetime", missing=math.inf)) >= horizon
    }


def _kept(case: Case, keep: Mapping[str, Callable[[Any], bool]]) -> Case:
    chosen = {table: [(row, place) for row, place in case.placed(table) if table not in keep or keep[table](row)] for table in case.tables}
    return replace(
        case,
        tables={table: tuple(row for row, _ in rows) for table, rows in chosen.items()},
        spots={table: tuple(place for _, place in rows) for table, rows in chosen.items()},
    )


def _dispatched(case: Case) -> Case:
    """Coal, hydro and biomass free to run within their availability; sun, wind and storage as they are."""
    free = {"operation": "dispatch", "heat": None, "profile": None}
    rows = tuple(row if row.operation in ("variable", "storage") else row.model_copy(update=free) for row in case.tables["technologies"])
    return replace(case, tables={**case.tables, "technologies": rows})


def _continuous(case: Case) -> Case:
    """Measures built by any amount: no whole units, and so none that wait for those they renew."""
    rows = tuple(row.model_copy(update={"whole": False}) for row in case.tables["measures"])
    return replace(case, tables={**case.tables, "measures": rows})


def _numbers(case: Case, shaped: set[str]) -> Case:
    """The numbers of what is kept; a shaped technology's ceiling of utilisation stands for its availability."""
    items = {row.id for table, rows in case.tables.items() if table != "numbers" for row in rows if "id" in type(row).model_fields}
    ceilings = {row.item for row in case.tables["numbers"] if row.item in shaped and row.quantity == "utilisation_ceiling"}
    rows, places = [], []
    for row, place in case.placed("numbers"):
        if row.item in ceilings and row.quantity in ("utilisation_ceiling", "availability"):
            row = row.model_copy(update={"quantity": "availability" if row.quantity == "utilisation_ceiling" else "peak"})
        if row.item in items and row.quantity not in UNLIKE_NUMBERS:
            rows.append(row)
            places.append(place)
    return replace(case, tables={**case.tables, "numbers": tuple(rows)}, spots={**case.spots, "numbers": tuple(places)})
