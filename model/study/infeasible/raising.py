"""Which build-rate limits and potentials to raise, and how far, so that no target has to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import numpy as np

from model.results.clash import Conflict, Raised
from model.solve.liftable_limits import LiftableLimit, Name, lifted, with_bypass
from model.solve.matrix import Key, Matrix
from model.study.infeasible.conflicts import Ground
from model.study.program.edits import RowTerms, with_columns, with_rows
from model.study.program.target_slacks import missed_tolerance, step_of

COMPONENTS = {"Build": "pace", "Units": "pace", "Level": "potential"}
WEIGHTS = {"pace": 1.0, "potential": 3.0}  # a build-rate limit is a choice, a potential mostly nature's
most_share = 9.0


def least_raised(ground: Ground, conflict: Conflict) -> tuple[tuple[Raised, ...], dict[int, float]] | None:
    """The least weighted shares in all by which limits of a clash must be raised; with the new upper bounds, by place.

    None where that is not enough (a lead time, say), or where one would have to be raised more than tenfold.
    """
    liftable = _raisable(ground, conflict)
    if not liftable:
        return None
    held = ground.program.strict({member.target for member in conflict.members})
    result = ground.elastic_solver.solve(with_shares(held, liftable))
    if result.status != "optimal":
        return None
    shares = {name: float(share) for name, share in zip(liftable, result.x[-len(liftable) :], strict=True) if share > missed_tolerance}
    if not shares or max(shares.values()) > most_share:
        return None
    raised, bounds = [], dict[int, float]()
    for name, share in shares.items():
        above = liftable[name].above
        yearly = np.array([j for j in above if ground.matrix.columns[j][0] != "Units"], dtype=int)
        factor = _round_factor(1.0 + share, float(ground.matrix.upper[yearly].min()), _unit(ground, name[1]))
        bounds |= {int(j): float(ground.matrix.upper[j]) * factor for j in above}
        raised.append(_told(ground, name, yearly, factor))
    return tuple(raised), bounds


def with_shares(matrix: Matrix, liftable: Mapping[Name, LiftableLimit]) -> Matrix:
    """The matrix with a way around each place of these limits, at most as wide as the share by which its limit is raised.

    Raised_Limit: Around[j] − upper[j] · Share[limit] ≤ 0 for each column j that a limit holds from above; the shares cost.
    """
    bypassed = replace(lifted(with_bypass(matrix, liftable), liftable, liftable.keys()), offset=0.0)
    places = np.concatenate([limit.above for limit in liftable.values()])
    which = np.repeat(np.arange(len(liftable)), [len(limit.above) for limit in liftable.values()])
    old = len(bypassed.cost)
    wide = with_columns(bypassed, {("Share", name): WEIGHTS[name[0]] for name in liftable})
    around: dict[Key, RowTerms] = {
        ("Raised_Limit", matrix.columns[j]): ({old - len(places) + at: 1.0, old + int(which[at]): -float(matrix.upper[j])}, -np.inf, 0.0)
        for at, j in enumerate(places)
    }
    return with_rows(wide, around)


def _raisable(ground: Ground, conflict: Conflict) -> dict[Name, LiftableLimit]:
    """Build-rate limits and potentials of the clash, each with all its years in which it is not zero."""
    upper, found = ground.matrix.upper, dict[Name, LiftableLimit]()
    items = {limit.item for limit in conflict.limits if limit.kind in WEIGHTS}
    places: dict[Name, list[int]] = {}
    for j, (component, index) in enumerate(ground.matrix.columns):
        if component in COMPONENTS and isinstance(index, tuple) and index[0] in items and 0 < upper[j] < np.inf:
            places.setdefault((COMPONENTS[component], str(index[0])), []).append(j)
    empty = np.array([], dtype=int)
    for limit in conflict.limits:
        if limit.kind in WEIGHTS and (limit.kind, limit.item) in places:
            above = np.array(places[limit.kind, limit.item])
            found[limit.kind, limit.item] = LiftableLimit(empty, above, empty, upper[above])
    return found


def _round_factor(factor: float, least: float, unit: float) -> float:
    """A factor a little larger, so that the least amount (that of a single year) comes in whole units, or else by a round share.

    >>> _round_factor(1.2, 2.0, 1.0), _round_factor(1.1234, 2.0, 0.0)
    (1.5, 1.13)
    """
    if unit:
        return ceil(least * factor / unit - missed_tolerance) * unit / least
    step = step_of(factor - 1.0)
    return round(1.0 + ceil((factor - 1.0) / step - missed_tolerance) * step, 12)


def _unit(ground: Ground, measure: str) -> float:
    """The size of a measure's units where they come whole, or else zero."""
    whole = any(row.id == measure and row.whole for row in ground.ready.case.tables["measures"])
    return float(ground.data["unit_size"].sel(measure=measure)) if whole else 0.0


def _told(ground: Ground, name: Name, above: np.ndarray, factor: float) -> Raised:
    kind, item = name
    spans = np.array([_span(ground, int(j)) if kind == "pace" else 1.0 for j in above])
    yearly = ground.matrix.upper[above] / spans
    asked = float(yearly.max())
    varies = bool(yearly.min() < asked * (1 - missed_tolerance))
    return Raised(kind, item, asked, asked * factor, varies)  # type: ignore[arg-type]


def _span(ground: Ground, place: int) -> float:
    index = ground.matrix.columns[place][1]
    return float(ground.data["span_years"].sel(year=index[1])) if isinstance(index, tuple) else 1.0
