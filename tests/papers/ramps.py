"""Ramps on paper: a group's yearly additions grow from what was last on record, and fall no faster, renewal apart.

A town needs goods that it buys at 3 亿元/Mt. A mill costs 1 a year and Mt, or 5 where nobody would build it but for the fall that is held.
"""

from __future__ import annotations

from collections.abc import Mapping

from paper import Fact, Paper, actual, demand, indicator, market, measure, ramp, target, technology

MILL = technology("mill", gives={"goods": 1.0})
TWO, THREE = (2021, 2022), (2021, 2022, 2023)


def town(need: float) -> tuple[list[Fact], list[Fact]]:
    return demand("goods", need), market("goods", 3.0)


def mills(**told: float) -> list[Fact]:
    return ramp("mills", ("new_mill",), told)


def new_mill(cost: float = 1.0, **more: object) -> list[Fact]:
    return measure("new_mill", {"mill": 1.0}, cost=cost, **more)  # type: ignore[arg-type]


GROWS = Paper(
    name="grows",
    says="0.2 a year before, half as much again and 0.2 more each year: 0.5 in 2021, 0.95 in 2022, then the 0.55 that are left to build",
    # 0.5 + 1.5 · 3, 1.45 + 0.55 · 3, 2: 10.1. All at once 6; free in 2022 alone 5 + 2 + 2.
    facts=(*town(2.0), MILL, new_mill(), mills(up=0.5, start=0.2, recent=0.2)),
    years=THREE,
    objective=10.1,
    answer={"build[new_mill,2021]": 0.5, "build[new_mill,2022]": 0.95, "added[mills,2022]": 0.95, "build[new_mill,2023]": 0.55},
    without={"Ramp_Up": 6.0, "Ramp_Up[mills,2022]": 9.0, "Added_Of_Group": 6.0},
)

FROM_RECORDS = Paper(
    name="from_records",
    says="0.1 and 0.3 on record, which no ramp holds: from their mean of 0.2 on to 0.1 + 1.5 · 0.2 = 0.4 in 2023",
    # 0.1 + 0.9 · 3, 0.4 + 0.6 · 3, 0.8 + 0.2 · 3: 6.4. Free in 2023: 6.
    facts=(*town(1.0), MILL, new_mill(), actual("new_mill", 2021, 0.1), actual("new_mill", 2022, 0.3), mills(up=0.5, start=0.1)),
    years=THREE,
    decide_from=2023,
    objective=6.4,
    answer={"build[new_mill,2022]": 0.3, "build[new_mill,2023]": 0.4},
    without={"Ramp_Up": 6.0},
)

NOTHING_KNOWN = Paper(
    name="nothing_known",
    says="without a record the first year is free, and the next one starts from it: 0.4 by its pace, then no more than 0.1 above that",
    # 0.4 + 0.6 · 3, 0.9 + 0.1 · 3: 3.4. Free: 0.4 + 0.6 · 3 + 1.
    facts=(*town(1.0), MILL, new_mill(told={"pace": {2021: 0.4, 2022: 1.0}}), mills(up=0.0, start=0.1)),
    years=TWO,
    objective=3.4,
    answer={"build[new_mill,2021]": 0.4, "build[new_mill,2022]": 0.5},
    without={"Ramp_Up": 3.2},
)

RENEWED = Paper(
    name="renewed",
    says="mills of one year: the 0.5 of 2021 are renewed in 2022 and no growth; 0.5 are added beside them",
    # 0.5 + 0.5 · 3, then 1. Renewal without end would make all of 2021 renewal: 1 + 1.
    facts=(*town(1.0), MILL, new_mill(life=1.0), mills(up=0.0, start=0.0, recent=0.5)),
    years=TWO,
    objective=3.0,
    answer={"build[new_mill,2022]": 1.0, "renewed[mills,2022]": 0.5, "added[mills,2022]": 0.5},
    without={"Renewed_Of_Ended": 2.0, "Ramp_Up": 2.0},
)

