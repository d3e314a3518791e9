"""Numbers asked for by item and quantity, in canonical units, over the modelled years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy

import numpy as np

from model.case.parameters.timeline import Span, fill_exact, fill_linear, fill_onward
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.tables.columns import Quantified
from model.case.tables.quantities import QUANTITIES, SETTINGS
from model.case.units.registry import factor

NO_LIMIT = 1e30


class Numbers:
    """The numbers of a case. `years` (years,) and `timeline` say over which years a path is asked for."""

    def __init__(self, case: Case, timeline: Sequence[Span]) -> None:
        self.lookup = Lookup(case)
        self.timeline = tuple(timeline)
        self.years = [span.last for span in timeline]
        self._given: dict[tuple[str, str], dict[int | None, float]] = defaultdict(dict)
        for row in case.tables["numbers"]:
            if row.value is not None:
                self._given[row.item, row.quantity][row.year] = self.canonical("numbers", row)

    def canonical(self, table: str, row: Quantified) -> float:
        """The value of a row's number in its canonical unit."""
        unit = canonical_unit(table, row, self.lookup)
        assert row.value is not None, f"{table}: a row without a number was asked for its value"
        return row.value * (factor(row.unit, unit) if unit is not None else 1.0)

    def at(self, year: int) -> Numbers:
        """The same numbers asked for in one calendar year."""
        other = copy(self)
        other.timeline, other.years = (Span(year, year),), [year]
        return other

    def dated(self, item: str, quantity: str) -> dict[int, float]:
        """{year: value} as given, without what has no year."""
        return {year: value for year, value in self._given.get((item, quantity), {}).items() if year is not None}

    def given(self, item: str, quantity: str) -> bool:
        return (item, quantity) in self._given

    def path(self, table: str, item: str, quantity: str, *, missing: float | None = None) -> np.ndarray:
        """A quantity over the years, shape (years,). `missing` stands in where neither row nor default gives it."""
        known = QUANTITIES[table][quantity]
        rows = self._given.get((item, quantity))
        if not rows:
            default = known.default if missing is None else missing
            return np.full(len(self.years), 0.0 if known.fill in ("exact", "onward") else default, dtype=float)
        return fill_onward(rows, self.years) if known.fill == "onward" else self.fill(rows, exact=known.fill == "exact")

    def fill(self, rows: dict[int | None, float], *, exact: bool = False) -> np.ndarray:
        if exact:
            return fill_exact({year: value for year, value in rows.items() if year is not None}, self.timeline)
        dated = {year: value for year, value in rows.items() if year is not None}
        return fill_linear(dated, self.years) if dated else np.full(len(self.years), rows[None])

    def constant(self, table: str, item: str, quantity: str, *, missing: float | None = None) -> float:
        known = QUANTITIES[table][quantity]
        rows = self._given.get((item, quantity))
        if rows:
            return next(iter(rows.values()))
        value = known.default if missing is None else missing
        assert value is not None, f"{item}.{quantity} has neither number nor default"
        return value


def settings_of(case: Case) -> dict[str, float]:
    """Every setting in its canonical unit, defaults filled in."""
    given = {row.id: row.value * factor(row.unit, SETTINGS[row.id].unit) for row in case.tables["settings"] if row.id in SETTINGS}
    return {name: given.get(name, known.default or 0.0) for name, known in SETTINGS.items()}
