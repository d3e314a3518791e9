"""SALib: samples over the ranges of numbers, and what of the outcome each number explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from SALib.analyze import delta, morris, sobol
from SALib.sample import latin as latin_sample
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

METHODS = ("lhs", "morris", "sobol")
LEVELS = 4
least_for_delta = 20

# What each analysis tells of a number, most telling first.
FIGURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lhs": ("delta", "delta_conf", "S1", "S1_conf"),
        "morris": ("mu_star", "mu_star_conf", "mu", "sigma"),
        "sobol": ("ST", "ST_conf", "S1", "S1_conf"),
    }
)


def size(method: str, names: int, count: int) -> int:
    """Scenarios of a sample: N; N·(numbers + 1) for Morris; N·(numbers + 2) for Sobol.

    >>> size("lhs", 3, 8), size("morris", 3, 8), size("sobol", 3, 8)
    (8, 32, 40)
    """
    return count * {"lhs": 1, "morris": names + 1, "sobol": names + 2}[method]


def sample(method: str, names: Sequence[str], count: int, *, seed: int) -> np.ndarray:
    """Shares of ranges, 0 (low) to 1 (high), shape (scenarios, names)."""
    problem = _problem(names)
    if method == "lhs":
        return latin_sample.sample(problem, count, seed=seed)
    if method == "morris":
        return morris_sample.sample(problem, count, num_levels=LEVELS, seed=seed)
    return sobol_sample.sample(problem, count, calc_second_order=False, seed=seed)


def analysed(method: str, names: Sequence[str], shares: np.ndarray, outcome: np.ndarray, *, seed: int) -> tuple[dict[str, np.ndarray], int]:
    """{figure: its value per name}, and how many outcomes could be used; NaN throughout where there are too few.

    An outcome of NaN (a scenario without a plan) takes with it what it was sampled together with: its trajectory (Morris) or its
    block (Sobol). Delta and S1 are shares of the outcome's distribution and variance; mu_star and sigma are in its unit per range.
    """
    group = {"lhs": 1, "morris": len(names) + 1, "sobol": len(names) + 2}[method]
    whole = len(outcome) // group * group
    kept = np.repeat(np.isfinite(outcome[:whole]).reshape(-1, group).all(axis=1), group)
    x, y = shares[:whole][kept], outcome[:whole][kept]
    nothing = {figure: np.full(len(names), np.nan) for figure in FIGURES[method]}
    if len(y) < max(2 * group, least_for_delta if method == "lhs" else 0):
        return nothing, len(y)
    if np.ptp(y) <= 1e-12 * max(1.0, float(np.abs(y).max())):
        return {figure: np.zeros(len(names)) for figure in FIGURES[method]}, len(y)
    problem = _problem(names)
    if method == "lhs":
        told = delta.analyze(problem, x, y, seed=seed)
    elif method == "morris":
        told = morris.analyze(problem, x, y, num_levels=LEVELS, seed=seed)
    else:
        told = sobol.analyze(problem, y, calc_second_order=False, seed=seed)
    return {figure: np.asarray(np.ma.filled(told[figure], np.nan), dtype=float) for figure in FIGURES[method]}, len(y)


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
