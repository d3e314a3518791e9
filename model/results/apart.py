"""What differs between runs, item by item: years alike in one range, what was changed first, then by money; what the gaps leave open is counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

same = 1e-6  # relative: below it two numbers are the same
no_matter = 1e-9
alike = 0.1  # of the largest difference: so near the differences of years in one range are

Key = tuple[str, int]


@dataclass(frozen=True)
class Apart:
    """One quantity in each run, NaN where a run has none; `by` is the largest relative difference to the first.

    `required` is what each run asks of a target. `year` to `until` are years with like differences, of which `values` are the means; 0 is the whole horizon. `money` is what
    the difference costs, 亿元 of present value, NaN where that is not known.
    """

    item: str
    year: int
    unit: str
    values: tuple[float, ...]
    by: float
    required: tuple[float, ...] = ()
    until: int = 0
    money: float = float("nan")


@dataclass(frozen=True)
class Gaps:
    """How near the runs are to the cheapest, the nearest of them: in 亿元 and relative to its cost."""

    money: float
    relative: float

    def hide(self, one: Apart) -> bool:
        """Whether a difference may come of the gaps alone. One that costs nothing that is known is judged by its own size."""
        if any(np.isnan(one.values)):
            return False
        return abs(one.money) <= self.money if abs(one.money) > no_matter else one.by <= self.relative


def told_apart(
    values: Sequence[Mapping[Key, float]], units: Mapping[Key, str], *,
    required: Sequence[Mapping[Key, float]] = (), money: Mapping[Key, float] | None = None,
) -> tuple[tuple[Apart, ...], int]:  # fmt: skip
    """What differs, and how many do not; values and what is `required` in the same units. `money` is what the difference costs."""
    found, same_ones = list[Apart](), 0
    for key in dict.fromkeys(key for one in values for key in one):
        row = [one.get(key, np.nan) for one in values]
        by = difference(row)
        if by <= same:
            same_ones += 1
            continue
        asked = tuple(one.get(key, np.nan) for one in required)
        found.append(Apart(*key, units[key], tuple(row), by, asked, key[1], (money or {}).get(key, np.nan)))
    return tuple(found), same_ones


def in_one_unit(values: Sequence[Mapping[Key, float]], units: Sequence[Mapping[Key, str]]) -> list[dict[Key, float]]:
    """Each run's values in the unit of the first run that has them; NaN where a unit is of another dimension."""
    shared = {key: unit for told in reversed(units) for key, unit in told.items()}
    return [
        {
            key: value
            if told[key] == shared[key]
            else value * factor(told[key], shared[key])
            if unit_fault(told[key], shared[key]) is None
            else np.nan
            for key, value in one.items()
        }
        for one, told in zip(values, units, strict=True)
    ]


def difference(row: Sequence[float]) -> float:
    """The largest difference to the first relative to the larger of the two; 1 where one is missing."""
    if any(np.isnan(row)) and not all(np.isnan(row)):
        return 1.0
    size = max((abs(value) for value in row), default=0.0)
    apart = max(abs(value - row[0]) for value in row)
    return 0.0 if apart <= no_matter or np.isnan(apart) else apart / size


def in_ranges(found: Sequence[Apart], years: Sequence[int]) -> list[Apart]:
    """Neighbouring years of one item with like differences as one: their mean, their money in all, the largest relative difference."""
    place, made = {year: at for at, year in enumerate(years)}, list[Apart]()
    for _, mine in groupby(sorted(found, key=lambda one: (one.item, one.year)), key=lambda one: one.item):
        ranges: list[list[Apart]] = []
        for one in mine:
            last = ranges[-1][-1] if ranges else None
            if last is not None and place.get(one.year, -1) == place.get(last.year, -3) + 1 and _alike(ranges[-1][0], one):
                ranges[-1].append(one)
            else:
                ranges.append([one])
        made += [_one_of(part) for part in ranges]
    return made


def sorted_out(found: Sequence[Apart], changed: Collection[str], gaps: Gaps) -> tuple[tuple[Apart, ...], int]:
    """What was changed first, then what costs most, then the largest difference; and how many are left out because the gaps leave them open."""
    shown = [one for one in found if one.item in changed or not gaps.hide(one)]

    def rank(one: Apart) -> tuple[bool, float, float, str, int]:
        return one.item not in changed, -abs(np.nan_to_num(one.money)), -one.by, one.item, one.year

    return tuple(sorted(shown, key=rank)), len(found) - len(shown)


def _alike(one: Apart, other: Apart) -> bool:
    """Whether both differ from the first run by about as much, with the same asked of them; counts of things only where they are the same."""
    if not np.array_equal([one.required], [other.required], equal_nan=True):
        return False
    mine, its = (np.array(part.values[1:]) - part.values[0] for part in (one, other))
    if not np.array_equal(np.isnan(mine), np.isnan(its)):
        return False
    told = np.array([one.values, other.values])
    if np.all(np.isnan(told) | (np.abs(told - np.round(told)) <= same)):
        return np.array_equal(np.round(told[0]), np.round(told[1]), equal_nan=True)
    return bool(np.all(np.abs(np.nan_to_num(mine - its)) <= alike * np.nanmax(np.abs([mine, its]), initial=no_matter)))


def _one_of(part: Sequence[Apart]) -> Apart:
    values = tuple(float(np.mean([one.values[at] for one in part])) for at in range(len(part[0].values)))
    money = [one.money for one in part if not np.isnan(one.money)]
    return replace(part[0], until=part[-1].year, values=values, by=max(one.by for one in part), money=sum(money) if money else float("nan"))
