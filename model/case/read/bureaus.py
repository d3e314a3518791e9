"""Which bureaus answer for a measure."""

from __future__ import annotations

from model.case.read.case import Case


def bureaus_of(case: Case) -> dict[str, tuple[str, ...]]:
    """{measure: its bureaus}, the one that leads first: its own, or those of its clause where it names no lead."""
    clauses = {row.id: tuple(row.bureaus or ()) for row in case.tables["clauses"]}
    found = {}
    for row in case.tables["measures"]:
        listed = clauses.get(row.clause, ())
        lead = (row.lead,) if row.lead else listed[:1]
        support = tuple(row.support or ()) or (() if row.lead else listed[1:])
        found[row.id] = tuple(dict.fromkeys((*lead, *support)))
    return found
