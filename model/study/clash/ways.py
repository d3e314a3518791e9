"""Ways out of a clash: who gives how much, or waits how long, each proven by the plan that it allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import xarray as xr

from model.results.accounts import work_out
from model.results.clash import Conflict, Raised, Way
from model.results.extract import extract
from model.results.summary import Solved
from model.solve.matrix import Matrix
from model.study.answer import Answered
from model.study.clash.relaxing import WEIGHTS, Row, relaxations, rounded_up, strained
from model.study.clash.solve_words import words_for_solve
from model.study.clash.strike import Ground, Struck, nothing, whole_gap

most_ways, least_ways = 5, 2
limit_weight = 1.0
heavy = 10.0

Kind = Literal["least", "value", "later", "limit", "without"]


@dataclass(frozen=True)
class Offer:
    """A way out before it is proven: how far each row may give (in its own unit) as far as is known, which rows must not

    give, which need not hold (`freed`), and which bounds move.
    """

    kind: Kind
    gives: str
    year: int | None
    allowed: Mapping[Row, float]
    freed: frozenset[Row] = frozenset()
    raised: Raised | None = None
    bounds: Mapping[int, float] | None = None
    closed: frozenset[Row] = frozenset()


def ways_out(ground: Ground, struck: Struck) -> list[tuple[Way, Answered]]:
    """The least relaxation of all, then the others by weighted relaxation and cost, at most five in all."""
    found: list[tuple[Way, Answered]] = []
    for offer in _offers(ground, struck, found):
        if any(_same(offer, way) for way, _ in found):
            continue
        if offer.kind == "without" and len(found) >= least_ways:
            break
        proven = _prove(ground, offer, like=found[-1][1] if found else None, whole=struck.whole)
        if proven is not None and not any(_alike(proven[0], way) for way, _ in found):
            found.append(proven)
        if len(found) == most_ways:
            break
    return [*found[:1], *sorted(found[1:], key=lambda one: (one[0].score, one[0].objective))]


def least_way(ground: Ground, struck: Struck) -> Answered | None:
    """The plan of the least relaxation of all targets together; of none, where they can stand together."""
    proven = _prove(ground, _least_offer(ground, struck), like=None, whole=struck.whole)
    return proven[1] if proven else None


def _offers(ground: Ground, struck: Struck, found: list[tuple[Way, Answered]]) -> Iterator[Offer]:
    """What to try next, `found` being what is proven by then."""
    yield _least_offer(ground, struck)
    for conflict in struck.conflicts:
        members = [member.target for member in conflict.members]
        for target in members if len(members) > 1 or len(struck.conflicts) > 1 else []:
            if not _alone_in(found, target, conflict):
                yield _value(ground, conflict, target, whole=struck.whole)
    for conflict in struck.conflicts:
        for member in conflict.members:
            yield from _later(ground, struck, conflict, member.target, found)
    for conflict in struck.conflicts:
        if len(found) <= least_ways:
            yield from _raised(ground, conflict, struck)
    for conflict in struck.conflicts:
        for member in conflict.members:
            freed = frozenset(key for key in ground.relaxing.places if key[0] == member.target)
            yield Offer("without", member.target, None, _others(ground, struck, conflict), freed, closed=_rows(ground, conflict) - freed)


def _least_offer(ground: Ground, struck: Struck) -> Offer:
    return Offer("least", _giver(ground, struck.least), None, _allowed(ground, struck.least))


def _alone_in(found: list[tuple[Way, Answered]], target: str, conflict: Conflict) -> bool:
    """Whether the least way is this target's own, as far as this clash goes, and there is no other clash in it."""
    given = {one.target for one in found[0][0].relaxations} if found else set()
    return given == {target} and target in {member.target for member in conflict.members}


def _rows(ground: Ground, conflict: Conflict) -> frozenset[Row]:
    mine = {member.target for member in conflict.members}
    return frozenset(key for key in ground.relaxing.places if key[0] in mine)


def _value(ground: Ground, conflict: Conflict, target: str, *, whole: bool) -> Offer:
    """One member gives, the others of its clash do not."""
    closed = frozenset(key for key in _rows(ground, conflict) if key[0] != target)
    x = _least(ground, closed={name for name, _ in closed}, whole=whole)
    return Offer("value", target, None, {} if x is None else _allowed(ground, x), closed=closed)


