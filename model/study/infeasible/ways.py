"""Ways out of a clash, each proven by the plan that it allows."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
import xarray as xr

from model.results.accounts import work_out
from model.results.clash import Way
from model.results.explained import Move
from model.results.extract import extract
from model.results.summary import Solved
from model.solve.matrix import Matrix
from model.study.infeasible.conflicts import FoundConflicts, Ground, LeastRelaxation
from model.study.infeasible.offers import Offer, allowed, least_offer, offers
from model.study.infeasible.raising import WEIGHTS as RAISING
from model.study.infeasible.solve_words import give_more, words_for_solve
from model.study.program.moves import moves, stocks
from model.study.program.target_slacks import WEIGHTS, relaxations
from model.study.solved.solved_model import SolvedModel

most_ways, least_ways = 5, 2
heavy = 10.0
patience_for_more = 4.0


def ways_out(ground: Ground, found_conflicts: FoundConflicts) -> list[Way]:
    """The least relaxation of all, then the others by weighted relaxation and cost: at most five, and after two no more than time allows."""
    found: list[Way] = []
    first: SolvedModel | None = None
    concerned = frozenset(limit.item for conflict in found_conflicts.conflicts for limit in conflict.limits)
    end = perf_counter() + patience_for_more * ground.patience
    for offer in offers(ground, found_conflicts, found):
        if any(_same(offer, way) for way in found):
            continue
        if len(found) >= least_ways and (offer.kind == "without" or perf_counter() > end):
            break
        proven = _prove(
            replace(ground, hurried=len(found) >= least_ways), offer, first=first, whole=found_conflicts.least.whole, concerned=concerned
        )
        if proven is not None and not any(_alike(proven[0], way) for way in found):
            found.append(proven[0])
            first = first or proven[1]
        if len(found) == most_ways:
            break
    return [*found[:1], *sorted(found[1:], key=lambda way: (way.score, way.cost))]


def least_way(ground: Ground, least: LeastRelaxation) -> SolvedModel | None:
    """The plan of the least relaxation of all targets together; of none, where they can stand together."""
    proven = _prove(ground, least_offer(ground, least), first=None, whole=least.whole)
    return proven[1] if proven else None


def _prove(
    ground: Ground, offer: Offer, *, first: SolvedModel | None, whole: bool, concerned: frozenset[str] = frozenset()
) -> tuple[Way, SolvedModel] | None:
    """The cheapest plan that an offer allows, or None where whole units leave it none. `first` is the plan of the first way."""
    like = first or ground.ready.usual.without_prices()
    solved_model = _solve_offer(ground, offer, like)
    if solved_model is None and ground.matrix.integer.any() and not whole:
        offer, solved_model = _in_whole_units(ground, offer, like)
    if solved_model is None:
        return None
    given = relaxations(solved_model.solved.parameters, solved_model.solved.worked["indicator_value"])
    left_out = offer.gives if offer.kind == "without" else ""
    changes = words_for_solve(ground.ready.case, given, left_out=left_out, waits=offer.kind == "later", raised=offer.raised)
    cost, usual, before = solved_model.cost, ground.ready.usual.cost, first or ground.ready.usual
    way = Way(
        kind=offer.kind,
        gives=offer.gives,
        year=offer.year,
        relaxations=given,
        raised=offer.raised,
        score=_score(ground, offer, solved_model),
        cost=cost.value,
        bound=cost.bound,
        over_usual=cost.value - usual.value,
        whole_units=whole,
        changes=changes,
        changes_give_more=give_more(given, ground.target_slacks.years, left_out=left_out) if changes else (),
        moves=_moves(ground, before, solved_model, concerned, all_told=first is not None),
        measures=tuple(_builds(solved_model.solved.decisions)),
    )
    return way, solved_model


def _moves(ground: Ground, before: SolvedModel, after: SolvedModel, concerned: frozenset[str], *, all_told: bool) -> tuple[Move, ...]:
    """The measures that a clash runs into first; of the others only what moves by more than the plan's own gap, against a like plan."""
    told = moves(ground.data, stocks(before.matrix, before.solution.x), stocks(after.matrix, after.solution.x), first=concerned)
    least = ground.options.gap * abs(after.solution.objective)
    return tuple(move for move in told if move.measure in concerned or (all_told and abs(move.cost) > least))


