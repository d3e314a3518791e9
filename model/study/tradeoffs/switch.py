"""The switching value of a number: plans along its range, then halfway between neighbours that differ, until they are near enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, log2
from time import monotonic
from typing import Any

import numpy as np

from model.case.change.change import Flattened, applied, changed
from model.case.change.change_text import parse_change
from model.case.change.levers import MOVED, Lever, Shift, lever_labels, lever_of, levers
from model.case.change.naming import id_of, named
from model.case.faults import CaseFaults
from model.case.parameters.in_force import years_in_force
from model.case.read.case import Case
from model.report.studies.switch_answers import switch_answers
from model.report.studies.switch_tables import switch_report, switch_text
from model.results.run import RunError
from model.results.switch import AT, open_between, switch_from, value_at
from model.results.targets import target_results
from model.study.engine.engine import Question
from model.study.engine.kind import finer
from model.study.engine.resources import Notes, Resources, over
from model.study.engine.scenario import REFERENCE, Scenario, plan_record, without_plan
from model.study.plan.reference import Reference, solve_scenario
from model.study.plan.target_rows import target_prices
from model.study.program.edits import leaves_short
from model.study.solved.gc_pause import collected_after
from model.study.solved.solved_model import NoPlan, SolvedModel
from model.study.tradeoffs.trade_off import trade_off

dust = 1e-6


@dataclass(frozen=True)
class SwitchContext:
    """What every point is found from."""

    reference: Reference
    asked: Mapping[str, Any]
    resources: Resources


@dataclass(frozen=True)
class TrialValue:
    """One value to be asked, and its share of the way from low to high."""

    share: float
    value: float

    @property
    def name(self) -> str:
        return f"{self.value:.6g}"

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{AT}:{self.share!r}",)


@dataclass(frozen=True)
class SwitchRequest:
    """What is turned and what is watched: the number's name, ends (None: those of its range), width (None: a hundredth of the way);

    a measure or a target, of a year or (None) of all; how many points are asked to begin with.
    """

    number: str
    kind: str
    item: str
    year: int | None = None
    between: tuple[float, float] | None = None
    width: float | None = None
    points: int = 3


def question_of(case: Case, request: SwitchRequest) -> Question:
    """Where it flips, as a study asks for it.

    Raises RunError where there is no such measure, target or year, or no range to move in; ChangeError for a number that is none.
    """
    table = {"measure": "measures", "target": "targets"}[request.kind]
    number = named(case, parse_change(f"{request.number}=1"))
    request = replace(request, number=number.name, item=id_of(case, request.item, table))
    known = [row.id for row in case.tables[table]]
    if request.item not in known:
        raise RunError("no_measure" if request.kind == "measure" else "no_target", name=request.item, known=known)
    if request.year is not None and request.year not in case.header.years:
        raise RunError("no_such_year", text=f"{request.item}@{request.year}", year=request.year, years=case.header.years)
    if request.kind == "target" and request.year is not None:
        target = next(row for row in case.tables[table] if row.id == request.item)
        held = years_in_force(case.tables[table], target, case.header.years)
        if request.year not in held:
            raise RunError("not_in_force", name=request.item, year=request.year, years=held)
    lever = next((one for one in levers(case) if one.name == request.number), None)
    if lever is None and request.between is None:
        changed(case, [parse_change(f"{request.number}=1")])  # one that is no number at all is refused by its own fault
        raise RunError("no_range", name=request.number)
    low, high = request.between or (lever.low, lever.high)  # type: ignore[union-attr]
    if not low < high:
        raise RunError("between_falls", low=f"{low:g}", high=f"{high:g}")
    asked = _asked(case, request, lever, low, high)
    for share in (0.0, 1.0):
        scenario_at(asked, share).of(case)
    return Question(KIND, lambda reference: asked)


def flattened_along(case: Case, request: SwitchRequest) -> tuple[Flattened, ...]:
    """The path that becomes level where ends of one's own are given: within its own range it moves as it is."""
    return applied(case, [parse_change(f"{request.number}={request.between[0]!r}")])[1] if request.between else ()


