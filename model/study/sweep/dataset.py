"""The Dataset of a finished sweep: what each scenario sets, every name in both languages, what explains the outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import xarray as xr

from model.case.change.change_text import Change
from model.case.change.levers import MOVED, lever_labels, lever_of, levers
from model.case.read.case import Case
from model.case.read.labels import labels
from model.results.effects import COST, Outcome, outcome_of, values_of
from model.results.study import labels_along
from model.study.sweep.design import SAMPLES, Design

ITEM = re.compile(r"[a-z][a-z0-9_]*")


def dataset(case: Case, answers: xr.Dataset, design: Design, *, study: str, on: Sequence[str]) -> xr.Dataset:
    """The answers by scenario with `set_value` (scenario, lever), ranges, units and labels; of samples also `analysis`.

    `on` are the outcomes, beside cost, whose causes are sought; each once, however often and by whichever name it is asked for.
    """
    results = _named(case, _with_levers(case, answers, design))
    on = _once(results, on)
    if design.kind in SAMPLES:
        results = with_analysis(results, design, [COST, *on])
    return results.assign_attrs(study=study, kind=design.kind, seed=design.seed, on=";".join(on))


def _once(results: xr.Dataset, on: Sequence[str]) -> list[str]:
    """Outcomes by the names under which they were first asked for, without cost, which is always told."""
    found = dict[Outcome, str]()
    for name in on:
        found.setdefault(outcome_of(results, name), name)
    return [name for outcome, name in found.items() if outcome.kind != COST]


def _with_levers(case: Case, results: xr.Dataset, design: Design) -> xr.Dataset:
    """What each scenario sets, and of each number its range, unit and label."""
    names, known = list(design.names), {lever.name: lever for lever in levers(case)}
    units, told = _units(case, names), [dict[str, None]() for _ in names]
    place = {name: at for at, name in enumerate(names)}
    values = np.full((results.sizes["scenario"], len(names)), np.nan)
    for row, scenario in enumerate(design.scenarios, 1):
        for shift in scenario.shifts:
            lever = known[shift.lever]
            values[row, place[shift.lever]] = lever.low + shift.share * (lever.high - lever.low)
        for change in scenario.changes:
            at = place[change.name]
            values[row, at] = change.value
            told[at][_unit(change, units[at])] = None
    units = ["; ".join(kinds) or unit for kinds, unit in zip(told, units, strict=True)]
    spoken = [lever_labels(case, name) for name in names]
    nothing = (np.nan, np.nan, np.nan)
    ranges = [(known[n].low, known[n].value, known[n].high) if n in known else nothing for n in names]
    low, value, high = np.array(ranges).reshape(-1, 3).T
    added = {
        "set_value": (("scenario", "lever"), values),
        "lever_low": ("lever", low), "lever_value": ("lever", value), "lever_high": ("lever", high), "lever_unit": ("lever", np.array(units, dtype=str)),
        "lever_label_en": ("lever", np.array([en for en, _ in spoken], dtype=str)), "lever_label_zh": ("lever", np.array([zh for _, zh in spoken], dtype=str)),
    }  # fmt: skip
    return results.assign(added).assign_coords(lever=np.array(names, dtype=str))


def _unit(change: Change, own: str) -> str:
    """In what the value of a change is told: its unit, or how it moves the number."""
    unit = change.unit or own
    return {"set": unit, "times": "x", "percent": "%", "add": f"+ {unit}"}[change.way]


def _units(case: Case, names: Sequence[str]) -> list[str]:
    """The unit in which each number stands in its table."""
    by_path = {lever_of(table, row): str(row.unit) for table in MOVED for row in case.tables[table]}
    return [by_path.get(name.partition("@")[0], "") for name in names]


def _named(case: Case, results: xr.Dataset) -> xr.Dataset:
    """Labels and units of indicators and measures, and of what clashes, so that the study reads without its tables."""
    known = labels(case)
    wanted, spoken = labels_along(known, results), {}
    for language in ("en", "zh"):
        of = dict(zip(known["origin"].values.tolist(), known[f"origin_label_{language}"].values.tolist(), strict=True))
        texts = [ITEM.sub(lambda name, of=of: of.get(name[0], name[0]), clash or limits) for clash, limits in _clashes(results)]  # type: ignore[misc]
        spoken[f"clash_label_{language}"] = ("scenario", np.array(texts, dtype=str))
    return results.merge(wanted, combine_attrs="override").assign(spoken).assign_attrs(known.attrs)


def _clashes(results: xr.Dataset) -> list[tuple[str, str]]:
    return list(zip(results["clash"].values.tolist(), results["limits"].values.tolist(), strict=True))


def with_analysis(results: xr.Dataset, design: Design, asked: Sequence[str]) -> xr.Dataset:
    """What SALib makes of each outcome: `analysis` (outcome, lever, figure), and how many scenarios it could use."""
    from model.study.sweep.sampling import FIGURES, analysed  # SALib takes two seconds to load

    shares = np.array([[shift.share for shift in scenario.shifts] for scenario in design.scenarios])
    figures, used, tables = FIGURES[design.kind], [], []
    for name in asked:
        outcome = values_of(results, outcome_of(results, name)).values[1:]
        told_of, count = analysed(design.kind, design.names, shares, outcome, seed=design.seed)
        tables.append(np.array([told_of[figure] for figure in figures]).T)
        used.append(count)
    added = {"analysis": (("outcome", "lever", "figure"), np.array(tables)), "analysis_used": ("outcome", np.array(used))}
    return results.assign(added).assign_coords(outcome=np.array(asked, dtype=str), figure=np.array(figures, dtype=str))
