"""When a row of targets is in force, and why one is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from model.case.tables.forms import FORMS

REASONS = ("awaits_number", "dropped", "replaced", "year_not_modelled", "before_decide_from", "no_baseline")


@dataclass(frozen=True)
class Unenforced:
    """A target that a plan is not held to in `years`, or in none at all where `years` is empty; `reason` is one of REASONS."""

    target: str
    reason: str
    years: tuple[int, ...]


def years_in_force(targets: Collection[Any], target: Any, years: Sequence[int], dropped: Collection[str] = ()) -> tuple[int, ...]:
    """The modelled years in which a row holds: its own, or from its own until a later onward row of its series.

    A row of one year takes the place of an onward row of its series in that year alone. Rows that are dropped or
    await their number replace none. A peak binds the years before its deadline too, a path those since its base year (the case's, where
    it names none); a budget is counted up in its year.
    """
    form = FORMS[target.form]
    if form.peak:
        return tuple(years)
    if target.holds == "year" or form.cumulative:
        return tuple(year for year in years if year == target.year)
    others = [
        row for row in targets
        if row.series == target.series and row.id != target.id and row.value is not None and row.id not in dropped
    ]  # fmt: skip
    taken = {row.year for row in others if row.holds == "year"}
    until = min((row.year for row in others if row.holds != "year" and row.year > target.year), default=inf)
    first = (target.base_year or -inf) + 1 if target.holds == "path" else target.year
    return tuple(year for year in years if first <= year < until and year not in taken)


def unenforced(
    targets: Collection[Any], years: Sequence[int], *, dropped: Collection[str], rows: Sequence[tuple[str, int, bool]]
) -> list[Unenforced]:
    """Every target that is enforced in no year or only in some of those in which it holds, with the reason.

    `rows` are (target, year, enforced) of the model. That a later row of its series takes over is no gap in a target, as
    long as it held in a modelled year.
    """
    made = []
    for target in sorted(targets, key=lambda row: row.id):
        held = years_in_force(targets, target, years, dropped)
        mine = {year: enforced for name, year, enforced in rows if name == target.id}
        given = tuple(year for year in held if not mine.get(year, True))
        absent = tuple(year for year in held if year not in mine)
        if target.value is None:
            made.append(Unenforced(target.id, "awaits_number", held))
        elif target.id in dropped:
            made.append(Unenforced(target.id, "dropped", held))
        elif not held:
            in_time = target.holds != "year" and target.year <= max(years)
            made.append(Unenforced(target.id, "replaced" if in_time else "year_not_modelled", ()))
        else:
            made += [Unenforced(target.id, "before_decide_from", given)] if given else []
            made += [Unenforced(target.id, "no_baseline", absent)] if absent else []
    return made
