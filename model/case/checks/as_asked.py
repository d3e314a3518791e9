"""What of a case as it is asked is to be known before anything is solved: a span of years that decisions cut, overlays whose targets await a number."""

from __future__ import annotations

from collections.abc import Sequence

from model.case.parameters.timeline import spans
from model.case.read.case import Case
from model.case.read.overlays import overlay_of


def cut_span(case: Case) -> tuple[int, int] | None:
    """First and last year of the modelled span that decisions begin inside of; None where they begin with one."""
    header = case.header
    if header.decide_from is None:
        return None
    return span_cut([(span.first, span.last) for span in spans(header.base_year, header.years)], header.decide_from)


def span_cut(ends: Sequence[tuple[int, int]], since: int) -> tuple[int, int] | None:
    """The span, first and last year, that the year `since` parts.

    >>> span_cut([(2021, 2025), (2026, 2030)], 2028), span_cut([(2021, 2025), (2026, 2030)], 2026)
    ((2026, 2030), None)
    """
    return next(((first, last) for first, last in ends if first < since <= last), None)


def unnumbered_targets(case: Case) -> dict[str, int]:
    """{overlay: how many of the targets that it gives have no number and so are in force in no year}, of overlays with such targets."""
    found = dict.fromkeys(case.overlays, 0)
    for row, place in case.placed("targets"):
        name = overlay_of(place.file)
        if name in found and row.value is None:
            found[name] += 1
    return {name: count for name, count in found.items() if count}
