"""What scenarios a sweep holds: ends of ranges, grids, samples, or the rows of a file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from model.case.change.change import Flattened, applied
from model.case.change.change_text import FORM, FULL_WIDTH, NUMBER, Change, ChangeError, parse_change
from model.case.change.levers import Lever, Shift, chosen, costs, levers
from model.case.change.naming import named
from model.case.change.scenario_fault import DesignError, Misfit
from model.case.read.case import Case
from model.study.engine.scenario import Scenario, scenario_from
from model.study.sweep.scenario_file import most_scenarios, refused, sample_size, scenarios_of, whole

SAMPLES = ("lhs", "morris", "sobol")
PART = re.compile(
    rf"^(?P<times>\*?)\s*(?P<first>{NUMBER})(?:%?:\*?(?P<last>{NUMBER})(?P<percent>%?):(?P<count>\d{{1,9}}))?(?P<space>\s*)(?P<unit>(?:(?<=\s)1|[^-+0-9.,:*\s].*)?)$"
)


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
    """What `record` wrote. A name that stands twice is one scenario, as it has one answer."""
    scenarios = {one.name: one for one in map(scenario_from, record["scenarios"])}
    return Design(str(record["kind"]), tuple(scenarios.values()), tuple(record["names"]), int(record["seed"]))


def tornado(moved: Sequence[Lever]) -> Design:
    """Each lever alone at its low and at its high end; an end where the number stands already is the reference itself."""
    scenarios = [
        Scenario(f"{lever.name}={end}", (Shift(lever.name, share),))
        for lever in moved
        for end, share, value in (("low", 0.0, lever.low), ("high", 1.0, lever.high))
        if value != lever.value or lever.rows > 1
    ]
    return Design("tornado", tuple(scenarios), tuple(lever.name for lever in moved))


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
            changes = _axis(case, text)
        except _Unreadable as error:
            misfits.append(Misfit("bad_grid_value" if error.part else "bad_grid", whole(f"--grid {text}"), error.part))
            continue
        except ChangeError as error:
            misfits.append(Misfit("refused", whole(f"--grid {text}"), why=error))
            continue
        name = changes[0].name
        if name in [known for known, _ in axes]:
            misfits.append(Misfit("column_twice", whole(f"--grid {text}"), name))
        if twice := next((change for place, change in enumerate(changes) if change in changes[:place]), None):
            misfits.append(Misfit("value_twice", whole(f"--grid {text}"), replace(twice, unit="").amount.removeprefix("=")))
        misfits += refused(case, [(change, whole(f"--grid {text}")) for change in changes])[:1]
        axes.append((name, changes))
    total = math.prod(len(changes) for _, changes in axes)
    if not misfits and total > most_scenarios:
        misfits.append(Misfit("too_many", whole("--grid"), str(total), str(most_scenarios)))
    if misfits:
        raise DesignError(misfits)
    scenarios = [
        Scenario(
            "; ".join(f"{name}{replace(change, unit='').amount}" for (name, _), change in zip(axes, combined, strict=True)),
            (),
            tuple(combined),
        )
        for combined in product(*(changes for _, changes in axes))
    ]
    return Design("grid", tuple(scenarios), tuple(name for name, _ in axes))


def from_file(case: Case, path: Path) -> Design:
    """One scenario a row of the file. Raises DesignError."""
    scenarios, names = scenarios_of(case, path)
    return Design("scenarios", tuple(scenarios), tuple(names))


@dataclass(frozen=True)
class SweepRequest:
    """What a sweep is asked for: exactly one kind, with what it moves; of a tornado at most so many numbers, known once the reference is."""

    tornado: bool = False
    grid: tuple[str, ...] = ()
    lhs: int | None = None
    morris: int | None = None
    sobol: int | None = None
    scenarios: Path | None = None
    over: tuple[str, ...] = ()
    seed: int = 0
    most: int | None = None

    @property
    def kinds(self) -> list[str]:
        """The kinds asked for, by the names of their options."""
        return [name for name in ("tornado", "grid", *SAMPLES, "scenarios") if dict(vars(self))[name] not in (False, None, ())]


def designed(case: Case, asked: SweepRequest) -> Design:
    """The scenarios asked for; a sample moves what things cost where nothing is said.

    Raises DesignError, ChangeError where `over` fits nothing.
    """
    if len(asked.kinds) != 1:
        found = ", ".join(f"--{kind}" for kind in asked.kinds)
        raise DesignError([Misfit("one_kind" if found else "no_kind", whole("sweep"), found)])
    kind = asked.kinds[0]
    if asked.most and kind != "tornado":
        raise DesignError([Misfit("most_of_tornado", whole("--most"), f"--{kind}")])
    if asked.over and kind in ("grid", "scenarios"):  # which say themselves what is moved
        raise DesignError([Misfit("over_beside", whole("--over"), f"--{kind}")])
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


def flattened_by(case: Case, scenarios: Sequence[Scenario]) -> list[Flattened]:
    """The paths that become level in any of the scenarios, each once."""
    first: dict[str, Change] = {}
    for scenario in scenarios:
        for change in scenario.changes:
            if change.way == "set":
                first.setdefault(change.name, change)
    return [replace(one, amount="…") for change in first.values() for one in applied(case, [change])[1]]


class _Unreadable(Exception):
    """Not of the form that a grid is written in; where that is the fault of one of its values, `part` is this."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


def _axis(case: Case, text: str) -> list[Change]:
    """The values asked for, or by how much it is moved, of a number by its ids. Raises _Unreadable; ChangeError as `named` does."""
    found = FORM.match(text.translate(FULL_WIDTH).strip())
    if not found:
        raise _Unreadable
    parts = [_part(part.strip()) for part in found["amount"].split(",")]
    percent = [part["first"][0] in "+-" and "%" in (part["percent"], part["space"] + part["unit"]) for part in parts]
    if any(part["unit"] not in ("", "%") for part in parts[:-1]) or len(set(percent)) > 1:
        raise _Unreadable
    unit = "" if percent[0] else f" {parts[-1]['unit']}"
    try:
        changes = [
            parse_change(f"{found['path']}{found['sign']}{part['times']}{f'{value:+.12g}%' if percent[0] else f'{value!r}{unit}'}")
            for part in parts
            for value in _values(part)
        ]
    except ChangeError as error:
        raise _Unreadable from error
    return [replace(change, item=one.item, quantity=one.quantity) for one in [named(case, changes[0])] for change in changes]


def _part(text: str) -> re.Match[str]:
    """Raises _Unreadable."""
    part = PART.match(text)
    if part is None or (part["count"] is not None and int(part["count"]) < 2):
        raise _Unreadable(text)
    return part


def _values(part: re.Match[str]) -> list[float]:
    """One number, or lo:hi:n for n numbers evenly from lo to hi."""
    first = float(part["first"])
    if part["count"] is None:
        return [first]
    last, steps = float(part["last"]), int(part["count"])
    if steps > most_scenarios or not math.isfinite(first) or not math.isfinite(last):
        raise _Unreadable
    return [float(f"{first + (last - first) * place / (steps - 1):.12g}") for place in range(steps)]
