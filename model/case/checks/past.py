"""What is told of the past and does not count as it stands: published twice, dated too late, of a target that does not hold, guessed, or beside a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from math import inf
from typing import Any

from model.case.faults import Fault, Place
from model.case.parameters.history import RECORDED
from model.case.parameters.in_force import years_in_force
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.targets import is_published
from model.case.parameters.timeline import Span
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case, key_of
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

apart = 1e-9  # of two published values, relative
trifle = 1e-6  # of an amount


def published_once(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Two published values of one indicator and year that differ: which of them judges would be a guess."""
    first: dict[tuple[str, int], tuple[Any, Place]] = {}
    for row, place in placed(case, "facts"):
        indicator = lookup.resolved(row.indicator)
        if not is_published(row) or row.value is None or indicator is None or not isinstance(row.year, int):
            continue
        other, spot = first.setdefault((indicator, row.year), (row, place))
        if unit_fault(row.unit, other.unit) is not None:
            continue
        known = other.value * factor(other.unit, row.unit)
        if abs(row.value - known) > apart * max(abs(row.value), abs(known)):
            yield Fault("published_twice", place.at("value"), f"{row.value:g} {row.unit}", f"{known:g} {row.unit} ({spot.file}:{spot.row})")


def guesses(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Values said to be published that are estimates: they judge nothing, and nothing is measured from them."""
    for row, place in placed(case, "facts"):
        if row.role == "record" and row.status not in RECORDED:
            yield Fault("estimate_judges", place.at("status"), str(row.status), ", ".join(RECORDED))


def results_of_others(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Official results of years in which their target does not hold, and of targets that have no number."""
    yield from official_results(case, frozenset())


def not_yet_past(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Rows that tell of years still to be decided as if they were past; a published value that a target is measured from counts whenever it is."""
    since = first_decided(case)
    bases = {(lookup.resolved(row.indicator), row.base_year) for row in case.tables["targets"]}
    for table in ("actuals", "official", "facts") if since else ():
        for row, place in placed(case, table):
            judges = table != "facts" or (row.role == "record" and (lookup.resolved(row.indicator), row.year) not in bases)
            if row.year >= since and judges:
                yield Fault("not_yet_past", place.at("year"), str(row.year), f"< {since}")


def official_results(case: Case, dropped: Collection[str]) -> Iterator[Fault]:
    """The same where targets are left out: results of the past that stand alone in the tables."""
    rows, since = {row.id: row for row in case.tables["targets"]}, first_decided(case) or inf
    for row, place in placed(case, "official"):
        target = rows[row.target]
        held = years_in_force(case.tables["targets"], target, case.header.years, dropped)
        if row.year >= since:
            continue
        if target.value is None or row.target in dropped:
            yield Fault("judges_left_out", place.at("target"), row.target, "targets.csv: value")
        elif row.year not in held:
            yield Fault(
                "judges_other_year", place.at("year"), str(row.year), "–".join(dict.fromkeys(map(str, (*held[:1], *held[-1:])))) or "-"
            )


def beside_records(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Amounts committed to years before decisions begin of which the record tells less: the record counts."""
    if not convertible(case, lookup):
        return
    since, numbers = first_decided(case), Numbers(case, ())
    for row, place in committed(case) if since else ():
        records = [one for one in case.tables["actuals"] if one.measure == row.item and one.value is not None]
        if row.year < since and any(one.year >= row.year for one in records):
            known = sum(_most(one, numbers) for one in records if one.year == row.year)
            asked = numbers.canonical("numbers", row)
            if asked > known + trifle * asked:
                yield Fault("beside_record", place.at("value"), f"{row.value:g} {row.unit}", f"{row.value * known / asked:g} {row.unit}")


def convertible(case: Case, lookup: Lookup) -> bool:
    """Whether amounts can be compared at all: units that are none are faults of their own."""
    rows = ((canonical_unit(table, row, lookup), row.unit) for table in ("numbers", "actuals") for row in case.tables[table])
    return all(unit is None or unit_fault(own, unit) is None for unit, own in rows)


def no_room(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Committed amounts for which the potential leaves no room beside what was built and committed before."""
    if not convertible(case, lookup):
        return
    since, base = first_decided(case) or case.header.base_year + 1, case.header.base_year
    numbers = Numbers(case, (Span(base, base),))
    standing = defaultdict[str, list[tuple[int, float]]](list)
    last = dict[str, int]()
    for one in case.tables["actuals"] if first_decided(case) else ():
        if one.value is not None and one.year < since:
            standing[one.measure].append((one.year, least_built(one, numbers)))
            last[one.measure] = max(one.year, last.get(one.measure, 0))
    for row, place in sorted(committed(case), key=lambda found: found[0].year):
        if row.year < since and row.year <= last.get(row.item, 0):
            continue
        asked = numbers.canonical("numbers", row)
        lives = numbers.constant("measures", row.item, "lifetime", missing=inf)
        before = sum(amount for year, amount in standing[row.item] if row.year - lives < year <= row.year)
        room = max(0.0, float(numbers.at(row.year).path("measures", row.item, "potential", missing=NO_LIMIT)[0]) - before)
        if asked > room + trifle * asked:
            yield Fault("no_room", place.at("value"), f"{row.value:g} {row.unit}", f"{row.value * room / asked + 0.0:g} {row.unit}")
        standing[row.item].append((row.year, min(asked, room)))


def first_decided(case: Case) -> int | None:
    """The first year of decisions of a case that has a past, else None."""
    since = case.header.decide_from
    return since if since is not None and since > case.header.base_year + 1 else None


def placed(case: Case, table: str) -> list[tuple[Any, Place]]:
    """The rows of a table with their places, those of a case made in memory with that of their table."""
    return [(row, case.places.get((table, key_of(row)), Place(table, None, None))) for row in case.tables[table]]


def committed(case: Case) -> list[tuple[Any, Place]]:
    """What is committed of measures, by the rows of `numbers`."""
    measures = {row.id for row in case.tables["measures"]}
    return [
        (row, place)
        for row, place in placed(case, "numbers")
        if row.quantity == "committed" and row.item in measures and row.value and row.year is not None
    ]


def least_built(row: Any, numbers: Numbers) -> float:
    """What was built at the least, in the measure's unit: a record as it is, an estimate at its low."""
    told = row.value if row.status in RECORDED or row.low is None else row.low
    return numbers.canonical("actuals", row.model_copy(update={"value": told}))


def _most(row: Any, numbers: Numbers) -> float:
    told = row.value if row.status in RECORDED or row.high is None else row.high
    return numbers.canonical("actuals", row.model_copy(update={"value": told}))
