"""The plan that keeps what is reported as a fact: targets give as little as they must where they cannot all be met with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import xarray as xr

from model.results.run import Run
from model.results.schedule import Amounts
from model.solve.matrix import Matrix
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_relaxation
from model.study.program.search_again import search_again
from model.study.program.target_slacks import target_slacks
from model.study.schedule.can_be import as_can_be
from model.study.schedule.coupled import Facts
from model.study.schedule.held import HeldPlan, holding, program_of, starting_from
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch, search_matrix, solved_of


@dataclass
class ReportedPlan:
    """A life-cycle that keeps what had to give: a planner for `solve`: it holds `amounts` in the program of a run's own case, as `HeldPlan` does, if targets must give for it.

    Those of `least` are no facts beyond that: where limits leave no plan with them they give, and so does what is expected after the year `over`.
    After `plan`, `eased` has what is held of them.
    """

    run: Run
    amounts: Amounts
    least: Amounts = field(default_factory=dict)
    over: int = 0
    eased: Mapping[tuple[str, int], float] = field(default_factory=dict, init=False)

    def plan(self, ready: Ready, watch: Watch) -> SolvedModel:
        """Raises NoPlan, infeasible where the facts cannot be held whatever targets give: limits stand in the way."""
        self.eased = {}
        try:
            return HeldPlan(self.run, self.amounts).plan(ready, watch)
        except NoPlan as error:
            if error.status != "infeasible":
                raise
        data, matrix = program_of(self.run, ready, watch, Facts(self.amounts, self.over))
        try:
            return self._giving(data, matrix, self.amounts, ready, watch)
        except NoPlan as error:
            if error.status != "infeasible" or not self.least:
                raise
        with watch.clock.step("solve"):
            self.eased = self._eased(data, matrix, ready)
        return self._giving(data, matrix, {**self.amounts, **self.eased}, ready, watch)

    def _eased(self, data: xr.Dataset, matrix: Matrix, ready: Ready) -> Mapping[tuple[str, int], float]:
        build = self.run.results["build"].transpose("measure", "build_year")
        years = build["build_year"].values.tolist()
        planned = {
            (k, int(y)): float(amount)
            for k, row in zip(build["measure"].values.tolist(), build.values.tolist(), strict=True)
            for y, amount in zip(years, row, strict=True)
        }
        like = starting_from(self.run, ready, data, self.amounts)
        eased = as_can_be(matrix, ready, data, self.amounts, self.least, planned, over=self.over, like=like)
        if eased is None:
            raise NoPlan("infeasible", "plan", ready)
        return eased

    def _giving(self, data: xr.Dataset, matrix: Matrix, amounts: Amounts, ready: Ready, watch: Watch) -> SolvedModel:
        """The plan in which targets give least for the amounts."""
        kept = holding(matrix, amounts)
        if kept is None:
            raise NoPlan("infeasible", "plan", ready)
        like, price = (
            starting_from(self.run, ready, data, amounts),
            target_slacks(ready.case, data, kept, ready.usual.solved.worked["indicator_value"]).price,
        )
        other = for_another_aim(like)
        watch.say("plan", "relax", float("-inf"), float("inf"))
        with watch.clock.step("solve"):
            solution, how_far = least_relaxation(
                kept, lambda: price,
                lambda program, aim: search_again(program, ready.options, other) if aim else search_matrix(program, ready.options, watch, name="plan", like=like),
                hopeful=False,
            )  # fmt: skip
        if not len(solution.x):
            raise NoPlan("infeasible" if how_far == "impossible" else solution.status, "plan", ready)
        return SolvedModel(solved_of(data, matrix, solution), kept, solution)
