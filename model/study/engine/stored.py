"""What a stored study says of its case, options and reference, written and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.case.change.change import changed, parse_change
from model.case.parameters.day_choice import day_choice, written
from model.case.read.case import Case, deciding_from, read_case
from model.results.run import RunError
from model.results.study import StoredStudy
from model.study.solved.solved_model import Options, SolvedModel

same_reference = 1e-9


def case_in(stored: StoredStudy) -> Case:
    """The case as the study has it."""
    read = deciding_from(read_case(stored.inputs, overlays=stored.overlays), stored.content["options"]["decide_from"])
    return changed(read, [parse_change(text) for text in stored.content["changes"]])


def options_record(options: Options) -> dict[str, Any]:
    """What decides about answers; no limit of time is None."""
    limit = None if options.time_limit == float("inf") else options.time_limit
    return {
        "days": written(options.days), "decide_from": options.decide_from, "gap": options.gap, "time_limit": limit, "dropped": sorted(options.dropped),
    }  # fmt: skip


def options_from(record: Mapping[str, Any]) -> Options:
    limit = float("inf") if record["time_limit"] is None else float(record["time_limit"])
    return Options(
        days=day_choice(record["days"]),
        decide_from=record["decide_from"],
        gap=record["gap"],
        time_limit=limit,
        dropped=frozenset(record["dropped"]),
    )


def check_reference(stored: StoredStudy, plan: SolvedModel) -> None:
    """Raises RunError when the reference does not cost what it cost when the study began."""
    before, now = float(stored.content["reference"]["objective"]), float(plan.solution.objective)
    if abs(now - before) > same_reference * max(1.0, abs(before)):
        raise RunError("reference_costs_otherwise", folder=stored.folder, now=f"{now:.9g}", before=f"{before:.9g}")
