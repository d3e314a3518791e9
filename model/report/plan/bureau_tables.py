"""The schedule handed to one bureau: what it leads and what it supports, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import xarray as xr

from model.report.display import spans, tidy
from model.report.plan.plan_tables import by_bureau
from model.report.tables import Table, table
from model.report.words import word
from model.results.money import invested

FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
longest_name = 31


@dataclass(frozen=True)
class BureauTables:
    """One bureau's part of the schedule; `name` is short enough for a sheet and no two are alike."""

    name: str
    leads: Table
    supports: Table


def bureau_tables(results: xr.Dataset, language: str) -> Iterator[BureauTables]:
    """Of every bureau that leads or supports something that is built, by name; none where one bureau has it all."""
    rows = by_bureau(results, language).frame.to_dict("records")
    if not rows:
        return
    money = dict(zip(invested(results)["measure"].values.tolist(), invested(results).values.tolist(), strict=True))
    supported = dict[str, list[dict]]()
    for row in rows:
        row["invested"] = tidy(money[row["_measure"]])
        for bureau in row["_support"]:
            supported.setdefault(bureau, []).append(row)
    names = sorted({row["bureau"] for row in rows} | set(supported))
    heads = list(spans(results).values())
    first = ["measure", "county", "unit", *heads, "total"]
    for place, bureau in enumerate(names if len(names) > 1 else [], 1):
        mine = [row for row in rows if row["bureau"] == bureau]
        yield BureauTables(
            sheet_name(f"{place:02d} {bureau}"),
            table(
                word("title_bureau_leads", language).format(bureau),
                [*first, "invested", "clause"],
                mine,
                [word("note_bureau_leads", language)],
            ),
            table(word("title_bureau_supports", language).format(bureau), [*first, "bureau", "clause"], supported.get(bureau, [])),
        )


def sheet_name(text: str) -> str:
    """At most 31 letters, cut between words where there are any, and none that a spreadsheet forbids.

    >>> sheet_name("01 Agriculture and Rural Affairs Bureau"), sheet_name("02 发展改革委")
    ('01 Agriculture and Rural', '02 发展改革委')
    """
    told = text.translate(FORBIDDEN)
    return told if len(told) <= longest_name else told[: longest_name + 1].rpartition(" ")[0].rstrip() or told[:longest_name]
