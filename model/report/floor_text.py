"""What is said of builds that stand because their group may not fall faster."""

from __future__ import annotations

from collections.abc import Collection

import xarray as xr

from model.report.display import shown, spans
from model.report.words import word
from model.results.floors import Floor, floors


def floor_said(floor: Floor, language: str) -> str:
    """By how much the group may fall at most, and how that is known."""
    return word("floor_said", language).format(shown(100 * floor.down, 0), word(f"status_{floor.status}", language))


def floor_notes(results: xr.Dataset, language: str, years: Collection[int] | None = None) -> dict[str, str]:
    """{measure: the years in which it stands so, of those asked for, and by how much its group may fall}."""
    heads, mine = spans(results), dict[str, dict[str, list[str]]]()
    for (measure, year), floor in sorted(floors(results).items()):
        if years is None or year in years:
            mine.setdefault(measure, {}).setdefault(floor_said(floor, language), []).append(str(heads[year]))
    comma, colon = word("comma", language), word("colon", language)
    return {
        measure: word("separator", language).join(f"{comma.join(when)}{colon}{said}" for said, when in told.items())
        for measure, told in mine.items()
    }