def _giver(ground: Ground, x: np.ndarray) -> str:
    giving = list(dict.fromkeys(target for target, _ in strained(ground.relaxing, x)))
    return giving[0] if len(giving) == 1 else ""


def _least(ground: Ground, *, closed: set[str], whole: bool) -> np.ndarray | None:
    """The least relaxation of all others when some targets give nothing."""
    program = ground.program
    if whole:
        plan = ground.whole(program.held(list(program.groups), closed=closed), gap=whole_gap)
        return plan.x if len(plan.x) else None
    answer = ground.bench.least(list(program.groups), closed=closed)
    return answer.x if answer.status == "optimal" else None


def _allowed(ground: Ground, x: np.ndarray) -> dict[Row, float]:
    indicators = {
        (str(index[0]), int(index[1])): float(x[j])
        for j, (component, index) in enumerate(ground.matrix.columns)
        if component == "Indicator" and isinstance(index, tuple)
    }
    return rounded_up(ground.relaxing, strained(ground.relaxing, x), indicators)


def _others(ground: Ground, struck: Struck, conflict: Conflict) -> dict[Row, float]:
    """What the least relaxation gives in the other clashes."""
    mine = {member.target for member in conflict.members}
    return {key: amount for key, amount in _allowed(ground, struck.least).items() if key[0] not in mine}


def _later(ground: Ground, struck: Struck, conflict: Conflict, target: str, found: list[tuple[Way, Answered]]) -> Iterator[Offer]:
    """The target holding only from the year on from which a way in which it gives can hold it."""
    row = next(row for row in ground.ready.case.tables["targets"] if row.id == target)
    years = [year for year in ground.relaxing.years(target) if year >= row.year]
    own = next((way for way, _ in found if way.kind in ("least", "value") and target in {one.target for one in way.relaxations}), None)
    if row.holds == "year" or own is None:
        return
    last = max(one.year for one in own.relaxations if one.target == target)
    if last >= years[-1]:
        return
    start = min(year for year in years if year > last)
    freed = frozenset((target, year) for year in years if year < start)
    yield Offer("later", target, start, _others(ground, struck, conflict), freed, closed=_rows(ground, conflict) - freed)


def _raised(ground: Ground, conflict: Conflict, struck: Struck) -> Iterator[Offer]:
    """The first potential or pace that the clash runs into, raised as far as it must be."""
    for limit in conflict.limits[:3]:
        if limit.kind not in ("potential", "pace"):
            continue
        component = "Level" if limit.kind == "potential" else "Build"
        places = [
            j for j, (name, index) in enumerate(ground.matrix.columns)
            if name == component and isinstance(index, tuple) and index[0] == limit.item and 0 < ground.matrix.upper[j] < np.inf
        ]  # fmt: skip
        program = ground.program
        held = program.held([], closed={member.target for member in conflict.members})
        cost, upper = held.cost.copy(), held.upper.copy()
        cost[places], upper[places] = 1.0, np.inf
        answer = ground.bench.solve(replace(held, cost=cost, upper=upper))
        if answer.status != "optimal":
            continue
        over = {j: float(answer.x[j]) for j in places if answer.x[j] > ground.matrix.upper[j] * (1 + 1e-9)}
        if not over:
            continue
        worst = max(over, key=lambda j: over[j] / ground.matrix.upper[j])
        factor = over[worst] / ground.matrix.upper[worst]
        bounds = {j: float(ground.matrix.upper[j] * factor * (1 + 1e-6)) for j in places}
        asked = float(ground.matrix.upper[worst])
        span = float(ground.data["span_years"].sel(year=ground.matrix.columns[worst][1][1])) if component == "Build" else 1.0  # type: ignore[index]
        raised = Raised(limit.kind, limit.item, asked / span, asked * factor / span)
        yield Offer(
            "limit", limit.item, None, _others(ground, struck, conflict), raised=raised, bounds=bounds, closed=_rows(ground, conflict)
        )
        return


