"""Targets as rows `Σ coefficient · Indicator ≷ limit`, one for each target and year in force; two where it is a band."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.case.parameters.accounts import chosen_variants
from model.case.parameters.in_force import years_in_force
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.read.canonical import canonical_unit
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.case.tables.rows import Target
from model.case.units.registry import factor


@dataclass(frozen=True)
class TargetRow:
    """One target in one year.

    The plan's own measure of it is `Indicator / (divisor · reference) − offset`, in `unit` after division by
    `unit_factor`; `value` (what the plan says) and `required` (what is asked: the edge of the band, where the plan says
    "about") are in the same measure, NaN where only the plan itself tells them. `terms` are (indicator, year, coefficient).
    An equality with a tolerance is a band: two rows of the same target and year, one of each sense.
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
    value = numbers.canonical("targets", target)
    eased = value + {">=": -1, "<=": 1, "==": 0}[sense] * target.tolerance * abs(value)
    form = FORMS[target.form]
    counted = scope.timeline[: place + 1] if form.cumulative else ()
    own = tuple((indicator, span.last, float(span.years)) for span in counted) or ((indicator, year, 1.0),)
    row = TargetRow(
        target=target.id,
        year=year,
        sense=sense,
        terms=own,
        limit=eased,
        value=value,
        required=eased,
        indicator=indicator,
        reference="",
        divisor=1.0,
        offset=0.0,
        unit=target.unit,
        unit_factor=_unit_factor(target, numbers),
        enforced=scope.targets and min(target.year, year) >= scope.decide_from,
    )
    if form.peak:
        return _peak(scope, target, place, row)
    if form.reference == "indicators":
        return [replace(row, terms=(*own, (reference, year, -eased)), limit=0.0, reference=reference)]
    from_base = form.change_from == "base_year"
    divisor = scope.base_account.get(indicator, np.nan) if from_base else 1.0
    if form.per_driver:
        divisor *= numbers.path("drivers", reference, "amount")[place]
        divisor /= numbers.at(scope.base_year).path("drivers", reference, "amount")[0] if from_base else 1.0
    offset = 1.0 if form.change_from else 0.0
    return [replace(row, limit=(offset + eased) * divisor, divisor=divisor, offset=offset)]


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
    return [replace(row, terms=(*row.terms, (row.indicator, before, -1.0)), limit=0.0, value=np.nan, required=np.nan)]


def _unit_factor(target: Target, numbers: Numbers) -> float:
    unit = canonical_unit("targets", target, numbers.lookup)
    return factor(target.unit, unit) if unit is not None else 1.0
