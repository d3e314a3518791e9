"""Dates as people write them: a year, a month of one, or a day, in figures with strokes, dots or Chinese signs."""

from __future__ import annotations

import calendar
import re
from datetime import date

DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?)?年?")


def date_of(text: str) -> date | None:
    """The day that is written, or the last day of the month or year; None where it is no date.

    >>> date_of("2026-03-05").isoformat(), date_of("2026年2月").isoformat(), date_of("2026").isoformat(), date_of("2026-02-30"), date_of("soon")
    ('2026-03-05', '2026-02-28', '2026-12-31', None, None)
    """
    found = DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None
