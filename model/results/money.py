"""What a stored plan invests, from which funds, and what a present value is by the year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import xarray as xr

from model.case.tables.forms import FORMS, FormName
from model.results.shortfalls import decided_since

FUNDS = ("budget", "bond", "enterprise", "household")
PUBLIC = "budget"  # the fund that is the public one


def invested(results: xr.Dataset) -> xr.DataArray:
    """Cash for each measure in all years and before the first, 亿元, dim measure."""
    columns = results.variables  # as they stand: products of arrays with coordinates align them first
    cash = (columns["investment_cash"] * columns["span_years"]).sum("year")
    if "investment_before" in columns:
        cash = cash + columns["investment_before"]
    return xr.DataArray(cash, coords={"measure": columns["measure"]})


def share_sunk(results: xr.Dataset) -> np.ndarray:
    """What share of the years of each span lies before decisions begin, dim year; all zero where they begin with the first year."""
    spans, since = results["span_years"].values.astype(float), decided_since(results)
    first = results["year"].values - spans + 1
    return np.clip(since - first, 0.0, spans) / spans


def invested_since_decisions(results: xr.Dataset) -> tuple[float, float]:
    """Cash of all measures, 亿元: paid before decisions begin, which no plan changes, and from then on. Of a span that decisions cut, evenly."""
    cash = (results["investment_cash"] * results["span_years"]).sum("measure").values
    sunk = float(share_sunk(results) @ cash) + float(invested_before(results).sum())
    return sunk, float(invested(results).sum()) - sunk


def invested_before(results: xr.Dataset) -> xr.DataArray:
    """What of it falls before the first modelled year, dim measure: nothing in runs stored when all of it fell in the years of entry."""
    return (
        results["investment_before"]
        if "investment_before" in results
        else xr.zeros_like(results["investment_cash"].isel(year=0, drop=True))
    )


def cash_discount(results: xr.Dataset) -> xr.DataArray:
    """Present value of 1 paid in each year of a span, dim year; in runs stored when the running cost was weighed alike, that weight."""
    return results["cash_discount"] if "cash_discount" in results else results["discount"]


def fund_shares(results: xr.Dataset) -> dict[str, dict[str, float]]:
    """{payer: {fund: its share of what the payer invests}}, what is left open as `not_named`; empty where the case tells no funds."""
    if not all(f"payer_fund_{fund}" in results for fund in FUNDS):
        return {}
    found = {}
    for place, payer in enumerate(results["payer"].values.tolist()):
        told = {fund: float(results[f"payer_fund_{fund}"].values[place]) for fund in FUNDS}
        found[payer] = told | {"not_named": 1.0 - sum(told.values())}
    return found


def public_and_others(results: xr.Dataset, paid: Iterable[tuple[str, float]]) -> tuple[float, float]:
    """What of some cash, (measure, 亿元) each, the public budget pays and what others do: by the payers' funds, or, where the case tells none, by which payers are public."""
    payer_of = dict(zip(results["measure"].values.tolist(), results["measure_payer"].values.tolist(), strict=True))
    shares = {payer: told[PUBLIC] for payer, told in fund_shares(results).items()}
    if not shares and "payer_public" in results:
        shares = dict(zip(results["payer"].values.tolist(), results["payer_public"].values.astype(float).tolist(), strict=True))
    found = list(paid)
    public = float(sum(amount * shares.get(payer_of[measure], 0.0) for measure, amount in found))
    return public, float(sum(amount for _, amount in found)) - public


def mean_price(price: float, years: Collection[int], form: FormName, discount: Mapping[int, float]) -> float:
    """A price of present value as a mean of the modelled years in which one more unit is asked, each by the years it stands for.

    `discount` is the present value of 1 in each year that a modelled year stands for. NaN for a form that adds up its years: its unit is
    asked once, so that the present value is the price.

    >>> mean_price(3.0, [2021, 2022], "level", {2021: 1.0, 2022: 0.5}), mean_price(3.0, [2022], "budget", {2022: 0.5})
    (2.0, nan)
    """
    return float("nan") if FORMS[form].cumulative else price / sum(discount[year] for year in set(years))
