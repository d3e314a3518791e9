"""What the first page of a plan tells, as plain records: the targets nearest to biting, what must be decided soonest, money ahead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.results.money import fund_shares
from model.results.next_years import begun_records, decided_records, next_years
from model.results.shortfalls import decided_since

most_matters, horizon, dust = 10, 2030, 1e-6


def matters(results: xr.Dataset) -> list[dict[str, Any]]:
    """What must be decided in the first two decided years, at most ten, those first that take most money beyond the usual path.

    `decide_by` is the year in which it must be begun to be in force in `year`; `amount` is all of it in the canonical unit of its measure,
    `invested` its cash in these years and `extra` what of it the usual path spares, both 亿元 and all of it where the usual path is not stored.
    """
    since, leads = int(results.attrs["decide_from"]), _by_measure(results, "measure_lead_time")
    found = dict[str, dict[str, Any]]()
    for one in decided_records(results):
        years = [year for year, amount in one["amounts"].items() if abs(amount) > dust]
        invested, usual = one["invested"], one["usual"] or 0.0
        found[one["measure"]] = {
            "measure": one["measure"], "lead": one["lead"], "decide_by": max(since, years[0] - int(leads[one["measure"]])), "year": years[0],
            "amount": sum(one["amounts"].values()), "invested": invested, "extra": invested - usual,
        }  # fmt: skip
    for one in begun_records(results):
        told = found.setdefault(
            one["measure"],
            {
                "measure": one["measure"], "lead": one["lead"], "decide_by": one["begin"], "year": one["year"], "amount": 0.0,
                "invested": one["invested"] or 0.0, "extra": one["invested"] or 0.0,
            },
        )  # fmt: skip
        told["amount"] += one["amount"]
        told["decide_by"] = min(told["decide_by"], one["begin"])
    chosen = [one for one in found.values() if one["extra"] > dust]
    return sorted(chosen, key=lambda one: (-one["extra"], one["measure"]))[:most_matters]


def money_ahead(results: xr.Dataset) -> list[dict[str, Any]]:
    """Cash invested from the first decided year on, 亿元, by fund where the case tells shares of payers, else by payer; the largest first.

    `amounts` of the first two decided years, a year of each; `total` of all decided years up to 2030 or, where none is, of all;
    `over_usual` is what of `total` the usual path spares, None where that is not stored.
    """
    plan, usual = _by_source(results, "investment_cash"), _by_source(results, "usual_investment_cash")
    years, lengths = [int(y) for y in results["year"].values], results["span_years"].values.astype(float)
    since = decided_since(results)
    ahead = np.array([since <= y <= horizon for y in years])
    ahead = ahead if ahead.any() else np.array([y >= since for y in years])
    near = [years.index(y) for y in next_years(results)]
    found = []
    for source, cash in plan.items():
        total = float((cash * lengths)[ahead].sum())
        extra = total - float((usual[source] * lengths)[ahead].sum()) if source in usual else None
        amounts = {years[at]: float(cash[at]) for at in near}
        if max(map(abs, (total, *amounts.values()))) > dust:
            found.append({"source": source, "amounts": amounts, "total": total, "over_usual": extra})
    return sorted(found, key=lambda one: (-one["total"], one["source"]))


def until(results: xr.Dataset) -> int:
    """The last year that `money_ahead` counts in its totals."""
    years = [int(y) for y in results["year"].values]
    return max([y for y in years if decided_since(results) <= y <= horizon] or years)


def sources_of(results: xr.Dataset, measure: str) -> dict[str, float]:
    """{fund: share of what the measure's payer invests}; {payer: 1} where the case tells no funds."""
    payer, shares = str(_by_measure(results, "measure_payer")[measure]), fund_shares(results)
    return {fund: share for fund, share in shares[payer].items() if share > dust} if shares else {payer: 1.0}


def _by_source(results: xr.Dataset, name: str) -> dict[str, np.ndarray]:
    """{fund or payer: cash in each year}; empty where it is not stored."""
    if name not in results or "measure_payer" not in results:
        return {}
    cash, shares, made = results[name].transpose("measure", "year").values, fund_shares(results), dict[str, np.ndarray]()
    for payer, values in zip(results["measure_payer"].values.tolist(), cash, strict=True):
        for source, share in shares[payer].items() if shares else ((payer, 1.0),):
            made[source] = made.get(source, 0.0) + share * values
    return made


def _by_measure(results: xr.Dataset, name: str) -> Mapping[str, Any]:
    return dict(zip(results["measure"].values.tolist(), results[name].values.tolist(), strict=True))
