"""The units of the common IAMC template, and the variables that are the sum of those below them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from model.case.faults import CodedError

SEPARATOR = "|"


@dataclass(frozen=True)
class Branch:
    """A variable of the template and all below it. `unit` is as the template writes it, `own_unit` the same of ours for a year; `adds_up`: it is the sum of
    those below it.
    """

    variable: str
    unit: str
    own_unit: str
    adds_up: bool


@cache
def branches() -> dict[str, Branch]:
    """{variable: the branch that begins with it}."""
    lines = (files("model.case.units") / "iamc_template.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["variable"]: Branch(row["variable"], row["unit"], row["own_unit"], row["adds_up"] == "yes") for row in csv.DictReader(lines)
    }


def branch_of(variable: str) -> Branch:
    """The branch of a variable. Raises CodedError for one whose unit the template's table does not say.

    >>> branch_of("Emissions|CO2|Energy").unit, branch_of("Capacity|Electricity|Solar|PV").adds_up
    ('Mt CO2/yr', True)
    """
    for name in (variable, *above(variable)):
        if name in branches():
            return branches()[name]
    raise CodedError("iamc_unit_unknown", variable=variable, known=list(branches()))


def above(variable: str) -> Iterator[str]:
    """The variables that a variable is a part of, the nearest first.

    >>> list(above("Capacity|Electricity|Wind"))
    ['Capacity|Electricity', 'Capacity']
    """
    parts = variable.split(SEPARATOR)
    for many in range(len(parts) - 1, 0, -1):
        yield SEPARATOR.join(parts[:many])
