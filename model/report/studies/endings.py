"""How a scenario ended, in words: why it has no plan, and in which model that shows."""

from __future__ import annotations

from model.report.words import word, word_or


def ending(status: str, language: str) -> str:
    """What a record's status says; that of the base year or of the usual path is named as theirs.

    >>> ending("infeasible", "en"), ending("base_infeasible", "en"), ending("usual_failed", "en")
    ('targets cannot all be met', 'the base year cannot be served', 'the usual path: could not be solved')
    """
    model, _, rest = status.partition("_")
    if model not in ("base", "usual"):
        return word_or(f"scenario_{status}", language, status)
    return word_or(f"scenario_{status}", language, word(f"scenario_of_{model}", language).format(ending(rest, language)))
