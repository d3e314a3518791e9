"""What the committed measures of decided years need of stocks and couplings, so that a past that is found uses none of it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.case.parameters.acting import Acting, between
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.taking import Takings
from model.case.parameters.timeline import FOREVER
from model.case.read.case import Case
from model.case.tables.couplings import CouplingTerm


def committed_later(scope: Scope, numbers: Numbers, measure: str, *, until: float = FOREVER) -> float:
    """What is committed of a measure from the first decided year on, measure units; 0 where no past is being found."""
    if not scope.reconstructs:
        return 0.0
    return sum(amount for year, amount in numbers.dated(measure, "committed").items() if scope.decide_from <= year <= until)


def of_coupling(scope: Scope, numbers: Numbers, sense: str, terms: Sequence[CouplingTerm], values: np.ndarray) -> float:
    """What of a coupling's limit is spoken for. Only where all that it counts adds up towards it: what makes room is not asked of the past."""
    if sense != "<=" or (values < 0).any() or any(term.by != "level" for term in terms):
        return 0.0
    return sum(value * committed_later(scope, numbers, term.item) for term, value in zip(terms, values.tolist(), strict=True))


def left_of_stocks(
    case: Case, scope: Scope, numbers: Numbers, acts: Acting, standing: Mapping[str, np.ndarray], lower: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """What of each stock the years before decisions begin may take, shape (years,): not what a committed measure takes later, but never less than
    what was taken by `lower`, {measure: least built, shape (build years,)}.
    """
    spoken, years, takings = dict.fromkeys(standing, 0.0), [span.last for span in scope.timeline], Takings(case)
    for effect in case.tables["effects"]:
        taking = takings.of(effect)
        if taking is not None and taking.stock and effect.measure in lower:
            amount = -numbers.canonical("effects", effect) * committed_later(scope, numbers, effect.measure, until=taking.until)
            for name in standing:
                spoken[name] += amount if set(name.split(between)) >= set(taking.stock) else 0.0
    if not any(spoken.values()):
        return dict(standing)
    taken = {name: np.zeros(len(years)) for name in standing}
    for measure, stock, built, year, value, by in acts.takes.values.tolist():
        if by != "deferred":
            taken[stock][years.index(year)] += value * lower[measure][years.index(built)]
    return {name: np.maximum(whole - spoken[name], np.minimum(whole, taken[name])) for name, whole in standing.items()}
