"""Which limits of measures and operation a clash runs into, read from the prices that prove it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import xarray as xr

from model.case.parameters import Scope
from model.case.read import Case
from model.results.clash import Limit, Limit_Kind
from model.solve.conflict import reduced_costs
from model.solve.matrix import Matrix

least_share = 1e-5
whole_value = 1e-9
ROWS: dict[str, Limit_Kind] = {
    "Coupling_At_Most": "coupling", "Coupling_At_Least": "coupling", "Coupling_Exactly": "coupling", "Utilisation_Floor": "floor",
    "Utilisation_Ceiling": "ceiling", "Curtailment_Limit": "curtailment", "Minimum_Load": "minimum_load",
}  # fmt: skip


def named_limits(matrix: Matrix, duals: np.ndarray, data: xr.Dataset, case: Case, scope: Scope) -> tuple[Limit, ...]:
    """Limits whose price is not zero in a proof of infeasibility, those that weigh most first.

    `duals` are row prices of the matrix, whose cost is that of relaxing alone (or a ray, with no cost at all).
    """
    rest = reduced_costs(matrix, duals)
    weight: dict[tuple[Limit_Kind, str], dict[int, tuple[float, float]]] = defaultdict(dict)

    def note(kind: Limit_Kind, item: str, year: int, price: float, amount: float, size: float) -> None:
        before = weight[kind, item].get(year, (0.0, np.nan))
        weight[kind, item][year] = (before[0] + abs(price) * size, amount)

    most = _sizes(data)
    for place in np.flatnonzero(abs(rest) > whole_value):
        component, index = matrix.columns[place]
        price, lower, upper = float(rest[place]), float(matrix.lower[place]), float(matrix.upper[place])
        if not isinstance(index, tuple):
            if component == "Firm_Shortfall" and price < 0:
                note("firm_capacity", "firm_capacity", int(str(index)), price, np.nan, 1.0)
            continue
        item = str(index[0])
        match component:
            case "Build" if price < 0 and np.isfinite(upper):
                kind = _why_no_more(case, scope, item, int(index[1]), upper)
                note(kind, item, int(index[1]), price, upper, max(upper, most.get(item, 1.0)))
            case "Build" if price > 0 and lower > 0:
                note("actual" if index[1] < scope.decide_from else "committed", item, int(index[1]), price, lower, lower)
            case "Level" if price < 0 and np.isfinite(upper):
                note("potential", item, int(index[1]), price, upper, max(upper, most.get(item, 1.0)))
            case "Trade" | "Hourly_Trade" if price < 0 and np.isfinite(upper):
                note("market", item, int(index[1]), price, upper, max(upper, whole_value))
            case "Unserved" | "Hourly_Unserved" if price < 0 and np.isfinite(upper):
                note("demand", item, int(index[1]), price, np.nan, 1.0)
    first = matrix.A.tocsr()
    for row in np.flatnonzero(abs(duals) > whole_value):
        component, index = matrix.rows[row]
        if not isinstance(index, tuple) or len(index) < 2:
            continue
        item, price = str(index[0]), float(duals[row])
        if component in ROWS:
            note(ROWS[component], item, int(index[1]), price, np.nan, 1.0)
        elif component == "Capacity_In_Force" and first.indptr[row + 1] - first.indptr[row] == 1 and matrix.row_upper[row] > 0:
            note("capacity", item, int(index[1]), price, float(matrix.row_upper[row]), float(matrix.row_upper[row]))
    return _ranked(weight)


def _ranked(weight: dict[tuple[Limit_Kind, str], dict[int, tuple[float, float]]]) -> tuple[Limit, ...]:
    total = {key: sum(price for price, _ in years.values()) for key, years in weight.items()}
    floor = least_share * max(total.values(), default=0.0)
    kept = sorted((key for key in total if total[key] > floor), key=lambda key: (-total[key], key))
    made = []
    for kind, item in kept:
        years = weight[kind, item]
        share = least_share * max(price for price, _ in years.values())
        named = sorted(year for year, (price, _) in years.items() if price > share)
        made.append(Limit(kind, item, tuple(named), tuple(years[year][1] for year in named)))
    return tuple(made)


def _sizes(data: xr.Dataset) -> dict[str, float]:
    """A typical amount of each measure: its largest finite pace or potential."""
    found: dict[str, float] = {}
    for name in ("build_upper", "potential"):
        values = data[name].transpose("measure", ...).values
        for k, path in zip(data["measure"].values.tolist(), values, strict=True):
            finite = path[path < 1e29]
            found[k] = max(found.get(k, 0.0), float(finite.max(initial=0.0)))
    return {k: value or 1.0 for k, value in found.items()}


def _why_no_more(case: Case, scope: Scope, item: str, year: int, upper: float) -> Limit_Kind:
    """What keeps a measure from being built in a year beyond its bound."""
    measure = next(row for row in case.tables["measures"] if row.id == item)
    if year < scope.decide_from:
        return "actual"
    if upper > 0:
        return "pace"
    if measure.latest is not None and year > measure.latest:
        return "latest"
    if year < max(scope.decide_from, measure.earliest or scope.decide_from) + measure.lead_time:
        return "lead_time" if measure.lead_time else "earliest"
    ends = [effect.until for effect in case.tables["effects"] if effect.measure == item]
    return "ended" if ends and None not in ends and year > max(ends) else "pace"


def ray_of(matrix: Matrix, ray: np.ndarray) -> np.ndarray:
    """A proof of infeasibility with the sign that row prices have, scaled to one."""
    scaled = ray / max(float(abs(ray).max(initial=0.0)), whole_value)
    return max((scaled, -scaled), key=lambda prices: _proves(matrix, prices))


def _proves(matrix: Matrix, prices: np.ndarray) -> float:
    rest = -(matrix.A.T @ prices)
    rows = np.where(prices > 0, matrix.row_lower, matrix.row_upper)
    columns = np.where(rest > 0, matrix.lower, matrix.upper)
    endless = (~np.isfinite(rows) & (abs(prices) > least_share)).any() or (~np.isfinite(columns) & (abs(rest) > least_share)).any()
    if endless:
        return -np.inf
    ends = np.where(np.isfinite(rows), rows, 0.0) @ prices + np.where(np.isfinite(columns), columns, 0.0) @ rest
    return float(ends)
