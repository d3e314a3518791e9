"""Cases solved on paper: facts, the answer by hand beside them, and the three ways to the program's own answer."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import xarray as xr

from model.case.checks.check import check
from model.case.parameters import Scope, base_scope, parameters, plan_scope
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case, read_case
from model.case.read.header import Header
from model.case.tables.columns import Row
from model.case.tables.quantities import SETTINGS
from model.case.tables.rows import HOURS, TABLES
from model.maths.build import build
from model.results.accounts import work_out
from model.results.audit import Audit, audit
from model.results.extract import DECISIONS, extract
from model.results.new_run import new_run
from model.results.run import copy_inputs, open_run, write_results
from model.results.targets import target_results
from model.solve.matrix import Matrix, compile_matrix
from model.solve.search import Plan, search
from model.study.plan.answer import Options
from model.study.plan.solve import Outcome, solve

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

    @property
    def rules(self) -> list[str]:
        return list(self.without)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the program said, by whichever route."""

    objective: float
    status: str
    data: tuple[xr.Dataset, ...]
    targets: tuple[Mapping[str, Any], ...]
    audited: bool
    baselines: Mapping[str, float]

    def value(self, name: str) -> float:
        """`annual[mill,2021]` in the order of the dims of the decision; dims of length one may be left out at the end."""
        parts = re.fullmatch(r"(\w+)(?:\[(.*)\])?", name)
        assert parts is not None, name
        variable, inside = parts.groups()
        data = next(part for part in self.data if variable in part)[variable]
        dims = next((known.dims for known in DECISIONS.values() if known.name == variable), data.dims)
        keys = [int(key) if key.isdigit() else key for key in (inside or "").split(",") if key]
        return float(data.sel(dict(zip(dims, keys))).squeeze())


# What a case is made of


def _row(table: str, **cells: Any) -> Fact:
    return table, cells


def _number(value: float | None, unit: str = CANONICAL) -> dict[str, Any]:
    return {"value": value, "unit": unit, **PAPER}


def _label(name: str) -> dict[str, str]:
    return {"id": name, "label_en": name, "label_zh": name}


def numbers(item: str, given: Mapping[str, Number]) -> Facts:
    return [
        _row("numbers", item=item, quantity=quantity, year=year, **_number(value))
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
        _row(
            "technologies", **_label(name), sector="works", operation=operation, capacity_unit=capacity,
            activity_unit=activity or ("Mt" if by_year else "TWh"), **columns,
        ),
        *[_row("flows", technology=name, commodity=commodity, **_number(value)) for commodity, value in flows.items()],
        *numbers(name, told),
    ]  # fmt: skip
    return made + (existing(f"{name}_at_start", name, exists, until=until) if exists else [])


def existing(name: str, technology: str, amount: float, *, until: int | None = None) -> Facts:
    return [_row("existing", **_label(name), technology=technology, until=until, **_number(amount))]


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
        _row("effects", measure=name, item=item, **_number(effect.get("value", 1.0)), **{k: v for k, v in effect.items() if k != "value"})
        for item, given in on.items()
        for effect in ([given] if isinstance(given, Mapping) else [{"value": given}])
    ]
    row = _row("measures", **_label(name), sector="works", clause="c1", payer=payer, kind=kind, unit=unit, **columns)
    paid = {"investment": cost * life, "lifetime": life} if "investment" not in told else {"lifetime": life}
    return [row, *effects, *numbers(name, {**paid, **told})]


def demand(commodity: str, amount: Number, *, shape: str | None = None, told: Mapping[str, Number] = NOTHING, name: str = "need") -> Facts:
    shaped = shape or ("flat" if COMMODITIES[commodity][1] == "hourly" else None)
    return [
        _row("demands", **_label(f"{name}_of_{commodity}"), commodity=commodity, shape=shaped),
        *numbers(f"{name}_of_{commodity}", {"amount": amount, **told}),
    ]


def market(
    commodity: str, price: Number, direction: str = "buy", *, payer: str = "owner", told: Mapping[str, Number] = NOTHING, **columns: Any
) -> Facts:
    name = f"{commodity}_{direction}"
    return [
        _row("markets", **_label(name), commodity=commodity, direction=direction, payer=payer, **columns),
        *numbers(name, {"price": price, **told}),
    ]


