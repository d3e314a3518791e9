"""Couplings on paper: requires, excludes, swap ratios, shared potentials."""

from __future__ import annotations

from paper import Paper, coupling, demand, market, measure, technology

TOWN = (demand("goods", 1.0), market("goods", 3.0))
TWO_MILLS = (
    *TOWN, technology("mill_a", gives={"goods": 1.0}), technology("mill_b", gives={"goods": 1.0}),
    measure("build_a", {"mill_a": 1.0}, cost=1.0, usual=True), measure("build_b", {"mill_b": 1.0}, cost=2.0, usual=True),
)  # fmt: skip

REQUIRES = Paper(
    name="requires",
    says="a needs as much of b: half and half",
    # 0.5 · 1 + 0.5 · 2; without it a alone.
    facts=(*TWO_MILLS, coupling("a_needs_b", "<=", 0.0, {("build_a", "level"): 1.0, ("build_b", "level"): -1.0}, kind="requires")),
    objective=1.5,
    answer={"level[build_a,2021]": 0.5, "level[build_b,2021]": 0.5},
    without={"Coupling_At_Most": 1.0},
)

SHARED = Paper(
    name="shared",
    says="a and b share a site of 0.6 Mt: all of it a, the rest bought: 0.6 + 0.4 · 3",
    facts=(*TWO_MILLS, coupling("site", "<=", 0.6, {("build_a", "level"): 1.0, ("build_b", "level"): 1.0}, kind="shared")),
    objective=1.8,
    answer={"level[build_a,2021]": 0.6, "level[build_b,2021]": 0.0},
    without={"Coupling_At_Most": 1.0},
)

EXCLUDES = Paper(
    name="excludes",
    says="one whole unit of a (0.6 Mt) or of b (0.6 Mt), never both: a and 0.4 bought",
    # 0.6 + 1.2; both would be 0.6 + 1.2 = 1.8 too, so b costs 1.5: both 0.6 + 0.9.
    facts=(
        *TOWN,
        technology("mill_a", gives={"goods": 1.0}),
        technology("mill_b", gives={"goods": 1.0}),
        measure("build_a", {"mill_a": 1.0}, cost=1.0, whole=True, told={"unit_size": 0.6, "potential": 0.6}),
        measure("build_b", {"mill_b": 1.0}, cost=1.5, whole=True, told={"unit_size": 0.6, "potential": 0.6}),
        coupling("one_of_both", "<=", 1.0, {("build_a", "level"): 1 / 0.6, ("build_b", "level"): 1 / 0.6}, kind="excludes"),
    ),  # fmt: skip
    objective=1.8,
    answer={"level[build_a,2021]": 0.6, "level[build_b,2021]": 0.0},
    without={"Coupling_At_Most": 1.5},
)

SWAP = Paper(
    name="swap",
    says="new capacity at most 0.8 of the old that is closed, at most and not exactly",
    # Old 1 Mt at 2 a Mt to run, new 0.5 a year. Closed c, built 0.8 c, the rest bought at 3: old (1 − c) · 2 + 0.8 c · 0.5 + 0.2 c · 3 = 2 − c.
    # All closed: 1.0. Built without closing: 0.5.
    facts=(
        *TOWN,
        technology("old_mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 2.0}),
        technology("new_mill", gives={"goods": 1.0}),
        measure("close_old", {"old_mill": -1.0}, kind="retire"),
        measure("build_new", {"new_mill": 1.0}, cost=0.5),
        coupling("swap", "<=", 0.0, {("build_new", "build"): 1.0, ("close_old", "build"): -0.8}, kind="swap"),
    ),  # fmt: skip
    objective=1.0,
    answer={"build[close_old,2021]": 1.0, "build[build_new,2021]": 0.8},
    without={"Coupling_At_Most": 0.5},
)

AT_LEAST = Paper(
    name="at_least",
    says="b makes at least 0.3 Mt a year: 0.3 · 2 + 0.7 · 1",
    facts=(*TWO_MILLS, coupling("some_b", ">=", 0.3, {("mill_b", "activity"): 1.0})),
    objective=1.3,
    answer={"annual[mill_b,2021]": 0.3},
    without={"Coupling_At_Least": 1.0},
)

EXACTLY = Paper(
    name="exactly",
    says="capacity of b is three times that of a: 0.25 · 1 + 0.75 · 2",
    facts=(*TWO_MILLS, coupling("three_to_one", "==", 0.0, {("mill_b", "capacity"): 1.0, ("mill_a", "capacity"): -3.0})),
    objective=1.75,
    answer={"capacity[mill_a,2021]": 0.25, "capacity[mill_b,2021]": 0.75},
    without={"Coupling_Exactly": 1.0},
)
