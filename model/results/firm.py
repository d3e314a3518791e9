"""Firm capacity of groups whose capacity credit falls, worked out from capacities alone: the firmest capacity fills the first segments."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.results.accounts import Columns


def firm_of_groups(p: Columns, worked: Columns) -> xr.Variable:
    """GW that count as firm of all groups together, dim year."""
    counted = (p["firm_share"] * p["city_share"] * worked["capacity"]).transpose("technology", "year")
    peak, total = worked["peak_load"].values, np.zeros(p["year"].size)
    technology, segment = p["credited_technology"].values, p["credited_segment"].values
    technologies, widths = (
        p["technology"].to_index(),
        dict(zip(p["credit_segment"].values.tolist(), p["segment_width"].values.tolist(), strict=True)),
    )
    firm = p["credited_firm"].transpose("credited", "year").values
    for members in _groups(technology, segment):
        own = {
            g: firm[(technology == g) & (segment == members[0])][0] for g in dict.fromkeys(technology[np.isin(segment, members)].tolist())
        }
        for at in range(len(total)):
            room = [widths[s] * peak[at] for s in members]
            place = 0
            for g in sorted(own, key=lambda g: -own[g][at]):
                left = float(counted.values[technologies.get_loc(g), at])
                while left > 0 and place < len(members):
                    taken = min(left, room[place])
                    total[at] += taken * firm[(technology == g) & (segment == members[place])][0, at]
                    room[place], left = room[place] - taken, left - taken
                    place += left > 0
    return xr.Variable("year", total)


def _groups(technology: np.ndarray, segment: np.ndarray) -> list[list[str]]:
    """The segments of each group in their order: a technology counts in all segments of its one group, and in no other."""
    by_technology: dict[str, list[str]] = {}
    for g, s in zip(technology.tolist(), segment.tolist(), strict=True):
        by_technology.setdefault(g, []).append(s)
    return [list(one) for one in dict.fromkeys(tuple(segments) for segments in by_technology.values())]
