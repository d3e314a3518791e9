"""What a stored plan invests, and from which funds."""

from __future__ import annotations

import xarray as xr

FUNDS = ("budget", "bond", "enterprise", "household")


def invested(results: xr.Dataset) -> xr.DataArray:
    """Cash for each measure in all years and before the first, 亿元, dim measure."""
    return (results["investment_cash"] * results["span_years"]).sum("year") + invested_before(results)


def invested_before(results: xr.Dataset) -> xr.DataArray:
    """What of it falls before the first modelled year, dim measure: nothing in runs stored when all of it fell in the years of entry."""
    return (
        results["investment_before"]
        if "investment_before" in results
        else xr.zeros_like(results["investment_cash"].isel(year=0, drop=True))
    )


def fund_shares(results: xr.Dataset) -> dict[str, dict[str, float]]:
    """{payer: {fund: its share of what the payer invests}}, what is left open as `not_named`; empty where the case tells no funds."""
    if not all(f"payer_fund_{fund}" in results for fund in FUNDS):
        return {}
    found = {}
    for place, payer in enumerate(results["payer"].values.tolist()):
        told = {fund: float(results[f"payer_fund_{fund}"].values[place]) for fund in FUNDS}
        found[payer] = told | {"not_named": 1.0 - sum(told.values())}
    return found
