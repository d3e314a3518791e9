"""SALib: samples over the ranges of numbers, and what of the outcome each number explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from types import MappingProxyType

import numpy as np

from model.results.run import RunError
from model.study.sweep.scenario_file import sample_size

try:
    from SALib.analyze import morris, pawn, rbd_fast, sobol
    from SALib.sample import latin as latin_sample
    from SALib.sample import morris as morris_sample
    from SALib.sample import sobol as sobol_sample
except ModuleNotFoundError as error:
    raise RunError("salib_absent") from error

LEVELS = 4
least_for_lhs = 40  # below it the figures of a plain sample say nothing
slices, harmonics = 8, 10

# What each analysis tells of a number, most telling first.
FIGURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lhs": ("pawn", "S1", "S1_conf"),
        "morris": ("mu_star", "mu_star_conf", "mu", "sigma"),
        "sobol": ("ST", "ST_conf", "S1", "S1_conf"),
    }
)


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
    block (Sobol). `pawn` is the median Kolmogorov-Smirnov distance between the outcome's distribution and that within slices of the
    number; S1 and ST are shares of variance; mu_star and sigma are in the outcome's unit over the whole range.
    """
    group = sample_size(method, len(names), 1)
    whole = len(outcome) // group * group
    kept = np.repeat(np.isfinite(outcome[:whole]).reshape(-1, group).all(axis=1), group)
    x, y = shares[:whole][kept], outcome[:whole][kept]
    nothing = {figure: np.full(len(names), np.nan) for figure in FIGURES[method]}
    if len(y) < max(2 * group, least_for_lhs if method == "lhs" else 0):
        return nothing, len(y)
    if np.ptp(y) <= 1e-12 * max(1.0, float(np.abs(y).max())):
        return {figure: np.zeros(len(names)) for figure in FIGURES[method]}, len(y)
    with redirect_stdout(StringIO()):  # standard output is the program's own
        told = _told(method, _problem(names), x, y, seed=seed)
    return {figure: np.asarray(np.ma.filled(told[figure], np.nan), dtype=float) for figure in FIGURES[method]}, len(y)


def _told(method: str, problem: dict[str, object], x: np.ndarray, y: np.ndarray, *, seed: int) -> Mapping[str, np.ndarray]:
    if method == "morris":
        return morris.analyze(problem, x, y, num_levels=LEVELS, seed=seed)
    if method == "sobol":
        return sobol.analyze(problem, y, calc_second_order=False, seed=seed)
    spread = rbd_fast.analyze(problem, x, y, M=min(harmonics, len(y) // 8), seed=seed)
    return {"pawn": pawn.analyze(problem, x, y, S=slices, seed=seed)["median"], "S1": spread["S1"], "S1_conf": spread["S1_conf"]}


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
