"""Budgets: targets on what payers spend."""

from __future__ import annotations

from collections import defaultdict

from model.case.read.case import Case


def budgets(case: Case) -> dict[str, tuple[str, ...]]:
    """The targets whose indicator counts nothing but the spending of payers, each with these payers, in order of the table."""
    counted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in case.tables["accounts"]:
        counted[row.indicator].append((row.by, row.item))
    chosen = {
        row.stands_for: row.id
        for row in case.tables["indicators"]
        if row.stands_for and case.header.variants.get(row.stands_for) == row.variant
    }
    found = {}
    for row in case.tables["targets"]:
        accounts = counted.get(chosen.get(row.indicator, row.indicator), [])
        if accounts and all(by == "spend" for by, _ in accounts):
            found[row.id] = tuple(dict.fromkeys(item for _, item in accounts))
    return found
