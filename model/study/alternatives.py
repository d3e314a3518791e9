"""Other plans nearly as cheap: the least and the most of each measure within a cost, and plans as different as can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import numpy as np

from model.case.labels import labels
from model.case.read import Case
from model.results.alternatives import Alternatives, Bounds, Different, Within, dust
from model.results.run import RunError
from model.solve.highs import Solver
from model.solve.lessons import carried
from model.solve.matrix import Matrix
from model.solve.search import Plan
from model.solve.split import coarse_program, divide
from model.study.answer import HOURLY, Answered, Options, Watch, search_matrix
from model.study.bounded import aiming_at, for_another_aim, none_short, places, with_row
from model.study.frontier import studied
from model.study.scenario import Reference
from model.study.steps_of import Steps, Tell, silent

settled = 5e-4  # of the size of a measure: ends that near are one
most_rounds, most_seconds_each, gap_of_different = 6, 60.0, 1e-2
whole = 1e-6


@dataclass(frozen=True)
class Item:
    """A measure over a group of years: its columns, its size (what amounts are measured by), what is committed, what is possible at all."""

    measure: str
    years: str
    places: tuple[int, ...]
    size: float
    floor: float
    ceiling: float
    unit: float  # size of a whole unit, 0 where there is none

    def of(self, x: np.ndarray) -> float:
        return float(x[list(self.places)].sum())


@dataclass
class End:
    """What is known of an item: no plan is outside `low`..`high`, plans were found with `least` and `most`."""

    low: float
    high: float
    least: float
    most: float

    def left(self, item: Item, least: bool) -> bool:
        return (self.least - self.low if least else self.high - self.most) > settled * item.size


@dataclass
class Room:
    """The program within one cost limit, and what is known of every item in it. A life-cycle: it may be stopped."""

    reference: Reference
    items: Sequence[Item]
    share: float
    options: Options
    ends: list[End] = field(init=False)
    searches: int = 0

    def __post_init__(self) -> None:
        plan, matrix = self.reference.plan.answer, self.reference.plan.matrix
        self.limit = plan.objective + self.share * abs(plan.objective)
        terms = {int(place): float(matrix.cost[place]) for place in np.flatnonzero(matrix.cost)}
        self.matrix = with_row(none_short(matrix), ("Cost_Limit", None), terms, high=self.limit - matrix.offset)
        self.like: Answered = for_another_aim(self.reference.plan)
        self.ends = [End(item.floor, item.ceiling, np.inf, -np.inf) for item in self.items]
        self._coarse: tuple[Matrix, np.ndarray, Solver] | None = None

    def take(self, x: np.ndarray) -> None:
        """A plan within the limit: what it has of each item."""
        for item, end in zip(self.items, self.ends, strict=True):
            amount = item.of(x)
            end.least, end.most = min(end.least, amount), max(end.most, amount)
            end.low, end.high = min(end.low, end.least), max(end.high, end.most)

    def relax(self, item: Item, end: End, *, least: bool) -> None:
        """The end that the yearly part alone proves, without whole units."""
        coarse, where, solver = self._yearly()
        cost = np.zeros(len(coarse.cost))
        cost[where[list(item.places)]] = (1.0 if least else -1.0) / item.size
        solver.become(replace(coarse, cost=cost, offset=0.0))
        answer = solver.relax(time_limit=most_seconds_each)
        if answer.status == "interrupted":
            raise KeyboardInterrupt
        if answer.status == "optimal":
            self._prove(item, end, answer.objective * item.size, least=least)

    def search(self, item: Item, end: End, seconds: float, *, least: bool) -> None:
        """The end in whole units: a plan that attains it, and a proof."""
        sign = 1.0 if least else -1.0
        aim = aiming_at(self.matrix, dict.fromkeys(item.places, sign / item.size), offset=0.0 if least else self._highest(item))
        aim = replace(aim, offset=aim.offset + 1.0)
        plan = self._ask(aim, seconds)
        if len(plan.x):
            self.take(plan.x)
        if np.isfinite(plan.bound):
            self._prove(item, end, (plan.bound - aim.offset) * item.size, least=least)

    def lean(self, weights: dict[int, float], seconds: float, *, gap: float) -> Plan:
        """A plan with as little as can be of what is weighed."""
        plan = self._ask(replace(aiming_at(self.matrix, weights), offset=1.0), seconds, gap=gap)
        if len(plan.x):
            self.take(plan.x)
        return plan

    def _highest(self, item: Item) -> float:
        return item.ceiling / item.size if np.isfinite(item.ceiling) else 0.0

    def _ask(self, matrix: Matrix, seconds: float, *, gap: float = settled / 2) -> Plan:
        self.searches += 1
        options = replace(self.options, gap=gap, time_limit=min(seconds, most_seconds_each), mps=None, log=None)
        plan = search_matrix(matrix, options, Watch(), name="again", like=self.like)
        if plan.status == "interrupted":
            raise KeyboardInterrupt
        return plan

    def _prove(self, item: Item, end: End, amount: float, *, least: bool) -> None:
        """No plan passes `amount` (less of it where signed so); whole units round it."""
        if least:
            amount = item.unit * np.ceil(amount / item.unit - whole) if item.unit else amount
            end.low = min(max(end.low, amount), end.least)
        else:
            amount = item.unit * np.floor(-amount / item.unit + whole) if item.unit else -amount
            end.high = max(min(end.high, amount), end.most)

    def _yearly(self) -> tuple[Matrix, np.ndarray, Solver]:
        if self._coarse is None:
            fine = np.array([component in HOURLY for component, _ in self.matrix.columns])
            split = divide(self.matrix, fine)
            aimless = replace(self.matrix, cost=np.zeros(len(self.matrix.cost)), offset=0.0)
            coarse = coarse_program(aimless, split, carried(self.like.answer.lessons, aimless, split))
            coarse = replace(coarse, cost=np.zeros(len(coarse.cost)))
            where = np.full(len(self.matrix.columns), -1)
            where[split.coarse] = np.arange(len(split.coarse))
            self._coarse = coarse, where, Solver(coarse, threads=self.options.threads)
        return self._coarse


def alternatives(
    case: Case,
    options: Options,
    *,
    within: Sequence[float] = (0.02,),
    years: Sequence[int] = (),
    different: int = 0,
    watch: Watch | None = None,
    tell: Tell = silent,
) -> Alternatives:
    """Least and most of each measure within each share of more cost, over the horizon or over groups of years ending in `years`.

    Ctrl-C keeps what is done. Raises NoPlan where the case has none, RunError for a year that is none of the case's.
    """
    start = monotonic()
    unknown = sorted(set(years) - set(case.header.years))
    if unknown:
        raise RunError(f"{unknown[0]} is not a year of the case; years: {', '.join(map(str, case.header.years))}")
    reference = studied(case, options, watch)
    begun = monotonic()
    items = items_of(reference, years)
    x = reference.plan.answer.x
    found, complete, searches, plans = list[Within](), True, 0, list[Different]()
    pool = [x]
    for share in sorted(set(within)):
        room = Room(reference, items, share, options)
        for known in pool:
            room.take(known)
        left = options.time_limit - (monotonic() - begun)
        try:
            _settle(room, Steps(tell, 2 * len(items), left), f"{100 * share:g} %", pool)
            if different and share == max(within):
                plans = _different(room, Steps(tell, different, options.time_limit - (monotonic() - begun)), different)
        except (KeyboardInterrupt, TimeoutError):
            complete = False
        searches += room.searches
        found.append(Within(share, room.limit, tuple(_told(item, end, x, reference) for item, end in zip(items, room.ends, strict=True))))
        if not complete:
            break
    units = dict(zip(*(labels(case)[name].values.tolist() for name in ("measure", "measure_unit")), strict=True))
    return Alternatives(
        case.header.id, reference.plan.answer.objective, reference.plan.answer.bound, tuple(found), tuple(plans), _amounts(reference, x),
        units, complete, searches, monotonic() - start,
    )  # fmt: skip


def items_of(reference: Reference, years: Sequence[int]) -> list[Item]:
    """Every measure open to the plan, over the whole horizon or by groups of years that end with each of `years`."""
    p, matrix = reference.plan.solved.parameters, reference.plan.matrix
    columns, known = places(matrix, "Build"), [int(y) for y in p["year"].values]
    ends = sorted(set(years) | {known[-1]}) if years else [known[-1]]
    starts = [known[0], *(end + 1 for end in ends[:-1])]
    wholes = {index[0] for index in places(matrix, "Units") if isinstance(index, tuple)}
    potential, sizes = p["potential"].transpose("measure", "year").values, p["unit_size"].values
    made = []
    for at, k in enumerate(p["measure"].values.tolist()):
        for start, end in zip(starts, ends, strict=True):
            mine = [columns[k, y] for y in known if start <= y <= end]
            floor, ceiling = float(matrix.lower[mine].sum()), float(matrix.upper[mine].sum())
            if ceiling <= 0.0:
                continue
            top = float(potential[at].max())
            amount = float(reference.plan.answer.x[mine].sum())
            size = min((v for v in (ceiling, top) if 0.0 < v < 1e6), default=max(amount, 1.0))
            label = "" if not years else str(end) if start == end else f"{start}–{end}"
            unit = float(sizes[at]) if k in wholes else 0.0
            made.append(Item(k, label, tuple(mine), max(size, amount), floor, ceiling, unit))
    return made


def _settle(room: Room, steps: Steps, about: str, pool: list[np.ndarray]) -> None:
    """First plans that do without as many measures as they can, then each end by the yearly part, then by a search."""
    _sweep(room, steps, about)
    for item, end in zip(room.items, room.ends, strict=True):
        for least in (True, False):
            left = steps.next(f"{about} {item.measure} {item.years}".rstrip())
            if left <= 0.0:
                raise TimeoutError
            if end.left(item, least):
                room.relax(item, end, least=least)
            if end.left(item, least):
                room.search(item, end, left, least=least)


def _sweep(room: Room, steps: Steps, about: str) -> None:
    """Plans that use as little as can be of all measures still in every plan, as long as that drops any."""
    for _ in range(most_rounds):
        kept = [(item, end) for item, end in zip(room.items, room.ends, strict=True) if end.least > item.floor + dust * item.size]
        if len(kept) < 2:
            return
        weights = {place: 1.0 / (len(kept) * item.size) for item, _ in kept for place in item.places}
        steps.done = 0
        room.lean(weights, max(steps.next(about), 1.0), gap=gap_of_different)
        steps.done = 0
        if sum(end.least <= item.floor + dust * item.size for item, end in kept) == 0:
            return


def _different(room: Room, steps: Steps, count: int) -> list[Different]:
    """Each plan as far as can be from the mean of those before, each measure counted by its share of the room it has.

    Between none and all, Σ (2·mean − 1)·share falls as the sum of |share − mean| grows: the way of modelling to generate
    alternatives (hop, skip and jump, Brill 1982; SPORES, Lombardi 2020), here also towards what was used little.
    """
    plan, matrix = room.reference.plan.answer, room.reference.plan.matrix
    moving = [(item, end) for item, end in zip(room.items, room.ends, strict=True) if end.most - end.least > settled * item.size]
    used, made = [_shares(moving, plan.x)], list[Different]()
    for place in range(count if moving else 0):
        left = steps.next(f"{place + 1}")
        if left <= 0.0:
            raise TimeoutError
        pull = (2.0 * np.mean(used, axis=0) - 1.0) / len(moving)
        weights = {at: float(pull[i] / (end.most - end.least)) for i, (item, end) in enumerate(moving) for at in item.places}
        found = room.lean(weights, left, gap=gap_of_different)
        if not len(found.x) or any(np.allclose(_shares(moving, found.x), known, atol=1e-3) for known in used):
            break
        used.append(_shares(moving, found.x))
        made.append(Different(float(matrix.cost @ found.x + matrix.offset), _amounts(room.reference, found.x)))
    return made


def _shares(moving: Iterable[tuple[Item, End]], x: np.ndarray) -> np.ndarray:
    return np.array([(item.of(x) - end.least) / (end.most - end.least) for item, end in moving])


def _told(item: Item, end: End, x: np.ndarray, reference: Reference) -> Bounds:
    units = dict(zip(*(labels(reference.ready.case)[name].values.tolist() for name in ("measure", "measure_unit")), strict=True))
    return Bounds(
        item.measure, item.years, str(units[item.measure]), item.size, item.floor, item.of(x), end.low, end.least, end.most, end.high,
    )  # fmt: skip


def _amounts(reference: Reference, x: np.ndarray) -> dict[str, float]:
    made = dict[str, float]()
    for index, place in places(reference.plan.matrix, "Build").items():
        if isinstance(index, tuple):
            made[index[0]] = made.get(index[0], 0.0) + float(x[place])
    return made
