"""Clashes on paper: each named exactly, none of its members to spare, each way out proven again by a solve of its own.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each) or is bought clean at 3, as in test_targets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pytest
from click.testing import CliRunner
from paper import (
    GAP,
    TOLERANCE,
    Paper,
    case_of,
    coupling,
    demand,
    halves,
    indicator,
    market,
    measure,
    plan_without,
    profile,
    target,
    technology,
)
from test_targets import CLEAN, TOWN

import cli
from model.case.change import changed, parse_change
from model.case.faults import Place
from model.case.read import Case
from model.commands import places
from model.report.explain.clash_text import clash_record, clash_text
from model.results.clash import Clash, Way
from model.study.answer import DEFAULTS, Options, Watch
from model.study.clash.clash import find_clash, negotiated
from model.study.solve import get_ready, plan_of

TWO, THREE = (2021, 2022), (2021, 2022, 2023)
NO_MARKET = tuple(part for part in TOWN if part != TOWN[1])
PANELS = (technology("panel", gives={"goods": 1.0}), indicator("panels", "Mt", [("panel", "capacity", 1.0)]))


def panels(cost: float = 5.0, **given):
    return measure("lay", {"panel": 1.0}, cost=cost, **given)


@dataclass(frozen=True, eq=False)
class Broken:
    """A case that has no plan: its clashes as {target: years}, the limits (kind, item, years) of each, ways (kind, who gives).

    `given` are what ways give instead, by (kind, target, year).
    """

    paper: Paper
    clashes: tuple[dict[str, tuple[int, ...]], ...]
    limits: tuple[set[tuple[str, str, tuple[int, ...]]], ...]
    ways: tuple[tuple[str, str], ...]
    given: dict[tuple[str, str, int], float] = field(default_factory=dict)
    whole: bool = False


def paper(name: str, says: str, *facts, years: tuple[int, ...] = (2021,)) -> Paper:
    return Paper(name=name, says=says, facts=facts, objective=0.0, years=years)


CAP, FLOOR = target("cap", "smoke", "level", "<=", 0.4), target("floor", "smoke", "level", ">=", 0.6, strength="striving")

TWO_TARGETS = Broken(
    paper("two_targets", "at most 0.4 and at least 0.6 Mt of smoke: the striving one gives", *TOWN, CAP, FLOOR),
    clashes=({"cap": (2021,), "floor": (2021,)},),
    limits=(set(),),
    ways=(("least", "floor"), ("value", "cap")),
    given={("least", "floor", 2021): 0.4, ("value", "cap", 2021): 0.6},
)

THREE_TARGETS = Broken(
    paper(
        "three_targets",
        "mill, market and kiln give at most 0.3 each of 1 Mt: any two may stand",
        *TOWN,
        technology("kiln", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 2.0}),
        indicator("fumes", "Mt", [("kiln", "activity", 1.0)]),
        CLEAN[0],
        target("most_smoke", "smoke", "level", "<=", 0.3),
        target("most_fumes", "fumes", "level", "<=", 0.3, strength="expected"),
        target("most_bought", "clean", "level", "<=", 0.3, strength="striving"),
    ),
    clashes=({"most_smoke": (2021,), "most_fumes": (2021,), "most_bought": (2021,)},),
    limits=({("demand", "goods", (2021,))},),
    ways=(("least", "most_bought"), ("value", "most_fumes"), ("value", "most_smoke")),
    given={("least", "most_bought", 2021): 0.4, ("value", "most_fumes", 2021): 0.4, ("value", "most_smoke", 2021): 0.4},
)

PACE = Broken(
    paper(
        "pace",
        "0.6 Mt of panels from 2021, at 0.2 a year: 0.4 short in 2021, 0.2 in 2022, two years late",
        *TOWN,
        *PANELS,
        panels(told={"pace": 0.2}),
        target("sun", "panels", "level", ">=", 0.6),
        years=THREE,
    ),  # fmt: skip
    clashes=({"sun": (2021, 2022)},),
    limits=({("pace", "lay", (2021, 2022))},),
    ways=(("least", "sun"), ("later", "sun"), ("limit", "lay")),
    given={("least", "sun", 2021): 0.2, ("least", "sun", 2022): 0.4},
)

POTENTIAL = Broken(
    paper("potential", "0.8 Mt of panels where 0.6 have room", *TOWN, *PANELS, panels(told={"potential": 0.6}), target("sun", "panels", "level", ">=", 0.8)),
    clashes=({"sun": (2021,)},),
    limits=({("potential", "lay", (2021,))},),
    ways=(("least", "sun"), ("limit", "lay")),
    given={("least", "sun", 2021): 0.6},
)  # fmt: skip

LEAD_TIME = Broken(
    paper(
        "lead_time",
        "0.5 Mt of panels in 2022, which take two years: none then, and a year later they stand",
        *TOWN,
        *PANELS,
        panels(lead_time=2),
        target("sun", "panels", "level", ">=", 0.5, year=2022),
        years=THREE,
    ),  # fmt: skip
    clashes=({"sun": (2022,)},),
    limits=({("lead_time", "lay", (2021, 2022))},),
    ways=(("least", "sun"), ("later", "sun")),
    given={("least", "sun", 2022): 0.0},
)

WHOLE_UNITS = Broken(
    paper(
        "whole_units",
        "between 0.5 and 0.7 Mt of panels in units of 0.4: 0.4 or 0.8",
        *TOWN,
        *PANELS,
        panels(whole=True, told={"unit_size": 0.4}),
        target("least_sun", "panels", "level", ">=", 0.5),
        target("most_sun", "panels", "level", "<=", 0.7, strength="expected"),
    ),  # fmt: skip
    clashes=({"least_sun": (2021,), "most_sun": (2021,)},),
    limits=({("unit_size", "lay", (2021,))},),
    ways=(("least", "most_sun"), ("value", "least_sun")),
    given={("least", "most_sun", 2021): 0.8, ("value", "least_sun", 2021): 0.4},
    whole=True,
)

WHOLE_AND_POTENTIAL = Broken(
    paper(
        "whole_and_potential",
        "0.8 Mt of panels where 0.6 have room, in units of 0.4: parts of units would give 0.6, whole ones 0.4",
        *TOWN,
        *PANELS,
        panels(whole=True, told={"unit_size": 0.4, "potential": 0.6}),
        target("sun", "panels", "level", ">=", 0.8),
    ),  # fmt: skip
    clashes=({"sun": (2021,)},),
    limits=({("potential", "lay", (2021,))},),
    ways=(("least", "sun"), ("limit", "lay")),
    given={("least", "sun", 2021): 0.4},
)

BUDGET = Broken(
    paper(
        "budget",
        "the town, who pays what is bought, may spend 1.5, and 0.8 Mt must be bought, at 2.4",
        *(part for part in TOWN if part != TOWN[1]),
        market("goods", 3.0, payer="town"),
        indicator("town_spends", "亿元", [("town", "spend", 1.0)]),
        target("budget", "town_spends", "level", "<=", 1.5),
        target("cap", "smoke", "level", "<=", 0.2, strength="expected"),
    ),  # fmt: skip
    clashes=({"budget": (2021,), "cap": (2021,)},),
    limits=({("demand", "goods", (2021,))},),
    ways=(("value", "cap"), ("value", "budget")),
    given={("value", "cap", 2021): 0.5, ("value", "budget", 2021): 2.4},
)

PEAK = Broken(
    paper(
        "peak",
        "no rise from 2021 (usual: 1 Mt) on, and 1.3 Mt of smoke in 2023",
        demand("goods", {2021: 1.0, 2023: 1.4}),
        market("goods", 3.0),
        market("goods", 0.5, "sell"),
        technology("mill", gives={"goods": 1.0}, exists=2.0, told={"variable_cost": 1.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        target("peak", "smoke", "peak", "<=", 0.0, year=2022),
        target("floor", "smoke", "level", ">=", 1.3, year=2023, strength="striving"),
        years=THREE,
    ),  # fmt: skip
    clashes=({"peak": (2021, 2022, 2023), "floor": (2023,)},),
    limits=(set(),),
    ways=(("least", "floor"), ("value", "peak")),
    given={("least", "floor", 2023): 1.0},
)

PHASE_OUT = Broken(
    paper("phase_out", "no smoke from 2022, and nothing else makes goods", *NO_MARKET, target("gone", "smoke", "phase_out", "<=", 0.0, year=2022), years=TWO),
    clashes=({"gone": (2022,)},),
    limits=({("demand", "goods", (2022,))},),
    ways=(("least", "gone"), ("without", "gone")),
    given={("least", "gone", 2022): 1.0},
)  # fmt: skip

DISJOINT = Broken(
    paper(
        "disjoint",
        "smoke at most 0.4 and at least 0.6, and 0.8 Mt of panels where 0.6 have room: nothing to do with one another",
        *TOWN,
        *PANELS,
        panels(told={"potential": 0.6}),
        CAP,
        FLOOR,
        target("sun", "panels", "level", ">=", 0.8),
    ),  # fmt: skip
    clashes=({"cap": (2021,), "floor": (2021,)}, {"sun": (2021,)}),
    limits=(set(), {("potential", "lay", (2021,))}),
    ways=(("least", ""), ("value", "cap"), ("limit", "lay")),
    given={("least", "floor", 2021): 0.4, ("least", "sun", 2021): 0.6, ("value", "cap", 2021): 0.6},
)

NONSENSE_SET = Broken(
    paper("nonsense", "a share that awaited its number is set to 150 %", *TOWN, *CLEAN, target("share", "clean", "share", ">=", 1.5, reference="all_goods")),
    clashes=({"share": (2021,)},),
    limits=({("demand", "goods", (2021,))},),
    ways=(("least", "share"), ("without", "share")),
    given={("least", "share", 2021): 1.0},
)  # fmt: skip

COUPLED = Broken(
    paper(
        "coupled",
        "0.8 Mt of panels, each with as much room on roofs, of which 0.5 Mt can be had",
        *TOWN,
        *PANELS,
        panels(),
        technology("roof"),
        measure("rent", {"roof": 1.0}, told={"potential": 0.5}),
        coupling("on_roofs", "<=", 0.0, {("lay", "level"): 1.0, ("rent", "level"): -1.0}),
        target("sun", "panels", "level", ">=", 0.8),
    ),  # fmt: skip
    clashes=({"sun": (2021,)},),
    limits=({("coupling", "on_roofs", (2021,)), ("potential", "rent", (2021,))},),
    ways=(("least", "sun"), ("limit", "rent")),
    given={("least", "sun", 2021): 0.5},
)

EXACTLY = Broken(
    paper("exactly", "exactly 0.4 and exactly 0.6 Mt of smoke", *TOWN, target("a", "smoke", "level", "==", 0.4), target("b", "smoke", "level", "==", 0.6)),
    clashes=({"a": (2021,), "b": (2021,)},),
    limits=(set(),),
    ways=(("value", "a"), ("value", "b")),
    given={("value", "a", 2021): 0.6, ("value", "b", 2021): 0.4},
)  # fmt: skip

BROKEN = [
    TWO_TARGETS, THREE_TARGETS, PACE, POTENTIAL, LEAD_TIME, WHOLE_UNITS, WHOLE_AND_POTENTIAL, BUDGET, PEAK, PHASE_OUT, DISJOINT, NONSENSE_SET, COUPLED, EXACTLY,
]  # fmt: skip
each = pytest.mark.parametrize("broken", [pytest.param(one, id=one.paper.name) for one in BROKEN])


@cache
def clash_of(broken: Broken) -> Clash:
    return find_clash(case_of(broken.paper), Options(gap=GAP), Watch())


@each
def test_a_clash_is_named_exactly(broken: Broken) -> None:
    clash = clash_of(broken)
    assert clash.kind == "targets" and not clash.missing
    found = {tuple(sorted((m.target, m.years) for m in conflict.members)): conflict for conflict in clash.conflicts}
    assert set(found) == {tuple(sorted(one.items())) for one in broken.clashes}
    for members, limits in zip(broken.clashes, broken.limits, strict=True):
        conflict = found[tuple(sorted(members.items()))]
        assert {(limit.kind, limit.item, limit.years) for limit in conflict.limits} == limits
        assert conflict.whole == broken.whole


def stands(paper: Paper, *in_force: str) -> bool:
    """Whether these targets of a case, all others left out, can be met and every demand served."""
    dropped = {cells["id"] for part in paper.facts for table, cells in part if table == "targets"} - set(in_force)
    plan = plan_without(replace(paper, dropped=frozenset(dropped)))
    keys = _keys(replace(paper, dropped=frozenset(dropped)))
    short = (
        max((plan.x[j] for j, (component, _) in enumerate(keys) if component in ("Unserved", "Firm_Shortfall")), default=0.0)
        if len(plan.x)
        else 0
    )
    return plan.status == "optimal" and short <= TOLERANCE


def _keys(paper: Paper) -> tuple:
    from paper import made

    return made(paper).matrix.columns


@each
def test_no_member_of_a_clash_can_be_spared(broken: Broken) -> None:
    for conflict in clash_of(broken).conflicts:
        members = {member.target for member in conflict.members}
        assert not stands(broken.paper, *members)
        for target_id in members:
            assert stands(broken.paper, *(members - {target_id})), target_id


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
    """The case changed as each way says has a plan that serves everything, at no more than the way's cost."""
    for way in clash_of(broken).ways:
        case = _changed(case_of(broken.paper), way)
        dropped = frozenset(word.removeprefix("--drop ") for word in way.changes if word.startswith("--drop"))
        options = replace(DEFAULTS, gap=GAP, dropped=dropped)
        ready = get_ready(case, options, Watch())
        plan = plan_of(ready, Watch())
        assert plan.answer.status == "optimal"
        assert float(plan.solved.decisions["unserved"].max()) <= TOLERANCE
        assert plan.answer.objective <= way.objective + 1e-4 * abs(way.objective)
        assert way.bound <= way.objective


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


