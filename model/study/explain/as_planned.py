"""The plan's program in which all runs as planned: what is missing is made up for by the least change, as cheaply as can be.

Targets ask for nothing here. A yearly activity, purchase or sale that leaves its planned amount costs what it is worth in the
plan, so that nothing moves but what has to, and of what may step in the cheapest does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from scipy.sparse import block_array, coo_array, csc_array

from model.solve.components import SHORTFALLS
from model.solve.matrix import Matrix
from model.solve.prices import FixedUnitPrices
from model.study.explain.drivers import BALANCES, COUPLINGS, LEAST_SIZES, RAMPS
from model.study.plan.reference import Reference
from model.study.program.retarget import is_target

DECIDED = frozenset({"Build", "Units", "Deferred", "Closed"})
RUN = frozenset({"Annual", "Annual_Heat", "Trade"})
hours_per_year_in_thousands = 8.76
least_worth = 1e-3
last_resort = 1e3  # times the price of what is left short, which the price of a commodity may reach
firmness = 100.0  # times what is built costs: others give way only as far as they must


@dataclass(frozen=True)
class AsPlanned:
    """The program, and of each measure the places of what is decided of it; values of the plan and of the usual path at all places.

    The first columns are those of the plan's own matrix. What the usual path knows nothing of is not a number.
    """

    matrix: Matrix
    decided: Mapping[str, np.ndarray]
    plan: np.ndarray
    usual: np.ndarray


def as_planned(reference: Reference, held: FixedUnitPrices) -> AsPlanned:
    """What is decided stands as in the plan; moving it towards the usual path costs many times what the measure costs."""
    matrix, data, x = reference.plan.matrix, reference.plan.solved.parameters, held.x
    known = dict(zip(reference.ready.usual.matrix.columns, reference.ready.usual.solution.x.tolist(), strict=True))
    usual = np.array([known.get(key, np.nan) for key in matrix.columns])
    places: dict[str, list[int]] = {}
    for place, (component, index) in enumerate(matrix.columns):
        if component in DECIDED and isinstance(index, tuple):
            places.setdefault(str(index[0]), []).append(place)
    decided = {measure: np.array(mine) for measure, mine in places.items()}
    every = np.concatenate(list(decided.values())) if decided else np.array([], dtype=int)
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[every] = upper[every] = x[every]
    asked = matrix.mask("Level") | matrix.mask("Capacity")
    lower[asked] = np.minimum(lower[asked], 0.0)  # what must stand is asked of the plan alone
    row_lower, row_upper = matrix.row_lower.copy(), matrix.row_upper.copy()
    free = _unknown_to_usual(reference)
    row_lower[free], row_upper[free] = -np.inf, np.inf
    cost = _costs_of_moving(matrix, x, usual)
    program = replace(matrix, cost=cost, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)
    return AsPlanned(_with_moves(program, x, _worth_of_running(matrix, data, held)), decided, x, usual)


def _unknown_to_usual(reference: Reference) -> np.ndarray:
    """Rows of targets, ramps and least sizes, and of couplings that only the plan has to keep."""
    usual = {key for key in reference.ready.usual.matrix.rows if key[0] in COUPLINGS}
    rows = reference.plan.matrix.rows
    return np.array(
        [
            place
            for place, key in enumerate(rows)
            if is_target(key) or key[0] in (*RAMPS, *LEAST_SIZES) or (key[0] in COUPLINGS and key not in usual)
        ],
        dtype=int,
    )


def _costs_of_moving(matrix: Matrix, x: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Costs of running as they are; what was built is paid for, so that it costs to leave it, either way. Nothing is left short that can be served."""
    cost = matrix.cost.copy()
    for place, (component, _) in enumerate(matrix.columns):
        if component in SHORTFALLS:
            cost[place] *= last_resort
        elif component in ("Level", "Capacity"):
            cost[place] = 0.0
        elif component in DECIDED:
            step = firmness * max(abs(matrix.cost[place]), least_worth) if component == "Build" else 0.0
            cost[place] = -step if usual[place] < x[place] else step
    return cost


