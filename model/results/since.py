"""This run against an earlier one of the same case: new records, changed numbers, changed rules, changed decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import read_case
from model.case.read.header import HEADER_FILE
from model.results.compare import Input, compare
from model.results.money import invested_before
from model.results.plain import plain
from model.results.run import Run

RECORDS = frozenset({"actuals", "official"})
RULES = frozenset({"targets", "couplings", "coupling_terms", "ramps", "measures", "clauses", HEADER_FILE})
moved = 1e-6  # of an amount


@dataclass(frozen=True)
class Decision:
    """A measure of which other amounts are decided: {year: (then, now)} in its own unit; `invested` is what it invests more in all years, 亿元."""

    measure: str
    amounts: Mapping[int, tuple[float, float]]
    invested: float


@dataclass(frozen=True)
class Since:
    """All that is other than in the run `run`; `asked` are options, {name: (then, now)}; `low`..`high` holds the true difference of cost, 亿元."""

    run: str
    records: tuple[Input, ...]
    numbers: tuple[Input, ...]
    rules: tuple[Input, ...]
    asked: Mapping[str, tuple[str, ...]]
    decisions: tuple[Decision, ...]
    low: float
    high: float

    def record(self) -> dict[str, Any]:
        """As plain records."""
        return plain(asdict(self))


def since(earlier: Run, later: Run) -> Since:
    """Raises RunError as `compare` does."""
    apart = compare([earlier, later])
    kinds: dict[str, list[Input]] = {"records": [], "rules": [], "numbers": []}
    for one in apart.inputs:
        published = one.table == "facts" and _role(later, one.row) == "record"
        kinds["records" if one.table in RECORDS or published else "rules" if one.table in RULES else "numbers"].append(one)
    cost = apart.costs[1]
    return Since(
        earlier.name, tuple(kinds["records"]), tuple(kinds["numbers"]), tuple(kinds["rules"]), dict(apart.asked), _decisions(earlier.results, later.results),
        cost.low, cost.high,
    )  # fmt: skip


def _role(run: Run, fact: str) -> str:
    return next((str(row.role) for row in read_case(run.inputs, overlays=run.overlays).tables["facts"] if row.id == fact), "")


def _decisions(before: xr.Dataset, after: xr.Dataset) -> tuple[Decision, ...]:
    """Measures that are built otherwise in the years that both runs decide, by more than dust; the largest investment first."""
    since = max(int(data.attrs["decide_from"]) for data in (before, after))
    years = [int(y) for y in after["build_year"].values if y in before["build_year"].values and y >= since]
    known = [str(k) for k in after["measure"].values if k in before["measure"].values]
    old, new = (data["build"].sel(measure=known, build_year=years).transpose("measure", "build_year").values for data in (before, after))
    invested = [_invested(data).sel(measure=known).values for data in (before, after)]
    apart = np.abs(new - old) > moved * np.maximum(1.0, np.abs(old))
    found = [
        Decision(
            k, {years[j]: (float(old[i, j]), float(new[i, j])) for j in np.flatnonzero(apart[i])}, float(invested[1][i] - invested[0][i])
        )
        for i, k in enumerate(known)
        if apart[i].any()
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.invested), one.measure)))


def _invested(data: xr.Dataset) -> xr.DataArray:
    """Cash invested in all years, 亿元, dim measure."""
    return (data["investment_cash"] * data["span_years"]).sum("year") + invested_before(data)
