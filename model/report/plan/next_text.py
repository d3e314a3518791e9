"""What a run says on one screen where decisions begin after its first year: what the next two years ask of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd
import xarray as xr

from model.report.display import attributes, decimals, shown
from model.report.layout import columns_of, high, screen, wrapped
from model.report.plan.acted_text import acted_lines
from model.report.plan.bureau_lines import decided_lines
from model.report.plan.convention_text import convention_lines
from model.report.plan.headline_text import falls_lines, first_fall, standing_lines
from model.report.plan.money_lines import begin_lines, payer_lines, total_lines
from model.report.plan.next_tables import next_tables
from model.report.plan.outcome import warnings
from model.report.plan.past_tables import past_lines
from model.report.plan.readings_table import readings_lines
from model.report.plan.screen_parts import cost_lines, heading, not_accepted, operation, portfolio_lines
from model.report.plan.target_counts import targets_line, unmet_warnings
from model.report.plan.unenforced_tables import unenforced_lines
from model.report.tables import Table
from model.report.words import word
from model.results.brief import until
from model.results.next_money import next_money, paid_for
from model.results.next_years import begun_records, next_years
from model.results.steadiness import Steadiness

most_rows, least_bureaus, least_portfolio, most_later = 4, 4, 6, 4
first_lines, barest = 24, -2  # what is seen without scrolling holds decisions with their measures, whatever gives way
# Columns of the screen: what a row is about, its unit, then numbers.
BLOCKS = MappingProxyType(
    {
        "next-unmet": ("target", "unit", "years_missed", "achieved", "required", "met_from"),
    }
)
HEADS = MappingProxyType({"years_missed": "years", "met_from": "met_from_brief"})  # where the title over the block says what they are
AMOUNTS = ("amount", "achieved", "required")
LINES_OF_TARGETS = MappingProxyType(
    {"out_of_reach": "line_next_out_of_reach", "relaxed": "line_relaxed", "binding": "line_next_binding", "priced": "line_next_priced"}
)

SHORT = ("out_of_reach", "relaxed")


def next_text(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, known: Steadiness | None, most: int) -> str:
    """At most so many lines: the blocks beside the decisions have as many rows each as leave these their room, and what is left is the portfolio's."""
    parts, made = next_tables(results, manifest, language), list[str]()
    head = [*not_accepted(results, language), *heading(results, manifest, language), "", *cost_lines(results, manifest, language), ""]
    paid = next_money(results) if "next-money" in parts else None
    money = total_lines(parts, paid, language)
    said = unmet_warnings(results, language)  # stand beside the targets
    end = [word("warning", language).format(text) for text in warnings(results, manifest, language) if text not in said]
    room, chosen = 0, parts["next-decide"].frame
    for rows in range(most_rows, barest - 1, -1):
        made = _beside(results, manifest, parts, rows, language) + _headline(results, manifest, known, rows, language) + end
        room = most - high([*head, *money, *made])
        if room >= 4 + 2 * max(min(least_bureaus, len(chosen)), chosen["bureau"].nunique()) or (
            rows < 0 and room >= first_lines - high(head)
        ):
            break
    decided = decided_lines(parts["next-decide"], max(room, 4), language)
    left = room - high(decided) - 1
    standing = ["", *_portfolio(results, left - 1, language)] if left > least_portfolio else []
    return screen([*head, *money, *decided, *made[: len(made) - len(end)], *standing, *end])


def _beside(results: xr.Dataset, manifest: Mapping[str, Any], parts: Mapping[str, Table], rows: int, language: str) -> list[str]:
    """All that stands beside the decisions, each block with at most so many rows; with none, one of each and the past in brief; below that, counts alone
    where the workbook has the names; at the barest not what else is told of the targets nor how much of the plan is taken up.
    """
    bare, lines, brief, scarce, rows, payers = (
        rows <= barest,
        list[str](),
        rows <= 0,
        rows < 0,
        max(rows, 1),
        max(1 if rows < 0 else 2, rows - 1),
    )
    if "next-begin" in parts:
        lines += begin_lines(parts["next-begin"], paid_for(begun_records(results)), max(2, rows), language)
    for name, columns in BLOCKS.items():
        if name in parts:
            lines += _block(word(f"brief_{name.removeprefix('next-')}", language), parts[name].frame, columns, rows, language)
    if "next-unmet" in parts and not scarce:
        separator = word("separator", language)
        held = dict.fromkeys(one for said in parts["next-unmet"].frame["forbidden_by"] for one in said.split(separator) if one)
        lines += (
            wrapped(list(held), first=word("line_held_by", language).format(""), separator=separator, lines=2 if rows > 1 else 1)
            if held
            else []
        )
    for name in ("next-money", "next-funds"):
        if name in parts:
            lines += payer_lines(parts[name], payers, language)
    if "next-under-way" in parts:
        lines += _under_way(parts["next-under-way"], language)
    lines += _targets(results, manifest, parts.get("next-targets"), rows, language, states=SHORT if bare else tuple(LINES_OF_TARGETS))
    if not bare:
        lines += [*convention_lines(results, language, most=1, brief=scarce), *acted_lines(manifest, language, brief=scarce)]
    past = [*past_lines(results, manifest, language, brief=brief), *readings_lines(results, manifest, language, brief=brief)]
    return [*lines, *past, *operation(results, language)]


