"""The energy of a storage, decided apart from its power, stands on the first screen beside it."""

from __future__ import annotations

import pytest
from paper import also, measure
from paper_answer import solved
from papers import seasons

from model.report.plan.capacity_tables import portfolio


@pytest.mark.parametrize(("language", "unit", "size"), [("en", "GWh", 100.0), ("zh", "万千瓦时", 10000.0)])
def test_energy_apart_from_power_is_in_the_portfolio(language: str, unit: str, size: float) -> None:
    """100 GWh more of cavern must be built."""
    paper = also(seasons.YEAR, measure("dig", {"cavern": 1.0}, unit="GWh", cost=0.0, told={"minimum": 100.0, "potential": 100.0}))
    frame = portfolio(solved(paper)[2], language).set_index("technology")
    row = frame.loc["cavern"]
    assert row["unit"] == unit and row[2021] - row[2020] == pytest.approx(size)
