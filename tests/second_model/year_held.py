"""One year of a plan by the second model: its hours, accounts and targets written anew on any days, with what was built and all other years held."""

from __future__ import annotations

from dataclasses import dataclass, replace

from second_model.asking import couplings, targets
from second_model.counting import Counted, _on_heat, _yearly, levies, variable_cost
from second_model.hours import hours_of
from second_model.linear import Program, Sum
from second_model.running import Running, running_of
from second_model.stock import Stock, _acting, _of, measures, standing
from second_model.trading import trading_of
from second_model.world import World


@dataclass(frozen=True)
class Held:
    """What a plan did: builds, what was deferred and closed, and levels by measure and year; activity by technology and year; accounts by indicator and year."""

    build: dict[tuple[str, int], float]
    deferred: dict[tuple[str, int], float]
    closed: dict[tuple[str, int], float]
    level: dict[tuple[str, int], float]
    annual: dict[tuple[str, int], float]
    accounts: dict[tuple[str, int], float]


class _OfTheYear(Counted):
    """Accounts of one year as sums of its columns, of all others as they were."""

    def __init__(self, held: Held, year: int, *of: object) -> None:
        super().__init__(*of)  # type: ignore[arg-type]
        self._held, self._year = held, year

    def indicator(self, name: str, year: int) -> Sum:
        return super().indicator(name, year) if year == self._year else Sum(self._held.accounts[self.meant(name), year])


@dataclass(frozen=True)
class YearHeld:
    """The program, and of its cost what the year's operation costs: running, heat, and trade."""

    program: Program
    operation: Sum
    capacity: dict[str, float]


def year_held(world: World, held: Held, year: int) -> YearHeld:
    """The year's program, 亿元 a year."""
    program, alone = Program(), replace(world, horizon=replace(world.horizon, years=(year,)))
    stock = _stock(world, held, year)
    hours = hours_of(world)
    running = running_of(alone, program, stock, hours)
    trading = trading_of(alone, program, stock, running, hours)
    running.annual |= {key: Sum(amount) for key, amount in held.annual.items() if key[1] != year}
    counted = _OfTheYear(held, year, world, stock, running, trading)
    targets(world, program, counted)
    couplings(world, program, stock, running)
    program.rows = [row for row in program.rows if row.parts]  # what is settled is no row
    program.cost.add(_yearly(world, stock, running, trading, year))
    for indicator, rate in levies(world, year):
        program.cost.add(counted.indicator(indicator, year), rate)
    capacity = {name: made.number for (name, own), made in stock.capacity.items() if own == year}
    return YearHeld(program.served(year), _operation(world, running, trading.value, year), capacity)


def _stock(world: World, held: Held, year: int) -> Stock:
    """What stands in every year, all of it numbers."""
    stock = Stock(*({key: Sum(amount) for key, amount in told.items()} for told in (held.build, held.deferred, held.closed, held.level)))
    for row in world.tables.of("technologies"):
        for own in world.years:
            stands = Sum(sum(standing(world, one, row["capacity_unit"], own) for one in _of(world, row["id"])))
            stock.capacity[row["id"], own] = stands.add(_acting(world, stock, row["id"], row["capacity_unit"], own))
    for row in world.tables.of("indicators"):
        stock.direct[row["id"], year] = _acting(world, stock, row["id"], row["unit"], year)
    assert all((row["id"], year) in stock.build for row in measures(world))
    return stock


def _operation(world: World, running: Running, value: dict[tuple[str, int], Sum], year: int) -> Sum:
    made = Sum()
    for row in world.tables.of("technologies"):
        if (row["id"], year) in running.annual:
            made.add(running.annual[row["id"], year], variable_cost(world, row["id"], year))
        if row["heat"]:
            made.add(running.heat_of_year[row["id"], year], _on_heat(world, row["id"], year))
    for row in world.tables.of("markets"):
        made.add(value[row["id"], year], 1.0 if row["direction"] == "buy" else -1.0)
    return made
