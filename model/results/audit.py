"""The audit: what the solver said against what follows from the decisions, rule by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.accounts import THOUSAND, Columns, decided, taken
from model.results.firm import firm_of_groups
from model.results.least_sizes import least_sizes
from model.results.ramps import ramped
from model.results.stored import stored
from model.results.transfers import allowance_rules

tolerance = 1e-6


@dataclass(frozen=True)
class Finding:
    """The worst departure from one rule, relative to the size of what it compares, and where."""

    rule: str
    worst: float
    where: str


@dataclass(frozen=True)
class Audit:
    """All findings; `ok` when none is above the tolerance."""

    findings: tuple[Finding, ...]

    @property
    def worst(self) -> float:
        return max((finding.worst for finding in self.findings), default=0.0)

    @property
    def ok(self) -> bool:
        return self.worst <= tolerance


def audit(
    parameters: xr.Dataset, decisions: xr.Dataset, worked: xr.Dataset, targets: xr.Dataset, objective: float, *, negotiated: bool = False
) -> Audit:
    """Every family of rules checked with xarray alone (relative to max(1, size)): columns by name, which all stand on the parameters' own coordinates.

    `negotiated`: targets may be missed by as much as the plan says that it relaxes them, and no more.
    """
    p, said, made = parameters.variables, decisions.variables, worked.variables
    findings = [
        _equal(p, f"accounts: {name}", said[name], made[name])
        for name in ("level", "capacity", "annual", "trade", "trade_value", "indicator_value")
        if name in said
    ]
    if "counted_spend" in said:
        findings.append(_equal(p, "accounts: spend", said["counted_spend"], made["spend"].where(said["counted_spend"].notnull())))
    findings += [_over(p, rule, *sides) for rule, sides in allowance_rules(p, said, made).items()]
    findings.append(_size("objective", abs(float(made["cost"].sum()) - objective) / max(1.0, abs(objective)), "cost"))
    findings += _stock(p, said, made)
    findings += _operation(p, said, made, curtailment_limit=parameters.attrs["curtailment_limit"])
    findings += _storage(parameters, decisions, worked)
    findings += _balance(p, said, made)
    findings += _trade(p, said, made)
    findings.append(_adequacy(p, said, made, reserve_margin=parameters.attrs["reserve_margin"]))
    findings += _couplings(p, said, made)
    findings += _ramps(p, said, made) if parameters.sizes.get("ramp_row", 0) else []
    findings.append(_targets(decisions, targets, negotiated=negotiated))
    return Audit(tuple(findings))


def _targets(said: xr.Dataset, targets: xr.Dataset, *, negotiated: bool) -> Finding:
    """No enforced target is missed by more than a negotiated plan relaxes it: its slack or surplus."""
    relaxed = ("slack", "surplus") if negotiated else ()
    given = sum((_at_rows(said[name], targets) for name in relaxed if name in said), np.zeros(targets.sizes["target_row"]))
    lacking = targets["row_short"].values - given / targets["row_size"].values
    breach = np.where(targets["row_enforced"].values, np.maximum(0.0, lacking), 0.0)
    missed = targets["row_target"].values[breach > tolerance]
    return _size("targets", breach.max(initial=0.0), ", ".join(str(target) for target in missed))


def _at_rows(array: xr.DataArray, targets: xr.Dataset) -> np.ndarray:
    """An amount by target and year at the rows of targets, zero where there is none, shape (target_row,)."""
    rows = zip(targets["row_target"].values.tolist(), targets["row_year"].values.tolist(), strict=True)
    known, years = set(array["target"].values.tolist()), set(array["year"].values.tolist())
    return np.array([float(array.sel(target=t, year=y).fillna(0.0)) if t in known and y in years else 0.0 for t, y in rows])


def _size(rule: str, worst: float, where: str) -> Finding:
    return Finding(rule, float(worst), where)


def _worst(p: Columns, rule: str, left: xr.Variable, right: xr.Variable, breach: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Finding:
    """The worst breach, relative to the larger side or 1, and where it is. Plain arrays: a city has millions."""
    sizes = {**left.sizes, **right.sizes}
    mine, its = (side.set_dims(sizes).transpose(*sizes).values for side in (left, right))
    if not mine.size:
        return _size(rule, 0.0, "")
    with np.errstate(invalid="ignore"):
        found = breach(mine, its) / np.maximum(1.0, np.maximum(np.abs(mine), np.abs(its)))
    found = np.where(np.isnan(found), 0.0, found)
    place = np.unravel_index(int(found.argmax()), found.shape)
    where = ", ".join(f"{dim} {p[dim].values[at] if dim in p else at}" for dim, at in zip(sizes, place, strict=True))
    return _size(rule, max(0.0, float(found[place])), where)


def _over(p: Columns, rule: str, left: xr.Variable, right: xr.Variable) -> Finding:
    """Worst breach of left ≤ right."""
    return _worst(p, rule, left, right, lambda mine, its: mine - its)


def _equal(p: Columns, rule: str, left: xr.Variable, right: xr.Variable) -> Finding:
    """Worst difference; what is not there counts as nothing."""
    return _worst(p, rule, left.fillna(0.0), right.fillna(0.0), lambda mine, its: np.abs(mine - its))


def _as(column: xr.Variable, dim: str) -> xr.Variable:
    """A column of build years on the years, or the other way round: they are the same."""
    return xr.Variable([dim if one in ("year", "build_year") else one for one in column.dims], column.values)


def _of(column: xr.Variable, *wanted: str) -> xr.Variable:
    """Where a column of texts is one of these."""
    return xr.Variable(column.dims, np.isin(column.values, wanted))


def _stock(p: Columns, said: Columns, worked: Columns) -> list[Finding]:
    build = said["build"]
    units = (build / p["unit_size"]).where(p["whole"])
    closed, deferred = (decided(p, said, name) for name in ("closed", "deferred"))
    ending = _as((p["survival"].where(p["survival"] < 1, 0.0) * build).sum("build_year"), "build_year")
    in_force = worked["level"].where(p["closing"], 0.0)
    return [
        _over(p, "stock: at least what is committed", p["build_lower"], build),
        _over(p, "stock: pace and lead time", build, p["build_upper"].where(p["build_upper"] < 1e29)),
        _over(p, "stock: paces so far", _as(units.cumsum("build_year"), "year"), p["units_upper"].where(p["units_upper"] < 1e29)),
        _over(p, "stock: potential", worked["level"], p["potential"].where(p["potential"] < 1e29)),
        _over(p, "stock: least in force", p["minimum"], worked["level"]),
        _over(p, "stock: capacity is not negative", -worked["capacity"], xr.zeros_like(worked["capacity"])),
        _over(p, "stock: least capacity", p["minimum_capacity"], worked["capacity"]),
        _over(p, "stock: least size when built at all", *least_sizes(p, build, tolerance)),
        _over(p, "stock: taken within what stands", taken(p, said), p["standing"]),
        _over(p, "stock: renewed units wait for what ends", deferred, ending),
        _over(p, "stock: renewed units wait no more than are built", deferred, build.where(p["renewed_whole"], 0.0)),
        _over(p, "stock: closed no more than built", closed, build.where(p["closing"], 0.0)),
        _over(p, "stock: closed as far as in force", in_force, _as(closed.cumsum("build_year"), "year")),
        _worst(p, "stock: whole units", units, units.round(), lambda mine, its: np.abs(mine - its) * np.maximum(1.0, np.abs(mine))),
    ]


def _operation(p: Columns, said: Columns, worked: Columns, *, curtailment_limit: float) -> list[Finding]:
    usable = p["availability"] * p["city_share"] * worked["capacity"]
    full = p["yearly_use"] * p["city_share"] * worked["capacity"]
    ranged = ~_of(p["operation"], "storage", "saving", "flexibility", "reservoir")
    by_year = _of(p["operation"], "yearly", "shaped", "saving")
    findings = [
        _over(p, "operation: utilisation floor", (p["utilisation_floor"] * full).where(ranged), worked["annual"]),
        _over(p, "operation: utilisation ceiling", worked["annual"], (p["utilisation_ceiling"] * full).where(ranged)),
        _over(p, "operation: yearly activity", worked["annual"], (p["availability"] * full).where(by_year)),
        _over(p, "operation: curtailment", -worked["curtailed"], xr.zeros_like(worked["curtailed"])),
        _over(p, "operation: curtailment limit", worked["curtailed"], curtailment_limit * (worked["annual"] + worked["curtailed"])),
    ]
    if "activity" in said:
        findings.append(_over(p, "operation: availability", said["activity"], usable * p["available"]))
    if "online" in said:
        relief = _on_host(p, p["minimum_load_cut"] * said["online"], "flexibility").fillna(0.0)
        committed = p["operation"] == "committed"
        findings.append(_over(p, "operation: online", said["online"], usable))
        findings.append(
            _over(p, "operation: minimum load", (p["minimum_load"] * said["online"] - relief).where(committed), said["activity"])
        )
        given_up = p["heat_loss"] * said["heat_output"].fillna(0.0) if "heat_output" in said else 0.0
        findings.append(_over(p, "operation: full load", (said["activity"] + given_up).where(committed), said["online"]))
    if "online" in said:
        findings.append(_over(p, "operation: flexibility within its host", _on_host(p, said["online"], "flexibility"), said["online"]))
    findings.append(_over(p, "operation: saving within its host", _on_host(p, worked["annual"], "saving"), worked["annual"]))
    if "heat_output" in said:
        findings.append(_over(p, "operation: back pressure", p["back_pressure"] * said["heat_output"], said["activity"]))
        findings.append(_over(p, "operation: heat from the turbine", said["heat_output"], p["heat_ratio"] * said["online"]))
    return findings


def _on_host(p: Columns, amounts: xr.Variable, operation: str) -> xr.Variable:
    """What the add-ons of an operation sum to on each host; NaN on technologies without any."""
    total, at = xr.full_like(amounts, np.nan), p["technology"].to_index()
    axis = amounts.dims.index("technology")
    sums, given = np.moveaxis(total.values, axis, 0), np.moveaxis(amounts.values, axis, 0)
    for place in np.flatnonzero((p["operation"].values == operation) & (p["host"].values != "")):
        host = at.get_loc(str(p["host"].values[place]))
        sums[host] = np.nan_to_num(sums[host]) + np.nan_to_num(given[place])
    return total


def _storage(parameters: xr.Dataset, decisions: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    equal, most, p = *stored(parameters, decisions, worked["capacity"]), parameters.variables
    return [
        *(_equal(p, f"storage: {rule}", *sides) for rule, sides in equal.items()),
        *(_over(p, f"storage: {rule}", *sides) for rule, sides in most.items()),
    ]


def _balance(p: Columns, said: Columns, worked: Columns) -> list[Finding]:
    yearly_apart, hourly_apart = [], []
    sign = xr.Variable("market", np.where(p["market_direction"].values == "buy", 1.0, -1.0))
    activity = worked["annual"] + p["heat_loss"] * worked["annual_heat"]
    for place, commodity in enumerate(p["commodity"].values.tolist()):
        by_technology = _flows(p, commodity)
        markets = np.flatnonzero(p["market_commodity"].values == commodity)
        if p["balance"].values[place] == "hourly":
            hourly_apart.append(_hourly(p, said, place, by_technology, sign, markets))
        else:
            supply = (by_technology * activity.where(p["operation"] != "storage", 0.0)).sum("technology")
            supply = supply + (sign * worked["trade"]).isel(market=markets).sum("market") + said["unserved"].isel(commodity=place)
            gap = supply - p["demand"].isel(commodity=place)
            gap = np.minimum(gap, 0.0) if p["surplus"].values[place] else gap
            scale = np.maximum(1.0, abs(by_technology * activity).max("technology"))
            yearly_apart.append(float(abs(gap / scale).max()))
    return [
        _size("balance: yearly", max(yearly_apart, default=0.0), ""),
        _size("balance: hourly", max(hourly_apart, default=0.0), ""),
    ]


def _flows(p: Columns, commodity: str) -> xr.Variable:
    """What each technology gives (or, negative, takes) of a commodity by unit of activity, dims technology, year."""
    here, technologies = p["flow_commodity"].values == commodity, p["technology"].to_index()
    values = np.zeros((len(technologies), p["year"].size))
    values[technologies.get_indexer(p["flow_technology"].values[here])] = p["flow_value"].fillna(0.0).transpose("flow", "year").values[here]
    return xr.Variable(("technology", "year"), values)


def _hourly(p: Columns, said: Columns, place: int, flow: xr.Variable, sign: xr.Variable, markets: np.ndarray) -> float:
    """How far the hours of the commodity at a place are from balance; `flow` is what technologies give of it, `markets` are its places."""
    demand = p["demand_hourly"].isel(commodity=place)
    gap, used = -demand + said["hourly_unserved"].isel(commodity=place), abs(flow).max("year").values > 0
    if "activity" in said:
        gap = gap + (flow * said["activity"]).sum("technology")
    shaped = np.flatnonzero((p["operation"].values == "shaped") & used)
    if len(shaped):
        gap = gap + (flow * p["shape"] * said["annual"]).isel(technology=shaped).sum("technology")
    if "heat_output" in said:
        gap = gap + said["heat_output"].where(p["heat"] == p["commodity"].values[place]).sum("technology")
    stored = xr.Variable("technology", (p["operation"].values == "storage") & used)
    if stored.values.any() and "stored" in said:
        gap = gap + (said["discharge_power"] - said["charge_power"]).where(stored).sum("technology")
    if len(markets) and "hourly_trade" in said:
        gap = gap + (sign * said["hourly_trade"]).isel(market=markets).sum("market")
    if p["surplus"].values[place]:
        gap = gap.clip(max=0.0)
    scale = np.maximum(1.0, abs(demand).max())
    return float(abs(gap / scale).max())


def _trade(p: Columns, said: Columns, worked: Columns) -> list[Finding]:
    findings = [_over(p, "trade: yearly limit", worked["trade"], p["market_yearly"].where(p["market_yearly"] < 1e29))]
    if "hourly_trade" in said:
        findings.append(_over(p, "trade: power limit", said["hourly_trade"], p["market_power"].where(p["market_power"] < 1e29)))
    hourly_commodities = p["commodity"].values[p["balance"].values == "hourly"]
    if "hourly_unserved" in said:
        hourly = (said["hourly_unserved"] * p["day_weight"]).sum(("day", "hour"), min_count=1) / THOUSAND
        findings.append(_equal(p, "trade: unserved", said["unserved"].where(p["balance"] == "hourly"), hourly))
    selling = (p["market_direction"].values == "sell") & np.isin(p["market_commodity"].values, hourly_commodities)
    for place in np.flatnonzero(selling):
        gives = p["flow_technology"].values[p["flow_commodity"].values == p["market_commodity"].values[place]]
        own = _of(p["operation"], "dispatch", "committed", "variable") & _of(p["technology"], *gives)
        most = (p["sale_share"] * worked["annual"]).where(own).sum("technology")
        findings.append(_over(p, f"trade: {p['market'].values[place]} within own generation", worked["trade"].isel(market=place), most))
    return findings


def _adequacy(p: Columns, said: Columns, worked: Columns, *, reserve_margin: float) -> Finding:
    falls = _of(p["technology"], *p["credited_technology"].values)
    own = (p["capacity_credit"] * p["city_share"] * worked["capacity"]).where(~falls, 0.0).sum("technology")
    firm = own + firm_of_groups(p, worked) + p["firm_purchases"] + said["firm_shortfall"]
    return _over(p, "adequacy", (1 + reserve_margin) * worked["peak_load"], firm)


def _ramps(p: Columns, said: Columns, worked: Columns) -> list[Finding]:
    at = p["ramp"].to_index().get_indexer(p["ramp_row_ramp"].values), p["year"].to_index().get_indexer(p["ramp_row_year"].values)
    renewed, added = (said[name].transpose("ramp", "year").values[at] for name in ("renewed", "added"))
    found = ramped(p, said["build"], worked["level"], renewed)
    limits = {
        "ramps: what is added": (np.abs(found.added - added), np.zeros(len(added))),
        "ramps: renewed within what ends": (renewed, found.ended),
        "ramps: no less than nothing": (-np.minimum(found.added, renewed), np.zeros(len(added))),
        "ramps: growth": (found.added, np.where(np.isfinite(found.most), found.most, np.nan)),
        "ramps: fall": (np.where(np.isfinite(found.least), found.least, np.nan), found.added),
    }
    return [_over(p, rule, *(xr.Variable("ramp_row", side) for side in sides)) for rule, sides in limits.items()]


def _couplings(p: Columns, said: Columns, worked: Columns) -> list[Finding]:
    quantity = {"build": _as(said["build"], "year"), "activity": worked["annual"], **{name: worked[name] for name in ("level", "capacity")}}
    findings = []
    for place, coupling in enumerate(p["coupling_id"].values.tolist()):
        terms = np.flatnonzero(p["coupling_term_id"].values == coupling)
        parts = [
            float(p["coupling_term_value"].values[t]) * quantity[by].isel({of: p[of].to_index().get_loc(item)})
            for t in terms
            for by, item in [(str(p["coupling_term_by"].values[t]), str(p["coupling_term_item"].values[t]))]
            for of in [str(quantity[by].dims[0])]
        ]
        total = sum(parts[1:], parts[0]) if parts else xr.Variable((), 0.0)
        limit, sense = p["coupling_limit"].isel(coupling=place), p["coupling_sense"].values[place]
        if sense != ">=":
            findings.append(_over(p, f"coupling: {coupling}", total, limit))
        if sense != "<=":
            findings.append(_over(p, f"coupling: {coupling}", limit, total))
    return findings
