"""Targets and couplings: every row that the plan's own words make."""

from __future__ import annotations

from second_model.counting import Counted
from second_model.linear import Program, Sum, total
from second_model.numbers import amount
from second_model.running import Running
from second_model.stock import Stock
from second_model.tables import Cells, is_yes
from second_model.units import converted
from second_model.world import World

STRENGTH = {"binding": 9.0, "expected": 3.0, "striving": 1.0}


class NoBase(Exception):
    """A change is asked of what is nothing in the base year."""


def targets(world: World, program: Program, counted: Counted) -> None:
    """Each target in the years in which it is in force."""
    for row in world.tables.of("targets") if world.targets else []:
        if row["value"] == "":
            continue
        for year in [year for year in years_in_force(world, row) if year >= world.horizon.decide_from]:
            if row["form"] == "peak":
                _after_the_peak(world, program, counted, row, year)
            else:
                _target(world, program, counted, row, year)
        if row["form"] == "peak":
            _before_the_peak(world, program, counted, row)


def years_in_force(world: World, row: Cells) -> list[int]:
    """From its year until a later row of its series replaces it, or its year alone."""
    start, first = int(row["year"]), int(row["year"])
    if row["holds"] == "path":
        first = int(row["base_year"] or world.horizon.base) + 1
    later = [
        int(one["year"])
        for one in world.tables.of("targets")
        if one["series"] == row["series"] and int(one["year"]) > start and one["value"]
    ]
    if (row["holds"] or "onward") == "year":
        return [year for year in world.years if year == start]
    first_later = min((next((y for y in world.years if y >= t), t) for t in later), default=None)
    return [year for year in world.years if year >= first and (first_later is None or year < first_later)]


def _target(world: World, program: Program, counted: Counted, row: Cells, year: int) -> None:
    left, form = counted.indicator(row["indicator"], year), row["form"]
    if form == "budget":
        since = int(row["base_year"] or world.horizon.base)
        count = {y: world.horizon.counts(y, year) - world.horizon.counts(y, since) for y in (world.horizon.base, *world.years) if y <= year}
        left = total((count[y], _looked_back(world, counted, row["indicator"], y)) for y in world.years if y <= year and count[y])
        if before := count[world.horizon.base]:
            assert world.base is not None
            left.add(before * world.base[counted.meant(row["indicator"])])
    first: float | None = None
    for sense, value in _band(world, counted, row):
        right, of = Sum(value), 1.0
        if form in ("share", "additions"):
            right, of = total([(value, counted.indicator(row["reference"], year))]), _usual(world, counted, row["reference"], year)
        elif form == "per_driver":
            right = Sum(value * world.sure(row["reference"], "amount", year))
        elif form in ("change", "change_per_driver"):
            since = int(row["base_year"] or world.horizon.base)
            grown = 1.0
            if form == "change_per_driver":
                grown = world.sure(row["reference"], "amount", year) / world.sure(row["reference"], "amount", since)
            value = (1 + _on_its_way(row, value, since, year)) * grown
            right = total([(value, _amount_of(world, counted, row, since))])
            of = _usual(world, counted, row["indicator"], since) if right.parts else 1.0
        first = first or (value * of if right.parts else right.number)  # of a band, its lower edge
        _ask(world, program, counted, row, year, left=left, sense=sense, right=right, size=first)


def _ask(
    world: World, program: Program, counted: Counted, row: Cells, year: int, *, left: Sum, sense: str, right: Sum, size: float
) -> None:
    """One row of a target. Where it may give, giving all that it asks weighs by its strength, the more the earlier the year."""
    asked = Sum().add(left)
    if row["id"] in world.giving:
        told = [one for one in world.tables.of("targets") if one["value"] != ""]
        left_years = [y for y in world.years if y >= year and any(y in years_in_force(world, one) for one in told)]
        now = _usual(world, counted, row["indicator"], year)
        weight = STRENGTH[row["strength"]] * len(left_years) / next(one for one in (abs(size), abs(now), 1.0) if one > 1e-9)
        for sign in {"<=": (-1.0,), ">=": (1.0,), "==": (1.0, -1.0)}[sense]:
            gives = program.column(f"gives {row['id']} {year} {sign}")
            program.gives |= dict.fromkeys(gives.parts, (row["id"], year, weight))
            asked.add(gives, sign)
    program.row(f"target {row['id']} {year}", asked, sense, right)


def _usual(world: World, counted: Counted, name: str, year: int) -> float:
    assert world.usual is not None
    return world.usual[counted.meant(name)].get(year, 0.0)


