"""What the first two decided years bring, as plain records: what is decided and begun, who pays, and which targets ride on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.results.money import fund_shares
from model.results.past import counts_of_words

count_of_years, dust = 2, 1e-6
crumb_share, crumb_money = 0.01, 0.1  # of the most that is built of a measure in a year, and 亿元: less of both is no task for anybody
least_share = 1e-4  # of the most that is built of a measure in a year: less is what a search leaves, not a decision


def has_next(results: xr.Dataset) -> bool:
    """Whether decisions begin after the first modelled year; runs stored when nobody was named as leading or paying have none of this."""
    return bool(counts_of_words(results)) and {"measure_lead", "measure_payer"} <= set(results.data_vars)


def next_years(results: xr.Dataset) -> list[int]:
    """The first modelled years that are decided."""
    since = int(results.attrs["decide_from"])
    return [int(y) for y in results["year"].values if y >= since][:count_of_years]


def next_record(results: xr.Dataset, past: Mapping[str, Any]) -> dict[str, Any]:
    """All of it by ids, amounts in the units named and money in 亿元; `past` is the manifest's record of the past."""
    return {
        "years": next_years(results), "decide": decided_records(results), "begin": begun_records(results), "under_way": under_way_records(results),
        "money": payer_records(results), "funds": fund_records(results), "targets": target_records(results),
        "unmet": list(past.get("onward", ())), "known": counts_of_words(results),
    }  # fmt: skip


def decided_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Measures that come into force in these years, those with the most cash in them first: `amounts` by year, `invested` in all of them.

    What is committed was decided before and is under way: it counts in neither, nor does a forecast of what owners buy or renew. `usual` is what of the cash the usual path invests too; None where
    that is not stored.
    """
    return [one for one in _decided(results) if not (one.pop("crumb") | one.pop("forecast"))]


def crumbs_decided(results: xr.Dataset) -> int:
    """How many measures are left out of these years as crumbs: so little of what is built of them in another year, for so little money, that nobody can
    be asked to build it."""
    return sum(one["crumb"] and not one["forecast"] for one in _decided(results))


def forecasts_decided(results: xr.Dataset) -> list[str]:
    """The measures left out of these years because owners buy them by themselves: they are reckoned with, and nobody's task."""
    return [one["measure"] for one in _decided(results) if one["forecast"]]


def is_forecast(results: xr.Dataset) -> dict[str, bool]:
    """{measure: whether it is a forecast of what owners buy or renew}; runs stored without it tell of none."""
    known = results["measure_forecast"].values.tolist() if "measure_forecast" in results else [False] * results.sizes["measure"]
    return dict(zip(results["measure"].values.tolist(), map(bool, known), strict=True))


