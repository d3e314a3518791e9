"""Runs side by side: what differs in how they were asked, in their inputs, costs, targets, indicators and measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.case.faults import CaseFaults
from model.case.read import Case, read_case
from model.case.rows import TABLES
from model.results.plain import plain
from model.results.run import Run, RunError

same = 1e-6  # relative: below it two numbers are the same
no_matter = 1e-9


@dataclass(frozen=True)
class Cost:
    """Cost of a run, 亿元; `low`..`high` holds the true difference to the first run."""

    run: str
    status: str
    objective: float
    bound: float
    low: float
    high: float
    usual: float
    free: float


@dataclass(frozen=True)
class Apart:
    """One quantity in each run, NaN where a run has none; `by` is the largest relative difference to the first."""

    item: str
    year: int
    unit: str
    values: tuple[float, ...]
    by: float
    required: float = float("nan")


@dataclass(frozen=True)
class Input:
    """A cell of the stored inputs that differs between the first run and another, '' where the row is not there."""

    run: str
    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """All that differs between runs; `same` counts what does not, by kind. `unread` are inputs that could not be opened."""

    runs: tuple[str, ...]
    costs: tuple[Cost, ...]
    asked: Mapping[str, tuple[str, ...]]
    targets: tuple[Apart, ...]
    indicators: tuple[Apart, ...]
    measures: tuple[Apart, ...]
    files: tuple[str, ...]
    inputs: tuple[Input, ...]
    unread: Mapping[str, str]
    same: Mapping[str, int]

    def record(self) -> dict[str, Any]:
        """As plain records."""
        return plain(asdict(self))


def compare(runs: Sequence[Run]) -> Comparison:
    """Everything against the first run. Raises RunError for fewer than two runs."""
    if len(runs) < 2:
        raise RunError("give at least two runs to compare")
    targets, same_targets = _targets(runs)
    indicators, same_indicators = _indicators(runs)
    measures, same_measures = _measures(runs)
    files = _files(runs)
    inputs, unread = _inputs(runs) if files else ((), {})
    return Comparison(
        names_of(runs), tuple(_cost(run, runs[0]) for run in runs), _asked(runs), targets, indicators, measures, files, inputs, unread,
        {"targets": same_targets, "indicators": same_indicators, "measures": same_measures},
    )  # fmt: skip


def names_of(runs: Sequence[Run]) -> tuple[str, ...]:
    """Their names, numbered where two are the same."""
    seen = dict[str, int]()
    made = []
    for run in runs:
        seen[run.name] = seen.get(run.name, 0) + 1
        made.append(run.name if seen[run.name] == 1 else f"{run.name} ({seen[run.name]})")
    return tuple(made)


def _cost(run: Run, first: Run) -> Cost:
    mine, other = run.manifest, first.manifest
    baselines = {name: float(one["objective"]) for name, one in dict(mine.get("baselines", {})).items()}
    low, high = (0.0, 0.0) if run is first else (mine["bound"] - other["objective"], mine["objective"] - other["bound"])
    nothing = float("nan")
    return Cost(
        run.name, str(mine["status"]), float(mine["objective"]), float(mine["bound"]), float(low), float(high),
        baselines.get("usual", nothing), baselines.get("free", nothing),
    )  # fmt: skip


def _asked(runs: Sequence[Run]) -> dict[str, tuple[str, ...]]:
    """Case, --set, days, dropped targets, gap, versions: those that differ."""
    told = [
        {
            "case": str(run.manifest.get("case")), "changes": "; ".join(run.manifest.get("changes", ())), "days": str(run.manifest.get("days")),
            "decide_from": str(run.manifest.get("decide_from")), "dropped": "; ".join(dict(run.manifest.get("options", {})).get("dropped", ())),
            "gap": str(dict(run.manifest.get("options", {})).get("gap", "")), "version": str(dict(run.manifest.get("versions", {})).get("measures", "")),
        }
        for run in runs
    ]  # fmt: skip
    return {name: tuple(one[name] for one in told) for name in told[0] if len({one[name] for one in told}) > 1}


def _targets(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    per_run = [{(str(row["id"]), int(row["year"])): row for row in run.manifest["targets"]} for run in runs]
    units = {key: str(row["unit"]) for rows in reversed(per_run) for key, row in rows.items()}
    required = {key: float(row["required"]) for rows in reversed(per_run) for key, row in rows.items()}
    values = [{key: float(row["achieved"]) for key, row in rows.items()} for rows in per_run]
    return _apart(values, units, required)


def _indicators(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    values, units = [], dict[tuple[str, int], str]()
    for run in runs:
        data = run.results
        table = data["indicator_value"].transpose("indicator", "year")
        unit = _unit(data, "indicator")
        found = {
            (str(i), int(y)): float(table.values[at, place])
            for at, i in enumerate(data["indicator"].values)
            for place, y in enumerate(data["year"].values)
        }
        units |= {key: unit.get(key[0], "1") for key in found if key not in units}
        values.append(found)
    return _apart(values, units)


def _measures(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    """Totals over the horizon (`year` 0); of a measure built as much but at another time, the year in which most differs."""
    totals, levels, units = [], [], dict[tuple[str, int], str]()
    for run in runs:
        data = run.results
        built, stands = data["build"].sum("build_year"), data["level"].transpose("measure", "year")
        unit, years = _unit(data, "measure"), data["year"].values.tolist()
        totals.append({(str(k), 0): float(value) for k, value in zip(data["measure"].values, built.values, strict=True)})
        levels.append(
            {
                (str(k), int(y)): float(v)
                for k, row in zip(data["measure"].values, stands.values, strict=True)
                for y, v in zip(years, row, strict=True)
            }
        )
        units |= {key: unit.get(key[0], "1") for key in (*totals[-1], *levels[-1]) if key not in units}
    found, _ = _apart(totals, units)
    known = {one.item for one in found}
    shifted = dict[str, Apart]()
    for one in _apart(levels, units)[0]:
        if one.item not in known:
            shifted.setdefault(one.item, one)
    both = sorted((*found, *shifted.values()), key=lambda one: (-one.by, one.item))
    return tuple(both), len({k for k, _ in set().union(*totals)}) - len(both)


def _unit(data: xr.Dataset, dim: str) -> dict[str, str]:
    name = f"{dim}_unit"
    return {str(k): str(v) for k, v in zip(data[dim].values, data[name].values, strict=True)} if name in data else {}


def _apart(
    values: Sequence[Mapping[tuple[str, int], float]],
    units: Mapping[tuple[str, int], str],
    required: Mapping[tuple[str, int], float] | None = None,
) -> tuple[tuple[Apart, ...], int]:
    """What differs, most first, and how many do not."""
    found, alike = list[Apart](), 0
    for key in dict.fromkeys(key for one in values for key in one):
        row = [one.get(key, np.nan) for one in values]
        by = _difference(row)
        if by <= same:
            alike += 1
            continue
        found.append(Apart(key[0], key[1], units[key], tuple(row), by, (required or {}).get(key, np.nan)))
    return tuple(sorted(found, key=lambda one: (-one.by, one.item, one.year))), alike


def _difference(row: Sequence[float]) -> float:
    """The largest difference to the first relative to the larger of the two; 1 where one is missing."""
    if any(np.isnan(row)) and not all(np.isnan(row)):
        return 1.0
    size = max((abs(value) for value in row), default=0.0)
    apart = max(abs(value - row[0]) for value in row)
    return 0.0 if apart <= no_matter or np.isnan(apart) else apart / size


def _files(runs: Sequence[Run]) -> tuple[str, ...]:
    """Stored input files that are not the same in all runs, by their hashes."""
    hashes = [dict(run.manifest.get("hashes", {})) for run in runs]
    return tuple(sorted(name for name in set().union(*hashes) if len({one.get(name) for one in hashes}) > 1))


def _inputs(runs: Sequence[Run]) -> tuple[tuple[Input, ...], dict[str, str]]:
    cases, unread = list[Case | None](), dict[str, str]()
    for run in runs:
        try:
            cases.append(read_case(run.inputs))
        except (CaseFaults, OSError, ValueError) as error:
            cases.append(None)
            unread[run.name] = f"{type(error).__name__}"
    first = cases[0]
    if first is None:
        return (), unread
    found = [one for run, case in zip(runs[1:], cases[1:], strict=True) if case is not None for one in _cells(run.name, first, case)]
    return tuple(found), unread


def _cells(name: str, first: Case, other: Case) -> list[Input]:
    """Cells that differ, table by table; rows are matched by their keys."""
    found = []
    for table, model in TABLES.items():
        before, after = (_rows(case, table, model.key) for case in (first, other))
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key), after.get(key)
            if old is None or new is None:
                found.append(Input(name, table, " ".join(key), "", "" if old is None else _value(old), "" if new is None else _value(new)))
                continue
            found += [Input(name, table, " ".join(key), c, _text(old[c]), _text(new[c])) for c in old if _text(old[c]) != _text(new.get(c))]
    return found


def _rows(case: Case, table: str, key: Sequence[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(_text(dict(row).get(name)) for name in key): dict(row) for row in case.tables[table]}


def _value(row: Mapping[str, Any]) -> str:
    """What a row that stands in one run only says: its value with its unit, or that it is there."""
    return f"{_text(row['value'])} {_text(row.get('unit'))}".strip() if row.get("value") is not None else "+"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ";".join(str(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
