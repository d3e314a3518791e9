"""What is told of the past and counts, but can hardly be so: more built than the pace allows, an official result against a published value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from model.case.checks.past import convertible, first_decided, least_built, placed, trifle
from model.case.faults import Fault
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.targets import is_published
from model.case.parameters.timeline import Span
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor


def beyond_the_pace(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Records of a year that tell more than can be added in the modelled years it may stand for: a slip of units, or a pace that is too low."""
    since, base = first_decided(case), case.header.base_year
    if not since or not convertible(case, lookup):
        return
    numbers, spans = (
        Numbers(case, (Span(base, base),)),
        {last: last - first for first, last in pairwise([base, *sorted(case.header.years)])},
    )
    for row, place in placed(case, "actuals"):
        if row.value is None or row.year >= since or row.year <= base:
            continue
        pace = float(numbers.at(row.year).path("measures", row.measure, "pace", missing=NO_LIMIT)[0])
        built, most = least_built(row, numbers), pace * spans.get(row.year, 1)
        if pace < NO_LIMIT and built > most + trifle * built:
            told = row.value * most / numbers.canonical("actuals", row)
            yield Fault("beyond_the_pace", place.at("value"), f"{row.value:g} {row.unit}", f"{told:g} {row.unit}")


def against_published(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Official results of targets on an amount itself that a published value of the same year contradicts."""
    targets = {row.id: row for row in case.tables["targets"]}
    known = {(lookup.resolved(row.indicator), row.year): row for row in case.tables["facts"] if is_published(row) and row.value is not None}
    for row, place in placed(case, "official") if first_decided(case) else ():
        target = targets.get(row.target)
        if target is None or target.value is None or target.form not in ("level", "phase_out") or target.holds == "path":
            continue
        fact = known.get((lookup.resolved(target.indicator), row.year))
        if fact is None or unit_fault(fact.unit, target.unit) is not None:
            continue
        value = fact.value * factor(fact.unit, target.unit)
        room = (target.tolerance + trifle) * abs(target.value)
        met = {"<=": value <= target.value + room, ">=": value >= target.value - room, "==": abs(value - target.value) <= room}[
            target.sense
        ]
        if met != (row.result == "met"):
            yield Fault(
                "against_published",
                place.at("result"),
                row.result,
                f"{fact.value:g} {fact.unit} ({target.sense} {target.value:g} {target.unit})",
            )
