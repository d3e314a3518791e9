"""What passes between payers and across the city's border: transfers and allowances by year, and what each plan costs without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.results.plan_cost import baseline_cost, parts_of_cost

Columns = Mapping[Any, xr.Variable]
GROUP, TRANSFER, YEARLY = "allowance_group", "transfer", "year"
TAXES, SUBSIDIES, ALLOWANCES = "taxes", "subsidies", "allowances"
TRANSFERS = (TAXES, SUBSIDIES, ALLOWANCES)
OF_KIND = {"tax": TAXES, "carbon_price": TAXES, "subsidy": SUBSIDIES}


def settled(p: Columns, said: Columns, made: Columns) -> dict[str, xr.Variable]:
    """Of each group of a carbon market and year: verified emissions, allotted, forgiven and lapsed allowances, those bought and sold, and the cost."""
    shape = p["allowance_price"].shape
    found = {name: np.zeros(shape) for name in ("verified", "allotted", "net")}
    groups, technologies = (p[dim].to_index() for dim in (GROUP, "technology"))
    output = {"activity": made["annual"].fillna(0.0), "heat": made["annual_heat"]}
    for place, (group, technology, by) in enumerate(
        zip(*(p[f"allotted_{name}"].values.tolist() for name in ("group", "technology", "by")))
    ):
        amount = output[by].transpose("technology", "year").values[technologies.get_loc(technology)]
        for name, column in (("verified", "verified"), ("allotted", "benchmark"), ("net", "counted")):
            found[name][groups.get_loc(group)] += p[f"allotted_{column}"].values[place] * amount
    lapsed = said["lapsed_allowances"].fillna(0.0).transpose(GROUP, YEARLY).values if "lapsed_allowances" in said else np.zeros(shape)
    position = found["net"] + lapsed
    told = {
        "emissions": found["verified"],
        "allotted": found["allotted"],
        "forgiven": found["verified"] - found["allotted"] - found["net"],
        "lapsed": lapsed,
        "bought": np.maximum(position, 0.0),
        "sold": np.maximum(-position, 0.0),
        "cost": p["allowance_price"].values * position,
    }
    made_of = {f"allowance_{name}": xr.Variable((GROUP, YEARLY), values) for name, values in told.items()}
    return made_of | {"net_allowances": xr.Variable((GROUP, YEARLY), found["net"])}


def allowance_rules(p: Columns, said: Columns, worked: Columns) -> dict[str, tuple[xr.Variable, xr.Variable]]:
    """{rule: what must be at most what}: what must be bought follows from outputs, no more is sold than may be, nothing lapses that is not there."""
    if not p[GROUP].size:
        return {}
    net = worked["net_allowances"]
    nothing = xr.zeros_like(net)
    lapsed = said["lapsed_allowances"].fillna(0.0) if "lapsed_allowances" in said else nothing
    apart = abs(said["net_allowances"].fillna(0.0) - net) / np.maximum(1.0, abs(net))
    most = (p["gain_limit"] * worked["allowance_emissions"]).where(p["gain_limited"] & p["allowance_settles"])
    return {
        "allowances: what must be bought": (apart, nothing),
        "allowances: gain within its limit": (-net - lapsed, most),
        "allowances: no less than nothing lapses": (-lapsed, nothing),
    }


def paid_on(p: Columns, indicators: xr.Variable, investment: xr.Variable) -> xr.Variable:
    """Cash of each transfer, 亿元 a year, dims transfer, year: `rate` on its indicator, `share` of what is invested in its measures.

    `investment` is the cash for each unit built, dims measure, build_year, year.
    """
    paid = np.zeros((p[TRANSFER].size, p[YEARLY].size))
    for place, on in _placed(p, "levy", "indicator"):
        paid[place[0]] += p["levy_rate"].values[place[1]] * indicators.transpose("indicator", YEARLY).values[on]
    for place, on in _placed(p, "grant", "measure"):
        paid[place[0]] += p["grant_share"].values[place[1]] @ investment.transpose("measure", "build_year", YEARLY).values[on]
    return xr.Variable((TRANSFER, YEARLY), paid)


def _placed(p: Columns, dim: str, of: str) -> list[tuple[tuple[int, int], int]]:
    """((place of the transfer, row of the long table), place of what it is paid on) of each row."""
    transfers, items = p[TRANSFER].to_index(), p[of].to_index()
    rows = zip(p[f"{dim}_{TRANSFER}"].values.tolist(), p[f"{dim}_{of}"].values.tolist(), strict=True)
    return [((transfers.get_loc(x), row), items.get_loc(item)) for row, (x, item) in enumerate(rows)]


def by_payer(p: Columns, paid: xr.Variable | None, allowances: xr.Variable) -> xr.Variable:
    """What each payer pays, less what it receives, dims payer, year."""
    payers, totals = p["payer"].to_index(), np.zeros((p["payer"].size, p[YEARLY].size))
    for column, sign, amounts in (
        ("transfer_payer", 1.0, paid), ("transfer_receiver", -1.0, paid), ("allowance_payer", 1.0, allowances),
    ):  # fmt: skip
        for place, payer in enumerate(p[column].values.tolist()):
            if payer and amounts is not None:
                totals[payers.get_loc(payer)] += sign * amounts.values[place]
    return xr.Variable(("payer", YEARLY), totals)


def crossing(p: Columns) -> np.ndarray:
    """1 of a transfer that leaves the city, −1 of one that comes in, 0 of one between its payers, shape (transfer,)."""
    return (p["transfer_payer"].values != "").astype(float) - (p["transfer_receiver"].values != "").astype(float)


def in_cost(p: Columns, indicators: xr.Variable, charged: xr.Variable, allowances: xr.Variable) -> dict[str, float]:
    """Present value of what crosses the city's border, 亿元, by what it is; nothing where a case has none.

    `charged` is the present value of the annuities of what is built in each year, dims measure, build_year.
    """
    discount, sign = p["discount"].values, crossing(p)
    found: dict[str, float] = {}
    kinds = p["transfer_kind"].values.tolist()
    for dim, of, amounts, weight, name in (
        ("levy", "indicator", indicators.transpose("indicator", YEARLY).values, discount, "rate"),
        ("grant", "measure", charged.transpose("measure", "build_year").values, np.ones(p["build_year"].size), "share"),
    ):
        for (transfer, row), on in _placed(p, dim, of):
            part = OF_KIND[kinds[transfer]]
            found[part] = found.get(part, 0.0) + float(sign[transfer] * (p[f"{dim}_{name}"].values[row] * amounts[on]) @ weight)
    if p[GROUP].size:
        found[ALLOWANCES] = float((allowances.transpose(GROUP, YEARLY).values @ discount).sum())
    return {name: found[name] for name in TRANSFERS if name in found}


def society(results: xr.Dataset) -> dict[str, dict[str, float]]:
    """{plan and baselines: present values, 亿元}: as paid, each kind of transfer in it, without them, at one rate, and both at once, which is what it
    costs society; empty for a case in which all of these are the same.
    """
    if "cost_to_society" not in results:
        return {}
    parts = parts_of_cost(results)
    found = {
        "plan": {
            "cost_as_paid": sum(parts.values()), **{name: parts.get(name, 0.0) for name in TRANSFERS},
            **{name: float(results[name]) for name in ("cost_at_one_rate", "cost_to_society")},
        }
    }  # fmt: skip
    for place, name in enumerate(results["baseline"].values.tolist()):
        told = (*TRANSFERS, "cost_at_one_rate", "cost_to_society")
        found[name] = {"cost_as_paid": baseline_cost(results, name).value}
        found[name] |= {one: float(results[f"baseline_{one}"].values[place]) for one in told}
    for values in found.values():
        values["cost_without_transfers"] = values["cost_as_paid"] - sum(values[name] for name in TRANSFERS)
    return found
