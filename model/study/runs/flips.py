"""Which builds of the first decided years turned from one round of days to the next, and whether the round's proven gap can tell them from those before."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.results.effects import taken_tolerance
from model.results.steadiness import first_decided
from model.solve.matrix import Key, Matrix, shut_off
from model.solve.solution import absolute_gap
from model.study.program.edits import RowTerms, with_rows
from model.study.solved.solved_model import SolvedModel

nothing = 0.05  # of a group's build in another round: less of it is none


@dataclass(frozen=True)
class Turned:
    """A measure of whole units, or a `group` of others, named by its first: what was built `before` and is built `now`, (measure, year) in the unit of the measures."""

    group: tuple[str, ...]
    years: tuple[int, ...]
    whole: bool
    before: np.ndarray
    now: np.ndarray

    @property
    def name(self) -> str:
        return self.group[0]

    @property
    def differs(self) -> bool:
        """Whole units in another number in a year, a group built in one round and not, or next to not, in the other."""
        if self.whole:
            return bool((np.abs(self.before - self.now) > taken_tolerance).any())
        least, most = sorted((float(self.before.sum()), float(self.now.sum())))
        return most > taken_tolerance and least < nothing * most


def turned(case: Case, before: SolvedModel, now: SolvedModel) -> tuple[Turned, ...]:
    """The builds of the first four decided years that differ: of whole units another number in a year, of a group of other measures some where there was none,
    all four years together. A group are the measures that act on the same things.
    """
    data = now.solved.parameters
    years = first_decided(data)
    one, other = (_built(solved, years) for solved in (before, now))
    whole = set(data["measure"].values[data["whole"].values.astype(bool)].tolist())
    found = [
        Turned(group, tuple(years), group[0] in whole, one.sel(measure=list(group)).values, other.sel(measure=list(group)).values)
        for group in _groups(case, whole)
    ]
    return tuple(told for told in found if told.differs)


def within_gap(found: tuple[Turned, ...], before: SolvedModel, now: SolvedModel, gap: float) -> bool:
    """Whether this round's program has a plan with the builds before, all other whole units as they are, that is proven to the same `gap`: then they are ties.

    Raises KeyboardInterrupt where it is stopped.
    """
    matrix, solver = shut_off(now.matrix, now.solution.shut), now.solution.solver
    units = _units(found, before, now)
    solver.become(
        _as_before(
            found, replace(matrix, lower=np.where(matrix.integer, units, matrix.lower), upper=np.where(matrix.integer, units, matrix.upper))
        )
    )
    answer = solver.relax()
    if answer.status == "interrupted":
        raise KeyboardInterrupt
    return answer.status == "optimal" and answer.objective - now.solution.bound <= gap * abs(answer.objective) + absolute_gap


def _units(found: tuple[Turned, ...], before: SolvedModel, now: SolvedModel) -> np.ndarray:
    """Per column: the whole units of now, of what turned those of before in the first decided years, and later no fewer than by then."""
    data, old = now.solved.parameters, before.solution.warm_start.whole
    units, years = np.round(now.solution.x), data["year"].values.tolist()
    places, started = now.matrix.places("Units"), now.matrix.places("Started")
    for one in found:
        for key in ((k, year) for k in one.group for year in one.years):
            if key in started and ("Started", key) in old:
                units[started[key]] = old["Started", key]
        if not one.whole:
            continue
        size, first = float(data["unit_size"].sel(measure=one.name)), years.index(one.years[0])
        count = units[places[one.name, years[first - 1]]] if first else 0.0
        built = dict(zip(one.years, np.round(one.before[0] / size).tolist(), strict=True))
        for year in years[first:]:
            place = places[one.name, year]
            count = count + built[year] if year in built else max(count, units[place])
            units[place] = count
    return units


def _as_before(found: tuple[Turned, ...], matrix: Matrix) -> Matrix:
    """The matrix in which each group that turned is built as little as before, or no longer as nothing."""
    places, rows = matrix.places("Build"), dict[Key, RowTerms]()
    for one in found:
        terms = {places[k, year]: 1.0 for k in one.group for year in one.years if (k, year) in places}
        before, now = float(one.before.sum()), float(one.now.sum())
        if not one.whole:
            rows["As_Before", one.name] = (terms, -np.inf, before) if before < now else (terms, nothing * before, np.inf)
    return with_rows(matrix, rows) if rows else matrix


def _built(solved: SolvedModel, years: list[int]) -> xr.DataArray:
    return solved.solved.decisions["build"].sel(build_year=years).transpose("measure", "build_year")


def _groups(case: Case, whole: set[str]) -> list[tuple[str, ...]]:
    """Measures of whole units one by one, the others with those that act on the same things in the same unit."""
    acts: dict[str, set[str]] = {}
    for row in case.tables["effects"]:
        acts.setdefault(row.measure, set()).add(row.item)
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in sorted(case.tables["measures"], key=lambda one: str(one.id)):
        name = (row.id,) if row.id in whole else ("", row.unit, *sorted(acts.get(row.id, {row.id})))
        groups.setdefault(name, []).append(row.id)
    return [tuple(group) for group in groups.values()]