def _prove(ground: Ground, offer: Offer, *, like: Answered | None, whole: bool) -> tuple[Way, Answered] | None:
    """The cheapest plan that an offer allows, or None where whole units leave it none."""
    answered = _answer(ground, offer, like)
    if answered is None and ground.matrix.integer.any() and not whole:
        offer, answered = _in_whole_units(ground, offer, like)
    if answered is None:
        return None
    given = relaxations(answered.solved.parameters, answered.solved.worked["indicator_value"])
    usual = ground.ready.usual.answer.objective
    way = Way(
        kind=offer.kind,
        gives=offer.gives,
        year=offer.year,
        relaxations=given,
        raised=offer.raised,
        score=_score(ground, offer, answered),
        objective=answered.answer.objective,
        bound=answered.answer.bound,
        over_usual=answered.answer.objective - usual,
        whole_units=whole,
        changes=words_for_solve(
            ground.ready.case,
            given,
            left_out=offer.gives if offer.kind == "without" else "",
            waits=offer.kind == "later",
            raised=offer.raised,
        ),
        measures=tuple(_builds(answered.solved.decisions)),
    )
    return way, answered


def _in_whole_units(ground: Ground, offer: Offer, like: Answered | None) -> tuple[Offer, Answered | None]:
    """What parts of units can do, whole ones may not: relaxations and cost are weighed together first, relaxations far heavier.

    What that plan gives, rounded, is then allowed, and the cheapest plan looked for.
    """
    program, found = ground.program, ground.relaxing
    cost, upper = ground.matrix.cost.copy(), program.matrix.upper.copy()
    cost += found.price * heavy * max(abs(ground.ready.usual.answer.objective), 1.0)
    for key in offer.freed:
        cost[list(found.places[key])] = 0.0
    for key in offer.closed - offer.freed:
        upper[list(found.places[key])] = 0.0
    for place, bound in (offer.bounds or {}).items():
        upper[place] = bound
    weighed = _search(ground, replace(ground.matrix, cost=cost, upper=upper), like)
    if weighed is None:
        return offer, None
    freed = {key: amount for key, amount in _allowed(ground, weighed.answer.x).items() if key not in offer.freed}
    offer = replace(offer, allowed=freed)
    return offer, _answer(ground, offer, weighed) or _uncounted(ground, weighed)


def _uncounted(ground: Ground, weighed: Answered) -> Answered:
    """A plan at its cost alone, without the weight of its relaxations."""
    weight = float((weighed.matrix.cost - ground.matrix.cost) @ weighed.answer.x)
    answer = replace(weighed.answer, objective=weighed.answer.objective - weight, bound=weighed.answer.bound - weight)
    solved = replace(weighed.solved, objective=answer.objective, bound=answer.bound)
    return replace(weighed, solved=solved, answer=answer)


def _answer(ground: Ground, offer: Offer, like: Answered | None) -> Answered | None:
    upper = ground.matrix.upper.copy()
    for key, amount in offer.allowed.items():
        upper[list(ground.relaxing.places[key])] = amount
    for key in offer.freed:
        upper[list(ground.relaxing.places[key])] = np.inf
    for place, bound in (offer.bounds or {}).items():
        upper[place] = bound
    return _search(ground, replace(ground.matrix, upper=upper), like)


def _search(ground: Ground, matrix: Matrix, like: Answered | None) -> Answered | None:
    with ground.watch.clock.step("ways"):
        plan = ground.whole(matrix, like=like)
    if not len(plan.x) or plan.status not in ("optimal", "time_limit"):
        return None
    decisions = extract(matrix.columns, plan.x, ground.data)
    worked = work_out(ground.data, decisions)
    return Answered(Solved(ground.data, decisions, worked, plan.objective, plan.bound), matrix, plan)


def _score(ground: Ground, offer: Offer, answered: Answered) -> float:
    """What is given in all, as shares of what is asked, weighted by strength; waiting counts by the years since the base year."""
    case, found = ground.ready.case, ground.relaxing
    strength = {row.id: (WEIGHTS[row.strength], row.year) for row in case.tables["targets"]}
    total = sum(found.price[found.places[key][0]] * amount for key, amount in offer.allowed.items())
    if offer.kind == "later" and offer.year is not None:
        weight, asked = strength[offer.gives]
        total += weight * (offer.year - asked) / max(asked - case.header.base_year, 1)
    if offer.kind == "without":
        total += strength[offer.gives][0] * max(1.0, len({year for _, year in offer.freed}))
    if offer.raised is not None:
        total += limit_weight * (offer.raised.given / max(offer.raised.asked, nothing) - 1)
    return float(total)


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
