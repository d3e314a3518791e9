"""What is built, what waits, what is closed, what stands: measures by span, and the capacity of technologies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from second_model.lasting import counted, effects_of, ending, ends_of, in_force, is_for_ever, is_renewed_whole, joined, lifetime, takes
from second_model.linear import Program, Sum, total
from second_model.numbers import amount
from second_model.tables import Cells, is_yes, whole_number
from second_model.units import converted
from second_model.world import World


@dataclass
class Stock:
    """Build[k, v], Deferred[k, y], Closed[k, v], Level[k, y], Capacity[g, y] as sums of columns; direct[i, y] is what measures add."""

    build: dict[tuple[str, int], Sum] = field(default_factory=dict)
    deferred: dict[tuple[str, int], Sum] = field(default_factory=dict)
    closed: dict[tuple[str, int], Sum] = field(default_factory=dict)
    level: dict[tuple[str, int], Sum] = field(default_factory=dict)
    capacity: dict[tuple[str, int], Sum] = field(default_factory=dict)
    direct: dict[tuple[str, int], Sum] = field(default_factory=dict)


def stock_of(world: World, program: Program) -> Stock:
    """Builds within their bounds, levels within their potential, capacities, closures within what stands."""
    stock = Stock()
    for row in measures(world):
        _builds(world, program, stock, row)
        for year in world.years:
            _level(world, program, stock, row, year)
        if (
            row["kind"] == "replace"
            and math.isfinite(lifetime(world, row))
            and any(is_for_ever(world, e) for e in effects_of(world, row["id"]))
        ):
            _closures(world, program, stock, row)
    for row in world.tables.of("technologies"):
        for year in world.years:
            capacity = Sum(sum(standing(world, one, row["capacity_unit"], year) for one in _of(world, row["id"])))
            stock.capacity[row["id"], year] = capacity.add(_acting(world, stock, row["id"], row["capacity_unit"], year))
            program.row(f"capacity {row['id']} {year}", capacity, ">=", 0.0)
        _taken(world, program, stock, row)
    for row in world.tables.of("indicators"):
        for year in world.years:
            stock.direct[row["id"], year] = _acting(world, stock, row["id"], row["unit"], year)
    return stock


def measures(world: World) -> list[Cells]:
    return world.tables.of("measures") if world.open_to != "none" else []


# Builds


def _builds(world: World, program: Program, stock: Stock, row: Cells) -> None:
    bounds = [build_bounds(world, row, year) for year in world.years]
    size = world.number(row["id"], "unit_size", world.years[0]) if is_yes(row["whole"]) else None
    for year, (least, most) in zip(world.years, bounds):
        if size:
            units = program.column(f"units {row['id']} {year}", lower=math.ceil(least / size - 1e-9), whole=True)
            stock.build[row["id"], year] = total([(size, units)])
        else:
            stock.build[row["id"], year] = program.column(f"build {row['id']} {year}", lower=least, upper=most)
    if size:
        _paces_of_units(world, program, stock, row, [most / size for _, most in bounds], size)


def _paces_of_units(world: World, program: Program, stock: Stock, row: Cells, most: list[float], size: float) -> None:
    """In one span no more units than its pace, rounded up; from the first span on no more than the paces so far, rounded down."""
    runs = [(place, place) for place in range(len(most))]
    if any(math.isfinite(one) and abs(one - round(one)) > 1e-9 for one in most):
        runs += [(0, place) for place in range(len(most))]
    for first, last in runs:
        units = sum(most[first : last + 1])
        if math.isfinite(units):
            rounded = math.ceil(units - 1e-9) if first == last != 0 else math.floor(units + 1e-9)
            built = total((1.0, stock.build[row["id"], year]) for year in world.years[first : last + 1])
            program.row(f"pace {row['id']} {first} {last}", built, "<=", size * rounded)


def build_bounds(world: World, row: Cells, year: int) -> tuple[float, float]:
    """Least and most that may come into force in a span: what is past or committed, and what pace leaves to decide."""
    horizon, actuals, committed = world.horizon, _actuals(world, row), world.numbers.dated(row["id"], "committed")
    usual, since = is_yes(row["usual"]), horizon.first(world.years[0])
    past = [t for t in horizon.span(year) if t < horizon.decide_from]
    later = [t for t in horizon.span(year) if t >= horizon.decide_from]
    built = sum((committed if actuals is None else actuals).get(t, 0.0) for t in past)
    coming = sum(committed.get(t, 0.0) for t in later)
    before = len(open_years(world, row, past, since)) if usual and actuals is None else 0
    decided = len(open_years(world, row, later, max(since, horizon.decide_from))) if usual or world.open_to == "all" else 0
    pace = world.number(row["id"], "pace", year)
    most = [0.0 if not years else math.inf if pace is None else pace * years for years in (before, decided)]
    return built + coming, max(most[0], built) + max(most[1], coming)


def open_years(world: World, row: Cells, years: list[int], since: int) -> list[int]:
    """Years in which what is decided from `since` on can come into force, and still acts."""
    first = max(since, whole_number(row["earliest"]) or 0) + int(row["lead_time"] or 0)
    return [t for t in years if first <= t <= (whole_number(row["latest"]) or t) and t < ends_of(world, row)]


def _actuals(world: World, row: Cells) -> dict[int, float] | None:
    """What was built before decisions are free, or None where nothing is known of the measure."""
    rows = [one for one in world.tables.of("actuals") if one["measure"] == row["id"]]
    return {int(one["year"]): amount(one, row["unit"]) for one in rows} if rows else None


# In force


def _level(world: World, program: Program, stock: Stock, row: Cells, year: int) -> None:
    name = row["id"]
    level = total((in_force(world, row, built, year), stock.build[name, built]) for built in world.years if built <= year)
    if is_renewed_whole(world, row):
        old = total((ending(world, row, built, year), stock.build[name, built]) for built in world.years if built < year)
        stock.deferred[name, year] = waits = program.column(f"deferred {name} {year}")
        program.row(f"waits {name} {year}", waits, "<=", old)
        program.row(f"waits of build {name} {year}", waits, "<=", stock.build[name, year])
        level.add(waits, -1.0)
    stock.level[name, year] = level
    program.row(f"level {name} {year}", level, ">=", 0.0)
    potential = world.number(name, "potential", year)
    if potential is not None:
        program.row(f"potential {name} {year}", level, "<=", potential)


def _closures(world: World, program: Program, stock: Stock, row: Cells) -> None:
    so_far = Sum()
    for year in world.years:
        stock.closed[row["id"], year] = closed = program.column(f"closed {row['id']} {year}")
        program.row(f"closed {row['id']} {year}", closed, "<=", stock.build[row["id"], year])
        so_far.add(closed)
        program.row(f"closed so far {row['id']} {year}", so_far, ">=", stock.level[row["id"], year])


def _per_effect(world: World, stock: Stock, row: Cells, effect: Cells, year: int) -> Sum:
    """Units of a measure that act in a year by one effect, the share of the span counted."""
    made, name = Sum(), row["id"]
    closes = is_for_ever(world, effect) and (name, year) in stock.closed
    for built in world.years:
        if built <= year:
            made.add((stock.closed if closes else stock.build)[name, built], counted(world, row, effect, built, year))
    if (name, year) in stock.deferred and not closes:
        made.add(stock.deferred[name, year], -counted(world, row, effect, year, year))
    return made


def _acting(world: World, stock: Stock, item: str, unit: str, year: int) -> Sum:
    made = Sum()
    for row in measures(world):
        for effect in effects_of(world, row["id"]):
            if effect["item"] == item:
                value = converted(float(effect["value"]), effect["unit"], f"{unit}/({row['unit']})")
                made.add(_per_effect(world, stock, row, effect, year), value)
    return made


# What stands, and what is taken from it


def _of(world: World, technology: str) -> list[Cells]:
    return [row for row in world.tables.of("existing") if row["technology"] == technology]


def standing(world: World, row: Cells, unit: str, year: int) -> float:
    """What stands by itself of a row, the share of the span in service counted."""
    start, end = whole_number(row["since"]) or -math.inf, (whole_number(row["until"]) or math.inf) + 1
    return amount(row, unit) * world.horizon.share(year, start, end)


def _taken(world: World, program: Program, stock: Stock, technology: Cells) -> None:
    """All that is taken from the same stock is no more than stands of it."""
    taking = [(row, effect, takes(world, effect)) for row in measures(world) for effect in effects_of(world, row["id"])]
    here = [
        (row, effect, frozenset(one["id"] for one in rows)) for row, effect, rows in taking if rows and effect["item"] == technology["id"]
    ]
    unit = technology["capacity_unit"]
    for group in joined(names for _, _, names in here):
        for year in world.years:
            taken = Sum()
            for row, effect, names in here:
                if names <= group:
                    value = converted(-float(effect["value"]), effect["unit"], f"{unit}/({row['unit']})")
                    taken.add(_per_effect(world, stock, row, effect, year), value)
            stands = sum(standing(world, one, unit, year) for one in _of(world, technology["id"]) if one["id"] in group)
            program.row(f"taken {sorted(group)} {year}", taken, "<=", stands)