def _asked(case: Case, request: SwitchRequest, lever: Lever | None, low: float, high: float) -> dict[str, Any]:
    path = request.number.partition("@")[0]
    units = {lever_of(table, row): str(row.unit) for table in MOVED for row in case.tables[table]}
    known = {lever_of(table, row): row.value for table in MOVED for row in case.tables[table]}
    single = path == request.number and sum(lever_of(table, row) == path for table in MOVED for row in case.tables[table]) == 1
    label_en, label_zh = lever_labels(case, request.number)
    width = request.width or (high - low) / 100
    return {
        "number": request.number, "label_en": label_en, "label_zh": label_zh, "unit": units.get(path, ""), "low": low, "high": high,
        "value": float(known[path]) if single and known[path] is not None else None, "width": width, "shifted": request.between is None and lever is not None,
        "kind": request.kind, "item": request.item, "year": request.year or 0, "points": request.points, "total": request.points + ceil(log2(max((high - low) / width, 1.0))),
    }  # fmt: skip


def scenario_at(asked: Mapping[str, Any], share: float) -> Scenario:
    """The case with the number there: the whole path within its range, or the value that stands for it."""
    if asked["shifted"]:
        return Scenario(REFERENCE, (Shift(asked["number"], share),))
    value = value_at(asked, share)
    return Scenario(REFERENCE, (), (parse_change(f"{asked['number']}={value!r}"),))


def answer(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """Evenly spaced points, the case's own value among them, then halves."""
    along, steps = SwitchContext(reference, asked, resources.sendable), resources.steps(int(asked["total"]))
    shares = set(np.linspace(0.0, 1.0, int(asked["points"])).tolist())
    if asked["value"] is not None and asked["low"] < asked["value"] < asked["high"]:
        shares.add((asked["value"] - asked["low"]) / (asked["high"] - asked["low"]))
    wanted = [TrialValue(share, value_at(asked, share)) for share in sorted(shares)]
    while wanted:
        over(plan_at, along, wanted, notes, steps, resources)
        gaps = open_between(asked, notes.known)
        wanted = [TrialValue((one + other) / 2, value_at(asked, (one + other) / 2)) for one, other in gaps]
        size = asked["high"] - asked["low"]
        steps.total = steps.done + sum(ceil(log2((other - one) * size / asked["width"])) for one, other in gaps)


@collected_after()
def plan_at(along: SwitchContext, point: TrialValue) -> list[dict[str, Any]] | None:
    """The plan at one value, as a record; None where there is no time left."""
    start, asked, reference = monotonic(), along.asked, along.reference
    try:
        options = replace(along.resources.options.quiet, gap=finer * along.resources.options.gap, time_limit=along.resources.left)
        ready, plan = solve_scenario(reference, case=scenario_at(asked, point.share).of(reference.ready.case), options=options)
    except TimeoutError:
        return None
    except NoPlan as error:
        if error.status == "interrupted":
            raise KeyboardInterrupt from error
        if error.status == "time_limit":
            return None
        return [without_plan(point.names[0], error.ending) | {"share": point.share, "value": point.value, "state": "no_plan"}]
    except CaseFaults as error:  # at this value the base year turns what a target changes from to nothing
        told_fault = {"fault": str(error), "share": point.share, "value": point.value, "state": "no_plan"}
        return [without_plan(point.names[0], "failed") | told_fault]
    amount = _built(plan, asked) if asked["kind"] == "measure" else _price(plan, asked)
    state = "no_plan" if leaves_short(plan.matrix, plan.solution) else "yes" if amount > dust else "no"
    more = {
        "share": point.share,
        "value": point.value,
        "state": state,
        "amount": amount,
        "seconds": round(monotonic() - start, 3),
    }
    return [plan_record(point.names[0], ready, plan) | more]


def _built(plan: SolvedModel, asked: Mapping[str, Any]) -> float:
    """Built by the year asked for, or at all, beyond what is committed."""
    mine = [
        at for index, at in plan.matrix.places("Build").items()
        if isinstance(index, tuple) and index[0] == asked["item"] and (not asked["year"] or index[1] <= asked["year"])
    ]  # fmt: skip
    return float((plan.solution.x[mine] - plan.matrix.lower[mine]).sum())


def _price(plan: SolvedModel, asked: Mapping[str, Any]) -> float:
    """The highest price of the target's rows, or that of the year asked for."""
    targets = target_results(plan.solved.parameters, plan.solved.worked["indicator_value"])
    mine = (targets["row_target"].values == asked["item"]) & ((targets["row_year"].values == asked["year"]) | (not asked["year"]))
    return float(target_prices(plan)[mine].max(initial=0.0))


KIND = trade_off(
    "switch",
    answer,
    switch_from,
    text=switch_text,
    report=switch_report,
    answers=switch_answers,
    numbers=("share", "value", "amount"),
    texts={"state": "state"},
)