def profile(name: str, hours: Sequence[float], *, availability: bool = False) -> Facts:
    """The same day all year; an availability keeps its hours as they are."""
    value = _number(365 * sum(hours), "h") if availability else _number(1.0)
    return [
        _row("profiles", **_label(name), kind="availability" if availability else "shape", **value),
        _row("profile_days", profile=name, period="year", **dict(zip(HOURS, hours, strict=True))),
    ]


def halves(night: float, day: float) -> list[float]:
    """Hours 0–11, then hours 12–23."""
    return [night] * 12 + [day] * 12


def indicator(name: str, unit: str, counts: Iterable[tuple[str, str, float]] = (), **columns: Any) -> Facts:
    return [
        _row("indicators", **_label(name), unit=unit, **columns),
        *[_row("accounts", indicator=name, item=item, by=by, **_number(value)) for item, by, value in counts],
    ]


def target(name: str, indicator: str, form: str, sense: str, value: float | None, *, year: int = 2021, **columns: Any) -> Facts:
    cells = {"series": name, "clause": "c1", "quote": "as the plan says", "strength": "binding", **columns}
    return [_row("targets", **_label(name), indicator=indicator, form=form, sense=sense, year=year, **_number(value), **cells)]


def coupling(name: str, sense: str, limit: float, terms: Mapping[tuple[str, str], float], *, kind: str = "limit") -> Facts:
    return [
        _row("couplings", **_label(name), kind=kind, sense=sense, **_number(limit, "1")),
        *[_row("coupling_terms", coupling=name, item=item, by=by, **_number(value)) for (item, by), value in terms.items()],
    ]


def driver(name: str, unit: str, amount: Number) -> Facts:
    return [_row("drivers", **_label(name), unit=unit), *numbers(name, {"amount": amount})]


def residual(name: str, item: str, amount: float, *, path: Number = 1.0) -> Facts:
    return [_row("residuals", **_label(name), sector="works", item=item, **_number(amount)), *numbers(name, {"path": path})]


def curve(name: str, points: Mapping[int, float]) -> Facts:
    return [_row("curves", curve=name, age=age, **_number(value)) for age, value in points.items()]


def actual(measure: str, year: int, amount: float) -> Facts:
    return [_row("actuals", measure=measure, year=year, **_number(amount))]


def ramp(name: str, measures: Sequence[str], told: Mapping[str, Number], *, unit: str = "Mt") -> Facts:
    return [_row("ramps", **_label(name), unit=unit, measures=tuple(measures)), *numbers(name, told)]


# From facts to a case, in memory and on disk


def case_of(paper: Paper) -> Case:
    """The case in memory. Units that are left to the program are filled in by its own rule."""
    header = Header(
        id="paper",
        label_en=paper.name,
        label_zh=paper.name,
        base_year=2020,
        years=list(paper.years),
        decide_from=paper.decide_from,
        price_year=2020,
        variants=dict(paper.variants),
    )
    facts = [*_frame(paper), *(fact for part in paper.facts for fact in part)]
    rough = _case(header, facts)
    lookup = Lookup(rough)
    return _case(header, [_with_unit(table, cells, lookup) for table, cells in facts])


def _frame(paper: Paper) -> Facts:
    given = [fact for part in paper.facts for fact in part]
    used = {cells[column] for _, cells in given for column in ("commodity", "heat", "item") if cells.get(column) in COMMODITIES}
    own = {cells["id"]: cells for table, cells in given if table == "commodities"}
    flat = profile("flat", [1.0] * 24) if any(COMMODITIES[name][1] == "hourly" for name in used) else []
    present = {table for table, _ in given}
    idle = indicator("nothing", "Mt") if not {"indicators", "measures"} <= present else []
    if "measures" not in present:  # a case must have a measure, if only one that does nothing
        idle += measure("idle", {"nothing": 0.0}, told={"pace": 0.0})
    return [
        _row("sectors", **_label("works"), payer="owner"),
        *[_row("payers", **_label(name)) for name in ("owner", "town")],
        _row("clauses", **_label("c1")),
        _row("periods", **_label("year"), days=365),
        *[_row("commodities", **_label(name), unit=COMMODITIES[name][0], balance=COMMODITIES[name][1]) for name in sorted(used - set(own))],
        *flat,
        *idle,
        *[
            _row("settings", **_label(name), **_number(value, SETTINGS[name].unit))
            for name, value in {"discount_rate": 0.0, **paper.settings}.items()
        ],
    ]


