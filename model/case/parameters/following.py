"""What the usual path may build because of what is committed: of a measure that is not usual, as much as a coupling then asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from model.case.parameters.couplings import Couplings, couplings, least_of, trifle
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.stock import Stock, stock
from model.case.read.case import Case
from model.case.tables.couplings import CouplingTerm


def stock_and_couplings(case: Case, scope: Scope, numbers: Numbers, settings: Mapping[str, float]) -> tuple[Scope, Stock, Couplings]:
    """The scope with all that follows what is committed, the stock and the couplings that it makes."""

    def made_of(scope: Scope) -> tuple[Stock, Couplings]:
        made = stock(case, scope, numbers, rate=settings["discount_rate"], regional_share=settings["regional_share"])
        return made, couplings(case, scope, numbers, made)

    made, rows = made_of(scope)
    for _ in rows.rows:  # no chain of what follows is longer
        more = _following(case, scope, numbers, made, rows)
        if not more:
            break
        let_in = {measure: np.array(scope.following.get(measure, 0.0)) + room for measure, room in more.items()}
        scope = replace(scope, following={**scope.following, **{measure: tuple(room.tolist()) for measure, room in let_in.items()}})
        made, rows = made_of(scope)
    return scope, made, rows


def _following(case: Case, scope: Scope, numbers: Numbers, made: Stock, rows: Couplings) -> dict[str, np.ndarray]:
    """{measure: in force by year at the most, shape (years,), measure units} of what `scope.following` does not let in yet.

    A base that is committed needs its line, whoever would have built the line otherwise. In each decided year in which the least that a
    coupling counts lies above its limit, the measures that are not usual and make room for it may come as far as that takes, and before
    that year as early as their build-rate limit needs.
    """
    if scope.measures != "usual":
        return {}
    closed = {row.id for row in case.tables["measures"] if not row.usual}
    decided = np.array([span.first >= scope.decide_from for span in scope.timeline])
    found = dict[str, np.ndarray]()
    least = least_of(case, scope, made)
    for place, row in enumerate(rows.rows):
        terms = [(term, float(value)) for term, value in zip(rows.terms, rows.values, strict=True) if term.coupling == row.id]
        if row.sense != "<=" or not terms or any(term.by == "activity" for term, _ in terms):
            continue
        asked = np.sum([least(term, value) + _followed(scope, term, value) for term, value in terms], axis=0)
        over = np.where(decided, asked - rows.limits[place], 0.0)
        if (over <= 2 * trifle * np.maximum(1.0, np.abs(asked))).all():
            continue
        for measure, each in _making_room(case, numbers, terms).items():
            if measure in closed:
                found[measure] = np.maximum(found.get(measure, 0.0), _in_time(scope, numbers, measure, np.maximum(over, 0.0) / each))
    return found


def _followed(scope: Scope, term: CouplingTerm, value: float) -> np.ndarray:
    """What the term counts of a measure that follows itself, so that what this one needs can follow too."""
    amount = scope.following.get(term.item, ())
    return max(value, 0.0) * np.array(amount) if len(amount) and term.by == "level" else np.zeros(len(scope.timeline))


def _making_room(case: Case, numbers: Numbers, terms: list[tuple[CouplingTerm, float]]) -> Mapping[str, float]:
    """{measure: by how much a unit of it lowers what the coupling counts}."""
    found = dict[str, float]()
    for term, value in terms:
        if term.by == "capacity":
            for effect in case.tables["effects"]:
                if effect.item == term.item:
                    found[effect.measure] = found.get(effect.measure, 0.0) - value * numbers.canonical("effects", effect)
        else:
            found[term.item] = found.get(term.item, 0.0) - value
    return {measure: each for measure, each in found.items() if each > 0}


def _in_time(scope: Scope, numbers: Numbers, measure: str, needed: np.ndarray) -> np.ndarray:
    """What must be in force by each year so that what is needed later can be in time."""
    rate = numbers.path("measures", measure, "pace", missing=NO_LIMIT)
    room = needed.copy()
    for place in reversed(range(len(room) - 1)):
        later = scope.timeline[place + 1]
        room[place] = max(room[place], room[place + 1] - rate[place + 1] * later.years)
    return room
