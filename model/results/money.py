"""What a stored plan invests."""

from __future__ import annotations

import xarray as xr


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
