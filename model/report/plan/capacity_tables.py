"""What stands and what it does: capacity in force and the balance of every commodity."""

from __future__ import annotations

from collections import Counter
from functools import reduce

import numpy as np
import pandas as pd
import xarray as xr

from model.report.display import attributes, dust, labels, spans, tidy
from model.report.tables import INNER, Table, by_year, measure_facts, sector_ranks, table
from model.report.units import display_unit
from model.report.words import word

ADD_ONS = ("saving", "flexibility", "reservoir")
SIZED_APART = ("reservoir",)  # of add-ons: decided beside the technology that they belong to


def main_outputs(results: xr.Dataset) -> dict[str, str]:
    """{technology: the commodity it is built for}: of those it gives out, the one most technologies share.

    Storage belongs to what it stores; an add-on and what gives nothing out have none.
    """
    balance = results["balance"]
    technologies = [g for g in results["technology"].values.tolist() if g in balance["balance_entry"].values]
    given = (balance.sel(balance_entry=technologies).max("year") > dust).transpose("balance_entry", "commodity")
    stored = {g for g, operation in attributes(results, "technology", "technology_operation").items() if operation == "storage"}
    moved = (abs(balance.sel(balance_entry=technologies)).max("year") > dust).transpose("balance_entry", "commodity")
    outputs = {
        g: [
            c
            for c, yes in zip(
                balance["commodity"].values.tolist(), (moved if g in stored else given).sel(balance_entry=g).values, strict=True
            )
            if yes
        ]
        for g in technologies
    }
    common = Counter(c for found in outputs.values() for c in found)
    return {g: max(found, key=lambda c: (common[c], c)) for g, found in outputs.items() if found}


def capacity(results: xr.Dataset, language: str) -> Table:
    """Technology × year: capacity in force, base year first, the last year of the usual path beside."""
    names, sectors = labels(results, "technology", "label", language), labels(results, "sector", "label", language)
    commodities, outputs = labels(results, "commodity", "label", language), main_outputs(results)
    units, sector_of = attributes(results, "technology", "technology_capacity_unit"), attributes(results, "technology", "technology_sector")
    illustrative = attributes(results, "technology", "technology_illustrative")
    backstop = attributes(results, "technology", "technology_backstop")
    base, years = int(results.attrs["base_year"]), results["year"].values.tolist()
    usual, as_usual = f"{word('usual', language)} {years[-1]}", _as_usual(results)
    at_start, standing = attributes(results, "technology", "base_capacity"), results["capacity"].transpose("technology", "year").values
    rows = []
    places = {g: place for place, g in enumerate(results["technology"].values.tolist())}
    for g, name in names.items():
        unit, factor = display_unit(units[g], language)
        path = {base: at_start[g], **by_year(years, standing[places[g]])}
        if max(map(abs, path.values())) <= dust or backstop.get(g):
            continue
        rows.append(
            {
                "sector": sectors[sector_of[g]], "technology": name, "output": commodities.get(outputs.get(g, ""), ""), "unit": unit,
                **{year: tidy(value * factor) for year, value in path.items()}, usual: tidy(as_usual.get(g, np.nan) * factor),
                "note": word("illustrative", language) if illustrative.get(g) else "", "_illustrative": bool(illustrative.get(g)), "_id": g,
            }
        )  # fmt: skip
    order, ranks = _order(results), sector_ranks(results)
    rows.sort(key=lambda row: (ranks[sector_of[str(row["_id"])]], str(row["output"]), order[str(row["_id"])]))
    columns = ["sector", "technology", "output", "unit", base, *years, usual, "note"]
    return table(word("title_capacity", language), columns, rows, [word("note_region", language)])


def _as_usual(results: xr.Dataset) -> dict[str, float]:
    """{technology: capacity at the end of the usual path}; nothing where it was not solved."""
    if "usual" not in results["baseline"].values:
        return {}
    found = results["baseline_capacity"].sel(baseline="usual").isel(year=-1)
    return dict(zip(found["technology"].values.tolist(), found.values.tolist(), strict=True))


def _order(results: xr.Dataset) -> dict[str, tuple[int, str]]:
    """Technologies as they stack: what runs steadily first, storage last."""
    steps = ("committed", "shaped", "yearly", "dispatch", "variable", "saving", "flexibility", "storage", "reservoir")
    return {g: (steps.index(operation), g) for g, operation in attributes(results, "technology", "technology_operation").items()}


def stack_order(results: xr.Dataset, language: str) -> dict[str, int]:
    """{label: place} in a stacked chart."""
    names, order = labels(results, "technology", "label", language), _order(results)
    return {names[g]: place for place, g in enumerate(sorted(names, key=lambda g: order[g]))}


