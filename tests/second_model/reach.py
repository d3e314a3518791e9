"""Least totals: what must be in force, as far as paces and ramps still let it be after years before decisions."""

from __future__ import annotations

import math

from second_model.lasting import in_force
from second_model.linear import Program
from second_model.ramping import Group
from second_model.stock import Stock, asked, before_decisions, build_bounds, measures, most_built, unit_of
from second_model.tables import Cells
from second_model.world import World

Least = dict[tuple[str, int], float]


def least_totals(world: World, program: Program, stock: Stock) -> None:
    """What must be in force of each measure in each span."""
    least = {(row["id"], year): asked(world, row["id"], "minimum", year) for row in measures(world) for year in world.years}
    if world.has_past():
        for row in measures(world):
            _within_paces(world, row, least)
        for row in world.tables.of("ramps") if world.open_to != "none" else []:
            _within_growth(world, Group(world, row), least)
    for (name, year), amount in least.items():
        program.row(f"level {name} {year}", stock.level[name, year], ">=", amount)


def _within_paces(world: World, row: Cells, least: Least) -> None:
    size, so_far = unit_of(world, row), 0.0
    for year in world.years:
        reach = 0.0
        for built in world.years:
            share = in_force(world, row, built, year) if built <= year else 0.0
            reach += share * most_built(world, row, built) if share > 0 else 0.0
        so_far += build_bounds(world, row, year)[1]
        if size and math.isfinite(reach):
            reach = size * math.floor(min(reach, so_far) / size + 1e-9)
        if least[row["id"], year] > reach * (1 + 1e-9):
            least[row["id"], year] = reach


def _within_growth(world: World, group: Group, least: Least) -> None:
    """What a group must have is built as soon as its growth lets it be: what is asked first, and of that what comes first by name."""
    rows = sorted(group.rows, key=lambda row: row["id"])
    built = {(row["id"], year): before_decisions(world, row, year)[0] for row in rows for year in world.years}
    for year, left in group.growth():
        pace = {row["id"]: most_built(world, row, year) - built[row["id"], year] for row in rows}
        for asked_in in [y for y in world.years if y >= year]:
            for row in rows:
                name, size, share = row["id"], unit_of(world, row), in_force(world, row, year, asked_in)
                stands = sum(in_force(world, row, v, asked_in) * built[name, v] for v in world.years if v <= asked_in)
                more = max(0.0, (least[name, asked_in] - stands) / share) if share > 0 else 0.0
                more = min(more, pace[name], left / group.sizes[name])
                more = size * math.floor(more / size + 1e-9) if size else more
                built[name, year] += more
                pace[name], left = pace[name] - more, left - more * group.sizes[name]
    for row in rows:
        for year in world.years:
            stands = sum(in_force(world, row, v, year) * built[row["id"], v] for v in world.years if v <= year)
            if least[row["id"], year] > stands * (1 + 1e-9):
                least[row["id"], year] = stands
