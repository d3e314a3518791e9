"""A case answered by the second model: the base year, the usual path, the plan, and the plan without targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from second_model.asking import couplings, targets
from second_model.counting import Counted, cost
from second_model.hours import hours_of
from second_model.linear import Program, Sum
from second_model.passing import settled_of
from second_model.ramping import ramps
from second_model.reach import least_totals
from second_model.running import running_of
from second_model.solving import Solved
from second_model.stock import stock_of
from second_model.trading import trading_of
from second_model.world import Past, World, world_of

EASE = 1e-6


@dataclass(frozen=True)
class Relaxed:
    """Where targets that go on cannot all be met: what the least that they give weighs, the least cost with that, and the weights."""

    weighs: float
    cost: float
    weights: dict[tuple[str, int], float]


@dataclass(frozen=True)
class Answers:
    """Least costs of the three programs; None where there is no plan. `sure` is False where another answer costs the same
    and would give targets another base or usual path."""

    usual: float | None
    plan: float | None
    free: float | None
    sure: bool = True
    relaxed: Relaxed | None = None


def write_program(world: World) -> tuple[Program, Counted]:
    """The whole program of a world."""
    program, hours = Program(), hours_of(world)
    stock = stock_of(world, program)
    running = running_of(world, program, stock, hours)
    trading = trading_of(world, program, stock, running, hours)
    trading.settled = settled_of(world, program, running)
    counted = Counted(world, stock, running, trading)
    targets(world, program, counted)
    couplings(world, program, stock, running)
    ramps(world, program, stock)
    least_totals(world, program, stock)
    program.cost.add(cost(world, counted))
    return program, counted


def answers(folder: Path, solve: Callable[[Program], Solved]) -> Answers:
    """All programs of a case, one after the other, as later ones rest on the accounts of earlier ones."""
    world = world_of(folder)
    used = {row["indicator"] for row in world.tables.of("targets") if row["form"] in ("change", "change_per_driver", "peak", "budget")}
    used |= {row["item"] for row in world.tables.of("accounts") if row["by"] == "change"}
    base = _solved(world.base_year(), solve, used)
    if base is None:
        return Answers(None, None, None)
    a_year = base.cost / world.base_year().horizon.discount(world.horizon.base)
    world = replace(world, base={name: path[world.horizon.base] for name, path in base.accounts.items()}, base_cost=a_year)
    sure = base.sure and (base.served or not world.horizon.discount(world.horizon.base))  # what is short is no part of the base year's cost
    if world.has_past():
        before = _solved(world.before_decisions(), solve, used)
        if before is None:
            return Answers(None, None, None)
        world, sure = replace(world, past=_past(world, before)), sure and before.sure
    paths = {row["indicator"] for row in world.tables.of("targets") if row["form"] == "peak"}
    usual = _solved(world.usual_path(), solve, paths)
    if usual is None:
        return Answers(None, None, None)
    world = replace(world, begun=usual.builds if world.past is not None else None)
    plan = _solved(replace(world, usual=usual.accounts), solve, set())
    free = _solved(world.without_targets(), solve, set())
    costs = [one.cost if one and one.served else None for one in (usual, plan, free)]
    relaxed = _relaxed(replace(world, usual=usual.accounts), solve) if plan is None and world.past is not None else None
    return Answers(*costs, sure=sure and usual.sure, relaxed=relaxed)


def _relaxed(world: World, solve: Callable[[Program], Solved]) -> Relaxed | None:
    """The least that targets which go on must give: those dated before decisions begin alone, or else any of them."""
    onward = [row for row in world.tables.of("targets") if row["value"] != "" and row["holds"] != "year"]
    past = [row for row in onward if int(row["year"]) < world.horizon.decide_from]
    for giving in (past, onward):
        program, _ = write_program(replace(world, giving=frozenset(row["id"] for row in giving)))
        program = program.served(world.horizon.decide_from)
        weights = Sum()
        weights.parts.update({place: weight for place, (_, _, weight) in program.gives.items()})
        least = solve(replace(program, cost=weights))
        if least.cost is not None:
            held = replace(program, rows=list(program.rows))
            held.row("no more given", weights, "<=", least.cost + EASE * max(1.0, least.cost))
            cheapest = solve(held)
            assert cheapest.cost is not None
            return Relaxed(least.cost, cheapest.cost, {(target, year): weight for target, year, weight in program.gives.values()})
    return None


def _past(world: World, before: _One) -> Past:
    """What was built, by the spans of the plan; accounts of the spans that are past as a whole."""
    spans = dict(zip(world.before_decisions().years, world.years))
    whole = [year for year in spans if spans[year] == year]
    accounts = {name: {year: path[year] for year in whole} for name, path in before.accounts.items()}
    return Past({(k, spans[year]): amount for (k, year), amount in before.builds.items()}, accounts)


@dataclass(frozen=True)
class _One:
    cost: float
    accounts: dict[str, dict[int, float]]
    builds: dict[tuple[str, int], float]
    sure: bool
    served: bool


def _solved(world: World, solve: Callable[[Program], Solved], needed: set[str]) -> _One | None:
    """One program; what is needed of its accounts is also looked for at both ends among all answers of the same cost."""
    program, counted = write_program(world)
    found = solve(program.served(world.horizon.decide_from))
    served = found.cost is not None
    if served:
        program = program.served(world.horizon.decide_from)
    elif world.targets:
        return None
    else:
        found = solve(program)
    if found.cost is None:
        return None
    names = [row["id"] for row in world.tables.of("indicators")]
    accounts = {name: {y: counted.indicator(name, y).at(found.values) for y in world.years} for name in names}
    asked = [(counted.indicator(name, year), accounts[counted.meant(name)][year]) for name in needed for year in world.years]
    if world.years[-1] < world.horizon.decide_from:  # every later program takes what was built here
        asked += [(built, built.at(found.values)) for built in counted.stock.build.values()]
    if world.past is not None and world.open_to == "usual":  # and what was begun on the usual path
        slow = {row["id"] for row in world.tables.of("measures") if row["usual"] == "yes" and int(row["lead_time"] or 0)}
        asked += [(built, built.at(found.values)) for (k, _), built in counted.stock.build.items() if k in slow]
    sure = all(_only_one(program, account, solve, value, found.cost) for account, value in asked)
    builds = {key: built.at(found.values) for key, built in counted.stock.build.items()}
    return _One(found.cost, accounts, builds, sure, served)


def _only_one(program: Program, account: Sum, solve: Callable[[Program], Solved], value: float, cost: float) -> bool:
    """Whether a sum comes to this value in all answers that cost the same."""
    for sign in (1.0, -1.0):
        turned = Program(program.columns, list(program.rows), program.short, program.shut)
        turned.row("no dearer", program.cost, "<=", cost + 1e-9 * max(1.0, abs(cost)))
        turned.cost.add(account, sign)
        found = solve(turned)
        if found.cost is None or abs(account.at(found.values) - value) > 1e-6 * max(1.0, abs(value)):
            return False
    return True
