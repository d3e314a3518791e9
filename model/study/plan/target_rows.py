"""The rows of the targets in a plan's program, and how far a unit moves their limits: what every price of a target is worked out from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.solve.components import TARGET_FAMILIES, TARGETS
from model.study.plan.solved_model import SolvedModel


@dataclass(frozen=True)
class TargetRow:
    """A row of the program, at `place` of the matrix.

    One unit more of what is required, in the target's own unit, moves its limit by `scale`; one unit more of the target's value by
    `value_scale`: the two differ by the band of "about", which is a share of the value.
    """

    target: str
    place: int
    scale: float
    value_scale: float


def target_rows(plan: SolvedModel) -> list[TargetRow | None]:
    """One for each target row of the parameters, in their order; None for those that are not in the program."""
    p, value = plan.solved.parameters, plan.solved.worked["indicator_value"]
    places = {key: place for place, key in enumerate(plan.matrix.rows) if key[0] in TARGETS}
    columns = (
        p[f"target_{name}"].values.tolist()
        for name in ("target", "year", "sense", "reference", "divisor", "unit_factor", "value", "required")
    )
    found = list[TargetRow | None]()
    for target, year, sense, reference, divisor, unit_factor, said, required in zip(*columns, strict=True):
        place = places.get((TARGET_FAMILIES[sense], (target, year)))
        scale = divisor * unit_factor * (float(value.sel(indicator=reference, year=year)) if reference else 1.0)
        widened = required / said if said and np.isfinite(said) else 1.0
        found.append(None if place is None else TargetRow(target, place, scale, scale * widened))
    return found


def target_prices(plan: SolvedModel) -> np.ndarray:
    """(target row) price with whole units held: 亿元 of present value per unit of the target, ≥ 0 as it binds; 0 where it is not in force."""
    duals = plan.solution.duals
    return np.array([abs(duals[row.place] * row.scale) if row is not None and len(duals) else 0.0 for row in target_rows(plan)])
