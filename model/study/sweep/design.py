"""What scenarios a sweep holds: ends of ranges, grids, samples, or the rows of a file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from model.case.change import Change, ChangeError, parse_change
from model.case.levers import Lever, Shift, chosen, costs, levers
from model.case.misfit import DesignError, Misfit
from model.case.read import Case
from model.study.sweep.scenario_file import most_scenarios, refused, scenarios_of, whole
from model.study.sweep.variant import Scenario, scenario_from

SAMPLES = ("lhs", "morris", "sobol")
GRID = re.compile(r"^(?P<name>[^=@]+(?:@\d+)?)=(?P<values>[-+0-9.eE,:\s]+?)\s*(?P<unit>[^-+0-9.,:\s].*)?$")


@dataclass(frozen=True)
class Design:
    """The scenarios of a sweep, and the names (ITEM.QUANTITY[@YEAR]) of what they set, in the order first asked for."""

    kind: str
    scenarios: tuple[Scenario, ...]
    names: tuple[str, ...]
    seed: int = 0

    def record(self) -> dict[str, Any]:
        return {"kind": self.kind, "names": list(self.names), "seed": self.seed, "scenarios": [one.record() for one in self.scenarios]}


def design_from(record: Mapping[str, Any]) -> Design:
    """What `record` wrote."""
    return Design(str(record["kind"]), tuple(map(scenario_from, record["scenarios"])), tuple(record["names"]), int(record["seed"]))


def tornado(moved: Sequence[Lever]) -> Design:
    """Each lever alone at its low and at its high end; an end where the number stands already is the reference itself."""
    scenarios = [
        Scenario(f"{lever.name}={end}", (Shift(lever.name, share),))
        for lever in moved
        for end, share, value in (("low", 0.0, lever.low), ("high", 1.0, lever.high))
        if value != lever.value or lever.rows > 1
    ]
    return Design("tornado", tuple(scenarios), tuple(lever.name for lever in moved))


def sample_size(method: str, names: int, count: int) -> int:
    """Scenarios of a sample: N; N·(numbers + 1) for Morris; N·(numbers + 2) for Sobol.

    >>> sample_size("lhs", 3, 8), sample_size("morris", 3, 8), sample_size("sobol", 3, 8)
    (8, 32, 40)
    """
    return count * {"lhs": 1, "morris": names + 1, "sobol": names + 2}[method]


def sampled(method: str, moved: Sequence[Lever], count: int, *, seed: int) -> Design:
    """A sample of these levers, all moved at once, by SALib."""
    from model.study.sweep.sampling import sample  # SALib takes two seconds to load

    names = [lever.name for lever in moved]
    shares = sample(method, names, count, seed=seed)
    digits = len(str(len(shares)))
    scenarios = [
        Scenario(f"{place:0{digits}d}", tuple(Shift(name, float(share)) for name, share in zip(names, row, strict=True)))
        for place, row in enumerate(shares, 1)
    ]
    return Design(method, tuple(scenarios), tuple(names), seed)


def grid(case: Case, asked: Sequence[str]) -> Design:
    """Every combination of the values asked for. Raises DesignError."""
    axes: list[tuple[str, list[Change]]] = []
    misfits: list[Misfit] = []
    for text in asked:
        try:
            name, changes = _axis(text)
        except _Unreadable as error:
            misfits.append(replace(error.misfit, place=whole(f"--grid {text}")))
            continue
        if name in [known for known, _ in axes]:
            misfits.append(Misfit("column_twice", whole(f"--grid {text}"), name))
        misfits += refused(case, [(change, whole(f"--grid {text}")) for change in changes])[:1]
        axes.append((name, changes))
    total = math.prod(len(changes) for _, changes in axes)
    if not misfits and total > most_scenarios:
        misfits.append(Misfit("too_many", whole("--grid"), str(total), str(most_scenarios)))
    if misfits:
        raise DesignError(misfits)
    scenarios = [
        Scenario("; ".join(f"{name}={change.value!r}" for (name, _), change in zip(axes, combined, strict=True)), (), tuple(combined))
        for combined in product(*(changes for _, changes in axes))
    ]
    return Design("grid", tuple(scenarios), tuple(name for name, _ in axes))


def from_file(case: Case, path: Path) -> Design:
    """One scenario a row of the file. Raises DesignError."""
    scenarios, names = scenarios_of(case, path)
    return Design("scenarios", tuple(scenarios), tuple(names))


@dataclass(frozen=True)
class Asked:
    """What a sweep is asked for: exactly one kind, with what it moves."""

    tornado: bool = False
    grid: tuple[str, ...] = ()
    lhs: int | None = None
    morris: int | None = None
    sobol: int | None = None
    scenarios: Path | None = None
    over: tuple[str, ...] = ()
    seed: int = 0

    @property
    def kinds(self) -> list[str]:
        """The kinds asked for, by the names of their options."""
        return [name for name in ("tornado", "grid", *SAMPLES, "scenarios") if dict(vars(self))[name] not in (False, None, ())]


def designed(case: Case, asked: Asked) -> Design:
    """The scenarios asked for; a sample moves what things cost where nothing is said.

    Raises DesignError, ChangeError where `over` fits nothing.
    """
    if len(asked.kinds) != 1:
        raise DesignError([Misfit("one_kind", whole("sweep"), ", ".join(f"--{kind}" for kind in asked.kinds) or "-")])
    kind = asked.kinds[0]
    if kind == "grid":
        return grid(case, asked.grid)
    if kind == "scenarios" and asked.scenarios is not None:
        return from_file(case, asked.scenarios)
    moved = chosen(case, asked.over) if asked.over or kind == "tornado" else costs(case) or levers(case)
    if not moved:
        raise DesignError([Misfit("no_ranges", whole(case.header.id))])
    if kind == "tornado":
        return tornado(moved)
    count = {"lhs": asked.lhs, "morris": asked.morris, "sobol": asked.sobol}[kind] or 0
    if kind == "sobol" and count & (count - 1):
        raise DesignError([Misfit("no_power", whole("--sobol"), str(count))])
    total = sample_size(kind, len(moved), count)
    if total > most_scenarios:
        raise DesignError([Misfit("too_many", whole(f"--{kind}"), str(total), str(most_scenarios))])
    return sampled(kind, moved, count, seed=asked.seed)


class _Unreadable(Exception):
    def __init__(self, misfit: Misfit) -> None:
        super().__init__(misfit.code)
        self.misfit = misfit


def _axis(text: str) -> tuple[str, list[Change]]:
    found = GRID.match(text.strip())
    if not found:
        raise _Unreadable(Misfit("bad_grid", whole("--grid"), text))
    values = [value for part in found["values"].split(",") for value in _values(part.strip())]
    unit = (found["unit"] or "").strip()
    try:
        changes = [parse_change(f"{found['name'].strip()}={value!r} {unit}") for value in values]
    except ChangeError as error:
        raise _Unreadable(Misfit("bad_grid", whole("--grid"), text)) from error
    return found["name"].strip(), changes


def _values(part: str) -> list[float]:
    """One number, or lo:hi:n for n numbers evenly from lo to hi."""
    try:
        if ":" not in part:
            return [float(part)]
        low, high, count = part.split(":")
        first, last, steps = float(low), float(high), int(count)
    except ValueError as error:
        raise _Unreadable(Misfit("bad_grid", whole("--grid"), part)) from error
    if not 2 <= steps <= most_scenarios:
        raise _Unreadable(Misfit("bad_grid", whole("--grid"), part))
    return [float(f"{first + (last - first) * place / (steps - 1):.12g}") for place in range(steps)]