def _headline(results: xr.Dataset, manifest: Mapping[str, Any], known: Steadiness | None, rows: int, language: str) -> list[str]:
    """What of the falls is decided, and what stands, the fewer the scarcer room is."""
    fallen = falls_lines(results, language, most=2) if rows > 2 else first_fall(results, language)
    return fallen + standing_lines(results, manifest, known, language, lines=2 if rows > 2 else 1)


def _under_way(part: Table, language: str) -> list[str]:
    """How much of the money is for what was begun before, and the dearest of it; no line where that is nothing."""
    rows = [row for row in part.frame.to_dict("records") if shown(row["invested"], 2) != shown(0.0, 2)]
    named = word("line_next_under_way", language).format(shown(sum(row["invested"] for row in rows), 2))
    return wrapped([row["measure"] for row in rows], first=f"  {named}", separator=word("separator", language), lines=1) if rows else []


def _block(title: str, frame: pd.DataFrame, columns: Sequence[str], most: int, language: str) -> list[str]:
    """A table's first rows, its title over what they are about; what has no room is counted."""
    records = frame.to_dict("records")
    cells = [[_cell(row, name) for name in columns] for row in records[:most]]
    lines = columns_of([title, *(word(HEADS.get(name, name), language) for name in columns[1:])], cells, left=2)
    more = [f"  {word('line_more', language).format(len(records) - most)}"] if len(records) > most else []
    return [*lines, *more]


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if name in AMOUNTS:
        return shown(value, _places([row[other] for other in AMOUNTS if other in row], row["unit"]))
    return value if isinstance(value, str) else str(int(value))


def _places(values: Sequence[float], unit: str) -> int:
    """Decimals that tell values of one unit apart."""
    apart = [max(values) - min(values)]
    return max(decimals(values, unit), decimals(apart, unit) - 1 if any(apart) else 0)


def _targets(
    results: xr.Dataset, manifest: Mapping[str, Any], part: Table | None, rows: int, language: str, *, states: Sequence[str]
) -> list[str]:
    """How many targets are met, and those that ride on these years by what becomes of them, of these states."""
    lines = [targets_line(results, language)]
    lines += _asked(results, manifest, language)
    records = part.frame.to_dict("records") if part is not None else []
    for state in states:
        named = [f"{row['target']} ({row['year']})" for row in records if row["_state"] == state]
        if named:
            first = "  " + word(LINES_OF_TARGETS[state], language).format("")
            lines += wrapped(named, first=first, separator=word("separator", language), lines=2 if rows > 1 else 1)
    return lines + (unenforced_lines(results, language) if rows > 2 else [])


def _asked(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """What is asked of the first decided years, to 2030 where the case goes on: how many targets in force are dated in them, and overlays of the case that the run does not use."""
    first, last = int(results.attrs["decide_from"]), until(results)
    dated = attributes(results, "target", "target_dated")
    in_force = set(results["row_target"].values[results["row_enforced"].values.astype(bool)].tolist()) if dated else set()
    span = str(first) if first == last else f"{first}–{last}"
    told = [word("line_next_asked", language).format(span, sum(first <= int(dated[t]) <= last for t in in_force))]
    left = [f"--with {name}" for name in manifest.get("overlays_not_used", ())]
    told += [word("line_next_not_used", language).format(word("comma", language).join(left))] if left else []
    return wrapped(told, first="  ", separator=word("separator", language), lines=1)


def _portfolio(results: xr.Dataset, room: int, language: str) -> list[str]:
    """Capacity in force in the first years that are decided, and in the last."""
    years = results["year"].values.tolist()
    decided = [year for year in years if year >= next_years(results)[0]]
    return portfolio_lines(results, language, room, sorted({*decided[:most_later], years[-1]}))
