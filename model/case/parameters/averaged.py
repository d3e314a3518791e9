"""What of an indicator is a yearly average of its span, and what is of the modelled year itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from model.case.parameters.accounts import chosen_variants
from model.case.read.case import Case

Told = Literal["averaged", "of_year", "mixed"]
AVERAGED = ("build", "change")


def told_as(case: Case, indicator: str) -> Told:
    """What a modelled year's value of an indicator is: the yearly average of its span where it counts builds and changes alone, of the year itself
    where it counts none, or of both; a payer's spending is of both, cash for builds and the running cost of the year.
    """
    found = set(_parts(case, chosen_variants(case), indicator, frozenset()))
    return "of_year" if not found else found.pop() if len(found) == 1 else "mixed"


def _parts(case: Case, chosen: dict[str, str], indicator: str, seen: frozenset[str]) -> Iterator[Told]:
    if any(row.item == indicator for table in ("effects", "residuals") for row in case.tables[table]):
        yield "of_year"
    for row in case.tables["accounts"]:
        if row.indicator != indicator:
            continue
        if row.by == "indicator" and row.item not in seen:
            yield from _parts(case, chosen, chosen.get(row.item, row.item), seen | {indicator})
        elif row.by != "indicator":
            yield "averaged" if row.by in AVERAGED else "mixed" if row.by == "spend" else "of_year"
