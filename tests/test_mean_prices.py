"""Prices as people compare them: an average of the years in which one more unit is asked, beside their present value."""

from __future__ import annotations

import math

import pytest
from explaining import explained, only
from paper import Paper, target
from paper_answer import solved
from paper_case import case_of
from papers.targets import TOWN

from model.case.read.labels import labels
from model.report.explain.explain_tables import ItemLabels, by_year, prices
from model.report.explain.explain_text import explain_text
from model.report.plan.target_tables import targets_by_year

# 1 Mt of goods a year makes 1 Mt of smoke in a mill at 1 亿元/Mt, or is bought clean at 3: a Mt of smoke less is worth 2 in each
# year. At a rate of 1, 2021 counts 1/2, and 2023, which stands for 2022 and 2023, 1/4 + 1/8: 2 · 0.5 + 2 · 0.375 = 1.75 in all.
HALVED = {"years": (2021, 2023), "settings": {"discount_rate": 1.0}}
CAP = Paper("cap", "smoke of at most 0.4 Mt a year", (*TOWN, target("cap", "smoke", "level", "<=", 0.4)), (1 + 2 * 0.6) * 0.875, **HALVED)  # type: ignore[arg-type]
# All 3 Mt but 1.2: the smoke of 2022 and 2023 goes first, for it counts least, 0.375 · 2 for 2 Mt.
BUDGET = Paper(
    "budget", "smoke of at most 1.2 Mt in all years", (*TOWN, target("cap", "smoke", "budget", "<=", 1.2, year=2023)),
    0.5 * 1 + 0.375 * (0.1 + 0.9 * 3), **HALVED,  # type: ignore[arg-type]
)  # fmt: skip


def test_a_price_of_many_years_is_told_as_their_average() -> None:
    made = explained(CAP, again=False)
    one = only(made)
    assert (one.price, one.price_yearly) == pytest.approx((1.75, 2.0))
    assert [(year.price, year.price_yearly) for year in one.years] == [pytest.approx((1.0, 2.0)), pytest.approx((0.75, 2.0))]
    names = ItemLabels(labels(case_of(CAP)), "en")
    assert prices(made, names).frame.loc[0, ["held_price_yearly", "held_price", "price_unit"]].tolist() == [
        pytest.approx(200.0), pytest.approx(175.0), "CNY/t",
    ]  # fmt: skip
    assert by_year(made, names).frame["held_price_yearly"].tolist() == pytest.approx([200.0, 200.0])
    line = next(line for line in explain_text(made, names.known, "en").splitlines() if "CNY/t" in line)
    assert line.split()[:4] == ["cap", "200.0", "175.0", "CNY/t"]


def test_a_unit_that_is_asked_once_for_all_years_has_its_present_value_alone() -> None:
    made = explained(BUDGET, again=False)
    one = only(made)
    assert one.price == pytest.approx(0.375) and math.isnan(one.price_yearly)
    line = next(line for line in explain_text(made, labels(case_of(BUDGET)), "zh").splitlines() if "元/吨" in line)
    assert line.split()[:4] == ["cap", "-", "37.50", "元/吨"]


def test_the_sheet_of_targets_has_both_in_the_unit_in_which_they_are_compared() -> None:
    results = solved(CAP)[2]
    for language, unit in (("en", "CNY/t"), ("zh", "元/吨")):
        frame = targets_by_year(results, language).frame
        assert frame["price_yearly"].tolist() == pytest.approx([200.0, 200.0])
        assert frame["price"].tolist() == pytest.approx([100.0, 75.0])
        assert set(frame["price_unit"]) == {unit}
    budget = targets_by_year(solved(BUDGET)[2], "en").frame
    assert budget["price"].tolist() == pytest.approx([37.5]) and budget["price_yearly"].isna().all()
