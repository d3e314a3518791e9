"""How a scenario or a study ended, in words: why it has no plan, and in which model that shows; whether all was done."""

from __future__ import annotations

from typing import Protocol

from model.report.words import word, word_or
from model.results.clash import WITHOUT_TARGETS


class Stoppable(Protocol):
    """The answer of a study, as far as it came."""

    @property
    def complete(self) -> bool: ...


def ending(status: str, language: str) -> str:
    """What a record's status says; that of a model without targets is named as its own.

    >>> ending("infeasible", "en"), ending("base_infeasible", "en"), ending("usual_failed", "en")
    ('targets cannot all be met', 'the base year cannot be served', 'the usual path: could not be solved')
    """
    model, _, rest = status.partition("_")
    if model not in WITHOUT_TARGETS:
        return word_or(f"scenario_{status}", language, status)
    return word_or(f"scenario_{status}", language, word(f"scenario_of_{model}", language).format(ending(rest, language)))


def stopped_lines(made: Stoppable, language: str, *, shown: bool) -> list[str]:
    """Of a study that is not complete, whether what was done is `shown` or tells nothing yet; no line for one that is."""
    return [] if made.complete else [word("line_stopped_part" if shown else "line_stopped_before", language)]
