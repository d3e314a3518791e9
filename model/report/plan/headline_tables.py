"""How much of each fall comes without the plan, and which builds stand whatever the numbers that weigh most turn out to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, labels, tidy
from model.report.tables import Table, measure_facts, table
from model.report.units import display_unit
from model.report.words import word
from model.results.fall import DECIDED, GIVEN
from model.results.headline import Fall, beside, falls
from model.results.steadiness import Steadiness, Tornado


def falls_table(results: xr.Dataset, language: str) -> Table:
    """One row for each fall: in all, what came before decisions begin, what is given after and what is decided, each with its parts."""
    names, units, found = (
        labels(results, "indicator", "label", language),
        attributes(results, "indicator", "indicator_unit"),
        falls(results),
    )
    until = [f"until_{one.until}" for one in found[:1] if one.until is not None]
    rows = []
    for one in with_beside(results, found):
        unit, factor = display_unit(units[one.indicator], language)
        amounts = {"fall_in_all": one.total, "given": one.without_plan, "decided": one.by_plan, **one.given, **one.decided}
        amounts |= dict.fromkeys(until, one.past)
        rows.append(
            {
                "indicator": names[one.indicator],
                "year": one.year,
                "unit": unit,
                **{name: tidy(value * factor) for name, value in amounts.items()},
            }
        )
    columns = ["indicator", "year", "unit", "fall_in_all", *until, "given", *GIVEN, "decided", *DECIDED]
    columns = [name for name in columns if name not in GIVEN or any(name in row for row in rows)]
    made = table(word("title_falls", language), columns, rows, [word("note_given", language), word("note_run_otherwise", language)])
    heads = {name: word("fall_until", language).format(name.removeprefix("until_")) for name in until}
    return Table(made.title, made.frame.rename(columns=heads), made.notes)


def with_beside(results: xr.Dataset, found: Sequence[Fall]) -> list[Fall]:
    """Falls, and once after the last of those that it belongs to what is told beside."""
    belongs = {other.indicator: at for at, one in enumerate(found) for other in beside(results, one.indicator)}
    return [
        told
        for at, one in enumerate(found)
        for told in (one, *(other for other in beside(results, one.indicator) if belongs[other.indicator] == at))
    ]


def run_otherwise_table(results: xr.Dataset, language: str) -> Table:
    """Sector × fall: which sectors' standing works run other hours on the usual path, the largest first."""
    sectors, rows = labels(results, "sector", "label", language), list[dict[str, Any]]()
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    for one in falls(results):
        unit, factor = display_unit(units[one.indicator], language)
        for sector, value in hours_by_sector(results, one).items():
            rows.append(
                {
                    "indicator": names[one.indicator],
                    "year": one.year,
                    "sector": sectors[sector],
                    "unit": unit,
                    "amount": tidy(value * factor),
                }
            )
    return table(word("title_run_otherwise", language), ["indicator", "year", "sector", "unit", "amount"], rows)


def hours_by_sector(results: xr.Dataset, one: Fall) -> dict[str, float]:
    """{sector: its part of `run_otherwise` of a fall}, largest first; empty for a run stored without it."""
    if "run_otherwise" not in results:
        return {}
    path = results["run_otherwise"].sel(indicator=one.indicator).fillna(0.0)
    value = path.sel(year=one.year) - (path.sel(year=one.until) if one.until is not None else 0.0)
    sector_of, found = attributes(results, "technology", "technology_sector"), dict[str, float]()
    for technology, amount in zip(value["technology"].values.tolist(), value.values.tolist(), strict=True):
        found[sector_of[technology]] = found.get(sector_of[technology], 0.0) + amount
    return {sector: amount for sector, amount in sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])) if tidy(amount)}


def builds_table(results: xr.Dataset, found: Tornado, language: str) -> Table:
    """Every build of the first decided years, by year: whether it stands, and between which amounts it lies over the scenarios."""
    facts, places = measure_facts(results, language), {k: at for at, k in enumerate(by_money(results, found))}
    rows = []
    for one in sorted(found.builds, key=lambda build: (build.year, places[build.measure])):
        fact = facts[one.measure]
        amounts = {"in_reference": one.reference, "least": one.least, "most": one.most}
        rows.append(
            {
                "year": one.year, "measure": fact["measure"], "unit": fact["unit"], "stands_or_flips": word("build_stands" if one.stands else "build_flips", language),
                **{name: tidy(value * fact["_factor"]) for name, value in amounts.items()}, "taken": one.taken, "of_scenarios": one.of,
            }
        )  # fmt: skip
    notes = [word("note_standing", language), counted_line(found, language)]
    if found.without_plan:
        notes.append(word("line_unsolved", language).format(word("separator", language).join(found.without_plan)))
    columns = ["year", "measure", "unit", "stands_or_flips", "in_reference", "least", "most", "taken", "of_scenarios"]
    return table(word("title_standing", language).format(found.study), columns, rows, notes)


def counted_line(found: Tornado, language: str) -> str:
    """Over how many numbers and scenarios, and how many of these have a plan."""
    return word("line_tornado", language).format(found.numbers, found.solved, found.scenarios)


def by_money(results: xr.Dataset, found: Tornado) -> list[str]:
    """The measures with a build, first those on which the plan spends most beyond the usual path in these years."""
    years = sorted({one.year for one in found.builds})
    spent = (results["investment_cash"] - results["usual_investment_cash"]).sel(year=years).sum("year")
    cash = dict(zip(spent["measure"].values.tolist(), np.nan_to_num(spent.values).tolist(), strict=True))
    return sorted({one.measure for one in found.builds}, key=lambda k: (-tidy(cash[k]), k))


def headline_tables(results: xr.Dataset, known: Steadiness | None, language: str) -> dict[str, Table]:
    """What falls and why, and what stands where a tornado tells it."""
    parts = {"falls": falls_table(results, language), "run-otherwise": run_otherwise_table(results, language)}
    if known is not None and known.tornado is not None:
        parts["builds-that-stand"] = builds_table(results, known.tornado, language)
    return parts
