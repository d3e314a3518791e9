"""Typical days: 365 laid out from periods and day types, fewer chosen by tsam, days of the year kept beside them, a stress spell of linked days added."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from model.case.parameters.day_choice import ALL_DAYS, DayChoice, OwnDays, days_per_year
from model.case.read.canonical import full_load_unit
from model.case.read.case import Case
from model.case.tables.hours import HOURS
from model.case.units.registry import factor

SEED = 20201231
hours_per_day = len(HOURS)
hours_per_year = days_per_year * hours_per_day
Order = Literal["drawn", "repeated", "given"]
SPELL = "stress"  # with its number, the name of a day of the spell; typical ones are d1, d2, …


@dataclass(frozen=True)
class Days:
    """Chosen days. `values[profile]` has shape (days, hours); `weight` and `previous` have shape (days,).

    `previous[d]` is the day whose last hour comes before day d's first: d itself for a typical day (cyclic),
    the day before for the linked days of the stress spell, which closes on itself. `calendar` is the place of the typical day
    that stands for each of the 365 days of the year, `period` the place of the period that each of them lies in, shape (365,).
    """

    names: tuple[str, ...]
    weight: np.ndarray
    previous: np.ndarray
    values: dict[str, np.ndarray]
    calendar: np.ndarray
    period: np.ndarray


def choose_days(case: Case, choice: DayChoice, settings: dict[str, float], *, means: bool = False) -> Days:
    """The days a model is run on: those of the choice, typical ones first, and the stress spell of `settings`.

    Yearly yields and means of every profile are kept, whatever the choice; a day of the year stays as it is. By `means` each typical day is
    the mean of those it stands for.
    """
    year, periods = lay_out(case), in_order(case)
    period = np.repeat(np.arange(len(periods)), [round(row.days) for row in periods])
    if not year:
        return Days(("d1",), np.array([float(days_per_year)]), np.array([0]), {}, np.zeros(days_per_year, dtype=int), period)
    demand_shapes = sorted({row.shape for row in case.tables["demands"] if row.shape})
    weight, values, calendar, made = _chosen(year, choice, demand_shapes)
    if means:
        values = {profile: np.vstack([rows[calendar == day].mean(axis=0) for day in range(len(weight))]) for profile, rows in year.items()}
    names = [f"d{day + 1}" for day in range(len(weight))]
    previous = list(range(len(weight)))
    spell = int(settings["stress_days"])
    if spell:
        weight = weight * (1 - spell * settings["stress_weight"] / days_per_year)
        weight = np.concatenate([weight, np.full(spell, settings["stress_weight"])])
        hard = _stress_days(case, year, demand_shapes, settings)
        values = {profile: np.vstack([rows, hard[profile]]) for profile, rows in values.items()}
        first = len(previous)
        previous += [first + (day - 1) % spell for day in range(spell)]
        names += [f"{SPELL}{day + 1}" for day in range(spell)]
    totals = {profile: rows.sum() for profile, rows in year.items()}
    values = {profile: _keep_total(rows, weight, totals[profile], made) for profile, rows in values.items()}
    return Days(tuple(names), weight, np.array(previous), values, calendar, period)


def in_order(case: Case) -> list[Any]:
    """The periods of the year as they follow one another: m1, m2, … m12."""
    return sorted(case.tables["periods"], key=lambda row: (len(row.id), row.id))


def lay_out(case: Case) -> dict[str, np.ndarray]:
    """The 365 days of the year for every profile, shape (365, 24), rescaled to each profile's own yield.

    Day types are dealt out within each period in proportion to their shares (largest remainder), in an order drawn
    from a fixed seed; profiles with the same day types get the same days (utility and rooftop sun, say).
    """
    hours = {(row.profile, row.period): [row.model_dump()[name] for name in HOURS] for row in case.tables["profile_days"]}
    periods = in_order(case)
    laid: dict[str, np.ndarray] = {}
    for profile in sorted(case.tables["profiles"], key=lambda row: row.id):
        types = sorted((row for row in case.tables["day_types"] if row.profile == profile.id), key=lambda row: row.id)
        kinds = [(row.share, row.value * factor(row.unit, "1")) for row in types] or [(1.0, 1.0)]
        generator = np.random.default_rng([SEED, *(int(1e6 * number) for kind in kinds for number in kind)])
        blocks = [
            _deal(kinds, round(period.days), generator)[:, None] * np.array(hours[profile.id, period.id])[None, :] for period in periods
        ]
        laid[profile.id] = _rescale(np.vstack(blocks), profile)
    return laid


def _deal(kinds: list[tuple[float, float]], days: int, generator: np.random.Generator) -> np.ndarray:
    wanted = np.array([share * days for share, _ in kinds])
    counts = np.floor(wanted).astype(int)
    for index in np.argsort(counts - wanted, kind="stable")[: days - counts.sum()]:
        counts[index] += 1
    return generator.permutation(np.repeat([factor for _, factor in kinds], counts))


def _rescale(rows: np.ndarray, profile: Any) -> np.ndarray:
    if profile.kind == "shape":
        return rows / rows.mean()
    full_load_hours = profile.value * factor(profile.unit, full_load_unit(profile.unit))
    for _ in range(20):
        rows = np.minimum(rows * (full_load_hours / rows.sum()), 1.0)
    return rows


Typical = tuple[
    np.ndarray, dict[str, np.ndarray], np.ndarray
]  # days that each stands for, hours of each, and its place on each day of the year


@dataclass(frozen=True)
class Calendar:
    """All days of a year, days alike told as one where nothing links them: `periods[d]` are the periods in which the days stand that are like day d, d1 first.

    The earliest day of each stands in `first`, 1 to 365. `order` is "drawn" where kinds of day are dealt out within their periods, "repeated" where the days of a period are the same, "given" where
    each day is a period of its own. `days` is the number of typical days by which a model has just these: days stored over are told one by one.
    """

    periods: tuple[tuple[str, ...], ...]
    first: tuple[int, ...]
    order: Order
    days: int


def calendar_of(case: Case) -> Calendar:
    """The days of a case's year as a model on all of them has them, in its order."""
    year, periods = lay_out(case), sorted(case.tables["periods"], key=lambda row: (len(row.id), row.id))
    order: Order = "drawn" if case.tables["day_types"] else "repeated" if any(round(row.days) > 1 for row in periods) else "given"
    if not year:
        return Calendar((tuple(row.id for row in periods),), (1,), order, days_per_year)
    of_day = [row.id for row in periods for _ in range(round(row.days))]
    if any(row.span != "day" for row in case.tables["technologies"]):
        return Calendar(tuple((period,) for period in of_day), tuple(range(1, days_per_year + 1)), order, ALL_DAYS)
    alike = _alike(np.hstack(list(year.values())))[2].ravel()
    return Calendar(
        tuple(tuple(dict.fromkeys(of_day[at] for at in np.flatnonzero(alike == day))) for day in range(alike.max() + 1)),
        tuple(int(np.argmax(alike == day)) + 1 for day in range(alike.max() + 1)),
        order,
        days_per_year,
    )


