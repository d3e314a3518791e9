"""What each measure brings to each target: how much worse the target stands where the measure is held out, or that this cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.results.explained import Contribution, SectorContribution, TargetPrice, YearPrice
from model.study.explain.held_out import HeldOutResults
from model.study.plan.reference import Reference

Brings = Callable[[np.ndarray], float]

nothing = 1e-9
told_share = 1e-3
alike = 0.05  # of the larger: so near, what measures bring one by one is what they bring together


def credited(reference: Reference, left: HeldOutResults, targets: Sequence[TargetPrice]) -> list[TargetPrice]:
    """The targets with what each measure brings in the year in which they are dearest (or first hold), in the target's unit."""
    if not len(left.base):
        return list(targets)
    return [_with_credits(one, left, _brings(reference, left, one.id, _dearest(one))) for one in targets]


def indicators_of(reference: Reference, targets: Sequence[TargetPrice]) -> frozenset[tuple[str, int]]:
    """The indicators, (i, y), by which these targets stand in the year in which they are dearest."""
    found = set[tuple[str, int]]()
    for one in targets:
        row = _row(reference, one.id, _dearest(one))
        p = reference.plan.solved.parameters
        found.add((str(p["target_indicator"].values[row]), _dearest(one).year))
        if about := str(p["target_reference"].values[row]):
            found.add((about, int(p["target_reference_year"].values[row])))
    return frozenset(found)


def _row(reference: Reference, target: str, dearest: YearPrice) -> int:
    """Where its row stands among the targets' parameters."""
    p = reference.plan.solved.parameters
    mine = (p["target_target"].values == target) & (p["target_sense"].values == dearest.sense)
    return int(np.flatnonzero(mine & (p["target_year"].values == dearest.year))[0])


def _dearest(one: TargetPrice) -> YearPrice:
    """Where a target is dearest: the first of these years, and of a band the side that costs."""
    return max(one.years, key=lambda year: (year.price, -year.year))


def _with_credits(one: TargetPrice, left: HeldOutResults, brings: Brings) -> TargetPrice:
    alone = {k: brings(found.indicators) for k, found in left.alone.items()}
    together = {sector: brings(found.indicators) for sector, found in left.together.items()}
    whole = brings(left.usual)
    dust = max(nothing, told_share * max([abs(whole), *map(abs, alone.values()), *map(abs, together.values())]))
    groups, mixed = list[SectorContribution](), set[str]()
    for sector, amount in together.items():
        members = left.groups[sector]
        if not any(_same(amount, added, dust) for added in _sums(members, alone, left)):
            mixed |= set(members)
            groups.append(SectorContribution(sector, amount, tuple(sorted(members, key=lambda k: (-abs(alone.get(k, 0.0)), k)))))
    carried = [Contribution(k, amount, left.alone[k].along, k not in mixed) for k, amount in alone.items() if abs(amount) > dust]
    carried.sort(key=lambda part: (-part.amount, part.measure))
    groups.sort(key=lambda part: (-part.amount, part.sector))
    return replace(one, carried_year=_dearest(one).year, usual_gap=whole, carried=tuple(carried), together=tuple(groups))


def _sums(members: Sequence[str], alone: Mapping[str, float], left: HeldOutResults) -> tuple[float, float]:
    """What measures bring one by one: those without which nothing else gives way, and all of them."""
    mine = [k for k in members if k in alone]
    return sum(alone[k] for k in mine if not left.alone[k].along), sum(alone[k] for k in mine)


def _same(one: float, other: float, dust: float) -> bool:
    return abs(one - other) <= max(dust, alike * max(abs(one), abs(other)))


def _brings(reference: Reference, left: HeldOutResults, target: str, dearest: YearPrice) -> Brings:
    """By how much the target would stand worse, in its unit, were the indicators these and not those of the plan."""
    p, year, row = reference.plan.solved.parameters, dearest.year, _row(reference, target, dearest)
    own, about = left.place[str(p["target_indicator"].values[row]), year], str(p["target_reference"].values[row])
    whole = left.place[about, int(p["target_reference_year"].values[row])] if about else None
    scale = (-1.0 if dearest.sense == "<=" else 1.0) / (float(p["target_divisor"].values[row]) * float(p["target_unit_factor"].values[row]))

    def stands(indicators: np.ndarray) -> float:
        size = 1.0 if whole is None else float(indicators[whole])
        return scale * float(indicators[own]) / size if abs(size) > nothing else 0.0

    return lambda indicators: stands(left.base) - stands(indicators)
