"""Parameters of the stock: what exists, what each measure adds and for how long, what it costs to build."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.case.finance import annuity_charge
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.read import Case
from model.case.rows import Effect, Measure
from model.case.timeline import FOREVER, last_year_in_force, share_in_force

NO_LIMIT = 1e30


@dataclass(frozen=True)
class Stock:
    """Arrays over measures, technologies and years (shapes in comments), and the long table of effects."""

    existing: np.ndarray  # (technology, year), capacity units
    whole: np.ndarray  # (measure,)
    unit_size: np.ndarray  # (measure,)
    build_lower: np.ndarray  # (measure, year), measure units a span
    build_upper: np.ndarray  # (measure, year)
    potential: np.ndarray  # (measure, year)
    alive: np.ndarray  # (measure, build year, year), share of the span in force
    charge: np.ndarray  # (measure, build year), 亿元 of present value per unit
    investment: np.ndarray  # (measure, build year), 亿元 per unit, cash
    upkeep: np.ndarray  # (measure, year), 亿元 per unit and year
    effects: pd.DataFrame  # measure, item, build_year, year, value; items are technologies and indicators


def stock(case: Case, scope: Scope, numbers: Numbers, *, rate: float, regional_share: float) -> Stock:
    """Stock of the scope's years. What serves the region is charged to the city by `regional_share`; cash is shown whole."""
    measures = [row for row in sorted(case.tables["measures"], key=lambda row: row.id) if scope.measures != "none"]
    technologies = sorted(row.id for row in case.tables["technologies"])
    effects: dict[str, list[Effect]] = {row.id: [] for row in measures}
    for effect in case.tables["effects"]:
        if effect.measure in effects:
            effects[effect.measure].append(effect)
    shape = (len(measures), len(scope.timeline))
    lower, upper = np.zeros(shape), np.zeros(shape)
    charge, alive = np.zeros(shape), np.zeros((*shape, len(scope.timeline)))
    for place, measure in enumerate(measures):
        lifetime = numbers.constant("measures", measure.id, "lifetime", missing=FOREVER)
        lower[place], upper[place] = _build_bounds(case, scope, numbers, measure, effects[measure.id])
        charge[place] = _charges(scope, measure, effects[measure.id], lifetime, rate)
        for v, built in enumerate(scope.timeline):
            last = last_year_in_force(built, lifetime)
            alive[place, v] = [share_in_force(span, built.first, last) for span in scope.timeline]
    share = np.array([_city_share(case, effects[row.id], regional_share) for row in measures])
    investment = _stack(shape, [numbers.path("measures", row.id, "investment") for row in measures])
    return Stock(
        existing=_existing(case, scope, numbers, technologies),
        whole=np.array([row.whole for row in measures], dtype=bool),
        unit_size=np.array([numbers.constant("measures", row.id, "unit_size", missing=1.0) for row in measures]),
        build_lower=lower,
        build_upper=upper,
        potential=_stack(shape, [numbers.path("measures", row.id, "potential", missing=NO_LIMIT) for row in measures]),
        alive=alive,
        charge=charge * investment * share[:, None],
        investment=investment,
        upkeep=_stack(shape, [numbers.path("measures", row.id, "upkeep") for row in measures]) * share[:, None],
        effects=_effects(case, scope, numbers, [effect for row in measures for effect in effects[row.id]]),
    )


def _city_share(case: Case, effects: list[Effect], regional_share: float) -> float:
    serves = {row.id: row.serves for row in case.tables["technologies"]}
    served = {serves[effect.item] for effect in effects if effect.item in serves}
    return regional_share if served == {"region"} else 1.0


def _stack(shape: tuple[int, ...], rows: list[np.ndarray]) -> np.ndarray:
    return np.vstack(rows) if rows else np.zeros(shape)


def _existing(case: Case, scope: Scope, numbers: Numbers, technologies: list[str]) -> np.ndarray:
    total = np.zeros((len(technologies), len(scope.timeline)))
    for row in case.tables["existing"]:
        until = FOREVER if row.until is None else row.until
        first = -FOREVER if row.since is None else row.since
        shares = [share_in_force(span, first, until) for span in scope.timeline]
        total[technologies.index(row.technology)] += numbers.canonical("existing", row) * np.array(shares)
    return total


