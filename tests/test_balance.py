"""Balance on paper: every commodity, each hour or each year, with trade and a priced shortfall."""

from __future__ import annotations

import pytest
from paper import also
from paper_answer import fresh, read_back
from papers.balance import SURPLUS, UNSERVED_YEAR, gas


def test_gas_that_may_not_be_left_over_holds_the_furnace_back() -> None:
    """2022: gas 0.2 lets the furnace run at 0.4, 0.6 is bought: 0.4 + 1.8 = 2.2, as in 2021."""
    assert fresh(also(SURPLUS, gas(surplus=False))).objective == pytest.approx(4.4)


def test_a_plan_with_a_shortfall_is_not_accepted() -> None:
    assert read_back(UNSERVED_YEAR).status == "unserved"
