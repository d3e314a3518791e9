"""Adequacy on paper: firm capacity of each year against peak load and reserve."""

from __future__ import annotations

import pytest
from paper import also, market, technology
from paper_answer import fresh
from papers.adequacy import SETTINGS, SHORT


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        # Six hours make the battery fully firm, twelve no more than that: 0.45 + 0.4 + 0.3 = 1.15, nothing missing.
        (
            technology("battery", "storage", gives={"electricity": 1.0}, exists=0.4, told={"capacity_credit": 1.0, "storage_hours": 6.0}),
            0.0,
        ),
        (
            technology("battery", "storage", gives={"electricity": 1.0}, exists=0.4, told={"capacity_credit": 0.5, "storage_hours": 12.0}),
            0.15,
        ),
        # Without firm purchases 0.45 are missing.
        (market("electricity", 3.0, told={"firm_capacity": 0.0}), 0.45),
        # The region's battery counts by a fifth: 0.45 + 0.04 + 0.3.
        (
            technology(
                "battery",
                "storage",
                gives={"electricity": 1.0},
                exists=0.4,
                serves="region",
                told={"capacity_credit": 1.0, "storage_hours": 3.0},
            ),
            0.31,
        ),
    ],
    ids=["storage_hours", "more_hours", "purchases", "region"],
)
def test_what_counts_as_firm(change, missing) -> None:
    paper = also(SHORT, change, settings={**SETTINGS, "regional_share": 0.2})
    assert fresh(paper).value("firm_shortfall[2021]") == pytest.approx(missing, abs=1e-9)
