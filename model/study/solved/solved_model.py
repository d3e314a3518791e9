"""One model of a case solved: parameters, Pyomo, matrix, search, and the accounts worked out again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import numpy as np
import xarray as xr

from model.case.parameters import Scope, parameters
from model.case.parameters.day_choice import DayChoice
from model.case.parameters.history import History
from model.case.read.case import Case
from model.maths.build import build
from model.results.accounts import work_out
from model.results.clash import WITHOUT_TARGETS
from model.results.extract import extract
from model.results.plan_cost import PlanCost
from model.results.proof import contradiction
from model.results.summary import Solved
from model.solve.components import HOURLY
from model.solve.highs import Basis
from model.solve.matrix import Matrix, compile_matrix
from model.solve.search import Solution, search
from model.solve.solver_result import UnsoundBound
from model.solve.unbounded_ray import unbounded_ray
from model.solve.warm_start import WarmStart
from model.study.solved.past import Past, held_to_past
from model.study.solved.program_file import write_program
from model.study.solved.recost import FAMILIES, alike_but_for_costs, recosted
from model.study.solved.sizes import check_sizes

Progress = Callable[[str, str, float, float], None]


@dataclass(frozen=True)
class Options:
    """How a case is solved. `days` None: the case's own number."""

    days: DayChoice | None = None
    decide_from: int | None = None
    gap: float = 1e-3
    time_limit: float = np.inf
    dropped: frozenset[str] = frozenset()
    mps: Path | None = None
    log: Path | None = None
    threads: int = 2

    @property
    def quiet(self) -> Options:
        """The same for a model of which nobody is handed the program or the solver's log."""
        return replace(self, mps=None, log=None)


DEFAULTS = Options()


class NoPlan(Exception):
    """No plan was found. `status` says why: infeasible (targets cannot all be met), unbounded, time_limit, interrupted, failed.

    `ready` is what was solved until then, where the base year and the usual baseline were. `earning` names what makes money
    without end, with its years, where the status is unbounded.
    """

    def __init__(
        self, status: str, model: str, ready: Ready | None = None, *, earning: Mapping[str, tuple[int, ...]] | None = None
    ) -> None:
        super().__init__(f"{model}: {status}")
        self.status, self.model, self.ready, self.earning = status, model, ready, dict(earning or {})

    @property
    def ending(self) -> str:
        """How a scenario ended that has no plan: the status, after the name of the model where that is not the plan's own.

        Time runs out for all of them together.
        """
        return f"{self.model}_{self.status}" if self.model in WITHOUT_TARGETS and self.status != "time_limit" else self.status


