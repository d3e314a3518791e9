"""Parameters of storage over days: blocks of days linked hour by hour, and the calendar in which the stock passes from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from model.case.parameters.days import SPELL, Days, hours_per_day
from model.case.parameters.numbers import Numbers
from model.case.read.case import Case

HELD = ("least_hours", "most_hours", "standing_loss")


@dataclass(frozen=True)
class Linking:
    """Blocks (b) of days, and places (n) of the calendar, each filled by a block; none of either where no storage spans days.

    A typical day is a block by itself, and comes again in the calendar. Where each day of the year is its own, the days of a year are one
    block, or those of each period where some storage closes on itself in each. The days of the spell are one, which follows itself.
    """

    span: tuple[str, ...]  # (technology,), "day" of what is no storage
    held: dict[str, np.ndarray]  # quantity → (technology,)
    start_stock: np.ndarray  # (technology,), NaN where none is told
    blocks: tuple[str, ...]  # name of the first day of each
    block_end: tuple[str, ...]  # and of its last
    block_of_day: tuple[str, ...]  # (day,), "" where no storage spans days
    day_before: tuple[str, ...]  # (day,), the day before in its block, "" for its first
    kept: np.ndarray  # (technology, block), share of what is held as a block begins that is left at its end
    calendar: tuple[int, ...]  # 1, 2, … through the year, and one more for the spell
    calendar_block: tuple[str, ...]
    next_in_year: tuple[int, ...]
    next_in_month: tuple[int, ...]


def linking(case: Case, numbers: Numbers, days: Days) -> Linking:
    """How the days of the year follow one another for storage over days: by the calendar of `days`."""
    technologies = sorted(case.tables["technologies"], key=lambda row: row.id)
    span = tuple(row.span if row.operation == "storage" else "day" for row in technologies)
    held = {name: np.array([numbers.constant("technologies", row.id, name) for row in technologies], dtype=float) for name in HELD}
    start = np.array([numbers.constant("technologies", row.id, "start_stock", missing=np.nan) for row in technologies], dtype=float)
    runs, filled = _in_calendar(days, monthly="month" in span) if set(span) - {"day"} else ([], [])
    spell = [place for place, name in enumerate(days.names) if name.startswith(SPELL)] if runs else []
    blocks = [*runs, *([spell] if spell else [])]
    first = [days.names[block[0]] for block in blocks]
    block_of_day = {days.names[place]: name for name, block in zip(first, blocks, strict=True) for place in block}
    before = {days.names[day]: days.names[last] for block in blocks for last, day in pairwise(block)}
    places = list(range(1, 1 + len(filled)))
    months = groupby(zip(places, filled, strict=True), lambda one: one[1][1])
    month = [place for _, mine in months for place in _following([place for place, _ in mine])]
    own = [1 + len(places)] if spell else []
    return Linking(
        span=span,
        held=held,
        start_stock=start,
        blocks=tuple(first),
        block_end=tuple(days.names[block[-1]] for block in blocks),
        block_of_day=tuple(block_of_day.get(name, "") for name in days.names),
        day_before=tuple(before.get(name, "") for name in days.names),
        kept=(1 - held["standing_loss"][:, None]) ** (hours_per_day * np.array([len(block) for block in blocks], dtype=float)[None, :]),
        calendar=(*places, *own),
        calendar_block=(*(first[block] for block, _ in filled), *(first[-1:] if spell else ())),
        next_in_year=(*_following(places), *own),
        next_in_month=(*month, *own),
    )


def linking_variables(made: Linking) -> dict:
    """The same as columns of the parameters, dims technology, day, block and calendar."""
    return {
        "span": ("technology", np.array(made.span, dtype=str)),
        **{name: ("technology", values) for name, values in made.held.items()},
        "start_stock": ("technology", made.start_stock),
        "block_of_day": ("day", np.array(made.block_of_day, dtype=str)),
        "day_before": ("day", np.array(made.day_before, dtype=str)),
        "block_end": ("block", np.array(made.block_end, dtype=str)),
        "kept_in_block": (("technology", "block"), made.kept),
        "calendar_block": ("calendar", np.array(made.calendar_block, dtype=str)),
        "next_in_year": ("calendar", np.array(made.next_in_year, dtype=int)),
        "next_in_month": ("calendar", np.array(made.next_in_month, dtype=int)),
    }


def _in_calendar(days: Days, *, monthly: bool) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Blocks as places of their days, and for each place of the calendar its block and period."""
    typical = [place for place, name in enumerate(days.names) if not name.startswith(SPELL)]
    if len(typical) < len(days.calendar):
        return [[place] for place in typical], list(zip(days.calendar.tolist(), days.period.tolist(), strict=True))
    dates = zip(days.calendar.tolist(), days.period.tolist(), strict=True)
    runs = [[place for place, _ in mine] for _, mine in groupby(dates, lambda date: date[1] if monthly else 0)]
    return runs, [(block, block) for block in range(len(runs))]


def _following(places: list[int]) -> list[int]:
    """What comes after each, the first after the last."""
    return [*places[1:], *places[:1]]
