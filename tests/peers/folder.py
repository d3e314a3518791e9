"""A case as a folder of tables, from a few words a row: labels are the ids, every number has the source of its case."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from model.case.tables.columns import Quantified
from model.case.tables.rows import TABLES

Cell = str | float | int
Rows = Sequence[Sequence[Cell]]
Tables = Mapping[str, tuple[str, Rows]]  # table: its columns, separated by spaces, and its rows

HEADER = """\
id: {id}
label_en: {id}
label_zh: {id}
base_year: {base_year}
years: [{years}]
price_year: {base_year}
days: {days}
payments: {payments}
"""


def write_tables(
    folder: Path, tables: Tables, *, source: str, base_year: int, years: Iterable[int], days: int = 1, payments: str = "end"
) -> Path:
    """The folder with `case.yaml` and a file a table. Where rows have an id, it is their label in both languages too."""
    folder.mkdir(parents=True)
    header = HEADER.format(id=folder.name, base_year=base_year, years=", ".join(map(str, years)), days=days, payments=payments)
    (folder / "case.yaml").write_text(header, encoding="utf-8")
    for table, (names, rows) in tables.items():
        columns = names.split()
        labels = ["label_en", "label_zh"] if "label_en" in TABLES[table].model_fields else []
        known = [*columns, *labels, *(["status", "source"] if issubclass(TABLES[table], Quantified) else [])]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(known)
            writer.writerows([*row, *([row[0]] * len(labels)), "sourced", source][: len(known)] for row in rows)
    return folder
