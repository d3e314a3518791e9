"""The tables of a report as CSV files that Excel opens in either language and never runs."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.report.pages.page import Report
from model.report.tables import Table, table
from model.report.words import word, word_or
from model.report.writers.datapackage import described_table, write_package
from model.results.whole_file import whole_file

NOTES = "notes"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(folder: Path, report: Report) -> list[Path]:
    """One UTF-8 file (with a byte-order mark) for each table of each page, each whole or not at all, and `notes.csv` with what stands over and
    under them in the workbook; returns the files. `datapackage.json` beside them says what each column is.

    A text that a spreadsheet could take for a formula is given a leading apostrophe.
    """
    folder.mkdir(exist_ok=True)
    written, resources = [], []
    for name, part in (report.tables | {NOTES: _notes(report)}).items():
        heads, rows = written_cells(part, report.language)
        with whole_file(folder / f"{name}.csv") as partial:
            _write(partial, heads, rows)
        written.append(folder / f"{name}.csv")
        resources.append(described_table(written[-1], part, heads, rows, report.language))
    write_package(folder, report, resources)
    return written


def _notes(report: Report) -> Table:
    """What is said of each table beside its cells: warnings first."""
    rows = [
        {"table": name, "item": part.title, "note": text} for name, part in report.tables.items() for text in (*part.warnings, *part.notes)
    ]
    return table(word("title_notes", report.language), ["table", "item", "note"], rows)


def written_cells(part: Table, language: str) -> tuple[list[Any], list[list[Any]]]:
    """The headings and the rows of a table as its file has them."""
    names = [*part.columns, *part.ids]
    heads = [guarded(word_or(name, language, name)) if isinstance(name, str) else name for name in names]
    return heads, [[_cell(row[name] if name != "_id" else row[name] or "") for name in names] for row in part.frame.to_dict("records")]


def _write(path: Path, heads: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return int(value) if float(value).is_integer() else value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay as they are.

    >>> guarded("=1+1"), guarded("-5.2"), guarded("wind")
    ("'=1+1", '-5.2', 'wind')
    """
    if not text.startswith(RISKY):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
