"""Capacity credits that fall, on paper: what counts as firm of a group beyond shares of peak load.

The peak is 1 GW; what is not firm yet is made so by plant (credit 1).
"""

from __future__ import annotations

from paper import Fact, Paper, demand, falling, market, measure, technology


def plant(cost: float) -> tuple[list[Fact], list[Fact]]:
    return (
        technology("plant", "dispatch", gives={"electricity": 1.0}, told={"capacity_credit": 1.0}),
        measure("new_plant", {"plant": 1.0}, unit="GW", cost=cost),
    )


def sun(exists: float = 0.0) -> list[Fact]:
    return technology("sun", "dispatch", gives={"electricity": 1.0}, exists=exists, told={"capacity_credit": 0.4})


SUN = falling("suns", ("sun",), {0.2: 0.5, 0.4: 0.0})

FALLS = Paper(
    name="falls",
    says="0.3 GW of sun: 0.2 at 0.4, 0.1 at half of that, 0.1 in all; of the 0.1 GW missing beside purchases of 0.8 each costs 2",
    # 0.8 GW of the peak are told, 0.2 come with the mill. All sun at 0.4: 0.12; both first segments filled by more sun than there is: 0.12.
    facts=(
        demand("electricity", 0.0, told={"peak": 0.8}),
        market("electricity", 3.0, told={"firm_capacity": 0.8}),
        demand("goods", 1.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"coincidence": 0.2}),
        sun(0.3),
        SUN,
        *plant(2.0),
    ),
    objective=0.2,
    answer={
        "build[new_plant,2021]": 0.1, "peak_load[2021]": 1.0, "counted[sun,suns,2021]": 0.2, "counted[sun,suns_beyond_1,2021]": 0.1,
        "counted[sun,suns_beyond_2,2021]": 0.0,
    },
    without={"Adequacy": 0.0, "Counted_Within_Segment": 0.16, "Counted_Within_Capacity": 0.16},
)  # fmt: skip

SIZED = Paper(
    name="sized",
    says="a firm GW of sun costs 1 / 0.4 = 2.5 up to a fifth of the peak and 5 beyond, of plant 3: 0.2 GW of sun, 0.22 of plant",
    # 0.3 GW are asked: 0.2 · 1 + (0.3 − 0.08) · 3 = 0.86. All sun: 0.3 / 0.4 = 0.75.
    facts=(
        demand("electricity", 0.0, told={"peak": 1.0}),
        market("electricity", 3.0, told={"firm_capacity": 0.7}),
        sun(),
        measure("new_sun", {"sun": 1.0}, unit="GW", cost=1.0),
        SUN,
        *plant(3.0),
    ),
    objective=0.86,
    answer={"build[new_sun,2021]": 0.2, "build[new_plant,2021]": 0.22},
    without={"Counted_Within_Segment": 0.75, "Adequacy": 0.0},
)

STORAGE = Paper(
    name="storage",
    says="two hours of four make half of 0.8 GW of batteries firm, 0.4; with 0.2 of pumped storage 0.6, of which 0.3 count in full",
    # The firmest first: 0.2 · 0.9 + 0.1 · 0.6, then 0.3 · 0.6 / 2: 0.33 of the 0.5 asked. Without the segments 0.2 · 0.9 + 0.4 · 0.6 = 0.42.
    facts=(
        demand("electricity", 0.0, told={"peak": 1.0}),
        market("electricity", 3.0, told={"firm_capacity": 0.5}),
        technology("battery", "storage", gives={"electricity": 1.0}, exists=0.8, told={"capacity_credit": 0.6, "storage_hours": 2.0}),
        technology("pumped", "storage", gives={"electricity": 1.0}, exists=0.2, told={"capacity_credit": 0.9, "storage_hours": 6.0}),
        falling("stores", ("battery", "pumped"), {0.3: 0.5}),
        *plant(2.0),
    ),
    settings={"firm_hours": 4.0},
    objective=0.34,
    answer={"build[new_plant,2021]": 0.17, "counted[battery,stores_beyond_1,2021]": 0.3, "counted[pumped,stores,2021]": 0.2},
    without={"Counted_Within_Segment": 0.16, "Counted_Within_Capacity[pumped,2021]": 0.0},
)