def _with_unit(table: str, cells: dict[str, Any], lookup: Lookup) -> Fact:
    if cells.get("unit") != CANONICAL:
        return table, cells
    row = TABLES[table].model_construct(**cells)
    return table, {**cells, "unit": canonical_unit(table, row, lookup) or "1"}


def _case(header: Header, facts: Facts) -> Case:
    tables = {
        table: tuple(
            model.model_construct(**{**_defaults(model), **cells}) if cells.get("unit") == CANONICAL else model.model_validate(cells)
            for name, cells in facts
            if name == table
        )
        for table, model in TABLES.items()
    }
    return Case(folder=Path("paper"), header=header, tables=tables, places={}, spots={})


def _defaults(model: type[Row]) -> dict[str, Any]:
    return {name: known.get_default() for name, known in model.model_fields.items() if not known.is_required()}


def write_case(case: Case, folder: Path, *, order: Callable[[list], list] = list) -> Path:
    """The case as a folder of CSV tables; `order` may turn rows and columns round."""
    folder.mkdir(parents=True)
    header = case.header
    lines = [f"{name}: {text}" for name, text in header.model_dump().items() if text not in (None, [], {})]
    (folder / "case.yaml").write_text("\n".join(lines).replace("'", ""), encoding="utf-8")
    for table, rows in case.tables.items():
        if not rows:
            continue
        columns = order(list(TABLES[table].model_fields))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(dict(row)[column]) for column in columns] for row in order(list(rows)))
    return folder


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    return repr(value) if isinstance(value, float) else str(value)


# One model of a case, without the ways around it


@dataclass(frozen=True, eq=False)
class Made:
    """Parameters, the model made of them, and its matrix."""

    parameters: xr.Dataset
    model: pyo.ConcreteModel
    matrix: Matrix


def scope_of(case: Case, paper: Paper) -> Scope:
    """The plan's scope, with the accounts of base year and usual plan where a target is measured against them."""
    scope = replace(plan_scope(case), dropped=paper.dropped)
    forms = {row.form for row in case.tables["targets"]}
    if forms & {"change", "change_per_driver"}:
        values = _indicators(case, base_scope(case)).isel(year=0)
        scope = replace(scope, base_account={str(i): float(v) for i, v in zip(values["indicator"].values, values.values)})
    if "peak" in forms:
        values = _indicators(case, replace(scope, measures="usual", targets=False))
        scope = replace(scope, usual_account={str(i): tuple(values.sel(indicator=i).values.tolist()) for i in values["indicator"].values})
    return scope


def _indicators(case: Case, scope: Scope) -> xr.DataArray:
    data = parameters(case, scope)
    matrix = compile_matrix(build(data))
    plan = search(matrix, priced=_priced(matrix), gap=GAP)
    return work_out(data, extract(matrix.columns, plan.x, data))["indicator_value"]


def _priced(matrix: Matrix) -> np.ndarray:
    return np.flatnonzero([component in ("Unserved", "Hourly_Unserved", "Firm_Shortfall") for component, _ in matrix.columns])


@cache
def made(paper: Paper) -> Made:
    case = case_of(paper)
    data = parameters(case, scope_of(case, paper))
    model = build(data)
    return Made(data, model, compile_matrix(model))


@cache
def plan_without(paper: Paper, *rules: str) -> Plan:
    """The cheapest plan when rules are taken out of the matrix."""
    matrix = made(paper).matrix
    for rule in rules:
        matrix = _taken_out(matrix, rule)
    return search(matrix, priced=_priced(matrix), gap=GAP)


def _taken_out(matrix: Matrix, rule: str) -> Matrix:
    component, _, part = rule.partition(":")
    name, _, index = component.partition("[")
    keys = matrix.columns if part else matrix.rows
    chosen = np.array([key == name and (not index or index == _shown(place)) for key, place in keys], dtype=bool)
    assert chosen.any(), f"nothing to take out: {rule}"
    match part:
        case "":
            return replace(
                matrix, row_lower=np.where(chosen, -np.inf, matrix.row_lower), row_upper=np.where(chosen, np.inf, matrix.row_upper)
            )
        case "upper":
            return replace(matrix, upper=np.where(chosen, np.inf, matrix.upper))
        case "lower":
            least = 0.0 if name == "Build" else -np.inf
            return replace(matrix, lower=np.where(chosen, least, matrix.lower))
        case "whole":
            return replace(matrix, integer=matrix.integer & ~chosen)
        case "cost":
            return replace(matrix, cost=np.where(chosen, 0.0, matrix.cost))
    raise ValueError(f"unknown part of a rule: {rule}")


