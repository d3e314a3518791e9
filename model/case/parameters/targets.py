"""Targets as rows `Σ coefficient · Indicator ≷ limit`, one for each target and year in force; two where it is a band."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.case.parameters.accounts import chosen_variants
from model.case.parameters.averaged import told_as
from model.case.parameters.history import RECORDED
from model.case.parameters.in_force import years_in_force
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.timeline import SpanRule
from model.case.parameters.weighing import weights
from model.case.read.canonical import canonical_unit
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.case.tables.indicators import Target
from model.case.tables.records import Fact
from model.case.units.registry import factor


@dataclass(frozen=True)
class TargetRow:
    """One target in one year.

    The plan's own measure of it is `Indicator / (divisor · reference) − offset`, in `unit` after division by
    `unit_factor`; `value` (what the plan says) and `required` (what is asked: the edge of the band, where the plan says
    "about") are in the same measure, NaN where only the plan itself tells them. `terms` are (indicator, year, coefficient).
    An equality with a tolerance is a band: two rows of the same target and year, one of each sense. The reference is that of the year
    `reference_year`. Of a change from another year than the case's, `base_year` is that year and `published` its value, NaN where the base
    is the plan's own; of a budget that does not count from the first modelled year, `counted_from` is the year from which it does.
    """

    target: str
    year: int
    sense: str
    terms: tuple[tuple[str, int, float], ...]
    limit: float
    value: float
    required: float
    indicator: str
    reference: str
    divisor: float
    offset: float
    unit: str
    unit_factor: float
    enforced: bool
    reference_year: int
    base_year: int = 0
    counted_from: int = 0
    published: float = np.nan


def target_rows(case: Case, scope: Scope, numbers: Numbers) -> list[TargetRow]:
    """Rows of every target that has its number, in force in the scope's years, in order of target and year."""
    chosen = chosen_variants(case)
    rows: list[TargetRow] = []
    for target in sorted(case.tables["targets"], key=lambda row: row.id):
        if target.value is None or target.id in scope.dropped:
            continue
        held = years_in_force(case.tables["targets"], target, [span.last for span in scope.timeline], scope.dropped)
        for place, span in enumerate(scope.timeline):
            if span.last in held:
                for sense in _senses(target):
                    rows += _row(case, scope, numbers, target, place, chosen, sense=sense)
    return rows


def _senses(target: Target) -> tuple[str, ...]:
    return (">=", "<=") if target.sense == "==" and target.tolerance else (target.sense,)


def _row(case: Case, scope: Scope, numbers: Numbers, target: Target, place: int, chosen: dict[str, str], *, sense: str) -> list[TargetRow]:
    indicator = chosen.get(target.indicator, target.indicator)
    reference = chosen.get(target.reference or "", target.reference or "")
    year = scope.timeline[place].last
    value = _on_its_way(scope, target, numbers.canonical("targets", target), year)
    eased = value + {">=": -1, "<=": 1, "==": 0}[sense] * target.tolerance * abs(value)
    form = FORMS[target.form]
    base = target.base_year or scope.base_year
    counted = [span for span in scope.timeline[: place + 1] if span.last > base] if form.cumulative else []
    count = weights(counted, _rule_of(case, scope, indicator), lambda year: 1.0)
    own = tuple((indicator, span.last, float(weight)) for span, weight in zip(counted, count.years, strict=True)) or (
        (indicator, year, 1.0),
    )
    spent = 0.0
    if count.base and base == scope.base_year:
        spent = count.base * scope.base_account.get(indicator, np.nan)
    elif count.base:
        own = ((indicator, base, count.base), *own)
    spent += sum(weight * _past(scope, i, y) for i, y, weight in own if _is_past(scope, i, y)) if year >= scope.decide_from else 0.0
    own = tuple(term for term in own if not _is_past(scope, *term[:2])) if year >= scope.decide_from else own
    row = TargetRow(
        target=target.id,
        year=year,
        sense=sense,
        terms=own,
        limit=eased - spent,
        value=value,
        required=eased,
        indicator=indicator,
        reference="",
        divisor=1.0,
        offset=-spent,
        unit=target.unit,
        unit_factor=_unit_factor(target, numbers),
        enforced=scope.targets and year >= scope.enforced_from and (target.id, year) not in scope.lapsed,
        reference_year=year,
        counted_from=base + 1 if form.cumulative and base != scope.base_year else 0,
    )
    if form.peak:
        return _peak(scope, target, place, row)
    if form.reference == "indicators":
        return [replace(row, terms=(*own, (reference, year, -eased)), limit=0.0, reference=reference)]
    driver = numbers.path("drivers", reference, "amount")[place] if form.per_driver else 1.0
    if form.change_from != "base_year":
        return [replace(row, limit=eased * driver - spent, divisor=driver)]
    before = numbers.at(base).path("drivers", reference, "amount")[0] if form.per_driver else 1.0
    told = replace(row, offset=1.0) if base == scope.base_year else replace(row, offset=1.0, base_year=base)
    return [_from_base(scope, told, base, drivers=(driver, before), record=published(case, numbers, indicator, base))]


