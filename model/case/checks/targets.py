"""Faults of targets: years and series in which a row would vanish, forms that a cell contradicts, drivers nothing can be divided by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from model.case.faults import Fault, Place, clipped
from model.case.parameters.averaged import told_as
from model.case.parameters.in_force import years_in_force
from model.case.parameters.scope import Scope
from model.case.parameters.targets import is_published
from model.case.parameters.timeline import fill_linear
from model.case.read.canonical import Lookup
from model.case.read.case import Case, included, key_of
from model.case.tables.forms import FORMS
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

nothing = 1e-9


def years(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Targets of one year that is no modelled year. Rows of included folders serve cases with other years."""
    modelled = [year for year in case.header.years if isinstance(year, int)]
    if modelled != sorted(modelled):
        return  # told of the years themselves
    for row, place in case.placed("targets"):
        in_one_year = row.holds == "year" or (row.form is not None and FORMS[row.form].cumulative)
        if not in_one_year or not modelled or included(place) or not isinstance(row.year, int) or row.year in modelled:
            continue
        if min(modelled) <= row.year <= max(modelled):
            before, after = max(y for y in modelled if y < row.year), min(y for y in modelled if y > row.year)
            yield Fault("year_not_modelled", place.at("year"), str(row.year), f"{before}, {after}", str(after))
        elif case.header.base_year < row.year < min(modelled):
            yield Fault("year_not_modelled", place.at("year"), str(row.year), str(min(modelled)), str(min(modelled)))


