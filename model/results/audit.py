"""The audit: what the solver said against what follows from the decisions, rule by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.accounts import THOUSAND, decided, taken
from model.results.firm import firm_of_groups
from model.results.least_sizes import least_sizes
from model.results.ramps import ramped
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
    """Every family of rules checked with xarray alone (relative to max(1, size)).

    `negotiated`: targets may be missed by as much as the plan says that it relaxes them, and no more.
    """
    p, said = parameters, decisions
    findings = [
        _equal("accounts", name, said[name], worked[name])
        for name in ("level", "capacity", "annual", "trade", "trade_value", "indicator_value")
        if name in said
    ]
    if "counted_spend" in said:
        findings.append(_equal("accounts", "spend", said["counted_spend"], worked["spend"].where(said["counted_spend"].notnull())))
    findings += [_over(rule, *sides) for rule, sides in allowance_rules(p, said, worked).items()]
    findings.append(_size("objective", abs(float(worked["cost"].sum()) - objective) / max(1.0, abs(objective)), "cost"))
    findings += _stock(p, said, worked)
    findings += _operation(p, said, worked)
    findings += _storage(p, said, worked)
    findings += _balance(p, said, worked)
    findings += _trade(p, said, worked)
    findings.append(_adequacy(p, said, worked))
    findings += _couplings(p, said, worked)
    findings += _ramps(p, said, worked) if p.sizes.get("ramp_row", 0) else []
    findings.append(_targets(said, targets, negotiated=negotiated))
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


def _worst(rule: str, left: xr.DataArray, right: xr.DataArray, breach: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Finding:
    """The worst breach, relative to the larger side or 1, and where it is. Plain arrays once both sides have the same dims: a city has millions."""
    mine_at, its_at = left.indexes, right.indexes
    if left.dims != right.dims or not all(dim in its_at and index.equals(its_at[dim]) for dim, index in mine_at.items()):
        left, right = xr.broadcast(*xr.align(left, right))
    mine, its = left.values, right.transpose(*left.dims).values
    if not mine.size:
        return _size(rule, 0.0, "")
    with np.errstate(invalid="ignore"):
        found = breach(mine, its) / np.maximum(1.0, np.maximum(np.abs(mine), np.abs(its)))
    found = np.where(np.isnan(found), 0.0, found)
    place = np.unravel_index(int(found.argmax()), found.shape)
    where = ", ".join(f"{dim} {left[dim].values[at] if dim in left.coords else at}" for dim, at in zip(left.dims, place, strict=True))
    return _size(rule, max(0.0, float(found[place])), where)


def _over(rule: str, left: xr.DataArray, right: xr.DataArray) -> Finding:
    """Worst breach of left ≤ right."""
    return _worst(rule, left, right, lambda mine, its: mine - its)


def _equal(rule: str, name: str, left: xr.DataArray, right: xr.DataArray) -> Finding:
    """Worst difference; what is not there counts as nothing."""
    return _worst(f"{rule}: {name}", left.fillna(0.0), right.fillna(0.0), lambda mine, its: np.abs(mine - its))


def _placed(p: xr.Dataset, column: xr.Variable) -> xr.DataArray:
    return xr.DataArray(column, coords={dim: p.indexes[dim] for dim in column.dims if dim in p.indexes})


def _stock(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    build = said["build"]
    units = (build / p["unit_size"]).where(p["whole"])
    so_far = units.cumsum("build_year").rename(build_year="year")
    closed, deferred = (_placed(p, decided(p.variables, said.variables, name)) for name in ("closed", "deferred"))
    ending = (p["survival"].where(p["survival"] < 1, 0.0) * build).sum("build_year").rename(year="build_year")
    in_force = worked["level"].where(p["closing"], 0.0)
    return [
        _over("stock: at least what is committed", p["build_lower"], build),
        _over("stock: pace and lead time", build, p["build_upper"].where(p["build_upper"] < 1e29)),
        _over("stock: paces so far", so_far, p["units_upper"].where(p["units_upper"] < 1e29)),
        _over("stock: potential", worked["level"], p["potential"].where(p["potential"] < 1e29)),
        _over("stock: least in force", p["minimum"], worked["level"]),
        _over("stock: capacity is not negative", -worked["capacity"], xr.zeros_like(worked["capacity"])),
        _over("stock: least capacity", p["minimum_capacity"], worked["capacity"]),
        _over("stock: least size when built at all", *least_sizes(p, build, tolerance)),
        _over("stock: taken within what stands", _placed(p, taken(p.variables, said.variables)), p["standing"]),
        _over("stock: renewed units wait for what ends", deferred, ending),
        _over("stock: renewed units wait no more than are built", deferred, build.where(p["renewed_whole"], 0.0)),
        _over("stock: closed no more than built", closed, build.where(p["closing"], 0.0)),
        _over("stock: closed as far as in force", in_force, closed.cumsum("build_year").rename(build_year="year")),
        _worst("stock: whole units", units, units.round(), lambda mine, its: np.abs(mine - its) * np.maximum(1.0, np.abs(mine))),
    ]


def _operation(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    usable = p["availability"] * p["city_share"] * worked["capacity"]
    full = p["yearly_use"] * p["city_share"] * worked["capacity"]
    ranged = ~p["operation"].isin(["storage", "saving", "flexibility"])
    by_year = p["operation"].isin(["yearly", "shaped", "saving"])
    findings = [
        _over("operation: utilisation floor", (p["utilisation_floor"] * full).where(ranged), worked["annual"]),
        _over("operation: utilisation ceiling", worked["annual"], (p["utilisation_ceiling"] * full).where(ranged)),
        _over("operation: yearly activity", worked["annual"], (p["availability"] * full).where(by_year)),
        _over("operation: curtailment", -worked["curtailed"], xr.zeros_like(worked["curtailed"])),
        _over("operation: curtailment limit", worked["curtailed"], p.attrs["curtailment_limit"] * (worked["annual"] + worked["curtailed"])),
    ]
    if "activity" in said:
        findings.append(_over("operation: availability", said["activity"], usable * p["available"]))
    if "online" in said:
        flexible = (p["operation"] == "flexibility") & (p["host"] != "")
        cut = (p["minimum_load_cut"] * said["online"]).where(flexible)
        relief = xr.zeros_like(said["online"].fillna(0.0))
        for technology in p["technology"].values[flexible.values]:
            host = str(p["host"].sel(technology=technology).item())
            relief.loc[{"technology": host}] += cut.sel(technology=technology).fillna(0.0).transpose(*relief.sel(technology=host).dims)
        committed = p["operation"] == "committed"
        findings.append(_over("operation: online", said["online"], usable))
        findings.append(_over("operation: minimum load", (p["minimum_load"] * said["online"] - relief).where(committed), said["activity"]))
        given_up = p["heat_loss"] * said["heat_output"].fillna(0.0) if "heat_output" in said else 0.0
        findings.append(_over("operation: full load", (said["activity"] + given_up).where(committed), said["online"]))
    if "online" in said:
        findings.append(_over("operation: flexibility within its host", _on_host(p, said["online"], "flexibility"), said["online"]))
    findings.append(_over("operation: saving within its host", _on_host(p, worked["annual"], "saving"), worked["annual"]))
    if "heat_output" in said:
        findings.append(_over("operation: back pressure", p["back_pressure"] * said["heat_output"], said["activity"]))
        findings.append(_over("operation: heat from the turbine", said["heat_output"], p["heat_ratio"] * said["online"]))
    return findings


def _on_host(p: xr.Dataset, amounts: xr.DataArray, operation: str) -> xr.DataArray:
    """What the add-ons of an operation sum to on each host; NaN on technologies without any."""
    total = xr.full_like(amounts, np.nan)
    for technology in p["technology"].values[(p["operation"] == operation).values & (p["host"] != "").values].tolist():
        host = str(p["host"].sel(technology=technology).item())
        here = total.loc[{"technology": host}].fillna(0.0)
        total.loc[{"technology": host}] = here + amounts.sel(technology=technology, drop=True).fillna(0.0)
    return total


def _storage(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    if "stored" not in said:
        return []
    city = p["city_share"] * worked["capacity"]
    hours = said["stored"]["hour"].values
    before = said["stored"].roll(hour=1, roll_coords=False)
    first = said["stored"].sel(day=p["previous_day"].values, hour=hours[-1]).drop_vars("hour").assign_coords(day=p["day"].values)
    before = before.where(before["hour"] != hours[0], first)
    root = np.sqrt(p["round_trip_efficiency"])
    expected = before + root * said["charge_power"] - said["discharge_power"] / root
    return [
        _equal("storage", "balance", said["stored"], expected),
        _over("storage: power", said["charge_power"] + said["discharge_power"], p["availability"] * city),
        _over("storage: energy", said["stored"], p["storage_hours"] * city),
    ]


def _balance(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    yearly_apart, hourly_apart = [], []
    sign = xr.where(p["market_direction"] == "buy", 1.0, -1.0)
    for commodity in p["commodity"].values.tolist():
        by_technology = _flows(p, commodity)
        markets = p["market"].values[p["market_commodity"].values == commodity]
        if p["balance"].sel(commodity=commodity).item() == "hourly":
            hourly_apart.append(_hourly(p, said, commodity, by_technology, sign.sel(market=markets)))
        else:
            activity = worked["annual"] + p["heat_loss"] * worked["annual_heat"]
            supply = (by_technology * activity.where(p["operation"] != "storage", 0.0)).sum("technology")
            supply = supply + (sign * worked["trade"]).sel(market=markets).sum("market") + said["unserved"].sel(commodity=commodity)
            gap = supply - p["demand"].sel(commodity=commodity)
            surplus = bool(p["surplus"].sel(commodity=commodity).item())
            gap = np.minimum(gap, 0.0) if surplus else gap
            scale = np.maximum(1.0, abs(by_technology * activity).max("technology"))
            yearly_apart.append(float(abs(gap / scale).max()))
    return [
        _size("balance: yearly", max(yearly_apart, default=0.0), ""),
        _size("balance: hourly", max(hourly_apart, default=0.0), ""),
    ]


def _flows(p: xr.Dataset, commodity: str) -> xr.DataArray:
    """What each technology gives (or, negative, takes) of a commodity by unit of activity, dims technology, year."""
    here, technologies = p["flow_commodity"].values == commodity, p.indexes["technology"]
    values = np.zeros((len(technologies), p.sizes["year"]))
    values[technologies.get_indexer(p["flow_technology"].values[here])] = p["flow_value"].fillna(0.0).transpose("flow", "year").values[here]
    return xr.DataArray(values, dims=("technology", "year"), coords={"technology": technologies, "year": p.indexes["year"]})


def _hourly(p: xr.Dataset, said: xr.Dataset, commodity: str, flow: xr.DataArray, sign: xr.DataArray) -> float:
    gap = -p["demand_hourly"].sel(commodity=commodity) + said["hourly_unserved"].sel(commodity=commodity)
    if "activity" in said:
        gap = gap + (flow * said["activity"]).sum("technology")
    shaped = (p["operation"] == "shaped") & (abs(flow).max("year") > 0)
    if bool(shaped.any()):
        chosen = p["technology"].values[shaped.values]
        gap = gap + (flow * p["shape"] * said["annual"]).sel(technology=chosen).sum("technology")
    if "heat_output" in said:
        gap = gap + said["heat_output"].where(p["heat"] == commodity).sum("technology")
    stored = (p["operation"] == "storage") & (abs(flow).max("year") > 0)
    if bool(stored.any()) and "stored" in said:
        gap = gap + (said["discharge_power"] - said["charge_power"]).where(stored).sum("technology")
    if sign.size and "hourly_trade" in said:
        gap = gap + (sign * said["hourly_trade"]).sum("market")
    if bool(p["surplus"].sel(commodity=commodity)):
        gap = gap.clip(max=0.0)
    scale = np.maximum(1.0, abs(p["demand_hourly"].sel(commodity=commodity)).max())
    return float(abs(gap / scale).max())


def _trade(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    findings = [_over("trade: yearly limit", worked["trade"], p["market_yearly"].where(p["market_yearly"] < 1e29))]
    if "hourly_trade" in said:
        findings.append(_over("trade: power limit", said["hourly_trade"], p["market_power"].where(p["market_power"] < 1e29)))
    if "hourly_unserved" in said:
        hourly = (said["hourly_unserved"] * p["day_weight"]).sum(("day", "hour"), min_count=1) / THOUSAND
        findings.append(_equal("trade", "unserved", said["unserved"].where(p["balance"] == "hourly"), hourly))
    selling = (p["market_direction"] == "sell") & (p["balance"].sel(commodity=p["market_commodity"]).drop_vars("commodity") == "hourly")
    for market in p["market"].values[selling.values].tolist():
        gives = p["flow_technology"].values[p["flow_commodity"].values == p["market_commodity"].sel(market=market).item()]
        own = p["operation"].isin(["dispatch", "committed", "variable"]) & p["technology"].isin(gives)
        most = (p["sale_share"] * worked["annual"]).where(own).sum("technology")
        findings.append(_over(f"trade: {market} within own generation", worked["trade"].sel(market=market), most))
    return findings


def _adequacy(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> Finding:
    falls = p["technology"].isin(p["credited_technology"].values)
    own = (p["capacity_credit"] * p["city_share"] * worked["capacity"]).where(~falls, 0.0).sum("technology")
    firm = own + firm_of_groups(p, worked) + p["firm_purchases"] + said["firm_shortfall"]
    return _over("adequacy", (1 + p.attrs["reserve_margin"]) * worked["peak_load"], firm)


def _ramps(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    rows = xr.DataArray(p["ramp_row_ramp"].values, dims="ramp_row"), xr.DataArray(p["ramp_row_year"].values, dims="ramp_row")
    renewed, added = (said[name].sel(ramp=rows[0], year=rows[1]).values for name in ("renewed", "added"))
    found = ramped(p, said["build"], worked["level"], renewed)
    limits = {
        "ramps: what is added": (np.abs(found.added - added), np.zeros(len(added))),
        "ramps: renewed within what ends": (renewed, found.ended),
        "ramps: no less than nothing": (-np.minimum(found.added, renewed), np.zeros(len(added))),
        "ramps: growth": (found.added, np.where(np.isfinite(found.most), found.most, np.nan)),
        "ramps: fall": (np.where(np.isfinite(found.least), found.least, np.nan), found.added),
    }
    return [_over(rule, *(xr.DataArray(side, dims="ramp_row") for side in sides)) for rule, sides in limits.items()]


def _couplings(p: xr.Dataset, said: xr.Dataset, worked: xr.Dataset) -> list[Finding]:
    quantity = {
        "level": worked["level"], "build": said["build"].rename(build_year="year"),
        "capacity": worked["capacity"], "activity": worked["annual"],
    }  # fmt: skip
    findings = []
    for place, coupling in enumerate(p["coupling_id"].values.tolist()):
        terms = np.flatnonzero(p["coupling_term_id"].values == coupling)
        parts = [
            float(p["coupling_term_value"].values[t]) * quantity[by].sel({quantity[by].dims[0]: item})
            for t in terms
            for by, item in [(str(p["coupling_term_by"].values[t]), str(p["coupling_term_item"].values[t]))]
        ]
        total = sum(parts[1:], parts[0]) if parts else xr.DataArray(0.0)
        limit = p["coupling_limit"].isel(coupling=place, drop=True)
        sense = p["coupling_sense"].values[place]
        if sense != ">=":
            findings.append(_over(f"coupling: {coupling}", total, limit))
        if sense != "<=":
            findings.append(_over(f"coupling: {coupling}", limit, total))
    return findings