def _build_bounds(case: Case, scope: Scope, numbers: Numbers, measure: Measure, effects: list[Effect]) -> tuple[np.ndarray, np.ndarray]:
    """Least and most that can be built in each span, shape (years,) each.

    The least is what is committed, the most what pace, earliest decision and lead time allow; nothing once all its
    effects have ended by themselves. Until `decide_from` both are what was built; what was built of a measure without
    actuals is estimated: as the model itself would for what is done without the plan (`usual`), else what was committed.
    """
    committed = numbers.path("measures", measure.id, "committed")
    actuals = {row.year: numbers.canonical("actuals", row) for row in case.tables["actuals"] if row.measure == measure.id}
    pace = numbers.path("measures", measure.id, "pace", missing=NO_LIMIT) * np.array([span.years for span in scope.timeline])
    size = numbers.constant("measures", measure.id, "unit_size", missing=1.0)
    pace = np.minimum(pace, NO_LIMIT)
    if measure.whole:
        pace = np.where(pace < NO_LIMIT, np.floor(pace / size + 1e-9) * size, NO_LIMIT)
    past = np.array([span.last < scope.decide_from for span in scope.timeline])
    start = scope.timeline[0].first
    later = (
        pace * _decidable(scope, measure, effects, since=max(scope.decide_from, start)) if scope.measures == "all" or measure.usual else 0.0
    )
    before = pace * _decidable(scope, measure, effects, since=start) if measure.usual else 0.0
    upper = np.maximum(np.where(past, before, later), committed)
    if not actuals:
        return committed, upper
    built = numbers.fill(actuals, exact=True)
    return np.where(past, built, committed), np.where(past, built, upper)


def _decidable(scope: Scope, measure: Measure, effects: list[Effect], *, since: int) -> np.ndarray:
    """1 for the spans in which a measure decided from `since` on can come into force and still acts, shape (years,)."""
    first = max(since, measure.earliest or since) + measure.lead_time
    ends = max([effect.until or FOREVER for effect in effects], default=FOREVER)
    open_spans = [first <= span.last <= (measure.latest or span.last) and span.first <= ends for span in scope.timeline]
    return np.array(open_spans, dtype=float)


def _charges(scope: Scope, measure: Measure, effects: list[Effect], lifetime: float, rate: float) -> np.ndarray:
    ends = [FOREVER if effect.until is None else effect.until for effect in effects]
    until = max(ends, default=FOREVER)
    horizon = scope.timeline[-1].last
    finite = lifetime if lifetime < FOREVER else float(max(1, min(until, scope.paid_until or horizon) - scope.timeline[0].first + 1))
    return np.array(
        [
            annuity_charge(rate, scope.base_year, built, finite, last_year_in_force(built, lifetime, until), horizon)
            for built in scope.timeline
        ]
    )


def _effects(case: Case, scope: Scope, numbers: Numbers, effects: list[Effect]) -> pd.DataFrame:
    curves: dict[str, dict[int, float]] = {}
    for point in case.tables["curves"]:
        curves.setdefault(point.curve, {})[point.age] = numbers.canonical("curves", point)
    rows = []
    for effect in effects:
        amount = numbers.canonical("effects", effect)
        lifetime = effect.lifetime or numbers.constant("measures", effect.measure, "lifetime", missing=FOREVER)
        until = FOREVER if effect.until is None else effect.until
        for built in scope.timeline:
            last = last_year_in_force(built, lifetime, until)
            for span in scope.timeline:
                if span.last < built.last:
                    continue
                value = amount * share_in_force(span, built.first + effect.lag, last)
                if effect.curve:
                    age = max(0.0, span.last - (built.first + built.last) / 2)
                    value *= float(np.interp(age, *_points(curves[effect.curve])))
                if value:
                    rows.append((effect.measure, effect.item, built.last, span.last, value))
    table = pd.DataFrame(rows, columns=["measure", "item", "build_year", "year", "value"])
    return table.groupby(["measure", "item", "build_year", "year"], as_index=False, sort=True).sum()


def _points(curve: dict[int, float]) -> tuple[list[int], list[float]]:
    ages = sorted(curve)
    return ages, [curve[age] for age in ages]