def growing_outputs(standing: Table, results: xr.Dataset, language: str) -> list[str]:
    """Outputs whose park in the table of capacity is worth a chart: at least two technologies of one unit, and some change. The largest first."""
    frame = standing.frame
    add_ons = {
        name
        for g, name in labels(results, "technology", "label", language).items()
        if attributes(results, "technology", "technology_operation")[g] in ADD_ONS
    }
    frame = frame[(frame["output"] != "") & ~frame["technology"].isin(add_ons)]
    years = [name for name in frame.columns if isinstance(name, int)]
    found = []
    for output, group in frame.groupby("output", sort=False):
        values = group[years].to_numpy(float)
        if len(group) > 1 and group["unit"].nunique() == 1 and np.ptp(values, axis=1).max() > dust:
            found.append((len(group), str(output)))
    return [output for _, output in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def energy_balance(results: xr.Dataset, language: str) -> Table:
    """Commodity × entry × year: supply positive, use negative, what is left over last."""
    commodities, heads = labels(results, "commodity", "label", language), list(spans(results))
    entries = {**labels(results, "technology", "label", language), **labels(results, "market", "label", language)}
    entries |= {name: word(name, language) for name in ("demand", "unserved")}
    units = attributes(results, "commodity", "commodity_unit")
    balance = results["balance"].transpose("commodity", "balance_entry", "year")
    rows = []
    for c, amounts in zip(balance["commodity"].values.tolist(), balance.values, strict=True):
        unit, factor = display_unit(units[c], language)
        used = [
            (e, [tidy(value * factor) for value in path]) for e, path in zip(balance["balance_entry"].values.tolist(), amounts, strict=True)
        ]
        used = [(e, path) for e, path in used if any(path)]
        used.sort(key=lambda pair: (-np.sign(_largest(pair[1])), -abs(_largest(pair[1]))))
        rows += [{"commodity": commodities[c], "entry": entries[e], "unit": unit, **by_year(heads, path)} for e, path in used]
        left = [tidy(round(value, 6)) for value in reduce(np.add, [np.array(path) for _, path in used], np.zeros(len(heads)))]
        scale = max((abs(_largest(path)) for _, path in used), default=0.0)
        if max(map(abs, left), default=0.0) > 1e-4 * scale > 0:
            over = {"commodity": commodities[c], "entry": word("left_over", language), "unit": unit, "_total": True}
            rows.append(over | by_year(heads, left))
    return table(word("title_balance", language), ["commodity", "entry", "unit", *heads], rows, [word("note_balance", language)])


def _largest(path: list[float]) -> float:
    return max(path, key=abs, default=0.0)


def direct_measures(results: xr.Dataset) -> list[str]:
    """Measures that act on no technology, but on indicators by themselves, and those that plant; of a run stored before that was told, the latter."""
    kinds, direct = attributes(results, "measure", "measure_kind"), attributes(results, "measure", "measure_direct")
    return [k for k, kind in kinds.items() if kind == "plant" or direct.get(k, False)]


def measures_in_force(results: xr.Dataset, language: str) -> Table:
    """Measures that act on indicators by themselves × year: how much of each is in force. Those that never are, are left out."""
    facts, heads = measure_facts(results, language), spans(results)
    rows = []
    for k in direct_measures(results):
        level = by_year(heads.values(), results["level"].sel(measure=k).values, facts[k]["_factor"])
        if any(level.values()):
            rows.append(
                {**{name: value for name, value in facts[k].items() if name not in INNER}, **level, "_order": (*facts[k]["_rank"], k)}
            )
    rows.sort(key=lambda row: row["_order"])
    columns = ["sector", "measure", "kind", "county", "unit", *heads.values(), "note"]
    kept = [{name: value for name, value in row.items() if name != "_order"} for row in rows]
    return table(word("title_in_force", language), columns, kept, [word("note_in_force", language)] if kept else [])


def portfolio(results: xr.Dataset, language: str) -> pd.DataFrame:
    """What the plan changes: capacity in force, then measures that act on indicators by themselves. Sector, technology, unit, base year and years.

    `_sector` and `_place` rank rows: within its sector what moves most comes first, capacity and what is planted before other measures.
    """
    whole = capacity(results, language).frame
    years = [name for name in whole.columns if isinstance(name, int)]
    operation = attributes(results, "technology", "technology_operation")
    left_out = [name for name in ADD_ONS if name not in SIZED_APART]
    kept = whole.loc[~whole["_id"].map(operation).isin(left_out), ["sector", "technology", "unit", *years]].assign(_after=False)
    kinds, sectors = attributes(results, "measure", "measure_kind"), labels(results, "sector", "label", language)
    names, units = labels(results, "measure", "label", language), attributes(results, "measure", "measure_unit")
    sector_of = attributes(results, "measure", "measure_sector")
    direct = []
    for k in direct_measures(results):
        unit, factor = display_unit(units[k], language)
        level = by_year(years, [0.0, *results["level"].sel(measure=k).values], factor)
        direct.append({"sector": sectors[sector_of[k]], "technology": names[k], "unit": unit, **level, "_after": kinds[k] != "plant"})
    made = pd.concat([kept, pd.DataFrame(direct, columns=kept.columns)], ignore_index=True) if direct else kept.reset_index(drop=True)
    values = made[years].to_numpy(float)
    made["_move"] = np.ptp(values, axis=1) if len(made) else []
    places = {sectors[s]: place for place, (_, s) in enumerate(sorted(sector_ranks(results).values()))}
    made["_sector"] = [places[name] for name in made["sector"]]
    made = made[made["_move"] > 1e-4].sort_values(["_after", "_move"], ascending=[True, False], kind="stable")
    made["_place"] = made.groupby("sector").cumcount()
    return made.reset_index(drop=True)
