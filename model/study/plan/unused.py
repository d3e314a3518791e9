"""Rows of a case that a run with a past could not use as they stand, as plain records: each with its place, what it says and what counts instead."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from model.case.checks import past
from model.case.faults import Fault, by_place
from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import Span, fill_exact
from model.case.read.canonical import Lookup
from model.case.read.case import deciding_from
from model.study.solved.solved_model import Ready, SolvedModel

OF_WHAT = MappingProxyType({"actuals": "measure", "official": "target", "facts": "indicator", "numbers": "item"})
trifle = 1e-6  # of an amount


def unused_records(ready: Ready, plan: SolvedModel) -> list[dict[str, Any]]:
    """Records of {code, file, row, column, found, expected, item, year}, by file and row; `item` and `year` are those the row tells of."""
    case = deciding_from(ready.case, ready.scope.decide_from)
    lookup = Lookup(case)
    found = {
        *past.not_yet_past(case, lookup), *past.official_results(case, ready.scope.dropped), *past.guesses(case, lookup),
        *past.beside_records(case, lookup), *_not_built(ready, plan),
    }  # fmt: skip
    rows = {(place.file, place.row): row for table in OF_WHAT for row, place in past.placed(case, table)}
    return [
        {
            "code": one.code, "file": one.place.file, "row": one.place.row, "column": one.place.column, "found": one.found,
            "expected": one.expected, **_told_of(rows.get((one.place.file, one.place.row))),
        }
        for one in sorted(found, key=by_place)
    ]  # fmt: skip


def _told_of(row: Any) -> dict[str, Any]:
    """The id of what a row tells of, and the year; nothing where its place is not told."""
    if row is None:
        return {}
    cells = dict(row)
    return {"item": next(cells[name] for name in OF_WHAT.values() if cells.get(name)), "year": cells["year"]}


def _not_built(ready: Ready, plan: SolvedModel) -> Iterator[Fault]:
    """Amounts committed to years that are decided, of which the plan could build less."""
    since, timeline = ready.scope.decide_from, ready.scope.timeline
    numbers = Numbers(ready.case, timeline)
    later = [Span(max(span.first, since), span.last) for span in timeline]
    built = plan.solved.decisions["build"].transpose("measure", "build_year")
    for k, amounts in zip(built["measure"].values.tolist(), built.values, strict=True):
        asked = fill_exact(numbers.dated(k, "committed"), later)
        for place, span in enumerate(later):
            if asked[place] > amounts[place] + trifle * max(1.0, asked[place]):
                for row, spot in past.committed(ready.case):
                    if row.item == k and span.first <= row.year <= span.last:
                        share = amounts[place] / asked[place]
                        yield Fault("no_room", spot.at("value"), f"{row.value:g} {row.unit}", f"{row.value * share + 0.0:g} {row.unit}")
