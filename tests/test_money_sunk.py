"""What was paid before decisions begin stands apart from what is still to be paid, on the first sheet and by payer and measure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import actual, also, indicator, measure, target
from paper_case import case_of
from paper_past import EXACT, LEAST, TOWN

from model.report.plan import money_tables
from model.report.plan.outcome import key_figures
from model.report.words import word
from model.results.money import invested_since_decisions
from model.study.plan.solve import solve

# 0.4 of the plant that lasts ten years, 4 to invest, are recorded of 2021: 1.6 paid. At 0.4 a year it beats the mill, so 0.6 more come in 2022: 2.4.
RECORDED = also(replace(LEAST, dropped=frozenset({"cap"})), actual("long_lived", 2021, 0.4), target("cap", "smoke", "level", "<=", 1.0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_investment_before_decisions_is_told_apart(language: str) -> None:
    results = (made := solve(case_of(RECORDED), EXACT)).results
    assert invested_since_decisions(results) == pytest.approx((1.6, 2.4))
    figures = key_figures(results, made.manifest, language).frame.set_index("item")["value"]
    assert figures[word("figure_investment_from", language).format(2022)] == pytest.approx(2.4)
    assert figures[word("figure_investment_sunk", language).format(2022)] == pytest.approx(1.6)
    assert word("figure_investment", language) not in figures
    for part in (money_tables.investment_by_payer(results, language), money_tables.investment_by_measure(results, language)):
        assert part.frame.iloc[-1][["paid_before_decisions", "paid_from_decisions", "total"]].tolist() == pytest.approx([1.6, 2.4, 4.0])


def test_a_span_that_decisions_cut_is_shared_evenly_and_without_a_past_nothing_is_sunk() -> None:
    """2022 and 2023 are one span, decided from 2023 on: of what it pays half lies before. 0.4 were built in 2021, 1.6; 0.6 come in the span, 2.4."""
    cut = replace(RECORDED, years=(2021, 2023), decide_from=2023)
    results = solve(case_of(cut), EXACT).results
    cash = (results["investment_cash"] * results["span_years"]).sum("measure").values
    assert invested_since_decisions(results) == pytest.approx((cash[0] + cash[1] / 2, cash[1] / 2))
    whole = solve(case_of(replace(RECORDED, decide_from=None)), EXACT)
    assert invested_since_decisions(whole.results)[0] == 0.0
    figures = key_figures(whole.results, whole.manifest, "en").frame["item"].tolist()
    assert word("figure_investment", "en") in figures
    assert "paid_before_decisions" not in money_tables.investment_by_payer(whole.results, "en").frame


def test_what_is_begun_before_decisions_is_sunk_though_it_enters_later() -> None:
    """A usual plant at 0.5 a year with a year of building enters in 2022: its 5 a Mt were paid in 2021."""
    begun = replace(
        LEAST,
        facts=(*TOWN, indicator("spent", "亿元", [("owner", "spend", 1.0)]), measure("plant", {"clean_mill": 1.0}, cost=0.5, usual=True, lead_time=1), actual("plant", 2021, 0.0)),
    )  # fmt: skip
    results = solve(case_of(begun), EXACT).results
    assert results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 1.0, 0.0])
    assert invested_since_decisions(results) == pytest.approx((5.0, 0.0))
