"""A table for other programs as one CSV file, whole or not at all: no byte-order mark, no text that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from model.report.writers.tables_csv import guarded
from model.results.whole_file import whole_file


def write_rows(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    """The heading and the rows; what is no number is left empty. Raises OSError where the file cannot be written."""
    with whole_file(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    return "" if isinstance(value, float) and math.isnan(value) else value
