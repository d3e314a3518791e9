"""How the numbers of a case are known, and the estimates on which a result leans most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters.numbers import Numbers, settings_of
from model.case.parameters.timeline import spans
from model.case.read.case import Case
from model.case.tables.columns import STATUSES, Quantified
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import TABLES
from model.report.case.coverage_tables import labels_of
from model.report.display import dust, tidy
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import as_written, of_both, word
from model.results.money import invested

UNSURE = ("estimate", "illustrative")
most_shown = 15


@dataclass(frozen=True)
class Leaning:
    """One number, or the path of one quantity. `width` is (high − low) / |value| at its widest, `money` in 亿元 over all years."""

    ids: tuple[str, ...]
    quantity: str
    width: float
    status: str
    source: str
    money: float = float("nan")

    @property
    def moved(self) -> float:
        return self.width * self.money


def source_counts(case: Case) -> dict[str, Counter[str]]:
    """{table: {status: how many numbers}}, in the order of the tables."""
    found = {name: Counter(str(row.status) for row in rows if isinstance(row, Quantified)) for name, rows in case.tables.items()}
    return {name: counts for name, counts in found.items() if counts}


def sources(case: Case, language: str) -> Table:
    """Table × status: how many numbers, with the sum of all tables."""
    counts = source_counts(case)
    rows = [{"table": of_both(*TABLES[name].labels, language), **_counted(found)} for name, found in counts.items()]
    whole: Counter[str] = sum(counts.values(), Counter())
    rows.append({"table": word("total", language), **_counted(whole), "_total": True})
    return table(word("title_sources", language), ["table", *(f"status_{status}" for status in STATUSES), "sum"], rows)


def _counted(counts: Counter[str]) -> dict[str, Any]:
    return {**{f"status_{status}": counts[status] for status in STATUSES}, "sum": sum(counts.values())}


def leanings(case: Case, results: xr.Dataset | None) -> list[Leaning]:
    """Estimates and illustrations with a range, the weightiest first: by width × money where there are results, else by width."""
    found = _unsure(case)
    if results is None:
        idle = _idle_technologies(case)
        return sorted((one for one in found if not idle.intersection(one.ids)), key=lambda one: (-one.width, one.ids, one.quantity))
    money = _money(case, results)
    weighed = [
        Leaning(one.ids, one.quantity, one.width, one.status, one.source, money[one.ids, one.quantity])
        for one in found
        if money.get((one.ids, one.quantity), 0.0) > dust
    ]
    return sorted(weighed, key=lambda one: (-one.moved, one.ids, one.quantity))


def leaning(case: Case, results: xr.Dataset | None, language: str, *, run: str = "") -> Table:
    """The first few of them, with what the ranking means."""
    names, (money, _) = labels_of(case, language), display_unit("亿元", language)
    rows = []
    for one in leanings(case, results)[:most_shown]:
        weighed = {"weight": tidy(one.money), "moved": tidy(one.moved), "unit": money} if results is not None else {}
        rows.append(
            {
                "item": " / ".join(names.get(name, name) for name in one.ids), "where": word(f"through_{one.quantity}", language)
                if one.quantity in THROUGH else _spoken(case, one, language), **weighed,
                "width": tidy(100 * one.width), "status": word(f"status_{one.status}", language), "source": as_written(one.source, language),
            }
        )  # fmt: skip
    columns = ["item", "where", *(("moved", "weight", "unit") if results is not None else ()), "width", "status", "source"]
    note = word("note_leaning_run", language).format(run) if results is not None else word("note_leaning_width", language)
    return table(word("title_leaning", language), columns, rows, [note])


def leaning_records(case: Case, results: xr.Dataset | None) -> list[dict[str, Any]]:
    """The first few of them by their ids; money in 亿元, None without results."""
    return [
        {
            "items": list(one.ids), "quantity": one.quantity, "width": one.width, "status": one.status, "source": one.source,
            "money": None if results is None else one.money, "moved": None if results is None else one.moved,
        }
        for one in leanings(case, results)[:most_shown]
    ]  # fmt: skip


THROUGH = ("investment", "upkeep", "variable_cost", "price", "flow", "amount")


def _spoken(case: Case, one: Leaning, language: str) -> str:
    for known in QUANTITIES.values():
        if one.quantity in known:
            return of_both(known[one.quantity].en, known[one.quantity].zh, language)
    return of_both(*TABLES[one.quantity].labels, language) if one.quantity in TABLES else one.quantity


def _unsure(case: Case) -> list[Leaning]:
    """One entry for each quantity of an item; rows of other tables stand under the table's name, flows under `flow`."""
    widest: dict[tuple[tuple[str, ...], str], Leaning] = {}
    for name, rows in case.tables.items():
        for row in rows:
            if not isinstance(row, Quantified) or row.status not in UNSURE:
                continue
            if not row.value or row.low is None or row.high is None or row.high <= row.low:
                continue
            ids, quantity = _named(name, row)
            one = Leaning(ids, quantity, (row.high - row.low) / abs(row.value), row.status, row.source)
            if (ids, quantity) not in widest or one.width > widest[ids, quantity].width:
                widest[ids, quantity] = one
    return list(widest.values())


