"""What is built, how long it counts, what stands: measures by span, and the capacity of technologies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .linear import Program, Sum, total
from .numbers import amount, straight
from .spans import overlap
from .tables import Cells, is_yes, whole_number
from .units import converted
from .world import World


@dataclass
class Stock:
    """Build[k, v], Level[k, y], Capacity[g, y] as sums of columns; direct[i, y] is what measures add to indicators."""

    build: dict[tuple[str, int], Sum] = field(default_factory=dict)
    level: dict[tuple[str, int], Sum] = field(default_factory=dict)
    capacity: dict[tuple[str, int], Sum] = field(default_factory=dict)
    direct: dict[tuple[str, int], Sum] = field(default_factory=dict)


def stock_of(world: World, program: Program) -> Stock:
    """Builds within their bounds, levels within their potential, capacities."""
    stock = Stock()
    for row in world.tables.of("measures") if world.open_to != "none" else []:
        _builds(world, program, stock, row)
        for year in world.years:
            stock.level[row["id"], year] = total(
                (in_force(world, row, built, year), stock.build[row["id"], built]) for built in world.years if built <= year
            )
            potential = world.number(row["id"], "potential", year)
            if potential is not None:
                program.row(f"potential {row['id']} {year}", stock.level[row["id"], year], "<=", potential)
    for row in world.tables.of("technologies"):
        for year in world.years:
            stock.capacity[row["id"], year] = _capacity(world, program, stock, row, year)
    for row in world.tables.of("indicators"):
        for year in world.years:
            stock.direct[row["id"], year] = _effects(world, stock, row["id"], row["unit"], year)
    return stock


# Builds


def _builds(world: World, program: Program, stock: Stock, row: Cells) -> None:
    size = world.number(row["id"], "unit_size", world.years[0]) if is_yes(row["whole"]) else None
    for year in world.years:
        least, most = build_bounds(world, row, year)
        if size:
            least, most = math.ceil(least / size - 1e-9), math.inf if math.isinf(most) else math.floor(most / size + 1e-9)
            made = program.column(f"units {row['id']} {year}", lower=least, upper=most, whole=True)
            stock.build[row["id"], year] = total([(size, made)])
        else:
            stock.build[row["id"], year] = program.column(f"build {row['id']} {year}", lower=least, upper=most)


def build_bounds(world: World, row: Cells, year: int) -> tuple[float, float]:
    """Least and most that may come into force in a span: what is past or committed, and what pace leaves to decide."""
    committed, actuals = world.numbers.dated(row["id"], "committed"), _actuals(world, row)
    free = world.open_to == "all" or is_yes(row["usual"])
    open_years, least = 0, 0.0
    start = max(world.horizon.decide_from, whole_number(row["earliest"]) or 0) + int(row["lead_time"] or 0)
    for t in world.horizon.span(year):
        if t < world.horizon.decide_from and actuals is not None:
            least += actuals.get(t, 0.0)
            continue
        least += committed.get(t, 0.0)
        estimated = t < world.horizon.decide_from and is_yes(row["usual"])
        in_time = estimated or (t >= world.horizon.decide_from and t >= start)
        open_years += free and in_time and t <= (whole_number(row["latest"]) or t)
    pace = world.number(row["id"], "pace", year)
    if not open_years:
        return least, least
    return least, max(least, math.inf if pace is None else pace * open_years)


def _actuals(world: World, row: Cells) -> dict[int, float] | None:
    """What was built before decisions are free, or None where nothing is known of the measure."""
    rows = [one for one in world.tables.of("actuals") if one["measure"] == row["id"]]
    return {int(one["year"]): amount(one, row["unit"]) for one in rows} if rows else None


# In force


def lifetime(world: World, row: Cells) -> float:
    """Years in force; what is closed stays closed, whatever the years its cost is spread over."""
    value = world.number(row["id"], "lifetime", world.years[0])
    return math.inf if value is None or row["kind"] == "retire" else value


def in_force(world: World, row: Cells, built: int, year: int) -> float:
    """Share of the span of `year` in which what was built in the span of `built` is in force."""
    start, years = world.horizon.first(built), lifetime(world, row)
    if years < world.horizon.length(built):
        return 1.0 if year == built else 0.0  # renewed inside its span, and not beyond it
    return world.horizon.share(year, start, start + years)


def _counted(world: World, row: Cells, effect: Cells, built: int, year: int) -> float:
    """How much of an effect counts in the span of `year`: its share in force, times the curve by age."""
    start, years = world.horizon.first(built), lifetime(world, row)
    if years < world.horizon.length(built):
        end: float = built + 1
    else:
        end = start + years
    if effect["lifetime"]:
        end = min(end, start + float(effect["lifetime"]))
    if effect["until"]:
        end = min(end, int(effect["until"]) + 1)
    begin = start + int(effect["lag"] or 0)
    shares = [overlap(t, begin, end) * _curve(world, effect, t - start) for t in world.horizon.span(year)]
    return sum(shares) / world.horizon.length(year)


def _curve(world: World, effect: Cells, age: int) -> float:
    points = {int(row["age"]): amount(row, "1") for row in world.tables.of("curves") if row["curve"] == effect["curve"]}
    return straight(points, age) if points else 1.0


def _effects(world: World, stock: Stock, item: str, unit: str, year: int) -> Sum:
    made = Sum()
    for effect in world.tables.of("effects"):
        row = world.tables.find("measures", effect["measure"])
        if effect["item"] != item or row is None or world.open_to == "none":
            continue
        value = converted(float(effect["value"]), effect["unit"], f"{unit}/({row['unit']})")
        for built in world.years:
            if built <= year:
                made.add(stock.build[row["id"], built], value * _counted(world, row, effect, built, year))
    return made


def _capacity(world: World, program: Program, stock: Stock, row: Cells, year: int) -> Sum:
    capacity = Sum()
    for standing in world.tables.of("existing"):
        if standing["technology"] == row["id"]:
            start = whole_number(standing["since"]) or -math.inf
            end = (whole_number(standing["until"]) or math.inf) + 1
            capacity.add(amount(standing, row["capacity_unit"]) * world.horizon.share(year, start, end))
    capacity.add(_effects(world, stock, row["id"], row["capacity_unit"], year))
    if capacity.parts:
        program.row(f"capacity {row['id']} {year}", capacity, ">=", 0.0)
    return capacity
