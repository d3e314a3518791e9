"""A town whose caps ask for a quick plant now and for a slow one that is to be begun now."""

from __future__ import annotations

from paper import Paper, demand, fact, indicator, label, measure, target, technology

SHARE = {"unit": "1", "status": "derived", "source": "made up"}

# A mill makes 1 Mt a year at 1 a Mt and as much smoke. From 2022 at most 0.6 Mt: the quick plant at 5 a year makes the other 0.4, 20 to invest.
# From 2025 none at all: of the quick plant there is no more, so 0.6 of the slow one at 2 a year come, 12 to invest, half in 2023 and half in 2024.
PAPER = Paper(
    name="next",
    says="a cap that a quick plant meets, and a stricter one for which a slow plant must be begun",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        [fact("bureaus", **label(name)) for name in ("energy", "works_bureau")],
        measure("quick", {"clean_mill": 1.0}, cost=5.0, told={"potential": 0.4}, lead="energy", support=("works_bureau",), payer="town"),
        measure("slow", {"clean_mill": 1.0}, cost=2.0, lead_time=2, lead="works_bureau"),
        target("cap", "smoke", "level", "<=", 0.6, year=2022, series="cap"), target("none", "smoke", "level", "<=", 0.0, year=2025, series="cap"),
        [fact("funding", payer="town", fund="budget", value=0.6, **SHARE)],
    ),
    years=(2021, 2022, 2023, 2024, 2025),
    decide_from=2022,
    objective=1 + 3 * 2.6 + 3.2,
)  # fmt: skip