def _decided(results: xr.Dataset) -> list[dict[str, Any]]:
    years, invested, usual = next_years(results), _open_cash(results), _usual_invested(results)
    build, forecast = _open_builds(results), is_forecast(results)
    built, largest = build.sel(build_year=years), np.nan_to_num(np.abs(build.values)).max(axis=1, initial=0.0)
    found = []
    for k, amounts, most in zip(built["measure"].values.tolist(), built.values.tolist(), largest.tolist(), strict=True):
        largest_here = max(map(abs, amounts), default=0.0)
        if largest_here > max(dust, least_share * most):
            found.append(
                {
                    "crumb": largest_here < crumb_share * most and abs(float(invested.sel(measure=k))) < crumb_money, "forecast": forecast[k],
                    **_measure(results, k), "amounts": dict(zip(years, amounts, strict=True)), "invested": float(invested.sel(measure=k)),
                    "usual": None if usual is None else max(0.0, min(float(invested.sel(measure=k)), float(usual.sel(measure=k)))),
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: (-one["invested"], one["measure"]))


def begun_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """What must be begun in these years for its lead time and comes into force after them, what takes most money in them first.

    A span of years counts where any of its years must be begun in time; `begin` is the first of these. `invested` is None where the cash of
    its measure is told with what is decided of it, or in an earlier row: it is one amount.
    """
    years, since = next_years(results), int(results.attrs["decide_from"])
    lengths = dict(zip(results["year"].values.tolist(), results["span_years"].values.tolist(), strict=True))
    built, found = _open_builds(results), list[dict[str, Any]]()
    invested, forecast = _open_cash(results), is_forecast(results)
    for k, lead, amounts in zip(
        built["measure"].values.tolist(), results["measure_lead_time"].values.tolist(), built.values.tolist(), strict=True
    ):
        for y, amount in zip(built["build_year"].values.tolist(), amounts, strict=True):
            first = int(y - lengths[y] + 1) - lead
            if (
                lead
                and not forecast[k]
                and y > years[-1]
                and abs(amount) > max(dust, least_share * max(map(abs, amounts)))
                and first <= years[-1]
                and y - lead >= since
            ):
                begin = max(first, since)
                found.append(
                    {**_measure(results, k), "begin": begin, "year": int(y), "lead_time": int(lead), "amount": amount, "invested": float(invested.sel(measure=k))}
                )  # fmt: skip
    found.sort(key=lambda one: (-one["invested"], one["measure"], one["year"]))
    told = {one["measure"] for one in decided_records(results)}
    for one in found:
        one["invested"] = None if one["measure"] in told else one["invested"]
        told.add(one["measure"])
    return sorted(found, key=lambda one: (-(one["invested"] or 0.0), one["measure"], one["year"]))


def under_way_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """What was begun before: committed, and in force or paid for in these years; or paid for in them though it neither comes into force nor is begun in
    them. `years` is when it comes into force, from the first of these years on; `amounts` is what of it in each of these.
    """
    years, build = next_years(results), results["build"].transpose("measure", "build_year")
    told = {one["measure"] for one in (*_decided(results), *begun_records(results))}
    under_way = build - _open_builds(results)
    cash = _invested(results) - _open_cash(results)
    later, found = build["build_year"].values >= years[0], []
    for at, k in enumerate(build["measure"].values.tolist()):
        mine, paid = under_way.values[at], float(cash.values[at])
        if k not in told and not (np.abs(mine[later]) > dust).any():
            mine, paid = np.where(build["build_year"].values > years[-1], build.values[at], 0.0), float(_invested(results).values[at])
            if paid <= dust:
                continue
        near = np.isin(build["build_year"].values, years)
        if paid > dust or (np.abs(mine[near]) > dust).any():
            found.append(
                {
                    **_measure(results, k), "years": build["build_year"].values[later & (np.abs(mine) > dust)].tolist(),
                    "amounts": dict(zip(years, mine[near].tolist(), strict=True)), "invested": paid,
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: (-one["invested"], one["measure"]))


def payer_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Cash invested in these years by payer, a year of each span in `amounts`, all years in `total`; `over_usual` is what of it the usual path spares."""
    cash = _by_payer(results, results["investment_cash"])
    usual = _by_payer(results, results["usual_investment_cash"]) if "usual_investment_cash" in results else {}
    found = []
    for payer, amounts in cash.items():
        total = _summed(results, amounts)
        extra = total - _summed(results, usual[payer]) if usual else float("nan")
        if max(map(abs, (*amounts, 0.0 if np.isnan(extra) else extra))) > dust:
            found.append({"payer": payer, "amounts": _by_year(results, amounts), "total": total, "over_usual": extra if usual else None})
    return sorted(found, key=lambda one: (-one["total"], one["payer"]))


def fund_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """The same by the funds that payers draw on, where the case tells shares; what they leave open is not named."""
    made: dict[str, np.ndarray] = {}
    shares = fund_shares(results)
    for payer, amounts in _by_payer(results, results["investment_cash"]).items() if shares else ():
        for fund, share in shares[payer].items():
            made[fund] = made.get(fund, 0.0) + share * amounts
    return [
        {"fund": fund, "amounts": _by_year(results, amounts), "total": _summed(results, amounts)}
        for fund, amounts in made.items()
        if np.abs(amounts).max(initial=0.0) > dust
    ]


def target_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Targets out of reach or binding in these years, then those that have a price in a later one: each in the first such year.

    `price` is in 亿元 per `unit`.
    """
    years, found = next_years(results), dict[str, dict[str, Any]]()
    names = ("row_target", "row_year", "row_enforced", "met", "binding", "required", "achieved", "row_unit", "row_price", "row_relaxed")
    rows = zip(*(results[name].values.tolist() for name in names), strict=True) if results.sizes.get("target_row") else ()
    for t, year, enforced, met, binding, required, achieved, unit, price, relaxed in sorted(rows, key=lambda row: (row[1], row[3])):
        near = years[0] <= year <= years[-1]
        if t in found or not enforced or year < years[0] or not ((near and (not met or binding)) or abs(price) > dust):
            continue
        state = "relaxed" if relaxed else "out_of_reach" if not met else "binding" if near else "priced"
        found[t] = {
            "target": t, "year": year, "state": state, "required": required, "achieved": achieved, "unit": unit, "price": price if np.isfinite(price) else None,
        }  # fmt: skip
    order = {"out_of_reach": 0, "relaxed": 1, "binding": 2, "priced": 3}
    return sorted(found.values(), key=lambda one: (order[one["state"]], one["year"], -abs((one["price"] or 0.0) * one["required"])))


def _measure(results: xr.Dataset, k: str) -> dict[str, Any]:
    columns, place = results.variables, results.get_index("measure").get_loc(k)
    return {"measure": k, **{name: str(columns[f"measure_{name}"].values[place]) for name in ("lead", "unit")}}


def _invested(results: xr.Dataset, cash: str = "investment_cash") -> xr.DataArray:
    """Cash of each measure in all of these years, dim measure."""
    columns = results.variables  # as they stand: products of arrays with coordinates align them first
    near = np.isin(columns["year"].values, next_years(results))
    return xr.DataArray((columns[cash] * columns["span_years"]).isel(year=near).sum("year"), coords={"measure": columns["measure"]})


def _open_builds(results: xr.Dataset) -> xr.DataArray:
    """What is built beyond what is committed, dims measure, build_year."""
    build = results["build"].transpose("measure", "build_year")
    return build - results["committed"] if "committed" in results else build


def _open_cash(results: xr.Dataset) -> xr.DataArray:
    """Cash of each measure in all of these years but for what is committed, dim measure."""
    return _invested(results) - _invested(results, "committed_cash") if "committed_cash" in results else _invested(results)


def _usual_invested(results: xr.Dataset) -> xr.DataArray | None:
    """What the usual path invests in all of these years but for what is committed, which it builds too, dim measure; None where it is not stored."""
    if "usual_investment_cash" not in results:
        return None
    usual = _invested(results, "usual_investment_cash")
    return usual - _invested(results, "committed_cash") if "committed_cash" in results else usual


def _by_payer(results: xr.Dataset, cash: xr.DataArray) -> dict[str, np.ndarray]:
    """{payer: cash in each of these years}."""
    cash = cash.sel(year=next_years(results)).transpose("measure", "year")
    payer_of, made = results["measure_payer"].values.tolist(), dict[str, np.ndarray]()
    for payer, amounts in zip(payer_of, cash.values, strict=True):
        made[payer] = made.get(payer, 0.0) + amounts
    return made


def _by_year(results: xr.Dataset, amounts: np.ndarray) -> dict[int, float]:
    return dict(zip(next_years(results), amounts.tolist(), strict=True))


def _summed(results: xr.Dataset, amounts: np.ndarray) -> float:
    return float(amounts @ results["span_years"].sel(year=next_years(results)).values)
