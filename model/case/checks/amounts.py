"""Amounts to be built that mean nothing in a case, whatever else is decided: parts of whole units, and more in one year than there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from model.case.checks.past import least_built
from model.case.faults import Fault, Place
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.timeline import spans
from model.case.read.case import Case

part = 1e-6  # of a unit
beyond = 1e-6  # of a potential


def amount_faults(case: Case, amounts: Iterable[tuple[str, int, float, Place]]) -> Iterator[Fault]:
    """(measure, modelled year, amount in the measure's own unit, place) that no plan has; amounts are told in that unit."""
    measures, years = {row.id: row for row in case.tables["measures"]}, list(case.header.years)
    numbers = Numbers(case, spans(case.header.base_year, years))
    potential = dict[str, np.ndarray]()
    for k, year, amount, place in amounts:
        row = measures[k]
        if row.whole:
            size = numbers.constant("measures", k, "unit_size", missing=1.0)
            if abs(amount / size - round(amount / size)) > part:
                yield Fault("amount_of_parts", place, f"{amount:g} {row.unit}", f"n × {size:g} {row.unit}")
        if k not in potential:
            potential[k] = numbers.path("measures", k, "potential", missing=NO_LIMIT)
        most = float(potential[k][years.index(year)])
        if amount > most * (1 + beyond):
            yield Fault("amount_beyond_potential", place, f"{amount:g} {row.unit}", f"<= {most:g} {row.unit}")


def record_faults(case: Case, rows: Iterable[tuple[str, int, Place]]) -> Iterator[Fault]:
    """Records (measure, year, place) of a case that has them in its table by now, with which more stands than there is room for."""
    measures, numbers = {row.id: row for row in case.tables["measures"]}, Numbers(case, spans(case.header.base_year, case.header.years))
    for k, year, place in rows:
        mine = [row for row in case.tables["actuals"] if row.measure == k and row.value is not None and row.year <= year]
        lives = numbers.constant("measures", k, "lifetime", missing=np.inf) if measures[k].kind != "retire" else np.inf
        stands = sum(least_built(row, numbers) for row in mine if row.year > year - lives)
        most = float(numbers.at(year).path("measures", k, "potential", missing=NO_LIMIT)[0])
        if stands > most * (1 + beyond):
            yield Fault("record_beyond_potential", place, f"{stands:g} {measures[k].unit}", f"<= {most:g} {measures[k].unit}")
