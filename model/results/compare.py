"""Runs side by side: what differs in how they were asked, in their inputs, costs, targets, indicators and measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.faults import CaseFaults, CodedError
from model.case.read.case import Case, read_case
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor
from model.results.apart import Apart, Gaps, Key, in_one_unit, in_ranges, no_matter, sorted_out, told_apart
from model.results.changed import Input, changed_cells
from model.results.money import cash_discount, invested_before
from model.results.plain import number, plain
from model.results.plan_cost import parts_of_cost, plan_cost
from model.results.run import Run, RunError, check_inputs
from model.results.shortfalls import Shortfall, all_shortfalls

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Cost:
    """Cost of a run, 亿元, what it leaves `short` apart; `low`..`high` holds the true difference to the first run."""

    run: str
    status: str
    cost: float
    bound: float
    low: float
    high: float
    usual: float
    free: float
    short: tuple[Shortfall, ...]


@dataclass(frozen=True)
class Comparison:
    """All that differs between runs; `same` counts what does not, `hidden` what lies within the gaps, by kind.

    `components` are the parts of the cost; `unread` are inputs that could not be opened.
    """

    runs: tuple[str, ...]
    costs: tuple[Cost, ...]
    asked: Mapping[str, tuple[str, ...]]
    components: tuple[Apart, ...]
    targets: tuple[Apart, ...]
    indicators: tuple[Apart, ...]
    measures: tuple[Apart, ...]
    files: tuple[str, ...]
    inputs: tuple[Input, ...]
    unread: Mapping[str, str]
    same: Mapping[str, int]
    hidden: Mapping[str, int]

    def record(self) -> dict[str, Any]:
        """As plain records."""
        return plain(asdict(self))


def compare(runs: Sequence[Run]) -> Comparison:
    """Everything against the first run. Raises RunError for fewer than two runs, and for runs of several cases: nothing of these is one thing."""
    if len(runs) < 2:
        raise RunError("compare_one")
    cases = {str(run.manifest["case"]): run.name for run in reversed(runs)}
    if len(cases) > 1:
        raise RunError("compare_cases", runs=", ".join(f"{name} ({case})" for case, name in reversed(cases.items())))
    files = _files(runs)
    inputs, unread = _inputs(runs) if files or len({run.overlays for run in runs}) > 1 else ((), {})
    changed, gaps, years = _changed(runs, inputs), _gaps(runs), sorted({int(y) for run in runs for y in run.results["year"].values})
    kinds = {"targets": _targets(runs), "indicators": _indicators(runs), "measures": _measures(runs)}
    shown = {
        kind: sorted_out(found if kind == "measures" else in_ranges(found, years), changed, gaps) for kind, (found, _) in kinds.items()
    }
    return Comparison(
        names_of(runs), tuple(_cost(run, runs[0]) for run in runs), _asked(runs), _components(runs),
        shown["targets"][0], shown["indicators"][0], shown["measures"][0], files, inputs, unread,
        {kind: count for kind, (_, count) in kinds.items()}, {kind: count for kind, (_, count) in shown.items()},
    )  # fmt: skip


def _changed(runs: Sequence[Run], inputs: Sequence[Input]) -> set[str]:
    """Every name that stands in what a run was told by --set or --drop and the first was not, or in rows of the inputs that differ."""
    told = [" ".join([*run.manifest.get("changes", ()), *dict(run.manifest.get("options", {})).get("dropped", ())]) for run in runs]
    words = {name for text in told if text != told[0] for name in NAME.findall(f"{text} {told[0]}")}
    return words | {name for one in inputs for name in one.row.split()}


def _gaps(runs: Sequence[Run]) -> Gaps:
    """The smallest of the runs' gaps: what lies within it lies within that of each."""
    costs = [plan_cost(run.manifest) for run in runs]
    return Gaps(min(max(0.0, one.gap) for one in costs), min(max(0.0, one.gap) / max(abs(one.value), no_matter) for one in costs))


