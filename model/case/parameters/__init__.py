"""A case made into numbers: one xr.Dataset of parameters, ready for maths that only multiply, add and compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters.accounts import Accounts, accounts
from model.case.parameters.allowances import allowance_variables
from model.case.parameters.couplings import Couplings
from model.case.parameters.credits import falling_credits
from model.case.parameters.days import Days, choose_days, hours_per_day
from model.case.parameters.following import stock_and_couplings
from model.case.parameters.linking import linking, linking_variables
from model.case.parameters.numbers import NO_LIMIT, Numbers, settings_of
from model.case.parameters.operation import Operation, operation
from model.case.parameters.ramps import Ramps, ramps
from model.case.parameters.reach import within_reach
from model.case.parameters.scope import Scope, base_scope, history_scope, plan_scope, year_scope
from model.case.parameters.stock import Stock
from model.case.parameters.targets import TargetRow, target_rows
from model.case.parameters.transfers import Transfers, transfer_variables, transfers
from model.case.parameters.weighing import discounting, weights
from model.case.read.case import Case

__all__ = ["Scope", "base_scope", "history_scope", "parameters", "plan_scope", "year_scope"]


def parameters(case: Case, scope: Scope) -> xr.Dataset:
    """All parameters of a model, in canonical units.

    Dims: measure, build_year, year, technology, commodity, indicator, market, payer, day, hour; relations that are
    sparse are long tables with dims `effect`, `flow`, `activity_account` … and columns of their own; targets are the
    long tables `target_row` and `target_term`, couplings `coupling` and `coupling_term`.
    """
    numbers = Numbers(case, scope.timeline)
    settings = settings_of(case)
    days = choose_days(case, scope.days, settings if scope.spell else settings | {"stress_days": 0.0}, means=scope.means)
    scope, made_stock, made_couplings = stock_and_couplings(case, scope, numbers, settings)
    made_ramps = ramps(case, scope, numbers, made_stock)
    made_stock = replace(made_stock, minimum=within_reach(scope, made_stock, made_ramps, _ids(case, "measures")))
    made_operation = operation(case, scope, numbers, days, settings)
    credits = falling_credits(case, numbers)
    linked = linking(case, numbers, days)
    made_transfers = transfers(case, scope, numbers)
    made_accounts = accounts(case, scope, numbers, made_stock, made_operation)
    worth = discounting(settings["discount_rate"], scope.base_year, scope.payments)
    running = weights(scope.timeline, scope.span_rule, worth)
    variables = {
        "span_years": ("year", [float(span.years) for span in scope.timeline]),
        "discount": ("year", running.years),
        "cash_discount": ("year", weights(scope.timeline, "end", worth).years),
        "before_first_year": running.base * scope.base_cost,
        "before_first_year_transfers": running.base * scope.base_transfers,
        "day_weight": ("day", days.weight),
        "previous_day": ("day", [days.names[place] for place in days.previous]),
        **_stock_variables(case, scope, made_stock),
        **_charge_variables(case, scope, made_stock, made_transfers),
        **transfer_variables(made_transfers, len(scope.timeline)),
        **allowance_variables(case, numbers),
        **_operation_variables(case, made_operation),
        **linking_variables(linked),
        "segment_width": ("credit_segment", credits.width),
        "credited_technology": ("credited", _text([technology for technology, _ in credits.members])),
        "credited_segment": ("credited", _text([segment for _, segment in credits.members])),
        "credited_firm": (("credited", "year"), credits.firm),
        **_account_variables(made_accounts),
        **_ramp_variables(made_ramps),
        **_target_variables(target_rows(case, scope, numbers)),
        **_coupling_variables(made_couplings),
    }
    return xr.Dataset(
        variables,
        coords=_coordinates(case, scope, days)
        | {"stock": np.array(list(made_stock.standing), dtype=str), "credit_segment": np.array(credits.segments, dtype=str)}
        | {"block": np.array(linked.blocks, dtype=str), "calendar": np.array(linked.calendar, dtype=int)},
        attrs={"base_year": scope.base_year, "decide_from": scope.decide_from, **settings},
    )


def _ids(case: Case, table: str) -> list[str]:
    return sorted(row.id for row in case.tables[table])


def _coordinates(case: Case, scope: Scope, days: Days) -> dict[str, Any]:
    years = [span.last for span in scope.timeline]
    return {
        "year": years,
        "build_year": years,
        "measure": _ids(case, "measures") if scope.measures != "none" else np.array([], dtype=str),
        **{
            dim: np.array(_ids(case, table), dtype=str)
            for dim, table in (
                ("technology", "technologies"),
                ("commodity", "commodities"),
                ("indicator", "indicators"),
                ("market", "markets"),
                ("payer", "payers"),
                ("transfer", "transfers"),
                ("allowance_group", "allowance_groups"),
            )
        },
        "ramp": np.array(_ids(case, "ramps") if scope.measures != "none" else [], dtype=str),
        "day": list(days.names),
        "hour": list(range(hours_per_day)),
    }


def _by_id(case: Case, table: str) -> list:
    return sorted(case.tables[table], key=lambda row: row.id)


def _text(values: Sequence[str | None]) -> np.ndarray:
    return np.array([value or "" for value in values], dtype=str)


def _stock_variables(case: Case, scope: Scope, made: Stock) -> dict:
    measures = _by_id(case, "measures") if scope.measures != "none" else []
    effects, takes = made.acting.effects, made.acting.takes
    capacity = effects[effects["item"].isin(_ids(case, "technologies"))]
    return {
        "existing": (("technology", "year"), made.existing),
        "standing": (("stock", "year"), np.array(list(made.standing.values())).reshape(len(made.standing), len(scope.timeline))),
        "whole": ("measure", made.whole),
        "renewed_whole": ("measure", made.renewed_whole),
        "closing": ("measure", made.closing),
        "unit_size": ("measure", made.unit_size),
        "build_lower": (("measure", "build_year"), made.build_lower),
        "build_upper": (("measure", "build_year"), made.build_upper),
        "units_upper": (("measure", "year"), made.units_upper),
        "potential": (("measure", "year"), made.potential),
        "minimum": (("measure", "year"), made.minimum),
        "minimum_capacity": (("technology", "year"), made.minimum_capacity),
        "survival": (("measure", "build_year", "year"), made.survival),
        "investment": (("measure", "build_year"), made.investment),
        "measure_fixed_om": (("measure", "year"), made.fixed_om),
        "measure_payer": ("measure", _text([row.payer for row in measures])),
        "measure_sector": ("measure", _text([row.sector for row in measures])),
        **_long("effect", capacity, texts={"measure": "measure", "technology": "item", "by": "by"}),
        **_long("take", takes, texts={"stock": "stock", "measure": "measure", "by": "by"}),
        **_cash_variables(scope, measures, made),
        **_least_size_variables(scope, measures, made),
    }


def _charge_variables(case: Case, scope: Scope, made: Stock, moved: Transfers) -> dict:
    """What a unit built costs over time: as those pay it who count, and as invested, before transfers, at the payer's rate and at one rate."""
    measures = _ids(case, "measures") if scope.measures != "none" else []
    borne = 1.0 + moved.granted(measures, len(scope.timeline))
    paths = {
        "charge": made.charge * borne, "charge_before": made.charge_before * borne, "deferred_charge": made.deferred_charge * borne,
        "invested_charge": made.charge, "deferred_invested_charge": made.deferred_charge,
        "charge_at_one_rate": made.charge_at_one_rate, "deferred_charge_at_one_rate": made.deferred_charge_at_one_rate,
    }  # fmt: skip
    return {name: (("measure", "build_year"), path) for name, path in paths.items()}