def _amount_of(world: World, counted: Counted, row: Cells, since: int) -> Sum:
    """What a change is measured from: the account of the base year, what is published of another, or the plan's own."""
    indicator = counted.meant(row["indicator"])
    if since == world.horizon.base:
        assert world.base is not None
        if world.base[indicator] <= 0:
            raise NoBase(row["id"])
        return Sum(world.base[indicator])
    own = world.tables.find("indicators", indicator)
    assert own
    for fact in world.tables.of("facts"):
        if fact["role"] == "record" and fact["indicator"] == row["indicator"] and int(fact["year"]) == since:
            return Sum(amount(fact, own["unit"]))
    return _looked_back(world, counted, indicator, since)


def _looked_back(world: World, counted: Counted, indicator: str, year: int) -> Sum:
    """An account of a year that a later one is held against: what came of it where it is past, else the plan's own."""
    known = world.past.accounts.get(counted.meant(indicator), {}) if world.past is not None else {}
    return Sum(known[year]) if year in known else counted.indicator(indicator, year)


def _on_its_way(row: Cells, value: float, since: int, year: int) -> float:
    """What a path asks for in a year before its own: as many per cent each year."""
    if row["holds"] != "path" or year >= int(row["year"]):
        return value
    share = (year - since) / (int(row["year"]) - since)
    return (1 + value) ** share - 1 if value > -1 else value * share


def _band(world: World, counted: Counted, row: Cells) -> list[tuple[str, float]]:
    """The sides of a target with the band of 'about'."""
    value, width = amount(row, _unit(world, counted, row)), float(row["tolerance"] or 0.0)
    low, high = value - width * abs(value), value + width * abs(value)
    if row["sense"] == "==":
        return [("==", value)] if not width else [(">=", low), ("<=", high)]
    return [(row["sense"], high if row["sense"] == "<=" else low)]


def _unit(world: World, counted: Counted, row: Cells) -> str:
    own = world.tables.find("indicators", counted.meant(row["indicator"]))
    assert own
    if row["form"] in ("change", "change_per_driver"):
        return "1"
    if row["form"] in ("share", "additions"):
        other = world.tables.find("indicators", counted.meant(row["reference"]))
        return f"{own['unit']}/({other['unit'] if other else ''})"
    if row["form"] == "per_driver":
        other = world.tables.find("drivers", row["reference"])
        return f"{own['unit']}/({other['unit'] if other else ''})"
    return own["unit"]


def _after_the_peak(world: World, program: Program, counted: Counted, row: Cells, year: int) -> None:
    before = world.horizon.before(year)
    assert world.base is not None
    last = Sum(world.base[counted.meant(row["indicator"])]) if before is None else _looked_back(world, counted, row["indicator"], before)
    size = _usual(world, counted, row["indicator"], year) if last.parts else last.number
    _ask(world, program, counted, row, year, left=counted.indicator(row["indicator"], year), sense="<=", right=last, size=size)


def _before_the_peak(world: World, program: Program, counted: Counted, row: Cells) -> None:
    assert world.usual is not None
    for year in world.years:
        if world.horizon.decide_from <= year < int(row["year"]):
            most = world.usual[counted.meant(row["indicator"])][year]
            _ask(world, program, counted, row, year, left=counted.indicator(row["indicator"], year), sense="<=", right=Sum(most), size=most)


def couplings(world: World, program: Program, stock: Stock, running: Running) -> None:
    """Σ coefficient · item ≷ value in every year; the usual path is not asked for what only the plan brings."""
    for row in world.tables.of("couplings") if world.open_to != "none" else []:
        if world.open_to == "usual" and not _holds_without_the_plan(world, row):
            continue
        limit = float(row["value"])
        for year in world.years:
            left = Sum()
            for term in world.tables.of("coupling_terms"):
                if term["coupling"] == row["id"]:
                    sums = {"level": stock.level, "build": stock.build, "capacity": stock.capacity, "activity": running.annual}
                    times = converted(float(term["value"]), term["unit"], f"{row['unit']}/({_counted_in(world, term)})")
                    left.add(sums[term["by"]][term["item"], year], times)
            program.row(f"coupling {row['id']} {year}", left, row["sense"], limit)


def _counted_in(world: World, term: Cells) -> str:
    row = world.tables.find(world.tables.table_of(term["item"]), term["item"])
    assert row
    return row[f"{term['by']}_unit"] if term["by"] in ("capacity", "activity") else row["unit"]


def _holds_without_the_plan(world: World, row: Cells) -> bool:
    if row["sense"] != "==":
        return row["sense"] == "<="
    rows = [world.tables.find("measures", term["item"]) for term in world.tables.of("coupling_terms") if term["coupling"] == row["id"]]
    return all(is_yes(one["usual"]) for one in rows if one)
