"""The accounts worked out again from parameters and decisions, with xarray alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.results.plan_cost import SHORT
from model.results.transfers import TRANSFERS, by_payer, in_cost, paid_on, settled

THOUSAND = 1e3
# Parameters, decisions and what is worked out of them, by name, without coordinates: all of it stands on the parameters' own, and a Dataset
# would look through all it has for each that is asked for, and align it with each that comes.
Columns = Mapping[Any, xr.Variable]


def work_out(parameters: xr.Dataset, decisions: xr.Dataset) -> xr.Dataset:
    """Every quantity that follows from what was decided: stock, yearly sums, trade, spending, indicators, cost.

    Uses only primal decisions (`build`, hourly operation, yearly activity and trade of what has no hours).
    Dims as in the parameters; `contribution` has dims indicator, origin, year and sums over origin to `indicator_value`.

    Raises ValueError where decisions stand on other coordinates than the parameters.
    """
    p, said, made = parameters.variables, decisions.variables, dict[str, xr.Variable]()
    indexes, others = parameters.indexes, decisions.indexes
    if apart := [dim for dim in others if dim in indexes and not others[dim].equals(indexes[dim])]:
        raise ValueError(f"decisions stand on another {', '.join(map(str, apart))} than the parameters")
    made["level"] = _level(p, said)
    made["capacity"] = _capacity(p, said)
    made["annual"] = _annual(p, said)
    made["annual_heat"] = _yearly(p, said["heat_output"]).fillna(0.0) if "heat_output" in said else xr.zeros_like(made["annual"])
    made["peak_load"] = p["peak"] + (p["coincidence"] * made["annual"].fillna(0.0)).sum("technology")
    made["trade"], made["trade_value"] = _trade(p, said)
    made["investment_cash"], made["investment_before"] = _invested(p, said)
    made |= settled(p, said, made)
    made["spend"] = _spend(p, made)
    if p["transfer"].size:
        # What transfers are paid on counts no spending, so that it is known before they are.
        made["transfer_paid"] = paid_on(p, _contributions(p, said, made)[0].sum("origin"), _invested_by_build(p, said))
    made["spend"] = made["spend"] + by_payer(p, made.get("transfer_paid"), made["allowance_cost"])
    made["contribution"], origins = _contributions(p, said, made)
    made["indicator_value"] = made["contribution"].sum("origin")
    made["curtailed"] = _curtailed(p, made)
    made["cost"], components = _cost(p, said, made)
    made |= _repriced(p, said, made, components)
    own = {dim: indexes[dim] for dim in dict.fromkeys(dim for column in made.values() for dim in column.dims) if dim in indexes}
    return xr.Dataset(made, coords={**own, "origin": origins, "component": components})


def decided(p: Columns, decisions: Columns, name: str) -> xr.Variable:
    """What is built, newly closed or coming into force later, dims measure, build_year; zero for measures without such a decision."""
    if name not in decisions:
        return xr.zeros_like(p["build_lower"])
    return decisions[name].fillna(0.0).transpose("measure", "build_year")


def _places(p: Columns, dim: str, items: np.ndarray | Sequence[str]) -> np.ndarray:
    """Where items stand on a dim of the parameters, -1 for what does not, shape (items,)."""
    return p[dim].to_index().get_indexer(items)


def _acted(p: Columns, decisions: Columns, what: str) -> np.ndarray:
    """Each row of a long table of what measures do, times the amount decided of it, shape (rows,)."""
    measure = _places(p, "measure", p[f"{what}_measure"].values)
    year = _places(p, "build_year", p[f"{what}_build_year"].values)
    by, amounts = p[f"{what}_by"].values, np.zeros(len(measure))
    for name in np.unique(by).tolist():
        mine = by == name
        amounts[mine] = decided(p, decisions, name).values[measure[mine], year[mine]]
    return amounts * p[f"{what}_value"].values


def _level(p: Columns, decisions: Columns) -> xr.Variable:
    deferred = xr.Variable(("measure", "year"), decided(p, decisions, "deferred").values)
    return ((p["survival"] * decisions["build"]).sum("build_year") - deferred).transpose("measure", "year")


def _capacity(p: Columns, decisions: Columns) -> xr.Variable:
    capacity = p["existing"].copy(deep=True)
    if "effect_value" in p and p["effect_value"].size:
        technology, year = (_places(p, dim, p[f"effect_{dim}"].values) for dim in ("technology", "year"))
        np.add.at(capacity.values, (technology, year), _acted(p, decisions, "effect"))
    return capacity


def taken(p: Columns, decisions: Columns) -> xr.Variable:
    """What measures take from each stock that stands by itself, dims stock, year."""
    total = xr.zeros_like(p["standing"])
    if "take_value" in p and p["take_value"].size:
        stock, year = (_places(p, dim, p[f"take_{dim}"].values) for dim in ("stock", "year"))
        np.add.at(total.values, (stock, year), _acted(p, decisions, "take"))
    return total


def _yearly(p: Columns, hourly: xr.Variable) -> xr.Variable:
    """Hourly GW summed over the year, TWh; NaN for what does not run by the hour."""
    return (hourly * p["day_weight"]).sum(("day", "hour"), min_count=1) / THOUSAND


def _annual(p: Columns, decisions: Columns) -> xr.Variable:
    annual = decisions["annual"]
    for name in ("activity", "discharge_power"):
        if name in decisions:
            annual = _yearly(p, decisions[name]).fillna(annual)
    return annual.transpose("technology", "year")


def _trade(p: Columns, decisions: Columns) -> tuple[xr.Variable, xr.Variable]:
    trade = decisions["trade"]
    value = p["market_price"] * trade
    if "hourly_trade" in decisions:
        hourly = _yearly(p, decisions["hourly_trade"])
        paid = (p["market_price"] * p["market_shape"] * p["day_weight"] * decisions["hourly_trade"]).sum(
            ("day", "hour"), min_count=1
        ) / THOUSAND
        trade, value = hourly.fillna(trade), paid.fillna(value)
    return trade.transpose("market", "year"), value.transpose("market", "year")


def _invested(p: Columns, decisions: Columns) -> tuple[xr.Variable, xr.Variable]:
    """Cash for what is built: 亿元 a year of each span, dims measure, year; and in all before the first, dim measure."""
    build, deferred = decisions["build"].transpose("measure", "build_year"), decided(p, decisions, "deferred")
    paid = xr.zeros_like(p["measure_fixed_om"])
    measure, built, year = (_places(p, dim, p[f"cash_{dim}"].values) for dim in ("measure", "build_year", "year"))
    amounts = p["cash_value"].values * build.values[measure, built] - p["cash_deferred"].values * deferred.values[measure, built]
    np.add.at(paid.values, (measure, year), amounts)
    before = (p["cash_before"] * build - p["deferred_cash_before"] * deferred).sum("build_year")
    return paid, before


def _invested_by_build(p: Columns, decisions: Columns) -> xr.Variable:
    """The same cash apart by when it was built, 亿元 a year of each span, dims measure, build_year, year."""
    build, deferred = decisions["build"].transpose("measure", "build_year"), decided(p, decisions, "deferred")
    measure, built, year = (_places(p, dim, p[f"cash_{dim}"].values) for dim in ("measure", "build_year", "year"))
    paid = np.zeros((p["measure"].size, p["build_year"].size, p["year"].size))
    paid[measure, built, year] = (
        p["cash_value"].values * build.values[measure, built] - p["cash_deferred"].values * deferred.values[measure, built]
    )
    return xr.Variable(("measure", "build_year", "year"), paid)


def _by_payer(p: Columns, amounts: xr.Variable, payers: str, dim: str) -> xr.Variable:
    totals = np.zeros((p["payer"].size, p["year"].size))
    places = _places(p, "payer", p[payers].values)
    known = places >= 0
    np.add.at(totals, places[known], amounts.transpose(dim, "year").values[known])
    return xr.Variable(("payer", "year"), totals)


def _running_cost(p: Columns, made: Columns) -> xr.Variable:
    """Upkeep and variable cost of each technology, 亿元 a year, dims technology, year."""
    run = p["variable_cost"] * made["annual"].fillna(0.0) + p["heat_cost"] * made["annual_heat"]
    return p["fixed_om"] * p["city_share"] * made["capacity"] + run


def _sign(p: Columns) -> xr.Variable:
    """1 for what is bought and -1 for what is sold, dim market."""
    return xr.Variable("market", np.where(p["market_direction"].values == "buy", 1.0, -1.0))


def _spend(p: Columns, made: Columns) -> xr.Variable:
    measures = made["investment_cash"] + p["measure_fixed_om"] * made["level"]
    return (
        _by_payer(p, measures, "measure_payer", "measure")
        + _by_payer(p, _running_cost(p, made), "technology_payer", "technology")
        + _by_payer(p, _sign(p) * made["trade_value"], "market_payer", "market")
    )


def _contributions(p: Columns, decisions: Columns, made: Columns) -> tuple[xr.Variable, np.ndarray]:
    """What each technology, measure, market, payer and given path adds to each indicator, through all compositions, dims indicator, origin, year;
    and these origins."""
    quantities = {
        "activity": made["annual"], "heat": made["annual_heat"], "capacity": made["capacity"],
        "level": made["level"], "trade": made["trade"], "spend": made["spend"], "constant": None,
    }  # fmt: skip
    entries = [_direct(p, name, quantity) for name, quantity in quantities.items() if f"{name}_account_value" in p]
    entries.append(_built(p, decisions))
    origins = sorted({origin for _, names, _ in entries for origin in names})
    places = {origin: place for place, origin in enumerate(origins)}
    direct = np.zeros((p["indicator"].size, len(origins), p["year"].size))
    indicators = p["indicator"].to_index()
    for names, items, values in entries:
        np.add.at(direct, (indicators.get_indexer(names), [places[item] for item in items]), values)
    whole = np.stack(
        [np.linalg.solve(np.eye(len(indicators)) - composed, direct[:, :, y]) for y, composed in enumerate(_composed(p))], axis=2
    )
    return xr.Variable(("indicator", "origin", "year"), whole), np.array(origins, dtype=str)


def _direct(p: Columns, name: str, quantity: xr.Variable | None) -> tuple[list[str], list[str], np.ndarray]:
    dim = f"{name}_account"
    values = p[f"{dim}_value"].values
    items = p[f"{dim}_item"].values.tolist()
    if quantity is not None:
        of = str(quantity.dims[0])
        places, amounts = _places(p, of, items), np.zeros(values.shape)
        amounts[places >= 0] = quantity.transpose(of, "year").values[places[places >= 0]]
        values = values * np.nan_to_num(amounts)
    return p[f"{dim}_indicator"].values.tolist(), items, values


def _built(p: Columns, decisions: Columns) -> tuple[list[str], list[str], np.ndarray]:
    count = p["build_account_indicator"].size
    values = np.zeros((count, p["year"].size))
    if count:
        year = _places(p, "year", p["build_account_year"].values)
        values[np.arange(count), year] = _acted(p, decisions, "build_account")
    return p["build_account_indicator"].values.tolist(), p["build_account_measure"].values.tolist(), values


def _composed(p: Columns) -> np.ndarray:
    """Coefficients of indicators in indicators, shape (year, indicator, indicator)."""
    matrix = np.zeros((p["year"].size, p["indicator"].size, p["indicator"].size))
    if "composed_account_value" in p:
        into, of = (_places(p, "indicator", p[f"composed_account_{name}"].values) for name in ("indicator", "item"))
        matrix[:, into, of] = p["composed_account_value"].values.T
    return matrix


def _curtailed(p: Columns, made: Columns) -> xr.Variable:
    variable = p["operation"] == "variable"
    available = p["full_load"] * p["yearly_use"] * p["availability"] * p["city_share"] * made["capacity"]
    return (available - made["annual"]).where(variable)


def _cost(p: Columns, decisions: Columns, made: Columns) -> tuple[xr.Variable, list[str]]:
    """Present value of the plan, 亿元, by component; and these components."""
    sign = _sign(p)
    traded = sign * made["trade_value"]
    shortfall = (p["value_of_lost_load"] * decisions["unserved"]).sum("commodity")
    firm = max(p["value_of_lost_load"].values.tolist(), default=0.0) * decisions["firm_shortfall"]
    yearly = {
        "upkeep_of_measures": (p["measure_fixed_om"] * made["level"]).sum("measure"),
        "upkeep": (p["fixed_om"] * p["city_share"] * made["capacity"]).sum("technology"),
        "variable": (p["variable_cost"] * made["annual"]).sum("technology") + (p["heat_cost"] * made["annual_heat"]).sum("technology"),
        "purchases": traded.where(sign > 0, 0.0).sum("market"),
        "revenue": traded.where(sign < 0, 0.0).sum("market"),
        SHORT: shortfall + firm,
    }
    charged = _charged(p, decisions, "invested_charge")
    parts = {
        "investment": float(charged.sum()),
        **{name: float((p["discount"] * path).sum()) for name, path in yearly.items()},
        **in_cost(p, made["indicator_value"], charged, made["allowance_cost"]),
        **({"before_first_year": before} if (before := float(p["before_first_year"])) else {}),
    }
    return xr.Variable("component", list(parts.values()), attrs={"units": "亿元"}), list(parts)


def _charged(p: Columns, decisions: Columns, charge: str) -> xr.Variable:
    """Present value of the annuities of what is built in each year, 亿元, dims measure, build_year."""
    return p[charge] * decisions["build"] - p[f"deferred_{charge}"] * decided(p, decisions, "deferred")


def _repriced(p: Columns, decisions: Columns, made: Columns, components: list[str]) -> dict[str, xr.Variable]:
    """The same plan with annuities at the discount rate whoever pays, 亿元; and so without transfers, which is what it costs society. What it leaves
    short is apart from both."""
    parts = dict(zip(components, made["cost"].values.tolist(), strict=True))
    charged = _charged(p, decisions, "charge_at_one_rate")
    moved = in_cost(p, made["indicator_value"], charged, made["allowance_cost"])
    rest = sum(value for name, value in parts.items() if name not in ("investment", SHORT, *TRANSFERS))
    at_one_rate = float(charged.sum()) + rest
    return {
        "cost_at_one_rate": xr.Variable((), at_one_rate + sum(moved.values())),
        "cost_to_society": xr.Variable((), at_one_rate - float(p["before_first_year_transfers"])),
    }
