"""An edited schedule as records: the amounts that stand in it, what was changed against the run that wrote it, and which of them are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import xarray as xr

from model.case.faults import Place

same_amount = 1e-8  # of an amount as it is shown, which has nine figures
Hold = Literal["changed", "all", "reported"]
ChangeKind = Literal["moved", "dropped", "added", "more", "less"]
Amounts = Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class Cell:
    """An amount of a measure in a modelled year, in the measure's own unit: as it `stands`, None where it is left free, and as the run `wrote` it."""

    measure: str
    year: int
    stands: float | None
    wrote: float
    place: Place

    @property
    def changed(self) -> bool:
        return self.stands is not None and abs(self.stands - self.wrote) > same_amount * max(1.0, abs(self.wrote))


@dataclass(frozen=True)
class Stated:
    """What a row says of what was really built in it: from which source, as of which date."""

    date: str
    source: str
    date_place: Place
    source_place: Place


@dataclass(frozen=True)
class Edited:
    """A schedule that came back. `origin` is what its sheet says of the run that wrote it, with the place of each line; `told` is by measure;
    `absent` are measures of the run that have no row any more, `absent_years` years in which it builds something of a row and that have no column."""

    file: str
    cells: tuple[Cell, ...]
    told: Mapping[str, Stated] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    absent_years: tuple[int, ...] = ()

    def changed(self, *, before: int | None = None, since: int | None = None) -> tuple[Cell, ...]:
        """Cells with another amount than the run's, of years before or since one."""
        return tuple(
            one for one in self.cells if one.changed and (before is None or one.year < before) and (since is None or one.year >= since)
        )


@dataclass(frozen=True)
class Change:
    """What was done to a measure: {year: (then, now)} of the years that differ, and both totals over all years, in its own unit."""

    kind: ChangeKind
    measure: str
    amounts: Mapping[int, tuple[float, float]]
    then: float
    now: float
    places: tuple[str, ...] = ()


def changes_of(cells: Iterable[Cell], results: xr.Dataset) -> tuple[Change, ...]:
    """Changed cells by measure, in the order of the sheet: moved where the total stays, dropped where nothing is left, added where nothing was."""
    built, found = results["build"].transpose("measure", "build_year"), dict[str, list[Cell]]()
    for one in cells:
        found.setdefault(one.measure, []).append(one)
    made = []
    for k, mine in found.items():
        then = float(built.sel(measure=k).sum())
        now = then + sum((one.stands or 0.0) - one.wrote for one in mine)
        amounts = {one.year: (one.wrote, one.stands or 0.0) for one in sorted(mine, key=lambda one: one.year)}
        made.append(Change(_kind(then, now), k, amounts, then, max(0.0, now), tuple(str(one.place.column) for one in mine)))
    return tuple(made)


def _kind(then: float, now: float) -> ChangeKind:
    nothing = 1e-6 * max(1.0, abs(then))
    if abs(now - then) <= nothing:
        return "moved"
    if abs(now) <= nothing:
        return "dropped"
    if abs(then) <= nothing:
        return "added"
    return "more" if now > then else "less"


def held_amounts(edited: Edited, results: xr.Dataset, *, hold: Hold, since: int, before: Amounts) -> dict[tuple[str, int], float]:
    """{(measure, year): amount} that the plan keeps: what was changed, or every filled cell, and what the run itself held (`before`) unless it is
    changed or left free by now. Of cells that were not changed the run's own amount, which has more figures than its sheet.
    """
    free = {(one.measure, one.year) for one in edited.cells if one.stands is None}
    stands = {(one.measure, one.year): one for one in edited.cells if one.stands is not None and one.year >= since}
    held = {key: amount for key, amount in before.items() if key not in free and key[1] >= since}
    for key, one in stands.items():
        if one.changed:
            held[key] = float(one.stands or 0.0)
        elif hold == "all" and key not in held:
            held[key] = float(results["build"].sel(measure=key[0], build_year=key[1]))
    return held
