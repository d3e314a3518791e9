"""What is reported as built is never what breaks a coupling: in years that are over its limit is that of the facts, as it is of the years before decisions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from model.results.schedule import Amounts

trifle = 1e-5  # of what was built: the amounts held have some room, and the row has as much
Ends = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Facts:
    """Amounts held of years up to `over`, {(measure, build year): amount} in the measure's own unit, those that nobody reported as planned."""

    held: Amounts = field(default_factory=dict)
    over: int = 0


def eased_for(data: xr.Dataset, facts: Facts) -> xr.Dataset:
    """The parameters with each limit of a coupling as far out as what was built by the facts; what counts levels stays there.

    Rows that count capacity or activity, or ask for an exact amount, are left as they are.
    """
    years = data["year"].values.astype(int)
    past = years <= facts.over
    if not past.any() or not data.sizes.get("coupling", 0):
        return data
    ends = _ends(data, facts)
    limits = data["coupling_limit"].transpose("coupling", "year").values.copy()
    terms = list(zip(*(data[f"coupling_term_{name}"].values.tolist() for name in ("id", "item", "by", "value")), strict=True))
    for place, (name, sense) in enumerate(zip(data["coupling_id"].values.tolist(), data["coupling_sense"].values.tolist(), strict=True)):
        mine = [(ends[by, item], value) for one, item, by, value in terms if one == name and (by, item) in ends]
        if sense == "==" or not mine or len(mine) < sum(one == name for one, *_ in terms):
            continue
        sign = 1.0 if sense == "<=" else -1.0
        told = np.sum([sign * value * (low if sign * value > 0 else high) for (low, high), value in mine], axis=0)
        size = np.sum([abs(value) * np.maximum(1.0, np.abs(high)) for (_, high), value in mine], axis=0)
        own = sign * limits[place]
        reached = np.where(past & (told > own - trifle * size), np.maximum(own, told + trifle * size), own)
        if all(by == "level" for one, _, by, _ in terms if one == name):
            reached[~past] = np.maximum(own[~past], reached[past][-1])
        limits[place] = sign * reached
    return data.assign(coupling_limit=(("coupling", "year"), limits))


def _ends(data: xr.Dataset, facts: Facts) -> dict[tuple[str, str], Ends]:
    """{(build or level, measure): the least and the most by year} that measures can be by what is held and what else can be built, own units."""
    low, high = (data[name].transpose("measure", "build_year").values.copy() for name in ("build_lower", "build_upper"))
    measures = {k: at for at, k in enumerate(data["measure"].values.tolist())}
    built = {int(y): at for at, y in enumerate(data["build_year"].values.tolist())}
    years = [built[int(y)] for y in data["year"].values.tolist()]
    for (k, y), amount in facts.held.items():
        if y <= facts.over:
            low[measures[k], built[y]] = high[measures[k], built[y]] = amount
    survival = data["survival"].transpose("measure", "build_year", "year").values
    found = dict[tuple[str, str], Ends]()
    for k, at in measures.items():
        found["build", k] = (low[at, years], high[at, years])
        found["level", k] = (low[at] @ survival[at], high[at] @ survival[at])
    return found