def _rule_of(case: Case, scope: Scope, indicator: str) -> SpanRule:
    """How an indicator is added up over calendar years: what is a yearly average of its span stands for all of it."""
    return "end" if told_as(case, indicator) == "averaged" else scope.span_rule


def _from_base(scope: Scope, row: TargetRow, base: int, *, drivers: tuple[float, float], record: float) -> TargetRow:
    """A change from the amount of a base year: the model's account of the case's, what is published of another, or else the plan's own."""
    amount = scope.base_account.get(row.indicator, np.nan) if base == scope.base_year else record
    if np.isnan(amount) and _is_past(scope, row.indicator, base):
        amount = _past(scope, row.indicator, base)
    if base == scope.base_year or not np.isnan(amount):
        divisor = amount * drivers[0] / drivers[1]
        return replace(row, limit=(1.0 + row.required) * divisor, divisor=divisor, published=record if row.base_year else np.nan)
    divisor = drivers[0] / drivers[1]
    terms = (*row.terms, (row.indicator, base, -(1.0 + row.required) * divisor))
    return replace(row, terms=terms, limit=0.0, divisor=divisor, reference=row.indicator, reference_year=base)


def published(case: Case, numbers: Numbers, indicator: str, year: int) -> float:
    """What is published of an indicator in a year after the base year, NaN where nothing is; a guess is not."""
    chosen = chosen_variants(case)
    found = (
        numbers.canonical("facts", row)
        for row in case.tables["facts"]
        if is_published(row) and row.year == year and row.value is not None and chosen.get(row.indicator, row.indicator) == indicator
    )
    return next(found, np.nan)


def is_published(fact: Fact) -> bool:
    """Whether a fact tells what an office has published of a year after the base year: an estimate of one's own is none."""
    return fact.role == "record" and fact.status in RECORDED


def _on_its_way(scope: Scope, target: Target, value: float, year: int) -> float:
    """What a path asks for in a year before its own: as many per cent a year; straight where nothing is to be left."""
    if target.holds != "path" or year >= target.year:
        return value
    base = target.base_year or scope.base_year
    share = (year - base) / (target.year - base)
    return (1.0 + value) ** share - 1.0 if value > -1.0 else value * share


def _peak(scope: Scope, target: Target, place: int, row: TargetRow) -> list[TargetRow]:
    """Below the usual path until the deadline, never rising from it on.

    Not rising from the last year before the deadline (the base year, where that is the last) keeps every later year
    below the highest of those before.
    """
    if row.year < target.year:
        if row.indicator not in scope.usual_account:
            return []
        usual = scope.usual_account[row.indicator][place]
        most = usual + target.tolerance * abs(usual)
        return [replace(row, limit=most, value=usual, required=most)]
    if place == 0:
        base = scope.base_account.get(row.indicator)
        return [] if base is None else [replace(row, limit=base, value=base, required=base)]
    before = scope.timeline[place - 1].last
    if row.year >= scope.decide_from and _is_past(scope, row.indicator, before):
        known = _past(scope, row.indicator, before)
        return [replace(row, limit=known, value=known, required=known)]
    return [replace(row, terms=(*row.terms, (row.indicator, before, -1.0)), limit=0.0, value=np.nan, required=np.nan)]


def _is_past(scope: Scope, indicator: str, year: int) -> bool:
    """Whether a year is past and what came of it is known: no plan can change it any more."""
    return year < scope.decide_from and year in scope.past_account.get(indicator, {})


def _past(scope: Scope, indicator: str, year: int) -> float:
    return float(scope.past_account[indicator][year])


def _unit_factor(target: Target, numbers: Numbers) -> float:
    unit = canonical_unit("targets", target, numbers.lookup)
    return factor(target.unit, unit) if unit is not None else 1.0