def _worth_of_running(matrix: Matrix, data: xr.Dataset, held: FixedUnitPrices) -> dict[int, float]:
    """{place of a yearly activity, heat, purchase or sale: what one unit of it is worth, 亿元 of present value}.

    No less than what it costs or earns by itself: so nothing is given up for what that saves.
    """
    price = _prices(matrix, held)
    years = data["year"].values.tolist()
    worth: dict[object, float] = {}
    outputs = (data[name].values.tolist() for name in ("flow_technology", "flow_commodity"))
    for g, c, path in zip(*outputs, data["flow_value"].transpose("flow", "year").values.tolist(), strict=True):
        for y, value in zip(years, path, strict=True):
            key = "Annual", (g, y)
            worth[key] = worth.get(key, 0.0) + max(value, 0.0) * price.get((c, y), 0.0)
    worth |= {("Annual_Heat", (g, y)): price.get((c, y), 0.0) for g, c in _pairs(data, "technology", "heat") for y in years}
    money = abs(data["market_price"] * data["discount"] * abs(data["market_shape"]).max(("day", "hour"))).transpose("market", "year").values
    for (t, c), path in zip(_pairs(data, "market", "market_commodity"), money.tolist(), strict=True):
        worth |= {("Trade", (t, y)): max(price.get((c, y), 0.0), value) for y, value in zip(years, path, strict=True)}
    return {
        place: max(worth.get(key, 0.0), abs(float(matrix.cost[place])), least_worth)
        for place, key in enumerate(matrix.columns)
        if key[0] in RUN
    }


def _pairs(data: xr.Dataset, dim: str, what: str) -> list[tuple[str, str]]:
    return list(zip(data[dim].values.tolist(), data[what].values.tolist(), strict=True))


def _prices(matrix: Matrix, held: FixedUnitPrices) -> dict[tuple[str, int], float]:
    """{(commodity, year): its price in the plan}; of an hourly one the mean over the hours."""
    found: dict[tuple[str, int], float] = {}
    for (component, index), value in zip(matrix.rows, held.prices.tolist(), strict=True):
        if component in BALANCES and isinstance(index, tuple):
            share = 1 / hours_per_year_in_thousands if component.startswith("Hourly") else 1.0
            key = str(index[0]), int(index[1])
            found[key] = found.get(key, 0.0) + share * abs(value)
    return found


def _with_moves(matrix: Matrix, x: np.ndarray, worth: Mapping[int, float]) -> Matrix:
    """The matrix with `column − More + Less = as planned` for what is run."""
    places, prices, many = list(worth), np.array(list(worth.values())), len(worth)
    if not many:
        return matrix
    at = np.arange(many)
    picked = coo_array((np.ones(many), (at, places)), shape=(many, len(matrix.columns)))
    one = coo_array((np.ones(many), (at, at)), shape=(many, many))
    keys = [matrix.columns[place] for place in places]
    nothing, endless = np.zeros(2 * many), np.full(2 * many, np.inf)
    return Matrix(
        A=csc_array(block_array([[csc_array(matrix.A), None, None], [picked, -one, one]])),
        cost=np.concatenate([matrix.cost, prices, prices]),
        offset=matrix.offset,
        lower=np.concatenate([matrix.lower, nothing]),
        upper=np.concatenate([matrix.upper, endless]),
        row_lower=np.concatenate([matrix.row_lower, x[places]]),
        row_upper=np.concatenate([matrix.row_upper, x[places]]),
        integer=np.concatenate([matrix.integer, np.zeros(2 * many, dtype=bool)]),
        columns=(*matrix.columns, *(("More", key) for key in keys), *(("Less", key) for key in keys)),
        rows=(*matrix.rows, *(("As_Planned", key) for key in keys)),
        since=matrix.since,
    )
