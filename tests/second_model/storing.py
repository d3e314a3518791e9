"""What storage takes in, holds and gives out: on each day by itself, or through the days of a month or of the year one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from second_model.hours import HOURS, Hours
from second_model.linear import Program, Sum, total
from second_model.stock import Stock
from second_model.tables import Cells
from second_model.world import World


@dataclass(frozen=True)
class Stored:
    """Given out less taken in by (day, hour); given out over the year."""

    net: dict[tuple[int, int], Sum]
    annual: Sum


def storage_of(world: World, program: Program, stock: Stock, hours: Hours, row: Cells, year: int) -> Stored:
    """A storage in a year: within its power and energy, its hours in a row."""
    name = row["id"]
    city = total([(world.city_share(name), stock.capacity[name, year])])
    energy = total([(world.sure(name, "storage_hours", year), city)])
    reservoirs = [one["id"] for one in world.tables.of("technologies") if one["operation"] == "reservoir" and one["host"] == name]
    for reservoir in reservoirs:
        energy.add(stock.capacity[reservoir, year], world.city_share(reservoir))
    if reservoirs:
        _durations(world, program, name, year, city, energy)
    power, one_way = total([(world.sure(name, "availability", year), city)]), world.sure(name, "round_trip_efficiency", year) ** 0.5
    gained: dict[tuple[int, int], Sum] = {}
    made = Stored({}, Sum())
    for day in hours.days:
        for hour in HOURS:
            key = (name, year, day, hour)
            charge, discharge = program.column(f"charge {key}"), program.column(f"discharge {key}")
            program.row(f"power {key}", total([(1.0, charge), (1.0, discharge)]), "<=", power)
            gained[day, hour] = total([(one_way, charge), (-1 / one_way, discharge)])
            made.net[day, hour] = total([(1.0, discharge), (-1.0, charge)])
            made.annual.add(discharge, hours.thousands(day))
    if row.get("span") in ("month", "year"):
        _in_a_row(world, program, hours, row, year, gained, energy)
        _closed(program, hours, hours.spell, (name, year), gained, energy, kept=1.0)
    else:
        _closed(program, hours, list(hours.days), (name, year), gained, energy, kept=1 - world.sure(name, "standing_loss", year))
    return made


def _durations(world: World, program: Program, name: str, year: int, city: Sum, energy: Sum) -> None:
    program.row(f"least duration {name} {year}", energy, ">=", total([(world.sure(name, "least_hours", year), city)]))
    longest = world.number(name, "most_hours", year)
    if longest is not None:
        program.row(f"longest duration {name} {year}", energy, "<=", total([(longest, city)]))


def _closed(
    program: Program, hours: Hours, days: list[int], of: tuple[str, int], gained: dict[tuple[int, int], Sum], energy: Sum, *, kept: float
) -> None:
    """Days of which each follows the one before it, and the first the last."""
    held = {(day, hour): program.column(f"stored {of} {day} {hour}") for day in days for hour in HOURS}
    for (day, hour), now in held.items():
        before = held[day, hour - 1] if hour else held[hours.before[day], HOURS[-1]]
        program.row(f"stored {of} {day} {hour}", now, "==", total([(kept, before), (1.0, gained[day, hour])]))
        program.row(f"energy {of} {day} {hour}", now, "<=", energy)


def _in_a_row(world: World, program: Program, hours: Hours, row: Cells, year: int, gained: dict[tuple[int, int], Sum], energy: Sum) -> None:
    """Periods of days that are alike: what a day adds, the next adds too, so that the first and the last of them say all."""
    name = row["id"]
    assert not world.sure(name, "standing_loss", year), "days that are alike add alike only where nothing is lost"
    begins = [program.column(f"begins {name} {year} {place}") for place in range(len(hours.calendar))]
    share = world.number(name, "start_stock", year)
    if share is not None:
        program.row(f"as told {name} {year}", begins[0], "==", total([(share, energy)]))
    for place, (day, count) in enumerate(hours.calendar):
        added = total((1.0, gained[day, hour]) for hour in HOURS)
        for days_before in (0, count - 1):
            level = total([(1.0, begins[place]), (days_before, added)])
            for hour in HOURS:
                level = total([(1.0, level), (1.0, gained[day, hour])])
                program.row(f"not below nothing {name} {year} {place} {days_before} {hour}", level, ">=", 0.0)
                program.row(f"not above all {name} {year} {place} {days_before} {hour}", level, "<=", energy)
        left, last = total([(1.0, begins[place]), (count, added)]), place + 1 == len(begins)
        if row["span"] == "month":
            program.row(f"month {name} {year} {place}", left, ">=", begins[place])
        elif last:
            program.row(f"year {name} {year}", left, "==" if share is None else ">=", begins[0])
        else:
            program.row(f"next {name} {year} {place}", left, "==", begins[place + 1])
