"""The tables of a report as CSV files that Excel opens in either language and never runs."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import Any

from model.report.pages.page import Report
from model.report.tables import Table, table
from model.report.words import word, word_or
from model.results.whole_file import whole_file

NOTES = "notes"
RISKY = ("=", "+", "-", "@", "\t", "\r")
SIGNED = re.compile(r"-|[+-][0-9][0-9,]*(\.[0-9]+)?( ?%)?")  # a dash alone, or one number with its sign: no spreadsheet works these out


def write_csv(folder: Path, report: Report) -> list[Path]:
    """One UTF-8 file (with a byte-order mark) for each table of each page, each whole or not at all, and `notes.csv` with what stands over and
    under them in the workbook; returns the files.

    A text that a spreadsheet could take for a formula is given a leading apostrophe.
    """
    folder.mkdir(exist_ok=True)
    written = []
    for name, part in (report.tables | {NOTES: _notes(report)}).items():
        with whole_file(folder / f"{name}.csv") as partial:
            _write(partial, part, report.language)
        written.append(folder / f"{name}.csv")
    return written


def _notes(report: Report) -> Table:
    """What is said of each table beside its cells: warnings first."""
    rows = [
        {"table": name, "item": part.title, "note": text} for name, part in report.tables.items() for text in (*part.warnings, *part.notes)
    ]
    return table(word("title_notes", report.language), ["table", "item", "note"], rows)


def _write(path: Path, part: Table, language: str) -> None:
    names = [*part.columns, *part.ids]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(word_or(name, language, name)) if isinstance(name, str) else name for name in names])
        writer.writerows(
            [_cell(row[name] if name != "_id" else row[name] or "") for name in names] for row in part.frame.to_dict("records")
        )


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return int(value) if float(value).is_integer() else value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay as they are.

    >>> guarded("=1+1"), guarded("-1+1"), guarded("wind")
    ("'=1+1", "'-1+1", 'wind')
    >>> guarded("-5.2"), guarded("+3.3 %"), guarded("-")
    ('-5.2', '+3.3 %', '-')
    """
    return f"'{text}" if text.startswith(RISKY) and not SIGNED.fullmatch(text) else text
