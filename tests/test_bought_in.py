"""What is bought in carries its CO2, told beside every fall of the city's own, on paper."""

from __future__ import annotations

import pytest
import xarray as xr
from paper import Paper, also, demand, fact, indicator, label, market, number, target, technology
from paper_answer import solved

from model.report.layout import screen_width, width
from model.report.pages.plan_charts import path_chart
from model.report.plan.change_tables import change_in_brief
from model.report.plan.headline_tables import falls_table
from model.report.plan.headline_text import falls_lines, first_fall
from model.report.plan.indicator_tables import carbon_path

# 1 Mt of goods. The mill may make all of it, at 1 t of CO2 a t; bought goods carry 2 t a t. In 2020 all is made here.
# At most 0.4 Mt of CO2 in 2021: 0.6 Mt is bought, the city's own falls by 0.6 Mt, and 1.2 Mt more comes in with what is bought.
LEAKS = Paper(
    name="what_is_bought_in",
    says="a mill that is closed in favour of goods from elsewhere",
    facts=(
        demand("goods", 1.0), market("goods", 3.0), technology("mill", gives={"goods": 1.0}, exists=1.0),
        indicator("co2", "Mt", [("mill", "activity", 1.0)], headline=True),
        [fact("indicators", **label("carried"), unit="Mt", beside=("co2",))],
        [fact("accounts", indicator="carried", item="goods_buy", by="bought", **number(2.0) | {"unit": "Mt/Mt"})],
        target("cap", "co2", "level", "<=", 0.4),
    ),
    objective=0.6 * 3,
)  # fmt: skip


@pytest.fixture(scope="module")
def results() -> xr.Dataset:
    return solved(LEAKS)[2]


def test_the_screen_tells_what_comes_in_beside_the_fall(results: xr.Dataset) -> None:
    for language, told in (("en", "beside it carried +1.20 to 1.20 Mt"), ("zh", "此外carried +120.0，至120.0 万吨")):
        for lines in (falls_lines(results, language), first_fall(results, language)):
            assert told in " ".join(" ".join(lines).split()), lines
        assert all(width(line) <= screen_width for line in falls_lines(results, language))


def test_a_fall_alone_is_told_without_it() -> None:
    alone = also(LEAKS, [fact("indicators", **label("carried"), unit="Mt")])
    assert "carried" not in " ".join(falls_lines(solved(alone)[2], "en"))


def test_every_sheet_that_has_the_fall_has_what_comes_in(results: xr.Dataset) -> None:
    own, brought = falls_table(results, "en").frame.to_dict("records")
    assert (own["indicator"], own["fall_in_all"], brought["indicator"], brought["fall_in_all"]) == ("co2", -0.6, "carried", 1.2)
    assert brought["decided"] == pytest.approx(1.2)
    brief = change_in_brief(results, "en").frame
    assert brief[brief["item"].str.startswith("carried")]["_total"].sum() == 1
    path = carbon_path(results, "co2", "en")
    row = path.frame.set_index("_path").loc["beside"]
    assert (row["path"], row[2020], row[2021]) == ("carried", 0.0, 1.2)
    assert "carried" in [series.name for series in path_chart("path-co2", path, "en").series]
