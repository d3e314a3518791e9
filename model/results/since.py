"""This run against an earlier one of the same case: new records, changed numbers and rules, what was built of what was planned, changed decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import read_case
from model.case.read.header import HEADER_FILE
from model.results.changed import Input
from model.results.compare import compare
from model.results.plain import plain
from model.results.run import Run, RunError
from model.results.shortfalls import Shortfall

RECORDS = frozenset({"actuals", "official"})
RULES = frozenset({"targets", "couplings", "coupling_terms", "ramps", "measures", "clauses", HEADER_FILE})
UNRECORDED = "unrecorded"  # nothing was built as far as is known, and no record says so
moved = 1e-6  # of an amount
decided_otherwise = 1e-4  # of the larger of two amounts: less is how the search ended, not a decision


@dataclass(frozen=True)
class Decision:
    """A measure of which other amounts are decided: {year: (then, now)} in its own unit; `invested` is what it invests more in the years both decide, 亿元."""

    measure: str
    amounts: Mapping[int, tuple[float, float]]
    invested: float


@dataclass(frozen=True)
class Known:
    """An amount of a year that has passed by now, in the measure's unit: what the earlier run had there and what stands now, and how each is known."""

    measure: str
    year: int
    then: float
    now: float
    word_then: str
    word_now: str

    @property
    def differs(self) -> bool:
        return abs(self.now - self.then) > moved * max(1.0, abs(self.then))


