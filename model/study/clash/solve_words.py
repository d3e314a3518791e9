"""A way out of a clash as the words that `measures solve` must be told to get there by itself."""

from __future__ import annotations

from math import ceil, floor

from model.case.read import Case
from model.results.clash import Raised, Relaxation
from model.study.clash.relaxing import step_of

round_tolerance = 1e-6


def words_for_solve(case: Case, given: tuple[Relaxation, ...], *, left_out: str, waits: bool, raised: Raised | None) -> tuple[str, ...]:
    """Options that relax as `given`, leave out a target, raise a limit; nothing where no option can say it (a wait, a peak)."""
    peaks = {row.id for row in case.tables["targets"] if row.form == "peak"}
    worst: dict[str, Relaxation] = {}
    for one in given:
        if one.target == left_out:
            continue
        before = worst.get(one.target)
        if before is None or abs(one.given - one.asked) > abs(before.given - before.asked):
            worst[one.target] = one
    limit = _limit_change(case, raised) if raised else ""
    if waits or limit is None or peaks & worst.keys():
        return ()
    told = [f"--set {target}.value={_outward(one):.10g}" for target, one in worst.items()]
    return (*([f"--drop {left_out}"] if left_out else []), *([limit] if limit else []), *told)


def _limit_change(case: Case, raised: Raised) -> str | None:
    """The raised limit in the unit of its own row, where it is one number for all years."""
    rows = [row for row in case.tables["numbers"] if (row.item, row.quantity) == (raised.item, raised.kind)]
    if len({row.value for row in rows}) != 1 or rows[0].value is None:
        return None
    own = rows[0].value * raised.given / raised.asked
    step = step_of(abs(own - rows[0].value)) / 100
    return f"--set {raised.item}.{raised.kind}={ceil(own / step - round_tolerance) * step:.10g}"


def _outward(one: Relaxation) -> float:
    """What is given, rounded to the easy side, so that no more is asked than is proven."""
    step = step_of(abs(one.given - one.asked)) / 100
    up = one.given > one.asked
    whole = ceil(one.given / step - round_tolerance) if up else floor(one.given / step + round_tolerance)
    return float(f"{whole * step:.10g}")