@each
def test_the_negotiated_plan_is_the_least_relaxed(broken: Broken) -> None:
    ready = get_ready(case_of(broken.paper), Options(gap=GAP), Watch())
    plan = negotiated(ready, Watch())
    least = clash_of(broken).ways[0]
    assert least.kind == "least"
    assert plan.answer.objective == pytest.approx(least.objective, rel=1e-6)
    assert least.score == min(way.score for way in clash_of(broken).ways if way.kind in ("least", "value"))


def test_a_case_with_a_plan_has_no_clash() -> None:
    fine = paper("fine", "one cap", *TOWN, CAP)
    clash = find_clash(case_of(fine), Options(gap=GAP), Watch())
    assert clash.kind == "none" and not clash.conflicts and not clash.ways
    assert negotiated(get_ready(case_of(fine), Options(gap=GAP), Watch()), Watch()).answer.objective == pytest.approx(2.2)


def test_a_demand_that_nothing_serves_is_named() -> None:
    short = paper("short", "the mill makes 0.6 of 1 Mt", demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6))
    clash = find_clash(case_of(short), Options(gap=GAP), Watch())
    assert clash.kind == "demand"
    assert [(one.item, one.year, one.hour) for one in clash.missing] == [("goods", 2021, None)]
    assert clash.missing[0].amount == pytest.approx(0.4)
    assert "0.400 Mt" in clash_text(clash, case_of(short), "en")


