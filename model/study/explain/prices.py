"""What targets cost with whole units held: price, and the values of the target between which it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.case.tables.forms import FORMS
from model.case.tables.indicators import Target
from model.results.explained import TargetPrice, YearPrice
from model.results.money import mean_price
from model.results.targets import target_results
from model.solve.matrix import Matrix
from model.solve.prices import FixedUnitPrices, fixed_unit_prices
from model.study.explain.of_run import built_in, held_as_built, same_cost
from model.study.explain.steps import step_of
from model.study.plan.reference import Reference
from model.study.plan.target_rows import target_rows

dust = 1e-9


def held_of(reference: Reference) -> tuple[FixedUnitPrices | None, bool]:
    """Prices of the plan with its whole units held, at the plan's own amounts; whether all builds had to be held.

    A plan that is not the cheapest with its whole units (one decided in short sight) has prices with all builds held alone.
    """
    plan, matrix = reference.plan.solution, reference.plan.matrix
    shut = matrix.shortfalls
    paths: dict[str, np.ndarray] = {}
    for row in target_rows(reference.plan):
        if row is not None:
            paths.setdefault(row.target, np.zeros(len(matrix.rows)))[row.place] = row.value_scale

    def prices(of: Matrix) -> FixedUnitPrices | None:
        return fixed_unit_prices(of, plan.x, shut=shut, basis=plan.warm_start.basis, paths=paths, threads=reference.ready.options.threads)

    held = prices(matrix)
    cost = float(matrix.cost @ plan.x + matrix.offset)
    schedule = held is not None and held.objective < cost - same_cost * max(1.0, abs(cost))
    if schedule:
        held = prices(held_as_built(matrix, built_in(matrix, plan.x)))
    # Prices are those of every cheapest plan with these units, so also of the one at hand.
    return (None if held is None else replace(held, x=plan.x)), schedule


def priced_targets(reference: Reference, held: FixedUnitPrices | None) -> list[TargetPrice]:
    """Every target in force with its prices, no differences yet."""
    matrix = reference.plan.matrix
    results = target_results(reference.plan.solved.parameters, reference.plan.solved.worked["indicator_value"])
    names = ("row_target", "row_year", "row_sense", "value", "required", "achieved", "slack_in_unit", "binding", "row_enforced", "met")
    rows, discount = {row.id: row for row in reference.ready.case.tables["targets"]}, _discount(reference)
    found: dict[str, list[tuple[YearPrice, float]]] = {}
    columns = (results[n].values.tolist() for n in names)
    for row, name, year, sense, said, required, achieved, slack, binding, enforced, met in zip(
        target_rows(reference.plan), *columns, strict=True
    ):
        if enforced and row is not None:
            price, low, high = _held_price(
                matrix, held if met else None, row.place, scale=row.scale, sense=sense, required=required, achieved=achieved
            )
            yearly = mean_price(price, [year], rows[name].form, discount)
            one = YearPrice(year, sense, said, required, achieved, slack, binding, price, yearly, low, high, met)
            found.setdefault(name, []).append((one, price * row.value_scale / row.scale if row.scale else price))
    return [_whole_path(rows[name], found[name], held, discount) for name in sorted(found)]


def _discount(reference: Reference) -> dict[int, float]:
    """{modelled year: present value of 1 in each year that it stands for}."""
    discount = reference.plan.solved.parameters["discount"]
    return dict(zip(discount["year"].values.tolist(), discount.values.tolist(), strict=True))


def _held_price(
    matrix: Matrix, held: FixedUnitPrices | None, place: int, *, scale: float, sense: str, required: float, achieved: float
) -> tuple[float, float, float]:
    """Price per unit of the target, and between which values of the row it holds; of an unpriced row, as far as there is slack."""
    if held is None or abs(scale) <= dust:
        return 0.0, -np.inf, np.inf
    if abs(held.prices[place]) <= dust and sense != "==":
        return 0.0, *((achieved, np.inf) if sense == "<=" else (-np.inf, achieved))
    price = float(held.prices[place]) * scale * (-1.0 if sense == "<=" else 1.0)
    limit = matrix.row_upper[place] if sense == "<=" else matrix.row_lower[place]
    ends = sorted(required + (float(end) - limit) / scale for end in (held.low[place], held.high[place]))
    return price if sense == "==" else max(price, 0.0), min(ends[0], required), max(ends[1], required)


def _whole_path(
    target: Target, years: Sequence[tuple[YearPrice, float]], held: FixedUnitPrices | None, discount: Mapping[int, float]
) -> TargetPrice:
    """All its years together. One unit more of a band raises both its sides: one costs, the other saves."""
    value, sign = float(target.value or 0.0), {">=": 1.0, "<=": -1.0, "==": 1.0}
    down, up = held.reach.get(target.id, (np.inf, np.inf)) if held is not None and not FORMS[target.form].peak else (np.inf, np.inf)
    band = target.sense == "=="
    price = sum(per_unit * (sign[one.sense] if band else 1.0) for one, per_unit in years)
    yearly = mean_price(price, [one.year for one, _ in years if one.met] or [one.year for one, _ in years], target.form, discount)
    return TargetPrice(
        target.id, value, target.unit, target.sense, 0.0 if FORMS[target.form].peak else target.tolerance, target.indicator, price, yearly,
        value - down, value + up, step_of(target), tuple(one for one, _ in years),
    )  # fmt: skip