def _least_size_variables(scope: Scope, measures: list, made: Stock) -> dict:
    """Measures and spans of decisions in which what is added beside what is committed has a least size, and the most that it can be, measure units."""
    own = np.diagonal(made.survival, axis1=1, axis2=2)
    room = np.divide(made.potential, own, out=np.full_like(made.potential, NO_LIMIT), where=own > 0)
    most = np.minimum(made.build_upper, room) - made.build_lower
    measure, built = np.nonzero((most > 0) & (made.open_years > 0) & (made.least_size > 0)[:, None])
    return {
        "least_measure": ("least", _text([row.id for row in measures])[measure]),
        "least_year": ("least", np.array([span.last for span in scope.timeline], dtype=int)[built]),
        "least_size": ("least", made.least_size[measure]),
        "least_most": ("least", most[measure, built]),
    }


def _cash_variables(scope: Scope, measures: list, made: Stock) -> dict:
    """What a unit built costs in cash: a row for each year in which it is paid, 亿元 a year of that span; before the first span in all."""
    years, names = np.array([span.last for span in scope.timeline]), _text([row.id for row in measures])
    lengths = np.array([float(span.years) for span in scope.timeline])
    measure, built, paid = np.nonzero(made.paid[:, :, 1:])
    return {
        "cash_measure": ("cash", names[measure]),
        "cash_build_year": ("cash", years[built]),
        "cash_year": ("cash", years[paid]),
        **{
            name: ("cash", values[measure, built, 1 + paid] / lengths[paid])
            for name, values in (("cash_value", made.cash), ("cash_deferred", made.deferred_cash))
        },
        "cash_before": (("measure", "build_year"), made.cash[:, :, 0]),
        "deferred_cash_before": (("measure", "build_year"), made.deferred_cash[:, :, 0]),
    }


