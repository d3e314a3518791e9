"""Adequacy on paper: firm capacity of each year against peak load and reserve."""

from __future__ import annotations

from paper import Fact, Paper, demand, market, measure, technology

# Peak 1 GW and a reserve of 10 %: 1.1 GW. Firm: plant 0.5 · 0.9 = 0.45, battery 0.4 · 3 h / 6 h = 0.2, purchases 0.3: 0.95. Missing 0.15.
PEAK = (
    demand("electricity", 0.0, told={"peak": 1.0}),
    market("electricity", 3.0, told={"firm_capacity": 0.3}),
    technology("plant", "dispatch", gives={"electricity": 1.0}, exists=0.5, told={"capacity_credit": 0.9}),
    technology("battery", "storage", gives={"electricity": 1.0}, exists=0.4, told={"capacity_credit": 1.0, "storage_hours": 3.0}),
)
SETTINGS = {"reserve_margin": 0.1, "firm_hours": 6.0}

ADEQUACY = Paper(
    name="adequacy",
    says="0.15 GW are missing, made firm by 1/6 GW of plant (credit 0.9) at 2 a GW",
    facts=(*PEAK, measure("new_plant", {"plant": 1.0}, unit="GW", cost=2.0)),
    settings=SETTINGS,
    objective=0.15 / 0.9 * 2,
    answer={"build[new_plant,2021]": 0.15 / 0.9, "firm_shortfall[2021]": 0.0},
    without={"Adequacy": 0.0},
)

SHORT = Paper(
    name="short",
    says="where nothing can be built the shortfall is priced at 200 a GW and the plan not accepted",
    facts=PEAK,
    settings=SETTINGS,
    objective=30.0,
    answer={"firm_shortfall[2021]": 0.15},
    without={"Adequacy": 0.0, "Firm_Shortfall:cost": 0.0},
    unserved=True,
)


def electric(plant: float) -> tuple[list[Fact], ...]:
    """Goods at 3 from the market, or at 1 from a mill that adds 0.2 GW a Mt to a peak of 0.4 GW; 0.4 GW stand, more costs `plant` a GW."""
    return (
        demand("electricity", 0.0, told={"peak": 0.4}), market("electricity", 1.0), demand("goods", 1.0), market("goods", 3.0),
        technology("plant", "dispatch", gives={"electricity": 1.0}, exists=0.4, told={"capacity_credit": 1.0}),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0, "coincidence": 0.2}),
        measure("new_plant", {"plant": 1.0}, unit="GW", cost=plant),
    )  # fmt: skip


FOLLOWS_THE_LOAD = Paper(
    name="follows_the_load",
    says="1 Mt from the mill: a peak of 0.6 GW, 0.2 GW of plant more",
    # 1 + 0.2 · 5. A peak that does not follow asks for nothing: 1.
    facts=electric(5.0),
    objective=2.0,
    answer={"build[new_plant,2021]": 0.2, "annual[mill,2021]": 1.0, "peak_load[2021]": 0.6},
    without={"Adequacy": 1.0},
)

TOO_DEAR_AT_THE_PEAK = Paper(
    name="too_dear_at_the_peak",
    says="at 15 a GW a Mt from the mill costs 1 + 0.2 · 15 = 4: the goods are bought, and the peak stays",
    facts=electric(15.0),
    objective=3.0,
    answer={"build[new_plant,2021]": 0.0, "annual[mill,2021]": 0.0, "peak_load[2021]": 0.4},
    without={"Adequacy": 1.0},
)
