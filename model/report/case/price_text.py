"""Numbers stated in another year's money, for a terminal: how many, of which year, and what they were multiplied by."""

from __future__ import annotations

from collections import Counter
from typing import Any

from model.case.read.case import Case
from model.case.read.price_years import STATED, dearer, price_levels
from model.report.layout import screen
from model.report.words import word


def price_year_records(case: Case) -> list[dict[str, Any]]:
    """One record for each year of prices other than the case's own: how many numbers are stated in it, and the factor by which their money was converted."""
    own = case.header.price_year
    stated = Counter(row.price_year for table in STATED for row in case.tables[table] if row.price_year not in (None, own))
    levels = price_levels(case.tables)
    return [{"price_year": year, "numbers": count, "factor": dearer(levels, year, own)} for year, count in sorted(stated.items())]


def price_years_text(case: Case, language: str) -> str:
    """A line for each of them; empty where there is none."""
    found = price_year_records(case)
    lines = [word("line_price_year", language).format(one["numbers"], one["price_year"], f"{one['factor']:.4g}") for one in found]
    return screen([word("line_price_years", language), *(f"  {line}" for line in lines)]) if lines else ""
