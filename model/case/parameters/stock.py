"""Parameters of the stock: what exists, what each measure adds and for how long, what it costs to build."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import numpy as np

from model.case.parameters.acting import Acting, acting, between, last_year_of, renewed_closures, renewed_whole, years_in_force
from model.case.parameters.building import Building, building, keeps, part_of_a_unit
from model.case.parameters.cash import cash_shares
from model.case.parameters.finance import annuity_charge, capital_recovery, present_value
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.reserved import left_of_stocks
from model.case.parameters.scope import Scope
from model.case.parameters.survival import Curve, Standing, curves, share_surviving
from model.case.parameters.taking import Takings
from model.case.parameters.timeline import FOREVER, Span, entering, last_year_in_force, looked_at, share_in_force
from model.case.read.case import Case
from model.case.tables.rows import Effect, Measure

beyond = 1e-9  # of a potential, so that what was built to its edge leaves it as it is


@dataclass(frozen=True)
class Stock:
    """Arrays over measures, technologies and years (shapes in comments), and the long tables of what acts."""

    existing: np.ndarray  # (technology, year), capacity units
    standing: dict[str, np.ndarray]  # stock that effects take from → (year,), capacity units
    whole: np.ndarray  # (measure,)
    renewed_whole: np.ndarray  # (measure,), whole units that end and can be renewed
    closing: np.ndarray  # (measure,), what it closes is told apart from what it builds
    unit_size: np.ndarray  # (measure,)
    build_lower: np.ndarray  # (measure, year), measure units a span
    build_upper: np.ndarray  # (measure, year)
    build_past: np.ndarray  # (measure, year), what of the lower bound lies before the first year of decisions
    open_years: np.ndarray  # (measure, year), years of a span in which what is decided can enter
    units_upper: np.ndarray  # (measure, year), whole units from the first year on
    potential: np.ndarray  # (measure, year)
    minimum: np.ndarray  # (measure, year), least in force
    minimum_capacity: np.ndarray  # (technology, year), capacity units
    least_size: np.ndarray  # (measure,), least that is added where anything is; 0 where any amount may be
    survival: np.ndarray  # (measure, build year, year), share of the span in force
    charge: np.ndarray  # (measure, build year), 亿元 of present value per unit
    charge_at_one_rate: np.ndarray  # the same with annuities at the discount rate, whoever pays
    charge_before: np.ndarray  # the part of it that falls in years before decisions begin
    deferred_charge: np.ndarray  # (measure, year), 亿元 of present value not paid per unit that comes into force a span later
    deferred_charge_at_one_rate: np.ndarray
    investment: np.ndarray  # (measure, build year), 亿元 per unit, cash
    cash: np.ndarray  # (measure, build year, 1 + year), 亿元 paid in a span per unit, renewals counted; before the first span in place 0
    deferred_cash: np.ndarray  # the same, not paid per unit that comes into force a span later
    paid: np.ndarray  # the same, whether a span is one of those in which a unit is paid for
    fixed_om: np.ndarray  # (measure, year), 亿元 per unit and year
    acting: Acting


def stock(case: Case, scope: Scope, numbers: Numbers, *, rate: float, regional_share: float) -> Stock:
    """Stock of the scope's years. What serves the region is charged to the city by `regional_share`; cash is shown whole."""
    measures = [row for row in sorted(case.tables["measures"], key=lambda row: row.id) if scope.measures != "none"]
    effects: dict[str, list[Effect]] = {row.id: [] for row in measures}
    for effect in case.tables["effects"]:
        if effect.measure in effects:
            effects[effect.measure].append(effect)
    shape = (len(measures), len(scope.timeline))
    takings, closing = Takings(case), renewed_closures(case, numbers)
    last_year = {row.id: last_year_of(effects[row.id], takings) for row in measures}
    bounds = [building(case, scope, numbers, row, last_year=last_year[row.id]) for row in measures]
    at_one_rate = [_Paid(scope, numbers, row, last_year=last_year[row.id], rate=rate) for row in measures]
    costs = [_at_own_rate(paid, numbers, row) for paid, row in zip(at_one_rate, measures, strict=True)]
    share = np.array([_city_share(case, effects[row.id], regional_share) for row in measures])
    investment = _stack(shape, [numbers.path("measures", row.id, "investment") for row in measures])
    spread = (shape[0], shape[1], 1 + shape[1])
    shares = _stack(spread, [cash_shares(scope, row, last_year=last_year[row.id])[None] for row in measures])
    acts = acting(case, scope, numbers, measures)
    units = [numbers.constant("measures", row.id, "unit_size", missing=1.0) if row.whole else 0.0 for row in measures]
    curve_of = curves(case, numbers)
    survival = {lasts: _survival(scope, lasts) for lasts in {years_in_force(row, numbers) for row in measures}}
    in_force = [
        survival[years_in_force(row, numbers)] if row.survival is None else _by_curve(scope, curve_of[row.survival]) for row in measures
    ]
    potential = _stack(
        shape, [_potential(scope, numbers, row, one, mine) for row, one, mine in zip(measures, bounds, in_force, strict=True)]
    )
    lower = _stack(
        shape, [_fitting(one, most, mine, unit=size) for one, most, mine, size in zip(bounds, potential, in_force, units, strict=True)]
    )
    standing = {name: _standing(case, scope, numbers, name.split(between)) for name in sorted(set(acts.takes["stock"]))}
    return Stock(
        existing=_existing(case, scope, numbers),
        standing=left_of_stocks(case, scope, numbers, acts, standing, {row.id: least for row, least in zip(measures, lower, strict=True)}),
        whole=np.array([row.whole for row in measures], dtype=bool),
        renewed_whole=np.array([row.id in renewed_whole(numbers, measures) for row in measures], dtype=bool),
        closing=np.array([row.id in closing for row in measures], dtype=bool),
        unit_size=np.array([numbers.constant("measures", row.id, "unit_size", missing=1.0) for row in measures]),
        build_lower=lower,
        build_upper=_stack(shape, [one.upper for one in bounds]),
        build_past=_stack(shape, [one.past for one in bounds]),
        open_years=_stack(shape, [one.open_years for one in bounds]),
        units_upper=_stack(shape, [one.units for one in bounds]),
        potential=potential,
        minimum=_from_decisions(scope, _stack(shape, [numbers.path("measures", row.id, "minimum") for row in measures])),
        minimum_capacity=_minimum_capacity(case, scope, numbers),
        least_size=np.array([numbers.constant("measures", row.id, "least_size", missing=0.0) for row in measures]),
        survival=_stack((*shape, shape[1]), [one[None] for one in in_force]),
        charge=_stack(shape, [one.charges() for one in costs]) * investment * share[:, None],
        charge_at_one_rate=_stack(shape, [one.charges() for one in at_one_rate]) * investment * share[:, None],
        charge_before=_stack(shape, [one.charges(until=scope.decide_from - 1) for one in costs]) * investment * share[:, None],
        deferred_charge=_stack(shape, [one.deferred_charges() for one in costs]) * investment * share[:, None],
        deferred_charge_at_one_rate=_stack(shape, [one.deferred_charges() for one in at_one_rate]) * investment * share[:, None],
        investment=investment,
        cash=(_stack(shape, [one.purchases() for one in costs]) * investment)[:, :, None] * shares,
        deferred_cash=(_stack(shape, [one.deferred_purchases() for one in costs]) * investment)[:, :, None] * shares,
        paid=shares > 0,
        fixed_om=_stack(shape, [numbers.path("measures", row.id, "upkeep") for row in measures]) * share[:, None],
        acting=acts,
    )


