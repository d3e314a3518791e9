"""What a solve tells of itself: manifest, targets and measures as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters import Scope
from model.case.parameters.days import SPELL
from model.case.parameters.history import estimates, history_timeline
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.read.case import Case
from model.results.audit import Audit
from model.results.past import counts_of_words, judgements, onward_records, own_judgements, sunk, sunk_later
from model.results.plain import plain
from model.results.shortfalls import past_shortfalls, shortfalls
from model.solve.highs import solver_version
from model.study.plan.forbidding import Forbidding
from model.study.plan.unused import unused_records
from model.study.solved.solved_model import Clock, Ready, SolvedModel

unserved_tolerance = 1e-6
raised_tolerance = 1e-6  # of a potential or pace
moved_tolerance = 1e-4  # of an estimate: less is how the search ended


def manifest_of(
    case: Case, scope: Scope, plan: SolvedModel, checked: Audit, results: xr.Dataset, clock: Clock, baselines: Mapping[str, SolvedModel]
) -> dict[str, Any]:
    status = "unserved" if shortfalls(results) else plan.solution.status
    return {
        "case": case.header.id,
        "status": status,
        "accepted": bool(checked.ok and status == "optimal"),
        **plan.cost.record(),
        "gap": plan.solution.gap,
        "proven_by": plan.solution.proven_by,
        "baselines": {name: {**solved_model.cost.record(), "gap": solved_model.solution.gap} for name, solved_model in baselines.items()},
        "seconds": {name: round(value, 3) for name, value in clock.seconds.items()},
        "columns": int(plan.matrix.A.shape[1]),
        "rows": int(plan.matrix.A.shape[0]),
        "integers": int(plan.matrix.integer.sum()),
        "days": int(plan.solved.parameters.sizes["day"]),
        "stress_days": sum(str(day).startswith(SPELL) for day in plan.solved.parameters["day"].values),
        "decide_from": scope.decide_from,
        "span_rule": scope.span_rule,
        "payments": scope.payments,
        "targets": target_records(results),
        "unenforced": unenforced_records(results),
        "measures": measure_records(results),
        "audit": {"ok": checked.ok, "worst": checked.worst, "rules": {finding.rule: finding.worst for finding in checked.findings}},
        "solver": {"name": "HiGHS", "version": solver_version()},
    }


def target_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Targets as plain records, slack ≥ 0 means met, in the target's own unit; of years before decisions begin also how they are judged, the

    verdict and the published amount in the place of the model's.
    """
    names = {
        "id": "row_target", "year": "row_year", "sense": "row_sense", "value": "value", "required": "required", "achieved": "achieved",
        "slack": "slack_in_unit", "binding": "binding", "met": "met", "enforced": "row_enforced", "unit": "row_unit", "price": "row_price", "relaxed": "row_relaxed",
    }  # fmt: skip
    columns = {key: results.variables[name].values.tolist() for key, name in names.items()}
    told = {(one["target"], one["year"]): one for one in judgements(results)}
    made = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [one | _judged(one, told[one["id"], one["year"]]) if (one["id"], one["year"]) in told else one for one in made]


