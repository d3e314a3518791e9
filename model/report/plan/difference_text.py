"""A difference of two costs in words: how much more or less, and between which ends that is proven."""

from __future__ import annotations

from model.report.display import shown
from model.report.plan.outcome import CostDifference, unproven
from model.report.words import word


def more_or_less(value: float, language: str, places: int = 2) -> str:
    """An amount without its sign, with the word for it.

    >>> more_or_less(-5.9, "en"), more_or_less(5.9, "zh")
    ('5.90 less', '增加5.90')
    """
    text = shown(value, places)
    return word("cost_less" if text.startswith("-") else "cost_more", language).format(text.lstrip("-"))


def ends_said(apart: CostDifference, language: str, places: int = 2) -> tuple[str, str]:
    """The ends that are proven, without a sign and the lesser first where both are more, or both less, as the difference is; else each with its word.

    >>> ends_said(CostDifference(-5.9, -6.71, -5.36), "en"), ends_said(CostDifference(-0.2, -0.5, 0.1), "en")
    (('5.36', '6.71'), ('0.50 less', '0.10 more'))
    """
    low, high = (shown(end, places) for end in (apart.low, apart.high))
    nothing, less = shown(0.0, places), shown(apart.value, places).startswith("-")
    if all(end == nothing or end.startswith("-") is less for end in (low, high)):
        return (high.lstrip("-"), low.lstrip("-")) if less else (low, high)
    return more_or_less(apart.low, language, places), more_or_less(apart.high, language, places)


def over_usual_said(apart: CostDifference, language: str, places: int) -> str:
    """What the plan costs more or less than the usual path, what of it is proven where that is other than shown, and that it is not where it is not."""
    said, text = word("line_over_usual", language).format(more_or_less(apart.value, language, places)), shown(abs(apart.value), places)
    ends = ends_said(apart, language, places)
    said = word("proven_between", language).format(said, *ends) if any(end != text for end in ends) else said
    return said if apart.proven else f"{said}{word('colon', language)}{unproven(apart, language)}"
