"""Ways out of a clash on paper: those worked out by hand, each proven again by a solve of its own, told in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from broken import (
    COUPLED,
    DISJOINT,
    PANELS,
    PEAK,
    TWO_TARGETS,
    WHOLE_AND_POTENTIAL,
    WHOLE_UNITS,
    Broken,
    clash_of,
    each,
    panels,
    paper,
    ready_of,
)
from click.testing import CliRunner
from openpyxl import load_workbook
from paper import GAP, TOLERANCE, measure, target
from paper_case import case_of
from papers.targets import TOWN

import cli
from model.case.change.change import changed, parse_change
from model.case.faults import Place
from model.case.read.case import Case
from model.commands import paths
from model.report.explain.clash_text import clash_record, clash_text
from model.results.clash import Limit, Way
from model.study.infeasible.clash import find_clash, negotiated
from model.study.plan.solve import plan_of
from model.study.solved.solved_model import Options, Watch


@each
def test_ways_out_are_those_worked_out_by_hand(broken: Broken) -> None:
    ways = clash_of(broken).ways
    named = {(way.kind, way.gives) for way in ways}
    assert set(broken.ways) <= named | {("value", way.gives) for way in ways if way.kind == "least"}
    assert 2 <= len(ways) <= 5
    for (kind, target_id, year), value in broken.given.items():
        told = [
            r.given for way in ways for r in way.relaxations
            if way.kind in (kind, "least") and r.target == target_id and r.year == year
        ]  # fmt: skip
        assert value == pytest.approx(told[0], abs=1e-6) or any(value == pytest.approx(one, abs=1e-6) for one in told), (
            kind,
            target_id,
            told,
        )


@each
def test_ways_out_are_proven(broken: Broken) -> None:
    """The case changed as each way says has a plan that serves everything, at no more than the way's cost.

    Base year and usual path stay as they are: no way moves what is usual.
    """
    for way in clash_of(broken).ways:
        case = _changed(case_of(broken.paper), way)
        dropped = frozenset(word.removeprefix("--drop ") for word in way.changes if word.startswith("--drop"))
        scope = replace(ready_of(broken).scope, dropped=dropped)
        plan = plan_of(replace(ready_of(broken), case=case, scope=scope), Watch())
        assert plan.solution.status == "optimal"
        assert float(plan.solved.decisions["unserved"].max()) <= TOLERANCE
        assert plan.solution.objective <= way.cost + 1e-4 * abs(way.cost)
        assert way.bound <= way.cost


def test_options_that_give_more_than_the_way_say_so() -> None:
    """A cap from 2021 on must give in 2022 alone; its one value, raised, gives in 2021 too. The floor is of 2022 alone."""
    asked = (
        target("cap", "smoke", "level", "<=", 0.4, strength="striving"),
        target("floor", "smoke", "level", ">=", 0.6, year=2022, holds="year"),
    )
    broken = Broken(paper("one_year_gives", "the cap of both years gives in one", *TOWN, *asked, years=(2021, 2022)), (), (), ())
    told = {way.relaxations[0].target: way for way in clash_of(broken).ways if way.kind in ("least", "value")}
    assert [(one.year, one.given) for one in told["cap"].relaxations] == [(2022, pytest.approx(0.6))]
    assert told["cap"].changes == ("--set cap.value=0.6",) and told["cap"].changes_give_more == ("cap",)
    assert told["floor"].changes_give_more == ()
    for language, said in (("en", "ease cap in more years"), ("zh", "对cap的放宽年份更多")):
        assert clash_text(clash_of(broken), case_of(broken.paper), language).count(said) == 1


def _changed(case: Case, way: Way) -> Case:
    case = replace(case, spots={table: (Place(table, None, ""),) * len(rows) for table, rows in case.tables.items()})
    told = [word.removeprefix("--set ") for word in way.changes if word.startswith("--set")]
    case = changed(case, [parse_change(text) for text in told])
    if way.kind == "later":
        rows = tuple(row.model_copy(update={"year": way.year}) if row.id == way.gives else row for row in case.tables["targets"])
        case = replace(case, tables={**case.tables, "targets": rows})
    if not way.changes:  # what no option can say: a peak, or another year, beside what others give
        others = {one.target: one.given for one in way.relaxations if (way.kind, way.gives) != ("later", one.target)}
        peaks = {row.id for row in case.tables["targets"] if row.form == "peak"} & set(others)
        case = changed(case, [parse_change(f"{name}.value={value}") for name, value in others.items() if name not in peaks])
        rows = tuple(row for row in case.tables["targets"] if row.id not in peaks)
        case = replace(case, tables={**case.tables, "targets": rows})
    return case


@each
def test_it_reads_in_both_languages(broken: Broken) -> None:
    clash, case = clash_of(broken), case_of(broken.paper)
    for language in ("en", "zh"):
        text = clash_text(clash, case, language)
        text.encode("gbk")
        for members in broken.clashes:
            assert all(name in text for name in members)
        assert "nan" not in text and "None" not in text and "{" not in text
    record = json.loads(json.dumps(clash_record(clash, case), allow_nan=False))
    assert record["status"] == "infeasible" and len(record["ways"]) == len(clash.ways)


def test_limits_are_told_kind_by_kind() -> None:
    """Three limits in two kinds: one heading with two measures, one sentence; and whether each is known to matter."""
    several = (
        Limit("pace", "lay", (2021,), (0.2,)),
        Limit("potential", "rent", (2021,), (0.5,)),
        Limit("pace", "rent", (2021,), (0.1,)),
    )
    case = case_of(COUPLED.paper)
    for minimal, says in ((True, "none to spare"), (False, "not shown that each one matters")):
        conflict = replace(clash_of(COUPLED).conflicts[0], limits=several, minimal=minimal)
        text = clash_text(replace(clash_of(COUPLED), conflicts=(conflict,)), case, "en")
        assert says in text
        heading = text.splitlines().index("    - pace of 2 measures (a year), 2021:")
        assert text.splitlines()[heading + 1 : heading + 3] == ["        lay 0.2 Mt; rent 0.1 Mt", "    - potential of rent 0.5 Mt, 2021"]


def test_a_limit_is_raised_by_whole_units() -> None:
    """0.7 Mt of panels in units of 0.4, of which 0.6 Mt have room: 0.8 is asked for, because 0.7 would still be one unit."""
    whole = paper(
        "whole",
        "",
        *TOWN,
        *PANELS,
        panels(whole=True, told={"unit_size": 0.4, "potential": 0.6}),
        target("sun", "panels", "level", ">=", 0.7),
    )
    way = next(way for way in find_clash(case_of(whole), Options(gap=GAP), Watch()).ways if way.kind == "limit")
    assert [(one.kind, one.item, one.asked, one.given) for one in way.raised] == [("potential", "lay", 0.6, pytest.approx(0.8))]
    assert way.changes == ("--set lay.potential=0.8",)


def test_the_limits_raised_are_the_least_in_all() -> None:
    """1 Mt of panels in 2021, laid at 0.4 a year or rented at 0.1: half is missing. Laying must be 1.25 times faster yet, renting 5 times;

    the first is less, and in two digits it is 1.3.
    """
    slow = paper(
        "slow", "", *TOWN, *PANELS, panels(told={"pace": 0.4}), measure("rent", {"panel": 1.0}, cost=1.0, told={"pace": 0.1}),
        target("sun", "panels", "level", ">=", 1.0),
    )  # fmt: skip
    clash = find_clash(case_of(slow), Options(gap=GAP), Watch())
    assert {(limit.kind, limit.item) for limit in clash.conflicts[0].limits} == {("pace", "lay"), ("pace", "rent")}
    way = next(way for way in clash.ways if way.kind == "limit")
    assert [(one.item, one.given) for one in way.raised] == [("lay", pytest.approx(0.92))]
    assert way.changes == ("--set lay.pace=0.92",) and way.moves[0].measure == "lay"


@pytest.mark.parametrize("broken", [TWO_TARGETS, WHOLE_UNITS, WHOLE_AND_POTENTIAL, PEAK, DISJOINT], ids=lambda broken: broken.paper.name)
def test_the_negotiated_plan_is_the_least_relaxed(broken: Broken) -> None:
    plan = negotiated(ready_of(broken), Watch())
    least = clash_of(broken).ways[0]
    assert least.kind == "least"
    assert plan.solution.objective == pytest.approx(least.cost, rel=1e-6)
    assert least.score == min(way.score for way in clash_of(broken).ways if way.kind in ("least", "value"))


def test_the_weak_give_before_the_strong() -> None:
    """A striving target gives all of 0.2 Mt before a binding one gives any; turned round, the other gives."""
    turned = paper(
        "turned", "", *TOWN, target("cap", "smoke", "level", "<=", 0.4, strength="striving"), target("floor", "smoke", "level", ">=", 0.6)
    )
    clash = find_clash(case_of(turned), Options(gap=GAP), Watch())
    assert clash.ways[0].gives == "cap" and TWO_TARGETS.ways[0][1] == "floor"
    assert np.isclose(clash.ways[0].relaxations[0].given, 0.6)


# The command line: the toy case with a target that no plan meets. 0 Mt of CO2 is the least there can be, at 6.25.


def call(home, monkeypatch, *words: str):
    monkeypatch.setattr(paths, "RUNS", home / "runs")
    return CliRunner().invoke(cli.main, ["solve", "toy", "--set", "co2_2023.value=-1", *words])


def test_solve_names_the_clash_and_stores_nothing(tmp_path, monkeypatch) -> None:
    result = call(tmp_path, monkeypatch)
    assert result.exit_code == 3 and not list(tmp_path.rglob("manifest.json"))
    assert "--set co2_2023.value=0" in result.stdout and "--drop co2_2023" in result.stdout
    record = json.loads(call(tmp_path, monkeypatch, "--json").stdout)
    assert [member["target"] for member in record["conflicts"][0]["members"]] == ["co2_2023"] and len(record["ways"]) >= 2


def test_negotiate_stores_the_least_relaxed_plan(tmp_path, monkeypatch) -> None:
    result = call(tmp_path, monkeypatch, "--negotiate")
    assert result.exit_code == 0
    assert result.stdout.startswith("Eased as far as must be, because limits forbid it even by itself")  # less than nothing of CO2
    folder = next(tmp_path.rglob("manifest.json")).parent
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["negotiate"] is True and "HiGHS" in (folder / "solver.log").read_text(encoding="utf-8")
    assert manifest["accepted"] and manifest["objective"] == pytest.approx(6.25, abs=1e-3)
    assert [(one["target"], one["year"], one["given"]) for one in manifest["relaxed"]] == [("co2_2023", 2023, pytest.approx(0.0, abs=1e-6))]


def test_explain_writes_a_clash_as_a_workbook(tmp_path) -> None:
    book = tmp_path / "clash.xlsx"
    result = CliRunner().invoke(cli.main, ["explain", "toy", "--set", "co2_2023.value=-1", "--out", str(book)])
    assert result.exit_code == 3
    sheets = load_workbook(book)
    cells = {name: [str(cell) for row in sheets[name].iter_rows(values_only=True) for cell in row if cell] for name in sheets.sheetnames}
    assert any("at most -1 Mt" in cell for cell in cells["Clash"])
    assert "--set co2_2023.value=0" in cells["Ways out"] and any(cell.startswith("leave out") for cell in cells["Ways out"])