def _at_own_rate(paid: _Paid, numbers: Numbers, measure: Measure) -> _Paid:
    """What it costs where its payer pays back at a rate of its own; the very same where it has none."""
    if not numbers.given(measure.payer, "cost_of_capital"):
        return paid
    own = copy(paid)
    own.payer_rate = numbers.constant("payers", measure.payer, "cost_of_capital")
    return own


def _city_share(case: Case, effects: list[Effect], regional_share: float) -> float:
    serves = {row.id: row.serves for row in case.tables["technologies"]}
    served = {serves[effect.item] for effect in effects if effect.item in serves}
    return regional_share if served == {"region"} else 1.0


def _stack(shape: tuple[int, ...], rows: list[np.ndarray]) -> np.ndarray:
    return np.vstack(rows) if rows else np.zeros(shape)


def _existing(case: Case, scope: Scope, numbers: Numbers) -> np.ndarray:
    technologies = sorted(row.id for row in case.tables["technologies"])
    total, standing = np.zeros((len(technologies), len(scope.timeline))), Standing(case, numbers)
    for row in case.tables["existing"]:
        total[technologies.index(row.technology)] += [standing.mean(row, looked_at(span, scope.span_rule)) for span in scope.timeline]
    return total


def _standing(case: Case, scope: Scope, numbers: Numbers, names: list[str]) -> np.ndarray:
    """What stands by itself of these rows of `existing`, on average of the years looked at, shape (years,)."""
    standing = Standing(case, numbers)
    rows = [row for row in case.tables["existing"] if row.id in names]
    return np.array([sum(standing.mean(row, looked_at(span, scope.span_rule)) for row in rows) for span in scope.timeline])


