"""Other plans nearly as cheap: the least and the most of each measure within a cost, and plans as different as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any

import numpy as np

from model.case.read.case import Case
from model.case.read.labels import labels
from model.report.studies.alternatives_answers import alternatives_answers
from model.report.studies.alternatives_tables import alternatives_report, alternatives_text
from model.report.studies.step_names import alternatives_step
from model.results.alternatives import DIFFERENT, LEAST, MOST, SCOUT, alternatives_from
from model.results.plan_cost import plan_cost
from model.results.run import RunError
from model.study.engine.engine import Question
from model.study.engine.resources import Notes, Places, Resources, over, places_of
from model.study.engine.steps_of import Steps
from model.study.plan.reference import Reference
from model.study.tradeoffs.near_optimal import MeasurePeriod, NearOptimalPlan, NearOptimalSpace, settled
from model.study.tradeoffs.trade_off import trade_off

group_size, scouts = 12, 4


@dataclass
class Inquiry:
    """What every bound is asked of: the limit of cost, and the plans that were known before the first bound was asked for.

    A process makes its space once; what it answers hangs on these things alone.
    """

    reference: Reference
    items: Sequence[MeasurePeriod]
    share: float
    shown: Places
    resources: Resources
    known: Sequence[NearOptimalPlan]

    @cached_property
    def space(self) -> NearOptimalSpace:
        return NearOptimalSpace(self.reference, self.items, self.share, self.resources.options)


@dataclass(frozen=True)
class Scout:
    """The plan that leans one of the ways, asked for before any bound."""

    name: str
    way: int

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True)
class Group:
    """Ends asked for one after the other: a plan found for one counts for the rest of the group."""

    name: str
    bounds: tuple[tuple[str, int, bool], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.bounds)


def question_of(case: Case, *, within: Sequence[float] = (0.02,), years: Sequence[int] = (), different: int = 0) -> Question:
    """Least and most of each measure within each share of more cost, over the horizon or over groups of years ending in `years`.

    Raises RunError for a year that is none of the case's.
    """
    unknown = sorted(set(years) - set(case.header.years))
    if unknown:
        raise RunError("no_such_year", text="--years", year=unknown[0], years=case.header.years)

    def ask(reference: Reference) -> dict[str, Any]:
        known, plan, cost = labels(case), reference.plan.solution, reference.plan.cost
        units = dict(zip(known["measure"].values.tolist(), known["measure_unit"].values.tolist(), strict=True))
        items, shares = items_of(reference, years), sorted(set(within))
        return {
            "shares": shares, "limits": [cost.value + share * abs(cost.value) for share in shares], "years": sorted(years),
            "different": different, **cost.record(), "units": units, "reference": _by_measure(reference, plan.x),
            "amounts": [item.of(plan.x) for item in items], "total": len(shares) * (2 * len(items) + scouts) + different,
            "items": [
                {
                    "measure": item.measure, "years": item.years, "unit": units[item.measure], "size": item.size, "floor": item.floor,
                    "ceiling": item.ceiling,
                }
                for item in items
            ],
        }  # fmt: skip

    return Question(KIND, ask)


def answer(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """Share by share: a few plans that lean far, every bound in groups, and in the last share plans that differ most."""
    items, shown = items_of(reference, asked["years"]), places_of(reference)
    first = NearOptimalPlan(
        reference.plan.solution.objective,
        reference.plan.cost.short,
        np.array([item.of(reference.plan.solution.x) for item in items]),
        name="reference",
    )
    for share in asked["shares"]:
        steps = resources.steps(scouts + -(-2 * len(items) // group_size))
        inquiry = Inquiry(reference, items, share, shown, resources.sendable, [first, *_known(notes, share)])
        over(seen_by, inquiry, [Scout(_name(share, SCOUT, str(way + 1)), way) for way in range(scouts)], notes, steps, resources)
        inquiry.known = [first, *_known(notes, share, scouts_of=share)]
        groups = list(_groups(inquiry))
        steps.total = steps.done + len(groups)
        over(bounds_of, inquiry, groups, notes, steps, resources)
    if asked["different"]:
        space = inquiry.space
        space.begin([first, *_known(notes, np.inf)])
        _different(inquiry, space, notes, resources.steps(asked["different"]), asked["different"])


def items_of(reference: Reference, years: Sequence[int]) -> list[MeasurePeriod]:
    """Every measure open to the plan, over the whole horizon or by groups of years that end with each of `years`."""
    p, matrix = reference.plan.solved.parameters, reference.plan.matrix
    columns, known = matrix.places("Build"), [int(y) for y in p["year"].values]
    ends = sorted(set(years) | {known[-1]}) if years else [known[-1]]
    starts = [known[0], *(end + 1 for end in ends[:-1])]
    wholes = {index[0] for index in matrix.places("Units") if isinstance(index, tuple)}
    potential, sizes = p["potential"].transpose("measure", "year").values, p["unit_size"].values
    made = []
    for at, k in enumerate(p["measure"].values.tolist()):
        for start, end in zip(starts, ends, strict=True):
            mine = [columns[k, y] for y in known if start <= y <= end]
            floor, ceiling = float(matrix.lower[mine].sum()), float(matrix.upper[mine].sum())
            if ceiling <= 0.0:
                continue
            top = float(potential[at].max())
            amount = float(reference.plan.solution.x[mine].sum())
            size = min((v for v in (ceiling, top) if 0.0 < v < 1e6), default=max(amount, 1.0))
            label = "" if not years else str(end) if start == end else f"{start}–{end}"
            unit = float(sizes[at]) if k in wholes else 0.0
            made.append(MeasurePeriod(k, label, tuple(mine), max(size, amount), floor, ceiling, unit))
    return made


def _name(share: float, end: str, *parts: str) -> str:
    return ":".join([f"{100 * share:g}%", end, *(part for part in parts if part)])


def _known(notes: Notes, share: float, *, scouts_of: float | None = None) -> Iterator[NearOptimalPlan]:
    """Plans found within smaller shares, and the scouts of this one, in whatever order they were: what is known before the first bound."""
    for record in sorted(notes.known.values(), key=lambda record: str(record["name"])):
        if record.get("amounts") and (record["share"] < share or (record["share"] == scouts_of and record["end"] == SCOUT)):
            yield NearOptimalPlan(float(record["objective"]), plan_cost(record).short, np.array(record["amounts"]), name=record["name"])


def seen_by(inquiry: Inquiry, scout: Scout) -> list[dict[str, Any]] | None:
    """A plan that leans far towards little of some measures and much of the others: it attains many bounds at once.

    None where there is no time left.
    """
    space, items, way, start = inquiry.space, inquiry.items, scout.way, monotonic()
    space.begin(())
    ways = [1.0 if way == 0 else -1.0 if way == 1 else (-1.0) ** (place >> (way - 2) & 1) for place in range(len(items))]
    pull = {at: sign / item.size / len(items) for item, sign in zip(items, ways, strict=True) for at in item.places}
    try:
        found = space.lean(pull, inquiry.resources.left)
    except TimeoutError:
        return None
    told = _plan_record(inquiry, space.plans[-1]) if space.plans else {}
    return [_searched(inquiry, scout.name, SCOUT, found.status, start) | told]


def _groups(inquiry: Inquiry) -> Iterator[Group]:
    """Ends by groups that depend on nothing but the study: one of which a part is answered is asked again."""
    items = inquiry.items
    for end in (LEAST, MOST):
        for start in range(0, len(items), group_size):
            mine = range(start, min(len(items), start + group_size))
            ends = tuple((_name(inquiry.share, end, items[at].measure, items[at].years), at, end == LEAST) for at in mine)
            yield Group(ends[0][0], ends)


def bounds_of(inquiry: Inquiry, group: Group) -> list[dict[str, Any]] | None:
    """The bounds of a group as records, each with the plan that attains it or its name; None where there is no time left."""
    space, made, told = inquiry.space, list[dict[str, Any]](), dict[int, str]()
    space.begin(inquiry.known)
    try:
        for name, at, least in group.bounds:
            start, before, item, bounds = monotonic(), space.searches, space.items[at], space.bounds[at]
            if space.left(item, bounds, least=least):
                space.settle(item, bounds, inquiry.resources.left, least=least)
            by = bounds.least_by if least else bounds.most_by
            taken = space.plans[by]
            own = not taken.name and by not in told
            if own:
                told[by] = name
            record = _plan_record(inquiry, taken) if own else {**taken.told, "plan": taken.name or told[by]}
            proven, attained = (bounds.low, bounds.least) if least else (bounds.high, bounds.most)
            made.append(
                {
                    "name": name, "share": inquiry.share, "end": LEAST if least else MOST, "item": at, "measure": item.measure, "years": item.years,
                    "status": "time_limit" if space.left(item, bounds, least=least) else "optimal", "proven": float(proven),
                    "attained": float(attained), "unproven": space.unproven(item, bounds, least=least),
                    "searches": space.searches - before, "seconds": round(monotonic() - start, 3),
                }
                | record
            )  # fmt: skip
    except TimeoutError:
        return None
    return made


def _plan_record(inquiry: Inquiry, taken: NearOptimalPlan) -> dict[str, Any]:
    assert taken.x is not None
    return {**taken.told, "amounts": taken.amounts.tolist(), **inquiry.shown.told(taken.x)}


def _different(inquiry: Inquiry, space: NearOptimalSpace, notes: Notes, steps: Steps, count: int) -> None:
    """Each plan as far as can be from the mean of those before, each measure counted by its share of the slack it has.

    Between none and all, Σ (2·mean − 1)·share falls as the sum of |share − mean| grows: the way of modelling to generate
    alternatives (hop, skip and jump, Brill 1982; SPORES, Lombardi 2020), here also towards what was used little.
    """
    moving = [
        at
        for at, (item, bounds) in enumerate(zip(space.items, space.bounds, strict=True))
        if bounds.most - bounds.least > settled * item.size
    ]
    least = np.array([space.bounds[at].least for at in moving])
    room_of = np.array([space.bounds[at].most for at in moving]) - least
    used = [(space.plans[0].amounts[moving] - least) / room_of]
    for place in range(count if moving else 0):
        name = f"{DIFFERENT}:{place + 1}"
        if name in notes.known:
            steps.skip(1)
            used.append((np.array(notes.known[name]["amounts"])[moving] - least) / room_of)
            continue
        steps.next(name)
        start = monotonic()
        pull = (2.0 * np.mean(used, axis=0) - 1.0) / len(moving)
        weights = {at: float(pull[i] / room_of[i]) for i, item_at in enumerate(moving) for at in space.items[item_at].places}
        found = space.lean(weights, inquiry.resources.left)
        if not len(found.x) or space.plans[-1].x is not found.x:
            return
        shares = (space.plans[-1].amounts[moving] - least) / room_of
        if any(np.allclose(shares, known, atol=1e-3) for known in used):
            return
        used.append(shares)
        told = _plan_record(inquiry, space.plans[-1]) | {"by_measure": _by_measure(inquiry.reference, found.x)}
        notes.add(_searched(inquiry, name, DIFFERENT, found.status, start) | told)


def _searched(inquiry: Inquiry, name: str, end: str, status: str, start: float) -> dict[str, Any]:
    return {"name": name, "share": inquiry.share, "end": end, "status": status, "seconds": round(monotonic() - start, 3), "searches": 1}


def _by_measure(reference: Reference, x: np.ndarray) -> dict[str, float]:
    made = dict[str, float]()
    for index, place in reference.plan.matrix.places("Build").items():
        if isinstance(index, tuple):
            made[index[0]] = made.get(index[0], 0.0) + float(x[place])
    return made


KIND = trade_off(
    "alternatives",
    answer,
    alternatives_from,
    text=alternatives_text,
    report=alternatives_report,
    answers=alternatives_answers,
    step=alternatives_step,
    numbers=("share", "proven", "attained"),
    texts={"about": "measure", "about_years": "years", "end": "end", "attained_by": "plan"},
)
