"""Ramps: how fast the yearly additions of a named group of measures may grow and shrink, from what was last on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.case.parameters.accounts import chosen_variants
from model.case.parameters.acting import years_in_force
from model.case.parameters.history import history_timeline
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.stock import Stock
from model.case.parameters.survival import Standing, at_age, curves
from model.case.parameters.timeline import FOREVER, Span, entering, last_year_in_force
from model.case.read.case import Case
from model.case.tables.rows import Measure, Ramp
from model.case.units.registry import factor

recorded_years = 3


@dataclass(frozen=True)
class RampRow:
    """One group in one span, in group units: its additions a year are compared with those of the tested span before (`before`, 0 for none).

    Additions are those of the `years` of the span in which decisions count, less what was `recorded` there and less what renews like by like:
    of that there can be `leaving` (stock that stands by itself) and `ended` ({(measure, build year): group units per unit built}).
    `let_in` is what is committed there beyond the growth: it obliges nothing in the span after.
    `up`: at most `up_limit + up_growth · before`. `down`: at least `down_hold · before − down_limit`, by so much a smaller share as less can be
    built in the span, unless the group's level has reached `full_level` (NaN where it has no potential); `most` is what that then lets off.
    """

    ramp: str
    year: int
    before: int
    years: float
    recorded: float
    leaving: float
    ended: Mapping[tuple[str, int], float]
    up: bool
    up_limit: float
    up_growth: float
    down: bool
    down_limit: float
    down_hold: float
    full_level: float
    most: float
    let_in: float


@dataclass(frozen=True)
class Ramps:
    """Groups with their measures ({(ramp, measure): group units per unit of the measure}), and the rows they make."""

    members: Mapping[tuple[str, str], float] = field(default_factory=dict)
    rows: tuple[RampRow, ...] = ()


def ramps(case: Case, scope: Scope, numbers: Numbers, stock: Stock) -> Ramps:
    """Every group in every span from the first in which any of its measures can be decided; what is given by commitments alone before it is its start."""
    if scope.measures == "none":
        return Ramps()
    places = {row.id: place for place, row in enumerate(sorted(case.tables["measures"], key=lambda row: row.id))}
    members: dict[tuple[str, str], float] = {}
    rows: list[RampRow] = []
    for ramp in sorted(case.tables["ramps"], key=lambda row: row.id):
        mine = [row for row in case.tables["measures"] if row.id in ramp.measures]
        group = _Group(case, scope, numbers, stock, ramp, mine, np.array([places[row.id] for row in mine]))
        members |= {(ramp.id, row.id): size for row, size in zip(mine, group.sizes.tolist(), strict=True)}
        rows += group.rows()
    return Ramps(members, tuple(rows))


def compounded(amount: float, share: float, years: float) -> float:
    """What `amount` a year comes to in so many years in which what there is moves by a share each year.

    >>> compounded(1.0, 0.5, 2), compounded(2.0, 0.0, 1.5), compounded(1.0, -0.5, 2)
    (2.5, 3.0, 1.5)
    """
    return amount * years if not share else amount * ((1 + share) ** years - 1) / share


class _Group:
    """One group: its sums by span, and the rows they make."""

    def __init__(
        self, case: Case, scope: Scope, numbers: Numbers, stock: Stock, ramp: Ramp, measures: list[Measure], places: np.ndarray
    ) -> None:
        self._case, self._scope, self._numbers, self._stock = case, scope, numbers, stock
        self._ramp, self._measures, self._places = ramp, measures, places
        self.sizes = np.array([factor(row.unit, ramp.unit) for row in measures])
        whole = self.sizes * stock.unit_size[places] * stock.whole[places]
        self._unit = float(whole.max(initial=0.0))

    def rows(self) -> list[RampRow]:
        """From the first span of decisions on where it is known what was added before or what is under way, else from the first that is open."""
        timeline, first = self._scope.timeline, self._scope.decide_from
        opened = self._stock.open_years[self._places].max(axis=0, initial=0.0) > 0
        if not opened.any():
            return []
        start, recent, made = int(opened.argmax()), self._recent(), list[RampRow]()
        given = [place for place, span in enumerate(timeline[:start]) if span.last >= first]
        known = any(self._committed(place, 1.0) > 0 for place in given) or (first > timeline[0].first and not np.isnan(recent))
        for place in (*(given if known else ()), *range(start, len(timeline))):
            span = timeline[place]
            years = float(span.last - max(span.first, first) + 1)
            before = made[-1] if made else None
            apart = (years + (before.years if before else 1.0)) / 2
            made.append(self._row(place, years, apart=apart, before=before, recent=recent, decided=place >= start))
        return made

    def _row(self, place: int, years: float, *, apart: float, before: RampRow | None, recent: float, decided: bool) -> RampRow:
        up, start, down, stop = (self._number(name) for name in ("up", "start", "down", "stop"))
        known = before is not None or not np.isnan(recent)
        at_first = recent if before is None and known else 0.0
        growth, hold = (1 + up) ** apart, (1 - (0.0 if np.isnan(down) else down)) ** apart
        limit = compounded(max(start, self._unit), up, apart)
        committed, earlier = self._committed(place, years), at_first if before is None else self._committed(place - 1, before.years)
        falls = known and decided and self._numbers.given(self._ramp.id, "down") and self._scope.measures == "all" and not self._ends(place)
        less = compounded(max(stop, self._unit), -down, apart) if falls else 0.0
        held = self._held(place, years, before, recent=at_first, hold=hold, less=less) if falls else 1.0
        return RampRow(
            ramp=self._ramp.id,
            year=self._scope.timeline[place].last,
            before=before.year if before else 0,
            years=years,
            recorded=float(self.sizes @ self._stock.build_past[self._places, place]),
            leaving=self._leaving(place),
            ended=self._ended(place),
            up=known and decided,
            up_limit=max(limit, committed - growth * earlier) + growth * at_first,
            up_growth=growth,
            down=falls,
            down_limit=held * (less - hold * at_first + hold * (before.let_in if before else 0.0)),
            down_hold=held * hold,
            full_level=self._full_level(place, max(stop, self._unit)) if falls else np.nan,
            most=self._most(place, before, hold=hold, at_first=at_first),
            let_in=max(0.0, committed - growth * earlier - limit) if known else 0.0,
        )

    def _number(self, name: str) -> float:
        return self._numbers.constant("ramps", self._ramp.id, name, missing=0.0 if name == "stop" else np.nan)

    def _recent(self) -> float:
        """Added a year when decisions begin, NaN where nothing is known: as told, or the mean of the last three years of which a row tells.

        Each measure counts in the spans of its rows, with what the past has of it there, an estimate as it stands in its range, in each year as much.
        """
        if self._numbers.given(self._ramp.id, "recent"):
            return self._number("recent")
        past, built = history_timeline(self._scope.timeline, self._scope.decide_from), dict[int, float]()
        amounts = self.sizes[:, None] * self._stock.build_past[self._places]
        for row, mine in zip(self._measures, amounts.tolist(), strict=True):
            told = {one.year for one in self._case.tables["actuals"] if one.measure == row.id}
            for span, amount in zip(past, mine, strict=False):
                years = range(span.first, span.last + 1)
                for year in years if told & set(years) else ():
                    built[year] = built.get(year, 0.0) + amount / span.years
        last = sorted(built)[-recorded_years:]
        return sum(built[year] for year in last) / len(last) if last else np.nan

    def _committed(self, place: int, years: float) -> float:
        """What comes by commitments alone, a year of the span."""
        coming = self._stock.build_lower[self._places, place] - self._stock.build_past[self._places, place]
        return float(self.sizes @ coming) / years

    def _leaving(self, place: int) -> float:
        """What stands by itself and leaves in the span, of technologies that the group adds to."""
        span, adds = self._scope.timeline[place], dict[str, float]()
        for row in self._case.tables["effects"]:
            for measure, size in zip(self._measures, self.sizes.tolist(), strict=True):
                if row.measure == measure.id and (row.value or 0.0) > 0:
                    adds.setdefault(row.item, size / self._numbers.canonical("effects", row))
        standing = Standing(self._case, self._numbers)
        return sum(adds[row.technology] * standing.leaving(row, span) for row in self._case.tables["existing"] if row.technology in adds)

    def _ended(self, place: int) -> dict[tuple[str, int], float]:
        """{(measure, build year): group units of one unit built that end in the span}."""
        timeline, curve_of = self._scope.timeline, curves(self._case, self._numbers)
        ended: dict[tuple[str, int], float] = {}
        for row, size in zip(self._measures, self.sizes.tolist(), strict=True):
            if row.survival is not None:
                curve = curve_of[row.survival]
                since, until = timeline[place].first - 1, timeline[place].last
                left = {v.last: at_age(curve, since - v.first) - at_age(curve, until - v.first) for v in timeline[:place]}
                ended |= {(row.id, built_year): size * share for built_year, share in left.items() if share > 0}
                continue
            lasts = years_in_force(row, self._numbers)
            for built in timeline[:place]:
                parts = entering(built, self._scope.span_rule)
                if ends := sum(_ends_in(timeline[place], last_year_in_force(part, lasts)) for part in parts):
                    ended[row.id, built.last] = size * (ends / len(parts))
        return ended

    def _ends(self, place: int) -> bool:
        """Whether a date or a ban ends any of the group's measures by this span."""
        last, open_years = self._scope.timeline[place].last, self._stock.open_years[self._places]
        dated = any(row.latest is not None and row.latest < last for row in self._measures)
        shut = (open_years[:, :place].max(axis=1, initial=0.0) > 0) & (open_years[:, place] <= 0)
        return dated or bool(shut.any()) or last >= self._banned_from()

    def _banned_from(self) -> float:
        """First year of a phase-out that counts any of the group's measures, or what they add to."""
        chosen, mine = chosen_variants(self._case), {row.id for row in self._measures}
        adds = {row.item for row in self._case.tables["effects"] if row.measure in mine and (row.value or 0.0) > 0}
        counted = {row.indicator for row in self._case.tables["accounts"] if row.item in mine | adds} | adds
        return min(
            (
                row.year
                for row in self._case.tables["targets"]
                if row.form == "phase_out" and row.value is not None and row.id not in self._scope.dropped
                and chosen.get(row.indicator, row.indicator) in counted
            ),
            default=FOREVER,
        )  # fmt: skip

    def _held(self, place: int, years: float, before: RampRow | None, *, recent: float, hold: float, less: float) -> float:
        """Share of a floor that is asked: all of it, unless the most that could be added before would ask for more than can be built in this span."""
        most_before = recent if before is None else self._most_added(place - 1, before.years) - before.let_in
        asked, reach = hold * most_before - less, self._most_added(place, years)
        return reach / asked if reach < asked < np.inf else 1.0

    def _most_added(self, place: int, years: float) -> float:
        """Most that paces, lead times and potentials let a group add a year of a span, in group units; no end where one of its measures has none."""
        upper = np.minimum(self._stock.build_upper[self._places, place] - self._stock.build_past[self._places, place], self._room(place))
        return float(self.sizes @ upper) / years if (upper < NO_LIMIT).all() else np.inf

    def _full_level(self, place: int, unit: float) -> float:
        """The level from which on the group has no room for another `unit`; NaN where one of its measures has no potential."""
        potential = self._stock.potential[self._places, place]
        return float(self.sizes @ potential) - unit if (potential < NO_LIMIT).all() else np.nan

    def _most(self, place: int, before: RampRow | None, *, hold: float, at_first: float) -> float:
        """At most what a full group is let off: what it would have to add after the most that it can have added before."""
        if before is None:
            return hold * at_first
        upper = np.minimum(self._stock.build_upper[self._places, place - 1], self._room(place - 1))
        return hold * float(self.sizes @ upper) / before.years if (upper < NO_LIMIT).all() else 0.0

    def _room(self, place: int) -> np.ndarray:
        """Most that a potential lets in of each measure in one span."""
        share = self._stock.survival[self._places, place, place]
        return np.divide(self._stock.potential[self._places, place], share, out=np.full(len(share), NO_LIMIT), where=share > 0)


def _ends_in(span: Span, last: float) -> bool:
    """Whether what is in force until `last` is first missed in a span."""
    return last < FOREVER and span.first <= int(last) + 1 <= span.last
