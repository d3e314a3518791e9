"""The budgets of a case for a terminal: what payers may spend, and when."""

from __future__ import annotations

from model.case.read.budgets import budgets
from model.case.read.case import Case
from model.report.case.coverage_tables import labels_of
from model.report.display import shown
from model.report.layout import columns_of, screen
from model.report.units import spelled_unit
from model.report.words import counted, word


def budgets_text(case: Case, language: str) -> str:
    """One line for each budget that has its number; empty where there is none."""
    names, payers_of = labels_of(case, language), budgets(case)
    rows = [
        [
            word("separator", language).join(names[payer] for payer in payers_of[row.id]),
            f"{word(f'sense_{row.sense}', language)} {shown(row.value)} {spelled_unit(row.unit, language)}",
            word(f"budget_{'all' if row.form == 'budget' else row.holds}", language).format(row.year),
            names[row.id],
        ]
        for row in case.tables["targets"]
        if row.id in payers_of and row.value is not None
    ]  # fmt: skip
    return screen([counted("line_budgets", len(rows), language), *columns_of((), rows, left=4)]) if rows else ""
