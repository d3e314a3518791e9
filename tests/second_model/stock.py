"""What is built, what waits, what is closed, what stands: measures by span, and the capacity of technologies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from second_model.lasting import (
    counted,
    effects_of,
    ending,
    ends_of,
    in_force,
    is_for_ever,
    is_renewed_whole,
    joined,
    lifetime,
    survives,
    takes,
)
from second_model.linear import Program, Sum, total
from second_model.numbers import amount, straight
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
            program.row(f"capacity {row['id']} {year}", capacity, ">=", asked(world, row["id"], "minimum_capacity", year))
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
        whole = math.ceil(most / size - 1e-9) * size if size and math.isfinite(most) else most
        _least_size(world, program, stock, row, year, (least, whole))
    if size:
        _paces_of_units(world, program, stock, row, [most / size for _, most in bounds], size)


def _least_size(world: World, program: Program, stock: Stock, row: Cells, year: int, bounds: tuple[float, float]) -> None:
    """Nothing is added beside what must be, or no less than a least size."""
    size, (least, most) = world.number(row["id"], "least_size", year), bounds
    if size is None or most <= least or not decided_years(world, row, year):
        return
    room = min(most - least, max(potential(world, row, y) for y in world.years) / in_force(world, row, year, year))
    begun = program.column(f"begun {row['id']} {year}", upper=1.0, whole=True)
    added = Sum().add(stock.build[row["id"], year]).add(Sum(-least))
    program.row(f"least size {row['id']} {year}", added, ">=", total([(size, begun)]))
    program.row(f"nothing unless begun {row['id']} {year}", added, "<=", total([(room, begun)]))


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
    least, most = before_decisions(world, row, year)
    coming, years = committed(world, row)[year], len(decided_years(world, row, year))
    pace = world.number(row["id"], "pace", year)
    decided = 0.0 if not years else math.inf if pace is None else pace * years
    early = begun(world, row, year, least + coming, math.inf if pace is None else pace)
    return least + coming + early, most + max(decided, coming) + early


def unit_of(world: World, row: Cells) -> float:
    """The size of a whole unit, 0 where any amount may be built."""
    return world.sure(row["id"], "unit_size", world.years[0]) if is_yes(row["whole"]) else 0.0


def most_built(world: World, row: Cells, year: int) -> float:
    """Most that may come into force in a span; of whole units each that is begun counts as one."""
    most, size = build_bounds(world, row, year)[1], unit_of(world, row)
    return math.ceil(most / size - 1e-9) * size if size and math.isfinite(most) else most


def begun(world: World, row: Cells, year: int, known: float, pace: float) -> float:
    """What enters of a usual measure that takes years to build, begun before decisions: as on the usual path, beyond what is known as built or committed."""
    if world.begun is None or not is_yes(row["usual"]) or not int(row["lead_time"] or 0):
        return 0.0
    horizon = world.horizon
    first = max(horizon.first(world.years[0]), horizon.decide_from)
    reached = max(first, whole_number(row["earliest"]) or 0) + int(row["lead_time"])
    later = [t for t in horizon.span(year) if t >= horizon.decide_from]
    early = open_years(world, row, [t for t in later if t < reached], horizon.first(world.years[0]))
    more = max(0.0, world.begun.get((row["id"], year), 0.0) - known) if early else 0.0
    return more if all(t < reached for t in horizon.span(year)) else min(more, pace * len(early))


def before_decisions(world: World, row: Cells, year: int) -> tuple[float, float]:
    """Least and most that was built in a span before decisions begin: what is known, else what the record says.

    An estimate is what it says; after the last row of a record what is committed came.
    """
    if world.past is not None:
        known = world.past.built.get((row["id"], year), 0.0)
        return known, known
    least = most = 0.0
    span = [t for t in world.horizon.span(year) if t < world.horizon.decide_from]
    rows = [one for one in world.tables.of("actuals") if one["measure"] == row["id"]]
    for one in rows:
        if int(one["year"]) in span:
            least, most = least + amount(one, row["unit"]), most + amount(one, row["unit"])
    after = max((int(one["year"]) for one in rows), default=-1)
    came = sum(number for t, number in world.numbers.dated(row["id"], "committed").items() if t in span and t > after)
    return least + came, most + came


def standing_past(world: World, row: Cells, year: int) -> float:
    """What stands of the least that was built before decisions begin."""
    return sum(in_force(world, row, built, year) * before_decisions(world, row, built)[0] for built in world.years if built <= year)


def is_renewed_as_usual(world: World, row: Cells) -> bool:
    """What the past built and is not usual is renewed on the usual path."""
    built = world.past.built if world.past is not None else {}
    return world.open_to == "usual" and not is_yes(row["usual"]) and any(built.get((row["id"], year)) for year in world.years)


def potential(world: World, row: Cells, year: int) -> float:
    """How much there may be: never less than what stands of the past; where it is only renewed, no more than stood when decisions began."""
    told = world.number(row["id"], "potential", year)
    most = math.inf if told is None else told
    if is_renewed_as_usual(world, row):
        last = [y for y in world.years if world.horizon.first(y) < world.horizon.decide_from][-1]
        most = min(most, standing_past(world, row, last))
    stands = standing_past(world, row, year)
    return stands if stands > most * (1 + 1e-9) else most


def committed(world: World, row: Cells) -> dict[int, float]:
    """What is committed by span after decisions begin: with a past, one span after the other as far as there is room beside it."""
    told, coming = world.numbers.dated(row["id"], "committed"), dict[int, float]()
    size = world.sure(row["id"], "unit_size", world.years[0]) if is_yes(row["whole"]) else 0.0
    has_past = any(before_decisions(world, row, year)[0] for year in world.years)
    for year in world.years:
        coming[year] = sum(told.get(t, 0.0) for t in world.horizon.span(year) if t >= world.horizon.decide_from)
        if has_past and coming[year]:
            room = math.inf
            for y in world.years:
                share = in_force(world, row, year, y)
                if share > 0:
                    so_far = standing_past(world, row, y) + sum(in_force(world, row, v, y) * coming[v] for v in coming if v < year)
                    room = min(room, (potential(world, row, y) - so_far) / share)
            coming[year] = min(coming[year], max(0.0, math.floor(room / size + 1e-9) * size if size and room < math.inf else room))
    return coming


def decided_years(world: World, row: Cells, year: int) -> list[int]:
    """Years of a span in which what is decided can come into force; on the usual path what is usual was begun before decisions, as usual."""
    usual, first = is_yes(row["usual"]), world.horizon.first(world.years[0])
    if not (usual or world.open_to == "all" or is_renewed_as_usual(world, row)):
        return []
    later = [t for t in world.horizon.span(year) if t >= world.horizon.decide_from]
    begins = first if usual and world.begun is None else max(first, world.horizon.decide_from)
    return open_years(world, row, later, begins)


def open_years(world: World, row: Cells, years: list[int], since: int) -> list[int]:
    """Years in which what is decided from `since` on can come into force, and still acts."""
    first = max(since, whole_number(row["earliest"]) or 0) + int(row["lead_time"] or 0)
    return [t for t in years if first <= t <= (whole_number(row["latest"]) or t) and t < ends_of(world, row)]


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
    most = potential(world, row, year)
    if math.isfinite(most):
        program.row(f"potential {name} {year}", level, "<=", most)


def asked(world: World, item: str, quantity: str, year: int) -> float:
    """A least total: of the plan alone, from the first year of decisions on."""
    decided = world.open_to == "all" and year >= world.horizon.decide_from
    return world.sure(item, quantity, year) if decided else 0.0


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
    """What stands by itself of a row: of a span, the share of its years in service counted."""
    seen = world.horizon.seen(year)
    return sum(stands(world, row, unit, t) for t in seen) / len(seen)


def stands(world: World, row: Cells, unit: str, year: int) -> float:
    """What stands of a row in a calendar year."""
    since, until = whole_number(row["since"]), whole_number(row["until"])
    if (since is not None and year < since) or (until is not None and year > until):
        return 0.0
    value, left, base = amount(row, unit), world.numbers.dated(row["id"], "remaining"), int(world.tables.head["base_year"])
    if left:
        return straight({base: value, **left}, year)
    if not row.get("survival") or since is None:
        return value
    at_base = survives(world, row["survival"], max(0, base - since))
    return value * survives(world, row["survival"], year - since) / at_base


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
