"""Elastic relaxation of a program: demand served first, then targets relaxed as little as they must, then at least cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, Protocol, TypeVar

import numpy as np

from model.solve.components import SLACKS
from model.solve.matrix import Matrix
from model.solve.solver_result import Status
from model.study.program.edits import none_short

ease = 1e-6  # of an amount given, so that it still fits to the solver's own tolerance

Relaxed_Status = Literal["kept", "gives", "impossible", "unknown"]


class Found(Protocol):
    """What a search of a matrix gives: how it ended, and a value per column, none where it found no plan."""

    @property
    def status(self) -> Status: ...
    @property
    def x(self) -> np.ndarray: ...


F = TypeVar("F", bound=Found)


def least_relaxation(
    matrix: Matrix, prices: Callable[[], np.ndarray], search: Callable[[Matrix, bool], F], *, hopeful: bool = True
) -> tuple[F, Relaxed_Status]:
    """The cheapest plan among those that leave least short and, of these, relax targets least; and how far the program is met.

    `search` searches a matrix; its flag says that the aim is another than cost.
    `prices` gives, per column, what a unit of a target's relaxing weighs. Without a plan it is "impossible" or "unknown". `hopeful` tries
    first whether all can be met, which answers most programs; without, a plan in which all is met is said to give nothing.
    """
    if hopeful:
        kept = search(none_short(matrix), False)
        if kept.status != "infeasible":
            return kept, "kept" if len(kept.x) else "unknown"
    slacks, price = matrix.mask(*SLACKS), prices()
    served = served_relaxation(matrix, price, search, slacks)
    if served.status != "infeasible":
        return served, "gives" if len(served.x) else "unknown"
    cheapest = least_short_relaxation(matrix, price, search, slacks)
    return cheapest, "gives" if len(cheapest.x) else "impossible" if cheapest.status == "infeasible" else "unknown"


def served_relaxation(matrix: Matrix, price: np.ndarray, search: Callable[[Matrix, bool], F], slacks: np.ndarray) -> F:
    """The cheapest plan among those that leave nothing short and relax targets least, of those whose columns `slacks` marks.

    Without such a plan, the search that found none: "infeasible" where there is none.
    """
    opened = none_short(replace(matrix, upper=np.where(slacks, np.inf, matrix.upper)))
    least = search(replace(opened, cost=price, offset=0.0), True)
    return search(replace(opened, upper=np.where(slacks, eased(least.x), opened.upper)), False) if len(least.x) else least


def least_short_relaxation(matrix: Matrix, price: np.ndarray, search: Callable[[Matrix, bool], F], slacks: np.ndarray) -> F:
    """The same where something must be left short: of the plans that leave least short."""
    short = np.isin(np.arange(len(matrix.columns)), matrix.shortfalls)
    opened = replace(matrix, upper=np.where(slacks, np.inf, matrix.upper))
    fewest = search(replace(opened, cost=np.where(short, matrix.cost, 0.0), offset=0.0), True)
    if not len(fewest.x):
        return fewest
    opened = replace(opened, upper=np.where(short, eased(fewest.x), opened.upper))
    least = search(replace(opened, cost=price, offset=0.0), True)
    return search(replace(opened, upper=np.where(slacks, eased(least.x), opened.upper)), False) if len(least.x) else least


def eased(x: np.ndarray) -> np.ndarray:
    """What was given once may be given again, and no more; what was not stays closed."""
    return np.where(x > 0.0, x + ease * np.maximum(1.0, np.abs(x)), 0.0)
