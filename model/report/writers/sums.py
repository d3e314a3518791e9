"""Where a person expects a sum: the cells that a total adds up, if they really come to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from model.report.cell_places import is_year

rounding = 1e-6  # amounts are shown free of dust, and their sum as well
Cells = tuple[tuple[int, int], tuple[int, int]]


def summed(records: Sequence[Mapping[Any, Any]], place: int, names: Sequence[Any], name: Any) -> Cells | None:
    """First and last (row, column) of what adds up to a cell: the rows above of a total row, the years before the column of totals.

    None where what stands there is no such sum, such as a total over the years of spans of which a year is shown.

    >>> rows = [{"what": "a", 2021: 1.0, "total": 1.0}, {"what": "all", 2021: 1.0, "total": 1.0, "_total": True}]
    >>> summed(rows, 1, ["what", 2021, "total"], 2021), summed(rows, 0, ["what", 2021, "total"], "total"), summed(rows, 0, ["what", 2021], 2021)
    (((0, 1), (0, 1)), ((0, 1), (0, 1)), None)
    """
    value, column = records[place][name], list(names).index(name)
    if not _number(value):
        return None
    if records[place].get("_total") is True:
        above = [record[name] for record in records[:place]]
        return ((0, column), (place - 1, column)) if above and _adds_up(above, value) else None
    years = [at for at, other in enumerate(names[:column]) if is_year(other)]
    beside = [records[place][names[at]] for at in years]
    if name != "total" or not years or years[-1] - years[0] >= len(years) or not _adds_up(beside, value):
        return None
    return (place, years[0]), (place, years[-1])


def _adds_up(parts: Sequence[Any], value: float) -> bool:
    told = [part for part in parts if _number(part)]
    return bool(told) and math.isclose(math.fsum(told), value, rel_tol=rounding, abs_tol=rounding)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
