"""When each named unit is begun and comes into force, or is closed: the calendar of whole units."""

from __future__ import annotations

import xarray as xr

from model.report.display import attributes
from model.report.tables import Table, named_units, table
from model.report.words import word

KINDS = ("retire", "replace", "build", "retrofit", "buy", "plant")
COLUMNS = ("unit_name", "measure", "kind", "begin", "in_force", "bureau", "note")


def unit_calendar(results: xr.Dataset, language: str) -> Table:
    """One row for each unit of a list by name, in the order of beginning: `begin` is the year in which it must be begun for its lead time, `in_force` the
    year or span from which it counts. The mark `_until` is the last year of that.
    """
    leads, kinds = attributes(results, "measure", "measure_lead_time"), attributes(results, "measure", "measure_kind")
    rows = []
    for place, row in enumerate(named_units(results, language, KINDS, "title_unit_calendar").frame.to_dict("records")):
        first, last = int(str(row["year"])[:4]), int(str(row["year"])[-4:])
        begin = first - int(leads.get(row["_id"], 0))
        rows.append(
            {
                **{name: row[name] for name in ("unit_name", "measure", "kind", "bureau", "note", "_illustrative", "_id")},
                "begin": begin, "in_force": str(row["year"]), "_until": last, "_kind": kinds[row["_id"]], "_order": (begin, last, place),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row.pop("_order"))
    return table(word("title_unit_calendar", language), COLUMNS, rows, [word("note_unit_calendar", language)] if rows else [])
