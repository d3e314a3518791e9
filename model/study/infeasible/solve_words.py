"""A way out of a clash as the words that `measures solve` must be told to get there by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, isfinite

from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.results.clash import Raised, Relaxation
from model.study.program.target_slacks import step_of

round_tolerance = 1e-6


def words_for_solve(
    case: Case, given: tuple[Relaxation, ...], *, left_out: str, waits: bool, raised: tuple[Raised, ...]
) -> tuple[str, ...]:
    """Options that relax as `given`, leave out a target, raise limits; nothing where no option can say it (a wait, a peak, a share of nothing)."""
    peaks = {row.id for row in case.tables["targets"] if FORMS[row.form].peak}
    worst: dict[str, Relaxation] = {}
    for one in given:
        if one.target == left_out:
            continue
        before = worst.get(one.target)
        if before is None or abs(one.given - one.asked) > abs(before.given - before.asked):
            worst[one.target] = one
    limits = [_limit_changes(case, one) for one in raised]
    if waits or not all(limits) or peaks & worst.keys() or not all(isfinite(one.given) for one in given):
        return ()
    told = [f"--set {target}.value={_outward(one):.10g}" for target, one in worst.items()]
    return (*([f"--drop {left_out}"] if left_out else []), *(word for words in limits for word in words), *told)


def give_more(given: Sequence[Relaxation], years: Callable[[str], Sequence[int]], *, left_out: str) -> tuple[str, ...]:
    """Targets that one value for all their years relaxes further than `given`: in other years, or in some by more."""
    found: dict[str, dict[int, float]] = {}
    for one in given:
        if one.target != left_out:
            found.setdefault(one.target, {})[one.year] = one.given
    return tuple(target for target, told in found.items() if set(years(target)) - told.keys() or len(set(told.values())) > 1)


def _limit_changes(case: Case, raised: Raised) -> list[str]:
    """The raised limit in the unit of its own rows, one word where it is one number for all years."""
    rows = [row for row in case.tables["numbers"] if (row.item, row.quantity) == (raised.item, raised.kind) and row.value is not None]
    same = len({row.value for row in rows}) == 1
    words = []
    for row in rows:
        own, step = row.value * (1 + raised.share), step_of(abs(row.value * raised.share)) / 100
        words.append(
            f"--set {raised.item}.{raised.kind}{'' if same or row.year is None else f'@{row.year}'}={ceil(own / step - round_tolerance) * step:.10g}"
        )
    return list(dict.fromkeys(words))


def _outward(one: Relaxation) -> float:
    """What is given, rounded to the easy side, so that no more is asked than is proven."""
    step = step_of(abs(one.given - one.asked)) / 100
    up = one.given > one.asked
    whole = ceil(one.given / step - round_tolerance) if up else floor(one.given / step + round_tolerance)
    return float(f"{whole * step:.10g}")
