"""Which numbers weigh most: by how much money the cost moves over a number's range, to first order, at the prices of one solved plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csr_array

from model.case.change.levers import HISTORY, Lever
from model.case.change.naming import PAIRED
from model.case.parameters.accounts import chosen_variants
from model.case.parameters.numbers import Numbers
from model.results.run import RunError
from model.solve.components import SHORTFALLS, TARGETS
from model.study.plan.reference import Reference
from model.study.plan.target_rows import target_rows
from model.study.program.cost_of_shortfalls import cost_of_shortfalls

COSTS = {
    "investment": ("Build", "Deferred"), "lifetime": ("Build", "Deferred"), "upkeep": ("Level", "Capacity"),
    "variable_cost": ("Annual", "Annual_Heat"), "price": ("Trade_Value",),
}  # fmt: skip
UPPER = {"potential": ("Level", "Units"), "pace": ("Build", "Units"), "yearly_limit": ("Trade",), "power_limit": ("Hourly_Trade",)}
WITHIN = ("Dispatched_Within_Capacity", "Variable_Within_Weather", "Yearly_Within_Capacity", "Online_Within_Capacity")
CEILING, FLOOR, ADEQUACY, ACCOUNT, IN_FORCE = (
    "Utilisation_Ceiling",
    "Utilisation_Floor",
    "Adequacy",
    "Indicator_Account",
    "Capacity_In_Force",
)
HELD = {
    "availability": WITHIN, "yearly_use": (*WITHIN, CEILING, FLOOR), "utilisation_ceiling": (CEILING,), "utilisation_floor": (FLOOR,),
    "capacity_credit": (ADEQUACY,), "minimum_load": ("Minimum_Load",),
}  # fmt: skip
BALANCES = ("Hourly_Balance", "Hourly_Balance_With_Surplus", "Yearly_Balance", "Yearly_Balance_With_Surplus")
PRESSED = frozenset({*BALANCES, ADEQUACY})  # rows in which something may be left short
FLIPPED = frozenset({"flows", "effects"})  # the second of the two items stands in the row, the first in the column
dust, nearly = 1e-12, 0.999


def heaviest(reference: Reference, moved: Sequence[Lever], most: int) -> list[Lever]:
    """The levers that weigh most, heaviest first and equal ones by name; how the unrecorded past is found comes before all of them.

    Raises RunError where the reference has no prices.
    """
    if not len(reference.plan.solution.duals):
        raise RunError("no_prices")
    weight = weights(reference, moved)
    return sorted(moved, key=lambda lever: (-weight[lever.name], lever.name))[:most]


def weights(reference: Reference, moved: Sequence[Lever]) -> dict[str, float]:
    """{lever: 亿元 of present value by which the cost moves over its range, to first order}: the money that passes through the number at the plan's
    prices, times (high − low) / |value|. Whole units are held. What no price is known of (a setting of the spell, say) weighs nothing, and so does
    what only a shortage prices: a demand that nothing else could serve, and the works that serve it.
    """
    money = _Money(reference)
    return {lever.name: np.inf if lever.name == HISTORY else abs(money.over_range(lever)) for lever in moved}


@dataclass(frozen=True)
class _Money:
    """What the terms of the plan's program come to: price of the row · coefficient · amount, signed."""

    reference: Reference

    def over_range(self, lever: Lever) -> float:
        """The money that passes through a lever's number, times the width of its range."""
        item, _, quantity = lever.name.partition(".")
        wide = lever.high - lever.low
        if lever.table == "targets":
            return self._of_targets.get(item, 0.0) * wide
        if lever.name == "discount_rate.value":
            return self._of_rate(None) * wide
        if quantity == "cost_of_capital":
            return self._of_rate(item) * wide
        width = wide / abs(lever.value) if lever.value else 0.0
        if lever.table in PAIRED:
            pair = (quantity, item) if lever.table in FLIPPED else (item, quantity)
            return width * (self._pairs.get(pair, 0.0) + self._constants.get(pair, 0.0) + self._burnt.get(pair, 0.0))
        if lever.table == "actuals":
            return width * self._limits.get(("Build", item), 0.0)
        if lever.table == "existing":
            row = next(row for row in self.reference.ready.case.tables["existing"] if row.id == item)
            return width * self._limits_of_rows.get((IN_FORCE, row.technology), 0.0) * self._share_of_existing(item, row.technology)
        if lever.table == "couplings":
            return width * sum(
                self._limits_of_rows.get((name, item), 0.0) for name in ("Coupling_At_Most", "Coupling_At_Least", "Coupling_Exactly")
            )
        if lever.table == "residuals" or quantity == "path":
            return width * self._of_given(item)
        if lever.name == "reserve_margin.value":
            return wide * self._limits_of_rows.get((ADEQUACY, ""), 0.0) / (1.0 + lever.value)
        return width * self._of_quantity(item, quantity)

    def _of_quantity(self, item: str, quantity: str) -> float:
        if quantity == "rate":
            on = next((row.indicator for row in self.reference.ready.case.tables["transfers"] if row.id == item), "")
            return self._costs.get(("Indicator", str(chosen_variants(self.reference.ready.case).get(on, on))), 0.0)
        groups = [row.id for row in self.reference.ready.case.tables["allowance_groups"] if row.market == item]
        if quantity == "price" and groups:
            return sum(self._costs.get((name, n), 0.0) for name in ("Net_Allowances", "Lapsed_Allowances") for n in groups)
        if quantity in COSTS:
            return sum(self._costs.get((name, item), 0.0) for name in COSTS[quantity])
        if quantity in UPPER:
            return sum(self._limits.get((name, item), 0.0) for name in UPPER[quantity])
        if quantity in HELD:
            return sum(self._capacities.get((name, item), 0.0) for name in HELD[quantity])
        if quantity == "amount":
            return self._of_given(item) + self._of_demand(item)
        return 0.0

    def _of_given(self, item: str) -> float:
        """A driver or a part of the rest of the city, through every indicator in which it counts and every target measured against it."""
        against = {row.id for row in self.reference.ready.case.tables["targets"] if row.reference == item}
        limits = sum(money for (name, target), money in self._limits_of_rows.items() if name in TARGETS and target in against)
        return limits + sum(money for (_, origin), money in self._constants.items() if origin == item)

    def _of_demand(self, item: str) -> float:
        rows = {row.id: row.commodity for row in self.reference.ready.case.tables["demands"]}
        if item not in rows:
            return 0.0
        paths = {name: self._numbers.path("demands", name, "amount", missing=0.0) for name, c in rows.items() if c == rows[item]}
        whole = sum(paths.values())
        share = np.divide(paths[item], whole, out=np.zeros_like(paths[item]), where=np.abs(whole) > dust)
        by_year = [self._demanded.get((rows[item], year), 0.0) for year in self._years]
        return float(share @ by_year)

    def _share_of_existing(self, item: str, technology: str) -> float:
        sizes = {
            row.id: abs(self._numbers.canonical("existing", row))
            for row in self.reference.ready.case.tables["existing"]
            if row.technology == technology
        }
        return sizes[item] / max(sum(sizes.values()), dust)

    @property
    def _years(self) -> list[int]:
        return self.reference.plan.solved.parameters["year"].values.tolist()

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.reference.ready.case, self.reference.ready.scope.timeline)

    @cached_property
    def _prices(self) -> np.ndarray:
        """(rows,) price with whole units held; 0 where only a shortage makes it: on what is that scarce, and on the capacity that gives it."""
        matrix, prices = self.reference.plan.matrix, self.reference.plan.solution.duals.copy()
        short = np.flatnonzero([family in PRESSED for family, _ in matrix.rows])
        pressed = {matrix.rows[short[at]] for at in self._pressed_by(prices, short)}
        scarce = {(index[0], index[1]) for family, index in pressed if family in BALANCES and isinstance(index, tuple)}
        firm = self._firm_in([at for at in short.tolist() if matrix.rows[at] in pressed and matrix.rows[at][0] == ADEQUACY])
        p = self.reference.plan.solved.parameters
        gives = defaultdict[str, set[str]](set)
        for technology, commodity in zip(p["flow_technology"].values.tolist(), p["flow_commodity"].values.tolist(), strict=True):
            gives[technology].add(commodity)
        for at, (family, index) in enumerate(matrix.rows):
            first, year = index[:2] if isinstance(index, tuple) and len(index) > 1 else ("", 0)
            of_it = (first, year) in scarce if family in BALANCES else any((c, year) in scarce for c in gives.get(first, ()))
            if of_it or (first, year) in firm or (family == ADEQUACY and matrix.rows[at] in pressed):
                prices[at] = 0.0
        return prices

    def _firm_in(self, rows: Sequence[int]) -> set[tuple[str, int]]:
        """(technology, year) whose capacity counts as firm in these rows."""
        matrix = self.reference.plan.matrix
        columns = np.unique(csr_array(matrix.A)[rows].indices) if rows else ()
        return {key[1] for key in (matrix.columns[at] for at in columns) if key[0] == "Capacity"}  # type: ignore[misc]

    def _pressed_by(self, prices: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Which of these rows have a price that is as large as that of leaving their demand, or firm capacity, short."""
        matrix = self.reference.plan.matrix
        columns = matrix.at(*SHORTFALLS)
        entries = coo_array(csr_array(matrix.A)[rows][:, columns])
        high = entries.data * prices[rows[entries.row]] >= nearly * cost_of_shortfalls(matrix)[columns[entries.col]]
        return np.unique(entries.row[high])

    @cached_property
    def _terms(self) -> list[tuple[int, int, float]]:
        """(row, column, money) of every entry that carries any."""
        matrix, solution = self.reference.plan.matrix, self.reference.plan.solution
        entries = coo_array(matrix.A)
        rows, columns = entries.coords
        money = self._prices[rows] * entries.data * solution.x[columns]
        kept = np.abs(money) > dust
        return list(zip(rows[kept].tolist(), columns[kept].tolist(), money[kept].tolist(), strict=True))

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], float]:
        """{(item of the row, item of the column): money}."""
        matrix, found = self.reference.plan.matrix, defaultdict[tuple[str, str], float](float)
        for row, column, money in self._terms:
            found[_item(matrix.rows[row][1]), _item(matrix.columns[column][1])] += money
        return found

    @cached_property
    def _capacities(self) -> Mapping[tuple[str, str], float]:
        """{(family of rows, technology): money of its capacity, or of what of it is online, in them}."""
        matrix, found = self.reference.plan.matrix, defaultdict[tuple[str, str], float](float)
        for row, column, money in self._terms:
            if matrix.columns[column][0] in ("Capacity", "Online"):
                found[matrix.rows[row][0], _item(matrix.columns[column][1])] += money
        return found

    @cached_property
    def _costs(self) -> Mapping[tuple[str, str], float]:
        """{(family of columns, item): what it costs}."""
        matrix = self.reference.plan.matrix
        return _summed(matrix.columns, matrix.cost * self.reference.plan.solution.x)

    @cached_property
    def _limits(self) -> Mapping[tuple[str, str], float]:
        """{(family of columns, item): what its upper bounds are worth where they hold, times themselves}; what is fixed counts as held."""
        matrix, solution = self.reference.plan.matrix, self.reference.plan.solution
        reduced = matrix.cost - matrix.A.T @ self._prices
        upper = np.where(np.isfinite(matrix.upper), matrix.upper, np.inf)
        held = np.isfinite(upper) & np.isclose(solution.x, upper, rtol=1e-9, atol=1e-9)
        fixed = matrix.lower == matrix.upper
        return _summed(matrix.columns, np.where(held, np.where(fixed, reduced, np.minimum(reduced, 0.0)) * solution.x, 0.0))

    @cached_property
    def _row_limits(self) -> np.ndarray:
        """(rows,) price · limit."""
        matrix, duals = self.reference.plan.matrix, self._prices
        limit = np.where(np.isfinite(matrix.row_upper), matrix.row_upper, matrix.row_lower)
        return duals * np.where((np.abs(duals) > dust) & np.isfinite(limit), limit, 0.0)

    @cached_property
    def _limits_of_rows(self) -> Mapping[tuple[str, str], float]:
        """{(family of rows, item): price · limit}."""
        return _summed(self.reference.plan.matrix.rows, self._row_limits)

    @cached_property
    def _demanded(self) -> Mapping[tuple[str, int], float]:
        """{(commodity, year): price · demand}."""
        found = defaultdict[tuple[str, int], float](float)
        for (family, index), money in zip(self.reference.plan.matrix.rows, self._row_limits.tolist(), strict=True):
            if family in BALANCES and isinstance(index, tuple):
                found[str(index[0]), int(index[1])] += money
        return found

    @cached_property
    def _priced(self) -> Mapping[tuple[str, int], float]:
        """{(indicator, year): what one more unit of it costs}."""
        rows, prices = self.reference.plan.matrix.rows, self._prices
        return {index: float(prices[at]) for at, (family, index) in enumerate(rows) if family == ACCOUNT}  # type: ignore[misc]

    @cached_property
    def _constants(self) -> Mapping[tuple[str, str], float]:
        """{(indicator, driver or residual): money of what it adds, whatever is decided}."""
        p, found = self.reference.plan.solved.parameters, defaultdict[tuple[str, str], float](float)
        if "constant_account_value" in p:
            names = zip(p["constant_account_indicator"].values.tolist(), p["constant_account_item"].values.tolist(), strict=True)
            for (indicator, origin), path in zip(
                names, p["constant_account_value"].transpose("constant_account", "year").values, strict=True
            ):
                found[indicator, origin] += float(path @ [self._priced.get((indicator, year), 0.0) for year in self._years])
        return found

    @cached_property
    def _burnt(self) -> Mapping[tuple[str, str], float]:
        """{(indicator, commodity): money of a factor on all that is used of the commodity}."""
        p, worked = self.reference.plan.solved.parameters, self.reference.plan.solved.worked
        run = (worked["annual"].fillna(0.0) + p["heat_loss"] * worked["annual_heat"]).transpose("technology", "year")
        used = defaultdict[str, np.ndarray](lambda: np.zeros(len(self._years)))
        flows = zip(p["flow_technology"].values.tolist(), p["flow_commodity"].values.tolist(), p["flow_value"].values, strict=True)
        for technology, commodity, flow in flows:
            used[commodity] = used[commodity] + np.maximum(-flow, 0.0) * run.sel(technology=technology).values
        factors: dict[tuple[str, str], dict[int | None, float]] = defaultdict(dict)
        for row in self.reference.ready.case.tables["accounts"]:
            if row.by == "use":
                factors[row.indicator, row.item][row.year] = self._numbers.canonical("accounts", row)
        return {
            (i, c): float((self._numbers.fill(given) * used[c]) @ [self._priced.get((i, year), 0.0) for year in self._years])
            for (i, c), given in factors.items()
        }

    @cached_property
    def _of_targets(self) -> Mapping[str, float]:
        """{target: 亿元 per unit of its value}."""
        found = defaultdict[str, float](float)
        for row in target_rows(self.reference.plan):
            if row is not None:
                found[row.target] += float(self._prices[row.place]) * row.value_scale
        return found

    def _of_rate(self, payer: str | None) -> float:
        """亿元 per unit of a payer's rate, or without one of the discount rate: an annuity over n years is (1 + r · (n + 1) / 2) / n to first order."""
        rows = [row for row in self.reference.ready.case.tables["measures"] if payer in (None, row.payer)]
        lives = {row.id: self._numbers.constant("measures", row.id, "lifetime", missing=0.0) for row in rows}
        return sum(money * (lives[item] + 1) / 2 for (name, item), money in self._costs.items() if name == "Build" and lives.get(item))


def _summed(keys: Sequence[tuple[str, object]], money: np.ndarray) -> Mapping[tuple[str, str], float]:
    found = defaultdict[tuple[str, str], float](float)
    for at in np.flatnonzero(np.abs(money) > dust).tolist():
        family, index = keys[at]
        found[family, _item(index)] += float(money[at])
    return found


def _item(index: object) -> str:
    """The first id of an index; none where it is a year alone."""
    first = index[0] if isinstance(index, tuple) else index
    return first if isinstance(first, str) else ""
