"""Measures held out of the plan: what becomes of every indicator where they are done as they usually are, and all else as planned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from model.results.explained import Asking, UnknownContribution
from model.solve.highs import Solver
from model.solve.prices import FixedUnitPrices
from model.solve.solver_result import SolverResult
from model.study.explain.as_planned import AsPlanned, as_planned
from model.study.explain.reach import tied_to
from model.study.plan.reference import Reference

nothing = 1e-6
least_group = 2


@dataclass(frozen=True)
class HeldOut:
    """Indicators with some measures held out, in the order of their columns; `along` are the measures that had to give way with them."""

    indicators: np.ndarray
    along: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldOutResults:
    """What was held out: each measure by itself, and each sector's measures together (`groups` names them); what could not be.

    `place` tells where in the indicators (i, y) stands; `base` and `usual` are those of the plan and of the usual path.
    `stopped`: by Ctrl-C; where time ran out, what is left is untold. Without a `base` nothing could be held out.
    """

    place: Mapping[object, int]
    base: np.ndarray
    usual: np.ndarray
    alone: Mapping[str, HeldOut]
    together: Mapping[str, HeldOut]
    groups: Mapping[str, tuple[str, ...]]
    untold: tuple[UnknownContribution, ...]
    stopped: bool = False

    @property
    def complete(self) -> bool:
        return not any(one.why == "time" for one in self.untold)


@dataclass
class HoldingOut:
    """The program in which all runs as planned, live. A life-cycle: it may be stopped.

    `indicators` are those that are asked about, (i, y); where there are any, only measures that can move one of them are held out.
    """

    reference: Reference
    held: FixedUnitPrices
    tell: Callable[[Asking], None]
    seconds: float
    indicators: frozenset[tuple[str, int]] = frozenset()
    program: AsPlanned = field(init=False)

    def __post_init__(self) -> None:
        self.program = as_planned(self.reference, self.held)
        matrix = self.reference.plan.matrix
        self._short, self._indicators = matrix.shortfalls, matrix.at("Indicator")
        self._solver = Solver(self.program.matrix, threads=self.reference.ready.options.threads)
        self._solver.start_from(self.reference.plan.solution.warm_start.basis)
        self._end = monotonic() + self.seconds

    def run(self) -> HeldOutResults:
        """Each measure of the plan that is not done as usual, dearest first; then those of each sector together."""
        mine = self._unusual()
        groups = self._groups(mine)
        alone, together = dict[str, HeldOut](), dict[str, HeldOut]()
        untold, base, stopped = list[UnknownContribution](), np.array([]), False
        asks = [*((k, (k,), alone) for k in mine), *((sector, ks, together) for sector, ks in groups.items())]
        try:
            planned = self._relax()
            base = planned.x[self._indicators] if len(planned.x) else base
            start = monotonic()
            for at, (name, measures, answers) in enumerate(asks):
                if monotonic() > self._end or not len(base):
                    raise TimeoutError
                each = (monotonic() - start) / at if at else np.nan
                self.tell(Asking(name, "", len(asks) - at, each * (len(asks) - at)))
                found = self.without(measures)
                if found is not None:
                    answers[name] = found
                elif answers is alone:
                    untold.append(UnknownContribution(name, "short"))
        except KeyboardInterrupt:
            stopped = True
        except TimeoutError:
            pass  # what was not held out is told below
        answered = {*alone, *(one.measure for one in untold)}
        untold += [UnknownContribution(k, "time") for k in mine if k not in answered]
        place = {self.reference.plan.matrix.columns[column][1]: at for at, column in enumerate(self._indicators)}
        return HeldOutResults(place, base, self.program.usual[self._indicators], alone, together, groups, tuple(untold), stopped)

    def without(self, measures: Collection[str]) -> HeldOut | None:
        """The plan with these measures as they usually are.

        Where something would be left short or a limit broken, others give way towards the usual path as far as they must;
        None where even that does not do.
        """
        out = np.concatenate([self.program.decided[k] for k in measures])
        rest = np.setdiff1d(np.concatenate(list(self.program.decided.values())), out)
        try:
            self._towards_usual(out, as_far=True)
            result = self._relax()
            if not self._serves(result):
                self._towards_usual(rest, as_far=False)
                result = self._relax()
        finally:
            every = np.concatenate([out, rest])
            self._solver.fix(every, self.program.plan[every], self.program.plan[every])
        return HeldOut(result.x[self._indicators], self._along(result.x, measures)) if self._serves(result) else None

    def _towards_usual(self, places: np.ndarray, *, as_far: bool) -> None:
        """As usual, or anywhere between plan and usual; within the plan's own bounds where the usual path knows nothing of them."""
        plan, usual, matrix = self.program.plan[places], self.program.usual[places], self.reference.plan.matrix
        low, high = (usual, usual) if as_far else (np.minimum(plan, usual), np.maximum(plan, usual))
        unknown = np.isnan(usual)
        self._solver.fix(places, np.where(unknown, matrix.lower[places], low), np.where(unknown, matrix.upper[places], high))

    def _relax(self) -> SolverResult:
        result = self._solver.relax(method="simplex", time_limit=max(1.0, self._end - monotonic()))
        match result.status:
            case "interrupted":
                raise KeyboardInterrupt
            case "time_limit":
                raise TimeoutError
        return result

    def _serves(self, result: SolverResult) -> bool:
        return len(result.x) > 0 and float(result.x[self._short].max(initial=0.0)) <= nothing

    def _unusual(self) -> list[str]:
        """Measures that the plan does not do as usual, dearest first; where indicators are asked about, those that can move one of them."""
        cost, plan, usual = self.reference.plan.matrix.cost, self.program.plan, self.program.usual
        columns = self.reference.plan.matrix.columns
        asked = [place for place in self._indicators if columns[place][1] in self.indicators]
        tied = tied_to(self.program, asked) if self.indicators else frozenset(self.program.decided)
        found = []
        for k, places in self.program.decided.items():
            if k not in tied:
                continue
            apart = np.nan_to_num(plan[places] - usual[places])
            if np.abs(apart).max(initial=0.0) > nothing:
                found.append((-float(np.abs(cost[places] * apart).sum()), k))
        return [k for _, k in sorted(found)]

    def _groups(self, measures: Sequence[str]) -> dict[str, tuple[str, ...]]:
        data = self.reference.plan.solved.parameters
        sectors = dict(zip(data["measure"].values.tolist(), data["measure_sector"].values.tolist(), strict=True))
        found: dict[str, tuple[str, ...]] = {}
        for k in measures:
            found[sectors[k]] = (*found.get(sectors[k], ()), k)
        return {sector: mine for sector, mine in found.items() if len(mine) >= least_group}

    def _along(self, x: np.ndarray, measures: Collection[str]) -> tuple[str, ...]:
        """Other measures that are not as planned, by how much that moves their cost."""
        cost, plan, found = self.program.matrix.cost, self.program.plan, []
        for k, places in self.program.decided.items():
            moved = np.abs(x[places] - plan[places])
            if k not in measures and (moved > nothing * np.maximum(1.0, np.abs(plan[places]))).any():
                found.append((-float(np.abs(cost[places]) @ moved), k))
        return tuple(k for _, k in sorted(found))
