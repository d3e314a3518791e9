"""How much can be of what is held without being a fact: rows not reported of years that are over, and what is only expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import xarray as xr

from model.results.schedule import Amounts
from model.solve.components import SLACKS
from model.solve.matrix import Matrix
from model.study.program.edits import for_another_aim
from model.study.program.search_again import search_again
from model.study.schedule.held import ease, holding
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel

gap_of_amounts = 1e-6
Edit = tuple[str, int]


def as_can_be(
    matrix: Matrix, ready: Ready, data: xr.Dataset, amounts: Amounts, least: Amounts, build: Amounts, *, over: int, like: SolvedModel
) -> Mapping[Edit, float] | None:
    """The amounts that cannot stand as they are held, and what they can be at the most, whatever targets give; in the measures' own units.

    Those of `least` may be anything from what is a fact of them up to what is held; all others are facts. What is left of one expected after the year
    `over` is expected in the next modelled year, beside what the plan has there (`build`), and so on. None where the facts alone cannot be.
    """
    held, floors, found = dict(amounts), dict(least), dict[Edit, float]()
    years = data["year"].values.tolist()
    other = for_another_aim(like)
    for _ in years:
        most = _most(matrix, ready, data, held, floors, other)
        if most is None:
            return None
        later = dict[Edit, float]()
        for key, amount in most.items():
            rest = held[key] - amount
            if rest > 2 * ease * max(1.0, held[key]):
                found[key] = held[key] = amount
                floors.pop(key)
                following = next((y for y in years if y > key[1]), None)
                if key[1] > over and following is not None:
                    later[key[0], int(following)] = rest
        for key, rest in later.items():
            floors.setdefault(key, held.get(key, 0.0))
            held[key] = held.get(key, build.get(key, 0.0)) + rest
            found[key] = held[key]
        if not later:
            return found
    return found


def _most(
    matrix: Matrix, ready: Ready, data: xr.Dataset, held: Amounts, floors: Amounts, other: SolvedModel
) -> dict[Edit, float] | None:  # fmt: skip
    """The most that each amount that is no fact can be, each weighed by its size, and whole units in whole ones."""
    facts = holding(matrix, {key: amount for key, amount in held.items() if key not in floors})
    if facts is None:
        return None
    places, lower, upper = facts.places("Build"), facts.lower.copy(), np.where(facts.mask(*SLACKS), np.inf, facts.upper)
    cost = np.zeros(len(facts.cost))
    for key, floor in floors.items():
        at, room = places[key], ease * max(1.0, held[key])
        lower[at], upper[at] = max(lower[at], floor - room), min(upper[at], held[key])
        if lower[at] > upper[at] + room:
            return None
        upper[at] = max(lower[at], upper[at])
        cost[at] = -1.0 / max(held[key], ease)
    found = search_again(replace(facts, lower=lower, upper=upper, cost=cost, offset=0.0), ready.options, other, gap=gap_of_amounts)
    if not len(found.x):
        if found.status == "infeasible":
            return None
        raise NoPlan(found.status, "plan", ready)
    sizes = {
        k: size if whole else 0.0
        for k, whole, size in zip(
            data["measure"].values.tolist(), data["whole"].values.tolist(), data["unit_size"].values.tolist(), strict=True
        )
    }
    most = {key: float(found.x[places[key]]) for key in floors}
    return {k: max(0.0, round(v / sizes[k[0]]) * sizes[k[0]] if sizes[k[0]] else float(f"{v:.9g}")) for k, v in most.items()}
