"""Clause by clause: the words of the plan, what models them, or the reason why nothing can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from model.case.checks.trace import Trace
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.report.display import natural
from model.report.tables import Table, table
from model.report.words import said, word

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


def coverage(case: Case, language: str) -> Table:
    """Clause × row of the plan: its words, what models it, what that moves, or why not."""
    names, lookup = labels_of(case, language), Lookup(case)
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
                "moves": word("separator", language).join(word(f"end_{kind}", language) for kind in ENDS_SHOWN if kind in ends),
                "reason": said(row, "reason", language),
                "_state": "out_of_reach" if one.state == "claimed" else False, "_total": row.kind == "clause",
            }
        )  # fmt: skip
    columns = ["clause", "entry_kind", "number", "quote", "state", "modelled_by", "moves", "reason"]
    return table(word("title_coverage", language), columns, rows, [word("note_coverage", language)])


ENDS_SHOWN = ("energy", "co2", "pollutant", "target")


def coverage_records(case: Case) -> list[dict[str, Any]]:
    """One record for each row of the coverage; each item with the kinds of end it moves and the way to each."""
    return [
        {
            **{name: value for name, value in dict(one.row).items() if name != "items"}, "state": one.state,
            "items": [{"id": item, "moves": {kind: list(way) for kind, way in found.items()}} for item, found in one.moves.items()],
        }
        for one in covered(case)
    ]  # fmt: skip


def coverage_counts(case: Case) -> list[dict[str, Any]]:
    """One record for each kind: rows = modelled + claimed + reasons + context, where context rows are counted apart."""
    found = covered(case)
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
    return records


def awaiting(case: Case) -> list[Any]:
    """Targets whose number others have yet to tell: off until it is set."""
    return [row for row in case.tables["targets"] if row.value is None]


def coverage_totals(case: Case, language: str) -> Table:
    """Clauses, targets and measures of the plan: how many are modelled, left to a reason, or context."""
    columns = ["entry_kind", "rows_of_plan", "modelled_rows", "claimed_rows", "reason_rows", "context_rows", "context_modelled"]
    keys = ("rows", "modelled", "claimed", "reasons", "context", "context_modelled")
    rows = [
        {"entry_kind": word(f"entry_{one['kind']}", language), **dict(zip(columns[1:], (one[key] for key in keys), strict=True))}
        for one in coverage_counts(case)
    ]
    return table(word("title_coverage_totals", language), columns, rows)


def labels_of(case: Case, language: str) -> dict[str, str]:
    """{id: label} of every row of a case."""
    return {row.id: said(row, "label", language) for rows in case.tables.values() for row in rows if "label_en" in type(row).model_fields}
