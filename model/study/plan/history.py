"""The years before decisions begin, found once and by themselves: what is not recorded is done as usual, and then with the least investment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import xarray as xr

from model.case.change.past import past_case
from model.case.parameters import Scope, history_scope, parameters
from model.case.parameters.history import RECORDED, History, Word, estimates
from model.case.read.case import Case
from model.case.tables.rows import Actual
from model.results.judged import judged
from model.solve.components import OPERATION
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.plan.least_investment import with_least_investment
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_relaxation
from model.study.program.search_again import search_again
from model.study.program.target_slacks import target_slacks
from model.study.solved.past import Past, origin_of
from model.study.solved.solved_model import NoPlan, Options, SolvedModel, Watch, matrix_of, solve_parameters, solved_of

first = 1e3  # how much heavier an investment weighs than a cost: no saving is as large
dust = 1e-7  # what the solver's own tolerance leaves of nothing


def past_of_case(case: Case, scope: Scope, options: Options, watch: Watch) -> Past:
    """The history of a case, from the years before `scope.decide_from` alone: no later target, price or horizon enters.

    Records are fixed. What is done as usual and has no record is free at least cost, without targets. Then, in a `reconstructed`
    history, other measures enter with the least investment that meets the targets which neither record nor official result
    contradicts; ties by cost, then by id. An estimate is what it says unless such a target needs it higher or lower, within its range. Raises NoPlan when the years cannot be run at all.
    """
    own = past_case(case, scope.decide_from)
    mode = own.header.history
    first = history_scope(scope, mode)
    usual = solve_parameters(parameters(own, first), options, watch, name="history")
    history = History(_built(usual, only=_usual(own)))
    asked = replace(first, measures="all", targets=True, history=history, usual_account=_paths(usual))
    asked = replace(asked, lapsed=_lapsed(own, asked, usual))
    answered = _with_least_investment(own, asked, options, watch, usual) if mode == "reconstructed" else usual
    told = parameters(own, replace(asked, lapsed=frozenset()))
    built = _built(answered)
    words = _words(own, built, scope)
    return Past(
        History({k: built.get(k, (0.0,) * len(first.timeline)) for k in (row.id for row in own.tables["measures"])}, _operation(answered)), words,
        judged(own, told, answered.solved.worked["indicator_value"], before=scope.decide_from, words=words), *origin_of(case, scope.decide_from), scope.decide_from, scope.days,
        account_before(answered, scope),
    )  # fmt: skip


def account_before(solved: SolvedModel, scope: Scope) -> dict[str, dict[int, float]]:
    """{indicator: {modelled year: value}} of what came of the past; a year that decisions cut in two is not past."""
    values = solved.solved.worked["indicator_value"].transpose("indicator", "year")
    whole = [span.last for span in scope.timeline if span.last < scope.decide_from]
    return {str(i): dict(zip(whole, row, strict=False)) for i, row in zip(values["indicator"].values, values.values.tolist(), strict=True)}


def _usual(case: Case) -> set[str]:
    return {row.id for row in case.tables["measures"] if row.usual}


def _built(answered: SolvedModel, *, only: set[str] | None = None) -> dict[str, tuple[float, ...]]:
    """{measure: amount built in each span}, dust left out."""
    builds = answered.solved.decisions["build"].transpose("measure", "build_year")
    tidy = np.where(np.abs(builds.values) > dust, builds.values, 0.0)
    rows = zip(builds["measure"].values.tolist(), tidy.tolist(), strict=True)
    return {k: tuple(row) for k, row in rows if only is None or k in only}


def _operation(answered: SolvedModel) -> dict[tuple[str, object], float]:
    """{key of a column: value} of how the past ran."""
    x = answered.solution.x
    return {answered.matrix.columns[place]: float(x[place]) for place in answered.matrix.at(*OPERATION)}


def _paths(answered: SolvedModel) -> dict[str, tuple[float, ...]]:
    paths = answered.solved.worked["indicator_value"]
    return {str(i): tuple(paths.sel(indicator=i).values.tolist()) for i in paths["indicator"].values}


def _lapsed(case: Case, scope: Scope, usual: SolvedModel) -> frozenset[tuple[str, int]]:
    """Targets that were missed by an official result or a published value: the past is not held to them."""
    told = judged(case, parameters(case, scope), usual.solved.worked["indicator_value"], before=scope.decide_from)
    return frozenset((one.target, one.year) for one in told if one.missed)


def _with_least_investment(case: Case, scope: Scope, options: Options, watch: Watch, usual: SolvedModel) -> SolvedModel:
    """The past with the least that must have been invested to meet its targets, and the least departure from what is estimated; targets that
    the record contradicts give as little as they must.
    """
    data = parameters(case, scope)
    matrix = replace(matrix_of(data, watch), since=0)  # here too nothing is left short that can be served
    proofs = for_another_aim(replace(usual.without_prices(), matrix=matrix))

    def search(program: Matrix, aim: bool) -> Solution:
        return search_again(program, options, proofs if aim else None, gap=options.gap / (1.0 if aim else first))

    def prices() -> np.ndarray:
        price = target_slacks(case, data, matrix, usual.solved.worked["indicator_value"]).price
        return np.pad(price, (0, len(weighed.cost) - len(price)))

    with watch.clock.step("history"):
        weighed = with_least_investment(matrix, _investment(matrix, data), estimates(case, scope.timeline), weight=first)
        found, _ = least_relaxation(weighed, prices, search, hopeful=False)
    if not len(found.x):
        raise NoPlan(found.status, "history")
    x = found.x[: len(matrix.cost)]
    plan = replace(found, x=x, objective=float(matrix.cost @ x + matrix.offset))
    return SolvedModel(solved_of(data, matrix, plan), matrix, plan)


def _investment(matrix: Matrix, data: xr.Dataset) -> np.ndarray:
    """Cost per column: what a unit built takes to invest, 亿元 of the day."""
    table = data["investment"].transpose("measure", "build_year")
    known = {(k, v): value for k, row in zip(table["measure"].values.tolist(), table.values.tolist(), strict=True)
             for v, value in zip(table["build_year"].values.tolist(), row, strict=True)}  # fmt: skip
    cost = np.zeros(len(matrix.cost))
    for index, place in matrix.places("Build").items():
        cost[place] = known[index]
    return cost


def _words(case: Case, built: Mapping[str, tuple[float, ...]], scope: Scope) -> dict[tuple[str, int], Word]:
    """How each amount above nothing is known, by measure and modelled year."""
    rows = {k: [row for row in case.tables["actuals"] if row.measure == k and row.value is not None] for k in built}
    committed = {(row.item, row.year) for row in case.tables["numbers"] if row.quantity == "committed"}
    found = dict[tuple[str, int], Word]()
    for k, amounts in built.items():
        last = max((row.year for row in rows[k]), default=0)
        for amount, span in zip(amounts, scope.timeline, strict=False):
            if amount:
                until = min(span.last, scope.decide_from - 1)
                mine = [row for row in rows[k] if span.first <= row.year <= until]
                found[k, span.last] = _word(
                    mine, whole=until <= last, planned=any((k, y) in committed for y in range(span.first, until + 1))
                )
    return found


def _word(rows: Sequence[Actual], *, whole: bool, planned: bool) -> Word:
    if not rows or not whole:
        return "planned" if planned and not rows else "reconstructed"
    return "record" if all(row.status in RECORDED for row in rows) else "estimate"