def _minimum_capacity(case: Case, scope: Scope, numbers: Numbers) -> np.ndarray:
    technologies = sorted(row.id for row in case.tables["technologies"])
    paths = [numbers.path("technologies", name, "minimum_capacity") for name in technologies]
    return _from_decisions(scope, _stack((0, len(scope.timeline)), paths))


def _from_decisions(scope: Scope, least: np.ndarray) -> np.ndarray:
    """What must stand, shape (…, years), is asked of the plan alone, as couplings are, and from the first year of decisions on."""
    decided = np.array([span.last >= scope.decide_from for span in scope.timeline])
    return np.where(decided, least, 0.0) if scope.measures == "all" else np.zeros_like(least)


def _potential(scope: Scope, numbers: Numbers, measure: Measure, bounds: Building, survival: np.ndarray) -> np.ndarray:
    """How much there can be, shape (years,): never less than what of the past stands. Where the usual path only keeps it up, no more than stood
    when decisions began, what has been committed by then, and what follows from that.
    """
    told, stands = numbers.path("measures", measure.id, "potential", missing=NO_LIMIT), bounds.past @ survival
    if keeps(scope, numbers, measure):
        before = sum(span.first < scope.decide_from for span in scope.timeline)
        kept = np.maximum(stands, stands[before - 1] if before else 0.0)
        came = np.maximum.accumulate((bounds.lower - bounds.past) @ survival)
        told = np.minimum(told, kept + came + np.array(scope.following.get(measure.id, 0.0)))
    return np.where(stands > told * (1 + beyond), stands, told)


def _fitting(bounds: Building, potential: np.ndarray, survival: np.ndarray, *, unit: float) -> np.ndarray:
    """Least to be built, shape (years,): what is committed, the earlier first, as far as there is room for it beside what was built before
    decisions begin; in whole units where `unit` is above zero.
    """
    if not bounds.past.any():
        return bounds.lower
    lower = bounds.past.copy()
    for place in np.flatnonzero(bounds.lower > bounds.past):
        acts = survival[place] > 0
        room = max(0.0, float(((potential - lower @ survival)[acts] / survival[place][acts]).min(initial=np.inf)))
        if unit and room < np.inf:
            room = unit * np.floor(room / unit + part_of_a_unit)
        lower[place] += min(bounds.lower[place] - bounds.past[place], room)
    return lower


