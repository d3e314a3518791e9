"""Parameters of the accounts: every indicator as a linear sum of activities, capacities, trade, builds and constants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.case.parameters.numbers import Numbers
from model.case.parameters.operation import Operation
from model.case.parameters.scope import Scope
from model.case.parameters.stock import Stock
from model.case.read.case import Case

Paths = dict[tuple[str, str], np.ndarray]
BUILDS = ["indicator", "measure", "build_year", "year", "value", "by"]
KEYS = [name for name in BUILDS if name != "value"]


@dataclass(frozen=True)
class Accounts:
    """Coefficients by (indicator, item), each a path (years,); `builds` is a long table; constants likewise by item."""

    activity: Paths  # technology
    heat: Paths  # combined heat and power, per unit of heat
    capacity: Paths  # technology
    level: Paths  # measure
    trade: Paths  # market
    indicator: Paths  # other indicator
    spend: Paths  # payer
    constant: Paths  # residual, driver or demand
    builds: pd.DataFrame  # indicator, measure, build_year, year, value, by (build, closed or deferred)


def chosen_variants(case: Case) -> dict[str, str]:
    """Generic indicator → the variant that case.yaml chooses."""
    return {
        row.stands_for: row.id
        for row in case.tables["indicators"]
        if row.stands_for and case.header.variants.get(row.stands_for) == row.variant
    }


def accounts(case: Case, scope: Scope, numbers: Numbers, stock: Stock, operation: Operation) -> Accounts:
    technologies = sorted(case.tables["technologies"], key=lambda row: row.id)
    chosen = chosen_variants(case)
    rows = _paths(case, numbers, chosen)
    if scope.measures == "none":
        rows = {key: path for key, path in rows.items() if key[2] not in ("level", "build")}
    made: dict[str, Paths] = {name: {} for name in ("activity", "heat", "capacity", "level", "trade", "indicator", "spend", "constant")}
    places = {row.id: place for place, row in enumerate(technologies)}
    heating = {row.id for row in technologies if row.heat}
    addons = {row.id for row in technologies if row.operation == "saving"}
    kinds = {
        "activity": "activity",
        "capacity": "capacity",
        "level": "level",
        "bought": "trade",
        "sold": "trade",
        "indicator": "indicator",
        "spend": "spend",
    }
    for (indicator, item, by), path in rows.items():
        if by in kinds:
            _add(made[kinds[by]], (indicator, item), path)
        elif by == "use":
            for (technology, commodity), flow in operation.flows.items():
                if commodity == item:
                    used = path * (-flow if technology in addons else np.maximum(-flow, 0.0))
                    _add(made["activity"], (indicator, technology), used)
                    if technology in heating:
                        _add(made["heat"], (indicator, technology), used * operation.paths["heat_loss"][places[technology]])
    indicators = {row.id for row in case.tables["indicators"]}
    made["constant"] = _constants(case, numbers, rows)
    _regional(made, technologies, operation)
    builds = _builds(rows, stock, scope, indicators)
    year_before = numbers.at(scope.timeline[0].first - 1)
    before = _constants(case, year_before, _paths(case, year_before, chosen))
    builds = _changes(scope, rows, made, before, builds)
    return Accounts(**{name: {key: path for key, path in paths.items() if np.any(path)} for name, paths in made.items()}, builds=builds)


def _add(paths: Paths, key: tuple[str, str], path: np.ndarray) -> None:
    paths[key] = paths.get(key, 0.0) + path


def _paths(case: Case, numbers: Numbers, chosen: dict[str, str]) -> dict[tuple[str, str, str], np.ndarray]:
    given: dict[tuple[str, str, str], dict[int | None, float]] = {}
    for row in case.tables["accounts"]:
        key = (row.indicator, chosen.get(row.item, row.item) if row.by in ("indicator", "change") else row.item, row.by)
        given.setdefault(key, {})[row.year] = numbers.canonical("accounts", row)
    return {key: numbers.fill(rows) for key, rows in sorted(given.items())}


def _constants(case: Case, numbers: Numbers, rows: dict[tuple[str, str, str], np.ndarray]) -> Paths:
    """What no decision can change: drivers, demands, and the rest of the city with the fuels it burns."""
    made: Paths = {}
    for (indicator, item, by), path in rows.items():
        if by in ("driver", "demand"):
            _add(made, (indicator, item), path * numbers.path(f"{by}s", item, "amount", missing=0.0))
        elif by == "use":
            for residual, amount in _residuals(case, numbers, item).items():
                _add(made, (indicator, residual), path * amount)
    for indicator in sorted(row.id for row in case.tables["indicators"]):
        for residual, amount in _residuals(case, numbers, indicator).items():
            _add(made, (indicator, residual), amount)
    return made


def _residuals(case: Case, numbers: Numbers, item: str) -> dict[str, np.ndarray]:
    return {
        row.id: numbers.canonical("residuals", row) * numbers.path("residuals", row.id, "path")
        for row in case.tables["residuals"]
        if row.item == item
    }


def _regional(made: dict[str, Paths], technologies: list, operation: Operation) -> None:
    """The part of a region-serving variable technology outside the city: its capacity at full-load hours."""
    for place, row in enumerate(technologies):
        if row.serves != "region" or row.operation != "variable":
            continue
        outside = 1 - operation.city_share[place]
        yearly = outside * operation.full_load[place] * operation.yearly_use[place] * operation.paths["availability"][place]
        for (indicator, technology), path in list(made["activity"].items()):
            if technology == row.id:
                _add(made["capacity"], (indicator, row.id), path * yearly)


def _builds(rows: dict[tuple[str, str, str], np.ndarray], stock: Stock, scope: Scope, indicators: set[str]) -> pd.DataFrame:
    effects = stock.acting.effects
    direct = effects[effects["item"].isin(indicators)].rename(columns={"item": "indicator"})
    counted = [
        (indicator, item, span.last, span.last, path[place] / span.years, "build")
        for (indicator, item, by), path in rows.items()
        if by == "build"
        for place, span in enumerate(scope.timeline)
    ]
    return _summed(direct[BUILDS], pd.DataFrame(counted, columns=BUILDS))


def _summed(*tables: pd.DataFrame) -> pd.DataFrame:
    """One row for each indicator, measure, build year and year, whatever it comes from."""
    total: dict[tuple, float] = {}
    for table in tables:  # by hand: a group of pandas' takes longer to set up than most cases have rows
        *keys, values = (table[name].tolist() for name in (*KEYS, "value"))
        for *key, value in zip(*keys, values, strict=True):
            total[tuple(key)] = total.get(tuple(key), 0.0) + value
    return pd.DataFrame([(*key, total[key]) for key in sorted(total)], columns=[*KEYS, "value"])[BUILDS]


def _changes(
    scope: Scope, rows: dict[tuple[str, str, str], np.ndarray], made: dict[str, Paths], before: Paths, builds: pd.DataFrame
) -> pd.DataFrame:
    """Yearly change of another indicator that is made of builds and constants only (a forest's stock, say).

    `before` are the constants of the year before the first span.
    """
    extra = []
    lengths = np.array([span.years for span in scope.timeline])
    for (indicator, item, by), path in rows.items():
        if by != "change":
            continue
        for (other, origin), constant in list(made["constant"].items()):
            if other == item:
                _add(made["constant"], (indicator, origin), path * np.diff(constant, prepend=before[other, origin]) / lengths)
        part = builds[builds["indicator"] == item]
        for (measure, built, decided), group in part.groupby(["measure", "build_year", "by"]):
            values = dict(zip(group["year"], group["value"], strict=True))
            stock_path = np.array([values.get(span.last, 0.0) for span in scope.timeline])
            change = path * np.diff(stock_path, prepend=0.0) / lengths
            extra += [
                (indicator, measure, built, span.last, value, decided) for span, value in zip(scope.timeline, change, strict=True) if value
            ]
    return _summed(builds, pd.DataFrame(extra, columns=BUILDS)) if extra else builds
