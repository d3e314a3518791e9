"""Clause by clause: the words of the plan, what models them, or the reason why nothing can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import xarray as xr

from model.case.checks.trace import Trace
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.report.display import natural
from model.report.tables import Table, table
from model.report.words import said, word
from model.results.acted import STATES, Acted, acted

KINDS = ("clause", "target", "measure")
State = Literal["modelled", "claimed", "reason"]


@dataclass(frozen=True)
class Covered:
    """One row of the coverage. `moves[item]` is {kind of end: the way to it}; `claimed` names items, none of which moves anything."""

    row: Any
    moves: dict[str, dict[str, tuple[str, ...]]]

    @property
    def state(self) -> State:
        if not self.row.items:
            return "reason"
        return "modelled" if any(self.moves.values()) else "claimed"


def covered(case: Case) -> list[Covered]:
    """Every row of the coverage with what its items move, in the order of the plan's clauses; the clause itself comes first."""
    trace = Trace(case)
    rows = sorted(case.tables["coverage"], key=lambda row: (natural(row.clause), KINDS.index(row.kind), row.number))
    return [Covered(row, {item: trace.ends(item) for item in row.items}) for row in rows]


def coverage(case: Case, language: str, results: xr.Dataset | None = None) -> Table:
    """Clause × row of the plan: its words, what models it, what that moves, or why not; of a run also whether it acts on it."""
    names, lookup = labels_of(case, language), Lookup(case)
    told = acted(case, results) if results is not None else {}
    for target in awaiting(case):
        names[target.id] = word("awaiting_label", language).format(names[target.id])
    rows = []
    for one in covered(case):
        row = one.row
        ends = {kind for found in one.moves.values() for kind in found}
        rows.append(
            {
                "clause": names.get(row.clause, row.clause), "entry_kind": word(f"entry_{row.kind}", language), "number": row.number,
                "quote": said(row, "words", language),
                "state": word(f"coverage_{'context' if one.state == 'reason' and row.context else one.state}", language),
                "modelled_by": word("separator", language).join(names.get(lookup.resolved(item) or item, item) for item in row.items),
                "acted_on": word(f"acted_{told[row.kind, row.number].state}", language) if (row.kind, row.number) in told else "",
                "moves": word("separator", language).join(word(f"end_{kind}", language) for kind in ENDS_SHOWN if kind in ends),
                "reason": said(row, "reason", language),
                "_state": "out_of_reach" if one.state == "claimed" else False, "_total": row.kind == "clause",
            }
        )  # fmt: skip
    columns = ["clause", "entry_kind", "number", "quote", "state", *(["acted_on"] if told else []), "modelled_by", "moves", "reason"]
    rows = [{name: value for name, value in row.items() if name in columns or name.startswith("_")} for row in rows]
    notes = [word("note_coverage", language), *([word("note_acted", language)] if told else [])]
    return table(word("title_coverage", language), columns, rows, notes)


ENDS_SHOWN = ("energy", "co2", "pollutant", "target")


def coverage_records(case: Case, results: xr.Dataset | None = None) -> list[dict[str, Any]]:
    """One record for each row of the coverage; each item with the kinds of end it moves and the way to each; of a run also what it acts on."""
    told = acted(case, results) if results is not None else {}
    return [
        {
            **_acted(told.get((one.row.kind, one.row.number))), **{name: value for name, value in dict(one.row).items() if name != "items"}, "state": one.state,
            "items": [{"id": item, "moves": {kind: list(way) for kind, way in found.items()}} for item, found in one.moves.items()],
        }
        for one in covered(case)
    ]  # fmt: skip


def _acted(one: Acted | None) -> dict[str, Any]:
    return {"acted": one.state, "measures": list(one.measures), "taken_up": list(one.taken)} if one is not None else {}


def coverage_counts(case: Case, results: xr.Dataset | None = None) -> list[dict[str, Any]]:
    """One record for each kind: rows = modelled + claimed + reasons + context, where context rows are counted apart; of a run the modelled ones
    also by what it makes of them.
    """
    found, told = covered(case), acted(case, results) if results is not None else {}
    records = []
    for kind in KINDS:
        members = [one for one in found if one.row.kind == kind]
        states = [one.state for one in members if not one.row.context]
        records.append(
            {
                "kind": kind, "rows": len(members), "modelled": states.count("modelled"), "claimed": states.count("claimed"),
                "reasons": states.count("reason"), "context": sum(one.row.context for one in members),
                "context_modelled": sum(one.row.context and one.state == "modelled" for one in members),
            }
        )  # fmt: skip
        if told:
            mine = [told[one.row.kind, one.row.number].state for one in members if not one.row.context and one.state == "modelled"]
            records[-1] |= {state: mine.count(state) for state in STATES}
    return records


def awaiting(case: Case) -> list[Any]:
    """Targets whose number others have yet to tell: off until it is set."""
    return [row for row in case.tables["targets"] if row.value is None]


def coverage_totals(case: Case, language: str, results: xr.Dataset | None = None) -> Table:
    """Clauses, targets and measures of the plan: how many are modelled, left to a reason, or context; of a run how many it acts on."""
    columns = ["entry_kind", "rows_of_plan", "modelled_rows", "claimed_rows", "reason_rows", "context_rows", "context_modelled"]
    keys = ["rows", "modelled", "claimed", "reasons", "context", "context_modelled"]
    if results is not None:
        columns += [f"acted_{state}" for state in STATES]
        keys += STATES
    rows = [
        {"entry_kind": word(f"entry_{one['kind']}", language), **dict(zip(columns[1:], (one[key] for key in keys), strict=True))}
        for one in coverage_counts(case, results)
    ]
    return table(word("title_coverage_totals", language), columns, rows)


def labels_of(case: Case, language: str) -> dict[str, str]:
    """{id: label} of every row of a case."""
    return {row.id: said(row, "label", language) for rows in case.tables.values() for row in rows if "label_en" in type(row).model_fields}
