"""What drives the plan: which targets and needs pay for each measure.

One more unit of a measure pulls its level, its capacity, its accounts and the hours it runs at full capacity with it.
With these columns put in terms of what is built, its cost stands against what it earns at the prices of all other rows:
`cost − Σ price · what it brings = what it lacks`, exactly, for every column (the reduced cost taken apart).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array
from scipy.sparse.linalg import SuperLU, splu

from model.results.explained import Earning, Reason, TargetPrice
from model.solve.components import TARGET_FAMILIES, TARGETS
from model.solve.matrix import Key, Matrix
from model.solve.prices import FixedUnitPrices
from model.study.plan.reference import Reference

FOLLOWING = {
    # a row that says what a column is, and that column
    "Level_In_Force": "Level", "Level_Of_Renewed": "Level", "Capacity_In_Force": "Capacity", "Indicator_Account": "Indicator", "Spend_Account": "Spend",
    "Yearly_Trade_Value": "Trade_Value", "Hourly_Trade_Value": "Trade_Value", "Annual_Of_Hours": "Annual", "Annual_Of_Storage": "Annual",
    "Annual_Heat_Of_Hours": "Annual_Heat", "Trade_Of_Hours": "Trade", "Unserved_Of_Hours": "Unserved", "Added_Of_Group": "Added",
    "Net_Of_Outputs": "Net_Allowances",
}  # fmt: skip
AT_FULL = {
    # a row that, where it has a price, holds a column to the capacity
    "Dispatched_Within_Capacity": "Activity", "Variable_Within_Weather": "Activity", "Yearly_Within_Capacity": "Annual",
    "Utilisation_Ceiling": "Annual", "Utilisation_Floor": "Annual", "Online_Within_Capacity": "Online",
}  # fmt: skip
BALANCES = ("Hourly_Balance", "Hourly_Balance_With_Surplus", "Yearly_Balance", "Yearly_Balance_With_Surplus")
RAMPS = ("Ramp_Up", "Ramp_Down")
LEAST_SIZES = ("Least_Size", "Nothing_Unless_Started")
WHOLE = ("Build_In_Whole_Units", *LEAST_SIZES)
ADEQUACY = ("Adequacy", "Counted_Within_Capacity", "Counted_Within_Segment")
COUPLINGS = ("Coupling_At_Most", "Coupling_At_Least", "Coupling_Exactly")
dust = 1e-9
told_share = 1e-3


@dataclass(frozen=True)
class Followed:
    """The matrix with the following columns put in terms of the others: `rows` and `columns` are the places matched."""

    matrix: Matrix
    by_row: csr_array
    rows: np.ndarray
    columns: np.ndarray
    factors: SuperLU

    def through(self, weights: np.ndarray) -> np.ndarray:
        """Per column, what weights on rows come to once what follows from the column is counted: `weights · A`, followed through."""
        total = self.by_row.T @ weights
        return total - self.by_row[self.rows].T @ self.factors.solve(total[self.columns], trans="T")

    def costs(self) -> np.ndarray:
        """Per column, its cost with that of all that follows from it."""
        cost = self.matrix.cost
        return cost - self.by_row[self.rows].T @ self.factors.solve(cost[self.columns], trans="T")


def followed(matrix: Matrix, held: FixedUnitPrices) -> Followed:
    """Which columns follow from which rows; rows of capacity only where it is used to the full."""
    for families in ({**FOLLOWING, **AT_FULL}, FOLLOWING):
        rows, columns = _matched(matrix, held, families)
        by_row = csr_array(matrix.A)
        try:
            return Followed(matrix, by_row, rows, columns, splu(csc_array(by_row[rows][:, columns])))
        except RuntimeError:  # singular: two rows hold the same capacity
            continue
    raise ValueError("the accounts of the matrix do not determine their columns")


def _matched(matrix: Matrix, held: FixedUnitPrices, families: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    places = {key: place for place, key in enumerate(matrix.columns)}
    taken: dict[int, int] = {}
    for part in (FOLLOWING, {name: of for name, of in families.items() if name not in FOLLOWING}):
        for place, (component, index) in enumerate(matrix.rows):
            column = places.get((part.get(component, ""), index))
            if column is not None and column not in taken and (component in FOLLOWING or abs(held.prices[place]) > dust):
                taken[column] = place
    return np.array(list(taken.values()), dtype=int), np.array(list(taken), dtype=int)


def reasons(reference: Reference, held: FixedUnitPrices, targets: Sequence[TargetPrice]) -> list[Reason]:
    """Every measure: what it costs, what it earns at the plan's prices, what it lacks."""
    matrix = reference.plan.matrix
    seen = followed(matrix, held)
    groups = _groups(matrix, seen.rows)
    cost = seen.costs()
    earned = {
        group: seen.through(_only(held.prices, places))
        for group, places in groups.items()
        if np.abs(held.prices[places]).max(initial=0.0) > dust
    }
    bought = _cheapness(reference, seen, held, targets)
    p = reference.plan.solved.parameters
    years = p["year"].values.tolist()
    at = matrix.places("Build")
    found = []
    for k, whole in zip(p["measure"].values.tolist(), p["whole"].values.tolist(), strict=True):
        places = np.array([at[k, y] for y in years])
        found.append(_reason(k, bool(whole), places=places, years=years, matrix=matrix, held=held, cost=cost, earned=earned, bought=bought))
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (not one.built, -one.cost if one.built else one.lacks / max(one.cost, dust)),
    )


