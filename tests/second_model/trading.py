"""Markets and balances: what is bought and sold, what must balance each hour or each year, and firm capacity at the peak."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from second_model.hours import HOURS, HOURS_A_YEAR, Hours
from second_model.linear import Program, Sum, total
from second_model.numbers import amount, path_of
from second_model.running import Running, in_city
from second_model.stock import Stock
from second_model.tables import Cells, is_yes
from second_model.world import World


@dataclass
class Trading:
    """Trade[t, y], its value, what is short by commodity and year (`peak` for firm capacity), and what groups pay for allowances."""

    trade: dict[tuple[str, int], Sum] = field(default_factory=dict)
    hourly: dict[tuple[str, int, int, int], Sum] = field(default_factory=dict)
    value: dict[tuple[str, int], Sum] = field(default_factory=dict)
    short: dict[tuple[str, int], Sum] = field(default_factory=dict)
    settled: dict[tuple[str, int], Sum] = field(default_factory=dict)


def flow(world: World, technology: str, commodity: str, year: int) -> float:
    """Commodity given out (+) or taken in (−) per unit of activity."""
    rows = [row for row in world.tables.of("flows") if row["technology"] == technology and row["commodity"] == commodity]
    if not rows:
        return 0.0
    balanced, runs = world.tables.find("commodities", commodity), world.tables.find("technologies", technology)
    assert balanced and runs
    return path_of(rows, f"{balanced['unit']}/({runs['activity_unit']})", year)


def trading_of(world: World, program: Program, stock: Stock, running: Running, hours: Hours) -> Trading:
    """All markets and balances of all years."""
    trading = Trading()
    for year in world.years:
        for row in world.tables.of("markets"):
            _market(world, program, trading, hours, row, year)
        for row in world.tables.of("commodities"):
            balance = _hourly_balance if row["balance"] == "hourly" else _yearly_balance
            balance(world, program, running, trading, hours, row, year)
        for row in world.tables.of("markets"):
            commodity = world.tables.find("commodities", row["commodity"])
            if row["direction"] == "sell" and commodity and commodity["balance"] == "hourly":
                own = total(
                    (world.sure(one["id"], "sale_share", year), running.annual[one["id"], year])
                    for one in world.tables.of("technologies")
                    if (one["id"], year) in running.annual and flow(world, one["id"], row["commodity"], year) > 0
                )
                program.row(f"own generation {row['id']} {year}", trading.trade[row["id"], year], "<=", own)
        _adequacy(world, program, stock, running, trading, year)
    return trading


def _market(world: World, program: Program, trading: Trading, hours: Hours, row: Cells, year: int) -> None:
    commodity = world.tables.find("commodities", row["commodity"])
    limit, price = world.number(row["id"], "yearly_limit", year), world.sure(row["id"], "price", year)
    key = (row["id"], year)
    if commodity and commodity["balance"] == "hourly":
        most = world.number(row["id"], "power_limit", year)
        trade, value = Sum(), Sum()
        for day in hours.days:
            for hour in HOURS:
                bought = program.column(f"trade {key} {day} {hour}", upper=math.inf if most is None else most)
                trading.hourly[(*key, day, hour)] = bought
                trade.add(bought, hours.thousands(day))
                value.add(bought, hours.thousands(day) * price * _price_shape(world, hours, row, year, day, hour))
        trading.trade[key], trading.value[key] = trade, value
    else:
        trading.trade[key] = program.column(f"trade {key}")
        trading.value[key] = total([(price, trading.trade[key])])
    if limit is not None:
        program.row(f"yearly limit {key}", trading.trade[key], "<=", limit)


def _price_shape(world: World, hours: Hours, row: Cells, year: int, day: int, hour: int) -> float:
    early = hours.value[row["shape"]][day][hour] if row["shape"] else 1.0
    if not row["shape_later"]:
        return early
    weight = world.sure(row["id"], "later_weight", year)
    return (1 - weight) * early + weight * hours.value[row["shape_later"]][day][hour]


def _bought_less_sold(world: World, trading: Trading, commodity: str, key: tuple[int, ...], *, hourly: bool) -> Sum:
    sums = trading.hourly if hourly else trading.trade
    return total(
        (1.0 if row["direction"] == "buy" else -1.0, sums[(row["id"], *key)])
        for row in world.tables.of("markets")
        if row["commodity"] == commodity
    )


def demands(world: World, commodity: str) -> list[Cells]:
    return [row for row in world.tables.of("demands") if row["commodity"] == commodity]


def _hourly_balance(world: World, program: Program, running: Running, trading: Trading, hours: Hours, row: Cells, year: int) -> None:
    name, missing = row["id"], Sum()
    flows = [(one, flow(world, one["id"], name, year)) for one in world.tables.of("technologies")]
    giving = [(one, each) for one, each in flows if each or one["heat"] == name]
    needs = [(world.sure(one["id"], "amount", year) / HOURS_A_YEAR, hours.value[one["shape"]]) for one in demands(world, name)]
    for day in hours.days:
        for hour in HOURS:
            key = (year, day, hour)
            given = _bought_less_sold(world, trading, name, key, hourly=True)
            for one, given_out in giving:
                given.add(_given_in_the_hour(running, hours, one, given_out, name, key))
            short = program.shortfall(f"unserved {name} {key}", year)
            missing.add(short, hours.thousands(day))
            need = sum(mean * shape[day][hour] for mean, shape in needs)
            program.row(f"balance {name} {key}", given.add(short), ">=" if is_yes(row.get("surplus")) else "==", need)
    trading.short[name, year] = missing


def _given_in_the_hour(running: Running, hours: Hours, one: Cells, amount: float, commodity: str, key: tuple[int, int, int]) -> Sum:
    year, day, hour = key
    place, made = (one["id"], year, day, hour), Sum()
    if one["heat"] == commodity:
        made.add(running.heat[place])
    if amount and one["operation"] == "storage":
        made.add(running.net_discharge[place])
    elif amount and place in running.activity:
        made.add(running.activity[place], amount)
    elif amount and one["operation"] == "shaped":
        made.add(running.annual[one["id"], year], amount * hours.value[one["profile"]][day][hour] / HOURS_A_YEAR)
    return made


def _yearly_balance(world: World, program: Program, running: Running, trading: Trading, hours: Hours, row: Cells, year: int) -> None:
    name = row["id"]
    given = _bought_less_sold(world, trading, name, (year,), hourly=False)
    for one in world.tables.of("technologies"):
        amount = flow(world, one["id"], name, year)
        if amount:
            given.add(running.annual[one["id"], year], amount)
            if one["heat"]:
                given.add(running.heat_of_year[one["id"], year], amount * world.sure(one["id"], "heat_loss", year))
    trading.short[name, year] = short = program.shortfall(f"unserved {name} {year}", year)
    need = sum(world.sure(one["id"], "amount", year) for one in demands(world, name))
    program.row(f"balance {name} {year}", given.add(short), ">=" if is_yes(row.get("surplus")) else "==", need)


def _adequacy(world: World, program: Program, stock: Stock, running: Running, trading: Trading, year: int) -> None:
    peak = Sum(sum(world.number(row["id"], "peak", year) or 0.0 for row in world.tables.of("demands")))
    for row in world.tables.of("technologies"):
        if (row["id"], year) in running.annual:
            peak.add(running.annual[row["id"], year], world.sure(row["id"], "coincidence", year))
    firm = Sum(sum(world.sure(row["id"], "firm_capacity", year) for row in world.tables.of("markets") if row["direction"] == "buy"))
    for row in world.tables.of("technologies"):
        credit = world.sure(row["id"], "capacity_credit", year) * lasts(world, row, year)
        if not any(row["id"] in group["technologies"].split(";") for group in world.tables.of("credit_groups")):
            firm.add(in_city(world, stock, row, year), credit)
    for group in world.tables.of("credit_groups"):
        firm.add(_falling(world, program, stock, group, year, peak))
    trading.short["peak", year] = short = program.shortfall(f"firm {year}", year)
    program.row(f"adequacy {year}", firm.add(short), ">=", total([(1 + world.numbers.setting("reserve_margin", 0.0), peak)]))


def lasts(world: World, row: Cells, year: int) -> float:
    """Share of a storage's capacity that its duration makes firm; all of anything else."""
    if row["operation"] != "storage":
        return 1.0
    hours = max(world.sure(row["id"], name, year) for name in ("storage_hours", "least_hours"))
    return min(1.0, hours / world.numbers.setting("firm_hours", 6.0))


def _falling(world: World, program: Program, stock: Stock, group: Cells, year: int, peak: Sum) -> Sum:
    """What a group counts as firm: of each share of the peak that its capacity fills, less of its credit than of the one before."""
    rows = sorted((float(row["beyond"]), amount(row, "1")) for row in world.tables.of("credit_segments") if row["group"] == group["id"])
    starts, keeps = [0.0, *(start for start, _ in rows)], [1.0, *(kept for _, kept in rows)]
    firm, filled = Sum(), [Sum() for _ in starts]
    for name in group["technologies"].split(";"):
        row = world.tables.find("technologies", name)
        assert row
        in_all, credit = Sum(), world.sure(name, "capacity_credit", year)
        for place, kept in enumerate(keeps):
            part = program.column(f"counted {name} {place} {year}")
            in_all.add(part)
            filled[place].add(part)
            firm.add(part, kept * credit)
        program.row(f"counted {name} {year}", in_all, "<=", total([(lasts(world, row, year), in_city(world, stock, row, year))]))
    for place, end in enumerate(starts[1:]):
        program.row(f"filled {group['id']} {place} {year}", filled[place], "<=", total([(end - starts[place], peak)]))
    return firm
