"""Short sight: decisions taken year by year with only so many years in view, what was decided kept, and what that costs in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import xarray as xr
from scipy.sparse import csc_array, csr_array

from model.case.parameters import parameters
from model.case.parameters.timeline import Span
from model.results.accounts import work_out
from model.results.extract import extract
from model.results.plain import plain
from model.results.proof import never_falls
from model.results.summary import Solved
from model.solve.components import SLACKS
from model.solve.matrix import Matrix, year_of
from model.solve.search import Solution
from model.study.plan.records import relaxed_records
from model.study.plan.solve import plan_of
from model.study.program.edits import for_another_aim, leaves_short
from model.study.program.least_relaxation import least_relaxation
from model.study.program.target_slacks import target_slacks
from model.study.solved.program_file import write_program
from model.study.solved.solved_model import NoPlan, Options, Ready, SolvedModel, Watch, matrix_of, search_matrix

STOCK = frozenset({"Build", "Units", "Level", "Capacity", "Deferred", "Closed", "Added", "Renewed", "Full"})
INVESTED = frozenset({"Build", "Deferred"})  # charged year by year, not by what a modelled year stands for
ease = 1e-5  # of an amount, so that what was decided still fits

Decisions = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Step:
    """One step: decided as in the year `year`, with the years up to `until` in view; least cost of these within `bound`..`objective`."""

    year: int
    until: int
    objective: float
    bound: float
    missed: tuple[tuple[str, int], ...]


@dataclass
class ShortSight:
    """A planner who sees `years` years, the one being decided among them. A life-cycle: it keeps what it saw.

    In each step the horizon ends with the years in view: targets and costs beyond it are not seen, and annuities are charged
    within it, as they always are within the horizon; what is committed and how much there can be of a measure is known for all years. What the next step could no longer change is decided: what is built by then, and
    what must be begun by then to be ready in time (`lead_time`). Hours, trade and flows are no decisions; they are planned anew.
    Targets that cannot be met any more give as little as they must, by their strengths; demand is served before.
    """

    years: int
    full: SolvedModel | None = None
    held: SolvedModel | None = None
    steps: list[Step] = field(default_factory=list)

    def plan(self, ready: Ready, watch: Watch) -> SolvedModel:
        """The schedule that comes of it, under the whole horizon, in the plan's own program.

        Raises NoPlan where a step has none even with all targets given up.
        """
        try:
            full = plan_of(replace(ready, options=replace(ready.options, mps=None)), watch)
            self.full = None if leaves_short(full.matrix, full.solution) else full
        except NoPlan as error:
            if error.status != "infeasible":
                raise
        data = self.full.solved.parameters if self.full else parameters(ready.case, ready.scope)
        matrix = self.full.matrix if self.full else matrix_of(data, watch, history=ready.scope.history)
        decided = _decided(self, ready, matrix, data, watch)
        like = self.full or ready.usual.without_prices()
        solution, program = _served(ready, data, _kept(matrix, data, decided), replace(ready.options, log=None), watch, like)
        if ready.options.mps is not None:
            write_program(program, solution, ready.options.mps)
        decisions = extract(matrix.columns, solution.x, data)
        solved = Solved(data, decisions, work_out(data, decisions), solution.objective, solution.bound)
        self.held = SolvedModel(solved, matrix, solution)
        return self.held

    def told(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """What the manifest says besides: sight, steps, the plan of all years at once, what short sight costs more, targets lost.

        A plan that loses a target is not accepted.
        """
        missed = relaxed_records(manifest["targets"])
        full = self.full
        record = {
            "years": self.years,
            "steps": [vars(step) | {"missed": [list(row) for row in step.missed]} for step in self.steps],
            "full": full and {**full.cost.record(), "gap": full.solution.gap},
            "cost": full and self._cost(missed=bool(missed)),
            "missed": [one | {"in_sight": self._in_sight(one["year"])} for one in missed],
        }
        lost = {"status": "out_of_reach", "accepted": False} if missed and manifest["status"] == "optimal" else {}
        return {"foresight": plain(record), **lost}

    def _cost(self, *, missed: bool) -> dict[str, float]:
        """The true difference lies in `low`..`high`, 亿元; where every target is met and nothing left short it is none below zero."""
        assert self.full is not None and self.held is not None
        low, high = self.held.cost.less(self.full.cost)
        asks_less = missed or leaves_short(self.held.matrix, self.held.solution)
        low, high = (low, high) if asks_less else never_falls(low, high, size=self.full.solution.objective)
        return {"low": low, "high": high}

    def _in_sight(self, year: int) -> int:
        """The year of the step in which a year first came into view."""
        return next((step.year for step in self.steps if step.until >= year), year)


def in_view(timeline: tuple[Span, ...], place: int, years: int) -> int:
    """How many spans of the timeline are seen from the one at `place`: whole ones, at least itself.

    >>> from model.case.parameters.timeline import spans
    >>> line = spans(2020, [2021, 2022, 2023, 2030])
    >>> [in_view(line, place, 2) for place in range(4)]
    [2, 3, 3, 4]
    """
    last = timeline[place].first + years - 1
    return max(place + 1, sum(span.last <= last for span in timeline))


def _decided(sight: ShortSight, ready: Ready, whole: Matrix, data: xr.Dataset, watch: Watch) -> Decisions:
    """Every build by measure and year, decided step by step."""
    timeline, options = ready.scope.timeline, ready.options.quiet
    lead = {row.id: row.lead_time for row in ready.case.tables["measures"]}
    known, last = Decisions(), Decisions()
    like = sight.full or ready.usual.without_prices()
    first = next(place for place, span in enumerate(timeline) if span.last >= ready.scope.decide_from)
    for place in range(first, len(timeline)):
        seen = in_view(timeline, place, sight.years)
        matrix = _in_sight(whole, ready, data, seen)
        if place > first:
            known |= _past_changing(matrix, last, begun=timeline[place].first, lead=lead)
        found, _ = _served(ready, data, _kept(matrix, data, known), options, watch, like)
        last = {index: float(found.x[at]) for index, at in _builds(matrix).items() if index[1] <= timeline[seen - 1].last}
        sight.steps.append(Step(timeline[place].last, timeline[seen - 1].last, found.objective, found.bound, _relaxed(matrix, found.x)))
        like = replace(like, matrix=matrix, solution=found)
    return known | last


def _in_sight(whole: Matrix, ready: Ready, data: xr.Dataset, seen: int) -> Matrix:
    """The whole program less what happens after the years in view: costs, targets, hours. Of later years the stock stays, with all its

    limits and all that is committed, so that nothing is decided which cannot stand. Annuities are charged to the end of the view; what
    has no life of its own is paid for as over the whole horizon. The last year in view counts nothing of years after it.
    """
    timeline = ready.scope.timeline
    end = timeline[seen - 1].last
    later = np.array([year_of(key) > end for key in whole.columns])
    gone = later & ~whole.mask(*STOCK)
    cost = np.where(later, 0.0, whole.cost)
    viewed = parameters(ready.case, replace(ready.scope, timeline=timeline[:seen], paid_until=timeline[-1].last))
    at_end = np.array([year_of(key) == end and key[0] not in INVESTED for key in whole.columns])
    cost = np.where(at_end, cost * float(viewed["discount"][-1] / data["discount"].sel(year=end)), cost)
    charge = viewed["charge"]
    table = {(str(k), int(v)): value for k, row in zip(charge["measure"].values, charge.transpose("measure", ...).values, strict=True)
             for v, value in zip(charge["build_year"].values, row, strict=True)}  # fmt: skip
    for index, at in _builds(whole).items():
        cost[at] = table.get(index, 0.0)
    touched = (abs(csr_array(whole.A)) @ gone.astype(float)) > 0
    columns, rows = np.flatnonzero(~gone), np.flatnonzero(~touched)
    return Matrix(
        A=csc_array(csr_array(whole.A)[rows][:, columns]), cost=cost[columns], offset=whole.offset, lower=whole.lower[columns],
        upper=whole.upper[columns], row_lower=whole.row_lower[rows], row_upper=whole.row_upper[rows], integer=whole.integer[columns],
        columns=tuple(whole.columns[at] for at in columns), rows=tuple(whole.rows[at] for at in rows), since=whole.since,
    )  # fmt: skip


def _relaxed(matrix: Matrix, x: np.ndarray) -> tuple[tuple[str, int], ...]:
    """The targets that give in a plan, with their years."""
    told = zip(matrix.columns, x.tolist(), strict=True)
    return tuple(dict.fromkeys(key[1] for key, value in told if key[0] in SLACKS and isinstance(key[1], tuple) and value > ease))


def _past_changing(matrix: Matrix, last: Decisions, *, begun: int, lead: Mapping[str, int]) -> Decisions:
    """What can no longer be changed in the year `begun`: as the last step had it, or as committed where it was not in view."""
    mine = _builds(matrix)
    return {(k, v): last.get((k, v), float(matrix.lower[at])) for (k, v), at in mine.items() if v < begun + lead[k]}


def _builds(matrix: Matrix) -> dict[tuple[str, int], int]:
    return {index: at for index, at in matrix.places("Build").items() if isinstance(index, tuple)}


def _kept(matrix: Matrix, data: xr.Dataset, decided: Decisions) -> Matrix:
    """The matrix with these builds fixed, whole units exactly."""
    lower, upper, build_at = matrix.lower.copy(), matrix.upper.copy(), _builds(matrix)
    size = dict(zip(data["measure"].values.tolist(), data["unit_size"].values.tolist(), strict=True))
    whole = {index[0] for index in matrix.places("Units") if isinstance(index, tuple)}
    for (k, v), amount in decided.items():
        if (k, v) not in build_at:
            continue
        at = build_at[k, v]
        amount = float(np.round(amount / size[k]) * size[k]) if k in whole else amount
        room = 0.0 if k in whole else ease * max(1.0, abs(amount))
        lower[at] = min(max(matrix.lower[at], amount - room), matrix.upper[at])
        upper[at] = max(min(matrix.upper[at], amount + room), lower[at])
    return replace(matrix, lower=lower, upper=upper)


def _served(ready: Ready, data: xr.Dataset, matrix: Matrix, options: Options, watch: Watch, like: SolvedModel) -> tuple[Solution, Matrix]:
    """The cheapest plan that leaves nothing short and meets all targets; or else leaves as little short, and gives as little, as it must.

    With it the program that it is the cheapest plan of. Raises NoPlan where not even that can be.
    """
    other, programs = for_another_aim(like), list[Matrix]()

    def prices() -> np.ndarray:
        return target_slacks(ready.case, data, matrix, ready.usual.solved.worked["indicator_value"]).price

    def ask(program: Matrix, aim: bool) -> Solution:
        programs.append(program)
        return _search(program, options, watch, other if aim else like)

    plan, _ = least_relaxation(matrix, prices, ask)
    if not len(plan.x) or plan.status not in ("optimal", "time_limit"):
        raise NoPlan(plan.status, "step")
    return plan, programs[-1]


def _search(matrix: Matrix, options: Options, watch: Watch, like: SolvedModel) -> Solution:
    with watch.clock.step("solve"):
        return search_matrix(matrix, options, watch, name="step", like=like)
