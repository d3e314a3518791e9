"""How long a measure and each of its effects are in force, and what standing stock an effect takes from."""

from __future__ import annotations

import math
from collections.abc import Iterable

from second_model.numbers import amount, straight
from second_model.spans import overlap
from second_model.tables import Cells, is_yes, whole_number
from second_model.world import World


def lifetime(world: World, row: Cells) -> float:
    """Years in force; a retirement, and what leaves by a curve, stays in force, whatever the years its cost is spread over."""
    value = world.number(row["id"], "lifetime", world.years[0])
    return math.inf if value is None or row["kind"] == "retire" or row.get("survival") else value


def survives(world: World, curve: str | None, age: float) -> float:
    """Share left at an age; all where there is no curve."""
    points = {int(row["age"]): amount(row, "1") for row in world.tables.of("curves") if row["curve"] == curve}
    return straight(points, age) if curve else 1.0


def mean_left(world: World, curve: str | None, since: int, year: int, start: float, end: float) -> float:
    """What counts of 1 in service since the start of `since` on average of a span, within [start, end)."""
    span = world.horizon.span(year)
    return sum(overlap(t, start, end) * survives(world, curve, t - since) for t in span if t >= since) / len(span)


def in_force(world: World, row: Cells, built: int, year: int) -> float:
    """Share of the span of `year` in which what was built in the span of `built` is in force; renewed inside a span, not beyond it."""
    if row.get("survival"):
        first = world.horizon.first(built)
        return mean_left(world, row["survival"], first, year, first, math.inf)
    years, starts = lifetime(world, row), world.horizon.starts(built)
    return sum(world.horizon.share(year, start, max(start + years, built + 1.0)) for start in starts) / len(starts)


def is_renewed_whole(world: World, row: Cells) -> bool:
    """Whole units that end by themselves: a new one may wait for the end of the old one."""
    return is_yes(row["whole"]) and math.isfinite(lifetime(world, row))


def ending(world: World, row: Cells, built: int, year: int) -> float:
    """The share in force where it ends inside the span of `year`."""
    share = in_force(world, row, built, year)
    return share if built < year and share < 1 else 0.0


# Effects


def effects_of(world: World, measure: str) -> list[Cells]:
    return [row for row in world.tables.of("effects") if row["measure"] == measure]


def takes(world: World, effect: Cells) -> list[Cells] | None:
    """The rows of standing stock that an effect takes from; None where it takes nothing away from a technology."""
    if float(effect["value"]) >= 0 or world.tables.find("technologies", effect["item"]) is None:
        return None
    standing = [row for row in world.tables.of("existing") if row["technology"] == effect["item"]]
    named = [row for row in standing if row["id"] in (effect["stock"] or "").split(";")]
    alike = [row for row in standing if effect["until"] and row["until"] == effect["until"]]
    return named or alike or standing


def is_closure(world: World, effect: Cells) -> bool:
    """What a retirement or replacement takes away comes back only where its own row says so."""
    row = world.tables.find("measures", effect["measure"])
    return bool(row and row["kind"] in ("retire", "replace") and takes(world, effect) is not None)


def is_for_ever(world: World, effect: Cells) -> bool:
    """A closure whose row names no years."""
    return is_closure(world, effect) and not effect["lifetime"]


def last_of(world: World, effect: Cells) -> float:
    """First calendar year in which the effect no longer acts: its own `until`, and that of the stock it takes from."""
    ends = [math.inf if not effect["until"] else int(effect["until"]) + 1.0]
    rows = takes(world, effect)
    if rows:
        ends.append(max((whole_number(row["until"]) or math.inf) + 1.0 for row in rows))
    return min(ends)


def ends_of(world: World, row: Cells) -> float:
    """First calendar year in which no effect of a measure acts any more: nothing is built from then on, all is paid for by then."""
    return max((last_of(world, effect) for effect in effects_of(world, row["id"])), default=math.inf)


def counted(world: World, row: Cells, effect: Cells, built: int, year: int) -> float:
    """Share of the span of `year` in which the effect of what was built in the span of `built` acts, times its curve by age."""
    horizon, own = world.horizon, effect["lifetime"]
    if row.get("survival"):
        first, lag = horizon.first(built), int(effect["lag"] or 0)
        end = min(first + (float(own) if own else math.inf), last_of(world, effect))
        return mean_left(world, row["survival"], first, year, first + lag, end) * _grown(world, effect, built, year)
    starts = world.horizon.starts(built)
    shares = (_acts(world, row, effect, start, built, year) for start in starts)
    return sum(shares) / len(starts) * _grown(world, effect, built, year)


def _acts(world: World, row: Cells, effect: Cells, start: int, built: int, year: int) -> float:
    """The share of what comes into force with the year `start` of the span of `built`."""
    own, times = effect["lifetime"], 1.0
    years = math.inf if is_closure(world, effect) else lifetime(world, row)
    end = max(start + years, built + 1.0)
    if own and float(own) < years:
        if years < built + 1 - start:
            times = float(own) / years  # so long in each of its measure's lives inside the span
        else:
            end = start + float(own)
    return times * world.horizon.share(year, start + int(effect["lag"] or 0), min(end, last_of(world, effect)))


def _grown(world: World, effect: Cells, built: int, year: int) -> float:
    """The curve at the end of the span, for what was built in the middle of its span."""
    points = {int(row["age"]): amount(row, "1") for row in world.tables.of("curves") if row["curve"] == effect["curve"]}
    return straight(points, max(0.0, year - (world.horizon.first(built) + built) / 2)) if points else 1.0


def joined(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups and all unions of groups that overlap: what each may take is limited alone and together.

    >>> sorted(len(one) for one in joined([frozenset("a"), frozenset("ab"), frozenset("c")]))
    [1, 1, 2]
    """
    found = set(groups)
    while True:
        more = {one | other for one in found for other in found if one & other} - found
        if not more:
            return sorted(found, key=sorted)
        found |= more
