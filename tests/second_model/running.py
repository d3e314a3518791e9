"""How technologies run: activity of the hours and of the year within capacity, heat and add-ons."""

from __future__ import annotations

from dataclasses import dataclass, field

from second_model.hours import HOURS, HOURS_A_YEAR, Hours
from second_model.linear import Program, Sum, total
from second_model.stock import Stock
from second_model.storing import storage_of
from second_model.tables import Cells
from second_model.units import worth
from second_model.world import World

Hour = tuple[str, int, int, int]


@dataclass
class Running:
    """Sums by technology and year, and by day and hour."""

    annual: dict[tuple[str, int], Sum] = field(default_factory=dict)
    heat_of_year: dict[tuple[str, int], Sum] = field(default_factory=dict)
    activity: dict[Hour, Sum] = field(default_factory=dict)
    heat: dict[Hour, Sum] = field(default_factory=dict)
    net_discharge: dict[Hour, Sum] = field(default_factory=dict)
    online: dict[tuple[str, int, int], Sum] = field(default_factory=dict)


def running_of(world: World, program: Program, stock: Stock, hours: Hours) -> Running:
    """All technologies of all years."""
    running = Running()
    for year in world.years:
        for row in world.tables.of("technologies"):
            if row["operation"] == "flexibility":
                _online(world, program, stock, hours, running, row, year)
        for row in world.tables.of("technologies"):
            if row["operation"] == "storage":
                made = storage_of(world, program, stock, hours, row, year)
                running.annual[row["id"], year] = made.annual
                running.net_discharge |= {(row["id"], year, *step): net for step, net in made.net.items()}
            elif row["operation"] in ("dispatch", "variable", "committed"):
                _by_the_hour(world, program, stock, hours, running, row, year)
            elif row["operation"] not in ("flexibility", "reservoir"):
                running.annual[row["id"], year] = program.column(f"annual {row['id']} {year}")
                most = _full_year(world, stock, row, year, world.sure(row["id"], "availability", year))
                program.row(f"within capacity {row['id']} {year}", running.annual[row["id"], year], "<=", most)
        _add_ons(world, program, hours, running, year)
        for row in world.tables.of("technologies"):
            if row["operation"] not in ("flexibility", "reservoir"):
                _use_of_the_year(world, program, stock, running, row, year)
    return running


def yearly_use(world: World, row: Cells) -> float:
    """Activity of one unit of capacity in a full year: told, or what the units say."""
    told = world.number(row["id"], "yearly_use", world.years[0])
    if told is not None:
        return told
    if row["capacity_unit"] == row["activity_unit"]:
        return 1.0
    return HOURS_A_YEAR * worth(f"{row['capacity_unit']}*TWh") / worth(f"GW*{row['activity_unit']}") if _is_power(row) else 1.0


def _is_power(row: Cells) -> bool:
    return row["capacity_unit"] in ("GW", "MW", "kW", "万千瓦", "千瓦")


def in_city(world: World, stock: Stock, row: Cells, year: int) -> Sum:
    """Capacity that counts in the city."""
    return total([(world.city_share(row["id"]), stock.capacity[row["id"], year])])


def _full_year(world: World, stock: Stock, row: Cells, year: int, share: float) -> Sum:
    return total([(share * yearly_use(world, row), in_city(world, stock, row, year))])


def _use_of_the_year(world: World, program: Program, stock: Stock, running: Running, row: Cells, year: int) -> None:
    floor, ceiling = world.sure(row["id"], "utilisation_floor", year), world.sure(row["id"], "utilisation_ceiling", year)
    annual = running.annual[row["id"], year]
    if floor > 0:
        program.row(f"floor {row['id']} {year}", annual, ">=", _full_year(world, stock, row, year, floor))
    if ceiling < 1:
        program.row(f"ceiling {row['id']} {year}", annual, "<=", _full_year(world, stock, row, year, ceiling))


# By the hour


def _by_the_hour(world: World, program: Program, stock: Stock, hours: Hours, running: Running, row: Cells, year: int) -> None:
    name, city = row["id"], in_city(world, stock, row, year)
    available = world.sure(name, "availability", year)
    annual, heat = Sum(), Sum()
    if row["operation"] == "committed":
        _online(world, program, stock, hours, running, row, year)
    for day in hours.days:
        for hour in HOURS:
            key = (name, year, day, hour)
            running.activity[key] = program.column(f"activity {key}")
            annual.add(running.activity[key], hours.thousands(day))
            if row["operation"] == "committed":
                _committed(world, program, running, row, key)
                if row["heat"]:
                    heat.add(running.heat[key], hours.thousands(day))
            else:
                weather = hours.value[row["profile"]][day][hour] if row["operation"] == "variable" else 1.0
                program.row(f"within capacity {key}", running.activity[key], "<=", total([(weather * available, city)]))
    running.annual[name, year] = annual
    if row["heat"]:
        running.heat_of_year[name, year] = heat
    if row["operation"] == "variable":
        full = sum(hours.thousands(d) * sum(hours.value[row["profile"]][d]) for d in hours.days)
        kept = 1 - world.numbers.setting("curtailment_limit", 1.0)
        program.row(f"curtailment {name} {year}", annual, ">=", total([(kept * full * available, city)]))


def _online(world: World, program: Program, stock: Stock, hours: Hours, running: Running, row: Cells, year: int) -> None:
    most = total([(world.sure(row["id"], "availability", year), in_city(world, stock, row, year))])
    for day in hours.days:
        running.online[row["id"], year, day] = program.column(f"online {row['id']} {year} {day}")
        program.row(f"online {row['id']} {year} {day}", running.online[row["id"], year, day], "<=", most)


def _committed(world: World, program: Program, running: Running, row: Cells, key: Hour) -> None:
    name, year, day, _ = key
    online, activity = running.online[name, year, day], running.activity[key]
    cut = total(
        (world.sure(one["id"], "minimum_load_cut", year), running.online[one["id"], year, day])
        for one in world.tables.of("technologies")
        if one["operation"] == "flexibility" and one["host"] == name
    )
    least = total([(world.sure(name, "minimum_load", year), online), (-1.0, cut)])
    program.row(f"minimum load {key}", activity, ">=", least)
    program.row(f"full load {key}", activity, "<=", online)
    if row["heat"]:
        running.heat[key] = heat = program.column(f"heat {key}")
        program.row(f"given up {key}", total([(1.0, activity), (world.sure(name, "heat_loss", year), heat)]), "<=", online)
        program.row(f"with heat {key}", activity, ">=", total([(world.sure(name, "back_pressure", year), heat)]))
        program.row(f"turbine {key}", heat, "<=", total([(world.sure(name, "heat_ratio", year), online)]))


def _add_ons(world: World, program: Program, hours: Hours, running: Running, year: int) -> None:
    for host in world.tables.of("technologies"):
        on = [row["id"] for row in world.tables.of("technologies") if row["host"] == host["id"] and row["operation"] == "saving"]
        if on:
            program.row(
                f"saving {host['id']} {year}", total((1.0, running.annual[a, year]) for a in on), "<=", running.annual[host["id"], year]
            )
        on = [row["id"] for row in world.tables.of("technologies") if row["host"] == host["id"] and row["operation"] == "flexibility"]
        for day in hours.days if on else ():
            flexible = total((1.0, running.online[a, year, day]) for a in on)
            program.row(f"flexible {host['id']} {year} {day}", flexible, "<=", running.online[host["id"], year, day])