OLD_STOCK_RENEWED = Paper(
    name="old_stock_renewed",
    says="0.4 Mt of old mills left after 2020: as much again is renewal, 0.1 is added",
    # 0.5 + 0.5 · 3.
    facts=(
        demand("goods", 1.0), market("goods", 3.0), technology("mill", gives={"goods": 1.0}, exists=0.4, until=2020),
        new_mill(), mills(up=0.0, start=0.1, recent=0.0),
    ),
    objective=2.0,
    answer={"build[new_mill,2021]": 0.5, "renewed[mills,2021]": 0.4},
    without={"Renewed_Of_Ended": 1.0},
)  # fmt: skip

ONE_UNIT = Paper(
    name="one_unit",
    says="mills of 0.4 Mt and a ramp of 0.1 from nothing: one whole mill is always allowed, two after one",
    # 0.4 + 1.6 · 3, 1.2 + 0.8 · 3: 8.8. Free 4.
    facts=(*town(2.0), MILL, new_mill(whole=True, told={"unit_size": 0.4}), mills(up=0.0, start=0.1, recent=0.0)),
    years=TWO,
    objective=8.8,
    answer={"build[new_mill,2021]": 0.4, "build[new_mill,2022]": 0.8},
    without={"Ramp_Up": 4.0},
)

COMMITTED = Paper(
    name="committed",
    says="0.9 are committed for 2022, more than 0.1 above the 0.1 of before: what is committed is not held, 2021 is",
    # 0.2 + 0.8 · 3, then 1.1 Mt of mills stand: 3.7. Free: all in 2021 and 0.9 idle, 1 + 1.9.
    facts=(*town(1.0), MILL, new_mill(told={"committed": {2022: 0.9}}), mills(up=0.0, start=0.1, recent=0.1)),
    years=TWO,
    objective=3.7,
    answer={"build[new_mill,2021]": 0.2, "build[new_mill,2022]": 0.9},
    without={"Ramp_Up": 2.9, "Build:lower": 3.6},
)

UNDER_WAY = Paper(
    name="under_way",
    says="0.1 a year before, 0.02 under way for 2021, which nobody can decide any more: 2022 falls from the 0.02, no less than 0.8 of it",
    # 2021 0.02 · 5 + 0.98 · 3, 2022 0.036 · 5 + 0.964 · 3: 6.112. From the 0.1 as if 2021 were not: 0.08 in 2022, 0.1 · 5 + 0.9 · 3 there, 6.24.
    facts=(
        *town(1.0), MILL, new_mill(5.0, lead_time=1, told={"committed": {2021: 0.02}}),
        mills(up=0.3, start=0.05, recent=0.1, down=0.2),
    ),
    years=TWO,
    objective=6.112,
    answer={"build[new_mill,2022]": 0.016, "added[mills,2021]": 0.02},
    without={"Ramp_Down": 6.08, "Added_Of_Group[mills,2021]": 6.08},
)  # fmt: skip

UNDER_WAY_GROWS = Paper(
    name="under_way_grows",
    says="and where mills are worth it, 2022 grows from the 0.02: 1.3 · 0.02 + 0.05 = 0.076",
    # 2021 0.02 + 0.98 · 3, 2022 0.096 + 0.904 · 3: 5.768. From the 0.1 there would be room for 0.18 in 2022.
    facts=(
        *town(1.0), MILL, new_mill(lead_time=1, told={"committed": {2021: 0.02}}),
        mills(up=0.3, start=0.05, recent=0.1, down=0.2),
    ),
    years=TWO,
    objective=5.768,
    answer={"build[new_mill,2022]": 0.076},
    without={"Ramp_Up": 3.96},
)  # fmt: skip

