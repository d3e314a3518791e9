"""A case costs the same in whatever units of the right kind its rows are written."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from calling import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from paper import GAP, Paper
from paper_answer import scope_of
from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.case.units.registry import factor, parts_of
from model.case.units.unit_words import own_names
from model.maths.build import build
from model.solve.matrix import compile_matrix
from model.solve.search import search

# Words of one kind; each row of a case takes any of them.
KINDS = (
    ("GW", "MW", "万千瓦", "万kW", "吉瓦"),
    ("TWh", "GWh", "亿千瓦时", "亿kWh", "万千瓦时", "PJ"),
    ("Mtce", "万吨标准煤", "万tce", "ktce"),
    ("Mt", "kt", "万吨", "万t"),
    ("亿元", "万元", "MCNY"),
    ("kha", "万亩", "公顷"),
    ("CNY", "千元"),
    ("kWh", "MWh", "度"),
    ("t", "kg"),
    ("tce", "kgce"),
    ("plant_unit", "台"),
    ("%", "‰", "percent"),
    ("yr", "年"),
)
DECLARED = ("capacity_unit", "activity_unit")
FIRST = ("drivers", "commodities", "technologies", "measures", "indicators")  # their units are declared, and no number stands beside them
Tables = dict[str, list[list[str]]]


def toy() -> tuple[str, Tables]:
    folder = ROOT / "data" / "toy"
    tables = {path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in sorted(folder.glob("*.csv"))}
    return (folder / "case.yaml").read_text(encoding="utf-8"), tables


def tiny() -> tuple[str, Tables]:
    return TinyCase().header, TinyCase().tables


def other_unit(unit: str, generator: random.Random) -> str:
    """The unit with each word exchanged for one of its kind."""
    kinds = {word: kind for kind in KINDS for word in kind}
    return "".join(generator.choice(kinds[part]) if part in kinds else part for part in parts_of(unit))


def rewritten(tables: Tables, generator: random.Random) -> Tables:
    """The same tables in other units, their numbers converted one by one."""
    made: Tables = {}
    for table, (head, *rows) in tables.items():
        made[table] = [head]
        for row in rows:
            cells = dict(zip(head, row, strict=True))
            columns = ("unit", *DECLARED) if table in FIRST else ("unit",) if "value" in head else ()
            for column in (one for one in columns if cells.get(one)):
                unit = other_unit(cells[column], generator)
                numbers = [name for name in ("value", "low", "high") if cells.get(name)] if table not in FIRST else []
                cells |= {name: repr(float(cells[name]) * factor(cells[column], unit)) for name in numbers}
                cells[column] = unit
            made[table].append(list(cells.values()))
    return made


def cost(case: Case) -> float:
    """Cost of the cheapest plan, 亿元."""
    data = parameters(case, scope_of(case, Paper(name="any", says="", facts=(), objective=0.0)))
    matrix = compile_matrix(build(data))
    return float(search(matrix, gap=GAP).objective)


@cache
def as_it_stands(which: Callable[[], tuple[str, Tables]]) -> float:
    return cost(read_in(*which()))


def read_in(header: str, tables: Tables) -> Case:
    with tempfile.TemporaryDirectory() as home:
        folder = TinyCase(header=header, tables=tables).write(Path(home) / "data" / "any")
        assert check(folder) == []
        return read_case(folder)


@pytest.mark.parametrize("which", [toy, tiny])
@settings(max_examples=3, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_case_costs_the_same_in_any_mix_of_units(which: Callable[[], tuple[str, Tables]], seed: int) -> None:
    header, tables = which()
    case = read_in(header, rewritten(tables, random.Random(seed)))
    assert cost(case) == pytest.approx(as_it_stands(which), rel=1e-9)


def test_the_words_of_a_kind_are_of_one_kind() -> None:
    for kind in KINDS:
        assert {word for word in kind if word in own_names() or word == "%" or word == "‰"} == set(kind)
        assert all(factor(word, kind[0]) > 0 for word in kind)


# The toy's town costs 6.10 whichever way its sun and its power are counted.
@pytest.mark.parametrize(
    ("capacity", "activity", "commodity"), [("GW", "亿千瓦时", "TWh"), ("MW", "TWh", "GWh"), ("万千瓦", "PJ", "亿kWh")]
)
def test_the_town_costs_what_it_costs_on_paper(capacity: str, activity: str, commodity: str) -> None:
    header, tables = toy()
    for row in tables["technologies"][1:]:
        if row[0] == "rooftop_sun":
            row[tables["technologies"][0].index("capacity_unit")] = capacity
            row[tables["technologies"][0].index("activity_unit")] = activity
    for row in tables["commodities"][1:]:
        if row[0] == "electricity":
            row[tables["commodities"][0].index("unit")] = commodity
    assert cost(read_in(header, tables)) == pytest.approx(6.10, abs=1e-6)


def test_leaving_a_demand_unserved_is_dear_in_a_large_unit_too() -> None:
    """200 亿元 for 亿吨标准煤 (814 TWh) would be 0.25 a TWh, less than the 2.00 that heat costs, and the town would be left cold."""
    header, tables = toy()
    column = tables["commodities"][0].index("unit")
    (row,) = [one for one in tables["commodities"] if one[0] == "heat_supply"]
    row[column] = "亿吨标准煤"
    assert cost(read_in(header, tables)) == pytest.approx(6.10, abs=1e-3)
