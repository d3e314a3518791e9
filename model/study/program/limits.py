"""The limits of measures and operation that a clash can run into, by the names that a planner knows them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr

from model.case.parameters import Scope
from model.case.parameters.acting import between, last_year_of
from model.case.parameters.taking import Takings
from model.case.parameters.timeline import FOREVER
from model.case.read.case import Case
from model.case.tables.rows import Effect
from model.results.clash import Limit, Limit_Kind
from model.solve.conflict import Proof, reduced_costs
from model.solve.liftable_limits import LiftableLimit, Name
from model.solve.matrix import Matrix

least_share = 1e-5
whole_value = 1e-9
ROWS: dict[str, Limit_Kind] = {
    "Coupling_At_Most": "coupling", "Coupling_At_Least": "coupling", "Coupling_Exactly": "coupling", "Utilisation_Floor": "floor",
    "Utilisation_Ceiling": "ceiling", "Curtailment_Limit": "curtailment", "Minimum_Load": "minimum_load",
    "Ramp_Up": "ramp", "Ramp_Down": "ramp", "Least_Size": "least_size", "Nothing_Unless_Started": "least_size", "Least_Duration": "duration", "Longest_Duration": "duration",
    "Gain_Limit": "gain_limit",
}  # fmt: skip


@dataclass(frozen=True)
class Bound:
    """One limit of an item in one year: the `side` of a column, or a row, at a `place` of the matrix.

    `amount` is the limit in the item's own canonical unit, NaN where it is no amount; `size` is what its price is weighed by.
    """

    kind: Limit_Kind
    item: str
    year: int
    side: str
    place: int
    amount: float
    size: float

    @property
    def name(self) -> Name:
        return self.kind, self.item


@dataclass(frozen=True)
class Limits:
    """All limits of a program."""

    bounds: tuple[Bound, ...]

    @cached_property
    def liftable(self) -> Mapping[Name, LiftableLimit]:
        grouped: dict[Name, dict[str, list[Bound]]] = defaultdict(lambda: defaultdict(list))
        for one in self.bounds:
            grouped[one.name][one.side].append(one)
        return {name: _liftable_limit(sides) for name, sides in grouped.items()}

    def named(self, proof: Proof, names: Collection[Name]) -> tuple[Limit, ...]:
        """These limits, each in the years in which the proof leans on it."""
        rest = reduced_costs(proof.matrix, proof.duals)
        told: dict[Name, dict[int, tuple[float, float]]] = {name: {} for name in names}
        for one in self.bounds:
            price = _price(one, rest, proof.duals)
            if one.name in told and price > whole_value:
                before, amount = told[one.name].get(one.year, (0.0, one.amount))
                told[one.name][one.year] = (before + price * one.size, amount)
        return tuple(_limit(kind, item, years) for (kind, item), years in told.items() if years)


def _liftable_limit(sides: Mapping[str, list[Bound]]) -> LiftableLimit:
    below, above, rows = (np.array([one.place for one in sides.get(side, [])], dtype=int) for side in ("below", "above", "row"))
    return LiftableLimit(below, above, rows, np.array([one.size for side in ("below", "above", "row") for one in sides.get(side, [])]))


def _price(one: Bound, rest: np.ndarray, duals: np.ndarray) -> float:
    match one.side:
        case "below":
            return float(rest[one.place])
        case "above":
            return float(-rest[one.place])
        case _:
            return float(abs(duals[one.place]))


def _limit(kind: str, item: str, years: Mapping[int, tuple[float, float]]) -> Limit:
    share = least_share * max(price for price, _ in years.values())
    named = sorted(year for year, (price, _) in years.items() if price > share)
    return Limit(kind, item, tuple(named), tuple(years[year][1] for year in named))  # type: ignore[arg-type]


def limits_of(matrix: Matrix, data: xr.Dataset, case: Case, scope: Scope) -> Limits:
    """Every limit that a program's columns and rows are held by."""
    return Limits((*_of_columns(matrix, data, case, scope), *_of_rows(matrix, case)))


