"""The audit notices: each rule finds a decision that was tampered with, and every rule taken out of a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import xarray as xr
from paper import Paper
from paper_answer import made, plan_without, worked_out
from papers import (
    ALL_PAPERS,
    accounts,
    adequacy,
    allowances,
    balance,
    building,
    couplings,
    credits,
    operation,
    ramps,
    renewal,
    seasons,
    standing,
    stock,
    storage,
    taking,
    targets,
)

from model.report.words import languages, words
from model.results.accounts import work_out
from model.results.audit import Audit, audit, tolerance
from model.results.targets import target_results

Tamper = Callable[[xr.Dataset], None]


def _add(variable: str, amount: float, **place: object) -> Tamper:
    def tamper(said: xr.Dataset) -> None:
        said[variable].loc[place] += amount

    return tamper


def _scale(variable: str, times: float, **place: object) -> Tamper:
    def tamper(said: xr.Dataset) -> None:
        said[variable].loc[place] *= times

    return tamper


@dataclass(frozen=True)
class Case:
    """A decision of a solved paper case, changed a little; what follows from it is worked out again."""

    rule: str
    paper: Paper
    tamper: Tamper


POTENTIAL, ENERGY, FLEXIBILITY, CHP = stock.POTENTIAL, storage.ENERGY, operation.FLEXIBILITY, operation.HEAT_AND_POWER
CASES = [
    Case("accounts: level", POTENTIAL, _add("level", 0.01)),
    Case("accounts: capacity", POTENTIAL, _add("capacity", 0.01)),
    Case("accounts: annual", operation.DISPATCH, _add("annual", 0.01)),
    Case("accounts: trade", operation.DISPATCH, _add("trade", 0.01)),
    Case("accounts: trade_value", operation.DISPATCH, _add("trade_value", 0.01)),
    Case("accounts: indicator_value", accounts.COAL_CAP, _add("indicator_value", 0.01, indicator="co2")),
    Case("accounts: spend", accounts.BUDGET, _add("counted_spend", -0.01, payer="town")),
    Case("allowances: what must be bought", allowances.BOUGHT, _add("net_allowances", -0.01)),
    Case("allowances: gain within its limit", allowances.SOLD, _add("lapsed_allowances", -0.01)),
    Case("allowances: no less than nothing lapses", allowances.SOLD, _add("lapsed_allowances", -0.41)),
    Case("objective", POTENTIAL, _add("trade", 0.01)),
    Case("stock: at least what is committed", stock.COMMITTED, _add("build", -0.01, measure="new_mill", build_year=2022)),
    Case("stock: pace and lead time", stock.PACE, _add("build", 0.01, build_year=2021)),
    Case("stock: potential", POTENTIAL, _add("build", 0.01, build_year=2021)),
    Case("stock: capacity is not negative", stock.EARLY_RETIREMENT, _add("build", 1.0, build_year=2021)),
    Case("stock: paces so far", building.PACES_ADD_UP, _add("build", 1.0, build_year=2021)),
    Case("stock: taken within what stands", taking.NO_MORE_THAN_STANDS, _add("build", 0.1)),
    Case("stock: renewed units wait for what ends", renewal.RENEWED_IN_TIME, _add("deferred", 0.1, build_year=2030)),
    Case("stock: renewed units wait no more than are built", renewal.NOTHING_BUILT_THAT_WAITS, _add("deferred", 0.1, build_year=2030)),
    Case("stock: closed no more than built", taking.CLOSED_AS_BUILT, _add("closed", 0.1)),
    Case("stock: closed as far as in force", taking.CLOSED_AS_IN_FORCE, _add("closed", -0.1, build_year=2021)),
    Case("stock: whole units", stock.WHOLE_UNITS, _add("build", 0.01)),
    Case("stock: least in force", standing.MINIMUM, _add("build", -0.01, build_year=2022)),
    Case("stock: least capacity", standing.MINIMUM_CAPACITY, _add("build", -0.01)),
    Case("stock: least size when built at all", standing.LEAST_SIZE, _add("build", -0.01, build_year=2022)),
    Case("operation: utilisation floor", operation.UTILISATION_FLOOR, _add("annual", -0.01)),
    Case("operation: utilisation ceiling", operation.UTILISATION_CEILING, _add("annual", 0.01)),
    Case("operation: yearly activity", operation.AVAILABILITY, _add("annual", 0.01)),
    Case("operation: curtailment", operation.SUN, _scale("activity", 1.01)),
    Case("operation: curtailment limit", operation.CURTAILMENT, _scale("activity", 0.99)),
    Case("operation: availability", operation.DISPATCH, _add("activity", 0.01, hour=4)),
    Case("operation: online", FLEXIBILITY, _add("online", 0.01, technology="plant")),
    Case("operation: minimum load", FLEXIBILITY, _add("online", -0.01, technology="retrofit")),
    Case("operation: full load", operation.MINIMUM_LOAD, _add("activity", 0.01, hour=15)),
    Case("operation: back pressure", operation.BACK_PRESSURE, _add("heat_output", 0.01, hour=4)),
    Case("operation: heat from the turbine", CHP, _add("heat_output", 0.01, hour=4)),
    Case("storage: balance", ENERGY, _add("charge_power", -0.01, hour=4)),
    Case("storage: power", storage.POWER, _add("charge_power", 0.01, hour=4)),
    Case("storage: energy", ENERGY, _add("stored", 0.01, hour=11)),
    Case("storage: least duration", seasons.AT_LEAST, _add("build", -0.1, measure="build_cells")),
    Case("storage: longest duration", seasons.AT_MOST, _add("build", 0.1, measure="build_cells")),
    Case("storage: over days, never below nothing", seasons.YEAR, _add("stock_held", -1.0, calendar=365)),
    Case("storage: over days, energy", seasons.YEAR, _add("stock_held", 1.0, calendar=220)),
    Case("storage: over days, no more than was left", seasons.YEAR, _add("stock_held", 1.0, calendar=100)),
    Case("storage: over days, all that was left", seasons.YEAR, _add("stock_held", -1.0, calendar=100)),
    Case("storage: over days, begins as told", seasons.START, _add("stock_held", 1.0, calendar=1)),
    Case("balance: yearly", balance.CHAIN, _add("trade", -0.01)),
    Case("balance: hourly", operation.DISPATCH, _add("hourly_trade", -0.01, hour=4)),
    Case("operation: flexibility within its host", operation.RETROFIT_NEEDS_ITS_HOST, _add("online", 0.01, technology="retrofit")),
    Case("operation: saving within its host", operation.SAVING, _add("annual", 0.01, technology="saver_a")),
    Case("trade: power limit", balance.POWER_LIMIT, _add("hourly_trade", 0.01)),
    Case("trade: yearly limit", balance.YEARLY_LIMIT, _scale("hourly_trade", 1.01)),
    Case("trade: unserved", balance.UNSERVED_HOURS, _add("unserved", 0.01)),
    Case("trade: electricity_sell within own generation", balance.SALE, _add("hourly_trade", 0.01, market="electricity_sell")),
    Case("adequacy", adequacy.SHORT, _add("firm_shortfall", -0.01)),
    Case("adequacy", credits.FALLS, _add("build", -0.01)),
    Case("adequacy", credits.STORAGE, _add("build", -0.01)),
    Case("coupling: a_needs_b", couplings.REQUIRES, _add("build", 0.01, measure="build_a")),
    Case("coupling: some_b", couplings.AT_LEAST, _add("annual", -0.01, technology="mill_b")),
    Case("coupling: three_to_one", couplings.EXACTLY, _add("build", 0.01, measure="build_a")),
    Case("ramps: what is added", ramps.GROWS, _add("added", 0.01, year=2022)),
    Case("ramps: renewed within what ends", ramps.RENEWED, _add("renewed", 0.1, year=2022)),
    Case("ramps: no less than nothing", ramps.RENEWED, _add("renewed", -0.1, year=2021)),
    Case("ramps: growth", ramps.GROWS, _add("build", 0.1, build_year=2022)),
    Case("ramps: fall", ramps.FALLS, _add("build", -0.1, build_year=2021)),
    Case("targets", targets.LEVEL, _add("annual", 0.01, year=2022)),
]


def _tampered(case: Case) -> Audit:
    data, plan = made(case.paper).parameters, plan_without(case.paper)
    said = worked_out(case.paper).decisions.copy(deep=True)
    case.tamper(said)
    worked = work_out(data, said)
    return audit(data, said, worked, target_results(data, worked["indicator_value"]), plan.objective)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_rule_notices(case: Case) -> None:
    before = {finding.rule: finding.worst for finding in worked_out(case.paper).audit.findings}
    assert before[case.rule] <= tolerance
    after = _tampered(case)
    found = max(finding.worst for finding in after.findings if finding.rule == case.rule)
    assert found > tolerance and not after.ok


def test_every_rule_of_the_audit_has_a_case() -> None:
    rules = {finding.rule for paper in {case.paper for case in CASES} for finding in worked_out(paper).audit.findings}
    kinds = {rule.partition(":")[0] if rule.startswith("coupling") else rule for rule in rules}
    cased = {case.rule.partition(":")[0] if case.rule.startswith("coupling") else case.rule for case in CASES}
    assert kinds == cased


TAKEN_OUT = [
    (paper, rule)
    for paper in ALL_PAPERS
    for rule, answer in paper.without.items()
    if not isinstance(answer, str) and not rule.endswith((":cost", "Slack:upper"))
]


@pytest.mark.parametrize(("paper", "rule"), [pytest.param(*one, id=f"{one[0].name}-{one[1]}") for one in TAKEN_OUT])
def test_a_plan_made_without_a_rule_fails_the_audit(paper: Paper, rule: str) -> None:
    """The cheaper plan that a missing rule allows is held against the whole case."""
    plan = plan_without(paper, rule)
    assert len(plan.x) and np.isfinite(plan.x).all()
    assert not worked_out(paper, rule).audit.ok


def test_each_rule_of_the_audit_has_words_in_every_language() -> None:
    for language in languages():
        for case in CASES:
            family, _, rest = case.rule.partition(": ")
            wanted = {f"rule_{family}"} | ({f"rule_{rest}"} if rest and not family.startswith("coupling") else set())
            assert wanted <= set(words(language)), wanted
