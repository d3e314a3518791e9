"""What `--json` says of cases, faults and runs, as plain records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model.case.faults import Fault
from model.case.read.case import Case, read_tables
from model.case.read.header import headers_in
from model.case.read.overlays import overlays_of
from model.report.case.source_tables import leaning_records, source_counts
from model.report.fault_text import fault_sentence
from model.report.plan.outcome import difference_records
from model.results.next_years import has_next, next_record
from model.results.plan_cost import plan_cost
from model.results.run import Run, damaged_files
from model.results.shortfalls import shortfalls
from model.results.transfers import society


def case_records(data: Sequence[Path]) -> list[dict[str, Any]]:
    """One record for each case in the folders `data`, also for those with faults."""
    records = []
    for header in headers_in(data):
        case, faults = read_tables(header.parent, data)
        years = case.header.years
        records.append(
            {
                "case": header.parent.name, "folder": str(header.parent), "label_en": case.header.label_en, "label_zh": case.header.label_zh,
                "overlays": list(overlays_of(header.parent)),
                "years": f"{years[0]}-{years[-1]}" if years else "", "faults": len(faults),
                **{name: len(case.tables[name]) for name in ("measures", "technologies", "targets", "clauses", "numbers")},
            }
        )  # fmt: skip
    return records


def fault_records(faults: Iterable[Fault], language: str) -> list[dict[str, Any]]:
    """One record for each fault, with its sentence."""
    return [
        {
            "code": fault.code, "file": fault.place.file, "row": fault.place.row, "column": fault.place.column, "cell": fault.place.cell,
            "found": fault.found, "expected": fault.expected, "nearest": fault.nearest, "message": fault_sentence(fault, language),
        }
        for fault in faults
    ]  # fmt: skip


def clash_records(case: Case) -> list[dict[str, Any]]:
    """One record for each row or setting that several of the overlays of a case give, the one that counts last."""
    return [{**asdict(one), "overlays": list(one.overlays)} for one in case.clashes]


def sources_record(case: Case, run: Run | None) -> dict[str, Any]:
    """How a case's numbers are known, and the estimates that weigh most in a run, or by their width where there is none."""
    counts = {name: dict(found) for name, found in source_counts(case).items()}
    return {"tables": counts, "run": run.name if run else None, "leaning": leaning_records(case, run.results if run else None)}


def run_record(run: Run) -> dict[str, Any]:
    """All that the manifest says, what the plan costs over its baselines and society, what it leaves short, what the next years ask, and where the run lies."""
    differences, short = difference_records(run.results, run.manifest), [asdict(one) for one in shortfalls(run.results)]
    past = {"next": next_record(run.results, run.manifest["past"])} if has_next(run.results) else {}
    moved = {"society": found} if (found := society(run.results)) else {}
    return {**run.manifest, "differences": differences, **moved, "shortfalls": short, **past, "run": str(run.folder)}


def run_records(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """One record for each run; `damaged` are the files of its results that are not what was stored."""
    names = ("case", "created", "status", "objective", "gap")
    return [
        {
            "run": run.name, **{name: run.manifest.get(name) for name in names}, "cost": plan_cost(run.manifest).value, "damaged": damaged_files(run),
        }
        for run in runs
    ]  # fmt: skip