def _idle_technologies(case: Case) -> frozenset[str]:
    """Technologies of a shared table that the case neither owns nor can build, so that none of their numbers can matter."""
    used = {row.technology for row in case.tables["existing"]} | {row.item for row in case.tables["effects"]}
    return frozenset(row.id for row in case.tables["technologies"]) - used


def _named(name: str, row: Any) -> tuple[tuple[str, ...], str]:
    if name == "numbers":
        return (row.item,), row.quantity
    values = dict(row)
    ids = tuple(str(values[key]) for key in row.key if key not in ("year", "by", "until", "age") and values[key] is not None)
    return ids, "flow" if name == "flows" else name


def _money(case: Case, results: xr.Dataset) -> dict[tuple[tuple[str, ...], str], float]:
    """{(item, quantity): 亿元 that pass through it over all years of the run}, undiscounted."""
    years = results["year"].values.tolist()
    numbers = Numbers(case, spans(int(results.attrs["base_year"]), years))
    weights = results["span_years"].values
    made: dict[tuple[tuple[str, ...], str], float] = defaultdict(float)
    for ids, quantity, amounts in _passing(case, results, numbers):
        made[ids, quantity] += float(np.nansum(np.abs(amounts) * weights))
    return made


def _passing(case: Case, results: xr.Dataset, numbers: Numbers) -> Iterator[tuple[tuple[str, ...], str, np.ndarray]]:
    level = _paths(results, "level", "measure")
    paid = dict(zip(results["measure"].values.tolist(), invested(results).values.tolist(), strict=True))
    capacity, annual = _paths(results, "capacity", "technology"), _paths(results, "annual", "technology")
    regional = settings_of(case)["regional_share"]
    none = np.zeros(results.sizes["year"])
    for row in case.tables["measures"]:
        yield (row.id,), "investment", paid.get(row.id, 0.0) / none.size / results["span_years"].values
        yield (row.id,), "upkeep", level.get(row.id, none) * numbers.path("measures", row.id, "upkeep")
    for row in case.tables["technologies"]:
        share = regional if row.serves == "region" else 1.0
        yield (row.id,), "upkeep", share * capacity.get(row.id, none) * numbers.path("technologies", row.id, "upkeep")
        yield (row.id,), "variable_cost", annual.get(row.id, none) * numbers.path("technologies", row.id, "variable_cost")
    for market, amounts in _paths(results, "trade_value", "market").items():
        yield (market,), "price", amounts
    prices = _prices(case, numbers)
    flows: dict[tuple[str, str], dict[int | None, float]] = defaultdict(dict)
    for row in case.tables["flows"]:
        flows[row.technology, row.commodity][row.year] = numbers.canonical("flows", row)
    for (technology, commodity), given in flows.items():
        if commodity in prices:
            yield (technology, commodity), "flow", numbers.fill(given) * annual.get(technology, none) * prices[commodity]
    for row in case.tables["demands"]:
        if row.commodity in prices:
            yield (row.id,), "amount", numbers.path("demands", row.id, "amount", missing=0.0) * prices[row.commodity]


def _prices(case: Case, numbers: Numbers) -> dict[str, np.ndarray]:
    """{commodity: the price at which it is bought, or else sold}, 亿元 per unit."""
    found: dict[str, np.ndarray] = {}
    for row in sorted(case.tables["markets"], key=lambda row: (row.direction != "sell", row.id)):
        found[row.commodity] = numbers.path("markets", row.id, "price", missing=0.0)
    return found


def _paths(results: xr.Dataset, name: str, dim: str) -> dict[str, np.ndarray]:
    data = results[name].transpose(dim, "year")
    return {str(key): np.nan_to_num(values) for key, values in zip(data[dim].values.tolist(), data.values, strict=True)}