def _alike(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distinct days, how often each comes, and which of them each day is."""
    return _told_apart(np.round(table, 9).tobytes(), len(table))


@lru_cache(maxsize=16)
def _told_apart(rows: bytes, days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same; kept, as `_aggregated` is."""
    found = np.unique(np.frombuffer(rows).reshape(days, -1), axis=0, return_counts=True, return_inverse=True)
    distinct, of_day, counts = found
    for made in found:
        made.setflags(write=False)
    return distinct, counts, of_day


def _chosen(
    year: dict[str, np.ndarray], choice: DayChoice, demand_shapes: list[str]
) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray, int]:
    """Days as `Typical` has them, and how many of them, the first, are made to stand for others."""
    if not isinstance(choice, OwnDays):
        found = _typical(year, choice, demand_shapes)
        return *found, len(found[0])
    _, counts, of_day = _alike(np.hstack(list(year.values())))
    of_day = of_day.ravel()
    kinds = list(dict.fromkeys(int(of_day[day - 1]) for day in choice.own))
    rest = ~np.isin(of_day, kinds)
    own = [int(np.argmax(of_day == kind)) for kind in kinds]
    calendar = np.zeros(days_per_year, dtype=int)
    weight, values = np.zeros(0), {profile: np.zeros((0, hours_per_day)) for profile in year}
    if rest.any():
        weight, values, calendar[rest] = _typical(
            {profile: rows[rest] for profile, rows in year.items()}, choice.typical, demand_shapes, scaled=False
        )
    for place, kind in enumerate(kinds):
        calendar[of_day == kind] = len(weight) + place
    values = {profile: np.vstack([values[profile], rows[own]]) for profile, rows in year.items()}
    return np.concatenate([weight, counts[kinds].astype(float)]), values, calendar, len(weight)


