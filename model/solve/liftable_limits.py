"""Which limits a clash cannot do without: each is lifted in turn, and stays only where the clash goes with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from scipy.sparse import coo_array, csc_array, hstack

from model.solve.conflict import Proof, ray_of, reduced_costs
from model.solve.matrix import Matrix
from model.solve.solver_result import SolverResult

least_share, noise = 1e-5, 1e-12

Name = tuple[str, str]


@dataclass(frozen=True)
class LiftableLimit:
    """A limit that can be lifted, as places in a matrix: columns held from `below`, columns held from `above`, `rows`.

    `size` is, per place in that order, the amount by which a price there is weighed.
    """

    below: np.ndarray
    above: np.ndarray
    rows: np.ndarray
    size: np.ndarray


@dataclass(frozen=True)
class NeededLimits:
    """Limits that hold a clash up, heaviest first, with the proof that leans on them.

    `minimal`: these alone forbid it, and no fewer of them do.
    """

    names: tuple[Name, ...]
    proof: Proof
    minimal: bool


def with_bypass(matrix: Matrix, liftable: Mapping[Name, LiftableLimit]) -> Matrix:
    """The matrix with a column beside each place of these limits that does what the place may not; all are shut.

    So a basis stays good when a limit is lifted, where a bound let go would throw its column to the other one.
    """
    empty = np.array([], dtype=int)
    places = np.concatenate([empty, *(_columns(limit) for limit in liftable.values())])
    rows = np.concatenate([empty, *(limit.rows for limit in liftable.values())])
    alone = coo_array((np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(len(matrix.rows), len(rows)))
    count = len(places) + len(rows)
    none = np.zeros(count)
    return replace(
        matrix,
        A=csc_array(hstack([matrix.A, matrix.A[:, places], alone])),
        cost=np.concatenate([matrix.cost, none]),
        lower=np.concatenate([matrix.lower, none]),
        upper=np.concatenate([matrix.upper, none]),
        integer=np.concatenate([matrix.integer, none.astype(bool)]),
        columns=(
            *matrix.columns,
            *(("Bypass", (*name, "column", n)) for name, limit in liftable.items() for n in range(len(_columns(limit)))),
            *(("Bypass", (*name, "row", n)) for name, limit in liftable.items() for n in range(len(limit.rows))),
        ),
    )


def lifted(matrix: Matrix, liftable: Mapping[Name, LiftableLimit], names: Collection[Name]) -> Matrix:
    """A matrix with bypass columns of the limits `liftable`, those of `names` open."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    columns = sum(len(_columns(limit)) for limit in liftable.values())
    column = len(lower) - sum(len(limit.size) for limit in liftable.values())
    row = column + columns
    for name, limit in liftable.items():
        below, beside = column + len(limit.below), column + len(_columns(limit))
        if name in names:
            lower[column:below] = lower[row : row + len(limit.rows)] = -np.inf
            upper[below:beside] = upper[row : row + len(limit.rows)] = np.inf
        column, row = beside, row + len(limit.rows)
    return replace(matrix, lower=lower, upper=upper)


def _columns(limit: LiftableLimit) -> np.ndarray:
    return np.concatenate([limit.below, limit.above])


def weights(proof: Proof, liftable: Mapping[Name, LiftableLimit], *, least: float = least_share) -> dict[Name, float]:
    """How much a proof leans on each limit: price times size; those with less than the `least` share are left out."""
    rest, duals = reduced_costs(proof.matrix, proof.duals), proof.duals
    told = {
        name: float(np.concatenate([np.maximum(rest[b.below], 0.0), np.maximum(-rest[b.above], 0.0), np.abs(duals[b.rows])]) @ b.size)
        for name, b in liftable.items()
    }
    floor = least * max(told.values(), default=0.0)
    return {name: told[name] for name in sorted(told, key=lambda name: (-told[name], name)) if told[name] > floor}


def needed_limits(
    ask: Callable[[Matrix, float], SolverResult], matrix: Matrix, proof: Proof, liftable: Mapping[Name, LiftableLimit], *, seconds: float
) -> NeededLimits:
    """The fewest limits found within some seconds by which `matrix` (at no cost) cannot be met, starting from a proof of that.

    Deletion filter: J. W. Chinneck 2008, Feasibility and Infeasibility in Optimization, ch. 6; a limit that the last proof
    does not lean on goes without a question. Limits are lifted as soon as a proof leans on them, not before. `ask` solves
    a matrix within some seconds.
    """
    end = monotonic() + seconds
    leaning = weights(proof, liftable)
    touched = dict(weights(proof, liftable, least=noise))
    gone, needed, certain = touched.keys() - leaning.keys(), set[Name](), True
    while True:
        left = [name for name in leaning if name not in needed]
        tried, open_to = gone | set(left[-1:]), {name: liftable[name] for name in touched}
        result = ask(lifted(with_bypass(matrix, open_to), open_to, tried), max(0.0, min(end - monotonic(), seconds / 2)))
        if result.status == "infeasible" and len(result.ray):
            told = Proof(matrix, ray_of(matrix, result.ray))
            others = weights(told, liftable, least=noise).keys() - touched.keys()
            if others:  # another reason altogether: lifted, and asked again
                touched |= dict.fromkeys(others, 0.0)
                gone |= others
                continue
            proof = told
            if not left:
                return NeededLimits(tuple(name for name in weights(proof, liftable) if name in leaning), proof, certain)
            leaning = {name: value for name, value in weights(proof, liftable).items() if name not in tried}
            gone = touched.keys() - leaning.keys()
        elif left and result.status in ("optimal", "time_limit") and monotonic() < end:
            needed.add(left[-1])
            certain &= result.status == "optimal"
        else:
            return NeededLimits(tuple(leaning), proof, False)