def _long(dim: str, table: Any, *, texts: dict[str, str]) -> dict:
    """A long table as columns of one dim: its texts, the years and the value."""
    return {
        **{f"{dim}_{name}": (dim, _text(table[column].tolist())) for name, column in texts.items()},
        **{f"{dim}_{name}": (dim, table[name].to_numpy(dtype=int)) for name in ("build_year", "year")},
        f"{dim}_value": (dim, table["value"].to_numpy(dtype=float)),
    }


def _operation_variables(case: Case, made: Operation) -> dict:
    technologies, markets = _by_id(case, "technologies"), _by_id(case, "markets")
    payers = {row.id: row.payer for row in case.tables["sectors"]}
    years = made.demand.shape[1]
    return {
        "operation": ("technology", _text([row.operation for row in technologies])),
        "sector": ("technology", _text([row.sector for row in technologies])),
        "technology_payer": ("technology", _text([payers.get(row.sector) for row in technologies])),
        "host": ("technology", _text([row.host for row in technologies])),
        "heat": ("technology", _text([row.heat for row in technologies])),
        "serves": ("technology", _text([row.serves for row in technologies])),
        "city_share": ("technology", made.city_share),
        "yearly_use": ("technology", made.yearly_use),
        "full_load": ("technology", made.full_load),
        **{name: (("technology", "year"), path) for name, path in made.paths.items()},
        **{name: ("technology", values) for name, values in made.constants.items()},
        "available": (("technology", "day", "hour"), made.available),
        "shape": (("technology", "day", "hour"), made.shape),
        "flow_technology": ("flow", _text([key[0] for key in made.flows])),
        "flow_commodity": ("flow", _text([key[1] for key in made.flows])),
        "flow_value": (("flow", "year"), np.array(list(made.flows.values())).reshape(len(made.flows), years)),
        "balance": ("commodity", _text([row.balance for row in _by_id(case, "commodities")])),
        "surplus": ("commodity", np.array([row.surplus for row in _by_id(case, "commodities")], dtype=bool)),
        "demand": (("commodity", "year"), made.demand),
        "demand_hourly": (("commodity", "year", "day", "hour"), made.demand_hourly),
        "peak": ("year", made.peak),
        "value_of_lost_load": ("commodity", made.value_of_lost_load),
        "market_commodity": ("market", _text([row.commodity for row in markets])),
        "market_direction": ("market", _text([row.direction for row in markets])),
        "market_payer": ("market", _text([row.payer for row in markets])),
        "market_price": (("market", "year"), made.market_price),
        "market_shape": (("market", "year", "day", "hour"), made.market_shape),
        "market_power": (("market", "year"), made.market_power),
        "market_yearly": (("market", "year"), made.market_yearly),
        "firm_purchases": ("year", made.market_firm.sum(axis=0)),
    }