NOTHING_UNDER_WAY = Paper(
    name="nothing_under_way",
    says="0.8 a year before, but nothing is under way for 2022, the first year to be decided: 2023 owes nothing to years that were skipped, and starts with 0.1",
    # 3 in 2021 and in 2022, 0.1 + 0.9 · 3 in 2023: 8.8. From the 0.8 there would be 0.8 + 0.1 in 2023: 6 + 0.9 + 0.1 · 3.
    facts=(*town(1.0), MILL, new_mill(lead_time=1), mills(up=0.0, start=0.1, recent=0.8, down=0.5)),
    years=THREE,
    decide_from=2022,
    objective=8.8,
    answer={"build[new_mill,2023]": 0.1},
    without={"Ramp_Up": 7.0},
)

NOTHING_TOLD = Paper(
    name="nothing_told",
    says="a plan from its first year tells no commitments for 2021, which nobody can decide any more: 2022 goes on from the 0.8 a year before",
    # 3 in 2021, 0.9 + 0.1 · 3 in 2022.
    facts=(*town(1.0), MILL, new_mill(lead_time=1), mills(up=0.0, start=0.1, recent=0.8, down=0.5)),
    years=TWO,
    objective=4.2,
    answer={"build[new_mill,2022]": 0.9},
    without={"Ramp_Up": 4.0},
)

RUSH = Paper(
    name="rush",
    says="0.1 a year before, 0.9 under way for 2021: of that the 0.1 of before and 0.1 of start are growth, the 0.7 let in oblige nothing in 2022",
    # 2021 0.9 · 5 + 0.1 · 3; 2022 0.5 · (0.9 − 0.7) = 0.1 fill the town, 1.0 · 5: 4.8 + 5. A floor from all of it would have 0.45 in 2022.
    facts=(
        *town(1.0), MILL, new_mill(5.0, lead_time=1, told={"committed": {2021: 0.9}}),
        mills(up=0.0, start=0.1, recent=0.1, down=0.5),
    ),
    years=TWO,
    objective=9.8,
    answer={"build[new_mill,2022]": 0.1},
    without={"Ramp_Down": 9.6},
)  # fmt: skip

SPANS = Paper(
    name="spans",
    says="from 2021 to the middle of 2022–2025 are 2.5 years: 0.1 a year in 2021, 0.1 + 2.5 · 0.1 a year in the span",
    # 0.1 + 1.9 · 3 = 5.8, then four years of 1.5 + 0.5 · 3. Free 5 · 2.
    facts=(*town(2.0), MILL, new_mill(), mills(up=0.0, start=0.1, recent=0.0)),
    years=(2021, 2025),
    objective=17.8,
    answer={"build[new_mill,2025]": 1.4, "added[mills,2025]": 0.35},
    without={"Ramp_Up": 10.0},
)

CUT_SPAN = Paper(
    name="cut_span",
    says="0.1 on record in 2021 are 0.05 a year of 2021 and 2022; 2023 and 2024 are decided, 1.5 years from them: 0.05 + 1.5 · 0.1 a year in each",
    # Four years of 0.5 + 0.5 · 3. Free 4; from the 0.1 as if it were of each year, 0.6 + 0.4 · 3.
    facts=(*town(1.0), MILL, new_mill(), actual("new_mill", 2021, 0.1), mills(up=0.0, start=0.1)),
    years=(2024,),
    decide_from=2023,
    objective=8.0,
    answer={"build[new_mill,2024]": 0.5, "added[mills,2024]": 0.2},
    without={"Ramp_Up": 4.0},
)

FALLS = Paper(
    name="falls",
    says="0.8 a year before, no less than half of it less 0.1: 0.3 in 2021 and 0.05 in 2022, though mills are dearer than buying",
    # 0.3 · 5 + 0.7 · 3, 0.35 · 5 + 0.65 · 3: 7.3. Free 6.
    facts=(*town(1.0), MILL, new_mill(5.0), mills(up=0.0, start=0.0, recent=0.8, down=0.5, stop=0.1)),
    years=TWO,
    objective=7.3,
    answer={"build[new_mill,2021]": 0.3, "build[new_mill,2022]": 0.05},
    without={"Ramp_Down": 6.0, "Ramp_Down[mills,2022]": 7.2},
)

