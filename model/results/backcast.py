"""The record against the model: every published figure beside what the model makes of it, those that fix the model told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import isnan, nan
from typing import Any, Literal

from model.case.parameters.history import RECORDED
from model.case.parameters.numbers import Numbers
from model.case.parameters.targets import published
from model.case.read.canonical import canonical_unit
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.case.tables.indicators import Target
from model.case.units.registry import factor

Kind = Literal["held_out", "input", "estimate"]
KINDS: tuple[Kind, ...] = ("held_out", "input", "estimate")
FIXED = ("exact", "fitted")
met_to_the_digit = 1e-9  # of a published value: nothing that is found freely comes so near

Account = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Compared:
    """A published figure and the model's value of the same year, both in `unit`, the indicator's own; only `held_out` ones say how good the model is."""

    fact: str
    indicator: str
    year: int
    kind: Kind
    unit: str
    model: float
    published: float
    low: float
    high: float
    status: str
    source: str

    @property
    def error(self) -> float:
        """What the model is off by, as a share of what was published; NaN of a published nothing."""
        return (self.model - self.published) / abs(self.published) if self.published else nan


@dataclass(frozen=True)
class Unanswered:
    """A published figure without a counterpart; `outside`: it has an indicator, but its year is none of the modelled past."""

    figure: str
    year: int
    outside: bool


@dataclass(frozen=True)
class Beside:
    """A target whose value nobody published for the city: the model's, and what the province's figures (ids) say."""

    target: str
    year: int
    model: float
    unit: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Backcast:
    """The record of the years from `first` to `last` held against the model, which ran on `days` days a year."""

    first: int
    last: int
    days: int
    compared: tuple[Compared, ...]
    unanswered: tuple[Unanswered, ...]
    beside: tuple[Beside, ...]

    def of(self, kind: Kind) -> list[Compared]:
        return [one for one in self.compared if one.kind == kind]

    def record(self) -> dict[str, Any]:
        """All of it for a program to read."""
        return {
            "years": [self.first, self.last], "days": self.days, "counts": {kind: len(self.of(kind)) for kind in KINDS},
            "compared": [asdict(one) | {"error": one.error} for one in self.compared], "unanswered": [asdict(one) for one in self.unanswered],
            "beside": [asdict(one) for one in self.beside],
        }  # fmt: skip


def backcast(case: Case, account: Account, *, first: int, last: int, days: int) -> Backcast:
    """`account` is {indicator: {year: value}} of the base year and the past as it was found."""
    compared = sorted(_compared(case, account), key=lambda one: (KINDS.index(one.kind), one.year, one.fact))
    known = {one.fact for one in compared}
    outside = [Unanswered(row.id, row.year, outside=True) for row in case.tables["facts"] if row.value is not None and row.id not in known]
    without = [Unanswered(row.id, row.year, outside=False) for row in case.tables["figures"] if row.target is None]
    listed = sorted([*outside, *without], key=lambda one: (one.year, one.figure))
    return Backcast(first, last, days, tuple(compared), tuple(listed), tuple(_beside(case, account, last)))


def last_of_record(case: Case) -> int:
    """The last year of which anything is published; the base year where nothing is."""
    told = [row.year for row in case.tables["facts"] if row.status in RECORDED and row.value is not None]
    told += [row.year for row in case.tables["figures"]]
    told += [row.year for row in case.tables["actuals"] if row.status in RECORDED and row.value is not None]
    return max([case.header.base_year, *(year for year in told if year <= max(case.header.years))])


def _compared(case: Case, account: Account) -> Iterable[Compared]:
    numbers = Numbers(case, ())
    for row in case.tables["facts"]:
        indicator = numbers.lookup.resolved(row.indicator)
        if row.value is None or indicator is None or row.year not in account.get(indicator, {}):
            continue
        model, published = account[indicator][row.year], numbers.canonical("facts", row)
        scale = published / row.value if row.value else 1.0
        low, high = (nan if end is None else end * scale for end in (row.low, row.high))
        exactly = abs(model - published) <= met_to_the_digit * max(abs(published), 1.0)
        known: Kind = "input" if row.role in FIXED or row.input or exactly else "held_out"
        kind = known if row.status in RECORDED else "estimate"
        unit = str(numbers.lookup.column(indicator, "unit"))
        yield Compared(row.id, indicator, row.year, kind, unit, model, published, low, high, row.status, row.source)


def _beside(case: Case, account: Account, last: int) -> Iterable[Beside]:
    """Targets of which figures of the province tell and nothing of the city was published, in the target's year or the last one looked back on."""
    figures = dict[str, list[str]]()
    for row in case.tables["figures"]:
        if row.target is not None:
            figures.setdefault(row.target, []).append(row.id)
    numbers, rows = Numbers(case, ()), {row.id: row for row in case.tables["targets"]}
    for name, told in figures.items():
        target = rows[name]
        year = min(target.year, last)
        indicator = numbers.lookup.resolved(target.indicator)
        if year in account.get(indicator or "", {}) and isnan(published(case, numbers, str(indicator), year)):
            yield Beside(name, year, measured(numbers, target, account, year, base=case.header.base_year), target.unit, tuple(told))


def measured(numbers: Numbers, target: Target, account: Account, year: int, *, base: int) -> float:
    """What a target measures in a year, in its own unit, whether or not it has a number; NaN where its form leaves its indicator no value."""
    form, name = FORMS[target.form], numbers.lookup.resolved(target.indicator)
    of, since = account[str(name)], target.base_year or base
    if not form.of_year or (form.change_from and since not in of):
        return nan

    def against(when: int) -> float:
        if form.reference == "indicators":
            return account[str(numbers.lookup.resolved(target.reference))][when]
        return float(numbers.at(when).path("drivers", str(target.reference), "amount")[0]) if form.per_driver else 1.0

    value = of[year] / against(year)
    told = value / (of[since] / against(since)) - 1.0 if form.change_from else value
    unit = canonical_unit("targets", target, numbers.lookup)
    return told / (factor(target.unit, unit) if unit is not None else 1.0)
