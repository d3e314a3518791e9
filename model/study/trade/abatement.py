"""Abatement from the optimum: each measure of the plan left out or delayed with the rest planned anew, and the rising cap beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import numpy as np

from model.case.labels import labels
from model.case.read import Case
from model.results.abatement import Abatement, Without
from model.results.frontier import Frontier
from model.results.run import RunError
from model.solve.matrix import Key, Matrix
from model.study.answer import Options, Watch, search_matrix
from model.study.scenario import Reference
from model.study.trade.bounded import Row, held_back, none_short, places, with_rows
from model.study.trade.frontier import Aim, studied, trace
from model.study.trade.steps_of import Steps, Tell, silent

dust = 1e-6
all_delays = (1, 2, 3, 4, 5)


@dataclass
class Doing:
    """The questions of one study: what is answered. A life-cycle: it may be stopped."""

    reference: Reference
    aim: Aim
    options: Options
    tell: Tell
    left_out: dict[str, Without] = field(default_factory=dict)
    delayed: dict[tuple[str, int], Without] = field(default_factory=dict)

    def __post_init__(self) -> None:
        matrix = self.reference.plan.matrix
        self._build = places(matrix, "Build")
        p = self.reference.plan.solved.parameters
        self._years = [int(y) for y in p["year"].values]
        self._spans = {int(y): float(n) for y, n in zip(p["year"].values, p["span_years"].values, strict=True)}
        self._before = self._total(matrix, self.reference.plan.answer.x)

    def measures(self) -> list[str]:
        """What the plan builds beyond what is committed, dearest first."""
        p, x = self.reference.plan.solved.parameters, self.reference.plan.answer.x
        lower, cost = self.reference.plan.matrix.lower, p["charge"].transpose("measure", ...).values
        made = []
        for at, k in enumerate(p["measure"].values.tolist()):
            mine = [self._build[k, y] for y in self._years]
            free = x[mine] - lower[mine]
            if free.sum() > dust * max(1.0, float(x[mine].sum())):
                made.append((-float(cost[at] @ free), k))
        return [k for _, k in sorted(made)]

    def run(self, measures: Sequence[str], delays: Sequence[int]) -> None:
        """Each measure left out, then delayed, longest delay first: a shorter one never costs more."""
        steps = Steps(self.tell, len(measures) * (1 + len(delays)), self.options.time_limit)
        for k in measures:
            self.left_out[k] = self._ask(held_back(none_short(self.reference.plan.matrix), k), k, 0, steps)
        for k in measures:
            hardest = self.left_out[k]
            for years in sorted(delays, reverse=True):
                if not hardest.proven and hardest.status != "infeasible":
                    self.delayed[k, years] = replace(hardest, delay=years, low=0.0, status="kept", seconds=0.0)
                    steps.total -= 1
                    continue
                found = self._ask(self._delay(k, years), k, years, steps)
                hardest = self.delayed[k, years] = replace(found, low=min(found.low, hardest.high), high=min(found.high, hardest.high))

    def _ask(self, matrix: Matrix, measure: str, delay: int, steps: Steps) -> Without:
        left = steps.next(f"{measure} +{delay}" if delay else measure)
        if left <= 0.0:
            raise TimeoutError
        start, plan = monotonic(), self.reference.plan.answer
        options = replace(self.options, time_limit=left, mps=None, log=None)
        found = search_matrix(matrix, options, Watch(), name="again", like=self.reference.plan)
        if found.status == "interrupted":
            raise KeyboardInterrupt
        low = np.inf if found.status == "infeasible" else max(0.0, found.bound - plan.objective)
        high = max(0.0, found.objective - plan.bound) if len(found.x) else np.inf
        change = self._total(matrix, found.x) - self._before if len(found.x) else np.nan
        amount = float(plan.x[[self._build[measure, y] for y in self._years]].sum())
        return Without(measure, delay, amount, float(low), float(high), float(change), found.status, monotonic() - start)

    def _delay(self, measure: str, years: int) -> Matrix:
        """No more built up to a year than the plan had so many years before, or than is committed by then."""
        matrix, x = none_short(self.reference.plan.matrix), self.reference.plan.answer.x
        rows: dict[Key, Row] = {}
        for y in self._years:
            by_now = [self._build[measure, v] for v in self._years if v <= y]
            early = [self._build[measure, v] for v in self._years if v <= y - years]
            most = max(float(x[early].sum()) if early else 0.0, float(matrix.lower[by_now].sum()))
            rows["Delayed", (measure, y)] = (dict.fromkeys(by_now, 1.0), -np.inf, most + dust * max(1.0, most))
        return with_rows(matrix, rows)

    def _total(self, matrix: Matrix, x: np.ndarray) -> float:
        columns = places(matrix, "Indicator")
        return self.aim.sign * sum(self._spans[y] * float(x[columns[self.aim.indicator, y]]) for y in self._years)


def abatement(
    case: Case,
    aim: Aim,
    options: Options,
    *,
    measures: Collection[str] = (),
    delays: Sequence[int] = all_delays,
    points: int = 6,
    watch: Watch | None = None,
    tell: Tell = silent,
) -> Abatement:
    """Cost and effect of each measure from the optimum, and the curve of `points` caps (none for 0).

    `measures` are those asked for, all of the plan where empty. Ctrl-C keeps what is done. Raises NoPlan where the case
    has none, RunError for a measure that the plan does not build.
    """
    reference = studied(case, options, watch)
    doing, start, complete = Doing(reference, aim, options, tell), monotonic(), True
    built = doing.measures()
    idle = sorted(set(measures) - set(built))
    if idle:
        raise RunError(f"the plan builds no '{idle[0]}' of its own will; it builds {', '.join(built)}")
    curve: Frontier | None = None
    try:
        doing.run([k for k in built if not measures or k in measures], delays)
        if points:
            left = options.time_limit - (monotonic() - start)
            curve = trace(reference, aim, replace(options, time_limit=left), count=points, tell=tell)
            complete = curve.complete
    except (KeyboardInterrupt, TimeoutError):
        complete = False
    units = dict(zip(*(labels(case)[name].values.tolist() for name in ("indicator", "indicator_unit")), strict=True))
    plan = reference.plan.answer
    return Abatement(
        case.header.id, aim.indicator, aim.year, str(units[aim.indicator]), plan.objective, plan.bound, tuple(doing.left_out.values()),
        tuple(doing.delayed.values()), curve, complete,
    )  # fmt: skip