@dataclass
class Clock:
    """Seconds spent on each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


@dataclass(frozen=True)
class Watch:
    """Who looks on: the clock of the steps, and whoever is told of model, step, bound and best objective."""

    clock: Clock = field(default_factory=Clock)
    say: Progress = lambda model, step, bound, best: None


@dataclass(frozen=True)
class SolvedModel:
    """A model with its solution. `solution.warm_start` and `solution.solver` serve like models."""

    solved: Solved
    matrix: Matrix
    solution: Solution

    @property
    def cost(self) -> PlanCost:
        return cost_of(self.matrix, self.solution)

    def without_prices(self) -> SolvedModel:
        """The same as a place to start from alone, with no claim on the solution of the like model."""
        return replace(self, solution=replace(self.solution, warm_start=self.solution.warm_start.basis_alone))

    def with_units_of(self, other: SolvedModel) -> SolvedModel:
        """The same, the whole units of another plan being the first that are tried."""
        start = replace(self.solution.warm_start, multipliers=(), whole=other.solution.warm_start.whole)
        return replace(self, solution=replace(self.solution, warm_start=start))

    def units_alone(self) -> SolvedModel:
        """Its whole units to start from, and no basis: that of another number of days only stands in the way."""
        start = WarmStart((), Basis({}, {}), self.solution.warm_start.whole)
        return replace(self, solution=replace(self.solution, warm_start=start))


@dataclass(frozen=True)
class Ready:
    """All that a plan rests on: its scope, with the accounts of the base year and of the usual baseline in it.

    `seconds` are what it took, a measure of how long anything of this case takes; `past` is None where decisions begin with the first year.
    """

    case: Case
    options: Options
    scope: Scope
    base: SolvedModel
    usual: SolvedModel
    seconds: float = 0.0
    past: Past | None = None


def cost_of(matrix: Matrix, plan: Solution) -> PlanCost:
    """What a plan of a matrix costs, what it leaves short apart."""
    return PlanCost(plan.objective, plan.bound, matrix.short_cost(plan.x))


def solve_model(case: Case, scope: Scope, options: Options, watch: Watch, *, name: str, like: SolvedModel | None = None) -> SolvedModel:
    """The cheapest decisions in this scope, searched from those of a like model where there is one.

    Raises NoPlan when there are none or the solver ended without any.
    """
    with watch.clock.step("parameters"):
        data = parameters(case, scope)
    return solve_parameters(data, options, watch, name=name, like=like, history=scope.history)


def solve_parameters(
    data: xr.Dataset, options: Options, watch: Watch, *, name: str, like: SolvedModel | None = None, history: History | None = None
) -> SolvedModel:
    """The same from parameters at hand."""
    return solve_matrix(data, matrix_of(data, watch, like=like, history=history), options, watch, name=name, like=like)


def matrix_of(data: xr.Dataset, watch: Watch, *, like: SolvedModel | None = None, history: History | None = None) -> Matrix:
    """The matrix that these parameters make, its past held to the history; that of a like model with other costs where nothing else differs."""
    if like is not None and alike_but_for_costs(data, like.solved.parameters):
        matrix = recosted(like.matrix, compiled(data, watch, FAMILIES))
    else:
        matrix = replace(compiled(data, watch), since=int(data.attrs["decide_from"]))
    with watch.clock.step("compile"):
        return held_to_past(matrix, history)


def compiled(data: xr.Dataset, watch: Watch, families: Collection[str] | None = None) -> Matrix:
    """The matrix of the model that is built from these parameters, or its objective and these families of rows alone."""
    with watch.clock.step("build"):
        model = build(data)
    with watch.clock.step("compile"):
        return compile_matrix(model, families)


def solve_matrix(
    data: xr.Dataset, matrix: Matrix, options: Options, watch: Watch, *, name: str, like: SolvedModel | None = None
) -> SolvedModel:
    """The same from the matrix that these parameters make."""
    clock = watch.clock
    with clock.step("solve"):
        solution = search_matrix(matrix, options, watch, name=name, like=like)
    if options.mps is not None:
        write_program(matrix, solution, options.mps)
    if not len(solution.x) or solution.status not in ("optimal", "time_limit"):
        raise NoPlan(solution.status, name, earning=_earning(matrix) if solution.status == "unbounded" else None)
    with clock.step("results"):
        solved = solved_of(data, matrix, solution)
    return SolvedModel(solved, matrix, solution)


def solved_of(data: xr.Dataset, matrix: Matrix, solution: Solution) -> Solved:
    """A plan's decisions and what is worked out from them again."""
    decisions = extract(matrix.columns, solution.x, data)
    return Solved(data, decisions, work_out(data, decisions), solution.objective, solution.bound)


def search_matrix(matrix: Matrix, options: Options, watch: Watch, *, name: str, like: SolvedModel | None = None) -> Solution:
    """The search over a matrix, told which columns are hours and which are priced shortfalls. Raises Contradiction, CodedError for numbers too large."""
    check_sizes(matrix)
    try:
        return search(
            matrix,
            in_subproblem=matrix.mask(*HOURLY),
            priced=matrix.shortfalls,
            gap=options.gap,
            time_limit=options.time_limit,
            threads=options.threads,
            log=options.log,
            progress=lambda step, bound, best: watch.say(name, step, bound, best),
            warm_start=like.solution.warm_start if like else None,
            solver=like.solution.solver if like else None,
        )
    except UnsoundBound as error:
        raise contradiction(error.bound, error.objective) from error


def _earning(matrix: Matrix) -> dict[str, tuple[int, ...]]:
    """Items that bring in money without end and the years in which they do, the most first."""
    ray = unbounded_ray(matrix)
    saved: dict[str, dict[int, float]] = {}
    for place in np.flatnonzero(matrix.cost[: len(ray)] * ray < 0):
        index = matrix.columns[place][1]
        if isinstance(index, tuple):
            saved.setdefault(str(index[0]), {})[int(index[1])] = float(matrix.cost[place] * ray[place])
    return {item: tuple(sorted(years)) for item, years in sorted(saved.items(), key=lambda one: sum(one[1].values()))}
