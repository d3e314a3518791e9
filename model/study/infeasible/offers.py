"""What to try as ways out of a clash: which targets give or wait, and which limits are raised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.results.clash import Conflict, Raised, Way
from model.study.infeasible.conflicts import FoundConflicts, Ground, LeastRelaxation, whole_gap
from model.study.infeasible.raising import least_raised
from model.study.program.target_slacks import TargetYear, relaxed_rows, rounded_up

Offer_Kind = Literal["least", "value", "later", "limit", "without"]


@dataclass(frozen=True)
class Offer:
    """A way out before it is proven: how far each row may give (in its own unit) as far as is known, which rows must not

    give, which need not hold (`freed`), and which bounds move.
    """

    kind: Offer_Kind
    gives: str
    year: int | None
    allowed: Mapping[TargetYear, float]
    freed: frozenset[TargetYear] = frozenset()
    raised: tuple[Raised, ...] = ()
    bounds: Mapping[int, float] | None = None
    closed: frozenset[TargetYear] = frozenset()


def offers(ground: Ground, found_conflicts: FoundConflicts, found: list[Way]) -> Iterator[Offer]:
    """What to try next, `found` being what is proven by then: first the least, at last what leaves a target out."""
    yield least_offer(ground, found_conflicts.least)
    for conflict in found_conflicts.conflicts:
        members = [member.target for member in conflict.members]
        for target in members if len(members) > 1 or len(found_conflicts.conflicts) > 1 else []:
            if not _alone_in(found, target, conflict):
                yield _value(ground, conflict, target, whole=found_conflicts.least.whole)
    for conflict in found_conflicts.conflicts:
        for member in conflict.members:
            yield from _later(ground, found_conflicts, conflict, member.target, found)
    for conflict in found_conflicts.conflicts:
        yield from _raised(ground, found_conflicts, conflict)
    for conflict in found_conflicts.conflicts:
        for member in conflict.members:
            freed = frozenset(key for key in ground.target_slacks.places if key[0] == member.target)
            yield Offer(
                "without", member.target, None, _others(ground, found_conflicts, conflict), freed, closed=_rows(ground, conflict) - freed
            )


def least_offer(ground: Ground, least: LeastRelaxation) -> Offer:
    """All targets together give the least."""
    relaxed = list(dict.fromkeys(target for target, _ in relaxed_rows(ground.target_slacks, least.x)))
    return Offer("least", relaxed[0] if len(relaxed) == 1 else "", None, allowed(ground, least.x))


def allowed(ground: Ground, x: np.ndarray) -> dict[TargetYear, float]:
    """What a plan relaxes, a little more, so that what is given is round."""
    indicators = {
        (str(index[0]), int(index[1])): float(x[j])
        for j, (component, index) in enumerate(ground.matrix.columns)
        if component == "Indicator" and isinstance(index, tuple)
    }
    return rounded_up(ground.target_slacks, relaxed_rows(ground.target_slacks, x), indicators)


def _alone_in(found: list[Way], target: str, conflict: Conflict) -> bool:
    """Whether the least way is this target's own, as far as this clash goes, and there is no other clash in it."""
    given = {one.target for one in found[0].relaxations} if found else set()
    return given == {target} and target in {member.target for member in conflict.members}


def _rows(ground: Ground, conflict: Conflict) -> frozenset[TargetYear]:
    mine = {member.target for member in conflict.members}
    return frozenset(key for key in ground.target_slacks.places if key[0] in mine)


def _value(ground: Ground, conflict: Conflict, target: str, *, whole: bool) -> Offer:
    """One member gives, the others of its clash do not."""
    closed = frozenset(key for key in _rows(ground, conflict) if key[0] != target)
    x = _least(ground, closed={name for name, _ in closed}, whole=whole)
    return Offer("value", target, None, {} if x is None else allowed(ground, x), closed=closed)


def _least(ground: Ground, *, closed: set[str], whole: bool) -> np.ndarray | None:
    """The least relaxation of all others when some targets give nothing."""
    program = ground.program
    if whole:
        plan = ground.whole(program.held(list(program.groups), closed=closed), gap=whole_gap)
        return plan.x if len(plan.x) else None
    result = ground.elastic_solver.least(list(program.groups), closed=closed)
    return result.x if result.status == "optimal" else None


def _others(ground: Ground, found_conflicts: FoundConflicts, conflict: Conflict) -> dict[TargetYear, float]:
    """What the least relaxation gives in the other clashes."""
    mine = {member.target for member in conflict.members}
    return {key: amount for key, amount in allowed(ground, found_conflicts.least.x).items() if key[0] not in mine}


def _later(ground: Ground, found_conflicts: FoundConflicts, conflict: Conflict, target: str, found: list[Way]) -> Iterator[Offer]:
    """The target holding only from the year on from which a way in which it gives can hold it."""
    row = next(row for row in ground.ready.case.tables["targets"] if row.id == target)
    years = [year for year in ground.target_slacks.years(target) if year >= row.year]
    own = next((way for way in found if way.kind in ("least", "value") and target in {one.target for one in way.relaxations}), None)
    if row.holds == "year" or own is None:
        return
    last = max(one.year for one in own.relaxations if one.target == target)
    if last >= years[-1]:
        return
    start = min(year for year in years if year > last)
    freed = frozenset((target, year) for year in years if year < start)
    yield Offer("later", target, start, _others(ground, found_conflicts, conflict), freed, closed=_rows(ground, conflict) - freed)


def _raised(ground: Ground, found_conflicts: FoundConflicts, conflict: Conflict) -> Iterator[Offer]:
    found = least_raised(ground, conflict)
    if found is None:
        return
    raised, bounds = found
    gives = raised[0].item if len(raised) == 1 else ""
    closed = _rows(ground, conflict)
    yield Offer("limit", gives, None, _others(ground, found_conflicts, conflict), raised=raised, bounds=bounds, closed=closed)
