"""The commands that ask on from a run's own question, with its case, overlays, changes and options."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

numbers_moved = 40


def tornado_command(manifest: Mapping[str, Any]) -> str:
    """Which builds stand whatever the numbers that weigh most are."""
    return " ".join(["measures sweep", _quoted(str(manifest["case"])), "--tornado", f"--most {numbers_moved}", *_given(manifest)])


def ties_command(manifest: Mapping[str, Any], share: float) -> str:
    """Which builds are others in plans that cost at most this share more.

    >>> ties_command({"case": "town", "options": {"decide_from": 2027, "days": 1}}, 0.000198)
    'measures alternatives town --within 0.02% --decide-from 2027 --days 1'
    """
    return " ".join(["measures alternatives", _quoted(str(manifest["case"])), f"--within {_rounded_up(100 * share)}%", *_given(manifest)])


def since_command(manifest: Mapping[str, Any]) -> str:
    """What is other than in an earlier run."""
    return f"measures show {_quoted(str(manifest.get('run', 'RUN')))} --since RUN"


def asked_in_full_sight(manifest: Mapping[str, Any]) -> bool:
    """Whether studies ask the run's question: each of their plans sees all years, under its targets."""
    return "foresight" not in manifest and not dict(manifest.get("options", {})).get("negotiate")


def _rounded_up(share: float) -> str:
    """Two figures that are no less."""
    figure = 10.0 ** (math.floor(math.log10(share)) - 1)
    return f"{math.ceil(round(share / figure, 6)) * figure:.12f}".rstrip("0").rstrip(".")


def _given(manifest: Mapping[str, Any]) -> list[str]:
    options = dict(manifest.get("options", {}))
    said = [("--with", options.get("overlays", ())), ("--set", manifest.get("changes", ())), ("--drop", options.get("dropped", ()))]
    given = [f"{flag} {_quoted(text)}" for flag, texts in said for text in texts]
    for flag, name in (("--decide-from", "decide_from"), ("--days", "days")):
        if options.get(name) is not None:
            given.append(f"{flag} {options[name] or 'all'}")
    return given


def _quoted(text: str) -> str:
    return f'"{text}"' if set(text) & set(" *?;&|<>()") else text
