"""A case to be solved on paper: its facts, and the answer by hand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from model.case.parameters.timeline import Payments, SpanRule
from model.case.tables.hours import HOURS
from model.case.tables.rows import TABLES

Fact = tuple[str, dict[str, Any]]
Facts = list[Fact]
Number = float | Mapping[int, float]

CANONICAL = "canonical"  # stands for the unit the program itself asks for; conversion is the matter of test_units
COMMODITIES = {
    "goods": ("Mt", "yearly"), "ore": ("Mt", "yearly"), "coal": ("Mtce", "yearly"), "gas": ("Mtce", "yearly"),
    "bus_km": ("Mvkm", "yearly"), "electricity": ("TWh", "hourly"), "heat": ("TWh", "hourly"),
}  # fmt: skip
NOTHING: Mapping[str, Any] = {}
PAPER = {"status": "derived", "source": "made up so that the answer can be found on paper"}
GAP = 1e-9
TOLERANCE = 1e-6
A_YEAR = 8.76  # TWh of 1 GW all year: 8.76 thousand hours
HALF = A_YEAR / 2  # TWh of 1 GW in half of the hours
DAY, NIGHT = range(12, 24), range(12)


@dataclass(frozen=True, eq=False)
class Paper:
    """A case and its answer by hand, 亿元.

    `answer` names values of the plan (`build[mill,2021]`). `without` gives the objective when a rule is taken out: a
    constraint of the model (`Storage_Energy`), one row of it (`Target_At_Most[cap,2022]`), a bound, the wholeness or
    the cost of a variable (`Level:upper`, `Capacity:lower`, `Units:whole`, `Annual:cost`), or a way it then fails.
    """

    name: str
    says: str
    facts: tuple[Sequence[Fact], ...]
    objective: float
    answer: Mapping[str, float] = field(default_factory=dict)
    without: Mapping[str, float | str] = field(default_factory=dict)
    years: tuple[int, ...] = (2021,)
    decide_from: int | None = None
    settings: Mapping[str, float] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    baselines: Mapping[str, float] = field(default_factory=dict)
    unserved: bool = False
    span_rule: SpanRule = "end"
    payments: Payments = "end"

    @property
    def rules(self) -> list[str]:
        return list(self.without)


# What a case is made of


def fact(table: str, **cells: Any) -> Fact:
    return table, cells


def number(value: float | None, unit: str = CANONICAL) -> dict[str, Any]:
    return {"value": value, "unit": unit, **PAPER}


def label(name: str) -> dict[str, str]:
    return {"id": name, "label_en": name, "label_zh": name}


def numbers(item: str, given: Mapping[str, Number]) -> Facts:
    return [
        fact("numbers", item=item, quantity=quantity, year=year, **number(value))
        for quantity, path in given.items()
        for year, value in (path.items() if isinstance(path, Mapping) else [(None, path)])
    ]


def technology(
    name: str,
    operation: str = "yearly",
    *,
    unit: str | None = None,
    activity: str | None = None,
    gives: Mapping[str, float] = NOTHING,
    takes: Mapping[str, float] = NOTHING,
    exists: float = 0.0,
    until: int | None = None,
    told: Mapping[str, Number] = NOTHING,
    **columns: Any,
) -> Facts:
    """A technology with its flows and what exists of it: Mt a year, or GW and TWh where it does not run by the year."""
    by_year = operation in ("yearly", "shaped")
    capacity = unit or ("Mt" if by_year else "GW")
    flows = {**gives, **{commodity: -amount for commodity, amount in takes.items()}}
    made = [
        fact(
            "technologies", **label(name), sector="works", operation=operation, capacity_unit=capacity,
            activity_unit=activity or ("Mt" if by_year else "TWh"), **columns,
        ),
        *[fact("flows", technology=name, commodity=commodity, **number(value)) for commodity, value in flows.items()],
        *numbers(name, told),
    ]  # fmt: skip
    return made + (existing(f"{name}_at_start", name, exists, until=until) if exists else [])


def existing(name: str, technology: str, amount: float, *, told: Mapping[str, Number] = NOTHING, **columns: Any) -> Facts:
    return [fact("existing", **label(name), technology=technology, **number(amount), **columns), *numbers(name, told)]


def measure(
    name: str,
    on: Mapping[str, float | Mapping[str, Any]],
    *,
    unit: str = "Mt",
    cost: float = 0.0,
    life: float = 10.0,
    told: Mapping[str, Number] = NOTHING,
    kind: str = "build",
    payer: str = "owner",
    **columns: Any,
) -> Facts:
    """A measure that costs `cost` 亿元 a year and unit: an investment of `life` times as much, undiscounted."""
    effects = [
        fact("effects", measure=name, item=item, **number(effect.get("value", 1.0)), **{k: v for k, v in effect.items() if k != "value"})
        for item, given in on.items()
        for effect in ([given] if isinstance(given, Mapping) else [{"value": given}])
    ]
    row = fact("measures", **label(name), sector="works", clause="c1", payer=payer, kind=kind, unit=unit, **columns)
    paid = {"investment": cost * life, "lifetime": life} if "investment" not in told else {"lifetime": life}
    return [row, *effects, *numbers(name, {**paid, **told})]


def demand(commodity: str, amount: Number, *, shape: str | None = None, told: Mapping[str, Number] = NOTHING, name: str = "need") -> Facts:
    shaped = shape or ("flat" if COMMODITIES[commodity][1] == "hourly" else None)
    return [
        fact("demands", **label(f"{name}_of_{commodity}"), commodity=commodity, shape=shaped),
        *numbers(f"{name}_of_{commodity}", {"amount": amount, **told}),
    ]


def market(
    commodity: str, price: Number, direction: str = "buy", *, payer: str = "owner", told: Mapping[str, Number] = NOTHING, **columns: Any
) -> Facts:
    name = f"{commodity}_{direction}"
    return [
        fact("markets", **label(name), commodity=commodity, direction=direction, payer=payer, **columns),
        *numbers(name, {"price": price, **told}),
    ]


def profile(name: str, hours: Sequence[float], *, availability: bool = False) -> Facts:
    """The same day all year; an availability keeps its hours as they are."""
    return _profile(name, {"year": (365, hours)}, availability=availability)


def periods(days: Mapping[str, int]) -> Facts:
    """Periods of the year in place of the one."""
    return [fact("periods", **label(name), days=length) for name, length in days.items()]


def seasonal(name: str, days: Mapping[str, int], levels: Sequence[float], *, availability: bool = False) -> Facts:
    """A profile that is level all day, at a level of its own in each period."""
    return _profile(
        name, {period: (days[period], [level] * 24) for period, level in zip(days, levels, strict=True)}, availability=availability
    )


def _profile(name: str, hours: Mapping[str, tuple[int, Sequence[float]]], *, availability: bool) -> Facts:
    value = number(sum(days * sum(cells) for days, cells in hours.values()), "h") if availability else number(1.0)
    return [
        fact("profiles", **label(name), kind="availability" if availability else "shape", **value),
        *[
            fact("profile_days", profile=name, period=period, **dict(zip(HOURS, cells, strict=True)))
            for period, (_, cells) in hours.items()
        ],
    ]


def halves(night: float, day: float) -> list[float]:
    """Hours 0–11, then hours 12–23."""
    return [night] * 12 + [day] * 12


def indicator(name: str, unit: str, counts: Iterable[tuple[str, str, float]] = (), **columns: Any) -> Facts:
    return [
        fact("indicators", **label(name), unit=unit, **columns),
        *[fact("accounts", indicator=name, item=item, by=by, **number(value)) for item, by, value in counts],
    ]


def target(name: str, indicator: str, form: str, sense: str, value: float | None, *, year: int = 2021, **columns: Any) -> Facts:
    cells = {"series": name, "clause": "c1", "quote": "as the plan says", "strength": "binding", **columns}
    return [fact("targets", **label(name), indicator=indicator, form=form, sense=sense, year=year, **number(value), **cells)]


def coupling(name: str, sense: str, limit: float, terms: Mapping[tuple[str, str], float], *, kind: str = "limit") -> Facts:
    return [
        fact("couplings", **label(name), kind=kind, sense=sense, **number(limit, "1")),
        *[fact("coupling_terms", coupling=name, item=item, by=by, **number(value)) for (item, by), value in terms.items()],
    ]


def falling(name: str, technologies: Sequence[str], kept: Mapping[float, float]) -> Facts:
    """A group whose capacity credit falls: beyond a share of peak load, what is kept of it."""
    return [
        fact("credit_groups", **label(name), technologies=tuple(technologies)),
        *[
            fact("credit_segments", **label(f"{name}_beyond_{place}"), group=name, beyond=beyond, **number(share))
            for place, (beyond, share) in enumerate(kept.items(), start=1)
        ],
    ]


def transfer(name: str, told: Mapping[str, Number], *, kind: str = "tax", **columns: Any) -> Facts:
    """A tax or subsidy; who does not stand in `payer` or `receiver` is outside of the city."""
    return [fact("transfers", **label(name), kind=kind, **columns), *numbers(name, told)]


def carbon_market(price: Number) -> Facts:
    return [fact("carbon_markets", **label("permits"), unit="Mt"), *numbers("permits", {"price": price})]


def settling(
    name: str,
    outputs: Mapping[tuple[str, str], tuple[Number, Number]],
    *,
    payer: str = "owner",
    told: Mapping[str, Number] = NOTHING,
    **columns: Any,
) -> Facts:
    """A group of a carbon market: for (technology, by) its verified factor and its benchmark."""
    made = [fact("allowance_groups", **label(name), market="permits", payer=payer, **columns), *numbers(name, told)]
    for (technology, by), (verified, benchmark) in outputs.items():
        output = f"{name}_{technology}_{by}"
        made.append(fact("allowance_outputs", **label(output), group=name, technology=technology, by=by))
        made += numbers(output, {"verified": verified, "benchmark": benchmark})
    return made


def driver(name: str, unit: str, amount: Number) -> Facts:
    return [fact("drivers", **label(name), unit=unit), *numbers(name, {"amount": amount})]


def residual(name: str, item: str, amount: float, *, path: Number = 1.0) -> Facts:
    return [fact("residuals", **label(name), sector="works", item=item, **number(amount)), *numbers(name, {"path": path})]


def curve(name: str, points: Mapping[int, float]) -> Facts:
    return [fact("curves", curve=name, age=age, **number(value)) for age, value in points.items()]


def estimated(measure: str, year: int, amount: float, *, low: float, high: float) -> Facts:
    return [fact("actuals", measure=measure, year=year, **number(amount) | {"low": low, "high": high, "status": "estimate"})]


def actual(measure: str, year: int, amount: float) -> Facts:
    return [fact("actuals", measure=measure, year=year, **number(amount))]


def published(indicator: str, year: int, amount: float) -> Facts:
    return [fact("facts", **label(f"{indicator}_{year}"), indicator=indicator, year=year, role="record", **number(amount))]


def ramp(name: str, measures: Sequence[str], told: Mapping[str, Number], *, unit: str = "Mt") -> Facts:
    return [fact("ramps", **label(name), unit=unit, measures=tuple(measures)), *numbers(name, told)]


# Cases made of others


def also(paper: Paper, *facts: Facts, **changes: Any) -> Paper:
    """The same case with facts added or replaced (a row with the same name replaces the old one)."""
    added = {_key(fact) for part in facts for fact in part}
    kept = tuple([fact for fact in part if _key(fact) not in added] for part in paper.facts)
    return replace(paper, facts=(*kept, *facts), answer={}, without={}, **changes)


def _key(fact: Fact) -> tuple[Any, ...]:
    table, cells = fact
    return (table, *(cells.get(name) for name in TABLES[table].key))
