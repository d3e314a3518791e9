"""The plan that keeps what is reported as a fact: targets give as little as they must where they cannot all be met with it."""

from __future__ import annotations

from dataclasses import dataclass

from model.results.run import Run
from model.results.schedule import Amounts
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_relaxation
from model.study.program.search_again import search_again
from model.study.program.target_slacks import target_slacks
from model.study.schedule.held import HeldPlan, holding, program_of, starting_from
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch, search_matrix, solved_of


@dataclass(frozen=True)
class ReportedPlan:
    """A planner for `solve`: it holds `amounts` in the program of a run's own case, as `HeldPlan` does, if targets must give for it."""

    run: Run
    amounts: Amounts

    def plan(self, ready: Ready, watch: Watch) -> SolvedModel:
        """Raises NoPlan, infeasible where the amounts cannot be held whatever targets give: limits stand in the way."""
        try:
            return HeldPlan(self.run, self.amounts).plan(ready, watch)
        except NoPlan as error:
            if error.status != "infeasible":
                raise
        data, matrix = program_of(self.run, ready, watch)
        kept = holding(matrix, self.amounts)
        if kept is None:
            raise NoPlan("infeasible", "plan", ready)
        like, price = (
            starting_from(self.run, ready, data, self.amounts),
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
