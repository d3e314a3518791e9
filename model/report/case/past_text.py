"""What a case tells of its past and an answer leaves out while decisions begin with its first year."""

from __future__ import annotations

from model.case.read.case import Case
from model.report.layout import flowed, screen, screen_width
from model.report.words import counted


def past_left_out_text(case: Case, language: str) -> str:
    """How many rows tell what was built in years that are decided anew, and how they come to count; empty where there are none."""
    header = case.header
    first = header.base_year + 1
    known = [row.year for row in case.tables["actuals"] if row.value is not None]
    if not known or (header.decide_from is not None and header.decide_from > first):
        return ""
    last = header.years[-1]
    if min(known) >= last:
        return screen(flowed(counted("line_past_never", len(known), language, last), screen_width))
    since = min(max(known) + 1, last)
    return screen(flowed(counted("line_past_left_out", sum(year < since for year in known), language, first, since), screen_width))