def _of_columns(matrix: Matrix, data: xr.Dataset, case: Case, scope: Scope) -> Iterator[Bound]:
    most, why = _sizes(data), _Reasons(case, scope)
    for place, (component, index) in enumerate(matrix.columns):
        lower, upper = float(matrix.lower[place]), float(matrix.upper[place])
        if component == "Firm_Shortfall":
            yield Bound("firm_capacity", "firm_capacity", int(str(index)), "above", place, np.nan, 1.0)
        if not isinstance(index, tuple) or component not in COLUMNS:
            continue
        item, year = str(index[0]), int(index[1])
        if component == "Build" and lower > 0:
            yield Bound("actual" if year < scope.decide_from else "committed", item, year, "below", place, lower, lower)
        if component in LEAST and lower > 0:
            yield Bound(LEAST[component], item, year, "below", place, lower, lower)
        if not np.isfinite(upper):
            continue
        match component:
            case "Build":
                yield Bound(why.no_more(item, year, upper), item, year, "above", place, upper, max(upper, most.get(item, 1.0)))
            case "Units":
                yield Bound("pace", item, year, "above", place, upper, max(upper, 1.0))
            case "Level":
                yield Bound("potential", item, year, "above", place, upper, max(upper, most.get(item, 1.0)))
            case "Trade" | "Hourly_Trade":
                yield Bound("market", item, year, "above", place, upper, max(upper, whole_value))
            case _:
                yield Bound("demand", item, year, "above", place, np.nan, 1.0)


LEAST: dict[str, Limit_Kind] = {"Level": "minimum", "Capacity": "minimum_capacity"}
COLUMNS = frozenset({"Build", "Units", "Level", "Capacity", "Trade", "Hourly_Trade", "Unserved", "Hourly_Unserved"})


def _of_rows(matrix: Matrix, case: Case) -> Iterator[Bound]:
    technology_of = {row.id: row.technology for row in case.tables["existing"]}
    entries = np.bincount(matrix.A.indices, minlength=len(matrix.rows))
    for row, (component, index) in enumerate(matrix.rows):
        if not isinstance(index, tuple) or len(index) < 2:
            continue
        item, year = str(index[0]), int(index[1])
        if component in ROWS:
            yield Bound(ROWS[component], item, year, "row", row, np.nan, 1.0)
        elif component == "Taken_Within_Stock":
            told = float(matrix.row_upper[row])
            amount = told if np.isfinite(told) else np.nan
            yield Bound(
                "standing",
                technology_of[item.split(between)[0]],
                year,
                "row",
                row,
                amount,
                max(told, whole_value) if np.isfinite(told) else 1.0,
            )
        elif component == "Capacity_In_Force" and entries[row] == 1 and matrix.row_upper[row] > 0:
            amount = float(matrix.row_upper[row])
            yield Bound("capacity", item, year, "row", row, amount, amount)


def _sizes(data: xr.Dataset) -> dict[str, float]:
    """A typical amount of each measure: its largest finite build-rate limit or potential."""
    found: dict[str, float] = {}
    for name in ("build_upper", "potential"):
        values = data[name].transpose("measure", ...).values
        for k, path in zip(data["measure"].values.tolist(), values, strict=True):
            finite = path[path < 1e29]
            found[k] = max(found.get(k, 0.0), float(finite.max(initial=0.0)))
    return {k: value or 1.0 for k, value in found.items()}


class _Reasons:
    """What keeps each measure of a case from being built beyond its bound."""

    def __init__(self, case: Case, scope: Scope) -> None:
        self._measures = {row.id: row for row in case.tables["measures"]}
        effects: dict[str, list[Effect]] = defaultdict(list)
        for effect in case.tables["effects"]:
            effects[effect.measure].append(effect)
        takings = Takings(case)
        self._last_year = {measure: last_year_of(mine, takings) for measure, mine in effects.items()}
        self._decide_from = scope.decide_from

    def no_more(self, item: str, year: int, upper: float) -> Limit_Kind:
        measure, first = self._measures[item], self._decide_from
        if year < first:
            return "actual"
        if upper > 0:
            return "pace"
        if measure.latest is not None and year > measure.latest:
            return "latest"
        if year < max(first, measure.earliest or first) + measure.lead_time:
            return "lead_time" if measure.lead_time else "earliest"
        return "ended" if year > self._last_year.get(item, FOREVER) else "pace"
