"""What is wrong with the scenarios that were asked for."""

from __future__ import annotations

from collections.abc import Iterable

from model.case.change.scenario_fault import Misfit
from model.case.faults import CodedError, clipped
from model.report.error_text import error_sentence, longest, reason
from model.report.fault_text import fault_sentence, place_words
from model.report.words import word

SAID_BY_PLACE = frozenset({"no_name", "no_columns", "no_rows", "no_ranges", "no_kind", "bad_grid"})


def misfit_text(misfits: Iterable[Misfit], language: str) -> str:
    """All that is wrong, one a line, each with its place and its remedy."""
    return "\n".join(_sentence(one, language) for one in misfits)


def _sentence(one: Misfit, language: str) -> str:
    if one.fault is not None and one.fault.place.file == one.place.file:
        return fault_sentence(one.fault, language)  # it says its place itself
    return word(f"design_{one.code}", language).format(place_words(one.place, language), _found(one, language))


def _found(one: Misfit, language: str) -> str:
    if one.fault is not None:
        return fault_sentence(one.fault, language)
    if one.why is not None:
        return error_sentence(one.why, language) if isinstance(one.why, CodedError) else reason(one.why, language)
    return f"{one.found} > {one.most}" if one.most else "" if one.code in SAID_BY_PLACE else clipped(one.found, longest)