def series(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Rows of one series that speak of something else than its first row, or of the same year as another: one would end the other."""
    first: dict[str, tuple[Any, Place]] = {}
    dated: dict[tuple[str, int, str], Place] = {}
    for row, place in case.placed("targets"):
        if not isinstance(row.series, str):
            continue
        other, spot = first.setdefault(row.series, (row, place))
        where = f"{spot.file}:{spot.row}"
        for column in ("indicator", "sense", "reference"):
            mine, its = (lookup.resolved(dict(one)[column]) for one in (row, other))
            if mine is not None and its is not None and mine != its:
                yield Fault("mixed_series", place.at(column), clipped(str(mine)), f"{clipped(str(its))} ({where})")
        if other is not row and any(FORMS[one.form].peak or FORMS[one.form].cumulative for one in (row, other) if one.form is not None):
            yield Fault("mixed_series", place.at("form"), str(row.form), f"{other.form} ({where})")
        if row.value is not None and isinstance(row.year, int):
            same = dated.setdefault((row.series, row.year, str(row.holds)), place)
            if same is not place:
                yield Fault("series_twice", place.at("year"), str(row.year), f"{same.file}:{same.row}")


def budgets(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Budgets over spans of several years of what is part yearly average, part that of the last year: by `even` it cannot be added up."""
    head = case.header
    years = [year for year in (head.base_year, *head.years) if isinstance(year, int)]
    if head.span_rule == "end" or years != sorted(years):
        return
    for row, place in case.placed("targets"):
        if row.form is None or not FORMS[row.form].cumulative or not isinstance(row.year, int):
            continue
        counted = [year for year in years if (row.base_year or head.base_year) <= year <= row.year]
        long = [f"{before + 1}–{after}" for before, after in pairwise(counted) if after - before > 1]
        if long and told_as(case, lookup.resolved(row.indicator) or row.indicator) == "mixed":
            yield Fault("budget_over_spans", place.at("indicator"), clipped(str(row.indicator)), long[0])


def forms(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Peaks and phase-outs that ask for a rise, and peaks of one year: a peak binds every year, and from its deadline on onward."""
    for row, place in case.placed("targets"):
        if row.form is None:
            continue
        form = FORMS[row.form]
        if form.downward and (row.sense == ">=" or (form.peak and row.sense == "==")):
            yield Fault("not_of_this_form", place.at("sense"), f"{row.sense} ({row.form})", "<=")
        if form.peak and row.holds == "year":
            yield Fault("not_of_this_form", place.at("holds"), "year (peak)", "onward")
        for column, given in (("base_year", row.base_year is not None), ("holds", row.holds == "path")):
            if given and not (form.change_from == "base_year" or (column == "base_year" and form.cumulative)):
                fitting = [
                    name for name, one in FORMS.items() if one.change_from == "base_year" or (column == "base_year" and one.cumulative)
                ]
                yield Fault(f"{column}_without_use", place.at(column), f"{dict(row)[column]} ({row.form})", ", ".join(fitting))


def base_years(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Years to measure a change from, or to count a budget after, that lie outside; of which neither the plan nor, for a change, anything published
    tells an amount; or of which what is published is not above zero.
    """
    base, modelled = case.header.base_year, case.header.years
    told = {(lookup.resolved(row.indicator), row.year): (row, place) for row, place in case.placed("facts") if is_published(row)}
    for row, place in case.placed("targets"):
        year = row.base_year
        if not isinstance(year, int) or base is None or not modelled or row.form is None or not FORMS[row.form].has_base_year:
            continue
        if isinstance(row.year, int) and not base <= year < row.year:
            yield Fault("year_outside", place.at("base_year"), str(year), f"{base}–{row.year - 1}", str(base))
            continue
        fact, spot = told.get((lookup.resolved(row.indicator), year), (None, place))
        if FORMS[row.form].cumulative:
            if year != base and year not in modelled:
                inside = next((later for later in modelled if later > year), year)
                yield Fault(
                    "counts_from_inside",
                    place.at("base_year"),
                    str(year),
                    ", ".join(str(one) for one in (base, *modelled) if one < row.year),
                    str(inside),
                )
        elif fact is None and year != base and year not in modelled:
            near = ", ".join(str(one) for one in (base, *modelled) if isinstance(row.year, int) and one < row.year)
            yield Fault("base_year_unknown", place.at("base_year"), str(year), near)
        elif fact is not None and fact.value is not None and fact.value <= 0:
            yield Fault("out_of_bounds", spot.at("value"), f"{fact.value:g}", f"> 0 {fact.unit}")


def decided_bases(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Changes measured from a year that is still to be decided and of which nothing is published: more there would allow more later.

    A target that awaits its number allows nothing yet.
    """
    told = {(lookup.resolved(row.indicator), row.year) for row in case.tables["facts"] if is_published(row)}
    first = case.header.decide_from or case.header.base_year + 1
    for row, place in case.placed("targets"):
        changes = row.value is not None and row.form is not None and FORMS[row.form].change_from is not None
        if changes and row.base_year is not None and row.base_year >= first and (lookup.resolved(row.indicator), row.base_year) not in told:
            yield Fault("base_year_decided", place.at("base_year"), str(row.base_year), f"< {first}")


def drivers(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Drivers that are zero or less in a year in which a target is measured per unit of them, the base year included for a change."""
    base, modelled = case.header.base_year, case.header.years
    if base is None or not modelled:
        return
    given = defaultdict(list)
    for row in case.tables["numbers"]:
        if row.quantity == "amount":
            given[row.item].append(row)
    for row, place in case.placed("targets"):
        amounts = given.get(row.reference, [])
        if row.form is None or not FORMS[row.form].per_driver or row.value is None or not _usable(row, amounts, lookup):
            continue
        asked = [
            *([row.base_year or base] if FORMS[row.form].change_from == "base_year" else []),
            *years_in_force(case.tables["targets"], row, modelled),
        ]
        path = _path(amounts, asked, str(lookup.column(row.reference, "unit")))
        found = [f"{row.reference} {value:g} ({year})" for year, value in zip(asked, path, strict=True) if value <= 0]
        if found:
            yield Fault("driver_not_positive", place.at("reference"), clipped(", ".join(found)), "> 0")


def base(case: Case, scope: Scope) -> list[Fault]:
    """Changes from a base-year amount that is zero or negative, once the base year has been run (`scope.base_account`)."""
    lookup, found = Lookup(case), []
    modelled = [span.last for span in scope.timeline]
    for row in case.tables["targets"]:
        place = case.places.get(("targets", key_of(row)), Place("targets", None, None))
        indicator = lookup.resolved(row.indicator) or ""
        amount = scope.base_account.get(indicator, 1.0)
        asked = row.value is not None and row.id not in scope.dropped
        if (
            FORMS[row.form].change_from == "base_year"
            and row.base_year in (None, scope.base_year)
            and asked
            and amount <= nothing
            and years_in_force(case.tables["targets"], row, modelled, scope.dropped)
        ):
            shown = f"{row.indicator} {amount if abs(amount) > nothing else 0.0:.4g} {lookup.column(indicator, 'unit')}"
            found.append(Fault("base_not_positive", place.at("form"), shown, "> 0"))
    return found


def _path(amounts: list[Any], asked: list[int], unit: str) -> list[float]:
    values = {row.year: row.value * factor(row.unit, unit) for row in amounts}
    dated = {year: value for year, value in values.items() if year is not None}
    return fill_linear(dated, asked).tolist() if dated else [values[None]] * len(asked)


def _usable(target: Any, amounts: list[Any], lookup: Lookup) -> bool:
    """Whether nothing else is wrong that other checks tell."""
    unit = lookup.column(target.reference, "unit")
    dated = isinstance(target.year, int) and target.holds is not None
    return dated and bool(amounts) and all(row.value is not None and unit and unit_fault(str(row.unit), unit) is None for row in amounts)
