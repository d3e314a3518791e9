"""The CSV tables of a case as rows of text, read by nothing but the standard library."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Cells = dict[str, str]


@dataclass(frozen=True)
class Tables:
    """The head of a case, and its tables by name; a table that is not there is empty."""

    head: dict[str, Any]
    rows: dict[str, list[Cells]]

    def of(self, table: str) -> list[Cells]:
        return self.rows.get(table, [])

    def find(self, table: str, name: str) -> Cells | None:
        return next((row for row in self.of(table) if row["id"] == name), None)

    def table_of(self, name: str) -> str:
        """The table in which an id stands."""
        return next(table for table, rows in self.rows.items() if any(row.get("id") == name for row in rows))


BY_THE_HOUR = ("dispatch", "committed", "variable", "storage")
ADD_ONS = ("saving", "flexibility")


def read_tables(folder: Path) -> Tables:
    """All tables of a folder."""
    head = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    return tables_of(
        head, {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in sorted(folder.glob("*.csv"))}
    )


def tables_of(head: dict[str, Any], rows: dict[str, list[Cells]]) -> Tables:
    """The tables with their units: what runs or is balanced by the hour, and add-ons on it, are counted in GW and TWh."""
    for row in rows.get("technologies", []):
        if row["operation"] in BY_THE_HOUR:
            row |= {"capacity_unit": "GW", "activity_unit": "TWh"}
        elif row["operation"] == "reservoir":
            row |= {"capacity_unit": "GWh", "activity_unit": "TWh"}
    hosts = {row["id"]: row for row in rows.get("technologies", [])}
    for row in rows.get("technologies", []):
        if row["operation"] in ADD_ONS:
            row |= {unit: hosts[row["host"]][unit] for unit in ("capacity_unit", "activity_unit")}
    for row in rows.get("commodities", []):
        if row["balance"] == "hourly":
            row["unit"] = "TWh"
    return Tables(head, rows)


def is_yes(text: str | None) -> bool:
    return text == "yes"


def whole_number(text: str | None) -> int | None:
    return int(text) if text else None
