"""How sure a case's numbers are, for a terminal: counts by table and status, then the estimates that weigh most."""

from __future__ import annotations

import xarray as xr

from model.case.read.case import Case
from model.report.case.source_tables import leaning, sources
from model.report.display import shown
from model.report.layout import columns_of, flowed, plain
from model.report.tables import Table
from model.report.words import word_or

screen_width, note_lines = 110, 6


def sources_text(case: Case, results: xr.Dataset | None, language: str, *, run: str = "", width: int = screen_width) -> str:
    """Both tables with what the ranking means; all of it in GBK."""
    counts, weighty = sources(case, language), leaning(case, results, language, run=run)
    most = (44, 24, *[16] * (len(weighty.frame.columns) - 4), 12, 36)
    lines = ["", *_lines(counts, language, left=1), "", *_lines(weighty, language, left=2, most=most)]
    lines += [line for note in weighty.notes for line in flowed(note, width, lines=note_lines)]
    return plain("\n".join(lines)) + "\n"


def _lines(told: Table, language: str, *, left: int, most: tuple[int, ...] | None = None) -> list[str]:
    names = [str(name) for name in told.frame.columns if not str(name).startswith("_")]
    rows = [[word_or(name, language, name) for name in names]]
    for record in told.frame.to_dict("records"):
        rows.append(
            [
                value if isinstance(value, str) else str(value) if isinstance(value, int) else shown(value)
                for value in map(record.get, names)
            ]
        )
    return [told.title, *columns_of(rows, left=left, most=most[: len(names)] if most else None)]