def _shown(index: object) -> str:
    return ",".join(str(part) for part in index) + "]" if isinstance(index, tuple) else f"{index}]"


@dataclass(frozen=True, eq=False)
class Worked:
    """What follows from a plan, held against the whole case."""

    decisions: xr.Dataset
    worked: xr.Dataset
    targets: xr.Dataset
    audit: Audit


@cache
def worked_out(paper: Paper, *rules: str) -> Worked:
    """Accounts and audit of the cheapest plan when rules are taken out; the audit knows nothing of what was taken out."""
    data, plan = made(paper).parameters, plan_without(paper, *rules)
    decisions = extract(made(paper).matrix.columns, plan.x, data)
    worked = work_out(data, decisions)
    targets = target_results(data, worked["indicator_value"])
    return Worked(decisions, worked, targets, audit(data, decisions, worked, targets, plan.objective))


# The three routes


def fresh(paper: Paper) -> Answer:
    """Built in memory, solved."""
    plan = plan_without(paper)
    assert plan.status == "optimal", plan.status
    made_of = worked_out(paper)
    targets = made_of.targets
    short = max(float(made_of.decisions["unserved"].max()), float(made_of.decisions["firm_shortfall"].max()))
    records = tuple(
        {"id": str(t), "year": int(y), "met": bool(met), "enforced": bool(e), "binding": bool(b)}
        for t, y, met, e, b in zip(*(targets[name].values for name in ("row_target", "row_year", "met", "row_enforced", "binding")))
    )
    status = "unserved" if short > TOLERANCE else "optimal"
    return Answer(plan.objective, status, (made_of.decisions, made_of.worked), records, made_of.audit.ok, {})


def read_back(paper: Paper) -> Answer:
    """Written as a case to disk, checked, read, solved with its baselines."""
    return _answer(solved(paper)[0].manifest, solved(paper)[0].results, solved(paper)[0].hours)


def stored(paper: Paper) -> Answer:
    """Opened again from the run that was written."""
    _, manifest, results, hours = solved(paper)
    return _answer(manifest, results, hours)


ROUTES = (fresh, read_back, stored)


def told(paper: Paper) -> Case:
    """The case written to disk, checked and read again."""
    with tempfile.TemporaryDirectory() as home:
        folder = write_case(case_of(paper), Path(home) / "data" / "paper")
        faults = check(folder)
        assert not faults, faults
        return read_case(folder)


@cache
def solved(paper: Paper) -> tuple[Outcome, Mapping[str, Any], xr.Dataset, xr.Dataset]:
    with tempfile.TemporaryDirectory() as home:
        folder = write_case(case_of(paper), Path(home) / "data" / "paper")
        faults = check(folder)
        assert not faults, faults
        outcome = solve(read_case(folder), Options(gap=GAP, dropped=paper.dropped))
        with new_run(Path(home) / "runs" / "paper" / "first") as partial:
            copy_inputs(partial, {"paper": folder})
            write_results(partial, outcome.manifest, outcome.results, outcome.hours)
        run = open_run(Path(home) / "runs" / "paper" / "first")
        return outcome, run.manifest, run.results, run.hours


def _answer(manifest: Mapping[str, Any], results: xr.Dataset, hours: xr.Dataset) -> Answer:
    baselines = {name: one["objective"] for name, one in manifest["baselines"].items()}
    return Answer(
        manifest["objective"], manifest["status"], (results, hours), tuple(manifest["targets"]), manifest["audit"]["ok"], baselines
    )


# Cases made of others


def also(paper: Paper, *facts: Facts, **changes: Any) -> Paper:
    """The same case with facts added or replaced (a row with the same name replaces the old one)."""
    added = {_key(fact) for part in facts for fact in part}
    kept = tuple([fact for fact in part if _key(fact) not in added] for part in paper.facts)
    return replace(paper, facts=(*kept, *facts), answer={}, without={}, **changes)


def _key(fact: Fact) -> tuple[Any, ...]:
    table, cells = fact
    return (table, *(cells.get(name) for name in TABLES[table].key))


def stopped_at_the_second(search: Callable[..., Any]) -> Callable[..., Any]:
    """A search that Ctrl-C meets the second time it is asked."""
    calls: list[int] = []

    def asked(*words: Any, **given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return search(*words, **given)

    return asked