def _reason(
    measure: str, whole: bool, *, places: np.ndarray, years: list[int], matrix: Matrix, held: FixedUnitPrices, cost: np.ndarray,
    earned: dict[tuple[str, str], np.ndarray], bought: dict[str, np.ndarray],
) -> Reason | None:  # fmt: skip
    built = held.x[places]
    if built.max(initial=0.0) > dust:
        weight, year = built, years[int(built.argmax())]
    else:
        free = np.flatnonzero(matrix.upper[places] > matrix.lower[places] + dust)
        if not len(free):
            return None
        lacking = cost[places] - sum((values[places] for group, values in earned.items() if group[0] != "whole"), np.zeros(len(places)))
        best = free[int(lacking[free].argmin())]
        weight, year = np.eye(len(places))[best], years[int(best)]
    total = float(cost[places] @ weight)
    earnings = [Earning(*group, float(values[places] @ weight)) for group, values in earned.items() if group[0] != "whole"]
    lacks = total - sum(one.amount for one in earnings)
    size = max([abs(total), *(abs(one.amount) for one in earnings)])
    kept = sorted((one for one in earnings if abs(one.amount) > told_share * size), key=lambda one: -abs(one.amount))
    cheap = [] if built.max(initial=0.0) > dust else [t for t, looks in bought.items() if looks[places][weight > 0].any()]
    return Reason(
        measure, bool(built.max(initial=0.0) > dust), whole, float(weight.sum()), int(year), total, lacks, tuple(kept), tuple(cheap)
    )


def _cheapness(reference: Reference, seen: Followed, held: FixedUnitPrices, targets: Sequence[TargetPrice]) -> dict[str, np.ndarray]:
    """{target: columns whose own cost for what they bring to it is below that of the dearest measure in the plan that carries it}."""
    matrix = reference.plan.matrix
    builds = matrix.mask("Build")
    rows = {key: place for place, key in enumerate(matrix.rows) if key[0] in TARGETS}
    looks = {}
    for one in targets:
        dearest = max(one.years, key=lambda year: (year.price, -year.year))
        place = rows.get((TARGET_FAMILIES[dearest.sense], (one.id, dearest.year)))
        if place is None or dearest.price <= dust:
            continue
        brought = seen.through(_only(np.ones(len(matrix.rows)), np.array([place]))) * (-1.0 if dearest.sense == "<=" else 1.0)
        brings = builds & (brought > dust * max(1.0, np.abs(brought[builds]).max(initial=0.0)))
        ratio = np.divide(matrix.cost, brought, out=np.full(len(brought), np.inf), where=brings)
        in_plan = brings & (held.x > dust)
        if in_plan.any():
            looks[one.id] = brings & (ratio < ratio[in_plan].max())
    return looks


def _groups(matrix: Matrix, following: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
    """Rows by what pays through them: targets, commodities, adequacy, couplings, ramps, operation, whole units; without those followed."""
    mine = set(following.tolist())
    groups: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(matrix.rows):
        if place not in mine:
            groups.setdefault(_group(key), []).append(place)
    return {group: np.array(places) for group, places in groups.items()}


def _group(key: Key) -> tuple[str, str]:
    component, index = key
    first = str(index[0] if isinstance(index, tuple) else index)
    if component in TARGETS:
        return "target", first
    if component in BALANCES:
        return "commodity", first
    if component in COUPLINGS:
        return "coupling", first
    if component in RAMPS:
        return "ramp", first
    if component in WHOLE:
        return "whole", ""
    return ("adequacy", "") if component in ADEQUACY else ("operation", "")


def _only(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    kept = np.zeros(len(values))
    kept[places] = values[places]
    return kept
