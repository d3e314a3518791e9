"""Cases on paper that have no plan for what may be built, or taken away: ramps, least amounts, least sizes, what stands."""

from __future__ import annotations

from broken_case import PANELS, Broken, panels, paper
from paper import demand, existing, indicator, market, measure, ramp, target, technology
from papers.targets import TOWN

TWO, THREE = (2021, 2022), (2021, 2022, 2023)

RAMP = Broken(
    paper(
        "ramp",
        "0.6 Mt of panels from 2022: 0.1 in 2021, and no more than 0.1 above that in 2022",
        *TOWN,
        *PANELS,
        panels(),
        ramp("roofs", ("lay",), {"up": 0.0, "start": 0.1, "recent": 0.0}),
        target("sun", "panels", "level", ">=", 0.6, year=2022),
        years=THREE,
    ),  # fmt: skip
    clashes=({"sun": (2022,)},),
    limits=({("ramp", "roofs", (2021, 2022))},),
    ways=(("least", "sun"), ("later", "sun")),
    given={("least", "sun", 2022): 0.3},
)

MINIMUM = Broken(
    paper(
        "minimum",
        "at least 0.5 Mt of panels in force from 2022, and at most 0.3 Mt",
        *TOWN,
        *PANELS,
        panels(told={"minimum": {2022: 0.5}}),
        target("shade", "panels", "level", "<=", 0.3),
        years=TWO,
    ),  # fmt: skip
    clashes=({"shade": (2022,)},),
    limits=({("minimum", "lay", (2022,))},),
    ways=(("least", "shade"), ("without", "shade")),
    given={("least", "shade", 2022): 0.5},
)

LEAST_SIZE = Broken(
    paper(
        "least_size",
        "between 0.2 and 0.3 Mt of panels, which come in 0.4 Mt at the least",
        *TOWN,
        *PANELS,
        panels(told={"least_size": 0.4, "potential": 1.0}),
        target("least_sun", "panels", "level", ">=", 0.2),
        target("most_sun", "panels", "level", "<=", 0.3, strength="expected"),
    ),  # fmt: skip
    clashes=({"least_sun": (2021,), "most_sun": (2021,)},),
    limits=({("least_size", "lay", (2021,))},),
    ways=(("least", "most_sun"), ("value", "least_sun")),
    given={("least", "most_sun", 2021): 0.4, ("value", "least_sun", 2021): 0.0},
    whole=True,
)

STANDING = Broken(
    paper(
        "standing",
        "at most 0.8 Mt of mills, and of 1.6 Mt only the old mill's 0.6 can be closed",
        demand("goods", 1.0),
        market("goods", 3.0),
        technology("mill", gives={"goods": 1.0}),
        existing("old", "mill", 0.6),
        existing("others", "mill", 1.0),
        measure("close_old", {"mill": {"value": -1.0, "stock": ("old",)}}, unit="plant_unit", kind="retire", told={"potential": 1.0}),
        indicator("mills", "Mt", [("mill", "capacity", 1.0)]),
        target("fewer", "mills", "level", "<=", 0.8),
    ),  # fmt: skip
    clashes=({"fewer": (2021,)},),
    limits=({("standing", "mill", (2021,))},),
    ways=(("least", "fewer"), ("without", "fewer")),
    given={("least", "fewer", 2021): 1.0},
)

BUILDING = (RAMP, MINIMUM, LEAST_SIZE, STANDING)