@dataclass(frozen=True)
class Since:
    """All that is other than in the run `run`; `asked` are options and years, {name: (then, now)}; `low`..`high` holds the true difference of cost, 亿元,
    apart from what was left short then and is now.

    `built` is all that was planned or built in the years that were to be decided then and are past now; `past` what is known otherwise of the
    years that were past for both.
    """

    run: str
    records: tuple[Input, ...]
    numbers: tuple[Input, ...]
    rules: tuple[Input, ...]
    asked: Mapping[str, tuple[str, ...]]
    built: tuple[Known, ...]
    past: tuple[Known, ...]
    decisions: tuple[Decision, ...]
    low: float
    high: float
    short_then: tuple[Shortfall, ...] = ()
    short_now: tuple[Shortfall, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether the two runs may cost the same: what is decided otherwise then lies within the gaps."""
        return self.low <= 0.0 <= self.high

    def record(self) -> dict[str, Any]:
        """As plain records."""
        return plain(asdict(self))


def since_of(record: Mapping[str, Any]) -> Since:
    """The same, from its plain records."""
    records, numbers, rules = (tuple(Input(**one) for one in record[kind]) for kind in ("records", "numbers", "rules"))
    built, past = (tuple(Known(**one) for one in record[kind]) for kind in ("built", "past"))
    decisions = tuple(
        Decision(one["measure"], {int(year): (pair[0], pair[1]) for year, pair in one["amounts"].items()}, one["invested"])
        for one in record["decisions"]
    )
    asked = {name: tuple(pair) for name, pair in record["asked"].items()}
    short = (tuple(Shortfall(**one) for one in record.get(name, ())) for name in ("short_then", "short_now"))
    return Since(record["run"], records, numbers, rules, asked, built, past, decisions, record["low"], record["high"], *short)


def same_case(earlier: Run, case: str) -> None:
    """Raises RunError where the earlier run is one of another case."""
    if earlier.manifest["case"] != case:
        raise RunError("since_other_case", run=earlier.name, other=earlier.manifest["case"], case=case)


def since(earlier: Run, later: Run) -> Since:
    """Raises RunError as `same_case` and `compare` do."""
    same_case(earlier, str(later.manifest["case"]))
    apart = compare([earlier, later])
    kinds: dict[str, list[Input]] = {"records": [], "rules": [], "numbers": []}
    for found in apart.inputs:
        one = replace(found, run=str(later.manifest.get("run", later.name)))
        published = one.table == "facts" and _role(later, one.row) == "record"
        kinds["records" if one.table in RECORDS or published else "rules" if one.table in RULES else "numbers"].append(one)
    cost, known = apart.costs[1], tuple(_known(earlier.results, later.results, _recorded_until(later)))
    first = int(earlier.results.attrs["decide_from"])
    return Since(
        earlier.name, tuple(sorted(kinds["records"], key=lambda one: one.table != "official")), tuple(kinds["numbers"]), tuple(kinds["rules"]), dict(apart.asked),
        tuple(sorted((one for one in known if one.year >= first), key=lambda one: (not one.differs, one.word_now == UNRECORDED, one.year, one.measure))),
        tuple(one for one in known if one.year < first and one.differs), decisions(earlier.results, later.results), cost.low, cost.high,
        apart.costs[0].short, cost.short,
    )  # fmt: skip


def _recorded_until(run: Run) -> dict[str, int]:
    """{measure: the last year that a row of its record tells of}; of a run stored without its inputs nothing is known."""
    rows = read_case(run.inputs, overlays=run.overlays).tables["actuals"] if run.inputs.exists() else ()
    found = dict[str, int]()
    for row in rows:
        if row.value is not None:
            found[row.measure] = max(row.year, found.get(row.measure, row.year))
    return found


def _role(run: Run, fact: str) -> str:
    return next((str(row.role) for row in read_case(run.inputs, overlays=run.overlays).tables["facts"] if row.id == fact), "")


def _shared(before: xr.Dataset, after: xr.Dataset) -> tuple[list[str], list[int]]:
    """Measures and years of building that both have."""
    known = [str(k) for k in after["measure"].values if k in before["measure"].values]
    return known, [int(y) for y in after["build_year"].values if y in before["build_year"].values]


def _known(before: xr.Dataset, after: xr.Dataset, recorded_until: Mapping[str, int]) -> Iterator[Known]:
    """Every amount above dust, then or now, of the years that are past now; nothing that stands now may be so by the record, or for want of one."""
    known, years = _shared(before, after)
    years = [y for y in years if y < int(after.attrs["decide_from"])]
    amounts = [data["build"].sel(measure=known, build_year=years).transpose("measure", "build_year").values for data in (before, after)]
    words = [_words(data, known, years) for data in (before, after)]
    for i, k in enumerate(known):
        for j, y in enumerate(years):
            then, now = (float(one[i, j]) for one in amounts)
            if max(abs(then), abs(now)) > moved:
                word = str(words[1][i, j]) or ("" if y <= recorded_until.get(k, y - 1) else UNRECORDED)
                yield Known(k, y, then, now, str(words[0][i, j]), word)


def _words(data: xr.Dataset, known: list[str], years: list[int]) -> np.ndarray:
    """How each amount is known, shape (measures, years): planned, where all years are decided."""
    if "build_word" not in data:
        return np.full((len(known), len(years)), "planned")
    return data["build_word"].sel(measure=known, build_year=years).transpose("measure", "build_year").values


def decisions(before: xr.Dataset, after: xr.Dataset) -> tuple[Decision, ...]:
    """Measures that are built otherwise in the years that both runs decide, by more than dust; the largest investment first."""
    first = max(int(data.attrs["decide_from"]) for data in (before, after))
    known, years = _shared(before, after)
    years = [y for y in years if y >= first]
    old, new = (data["build"].sel(measure=known, build_year=years).transpose("measure", "build_year").values for data in (before, after))
    invested = [_invested(data, first).sel(measure=known).values for data in (before, after)]
    apart = np.abs(new - old) > np.maximum(moved, decided_otherwise * np.maximum(np.abs(old), np.abs(new)))
    found = [
        Decision(
            k, {years[j]: (float(old[i, j]), float(new[i, j])) for j in np.flatnonzero(apart[i])}, float(invested[1][i] - invested[0][i])
        )
        for i, k in enumerate(known)
        if apart[i].any()
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.invested), one.measure)))


def _invested(data: xr.Dataset, first: int) -> xr.DataArray:
    """Cash invested from a year on, 亿元, dim measure."""
    return (data["investment_cash"] * data["span_years"]).where(data["year"] >= first, 0.0).sum("year")