def _components(runs: Sequence[Run]) -> tuple[Apart, ...]:
    """The parts of the cost that differ, 亿元 of present value, the largest difference first."""
    values = [{(name, 0): value for name, value in parts_of_cost(run.results).items()} for run in runs]
    found, _ = told_apart(values, {key: "亿元" for one in values for key in one})
    priced = [replace(one, money=max((value - one.values[0] for value in one.values[1:]), key=abs)) for one in found]
    return tuple(sorted(priced, key=lambda one: (-abs(one.money), one.item)))


def names_of(runs: Sequence[Run]) -> tuple[str, ...]:
    """Their names, numbered where two are the same."""
    seen = dict[str, int]()
    made = []
    for run in runs:
        seen[run.name] = seen.get(run.name, 0) + 1
        made.append(run.name if seen[run.name] == 1 else f"{run.name} ({seen[run.name]})")
    return tuple(made)


def _cost(run: Run, first: Run) -> Cost:
    mine, other = plan_cost(run.manifest), plan_cost(first.manifest)
    baselines = {name: plan_cost(one).value for name, one in dict(run.manifest.get("baselines", {})).items()}
    low, high = (0.0, 0.0) if run is first else mine.less(other)
    nothing = float("nan")
    return Cost(
        run.name, str(run.manifest["status"]), mine.value, mine.bound, low, high, baselines.get("usual", nothing),
        baselines.get("free", nothing), tuple(all_shortfalls(run.results)),
    )  # fmt: skip


def _asked(runs: Sequence[Run]) -> dict[str, tuple[str, ...]]:
    """Case, --with, --set, days, years, history, dropped targets, gap, versions: those that differ."""
    told = [
        {
            "case": str(run.manifest.get("case")), "overlays": "; ".join(run.overlays), "changes": "; ".join(run.manifest.get("changes", ())), "days": str(run.manifest.get("days")),
            "years": " ".join(str(year) for year in run.results["year"].values), "history": str(dict(run.manifest.get("past", {})).get("history", "")),
            "negotiate": "yes" if dict(run.manifest.get("options", {})).get("negotiate") else "", "foresight": str(dict(run.manifest.get("foresight", {})).get("years", "")),
            "decide_from": str(run.manifest.get("decide_from")), "dropped": "; ".join(dict(run.manifest.get("options", {})).get("dropped", ())),
            "span_rule": str(run.manifest.get("span_rule", "end")), "payments": str(run.manifest.get("payments", "end")),
            "gap": str(dict(run.manifest.get("options", {})).get("gap", "")), "version": str(dict(run.manifest.get("versions", {})).get("measures", "")),
        }
        for run in runs
    ]  # fmt: skip
    return {name: tuple(one[name] for one in told) for name in told[0] if len({one[name] for one in told}) > 1}