def _account_variables(made: Accounts) -> dict:
    variables: dict = {}
    for name, paths in (
        ("activity", made.activity), ("heat", made.heat), ("capacity", made.capacity), ("level", made.level), ("trade", made.trade),
        ("composed", made.indicator), ("spend", made.spend), ("constant", made.constant),
    ):  # fmt: skip
        dim = f"{name}_account"
        variables[f"{dim}_indicator"] = (dim, _text([key[0] for key in paths]))
        variables[f"{dim}_item"] = (dim, _text([key[1] for key in paths]))
        years = len(next(iter(paths.values()))) if paths else 0
        variables[f"{dim}_value"] = ((dim, "year"), np.array(list(paths.values()))) if years else None
    variables |= _long("build_account", made.builds, texts={"indicator": "indicator", "measure": "measure", "by": "by"})
    return {name: value for name, value in variables.items() if value is not None}


def _ramp_variables(made: Ramps) -> dict:
    rows, members = made.rows, list(made.members)
    ended = [(row.ramp, measure, built, row.year, size) for row in rows for (measure, built), size in row.ended.items()]
    return {
        "ramp_member_ramp": ("ramp_member", _text([key[0] for key in members])),
        "ramp_member_measure": ("ramp_member", _text([key[1] for key in members])),
        "ramp_member_value": ("ramp_member", np.array(list(made.members.values()), dtype=float)),
        "ramp_row_ramp": ("ramp_row", _text([row.ramp for row in rows])),
        **{f"ramp_row_{name}": ("ramp_row", np.array([row.__dict__[name] for row in rows], dtype=int)) for name in ("year", "before")},
        **{f"ramp_row_{name}": ("ramp_row", np.array([row.__dict__[name] for row in rows], dtype=bool)) for name in ("up", "down")},
        **{
            f"ramp_row_{name}": ("ramp_row", np.array([row.__dict__[name] for row in rows], dtype=float))
            for name in ("years", "recorded", "leaving", "up_limit", "up_growth", "down_limit", "down_hold", "full_level", "most")
        },
        "ramp_ended_ramp": ("ramp_ended", _text([one[0] for one in ended])),
        "ramp_ended_measure": ("ramp_ended", _text([one[1] for one in ended])),
        "ramp_ended_build_year": ("ramp_ended", np.array([one[2] for one in ended], dtype=int)),
        "ramp_ended_year": ("ramp_ended", np.array([one[3] for one in ended], dtype=int)),
        "ramp_ended_value": ("ramp_ended", np.array([one[4] for one in ended], dtype=float)),
    }


def _target_variables(rows: list[TargetRow]) -> dict:
    terms = [(place, *term) for place, row in enumerate(rows) for term in row.terms]
    return {
        **{
            f"target_{name}": ("target_row", _text([row.__dict__[name] for row in rows]))
            for name in ("target", "sense", "indicator", "reference", "unit")
        },
        **{
            f"target_{name}": ("target_row", np.array([row.__dict__[name] for row in rows], dtype=float))
            for name in ("limit", "value", "required", "divisor", "offset", "unit_factor", "published")
        },
        **{
            f"target_{name}": ("target_row", np.array([row.__dict__[name] for row in rows], dtype=int))
            for name in ("year", "reference_year", "base_year", "counted_from")
        },
        "target_enforced": ("target_row", np.array([row.enforced for row in rows], dtype=bool)),
        "target_term_row": ("target_term", np.array([term[0] for term in terms], dtype=int)),
        "target_term_indicator": ("target_term", _text([term[1] for term in terms])),
        "target_term_year": ("target_term", np.array([term[2] for term in terms], dtype=int)),
        "target_term_value": ("target_term", np.array([term[3] for term in terms], dtype=float)),
    }


def _coupling_variables(made: Couplings) -> dict:
    return {
        "coupling_id": ("coupling", _text([row.id for row in made.rows])),
        "coupling_sense": ("coupling", _text([row.sense for row in made.rows])),
        "coupling_limit": (("coupling", "year"), made.limits),
        "coupling_term_id": ("coupling_term", _text([row.coupling for row in made.terms])),
        "coupling_term_item": ("coupling_term", _text([row.item for row in made.terms])),
        "coupling_term_by": ("coupling_term", _text([row.by for row in made.terms])),
        "coupling_term_value": ("coupling_term", made.values),
    }
