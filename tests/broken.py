"""Cases on paper that have no plan: what clashes in each, what it runs into, and the ways out worked out by hand.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each) or is bought clean at 3, as in test_targets.
"""

from __future__ import annotations

from functools import cache

import pytest
from broken_building import BUILDING
from broken_case import PANELS, Broken, panels, paper
from paper import GAP, coupling, demand, indicator, market, measure, target, technology
from paper_case import case_of
from papers.allowances import SELLING_BUDGET
from papers.targets import CLEAN, TOWN

from model.results.clash import Clash
from model.study.infeasible.clash import find_clash
from model.study.plan.solve import get_ready
from model.study.solved.solved_model import Options, Ready, Watch

TWO, THREE = (2021, 2022), (2021, 2022, 2023)
NO_MARKET = tuple(part for part in TOWN if part != TOWN[1])
SELLING = SELLING_BUDGET.facts[:-1]
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

BAND = Broken(
    paper(
        "band",
        "about 0.4 Mt of smoke, 0.36 to 0.44, and at least 0.6",
        *TOWN,
        target("a", "smoke", "level", "==", 0.4, tolerance=0.1),
        FLOOR,
    ),  # fmt: skip
    clashes=({"a": (2021,), "floor": (2021,)},),
    limits=(set(),),
    ways=(("least", "floor"), ("value", "a")),
    given={("least", "floor", 2021): 0.44, ("value", "a", 2021): 0.6},
)

SELLS_TOO_LITTLE = Broken(
    paper(
        "sells_too_little",
        "the town must earn 2 by allowances at 5, of which a mill's 2 t let it sell 0.2",
        *SELLING,
        target("earns", "town_spends", "level", "<=", -2.0),
    ),
    clashes=({"earns": (2021,)},),
    limits=({("gain_limit", "plant", (2021,))},),
    ways=(("least", "earns"), ("without", "earns")),
    given={("least", "earns", 2021): -1.0},
)

BROKEN = [
    TWO_TARGETS, THREE_TARGETS, PACE, POTENTIAL, LEAD_TIME, WHOLE_UNITS, WHOLE_AND_POTENTIAL, BUDGET, PEAK, PHASE_OUT, DISJOINT, NONSENSE_SET, COUPLED, EXACTLY, BAND, SELLS_TOO_LITTLE, *BUILDING,
]  # fmt: skip
each = pytest.mark.parametrize("broken", [pytest.param(one, id=one.paper.name) for one in BROKEN])


@cache
def ready_of(broken: Broken) -> Ready:
    return get_ready(case_of(broken.paper), Options(gap=GAP), Watch())


@cache
def clash_of(broken: Broken) -> Clash:
    return find_clash(case_of(broken.paper), Options(gap=GAP), Watch(), ready=ready_of(broken))
