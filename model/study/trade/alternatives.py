"""Other plans nearly as cheap: the least and the most of each measure within a cost, and plans as different as can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic

import numpy as np

from model.case.labels import labels
from model.case.read import Case
from model.results.alternatives import Alternatives, Bounds, Different, Within
from model.results.run import RunError
from model.study.answer import Options, Watch
from model.study.scenario import Reference
from model.study.trade.bounded import places
from model.study.trade.frontier import studied
from model.study.trade.room import End, Item, Room, settled
from model.study.trade.steps_of import Steps, Tell, silent


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
    x, attained = reference.plan.answer.x, list[End]()
    found, complete, searches, plans = list[Within](), True, 0, list[Different]()
    for share in sorted(set(within)):
        room = Room(reference, items, share, options)
        room.take(x)
        for end, found_before in zip(room.ends, attained, strict=False):
            end.least, end.most = min(end.least, found_before.least), max(end.most, found_before.most)
        attained = room.ends
        left = options.time_limit - (monotonic() - begun)
        try:
            _settle(room, Steps(tell, 2 * len(items), left), f"{100 * share:g} %")
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


def _settle(room: Room, steps: Steps, about: str) -> None:
    """The least of each item first, then the most."""
    for least in (True, False):
        for item, end in zip(room.items, room.ends, strict=True):
            if not end.left(item, least):
                steps.total -= 1
                continue
            left = steps.next(f"{about} {item.measure} {item.years}".rstrip())
            if left <= 0.0:
                raise TimeoutError
            room.settle(item, end, left, least=least)


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
        found = room.lean(weights, left)
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