def test_a_demand_of_an_hour_is_named_with_its_hour() -> None:
    """1 GW at night and 3 by day, of which a plant of 2 GW serves 2."""
    dark = paper(
        "dark", "", demand("electricity", 17.52, shape="work"), profile("work", halves(1.0, 3.0)), technology("plant", "dispatch", gives={"electricity": 1.0}, exists=2.0),
    )  # fmt: skip
    clash = find_clash(case_of(dark), Options(gap=GAP), Watch())
    assert clash.kind == "demand"
    missing = clash.missing[0]
    assert (missing.item, missing.year) == ("electricity", 2021)
    assert missing.hour is not None and 12 <= missing.hour < 24
    assert missing.amount == pytest.approx(4.38)


def test_a_target_clashes_beside_a_demand_that_nothing_serves() -> None:
    both = paper("both", "", demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6), TOWN[3], CAP)
    clash = find_clash(case_of(both), Options(gap=GAP), Watch())
    assert clash.kind == "targets" and clash.missing[0].amount == pytest.approx(0.4)
    assert [member.target for conflict in clash.conflicts for member in conflict.members] == ["cap"]


def test_limits_that_clash_without_targets_are_named() -> None:
    """1 Mt of panels is committed where 0.6 have room."""
    stuck = paper("stuck", "", *TOWN, *PANELS, panels(told={"potential": 0.6, "committed": {2021: 1.0}}))
    clash = find_clash(case_of(stuck), Options(gap=GAP), Watch())
    assert (clash.kind, clash.model) == ("limits", "usual")
    assert {(limit.kind, limit.item) for limit in clash.limits} == {("committed", "lay"), ("potential", "lay")}
    assert "committed" in clash_text(clash, case_of(stuck), "en")


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
    monkeypatch.setattr(places, "RUNS", home / "runs")
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
    assert result.stdout.startswith("Relaxed, because the targets cannot all be met")
    manifest = json.loads(next(tmp_path.rglob("manifest.json")).read_text(encoding="utf-8"))
    assert manifest["accepted"] and manifest["objective"] == pytest.approx(6.25, abs=1e-3)
    assert [(one["target"], one["year"], one["given"]) for one in manifest["relaxed"]] == [("co2_2023", 2023, pytest.approx(0.0, abs=1e-6))]
