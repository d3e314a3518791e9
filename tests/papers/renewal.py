"""Renewal on paper: lifetimes that are not whole, what ends inside a span, what lives shorter than it, effects that end before their measure.

A town needs 1 Mt of goods a year. It buys them at 3 亿元/Mt or builds mills; money is not discounted. A mill that costs c a year and Mt is
an investment of c times its lifetime.
"""

from __future__ import annotations

from paper import Paper, demand, indicator, market, measure, target, technology

TOWN = (demand("goods", 1.0), market("goods", 3.0))
MILL = technology("mill", gives={"goods": 1.0})
ONE = {"unit_size": 1.0, "potential": 1.0}

RENEWED_IN_TIME = Paper(
    name="renewed_in_time",
    says="one mill of 5 years at a time: that of 2021 ends with 2025, inside the span of 2022–2030, and the next one begins then",
    # Ten years at 1. The second mill is not there for 4 of the 9 years: 4/9 deferred. Paid from 2022 on all the same it would be 5 + 9 = 14,
    # so that one would rather buy in 2021: 3 + 9 = 12.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, life=5.0, whole=True, told=ONE)),
    years=(2021, 2030),
    objective=10.0,
    answer={
        "build[new_mill,2021]": 1.0, "build[new_mill,2030]": 1.0, "deferred[new_mill,2030]": 4 / 9, "level[new_mill,2030]": 1.0,
        "capacity[mill,2030]": 1.0, "investment_cash[new_mill,2030]": 5 / 9,
    },
    without={"Deferred:cost": 12.0, "Capacity_In_Force": 0.0},
)  # fmt: skip

NOTHING_TO_WAIT_FOR = Paper(
    name="nothing_to_wait_for",
    says="half a mill would do, but mills come whole, and none ends for which this one could wait",
    # One mill, 1; half of it deferred would be 0.5.
    facts=(demand("goods", 0.5), market("goods", 3.0), MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told=ONE)),
    objective=1.0,
    answer={"deferred[new_mill,2021]": 0.0, "level[new_mill,2021]": 1.0},
    without={"Deferred_While_Ending": 0.5},
)

NOTHING_BUILT_THAT_WAITS = Paper(
    name="nothing_built_that_waits",
    says="needed in 2021 alone: the mill of 5 years is paid for 5 years, and no next one waits for it",
    # 5. Waiting without being built would give back the 4 years of 2022–2025: 1.
    facts=(demand("goods", {2021: 1.0, 2030: 0.0}), market("goods", 30.0), MILL,
           measure("new_mill", {"mill": 1.0}, cost=1.0, life=5.0, whole=True, told=ONE)),
    years=(2021, 2030),
    objective=5.0,
    answer={"build[new_mill,2030]": 0.0, "deferred[new_mill,2030]": 0.0},
    without={"Deferred_Of_Build": 1.0},
)  # fmt: skip

UPKEEP_OF_THE_RENEWED = Paper(
    name="upkeep_of_the_renewed",
    says="a mill that waits for the one before is not kept up while it waits: 10 years at 1 and 0.5",
    # 15. Its level not tied to what is built: no upkeep, 10.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, life=5.0, whole=True, told={**ONE, "upkeep": 0.5})),
    years=(2021, 2030),
    objective=15.0,
    answer={"level[new_mill,2030]": 1.0},
    without={"Level_Of_Renewed": 10.0},
)

COUNTED_ONCE = Paper(
    name="counted_once",
    says="an indicator that mills add to directly counts one mill while one follows another",
    # 10 years of the mill that is needed for the indicator alone. Counted beside one another 1 and 4/9 would do; the target holds them to 1.
    facts=(
        measure("sign", {"signs": 1.0}, unit="plant_unit", cost=1.0, life=5.0, whole=True, told=ONE),
        technology("mill", gives={"goods": 1.0}),
        demand("goods", 0.0), market("goods", 3.0),
        indicator("signs", "plant_unit"),
        target("signs_at_least", "signs", "level", ">=", 1.0),
        target("signs_at_most", "signs", "level", "<=", 1.0),
    ),
    years=(2021, 2030),
    objective=10.0,
    answer={"indicator_value[signs,2030]": 1.0, "deferred[sign,2030]": 4 / 9},
    without={"Indicator_Account": 0.0},
)  # fmt: skip

CASH_OF_RENEWALS = Paper(
    name="cash_of_renewals",
    says="a mill of 3 years in a span of 9 is bought three times: 9 in all for 3, 1 a year",
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, life=3.0)),
    years=(2029,),
    objective=9.0,
    answer={"investment_cash[new_mill,2029]": 1.0, "spend[owner,2029]": 1.0},
    without={"Capacity_In_Force": 0.0},
)

SHORT_EFFECT = Paper(
    name="short_effect",
    says="an effect of 2 years on a measure of 10 is there for 2 of the 10 years of its span",
    # One mill: 5 for 0.2 of it, which saves 0.2 · 10 · 3 = 6: 5 + 24. In force for all of the span it would be 5.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": {"value": 1.0, "lifetime": 2.0}}, cost=0.5, told={"potential": 1.0})),
    years=(2030,),
    objective=29.0,
    answer={"level[new_mill,2030]": 1.0, "capacity[mill,2030]": 0.2},
    without={"Capacity_In_Force": 0.0},
)

SHORT_EFFECT_RENEWED = Paper(
    name="short_effect_renewed",
    says="2 of each 4 years: the measure is renewed inside its span, and its effect with it",
    # Half of a mill at 0.5 a year: 5, and the other half bought: 10 · 0.5 · 3 = 15.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": {"value": 1.0, "lifetime": 2.0}}, cost=0.5, life=4.0, told={"potential": 1.0})),
    years=(2030,),
    objective=20.0,
    answer={"capacity[mill,2030]": 0.5},
    without={"Capacity_In_Force": 0.0},
)