def _judged(row: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What a judgement puts in the place of what the model says of a target in a past year."""
    made = {"met": told["met"], "verdict": told["verdict"], "judged_by": told["by"], "document": told["document"]}
    if told["achieved_by"] == "model":
        return made
    over = told["achieved"] - row["required"]
    return made | {"achieved": told["achieved"], "slack": over if row["sense"] == ">=" else -over if row["sense"] == "<=" else -abs(over)}


def unenforced_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Targets that the plan is not held to in any of the years in which they hold, or in some: the reason, and those years."""
    columns = (results[f"unenforced_{name}"].values.tolist() for name in ("target", "reason", "years"))
    return [
        {"id": target, "reason": reason, "years": [int(year) for year in years.split(";") if year]}
        for target, reason, years in zip(*columns, strict=True)
    ]


def measure_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Builds and levels of every measure and year in which there is any."""
    build = results["build"].rename(build_year="year").transpose("measure", "year")
    level = results["level"].transpose("measure", "year")
    return [
        {"id": str(k), "year": int(y), "build": float(build.values[i, j]), "level": float(level.values[i, j])}
        for i, k in enumerate(results["measure"].values)
        for j, y in enumerate(results["year"].values)
        if abs(build.values[i, j]) > 1e-9 or abs(level.values[i, j]) > 1e-9
    ]


def relaxed_records(targets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of targets as records, those in force that are not met: what a negotiated plan relaxes. `clash` False: not even by itself could it be met."""
    return [
        {
            "target": one["id"],
            "year": one["year"],
            "asked": one["required"],
            "given": one["achieved"],
            "unit": one["unit"],
            "clash": one["relaxed"],
        }
        for one in targets
        if one["enforced"] and not one["met"]
    ]


def past_record(ready: Ready, plan: SolvedModel, results: xr.Dataset, limits: Forbidding, *, asked: bool) -> dict[str, Any]:
    """What the manifest says of a run whose decisions begin after its first year; one to which a target of a later date is out of reach has that
    status, where all targets were `asked` of it. `limits` are those that forbid a target even by itself.
    """
    assert ready.past is not None
    onward, since = onward_records(results), ready.scope.decide_from
    onward = [{**one, "limits": limits.get(one["target"], [])} for one in onward]
    built = (plan.solved.parameters, results["build"], since)
    told = {
        "history": ready.case.header.history, "words": counts_of_words(results), "judged": plain(judgements(results)), "targets": _verdicts(results), "onward": onward,
        "raised": _raised(ready, plan), "behind": _behind(ready, plan), "couplings": _eased_couplings(ready, plan), "short": [asdict(one) for one in past_shortfalls(results)], "short_cost": _short_cost(ready, plan), "moved": _moved(ready, plan),
        "sunk": sunk(*built), "sunk_later": sunk_later(*built), "unused": unused_records(ready, plan),
    }  # fmt: skip
    late = asked and any(one["dated"] >= since for one in onward)
    return {"past": told} | ({"status": "out_of_reach", "accepted": False} if late and plan.solution.status == "optimal" else {})


def _verdicts(results: xr.Dataset) -> dict[str, dict[str, Any]]:
    """{target: the year of its own, its verdict there and who says so}."""
    names = ("year", "verdict", "by", "document")
    return {t: {name: one[name] for name in names} for t, one in own_judgements(results).items()}


def _raised(ready: Ready, plan: SolvedModel) -> list[dict[str, Any]]:
    """Measures of which a record or an estimate has more than the case says there can be, in all (`potential`) or a year (`pace`): the first year of it.

    `told` is what the case says, `stands` what stands or was built a year, both in canonical units of the measure; `by` is which of the two
    exceeds it.
    """
    assert ready.past is not None
    p, numbers, found = plan.solved.parameters, Numbers(ready.case, ready.scope.timeline), list[dict[str, Any]]()
    potential, built = (
        p["potential"].transpose("measure", "year").values,
        plan.solved.decisions["build"].transpose("measure", "build_year").values,
    )
    years = [span.last for span in ready.scope.timeline]
    a_year = np.array([1 / span.years if span.last < ready.scope.decide_from else 0.0 for span in ready.scope.timeline])
    for place, k in enumerate(p["measure"].values.tolist()):
        for what, stands in (("potential", potential[place]), ("pace", built[place] * a_year)):
            told = numbers.path("measures", k, what, missing=NO_LIMIT)
            over = [
                at
                for at in np.flatnonzero(stands > told * (1 + raised_tolerance))
                if ready.past.words.get((k, years[at])) in ("record", "estimate")
            ]
            if len(over):
                found.append(
                    {
                        "measure": k, "what": what, "year": years[over[0]], "told": float(told[over[0]]), "stands": float(stands[over[0]]),
                        "by": ready.past.words[k, years[over[0]]],
                    }
                )  # fmt: skip
    return found


def _behind(ready: Ready, plan: SolvedModel) -> list[dict[str, Any]]:
    """Least amounts in force (`told`) that what was built leaves out of reach, and what is held instead (`held`), canonical units: a row a measure and decided year."""
    p, numbers = plan.solved.parameters, Numbers(ready.case, ready.scope.timeline)
    least, years = p["minimum"].transpose("measure", "year").values, [span.last for span in ready.scope.timeline]
    found = list[dict[str, Any]]()
    for held, k in zip(least, p["measure"].values.tolist(), strict=True):
        told = numbers.path("measures", k, "minimum")
        over = np.flatnonzero(told - held > raised_tolerance * np.maximum(1.0, told))
        found += [
            {"measure": k, "year": years[at], "told": float(told[at]), "held": float(held[at])}
            for at in over
            if years[at] >= ready.scope.decide_from
        ]
    return found


def _moved(ready: Ready, plan: SolvedModel) -> list[dict[str, Any]]:
    """Estimates that stand at another value of their range than the row gives: what stands, the row's value, low and high, canonical units."""
    assert ready.past is not None
    built, words = plan.solved.decisions["build"], ready.past.words
    whole, found = set(built["build_year"].values.tolist()), list[dict[str, Any]]()  # a year that cuts a span in two is none of its own
    for (k, year), told in estimates(ready.case, history_timeline(ready.scope.timeline, ready.scope.decide_from)).items():
        stands = float(built.sel(measure=k, build_year=year)) if year in whole else told.value
        apart = abs(stands - told.value) > max(raised_tolerance, moved_tolerance * abs(told.value))
        if apart and words.get((k, year), "estimate") == "estimate":
            found.append({"measure": k, "year": year, "stands": stands, "row": told.value, "low": told.low, "high": told.high})
    return found


def _short_cost(ready: Ready, plan: SolvedModel) -> float:
    """Present value of what the years before decisions begin leave short, part of every plan's cost, 亿元."""
    p, decisions = plan.solved.parameters, plan.solved.decisions
    price = p["value_of_lost_load"]
    yearly = (price * decisions["unserved"]).sum("commodity") + float(price.max()) * decisions["firm_shortfall"]
    return float((p["discount"] * yearly).where(p["year"] < ready.scope.decide_from, 0.0).sum())


def _eased_couplings(ready: Ready, plan: SolvedModel) -> list[dict[str, Any]]:
    """Couplings that what was built before decisions begin leaves no room: the first year of it, what the case says (`told`) and what
    stood (`stands`), in the coupling's canonical unit."""
    numbers, limits = (
        Numbers(ready.case, ready.scope.timeline),
        plan.solved.parameters["coupling_limit"].transpose("coupling", "year").values,
    )
    rows = {row.id: row for row in ready.case.tables["couplings"]}
    years, found = [span.last for span in ready.scope.timeline], list[dict[str, Any]]()
    for path, name in zip(limits, plan.solved.parameters["coupling_id"].values.tolist(), strict=True):
        row, told = rows[name], numbers.canonical("couplings", rows[name])
        over = [
            at for at in np.flatnonzero(np.abs(path - told) > raised_tolerance * max(1.0, abs(told))) if years[at] < ready.scope.decide_from
        ]
        if over:
            found.append(
                {
                    "coupling": name, "label_en": row.label_en, "label_zh": row.label_zh, "year": years[over[0]], "told": float(told),
                    "stands": float(path[over[0]]),
                }
            )  # fmt: skip
    return found
