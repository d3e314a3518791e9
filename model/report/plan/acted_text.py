"""How many of the plan's modelled measures a run takes up, in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.report.layout import wrapped
from model.report.words import in_data, word


def acted_lines(manifest: Mapping[str, Any], language: str, *, brief: bool = False) -> list[str]:
    """What is taken up, and unless in brief the first of what is open and left; nothing of a run stored without it."""
    told = dict(manifest.get("acted", {}))
    if not told:
        return []
    counts = (told["taken_up"], told["taken_up"] + told["not_taken_up"])
    if brief or not told["left"]:
        return [word("line_acted_all", language).format(*counts)]
    named = [str(one[in_data("words", language)]) for one in told["left"]]
    return wrapped(named, first=word("line_acted", language).format(*counts, len(named)), separator=word("separator", language), lines=1)
