"""How the days of a plan were chosen as a table: each round with its days, its plan and what it left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import labels, shown, tidy
from model.report.plan.day_rounds_text import ended
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word
from model.results.day_rounds import DayRound, day_rounds_of

COLUMNS = (
    "round_number", "round_days", "round_added", "plan", "over_usual_cost", "over_free_cost", "unit", "round_short", "round_missed", "round_moves", "round_flips",
    "round_ties", "round_open", "round_seconds",
)  # fmt: skip


def day_rounds_table(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table | None:
    """One row a round; None for a run whose days were not chosen so."""
    found = day_rounds_of(manifest)
    if found is None:
        return None
    taken, rows = 0, list[dict[str, Any]]()
    for place, one in enumerate(found.rounds, 1):
        rows.append({"round_number": place} | _row(results, one, taken, language))
        taken = len(one.own)
    unit = display_unit("亿元", language)[0]
    rule = manifest["day_rounds"]
    note = word("note_day_rounds", language).format(
        f"{100 * rule['most_share']:g}", f"{rule['least_move']:g}", unit, manifest["options"]["days"]
    )
    return table(word("title_day_rounds", language), COLUMNS, rows, [note, ended(found, language)])


def _row(results: xr.Dataset, one: DayRound, taken: int, language: str) -> dict[str, Any]:
    unit, factor = display_unit("亿元", language)
    known, comma, separator = labels(results, "measure", "label", language), word("comma", language), word("separator", language)
    moves = separator.join(
        f"{word(f'open_{move.what}', language)} {shown(move.by, 2)} ({shown(move.most, 2)}, {move.year})" for move in one.moves
    )
    return {
        "round_days": one.days, "round_added": comma.join(map(str, one.own[taken:])), "plan": tidy(one.cost * factor),
        "over_usual_cost": tidy(one.over_usual * factor), "over_free_cost": tidy(one.over_free * factor), "unit": unit,
        "round_short": one.short, "round_missed": one.missed, "round_moves": moves,
        "round_flips": comma.join(known.get(name, name) for name in one.flips), "round_ties": comma.join(known.get(name, name) for name in one.ties),
        "round_open": comma.join(word(f"open_{name}", language) for name in one.open), "round_seconds": round(one.seconds, 1),
    }  # fmt: skip
