"""How each effect of a measure acts over the years: on capacities and indicators, and what it takes from standing stock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.survival import Curve, at_age, curves, share_surviving
from model.case.parameters.taking import FOR_EVER, Taking, Takings, joined
from model.case.parameters.timeline import FOREVER, Span, SpanRule, entering, last_year_in_force, looked_at, share_in_force
from model.case.read.case import Case
from model.case.tables.rows import Effect, Measure

ACTS, TAKES = ["measure", "item", "build_year", "year", "value", "by"], ["measure", "stock", "build_year", "year", "value", "by"]
DECIDED = ("build", "closed", "deferred")
between = ";"


@dataclass(frozen=True)
class Acting:
    """Long tables. `effects`: what one unit of a measure in a span adds to an item in it or a later one; `by` says a unit of what: built,
    newly closed, or coming into force later (of which the effect in its own span is less). `takes`: what of it comes off a stock,
    positive, and off every stock that holds it; a stock is its rows of `existing`, joined.
    """

    effects: pd.DataFrame  # measure, item, build_year, year, value, by
    takes: pd.DataFrame  # measure, stock, build_year, year, value, by


def renewed_closures(case: Case, numbers: Numbers) -> frozenset[str]:
    """Measures that take away for ever and whose own end can be renewed: what they close is told apart from what they build."""
    takings = Takings(case)
    closing = {effect.measure for effect in case.tables["effects"] if takings.of(effect) is not None and effect.lifetime is None}
    return frozenset(
        row.id for row in case.tables["measures"] if row.kind == "replace" and row.id in closing and numbers.given(row.id, "lifetime")
    )


def years_in_force(measure: Measure, numbers: Numbers) -> float:
    """How long a measure is in force: its lifetime; for ever where that is only the years over which it is paid, of a retirement and of what a

    survival curve takes out of service.
    """
    if measure.kind == "retire" or measure.survival is not None:
        return FOREVER
    return numbers.constant("measures", measure.id, "lifetime", missing=FOREVER)


def last_year_of(effects: list[Effect], takings: Takings) -> float:
    """Last calendar year in which any of a measure's effects still acts."""
    last_years = []
    for effect in effects:
        taking = takings.of(effect)
        last_years.append(taking.until if taking is not None else FOREVER if effect.until is None else float(effect.until))
    return max(last_years, default=FOREVER)


def acting(case: Case, scope: Scope, numbers: Numbers, measures: list[Measure]) -> Acting:
    """Every effect of these measures over the scope's years."""
    takings, closing = Takings(case), renewed_closures(case, numbers)
    known = {row.id: row for row in measures}
    curve_of = curves(case, numbers)
    stocks = joined(taking.stock for effect in case.tables["effects"] if (taking := takings.of(effect)) and taking.stock)
    acts, takes = [], []
    for effect in case.tables["effects"]:
        if effect.measure not in known:
            continue
        amount, taking = numbers.canonical("effects", effect), takings.of(effect)
        by = "closed" if taking is not None and effect.lifetime is None and effect.measure in closing else "build"
        taken_from = [
            between.join(sorted(stock)) for stock in stocks if taking is not None and taking.stock and stock.issuperset(taking.stock)
        ]
        life, curve = _life(effect, known[effect.measure], numbers, taking), curve_of.get(effect.curve or "")
        survival = curve_of.get(known[effect.measure].survival or "")
        for built in scope.timeline:
            for span in scope.timeline:
                if span.last < built.last:
                    continue
                value = amount * _share(life, built, span, scope.span_rule, survival) * _grown(curve, built, span)
                if not value:
                    continue
                acts.append((effect.measure, effect.item, built.last, span.last, value, by))
                takes += [(effect.measure, stock, built.last, span.last, -value, by) for stock in taken_from]
    renewed = renewed_whole(numbers, measures)
    return Acting(_summed(acts, ACTS, renewed), _summed(takes, TAKES, renewed))


def renewed_whole(numbers: Numbers, measures: list[Measure]) -> frozenset[str]:
    """Measures of whole units that end by themselves and can be renewed."""
    return frozenset(row.id for row in measures if row.whole and row.kind != "retire" and numbers.given(row.id, "lifetime"))


def _summed(rows: list[tuple[str, str, int, int, float, str]], columns: list[str], renewed: frozenset[str]) -> pd.DataFrame:
    """Rows of one key added up; of whole units that can be renewed also what is less while they wait in their own span."""
    total: dict[tuple[str, str, int, int, str], float] = defaultdict(float)
    for measure, item, built, year, value, by in rows:
        total[measure, item, built, year, by] += value
        if measure in renewed and built == year and by == "build":
            total[measure, item, built, year, "deferred"] -= value
    return pd.DataFrame([(*key[:-1], total[key], key[-1]) for key in sorted(total)], columns=columns)


@dataclass(frozen=True)
class _Life:
    """Years in force of an effect and of its measure, years until it counts, last calendar year in which it can act."""

    own: float
    measure: float
    lag: int
    until: float


def _life(effect: Effect, measure: Measure, numbers: Numbers, taking: Taking | None) -> _Life:
    """An effect ends with its measure, or before it by its own lifetime; what a retire or replace measure takes away stays away."""
    until = taking.until if taking is not None else FOREVER if effect.until is None else float(effect.until)
    lasts = FOREVER if taking is not None and measure.kind in FOR_EVER else years_in_force(measure, numbers)
    return _Life(lasts if effect.lifetime is None else min(effect.lifetime, lasts), lasts, effect.lag, until)


def _share(life: _Life, built: Span, span: Span, rule: SpanRule, survival: Curve | None) -> float:
    """Share of a modelled year's years in which the effect of what was built in a span is in force."""
    parts, seen = entering(built, rule), looked_at(span, rule)
    return sum(_of_part(life, part, seen, survival) for part in parts) / len(parts)


def _of_part(life: _Life, built: Span, span: Span, survival: Curve | None) -> float:
    """The same of what enters together; renewed only as its measure is."""
    first = built.first + life.lag
    if survival is not None:
        return share_surviving(survival, span, built.first, first, min(built.first + life.own - 1, life.until))
    if life.own == life.measure:
        return share_in_force(span, first, last_year_in_force(built, life.measure, life.until))
    if life.measure < built.years:
        return life.own / life.measure * share_in_force(span, first, min(built.last, life.until))
    return share_in_force(span, first, min(built.first + life.own - 1, life.until))


def _grown(curve: Curve | None, built: Span, span: Span) -> float:
    return 1.0 if curve is None else at_age(curve, max(0.0, span.last - (built.first + built.last) / 2))
