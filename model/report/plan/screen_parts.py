"""Parts that every screen of a run has: why it is not accepted, how it is proven and checked, what it costs, and its portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.display import case_title, decimals, shown
from model.report.layout import columns_of, flowed, screen_width, width
from model.report.plan.capacity_tables import portfolio
from model.report.plan.day_rounds_text import day_rounds_lines
from model.report.plan.difference_text import over_usual_said
from model.report.plan.full_year_text import full_year_lines
from model.report.plan.outcome import CostDifference, Costs, costs, curtailment, unproven
from model.report.plan.passing_tables import passing_lines
from model.report.plan.question_text import asked_in_full_sight, ties_command
from model.report.plan.shortfall_tables import in_brief, short_as_usual, shortfall_sentences
from model.report.units import display_unit
from model.report.words import counted, word, word_or
from model.results.plan_cost import plan_cost
from model.results.shortfalls import shortfalls

most_lines, most_shortfalls, remark_width = 46, 4, 40


def not_accepted(results: xr.Dataset, language: str) -> list[str]:
    """Why the plan is not to be used, before anything it claims; empty for a plan that serves everything."""
    told = shortfall_sentences(results, language)
    if not told:
        return []
    more = [word("line_more", language).format(len(told) - most_shortfalls)] if len(told) > most_shortfalls else []
    return [word("not_accepted_short", language), *(f"  {text}" for text in (*told[:most_shortfalls], *more)), ""]


def heading(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """What the run is, how it is proven, how its days were chosen where they were, and what all days of some years say beside it."""
    audit, seconds = dict(manifest.get("audit", {})), dict(manifest.get("seconds", {}))
    time = float(seconds.get("total", sum(float(value) for value in seconds.values())))
    checked = (
        word("audit_passed", language)
        if audit.get("ok")
        else word("audit_failed", language).format(f"{float(audit.get('worst', 0.0)):.0e}")
    )
    ended = str(manifest.get("status"))
    status = word_or(f"ended_{ended}", language, word_or(ended, language, ended))
    title = case_title(results, language) + (f"  {manifest['run']}" if manifest.get("run") else "")
    proof = word("line_proof", language).format(
        status, shown(100 * plan_cost(manifest).relative_gap, 3), _days(manifest, language), shown(time, 1), checked
    )
    return [title, proof, *day_rounds_lines(manifest, language), *full_year_lines(results, manifest, language)]


def _days(manifest: Mapping[str, Any], language: str) -> str:
    """On how many typical days, and on how many of a spell beside them; a run stored without the latter tells all its days as one number."""
    spell = int(manifest.get("stress_days", 0))
    typical = counted("typical_days", int(manifest["days"]) - spell, language)
    return word("days_with_spell", language).format(typical, counted("spell_days", spell, language)) if spell else typical


def cost_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """Costs and their differences, each with what is proven of it; where the plan leaves something short, that no cost holds it."""
    found, unit = costs(results, manifest), display_unit("亿元", language)[0]
    values = [found.plan, *found.baselines.values(), *(value.value for value in found.over.values())]
    places = max(2, decimals(values))
    short = bool(shortfalls(results))
    ties = [] if short else _ties(found, manifest)
    proven = "line_ties" if ties else "line_gap" if shown(found.gap) != shown(0.0) else "line_best_as_short" if short else "line_best"
    said = word(proven, language).format(shown(found.gap))
    rows = [[word("plan", language), shown(found.plan, places), said, *ties]]
    for name in ("usual", "free"):
        if name in found.baselines:
            over = (
                over_usual_said(found.over[name], language, places)
                if name == "usual"
                else word("line_over_free", language).format(_told(found.over[name], places, language))
            )
            short_too = short_as_usual(results, language) if name == "usual" else ""
            said = word("separator", language).join(one for one in (over, short_too) if one)
            rows.append([word(name, language), shown(found.baselines[name], places), said])
    apart = flowed(f"  {word('note_short_apart', language)}", screen_width) if short else []
    return [word("line_money", language).format(unit), *_with_remarks(rows), *apart, *passing_lines(results, language)]


def _ties(found: Costs, manifest: Mapping[str, Any]) -> list[str]:
    """Other builds may be as good as those of the plan, within what it is proven to: the command that tells which; nothing where none can be."""
    if shown(found.gap, 2) == shown(0.0, 2) or not found.plan or not asked_in_full_sight(manifest):
        return []
    return [f"    {ties_command(manifest, found.gap / abs(found.plan))}"]


def _with_remarks(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names and numbers with a remark behind each, which goes on under itself where the line is full, and lines below it."""
    made: list[str] = []
    for line, row in zip(columns_of((), [row[:2] for row in rows], left=1), rows, strict=True):
        first, *more = flowed(row[2], max(remark_width, screen_width - width(line) - 3))
        made += [f"{line}   {first}", *(f"{' ' * width(line)}   {text.strip()}" for text in more), *row[3:]]
    return made


def _told(apart: CostDifference, places: int, language: str) -> str:
    text, ends = f"{apart.value:+,.{places}f}", [shown(end, places) for end in (apart.low, apart.high)]
    if any(end != shown(apart.value, places) for end in ends):
        text = word("proven_between", language).format(text, *ends)
    return text if apart.proven else f"{text}{word('colon', language)}{unproven(apart, language)}"


def portfolio_lines(results: xr.Dataset, language: str, room: int, chosen: Sequence[int]) -> list[str]:
    """Capacity by technology and measures without one in the years chosen: the first rows of each sector in turn, as many as there is room for."""
    frame = portfolio(results, language)
    kept = frame.sort_values(["_place", "_sector"]).head(max(3, room - 3)).sort_values(["_sector", "_place"])
    heading, rows = ["", "", *map(str, chosen)], list[list[str]]()
    for row in kept.to_dict("records"):
        places = decimals([row[year] for year in chosen], row["unit"])
        rows.append([row["technology"], row["unit"], *(shown(row[year], places) if row[year] else "-" for year in chosen)])
    lines = columns_of(heading, rows, left=2)
    more = [f"  {word('line_more', language).format(len(frame) - len(kept))}"] if len(kept) < len(frame) else []
    title = "line_portfolio_measures" if bool(kept["_after"].any()) else "line_portfolio"
    return [word(title, language), *lines, *more]


def operation(results: xr.Dataset, language: str) -> list[str]:
    """The highest share of wind and sun not taken, and what is left short, in a line; nothing where no technology runs."""
    if not results.sizes["technology"]:
        return []
    return [word("line_operation", language).format(shown(100 * curtailment(results), 1), in_brief(results, language))]
