"""A table as lines of a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from model.report.display import decimals, shown
from model.report.layout import columns_of
from model.report.tables import SAME_UNIT, Table
from model.report.words import word, word_or

most_places = 9


def table_lines(
    part: Table, language: str, *, most: int = 20, left_out: Sequence[str] = (), keys: Sequence[str] = (), distinct: str = ""
) -> list[str]:
    """Title, header, at most so many rows, notes; columns that start with `_` and those left out are not shown.

    `keys` are the columns that tell the rows apart where the first does not: beside it they stand again in what has no room and stands below.
    Numbers in the column `distinct` have as many decimals as it takes to see that they differ.
    """
    names = [name for name in part.columns if name not in left_out]
    records = part.frame.to_dict("records")
    if not records:
        return [part.title, f"  {word('none', language)}"]
    texts = [name for name in names if any(isinstance(record[name], str) for record in records)]
    ordered = [*texts, *(name for name in names if name not in texts)] if texts and names[0] in texts else names
    mixed = "unit" in names and len({record["unit"] for record in records}) > 1
    places = {name: None if mixed and name not in SAME_UNIT else _places([record[name] for record in records]) for name in ordered}
    if distinct:
        places[distinct] = _places_apart([record[distinct] for record in records])
    heading = [word_or(str(name), language, str(name)) for name in ordered]
    rows = [[_cell(record[name], places[name]) for name in ordered] for record in records[:most]]
    told_by = [at for at, name in enumerate(ordered) if at == 0 or name in keys]
    lines = [part.title, *columns_of(heading, rows, left=_left(ordered, texts), keys=told_by)]
    if len(records) > most:
        lines.append(f"  {word('line_more', language).format(len(records) - most)}")
    return [*lines, *(f"  {note}" for note in (*part.notes, *part.warnings))]


def _left(ordered: Sequence[Any], texts: Sequence[Any]) -> int:
    """How many of the first columns are text."""
    return next((at for at, name in enumerate(ordered) if name not in texts), len(ordered))


def _places(values: Sequence[Any]) -> int:
    numbers = [float(value) for value in values if isinstance(value, int | float) and math.isfinite(value)]
    return decimals(numbers) if not all(number == round(number) for number in numbers) else 0


def _places_apart(values: Sequence[float]) -> int:
    least = _places(values)
    enough = (places for places in range(least, most_places) if len({shown(value, places) for value in values}) == len(set(values)))
    return next(enough, most_places)


def _cell(value: Any, places: int | None) -> str:
    if isinstance(value, str):
        return value
    if value is None or not math.isfinite(value):
        return "-"
    if places is None and not isinstance(value, int):
        return shown(float(value), 0 if value == round(value) else None)
    return str(int(value)) if isinstance(value, int) else shown(float(value), places)
