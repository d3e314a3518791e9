"""Couplings as rows, and the limit of each in each year: what was built before decisions begin is never what breaks one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.case.parameters.numbers import Numbers
from model.case.parameters.reserved import of_coupling
from model.case.parameters.scope import Scope
from model.case.parameters.stock import Stock
from model.case.read.case import Case
from model.case.tables.couplings import Coupling, CouplingTerm

trifle = 1e-9  # of what was built, so that it fits to the solver's own tolerance


@dataclass(frozen=True)
class Couplings:
    """The couplings of a scope and their terms by id; `limits` (coupling, year)."""

    rows: tuple[Coupling, ...]
    terms: tuple[CouplingTerm, ...]
    values: np.ndarray  # (term,)
    limits: np.ndarray


def couplings(case: Case, scope: Scope, numbers: Numbers, made: Stock) -> Couplings:
    """Without the plan, nothing can be asked (at least, exactly) of what it brings; in the base year nothing at all.

    What was built before decisions begin may leave a coupling no room: in those years it gives as much as it must, and from then on it
    holds from there, so that nothing more is added to what broke it. Rows that count activity are not eased: operation can follow.
    A past that is being found leaves what committed measures of later years count.
    """
    closed = {row.id for row in case.tables["measures"] if not row.usual} if scope.measures == "usual" else set()
    asked = {row.coupling for row in case.tables["coupling_terms"] if row.item in closed}
    shut = {">="} if scope.measures == "usual" else {"<=", "==", ">="} if scope.measures == "none" else set()
    in_order = sorted(case.tables["couplings"], key=lambda row: row.id)
    rows = tuple(row for row in in_order if row.sense not in shut and (row.sense == "<=" or row.id not in asked))
    kept = {row.id for row in rows}
    terms = tuple(
        sorted((row for row in case.tables["coupling_terms"] if row.coupling in kept), key=lambda row: (row.coupling, row.item, row.by))
    )
    values = np.array([numbers.canonical("coupling_terms", row) for row in terms], dtype=float)
    limits = np.array([numbers.canonical("couplings", row) for row in rows], dtype=float).reshape(-1, 1).repeat(len(scope.timeline), axis=1)
    past = sum(span.last < scope.decide_from for span in scope.timeline)
    ends = _Ends(case, scope, made) if past else None
    for place, row in enumerate(rows):
        mine = [at for at, term in enumerate(terms) if term.coupling == row.id]
        limits[place] -= of_coupling(scope, numbers, row.sense, [terms[at] for at in mine], values[mine])
        if ends is not None and row.sense != "==" and mine and all(terms[at].by != "activity" for at in mine):
            limits[place] = _eased(ends, row.sense, limits[place], [terms[at] for at in mine], values[mine], past)
    return Couplings(rows, terms, values, limits)


def _eased(ends: _Ends, sense: str, limit: np.ndarray, terms: Sequence[CouplingTerm], values: np.ndarray, past: int) -> np.ndarray:
    """The limit by year, where the least (of `>=` the most) that the terms can be is beyond it."""
    sign = 1.0 if sense == "<=" else -1.0
    least = np.sum([_least(ends.of(term), sign * value) for term, value in zip(terms, values.tolist(), strict=True)], axis=0)
    least = np.where(least > sign * limit, least + trifle * np.maximum(1.0, np.abs(least)), sign * limit)
    least[past:] = np.maximum(sign * limit[past:], least[past - 1])
    return sign * least


def least_of(case: Case, scope: Scope, made: Stock) -> Callable[[CouplingTerm, float], np.ndarray]:
    """The least that a term with this coefficient can count in each year, shape (years,), by what can have been built."""
    ends = _Ends(case, scope, made)
    return lambda term, value: _least(ends.of(term), value)


def _least(ends: tuple[np.ndarray, np.ndarray], value: float) -> np.ndarray:
    low, high = ends
    return value * (low if value > 0 else high)


class _Ends:
    """The least and the most that measures and technologies can be in each year, by what can have been built, shape (years,) each."""

    def __init__(self, case: Case, scope: Scope, made: Stock) -> None:
        self._made = made
        self._measures = {row.id: place for place, row in enumerate(sorted(case.tables["measures"], key=lambda row: row.id))}
        self._technologies = {row.id: place for place, row in enumerate(sorted(case.tables["technologies"], key=lambda row: row.id))}
        self._years = {span.last: place for place, span in enumerate(scope.timeline)}

    def of(self, term: CouplingTerm) -> tuple[np.ndarray, np.ndarray]:
        made = self._made
        if term.by == "capacity":
            return self._capacity(term.item)
        place = self._measures[term.item]
        bounds = made.build_lower[place], made.build_upper[place]
        if term.by == "build":
            return bounds
        low, high = (np.einsum("v,vy->y", bound, made.survival[place]) for bound in bounds)
        return np.minimum(low, made.potential[place]), np.minimum(high, made.potential[place])

    def _capacity(self, technology: str) -> tuple[np.ndarray, np.ndarray]:
        made = self._made
        low = made.existing[self._technologies[technology]].astype(float).copy()
        high = low.copy()
        rows = made.acting.effects
        for measure, built, year, value, by in rows.loc[
            rows["item"] == technology, ["measure", "build_year", "year", "value", "by"]
        ].values.tolist():
            if by == "deferred":
                continue
            k, v, y = self._measures[measure], self._years[built], self._years[year]
            ends = sorted(value * bound for bound in (0.0 if by == "closed" else made.build_lower[k, v], made.build_upper[k, v]))
            low[y] += ends[0]
            high[y] += ends[1]
        return np.maximum(low, 0.0), np.maximum(high, 0.0)
