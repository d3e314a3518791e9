"""Progress against a run: what it brings into force and by when that must be begun, what was reported of it, how that stands, and what it leaves to be held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

import xarray as xr

from model.case.faults import Place
from model.results.next_years import dust, is_forecast, least_share
from model.results.schedule import Amounts, same_amount

State = Literal["finished", "under_way", "not_begun", "delayed", ""]
Standing = Literal["finished", "on_time", "at_risk", "late", "unreported"]
STATES: tuple[State, ...] = ("finished", "under_way", "not_begun", "delayed")
STANDINGS: tuple[Standing, ...] = ("late", "at_risk", "on_time", "finished", "unreported")
all_of_it = 1 - 1e-6  # of an amount planned


@dataclass(frozen=True)
class Task:
    """What a run brings into force of a measure in a modelled year, in its own unit; `begin` is the calendar year in which it must be begun for that."""

    measure: str
    lead: str
    year: int
    begin: int
    lead_time: int
    planned: float


@dataclass(frozen=True)
class Entry:
    """A task as it is reported: what of it is `done` (None: nothing said), in the measure's own unit, and by when the rest is expected. `place` is that of the
    amount done; `date` and `source` are those of the amount."""

    task: Task
    done: float | None
    state: State
    expected: int | None
    reason: str
    date: date | None
    source: str
    place: Place
    date_place: Place
    expected_place: Place

    @property
    def got(self) -> float:
        """What is in force of it: all of it where it is finished and no amount is given."""
        return self.done if self.done is not None else self.task.planned if self.state == "finished" else 0.0


def last_over(on: date) -> int:
    """The last year that is over at a day: on its last day a year is.

    >>> last_over(date(2026, 12, 31)), last_over(date(2026, 12, 30))
    (2026, 2025)
    """
    return on.year if (on.month, on.day) == (12, 31) else on.year - 1


def tasks(results: xr.Dataset, *, until: int) -> tuple[Task, ...]:
    """What comes into force up to the year `until`, or must be begun by then, of the years that are decided; by bureau, begin and measure. What owners buy or renew by
    themselves is nobody's task.

    Of a span of years the first must be begun in time.
    """
    since, build = int(results.attrs["decide_from"]), results["build"].transpose("measure", "build_year")
    lengths = dict(zip(results["year"].values.tolist(), results["span_years"].values.tolist(), strict=True))
    leads = results["measure_lead"].values.tolist() if "measure_lead" in results else [""] * build.sizes["measure"]
    times = results["measure_lead_time"].values.tolist() if "measure_lead_time" in results else [0] * build.sizes["measure"]
    found, forecast = [], is_forecast(results)
    for k, lead, time, amounts in zip(build["measure"].values.tolist(), leads, times, build.values.tolist(), strict=True):
        least = max(dust, least_share * max(map(abs, amounts), default=0.0))
        for y, amount in zip(build["build_year"].values.tolist(), amounts, strict=True):
            begin = max(int(y - lengths[y] + 1) - int(time), since)
            if y >= since and amount > least and begin <= until and not forecast[k]:
                found.append(Task(k, str(lead), int(y), begin, int(time), amount))
    return tuple(sorted(found, key=lambda one: (one.lead, one.begin, one.measure, one.year)))


def standing(entry: Entry, on: date) -> Standing:
    """How a task stands at a day: late where its year is over or it is expected after it, at risk where it must have begun in a year that is over and has not."""
    task, over = entry.task, last_over(on)
    if entry.state == "finished" or entry.got >= task.planned * all_of_it:
        return "finished"
    if not entry.state and entry.done is None:
        return "unreported"
    if task.year <= over or (entry.expected or task.year) > task.year:
        return "late"
    begun = entry.state == "under_way" or entry.got > 0
    return "at_risk" if not begun and task.begin <= over else "on_time"


def earliest(entry: Entry, on: date) -> int:
    """The year in which the rest of a task can be in force: as expected, or after its whole lead time where it is not begun, or as soon as a year is not over."""
    if entry.expected is not None and entry.expected > entry.task.year:
        return entry.expected
    begun = entry.state == "under_way" or entry.got > 0
    return last_over(on) + 1 + (0 if begun else entry.task.lead_time)


@dataclass(frozen=True)
class Held:
    """The plan as reported: `stands` are amounts by (measure, modelled year) that are other than the run's, with the entry that moved each; `amounts` is all that
    is held. Of what nobody reported and what is only expected `least` has how much is a fact; all other amounts are facts whole."""

    stands: Mapping[tuple[str, int], tuple[float, Entry]]
    amounts: Amounts
    least: Amounts


def held(entries: Iterable[Entry], results: xr.Dataset, *, on: date) -> Held:
    """What is done stands in its year, what is late in the year it is expected, with nothing of it in between; where no year is expected the plan is free
    from the earliest that can be. Years that are over stand as they are, whoever reported nothing of them; what is under way in time stays as planned.
    """
    since, build = int(results.attrs["decide_from"]), results["build"].transpose("measure", "build_year")
    years = [y for y in build["build_year"].values.tolist() if y >= since]
    own = {(k, y): float(build.sel(measure=k, build_year=y)) for k in build["measure"].values.tolist() for y in years}
    now, moved = dict(own), dict[tuple[str, int], Entry]()
    kept = {key for key in own if key[1] <= last_over(on)}
    facts, told = dict[tuple[str, int], float](), set[tuple[str, int]]()
    for entry in entries:
        k, y, found = entry.task.measure, entry.task.year, standing(entry, on)
        if found == "unreported":
            continue
        came = min(y, _modelled(years, max(since, min(entry.date or on, on).year)) or y) if entry.got else y
        told |= {(k, y), (k, came)}
        facts[k, came] = facts.get((k, came), 0.0) + entry.got
        rest = 0.0 if found == "finished" else max(0.0, entry.task.planned - entry.got)
        to = _modelled(years, earliest(entry, on)) if found == "late" else y
        expected = found != "late" or entry.expected is not None
        for year, amount in ((y, -entry.task.planned), (came, entry.got), (to, rest if expected else 0.0)):
            if year is not None and amount:
                now[k, year] += amount
                moved.setdefault((k, year), entry)
        if found == "late":
            kept |= {(k, year) for year in years if min(y, came) <= year and (to is None or year < to + expected)}
        elif found == "finished" or entry.got or entry.state == "under_way":
            kept |= {(k, came), (k, y)}
    amounts = {key: max(0.0, now[key]) for key in sorted(kept)}
    stands = {
        key: (amounts[key], moved[key])
        for key in amounts
        if key in moved and abs(amounts[key] - own[key]) > same_amount * max(1.0, own[key])
    }
    exact = {key: amount if key in stands else own[key] for key, amount in amounts.items()}
    open_ones = {key for key in exact if key[1] > last_over(on) or key not in told}
    least = {key: min(facts.get(key, 0.0), exact[key]) for key in open_ones}
    return Held(stands, exact, {key: amount for key, amount in least.items() if amount < exact[key] * all_of_it})


def _modelled(years: Sequence[int], year: int) -> int | None:
    """The modelled year whose span a year is in; None after the last."""
    return next((one for one in years if one >= year), None)


def to_begin(entries: Iterable[Entry], results: xr.Dataset, *, on: date) -> tuple[Task, ...]:
    """What a plan must have begun by the end of the year after the one that runs, and is not reported as begun or finished."""
    begun = {(one.task.measure, one.task.year) for one in entries if one.state in ("under_way", "finished") or one.got}
    over = last_over(on)
    open_ones = [one for one in tasks(results, until=over + 2) if one.year > over and (one.measure, one.year) not in begun]
    return tuple(sorted(open_ones, key=lambda one: (one.begin, one.lead, one.measure, one.year)))


def progress_record(entries: Sequence[Entry], *, on: date, against: str) -> dict[str, Any]:
    """All that is reported as plain records, with how each task stands and how many stand how."""
    told = [entry_record(one, on) for one in entries]
    return {
        "against": against,
        "date": on.isoformat(),
        "counts": {name: sum(one["standing"] == name for one in told) for name in STANDINGS},
        "entries": told,
    }


def entry_record(entry: Entry, on: date) -> dict[str, Any]:
    """As a plain record."""
    return task_record(entry.task) | {
        "done": entry.done, "state": entry.state, "expected": entry.expected, "reason": entry.reason, "date": entry.date.isoformat() if entry.date else None,
        "source": entry.source, "standing": standing(entry, on),
    }  # fmt: skip


def task_record(task: Task) -> dict[str, Any]:
    """As a plain record."""
    return asdict(task)
