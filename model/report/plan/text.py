"""What a run says on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.display import attributes, case_title, decimals, labels, percent, shown
from model.report.layout import columns_of, flowed, screen, screen_width, width, wrapped
from model.report.plan.capacity_tables import portfolio
from model.report.plan.change_tables import carbon
from model.report.plan.outcome import CostDifference, Costs, costs, curtailment, target_counts, unproven, warnings
from model.report.plan.shortfall_tables import in_brief, shortfall_sentences
from model.report.plan.target_tables import target_rows
from model.report.plan.unenforced_tables import unenforced_lines
from model.report.units import display_unit
from model.report.words import word, word_or
from model.results.shortfalls import shortfalls

most_lines, most_shortfalls, most_years, remark_width = 44, 4, 4, 40


def summary_text(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> str:
    """Cost, gap, targets, portfolio and the split of CO2 on one screen: at most 45 lines."""
    head = [*_not_accepted(results, language), *_heading(results, manifest, language), ""]
    head += [*_money(results, manifest, language), "", *_targets(results, language), ""]
    tail = ["", *_changes(results, language), *_operation(results, language)]
    tail += [word("warning", language).format(text) for text in warnings(results, manifest, language)]
    room = most_lines - screen([*head, *tail]).count("\n")
    return screen([*head, *_portfolio(results, language, room), *tail])


def _not_accepted(results: xr.Dataset, language: str) -> list[str]:
    """Why the plan is not to be used, before anything it claims; empty for a plan that serves everything."""
    told = shortfall_sentences(results, language)
    if not told:
        return []
    more = [word("line_more", language).format(len(told) - most_shortfalls)] if len(told) > most_shortfalls else []
    return [word("not_accepted_short", language), *(f"  {text}" for text in (*told[:most_shortfalls], *more)), ""]


def _heading(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    audit, seconds = dict(manifest.get("audit", {})), dict(manifest.get("seconds", {}))
    time = float(seconds.get("total", sum(float(value) for value in seconds.values())))
    checked = word("audit_ok" if audit.get("ok") else "audit_failed", language).format(f"{float(audit.get('worst', 0.0)):.0e}")
    ended = str(manifest.get("status"))
    status = word_or(f"ended_{ended}", language, word_or(ended, language, ended))
    title = case_title(results, language) + (f"  {manifest['run']}" if manifest.get("run") else "")
    sentence = "line_proof_one" if manifest.get("days") == 1 else "line_proof"
    proof = word(sentence, language).format(
        status, shown(100 * float(manifest["gap"]), 3), manifest.get("days", "-"), shown(time, 1), checked
    )
    return [title, proof]


def _money(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    found, unit = costs(results, manifest), display_unit("亿元", language)[0]
    values = [found.plan, *found.baselines.values(), *(value.value for value in found.over.values())]
    places = max(2, decimals(values))
    rows = [[word("plan", language), shown(found.plan, places), _gap(found, language)]]
    for name in ("usual", "free"):
        if name in found.baselines:
            rows.append(
                [
                    word(name, language),
                    shown(found.baselines[name], places),
                    word(f"line_over_{name}", language).format(_told(found.over[name], places, language)),
                ]
            )
    return [word("line_money", language).format(unit), *_with_remarks(rows)]


def _with_remarks(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names and numbers with a remark behind each, which goes on under itself where the line is full."""
    made: list[str] = []
    for line, row in zip(columns_of((), [row[:2] for row in rows], left=1), rows, strict=True):
        first, *more = flowed(row[2], max(remark_width, screen_width - width(line) - 3))
        made += [f"{line}   {first}", *(f"{' ' * width(line)}   {text.strip()}" for text in more)]
    return made


def _gap(found: Costs, language: str) -> str:
    return word("line_gap", language).format(shown(found.gap), shown(100 * found.gap / abs(found.plan), 3) if found.plan else "-")


def _told(apart: CostDifference, places: int, language: str) -> str:
    text = f"{apart.value:+,.{places}f} [{shown(apart.low, places)}, {shown(apart.high, places)}]"
    return text if apart.proven else f"{text}{word('colon', language)}{unproven(apart, language)}"


def _targets(results: xr.Dataset, language: str) -> list[str]:
    met, binding, in_force = target_counts(results)
    lines = [word("line_targets_short" if shortfalls(results) else "line_targets", language).format(met, in_force, binding)]
    rows = target_rows(results, language)
    for state, key in (("binding", "line_binding"), ("missed", "line_missed")):
        named = list(dict.fromkeys(_with_band(row, language) for row in rows if row["_state"] == state))
        lines += wrapped(named, first="  " + word(key, language).format(""), separator=word("separator", language)) if named else []
    return lines + unenforced_lines(results, language)


def _with_band(row: Mapping[str, Any], language: str) -> str:
    """A target's name, and where the plan says "about" its number with the band."""
    if not row["band"]:
        return str(row["target"])
    number = f"{shown(row['required'], decimals([row['required']], row['unit']))} {row['unit']}"
    return f"{row['target']}{word('colon', language)}{word('with_band', language).format(number, row['band'])}"


def _portfolio(results: xr.Dataset, language: str, room: int) -> list[str]:
    """Capacity by technology, the rows that move most in each sector in turn, as many as there is room for."""
    frame = portfolio(results, language)
    years = [name for name in frame.columns if isinstance(name, int)]
    chosen = _chosen_years(years)
    frame = frame.assign(_rank=frame.groupby("sector")["_move"].rank(ascending=False, method="first"))
    kept = frame.sort_values(["_rank", "_sector"]).head(max(3, room - 3)).sort_values(["_sector", "_rank"])
    heading, rows = ["", "", *map(str, chosen)], list[list[str]]()
    for row in kept.to_dict("records"):
        places = decimals([row[year] for year in chosen], row["unit"])
        rows.append([row["technology"], row["unit"], *(shown(row[year], places) if row[year] else "-" for year in chosen)])
    lines = columns_of(heading, rows, left=2)
    more = [f"  {word('line_more', language).format(len(frame) - len(kept))}"] if len(kept) < len(frame) else []
    return [word("line_portfolio", language), *lines, *more]


def _chosen_years(years: Sequence[int]) -> list[int]:
    """Base year and last, and what fits between, round years first."""
    rank = sorted(years[1:-1], key=lambda year: (year % 10 != 0, year % 5 != 0, year))
    return sorted({years[0], years[-1], *rank[: most_years - 2]})


def _changes(results: xr.Dataset, language: str) -> list[str]:
    base, last = int(results.attrs["base_year"]), int(results["year"].values[-1])
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    lines = []
    for i in carbon(results):
        unit, factor = display_unit(units[i], language)
        parts = results["fall"].sel(indicator=i, year=last) * factor
        told = {str(p): float(parts.sel(part=p)) for p in parts["part"].values}
        total, places = sum(told.values()), decimals(map(abs, told.values()))
        lines.append(f"{word('line_change', language).format(names[i], last, base, unit)} {shown(total, places)}")
        lines += wrapped(
            [f"{word(p, language)} {shown(value, places)}" for p, value in told.items()],
            first="  = ",
            separator=word("separator", language),
        )
        if results["technology_backstop"].any():
            stand_in = word("with_band", language).format(f"{shown(told['backstop'], places)} {unit}", percent(-told["backstop"], -total))
            lines.append("  " + word("line_backstop", language).format(last, stand_in))
    return lines


def _operation(results: xr.Dataset, language: str) -> list[str]:
    return [word("line_operation", language).format(shown(100 * curtailment(results), 1), in_brief(results, language))]
