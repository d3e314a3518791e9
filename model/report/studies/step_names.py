"""What the steps of a study are called while it goes on: by the words and labels that its tables have."""

from __future__ import annotations

import xarray as xr

from model.report.display import labels
from model.report.words import word
from model.results.abatement import DELAY, WITHOUT
from model.results.alternatives import DIFFERENT, SCOUT
from model.results.effects import REFERENCE
from model.results.frontier import POINT


def scenario_step(name: str, known: xr.Dataset, language: str) -> str:
    """A scenario by its own name."""
    return word("reference_plan", language) if name == REFERENCE else name


def frontier_step(name: str, known: xr.Dataset, language: str) -> str:
    """`co2@2030`, the best of an indicator; `cap:2` or, on the first line, `cap:1.2`, a point."""
    kind, _, place = name.partition(":")
    if kind == POINT:
        line, _, at = place.rpartition(".")
        return word("step_point_on", language).format(point=at, line=line) if line else word("step_point", language).format(at)
    indicator, _, year = name.rpartition("@")
    return word("step_best", language).format(indicator=labels(known, "indicator", "label", language)[indicator], year=year)


def abatement_step(name: str, known: xr.Dataset, language: str) -> str:
    """`without:MEASURE`, `delay:MEASURE`, or a step of the frontier beside them."""
    kind, _, measure = name.partition(":")
    if kind not in (WITHOUT, DELAY):
        return frontier_step(name, known, language)
    return word(f"step_{kind}", language).format(labels(known, "measure", "label", language)[measure])


def alternatives_step(name: str, known: xr.Dataset, language: str) -> str:
    """`1%:scout:2`, `1%:least:MEASURE` with the years after it where there are some, or `different:1`."""
    share, kind, *rest = name.split(":")
    if share == DIFFERENT:
        return word("step_different", language).format(kind)
    what = rest[0] if kind == SCOUT else " ".join([labels(known, "measure", "label", language)[rest[0]], *rest[1:]])
    return word("line_roles", language).format(share.removesuffix("%"), word(f"step_{kind}", language).format(what))