def _in_whole_units(ground: Ground, offer: Offer, like: SolvedModel) -> tuple[Offer, SolvedModel | None]:
    """What parts of units can do, whole ones may not: relaxations and cost are weighed together first, relaxations far heavier.

    What that plan gives, rounded, is then allowed, and the cheapest plan looked for.
    """
    program, found = ground.program, ground.target_slacks
    cost, upper = ground.matrix.cost.copy(), program.matrix.upper.copy()
    cost += found.price * heavy * max(abs(ground.ready.usual.solution.objective), 1.0)
    for key in offer.freed:
        cost[list(found.places[key])] = 0.0
    for key in offer.closed - offer.freed:
        upper[list(found.places[key])] = 0.0
    for place, bound in (offer.bounds or {}).items():
        upper[place] = bound
    weighed = _search(ground, replace(ground.matrix, cost=cost, upper=upper), like)
    if weighed is None:
        return offer, None
    offer = replace(offer, allowed={key: amount for key, amount in allowed(ground, weighed.solution.x).items() if key not in offer.freed})
    return offer, _solve_offer(ground, offer, weighed) or _uncounted(ground, weighed)


def _uncounted(ground: Ground, weighed: SolvedModel) -> SolvedModel:
    """A plan at its cost alone, without the weight of its relaxations; the bound is that of plans whose relaxations weigh no more."""
    weight = float((weighed.matrix.cost - ground.matrix.cost) @ weighed.solution.x)
    solution = replace(weighed.solution, objective=weighed.solution.objective - weight, bound=weighed.solution.bound - weight)
    solved = replace(weighed.solved, objective=solution.objective, bound=solution.bound)
    matrix = replace(weighed.matrix, offset=weighed.matrix.offset - weight)
    return replace(weighed, solved=solved, matrix=matrix, solution=solution)


def _solve_offer(ground: Ground, offer: Offer, like: SolvedModel) -> SolvedModel | None:
    upper = ground.matrix.upper.copy()
    for key, amount in offer.allowed.items():
        upper[list(ground.target_slacks.places[key])] = amount
    for key in offer.freed:
        upper[list(ground.target_slacks.places[key])] = np.inf
    for place, bound in (offer.bounds or {}).items():
        upper[place] = bound
    return _search(ground, replace(ground.matrix, upper=upper), like)


def _search(ground: Ground, matrix: Matrix, like: SolvedModel) -> SolvedModel | None:
    with ground.watch.clock.step("ways"):
        plan = ground.whole(matrix, like=like)
    if not len(plan.x) or plan.status not in ("optimal", "time_limit"):
        return None
    decisions = extract(matrix.columns, plan.x, ground.data)
    worked = work_out(ground.data, decisions)
    return SolvedModel(Solved(ground.data, decisions, worked, plan.objective, plan.bound), matrix, plan)


def _score(ground: Ground, offer: Offer, solved_model: SolvedModel) -> float:
    """What is given in all, as shares of what is asked, weighted by strength; waiting counts by the years since the base year."""
    case, found = ground.ready.case, ground.target_slacks
    strength = {row.id: (WEIGHTS[row.strength], row.year) for row in case.tables["targets"]}
    total = sum(found.price[found.places[key][0]] * amount for key, amount in offer.allowed.items())
    if offer.kind == "later" and offer.year is not None:
        weight, asked = strength[offer.gives]
        total += weight * (offer.year - asked) / max(asked - case.header.base_year, 1)
    if offer.kind == "without":
        total += strength[offer.gives][0] * max(1.0, len({year for _, year in offer.freed}))
    return float(total + sum(RAISING[raised.kind] * raised.share for raised in offer.raised))


def _same(offer: Offer, way: Way) -> bool:
    """A target's own way is the least one where it alone gives there."""
    if offer.kind == "without":
        return way.kind == "without"
    return (
        offer.kind == "value"
        and way.kind in ("least", "value")
        and {t for t, _ in offer.allowed} == {one.target for one in way.relaxations}
    )


def _alike(one: Way, other: Way) -> bool:
    """The same relaxations of the same kind; to wait and to leave out are other words for a city, even of the same plan."""
    mine, its = ({(r.target, r.year, float(f"{r.given:.4g}")) for r in way.relaxations} for way in (one, other))
    kinds = [way.kind if way.kind in ("later", "without") else "" for way in (one, other)]
    return mine == its and one.raised == other.raised and kinds[0] == kinds[1]


def _builds(decisions: xr.Dataset) -> list[dict[str, Any]]:
    """What a plan builds, by measure and year, in the measure's own canonical unit."""
    build = decisions["build"].transpose("measure", "build_year")
    return [
        {"id": str(k), "year": int(y), "build": float(build.values[i, j])}
        for i, k in enumerate(build["measure"].values)
        for j, y in enumerate(build["build_year"].values)
        if abs(build.values[i, j]) > 1e-9
    ]
