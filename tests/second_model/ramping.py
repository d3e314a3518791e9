"""Ramps: what a group of measures adds a year, renewal apart, against what it added in the span before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from second_model.lasting import effects_of, in_force, lifetime, survives
from second_model.linear import Program, Sum, total
from second_model.stock import Stock, before_decisions, build_bounds, decided_years, most_built, potential, stands
from second_model.tables import Cells, is_yes, whole_number
from second_model.units import converted
from second_model.world import World


@dataclass(frozen=True)
class _Before:
    """What is added a year of a span, over how many years, which span, and what is let in there as committed beyond growth."""

    added: Sum
    years: float
    year: int
    let_in: float


def ramps(world: World, program: Program, stock: Stock) -> None:
    """Growth and fall of every group, in the spans from the first in which any of its measures can be decided."""
    for row in world.tables.of("ramps") if world.open_to != "none" else []:
        group = Group(world, row)
        before: _Before | None = None
        for year in group.held():
            before = _row(world, program, stock, group, year, before)


def _row(
    world: World, program: Program, stock: Stock, group: Group, year: int, before: _Before | None
) -> _Before:  # fmt: skip
    """The rows of one span."""
    name, years = f"{group.id} {year}", group.years(year)
    renewed = program.column(f"renewed {name}")
    ends = total((size * share, stock.build[k, v]) for k, size in group.sizes.items() for v, share in group.ending(k, year).items())
    program.row(f"renewed {name}", renewed, "<=", ends.add(Sum(group.leaving(year))))
    built = total((size / years, stock.build[k, year]) for k, size in group.sizes.items())
    added = Sum().add(built).add(renewed, -1 / years).add(Sum(-group.recorded(year) / years))
    program.row(f"added {name}", added, ">=", 0.0)
    recent = group.recent()
    if before is None and recent is None:
        return _Before(added, years, year, 0.0)
    last, apart = (Sum(recent or 0.0), (years + 1) / 2) if before is None else (before.added, (years + before.years) / 2)
    growth, limit, let_in = group.growing(year, before)
    if year >= group.starts():
        program.row(f"up {name}", added, "<=", total([(growth, last)]).add(Sum(limit)))
    down = group.number("down")
    if year >= group.starts() and down is not None and world.open_to == "all" and not group.ends(year):
        obliging = Sum().add(last).add(Sum(-before.let_in if before else 0.0))
        most_before = (recent or 0.0) if before is None else group.most_added(before.year) - before.let_in
        _fall(world, program, stock, group, year, added=added, last=obliging, most_before=most_before, down=down, apart=apart)
    return _Before(added, years, year, let_in)


def _fall(
    world: World, program: Program, stock: Stock, group: Group, year: int, *, added: Sum, last: Sum, most_before: float, down: float, apart: float
) -> None:  # fmt: skip
    """No less than a share of the span before, by as much less of it as can be built less, unless there is no room for what may stop at once."""
    name, kept = f"{group.id} {year}", (1 - down) ** apart
    smallest = max(group.number("stop") or 0.0, group.unit)
    less = _after(smallest, -down, apart)
    asked, reach = kept * most_before - less, group.most_added(year)
    share = reach / asked if reach < asked < math.inf else 1.0
    least = total([(share * kept, last)]).add(Sum(-share * less))
    room = [potential(world, row, year) for row in group.rows]
    if all(math.isfinite(one) for one in room):
        full = program.column(f"full {name}", upper=1.0, whole=True)
        level = total((size, stock.level[k, year]) for k, size in group.sizes.items())
        all_room = sum(size * one for size, one in zip(group.sizes.values(), room))
        program.row(f"full {name}", level, ">=", total([(all_room - smallest, full)]))
        least.add(full, -1e4)
    program.row(f"down {name}", added, ">=", least)


def _after(yearly: float, share: float, years: float) -> float:
    """What a yearly amount comes to while it moves by a share a year."""
    return yearly * years if share == 0 else yearly * ((1 + share) ** years - 1) / share


class Group:
    """A row of ramps with its measures and numbers."""

    def __init__(self, world: World, row: Cells) -> None:
        self._world, self.id = world, row["id"]
        self.rows = [one for one in world.tables.of("measures") if one["id"] in row["measures"].split(";")]
        self.sizes = {one["id"]: converted(1.0, one["unit"], row["unit"]) for one in self.rows}
        self.unit = max(
            (self.sizes[one["id"]] * world.sure(one["id"], "unit_size", world.years[0]) for one in self.rows if is_yes(one["whole"])),
            default=0.0,
        )

    def number(self, quantity: str) -> float | None:
        return self._world.number(self.id, quantity, self._world.years[0])

    def years(self, year: int) -> float:
        """Of a span, those that decisions count in."""
        return float(sum(t >= self._world.horizon.decide_from for t in self._world.horizon.span(year)))

    def held(self) -> list[int]:
        """Spans from the first in which any measure can be decided on; with those before it that are under way, where anything is known of them."""
        world, starts = self._world, self.starts()
        given = [year for year in world.years if world.horizon.decide_from <= year < starts < math.inf]
        known = any(self.committed(year) > 0 for year in given) or (world.has_past() and self.recent() is not None)
        return [*(given if known else ()), *(year for year in world.years if year >= starts)]

    def growing(self, year: int, before: _Before | None) -> tuple[float, float, float]:
        """By how much what is added a year may grow: its factor, what is added to that, and what of it is let in as committed."""
        years = self.years(year)
        apart = (years + (1.0 if before is None else before.years)) / 2
        earlier = (self.recent() or 0.0) if before is None else self.committed(before.year) / before.years
        up = self.number("up") or 0.0
        growth, limit = (1 + up) ** apart, _after(max(self.number("start") or 0.0, self.unit), up, apart)
        let_in = max(0.0, self.committed(year) / years - growth * earlier - limit)
        return growth, limit + let_in, let_in

    def growth(self) -> Iterator[tuple[int, float]]:
        """(span, what the group can add in it where it grows as fast as it may)."""
        before: _Before | None = None
        added = self.recent()
        for year in self.held():
            known, most = added is not None, self.most_added(year)
            growth, limit, let_in = self.growing(year, before)
            added = min(most, limit + growth * (added or 0.0)) if known and year >= self.starts() else most
            before = _Before(Sum(), self.years(year), year, let_in)
            yield year, added * before.years

    def _enters(self, row: Cells, year: int) -> bool:
        return bool(decided_years(self._world, row, year))

    def starts(self) -> float:
        return min((year for year in self._world.years if any(self._enters(row, year) for row in self.rows)), default=math.inf)

    def ends(self, year: int) -> bool:
        """A date, the end of all effects or a phase-out has ended a measure by this span."""
        before = [y for y in self._world.years if y < year]
        for row in self.rows:
            if (whole_number(row["latest"]) or math.inf) < year:
                return True
            if any(self._enters(row, y) for y in before) and not self._enters(row, year):
                return True
        return year >= self._banned()

    def _banned(self) -> float:
        world = self._world
        adds = {one["item"] for k in self.sizes for one in effects_of(world, k) if float(one["value"]) > 0}
        counts = {one["indicator"] for one in world.tables.of("accounts") if one["item"] in adds | set(self.sizes)} | adds
        chosen = {one["stands_for"]: one["id"] for one in world.tables.of("indicators") if one["stands_for"]}
        return min(
            (
                int(one["year"])
                for one in world.tables.of("targets")
                if one["form"] == "phase_out" and one["value"] and chosen.get(one["indicator"], one["indicator"]) in counts
            ),
            default=math.inf,
        )

    def recorded(self, year: int) -> float:
        """What of the builds of a span lies before decisions."""
        return sum(self.sizes[row["id"]] * before_decisions(self._world, row, year)[0] for row in self.rows)

    def committed(self, year: int) -> float:
        """What must come into force in a span beside what is past: committed, or begun as usual."""
        return sum(
            self.sizes[row["id"]] * (build_bounds(self._world, row, year)[0] - before_decisions(self._world, row, year)[0])
            for row in self.rows
        )

    def most_added(self, year: int) -> float:
        """Most that the measures can add a year of a span, by their bounds and by their potentials."""
        found = 0.0
        for row in self.rows:
            most = most_built(self._world, row, year) - before_decisions(self._world, row, year)[0]
            share = in_force(self._world, row, year, year)
            found += self.sizes[row["id"]] * min(most, potential(self._world, row, year) / share if share > 0 else math.inf)
        return found / self.years(year)

    def recent(self) -> float | None:
        """Added a year before decisions begin: as told, or the mean of the last three years with a row of a measure, each with what was really built of it."""
        told = self.number("recent")
        if told is not None:
            return told
        horizon, by_year = self._world.horizon, dict[int, float]()
        for row in self.rows:
            recorded = [int(one["year"]) for one in self._world.tables.of("actuals") if one["measure"] == row["id"]]
            for year in self._world.years:
                before = [t for t in horizon.span(year) if t < horizon.decide_from]
                if any(t in recorded for t in before):
                    share = self.sizes[row["id"]] * before_decisions(self._world, row, year)[0] / len(before)
                    by_year |= {t: by_year.get(t, 0.0) + share for t in before}
        last = [by_year[t] for t in sorted(by_year)[-3:]]
        return sum(last) / len(last) if last else None

    def ending(self, measure: str, year: int) -> dict[int, float]:
        """The spans of whose builds a share ends in this one, with that share."""
        world, row = self._world, next(one for one in self.rows if one["id"] == measure)
        years, found = lifetime(world, row), dict[int, float]()
        for built in [one for one in world.years if one < year]:
            if row.get("survival"):
                first, span = world.horizon.first(built), world.horizon.span(year)
                found[built] = survives(world, row["survival"], span[0] - 1 - first) - survives(world, row["survival"], span[-1] - first)
                continue
            starts = world.horizon.starts(built)
            ends = [max(start + years, built + 1.0) for start in starts]
            if gone := sum(math.isfinite(end) and math.floor(end) in world.horizon.span(year) for end in ends):
                found[built] = gone / len(starts)
        return found

    def leaving(self, year: int) -> float:
        """Stock that leaves by itself in the span, of what the group adds to."""
        world, gone = self._world, 0.0
        seen: dict[str, float] = {}
        for row in world.tables.of("effects"):
            technology = world.tables.find("technologies", row["item"])
            if row["measure"] in self.sizes and technology and float(row["value"]) > 0:
                unit = next(one["unit"] for one in self.rows if one["id"] == row["measure"])
                per_unit = converted(float(row["value"]), row["unit"], f"{technology['capacity_unit']}/({unit})")
                seen.setdefault(row["item"], self.sizes[row["measure"]] / per_unit)
        for one in world.tables.of("existing"):
            technology = world.tables.find("technologies", one["technology"])
            if one["technology"] in seen and technology:
                left = [
                    stands(world, one, technology["capacity_unit"], t) for t in (world.horizon.first(year) - 1, *world.horizon.span(year))
                ]
                gone += seen[one["technology"]] * sum(max(0.0, before - after) for before, after in pairwise(left))
        return gone
