"""Regret: the plan of each scenario held under every other, against what that future would have cost at its best."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from time import monotonic
from typing import Any

from model.case.read.case import Case
from model.report.studies.regret_answers import regret_answers
from model.report.studies.regret_tables import regret_report, regret_text
from model.results.regret import PLAN, held_name, planned, regret_from
from model.results.run import RunError
from model.study.engine.engine import Question
from model.study.engine.kind import finer
from model.study.engine.resources import Notes, Resources, over, places_of, record_of
from model.study.engine.scenario import REFERENCE, Scenario, coordinates, plan_record, scenario_from, without_plan
from model.study.plan.reference import Reference, solve_scenario
from model.study.solved.gc_pause import collected_after
from model.study.solved.solved_model import NoPlan
from model.study.tradeoffs.plan_under_future import Decisions, FutureProgram, decisions_of, plan_under_future
from model.study.tradeoffs.trade_off import trade_off


@dataclass(frozen=True)
class Job:
    """A scenario to be planned for; or, with plans to hold, a future to hold them in."""

    scenario: Scenario
    plans: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.scenario.name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(held_name(plan, self.name) for plan in self.plans) or (f"{PLAN}:{self.name}",)


@dataclass(frozen=True)
class Futures:
    """What every job starts from: the case with its plan, what each plan decides, and the last year whose decisions are held."""

    reference: Reference
    resources: Resources
    until: int
    decided: Mapping[str, Decisions]

    def future(self, scenario: Scenario) -> FutureProgram:
        """The scenario's own program with its plan. Raises NoPlan, TimeoutError."""
        if scenario.name == REFERENCE:
            return FutureProgram(REFERENCE, self.reference.ready, self.reference.plan)
        dropped = self.resources.options.dropped | frozenset(scenario.dropped)
        options = replace(
            self.resources.options.quiet, gap=finer * self.resources.options.gap, time_limit=self.resources.left, dropped=dropped
        )
        ready, plan = solve_scenario(self.reference, case=scenario.of(self.reference.ready.case), options=options)
        return FutureProgram(scenario.name, ready, plan)


def question_of(case: Case, scenarios: Sequence[Scenario], *, until: int | None = None, plans: Collection[str] = ()) -> Question:
    """The plans of the scenarios (all, or those named) and of the case itself, each held under every other up to `until`.

    Raises RunError for a year or a name that there is not.
    """
    years, names = list(case.header.years), [REFERENCE, *(one.name for one in scenarios)]
    if until is not None and until not in years:
        raise RunError("no_such_year", text="--until", year=until, years=years)
    unknown = sorted(set(plans) - set(names))
    if unknown:
        raise RunError("no_scenario", name=unknown[0], known=names)
    wanted = [name for name in names if not plans or name in plans]

    def ask(reference: Reference) -> dict[str, Any]:
        return {
            "scenarios": [one.record() for one in scenarios], "plans": wanted, "until": until or years[-1], "whole": until in (None, years[-1]),
            "measures": coordinates(reference.plan)["measure"], "years": years, "total": len(names) * (len(wanted) + 1) - len(wanted),
        }  # fmt: skip

    return Question(KIND, ask)


def answer(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """Each scenario's own plan first, then all plans under one future after the other."""
    scenarios = [Scenario(REFERENCE), *map(scenario_from, asked["scenarios"])]
    futures = Futures(reference, resources.sendable, int(asked["until"]), {})
    steps = resources.steps(2 * len(scenarios))
    over(plan_of, futures, list(map(Job, scenarios)), notes, steps, resources)
    known = {one.name: notes.known[f"{PLAN}:{one.name}"] for one in scenarios}
    decided = {name: _decisions(known[name], asked) for name in asked["plans"] if planned(known[name])}
    jobs = [Job(one, tuple(name for name in decided if name != one.name)) for one in scenarios if planned(known[one.name])]
    jobs = [job for job in jobs if job.plans]
    steps.skip(len(scenarios) - len(jobs))
    over(held_in, replace(futures, decided=decided), jobs, notes, steps, resources)


@collected_after()
def plan_of(futures: Futures, job: Job) -> list[dict[str, Any]] | None:
    """The plan of a scenario with what it builds, as a record, whatever comes of it; None where there is no time left."""
    start, name = monotonic(), job.names[0]
    try:
        future = futures.future(job.scenario)
        build, sizes = decisions_of(future.plan), coordinates(future.plan)
        amounts = [[build[k, int(y)] for y in sizes["year"]] for k in sizes["measure"]]
        record = plan_record(name, future.ready, future.plan) | {"build": amounts}
    except TimeoutError:
        return None
    except NoPlan as error:
        if error.status == "interrupted":
            raise KeyboardInterrupt from error
        record = without_plan(name, error.ending)
    except Exception as error:  # one scenario that cannot be built must not end the study of the others
        record = without_plan(name, "failed") | {"fault": f"{type(error).__name__}: {error}"}
    return [record | {"under": job.name, "seconds": round(monotonic() - start, 3)}]


@collected_after()
def held_in(futures: Futures, job: Job) -> list[dict[str, Any]] | None:
    """The plans of others held in a future, as records; None where there is no time left."""
    try:
        future = futures.future(job.scenario)
        places, made = places_of(Reference(future.ready, future.plan)), list[dict[str, Any]]()
        for plan, name in zip(job.plans, job.names, strict=True):
            start = monotonic()
            options = replace(futures.resources.options, gap=finer * futures.resources.options.gap, time_limit=futures.resources.left)
            one, found = plan_under_future(future, plan, futures.decided[plan], futures.until, options)
            record = record_of(name, future.plan.matrix, found, places, seconds=monotonic() - start)
            made.append(record | asdict(one) | {"status": one.verdict})
    except TimeoutError:
        return None
    return made


def _decisions(record: Mapping[str, Any], asked: Mapping[str, Any]) -> Decisions:
    return {
        (k, y): amount
        for k, row in zip(asked["measures"], record["build"], strict=True)
        for y, amount in zip(asked["years"], row, strict=True)
    }


KIND = trade_off(
    "regret",
    answer,
    regret_from,
    text=regret_text,
    report=regret_report,
    answers=regret_answers,
    texts={"made_for": "made_for", "under": "under", "verdict": "verdict"},
)