FULL = Paper(
    name="full",
    says="there is room for 0.3 alone, of which 0.1 may be left as it is what the group may stop at: with 0.2 built in 2021 it may",
    # 0.2 · 5 + 0.8 · 3 in both years: 6.8. Let off without being full: nothing is built, 6.
    facts=(*town(1.0), MILL, new_mill(5.0, told={"potential": 0.3}), mills(up=0.0, start=0.0, recent=0.8, down=0.5, stop=0.1)),
    years=TWO,
    objective=6.8,
    answer={"build[new_mill,2021]": 0.2, "build[new_mill,2022]": 0.0, "full[mills,2021]": 1.0},
    without={"Ramp_Full": 6.0},
)


LESS_THAN_ASKED = Paper(
    name="less_than_asked",
    says="0.5 committed in 2021 ask for 0.8 · 0.5 − 0.08 in 2022, when only the small mill enters, 0.1 a year: a quarter of that, as 0.1 is a quarter of the 0.4 that "
    "the most of 2021, 0.6, could ask",
    # 0.5 · 5 + 0.5 · 3, then 0.58 · 5 + 0.42 · 3 twice: 12.32. Without a fall held 12.
    facts=(
        *town(1.0),
        MILL,
        measure("big", {"mill": 1.0}, cost=5.0, lead_time=2, told={"committed": {2021: 0.5}}),
        measure("small", {"mill": 1.0}, cost=5.0, told={"pace": 0.1}),
        ramp("mills", ("big", "small"), {"up": 0.0, "start": 0.1, "recent": 0.5, "down": 0.2, "stop": 0.08}),
    ),
    years=THREE,
    objective=12.32,
    answer={"build[small,2021]": 0.0, "build[small,2022]": 0.08, "build[small,2023]": 0.0},
    without={"Ramp_Down": 12.0},
)

ORDERS_BEHIND = Paper(
    name="orders_behind",
    says="two mills of 0.2 Mt each are ordered for 2022 and of 0.4 for 2023; nothing was built, and the group grows to 0.2 and 0.4 a year: of what is asked "
    "first the first by name is held, 0.2 and 0.4 of it, and 0.2 of the second in 2023",
    # 3, 0.2 · 5 + 0.8 · 3, 0.6 · 5 + 0.4 · 3: 10.6.
    facts=(
        *town(1.0),
        MILL,
        *(measure(name, {"mill": 1.0}, cost=5.0, told={"minimum": {2022: 0.2, 2023: 0.4}}) for name in ("mill_a", "mill_b")),
        ramp("mills", ("mill_a", "mill_b"), {"up": 0.0, "start": 0.2, "recent": 0.0}),
    ),
    years=THREE,
    decide_from=2022,
    objective=10.6,
    answer={"build[mill_a,2022]": 0.2, "build[mill_a,2023]": 0.2, "build[mill_b,2022]": 0.0, "build[mill_b,2023]": 0.2},
    without={"Level:lower": 9.0},
)


def ended(name: str, says: str, *facts: list[Fact], mill: Mapping[str, object]) -> Paper:
    """No less than half of 0.8 in 2021; what ends the group in 2022 lets it off: 0.4 · 5 + 0.6 · 3, then 3."""
    told = mills(up=0.0, start=0.0, recent=0.8, down=0.5)
    return Paper(
        name=name,
        says=says,
        facts=(*town(1.0), MILL, new_mill(5.0, life=1.0, **mill), told, *facts),
        years=TWO,
        objective=6.8,
        answer={"build[new_mill,2021]": 0.4, "build[new_mill,2022]": 0.0},
        without={"Ramp_Down": 6.0},
    )


LATEST = ended("latest", "nothing enters after 2021, so that nothing falls too fast in 2022", mill={"latest": 2021})
BANNED = ended(
    "banned", "a ban of mills from 2022 on ends the group", indicator("standing", "Mt", [("new_mill", "level", 1.0)]),
    target("ban", "standing", "phase_out", "<=", 0.0, year=2022), mill={},
)  # fmt: skip