def _survival(scope: Scope, lasts: float) -> np.ndarray:
    """Share of the years looked at in which what was built in each span is in force, shape (build year, year)."""
    return np.array([[_lasting(scope, lasts, built, span) for span in scope.timeline] for built in scope.timeline])


def _lasting(scope: Scope, lasts: float, built: Span, span: Span) -> float:
    seen, parts = looked_at(span, scope.span_rule), entering(built, scope.span_rule)
    return sum(share_in_force(seen, part.first, last_year_in_force(part, lasts)) for part in parts) / len(parts)


def _by_curve(scope: Scope, curve: Curve) -> np.ndarray:
    """The same where what was built leaves service by a curve of its age: nothing is renewed by itself."""
    seen, parts = (
        [looked_at(span, scope.span_rule) for span in scope.timeline],
        [entering(span, scope.span_rule) for span in scope.timeline],
    )
    return np.array(
        [
            [sum(share_surviving(curve, span, part.first, part.first, FOREVER) for part in built) / len(built) for span in seen]
            for built in parts
        ]
    )


class _Paid:
    """What one unit of a measure costs per 1 of its investment, by span, shape (years,) each: the mean of the parts that enter."""

    def __init__(self, scope: Scope, numbers: Numbers, measure: Measure, *, last_year: float, rate: float) -> None:
        self._timeline, self._horizon, self._reference, self._rate = scope.timeline, scope.timeline[-1].last, scope.base_year, rate
        self.payer_rate = rate
        self._parts = [entering(span, scope.span_rule) for span in scope.timeline]
        self._renewed, self._last_year = measure.kind != "retire" and measure.survival is None, last_year
        self._lifetime = numbers.constant("measures", measure.id, "lifetime", missing=FOREVER)
        horizon = scope.paid_until or self._horizon
        whole = float(max(1, min(last_year, horizon) - self._timeline[0].first + 1))
        self._paid_over = self._lifetime if self._lifetime < FOREVER else whole

    def charges(self, *, until: int | None = None) -> np.ndarray:
        """Present value of the annuities of what is built in each span, up to the year `until`.

        What is not renewed by itself is paid once, over its lifetime.
        """
        end = self._horizon if until is None else min(until, self._horizon)
        return self._mean(
            lambda part: annuity_charge(
                self._rate, self._reference, part, self._paid_over, self._last(part), max(end, part.first - 1), payer_rate=self.payer_rate
            )
        )

    def deferred_charges(self) -> np.ndarray:
        """Present value of the annuities of a whole span."""
        return self._mean(lambda part: self._payment(part) * present_value(self._rate, self._reference, range(part.first, part.last + 1)))

    def purchases(self) -> np.ndarray:
        """How often it is bought for its span: what lives shorter than its span is bought again inside it."""
        return self._mean(lambda part: max(1.0, self._in_span(part) / self._lifetime if self._renewed else 0.0))

    def deferred_purchases(self) -> np.ndarray:
        """How much less often where it comes into force a span later: only what is bought again inside the span."""
        return self._mean(lambda part: part.years / self._lifetime if self._in_span(part) > self._lifetime else 0.0)

    def _mean(self, of_part: Callable[[Span], float]) -> np.ndarray:
        return np.array([sum(map(of_part, parts)) / len(parts) for parts in self._parts])

    def _last(self, built: Span) -> float:
        return (
            last_year_in_force(built, self._lifetime, self._last_year)
            if self._renewed
            else min(built.first + self._lifetime - 1, self._last_year)
        )

    def _payment(self, built: Span) -> float:
        years = min(self._paid_over, self._last(built) - built.first + 1)
        return capital_recovery(self.payer_rate, years) if years > 0 else 0.0

    def _in_span(self, span: Span) -> float:
        return max(0.0, min(span.last, self._last_year) - span.first + 1)
