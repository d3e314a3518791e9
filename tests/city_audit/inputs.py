"""The tables of a run's `inputs` folder: what a case includes overridden by its own rows, and numbers as paths over the years."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import yaml

from city_audit.units import converted

Row = dict[str, str]
Points = dict[int | None, tuple[float, str]]

KEYS = {
    "numbers": ("item", "quantity", "year"), "flows": ("technology", "commodity", "year"), "effects": ("measure", "item", "until"),
    "accounts": ("indicator", "item", "by", "year"), "curves": ("curve", "age"), "profile_days": ("profile", "period"),
    "coverage": ("kind", "number"), "day_types": ("profile", "id"), "coupling_terms": ("coupling", "item", "by"), "actuals": ("measure", "year"),
}  # fmt: skip
encodings = ("utf-8-sig", "gbk")


@dataclass(frozen=True)
class Inputs:
    """A case's head, its tables (rows of text by table), and its numbers by item and quantity."""

    head: dict
    tables: dict[str, list[Row]]
    numbers: dict[tuple[str, str], Points]

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    @cached_property
    def _ids(self) -> dict[str, dict[str, Row]]:
        return {table: {row["id"]: row for row in rows if "id" in row} for table, rows in self.tables.items()}

    def by_id(self, table: str) -> dict[str, Row]:
        return self._ids.get(table, {})

    def setting(self, name: str, left_out: float) -> float:
        row = self.by_id("settings").get(name)
        return left_out if row is None else float(row["value"])

    def number(self, item: str, quantity: str, unit: str, year: int | None = None, left_out: float = 0.0) -> float:
        """A quantity of an item in a year, in the unit asked for; `left_out` where no row tells it."""
        points = self.numbers.get((item, quantity))
        if not points:
            return left_out
        return on_path({at: converted(value, text, unit) for at, (value, text) in points.items()}, year)


def on_path(points: dict[int | None, float], year: float | None) -> float:
    """The value of a year: straight between the years told, and as at the first and last before and after them.

    >>> on_path({2020: 1.0, 2030: 3.0}, 2025)
    2.0
    """
    if None in points:
        return points[None]
    assert year is not None
    told = sorted((at, value) for at, value in points.items() if at is not None)
    if year <= told[0][0]:
        return told[0][1]
    for (before, low), (after, high) in pairwise(told):
        if year <= after:
            return low + (high - low) * (year - before) / (after - before)
    return told[-1][1]


def read_inputs(folder: Path) -> Inputs:
    """The case stored in `inputs/<case>`, with the folders it includes."""
    head = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    tables: dict[str, dict[tuple, Row]] = {}
    for place in [*(folder / name for name in head.get("include") or ()), folder]:
        for path in sorted(place.resolve().glob("*.csv")):
            table = path.stem.split("-")[0]
            for row in _rows(path):
                tables.setdefault(table, {})[tuple(row.get(name, "") for name in KEYS.get(table, ("id",)))] = row
    rows = {table: list(of_table.values()) for table, of_table in tables.items()}
    numbers: dict[tuple[str, str], Points] = {}
    for row in rows["numbers"]:
        numbers.setdefault((row["item"], row["quantity"]), {})[whole(row["year"])] = (float(row["value"]), row["unit"])
    return Inputs(head, rows, numbers)


def whole(text: str | None) -> int | None:
    """A year or a count; None where the cell is empty."""
    return int(float(text)) if text else None


def _rows(path: Path) -> list[Row]:
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as file:
                return [{name: (cell or "").strip() for name, cell in row.items() if name} for row in csv.DictReader(file)]
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path}: neither of {encodings}")
