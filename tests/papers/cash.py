"""Cash on paper: an investment is paid over the years of building, and a budget of a year holds what is paid in that year."""

from __future__ import annotations

from typing import Any

from paper import Fact, Paper, demand, indicator, market, measure, target, technology

# A mill of 1 Mt costs 10 and is paid for at 1 a year over ten years; goods are bought at 3 by the town. The owner's cash is that of the mill.
TOWN = (demand("goods", 1.0), market("goods", 3.0, payer="town"))
MILL = technology("mill", gives={"goods": 1.0})
OWNER = indicator("owner_spends", "亿元", [("owner", "spend", 1.0)])
YEARS = (2021, 2022, 2023)


def mill(*, lead: int, **more: Any) -> list[Fact]:
    return measure("new_mill", {"mill": 1.0}, cost=1.0, lead_time=lead, **more)


OVER_THE_LEAD_TIME = Paper(
    name="over_the_lead_time",
    says="two years of building, of which the second may cost the owner 3: half of an investment of 10 · 0.6, so that 0.6 Mt enter in 2023",
    # Bought in 2021 and 2022: 6. 2023: 0.6 · 1 + 0.4 · 3. Paid when it enters, the budget of 2022 would hold nothing: 6 + 1.
    facts=(*TOWN, MILL, mill(lead=2), OWNER, target("cap", "owner_spends", "level", "<=", 3.0, year=2022, holds="year")),
    years=YEARS,
    objective=7.8,
    answer={
        "build[new_mill,2023]": 0.6, "spend[owner,2021]": 3.0, "spend[owner,2022]": 3.0, "spend[owner,2023]": 0.0,
        "investment_cash[new_mill,2021]": 3.0, "investment_cash[new_mill,2022]": 3.0, "investment_cash[new_mill,2023]": 0.0,
    },
    without={"Spend_Account": 7.0, "Spend_Account[owner,2022]": 7.0, "Target_At_Most": 7.0},
)  # fmt: skip

BY_ITS_PROFILE = Paper(
    name="by_its_profile",
    says="a fifth is paid a year before and the rest on entry: of 4 in 2022, 8/3 for a third of a mill and 4/3 for the first fifth of the rest",
    # Bought in 2021, 3. In 2022 one of b enters, in 2023 one of c: 10 · (0.8 b + 0.2 c) <= 4 and b + c <= 1 leave b = 1/3, c = 2/3.
    # 3 + (1/3 + 2/3 · 3) + 1 = 19/3; without the budget 3 + 1 + 1.
    facts=(
        *TOWN, MILL, mill(lead=1, cash_profile=(0.2, 0.8)), OWNER,
        target("cap", "owner_spends", "level", "<=", 4.0, year=2022, holds="year"),
    ),
    years=YEARS,
    objective=19 / 3,
    answer={"build[new_mill,2022]": 1 / 3, "spend[owner,2021]": 2 / 3, "spend[owner,2022]": 4.0, "spend[owner,2023]": 16 / 3},
    without={"Spend_Account": 5.0, "Target_At_Most": 5.0},
)  # fmt: skip

PAID_BEFORE = Paper(
    name="paid_before",
    says="committed for 2021 after three years of building: paid in 2018–2020, before the first year, at 10 in all; in no year of the plan",
    facts=(*TOWN, MILL, mill(lead=3, told={"committed": {2021: 1.0}, "potential": 1.0})),
    objective=1.0,
    answer={"investment_before[new_mill]": 10.0, "investment_cash[new_mill,2021]": 0.0, "spend[owner,2021]": 0.0},
    without={"Build:cost": 0.0},
)

IN_A_SPAN_OPEN_IN_PART = Paper(
    name="in_a_span_open_in_part",
    says="ready in 2023 at the earliest: of a span 2021–2024 the mill enters in its last two years, paid for in 2021–2023, nothing before",
    # A span counts what is built in it from its first year on: 4 · 1. 10 are paid in the span, 2.5 a year.
    facts=(*TOWN, MILL, mill(lead=2)),
    years=(2024,),
    objective=4.0,
    answer={"build[new_mill,2024]": 1.0, "spend[owner,2024]": 2.5, "investment_before[new_mill]": 0.0},
    without={"Yearly_Balance": 0.0},
)

ACROSS_SPANS = Paper(
    name="across_spans",
    says="built evenly over 2023–2026 after a year of building: a quarter is paid in 2022, the rest in 2023–2025",
    # Needed in the span of 2026 alone: 4 · 1.
    facts=(demand("goods", {2021: 0.0, 2022: 0.0, 2026: 1.0}), TOWN[1], MILL, mill(lead=1)),
    years=(2021, 2022, 2026),
    objective=4.0,
    answer={
        "build[new_mill,2022]": 0.0, "build[new_mill,2026]": 1.0, "spend[owner,2021]": 0.0, "spend[owner,2022]": 2.5, "spend[owner,2026]": 7.5 / 4,
    },
    without={"Capacity_In_Force": 0.0},
)  # fmt: skip
