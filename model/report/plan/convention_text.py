"""Where a target on a share holds and where not, by convention, in a few lines of the screen."""

from __future__ import annotations

import xarray as xr

from model.report.display import labels, shown
from model.report.layout import wrapped
from model.report.words import word, word_or
from model.results.conventions import UnderConventions, under_conventions


def convention_lines(results: xr.Dataset, language: str, most: int = 2, *, brief: bool = False) -> list[str]:
    """The next targets on a share that can be counted otherwise, at most so many: its value by each convention, the case's own first; in brief those
    by which it does not hold."""
    since = int(results.attrs.get("decide_from", results.attrs["base_year"]))
    return [
        line
        for one in [one for one in under_conventions(results) if one.year >= since][:most]
        for line in _lines(results, one, language, brief=brief)
    ]


def _lines(results: xr.Dataset, one: UnderConventions, language: str, *, brief: bool) -> list[str]:
    name = labels(results, "target", "label", language)[one.target]
    first = word("line_conventions", language).format(name, one.sense, f"{shown(one.required)} {one.unit}")
    parts = list[str]()
    for holds, key in ((True, "convention_holds"), (False, "convention_misses")):
        kinds = sorted((kind for kind in one.shares if one.holds(kind) is holds), key=lambda kind: (kind != one.own, kind))
        told = [f"{_name(kind, one.own, language)} {shown(one.shares[kind], 1)}" for kind in kinds]
        if brief and holds and len(told) > 1:
            told = [f"{told[0]} (+ {len(told) - 1})"]
        if told:
            parts += [f"{word(key, language)} {told[0]}", *told[1:]]
    return wrapped(parts, first=first, separator=word("separator", language), lines=4)


def _name(kind: str, own: str, language: str) -> str:
    """What a convention is called, one that only a case knows by its own name; the case's is marked."""
    name = word_or(f"convention_{kind}", language, kind.replace("_", " "))
    return word("convention_own", language).format(name) if kind == own else name
