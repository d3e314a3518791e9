"""The coverage of a plan for a terminal: each clause, its words, what models them or why not, and the totals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import xarray as xr

from model.case.checks.coverage import unnamed
from model.case.read.case import Case
from model.report.case.coverage_tables import awaiting, coverage, coverage_totals, labels_of
from model.report.layout import columns_of, screen
from model.report.units import spelled_unit
from model.report.words import counted, word


def coverage_text(case: Case, language: str, results: xr.Dataset | None = None, *, run: str = "") -> str:
    """Every clause with its rows, then the totals; with a run what it acts on."""
    lines = [word("line_acted_in", language).format(run), ""] if results is not None else []
    for clause, rows in groupby(coverage(case, language, results).frame.to_dict("records"), key=lambda row: row["clause"]):
        lines += [clause, *(line for row in rows for line in _lines(row, language)), ""]
    totals = coverage_totals(case, language, results).frame
    heads = [word(str(name), language) for name in totals.columns]
    cells = [[str(value) for value in row] for row in totals.to_numpy().tolist()]
    return screen([*lines, *columns_of(heads, cells, left=1, indent=""), *_unnamed(case, language)])


def _unnamed(case: Case, language: str) -> Iterator[str]:
    """The case's targets and measures for which the plan's text has no row."""
    for table, ids in unnamed(case).items():
        if ids:
            told = word("line_unnamed", language).format(word(f"named_{table}", language), len(ids), word("separator", language).join(ids))
            yield told


def awaiting_text(case: Case, language: str) -> str:
    """The targets that await their number and how to set it; empty where none does."""
    names = labels_of(case, language)
    rows = [[f"--set {row.id}.value=…", spelled_unit(row.unit, language), names[row.id]] for row in awaiting(case)]
    if not rows:
        return ""
    head = counted("line_awaiting_set", len(rows), language)
    return screen([head, *columns_of((), rows, left=3, fixed=2)])


def _lines(row: dict[str, Any], language: str) -> Iterator[str]:
    colon = word("colon", language)
    state = word("comma", language).join(part for part in (row["state"], row.get("acted_on", "")) if part)
    told = f"{state}{colon}{row['modelled_by'] or row['reason']}"
    moved = f"  [{row['moves']}]" if row["moves"] else ""
    yield f"  {row['entry_kind']} {row['number']}{colon}{row['quote']}"
    yield f"    -> {told}{moved}"