def _typical(year: dict[str, np.ndarray], number: int, demand_shapes: list[str], *, scaled: bool = True) -> Typical:
    """Typical days of what is laid out, `scaled` to its means, or as they are where that is done with other days beside them."""
    profiles = list(year)
    table = np.hstack([year[profile] for profile in profiles])
    distinct, counts, calendar = _alike(table) if number != ALL_DAYS else (table, np.ones(len(table), dtype=int), np.arange(len(table)))
    if number == ALL_DAYS or len(distinct) <= number:
        hours = {profile: distinct[:, place * hours_per_day : (place + 1) * hours_per_day] for place, profile in enumerate(profiles)}
        return counts.astype(float), hours, calendar.ravel()
    return _clustered(year, number, demand_shapes, scaled=scaled)


def _clustered(year: dict[str, np.ndarray], number: int, demand_shapes: list[str], *, scaled: bool) -> Typical:
    varying = {profile: rows for profile, rows in year.items() if np.ptp(rows) > 0}
    hours = np.stack([rows.ravel() for rows in varying.values()])
    peaks = tuple(profile for profile in demand_shapes if profile in varying)
    counts, chosen, calendar = _aggregated(tuple(varying), hours.tobytes(), number, peaks, scaled)
    return counts, {profile: chosen.get(profile, rows[: len(counts)]) for profile, rows in year.items()}, calendar


@lru_cache(maxsize=16)
def _aggregated(profiles: tuple[str, ...], hours: bytes, number: int, peaks: tuple[str, ...], scaled: bool) -> Typical:
    """The days chosen; kept, since base year, baseline, plan and scenarios share their weather."""
    import tsam  # heavy, and only needed here

    table = pd.DataFrame(
        np.frombuffer(hours).reshape(len(profiles), -1).T,
        columns=list(profiles),
        index=pd.date_range("2021-01-01", periods=len(hours) // len(profiles) // np.dtype(float).itemsize, freq="h"),
    )
    chosen = tsam.aggregate(
        table,
        number,
        cluster=tsam.ClusterConfig(method="hierarchical", representation="medoid"),
        preserve_column_means=scaled,
        extremes=tsam.ExtremeConfig(method="replace", max_period=list(peaks)) if peaks and number > len(peaks) else None,
    )
    clusters, representatives = sorted(chosen.cluster_counts), chosen.cluster_representatives
    made = {profile: np.vstack([representatives.loc[cluster][profile].to_numpy() for cluster in clusters]) for profile in profiles}
    counts = np.array([float(chosen.cluster_counts[cluster]) for cluster in clusters])
    calendar = np.searchsorted(clusters, chosen.cluster_assignments)
    for rows in (counts, calendar, *made.values()):
        rows.setflags(write=False)
    return counts, made, calendar


def _stress_days(case: Case, year: dict[str, np.ndarray], demand_shapes: list[str], settings: dict[str, float]) -> dict[str, np.ndarray]:
    """The linked days of the spell, shape (days, hours): a mean day of the hardest period, then the hard days.

    The mean day is where storage fills up for what follows.
    """
    periods = in_order(case)
    edges = np.cumsum([0, *(round(period.days) for period in periods)])
    means = [{profile: rows[start:stop].mean(axis=0) for profile, rows in year.items()} for start, stop in pairwise(edges)]
    hardest = max(means, key=lambda mean: sum(mean[profile].mean() for profile in demand_shapes))
    kinds = {row.id: row.kind for row in case.tables["profiles"]}
    factors = {
        profile: settings["stress_variable"] if kind == "availability" else settings["stress_load"] if profile in demand_shapes else 1.0
        for profile, kind in kinds.items()
    }
    hard = int(settings["stress_days"]) - 1
    return {profile: np.outer([1.0, *[factors[profile]] * hard], hardest[profile]) for profile in year}


def _keep_total(rows: np.ndarray, weight: np.ndarray, total: float, typical: int) -> np.ndarray:
    """The days with the first of them scaled so that all make the total."""
    now = (rows[:typical].sum(axis=1) * weight[:typical]).sum()
    rest = (rows[typical:].sum(axis=1) * weight[typical:]).sum()
    kept = rows.copy()
    if now > 0:
        kept[:typical] *= max(0.0, total - rest) / now  # a spell may take more than days have that hold next to nothing
    return kept
