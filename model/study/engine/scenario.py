"""One scenario of a study: what it changes, and the record of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np

from model.case.change.change import Change, changed, parse_change
from model.case.change.levers import Shift, shifted
from model.case.read.case import Case
from model.study.infeasible.clashes import clash_of
from model.study.plan.records import unserved_tolerance
from model.study.plan.reference import Reference, solve_scenario
from model.study.solved.gc_pause import collected_after
from model.study.solved.solved_model import NoPlan, Options, Ready, SolvedModel, Watch

REFERENCE = "reference"


@dataclass(frozen=True)
class Scenario:
    """One changed case: paths moved within their ranges, numbers set anew, targets left out beside those of the reference."""

    name: str
    shifts: tuple[Shift, ...] = ()
    changes: tuple[Change, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def of(self, case: Case) -> Case:
        return changed(shifted(case, self.shifts), self.changes)

    def record(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "shifts": {shift.lever: shift.share for shift in self.shifts},
            "changes": [one.text for one in self.changes],
            "dropped": list(self.dropped),
        }


def scenario_from(record: Mapping[str, Any]) -> Scenario:
    """What `record` wrote."""
    shifts = tuple(Shift(lever, float(share)) for lever, share in record["shifts"].items())
    return Scenario(str(record["name"]), shifts, tuple(parse_change(text) for text in record["changes"]), tuple(record["dropped"]))


@dataclass(frozen=True)
class Study:
    """What every worker of a study holds: the reference, and how scenarios are solved."""

    reference: Reference
    options: Options

    def options_of(self, scenario: Scenario) -> Options:
        return replace(self.options, dropped=self.options.dropped | frozenset(scenario.dropped))


def sendable(reference: Reference) -> Reference:
    """A reference without its live solvers: it can be sent, and every scenario starts anew from its prices, basis and whole units.

    A solver that has answered other scenarios before would end at other vertices, so that answers hung on their order.
    """
    ready = replace(reference.ready, base=_without_solver(reference.ready.base), usual=_without_solver(reference.ready.usual))
    return Reference(ready, _without_solver(reference.plan))


def _without_solver(solved_model: SolvedModel) -> SolvedModel:
    return replace(solved_model, solution=replace(solved_model.solution, solver=None))  # type: ignore[arg-type]


def answer(study: Study, scenario: Scenario, watch: Watch | None = None) -> dict[str, Any]:
    """The record of a scenario, whatever comes of it: no plan, no time and a fault are results too.

    Raises KeyboardInterrupt when the solve was stopped.
    """
    start = perf_counter()
    with collected_after():
        try:
            record = _record(study, scenario, watch or Watch())
        except Exception as error:  # one scenario that cannot be built must not end a study of hundreds
            record = without_plan(scenario.name, "failed") | {"fault": f"{type(error).__name__}: {error}"}
    return record | {"seconds": round(perf_counter() - start, 3)}


def _record(study: Study, scenario: Scenario, watch: Watch) -> dict[str, Any]:
    case, options = scenario.of(study.reference.ready.case), study.options_of(scenario)
    try:
        ready, plan = solve_scenario(study.reference, case=case, options=options, watch=watch)
    except NoPlan as error:
        if error.status == "interrupted":
            raise KeyboardInterrupt from error
        found = clash_of(case, options, error.ready) if error.status == "infeasible" else {}
        return without_plan(scenario.name, error.ending) | found
    record = plan_record(scenario.name, ready, plan)
    return record | (clash_of(case, options, ready) if record["status"] == "unserved" else {})


def without_plan(name: str, status: str) -> dict[str, Any]:
    """The record of a scenario that has no plan."""
    return {"name": name, "status": status}


def plan_record(name: str, ready: Ready, plan: SolvedModel) -> dict[str, Any]:
    """The record of a plan: cost and bound in 亿元, indicators, levels and what is built beyond what is committed by year, usual baseline."""
    short = float(plan.solution.x[plan.matrix.shortfalls].max(initial=0.0))
    return {
        "name": name,
        "status": "unserved" if short > unserved_tolerance else plan.solution.status,
        **plan.cost.record(),
        "gap": float(plan.solution.gap),
        "proven_by": plan.solution.proven_by,
        **{f"usual_{name}": value for name, value in ready.usual.cost.record().items()},
        "indicator_value": _plain(plan.solved.worked["indicator_value"].transpose("indicator", "year").values),
        "level": _plain(plan.solved.worked["level"].transpose("measure", "year").values),
        "decided": _plain(_decided(plan)),
        "unserved": _plain(plan.solved.decisions["unserved"].transpose("commodity", "year").values),
        "firm_shortfall": _plain(plan.solved.decisions["firm_shortfall"].values),
    }


def _decided(plan: SolvedModel) -> np.ndarray:
    """Built beyond what is committed or was built before, shape (measures, years), in each measure's own canonical unit."""
    built, given = plan.solved.decisions["build"], plan.solved.parameters["build_lower"]
    return np.maximum((built - given).transpose("measure", "build_year").values, 0.0)


def coordinates(plan: SolvedModel) -> dict[str, list[Any]]:
    """The names along the arrays of every record."""
    own = {dim: plan.solved.worked[dim].values.tolist() for dim in ("indicator", "measure", "year")}
    return own | {"commodity": plan.solved.decisions["commodity"].values.tolist()}


def _plain(values: np.ndarray) -> list[Any]:
    return (np.asarray(values) + 0.0).tolist()  # no minus zero
