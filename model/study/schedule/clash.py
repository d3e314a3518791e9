"""Why an edited schedule cannot be held: which edits, targets and limits clash, and the least of the edits that has to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.results.clash import Limit, Member
from model.results.run import Run
from model.results.schedule import Amounts
from model.results.schedule_answer import EditClash, Given
from model.solve.components import SLACKS
from model.solve.conflict import ElasticSolver, disjoint_conflicts, elastic, relaxed_tolerance
from model.solve.liftable_limits import needed_limits
from model.solve.matrix import Key, Matrix
from model.solve.search import Solution
from model.study.program.edits import RowTerms, for_another_aim, with_columns, with_rows
from model.study.program.limits import limits_of
from model.study.program.search_again import search_again
from model.study.program.target_slacks import target_slacks
from model.study.schedule.coupled import Facts
from model.study.schedule.held import HeldPlan, ease, program_of
from model.study.solved.solved_model import NoPlan, Options, Ready, SolvedModel, Watch

UNDER, OVER, HELD = "Held_Under", "Held_Over", "Held"
patience = 20.0
gap_of_repair = 1e-3
Edit = tuple[str, int]


@dataclass(frozen=True)
class Loosened:
    """The program with each amount held by a row that may give: `groups` are the places of its slack columns by the name of the edit."""

    matrix: Matrix
    price: np.ndarray
    groups: Mapping[str, np.ndarray]
    edits: Mapping[str, Edit]


def edit_clash(run: Run, ready: Ready, amounts: Amounts, wrote: Amounts, watch: Watch) -> tuple[EditClash, SolvedModel | None]:
    """Which of the amounts clash with which targets and limits, what has to give of them at the least, and the plan of that repair.

    `wrote` are the amounts of the run. Raises NoPlan where there is no plan even with all amounts free, or none is found in time.
    """
    data, matrix = program_of(run, ready, watch)
    watch.say("clash", "relax", -np.inf, np.inf)
    loosened = loosen(matrix, data, amounts, wrote)
    with watch.clock.step("clash"):
        conflicts, limits = _conflicts(ready, loosened, data)
    with watch.clock.step("repair"):
        given = _least(ready, loosened, amounts, data)
    repaired = dict(amounts) | {(one.measure, one.year): one.can_be for one in given}
    try:
        plan = HeldPlan(run, repaired).plan(ready, watch)
    except NoPlan as error:
        if error.status != "infeasible":
            raise
        plan = None
    return EditClash(tuple(conflicts), tuple(limits), tuple(given)), plan


def facts_clash(run: Run, ready: Ready, facts: Amounts, watch: Watch, *, kept: Facts) -> EditClash:
    """Which reported amounts cannot be whatever targets give, each with the amount nearest to it that can; in the measures' own units.

    Raises NoPlan where there is no plan even with all of them free.
    """
    data, matrix = program_of(run, ready, watch, kept)
    matrix = replace(matrix, upper=np.where(matrix.mask(*SLACKS), np.inf, matrix.upper))
    with watch.clock.step("clash"):
        return EditClash((), (), tuple(_least(ready, loosen(matrix, data, facts, {}), facts, data)))


def loosen(matrix: Matrix, data: xr.Dataset, amounts: Amounts, wrote: Amounts) -> Loosened:
    """Each amount `Build + under − over = amount`; a unit that gives weighs one over what was asked, or changed, so that small and large edits count alike."""
    places, sizes = matrix.places("Build"), dict(zip(data["measure"].values.tolist(), data["unit_size"].values.tolist(), strict=True))
    columns: dict[Key, float] = {(name, key): 0.0 for key in amounts for name in (UNDER, OVER)}
    wider, width = with_columns(matrix, columns), len(matrix.columns)
    at = {key: width + place for place, key in enumerate(columns)}
    rows: dict[Key, RowTerms] = {
        (HELD, key): ({places[key]: 1.0, at[UNDER, key]: 1.0, at[OVER, key]: -1.0}, amount, amount) for key, amount in amounts.items()
    }
    price = np.zeros(width + len(columns))
    for key, amount in amounts.items():
        weight = 1.0 / max(abs(amount), abs(wrote.get(key, 0.0)), 1e-3 * sizes[key[0]], 1e-6)
        price[at[UNDER, key]] = price[at[OVER, key]] = weight
    groups = {name_of(key): np.array([at[UNDER, key], at[OVER, key]]) for key in amounts}
    return Loosened(with_rows(wider, rows), price, groups, {name_of(key): key for key in amounts})


def name_of(edit: Edit) -> str:
    """An edit as a group is called; no id of a target has such a sign in it."""
    return f"{edit[0]}@{edit[1]}"


def _conflicts(ready: Ready, loosened: Loosened, data: xr.Dataset) -> tuple[list[tuple[tuple[Edit, ...], tuple[Member, ...]]], list[Limit]]:
    """Smallest sets of edits and targets that cannot stand together, and the limits that they run into; none where only whole units stand in the way."""
    found = target_slacks(ready.case, data, loosened.matrix, ready.usual.solved.worked["indicator_value"])
    price = loosened.price + found.price
    program = elastic(loosened.matrix, {**found.groups, **loosened.groups}, price, shut=np.array([], dtype=int))
    solver = ElasticSolver(program, threads=ready.options.threads)
    first = solver.least(list(program.groups))
    if first.status != "optimal" or first.objective <= relaxed_tolerance:
        return [], []
    clashes, limits = list[tuple[tuple[Edit, ...], tuple[Member, ...]]](), list[Limit]()
    known = limits_of(loosened.matrix, data, ready.case, ready.scope)
    for members, proof in disjoint_conflicts(solver, first):
        edits = tuple(sorted((loosened.edits[name] for name in members if name in loosened.edits), key=lambda one: (one[1], one[0])))
        if not edits:
            continue  # targets that clash by themselves give in the run too
        targets = tuple(Member(name, tuple(found.years(name))) for name in sorted(members) if name not in loosened.edits)
        clashes.append((edits, targets))
        kept = needed_limits(
            lambda matrix, seconds: solver.meet(matrix, seconds=seconds), program.strict(members), proof, known.liftable, seconds=patience
        )
        limits += _others(limits, known.named(kept.proof, kept.names))
    return clashes, limits


def _others(known: list[Limit], more: tuple[Limit, ...]) -> list[Limit]:
    return [one for one in more if (one.kind, one.item) not in {(limit.kind, limit.item) for limit in known}]


def _least(ready: Ready, loosened: Loosened, amounts: Amounts, data: xr.Dataset) -> list[Given]:
    """The edits that give least, whole units in whole ones, each weighed by its size."""
    opened = np.concatenate(list(loosened.groups.values()))
    upper = loosened.matrix.upper.copy()
    upper[opened] = np.inf
    aim = replace(loosened.matrix, cost=loosened.price, offset=0.0, upper=upper)
    options: Options = replace(ready.options.quiet, gap=gap_of_repair)
    found: Solution = search_again(aim, options, for_another_aim(ready.usual.without_prices()))
    if not len(found.x):
        raise NoPlan(found.status, "plan", ready)
    places = aim.places("Build")
    whole = dict(zip(data["measure"].values.tolist(), data["whole"].values.astype(bool).tolist(), strict=True))
    sizes = dict(zip(data["measure"].values.tolist(), data["unit_size"].values.tolist(), strict=True))
    given = []
    for key, amount in amounts.items():
        can_be = float(found.x[places[key]])
        if whole[key[0]]:
            can_be = round(can_be / sizes[key[0]]) * sizes[key[0]]
        if abs(can_be - amount) > 2 * ease * max(1.0, abs(amount)):
            given.append(Given(key[0], key[1], amount, max(0.0, float(f"{can_be:.9g}"))))
    return given
