"""What a run says on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import attributes, decimals, dust, labels, percent, shown
from model.report.layout import high, screen, wrapped
from model.report.plan.acted_text import acted_lines
from model.report.plan.change_tables import carbon
from model.report.plan.convention_text import convention_lines
from model.report.plan.headline_text import falls_lines, standing_lines
from model.report.plan.next_text import next_text
from model.report.plan.outcome import warnings
from model.report.plan.screen_parts import cost_lines, heading, most_lines, not_accepted, operation, portfolio_lines
from model.report.plan.since_text import since_brief
from model.report.plan.target_counts import targets_line
from model.report.plan.target_tables import target_rows
from model.report.plan.unenforced_tables import unenforced_lines
from model.report.schedule.edits_text import edits_text
from model.report.units import display_unit
from model.report.words import word
from model.results.headline import last_target_year
from model.results.next_years import has_next
from model.results.schedule_answer import answer_of
from model.results.since import since_of
from model.results.steadiness import Steadiness

most_years = 4


def summary_text(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, known: Steadiness | None = None) -> str:
    """Cost, gap, targets, portfolio, what of each fall is decided, and which builds stand, as far as it is known, on one screen: at most 47 lines;
    what the next years ask, where decisions begin later; and, of a run against an earlier one, what it costs more than that. What an edited schedule asked
    stands before all of it.
    """
    other = since_brief(since_of(manifest["since"]), results, manifest, language) if manifest.get("since") else []
    made = (next_text if has_next(results) else _text)(results, manifest, language, known=known, most=most_lines - high(other))
    first = edits_text(answer_of(manifest["schedule"]), results, language) if manifest.get("schedule") else ""
    return first + made + (screen(other) if other else "")


def _text(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, known: Steadiness | None, most: int) -> str:
    head = [*not_accepted(results, language), *heading(results, manifest, language), ""]
    head += [
        *cost_lines(results, manifest, language),
        "",
        *_targets(results, language),
        *convention_lines(results, language),
        *acted_lines(manifest, language),
        "",
    ]
    tail = ["", *falls_lines(results, language), *_backstop(results, language), *standing_lines(results, manifest, known, language)]
    tail += operation(results, language)
    tail += [word("warning", language).format(text) for text in warnings(results, manifest, language)]
    room = most - screen([*head, *tail]).count("\n")
    return screen([*head, *portfolio_lines(results, language, room, _chosen_years(results)), *tail])


def _targets(results: xr.Dataset, language: str) -> list[str]:
    lines = [targets_line(results, language)]
    rows = target_rows(results, language)
    for state, key in (("binding", "line_binding"), ("relaxed", "line_relaxed"), ("out_of_reach", "line_out_of_reach")):
        named = list(dict.fromkeys(_with_band(row, language) for row in rows if row["_state"] == state))
        lines += wrapped(named, first="  " + word(key, language).format(""), separator=word("separator", language)) if named else []
    return lines + unenforced_lines(results, language)


def _with_band(row: Mapping[str, Any], language: str) -> str:
    """A target's name, and where the plan says "about" its number with the band."""
    if not row["band"]:
        return str(row["target"])
    number = f"{shown(row['required'], decimals([row['required']], row['unit']))} {row['unit']}"
    return f"{row['target']}{word('colon', language)}{word('with_band', language).format(number, row['band'])}"


def _chosen_years(results: xr.Dataset) -> list[int]:
    """Base year and last, and what fits between, round years first."""
    years = [int(results.attrs["base_year"]), *results["year"].values.tolist()]
    rank = sorted(years[1:-1], key=lambda year: (year % 10 != 0, year % 5 != 0, year))
    return sorted({years[0], years[-1], *rank[: most_years - 2]})


def _backstop(results: xr.Dataset, language: str) -> list[str]:
    """How much of the change of CO2 rests on the backstop, in a case that has one."""
    if not any(attributes(results, "technology", "technology_backstop").values()):
        return []
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    last, lines = last_target_year(results), list[str]()
    for i in carbon(results):
        unit, factor = display_unit(units[i], language)
        parts = results["fall"].sel(indicator=i, year=last) * factor
        total, stand_in = float(parts.sum()), float(parts.sel(part="backstop"))
        if abs(stand_in) > dust:
            said = word("with_band", language).format(f"{shown(stand_in, decimals([total]))} {unit}", percent(-stand_in, -total))
            lines.append("  " + word("line_backstop", language).format(names[i], last, said))
    return lines
