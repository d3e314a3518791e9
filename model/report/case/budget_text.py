"""The budgets of a case for a terminal: what payers may spend, and when."""

from __future__ import annotations

from typing import Any

from model.case.read.budgets import budgets
from model.case.read.case import Case
from model.case.tables.indicators import Target
from model.report.case.coverage_tables import labels_of
from model.report.display import shown
from model.report.layout import columns_of, screen
from model.report.units import spelled_unit
from model.report.words import counted, word


def budgets_text(case: Case, language: str) -> str:
    """One line for each budget that has its number; empty where there is none."""
    names = labels_of(case, language)
    rows = [
        [
            word("separator", language).join(names[payer] for payer in payers),
            f"{word(f'sense_{row.sense}', language)} {shown(value)} {spelled_unit(row.unit, language)}",
            _when(row, language),
            names[row.id],
        ]
        for row, payers, value in _asked(case)
    ]  # fmt: skip
    return screen([counted("line_budgets", len(rows), language), *columns_of((), rows, left=4)]) if rows else ""


def _when(row: Target, language: str) -> str:
    if row.form == "budget" and row.base_year is not None:
        return word("budget_from", language).format(row.base_year + 1, row.year)
    return word(f"budget_{'all' if row.form == 'budget' else row.holds}", language).format(row.year)


def budget_records(case: Case) -> list[dict[str, Any]]:
    """The same as records, in the unit of the target's own row; `holds` as in `targets.csv`, `all` for one over all years."""
    return [
        {
            "target": row.id, "payers": list(payers), "sense": row.sense, "value": value, "unit": row.unit, "year": row.year,
            "holds": "all" if row.form == "budget" else row.holds, "base_year": row.base_year,
        }
        for row, payers, value in _asked(case)
    ]  # fmt: skip


def _asked(case: Case) -> list[tuple[Target, tuple[str, ...], float]]:
    """Each budget that has its number, with its payers and that number."""
    payers = budgets(case)
    return [(row, payers[row.id], row.value) for row in case.tables["targets"] if row.id in payers and row.value is not None]