def _targets(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    per_run = [{(str(row["id"]), int(row["year"])): row for row in run.manifest["targets"]} for run in runs]
    units = [{key: str(row["unit"]) for key, row in rows.items()} for rows in per_run]
    values, required = (
        in_one_unit([{key: number(row[name]) for key, row in rows.items()} for rows in per_run], units) for name in ("achieved", "required")
    )
    shared = _first(units)
    # What one shared unit costs: the price is of the run's own, of which there are so many in it.
    prices = [
        {
            key: number(row["price"]) * (1.0 if told[key] == shared[key] else factor(shared[key], told[key]))
            for key, row in rows.items()
            if unit_fault(shared[key], told[key]) is None
        }
        for rows, told in zip(per_run, units, strict=True)
    ]
    money = {
        key: max((one[key] for one in prices if not np.isnan(one.get(key, np.nan))), default=np.nan)
        * max(abs(one.get(key, np.nan) - values[0].get(key, np.nan)) for one in values)
        for key in shared
    }
    return told_apart(values, shared, required=required, money=money)


def _indicators(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    values = [
        {
            (str(i), int(y)): float(value)
            for i, row in zip(
                run.results["indicator"].values, run.results["indicator_value"].transpose("indicator", "year").values, strict=True
            )
            for y, value in zip(run.results["year"].values, row, strict=True)
        }
        for run in runs
    ]
    units = _units(runs, "indicator", values)
    return told_apart(in_one_unit(values, units), _first(units))


def _measures(runs: Sequence[Run]) -> tuple[tuple[Apart, ...], int]:
    """Totals over the horizon (`year` 0), with the present value of the investment that differs; of a measure built as much but at another

    time, the year in which most differs.
    """
    totals, levels, cash = [], [], []
    for run in runs:
        data = run.results
        built, stands, years = data["build"].sum("build_year"), data["level"].transpose("measure", "year"), data["year"].values.tolist()
        paid = (data["investment_cash"] * cash_discount(data)).sum("year") + invested_before(data)
        cash.append({str(k): float(value) for k, value in zip(paid["measure"].values, paid.values, strict=True)})
        totals.append({(str(k), 0): float(value) for k, value in zip(data["measure"].values, built.values, strict=True)})
        levels.append(
            {
                (str(k), int(y)): float(v)
                for k, row in zip(data["measure"].values, stands.values, strict=True)
                for y, v in zip(years, row, strict=True)
            }
        )
    (found, _), (moved, _) = (
        told_apart(in_one_unit(values, units), _first(units)) for values in (totals, levels) for units in [_units(runs, "measure", values)]
    )
    known = {one.item for one in found}
    shifted = dict[str, Apart]()
    for one in sorted(moved, key=lambda one: (-one.by, one.year)):
        if one.item not in known:
            shifted.setdefault(one.item, one)
    first = cash[0]
    both = [
        replace(one, money=max((mine.get(one.item, 0.0) - first.get(one.item, 0.0) for mine in cash[1:]), key=abs))
        for one in (*found, *shifted.values())
    ]
    return tuple(both), len({k for k, _ in set().union(*totals)}) - len(both)


def _units(runs: Sequence[Run], dim: str, values: Sequence[Mapping[Key, float]]) -> list[dict[Key, str]]:
    """The unit of each value of each run."""
    told = [_unit(run.results, dim) for run in runs]
    return [{key: known.get(key[0], "1") for key in one} for known, one in zip(told, values, strict=True)]


def _first(units: Sequence[Mapping[Key, str]]) -> dict[Key, str]:
    """The unit of each value in the first run that has it."""
    return {key: unit for told in reversed(units) for key, unit in told.items()}


def _unit(data: xr.Dataset, dim: str) -> dict[str, str]:
    name = f"{dim}_unit"
    return {str(k): str(v) for k, v in zip(data[dim].values, data[name].values, strict=True)} if name in data else {}


def _files(runs: Sequence[Run]) -> tuple[str, ...]:
    """Stored input files that are not the same in all runs, by their hashes."""
    hashes = [dict(run.manifest.get("hashes", {})) for run in runs]
    return tuple(sorted(name for name in set().union(*hashes) if len({one.get(name) for one in hashes}) > 1))


def _inputs(runs: Sequence[Run]) -> tuple[tuple[Input, ...], dict[str, str]]:
    cases, unread = list[Case | None](), dict[str, str]()
    for run in runs:
        try:
            check_inputs(run)
            cases.append(read_case(run.inputs, overlays=run.overlays))
        except (CaseFaults, CodedError, OSError, ValueError) as error:
            cases.append(None)
            unread[run.name] = f"{type(error).__name__}"
    first = cases[0]
    if first is None:
        return (), unread
    found = [one for run, case in zip(runs[1:], cases[1:], strict=True) if case is not None for one in changed_cells(run.name, first, case)]
    return tuple(found), unread
