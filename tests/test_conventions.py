"""A share counted by several conventions: the screen says by which the target holds, on paper."""

from __future__ import annotations

import pytest
import xarray as xr
from paper import Paper, demand, fact, indicator, label, measure, number, target, technology
from paper_answer import solved

from model.report.layout import screen_width, width
from model.report.plan.convention_text import convention_lines
from model.results.conventions import under_conventions


def kinds(generic: str, kind: str, counts: list[tuple[str, str, float]]) -> list:
    cells = {"unit": "Mt", "stands_for": generic, "variant": kind}
    name = f"{generic}_{kind}"
    accounts = [fact("accounts", indicator=name, item=item, by=by, **number(value)) for item, by, value in counts]
    return [fact("indicators", **label(name), **cells), *accounts]


# 1 Mt of goods, at least 40 % of them clean: 0.4 Mt. A clean Mt counts as 1 by `whole`: 0.4 of 1.0. By `half` it counts as 0.5 in both: 0.2 of 0.8.
SHARE = Paper(
    name="by_convention",
    says="a share of clean goods that counts by two conventions",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0), technology("clean_mill", gives={"goods": 1.0}),
        measure("line", {"clean_mill": 1.0}, cost=1.0), indicator("own", "Mt", [("clean_mill", "activity", 1.0)]),
        kinds("clean", "whole", [("clean_mill", "activity", 1.0)]), kinds("clean", "half", [("clean_mill", "activity", 0.5)]),
        kinds("total", "whole", [("mill", "activity", 1.0), ("clean_mill", "activity", 1.0)]),
        kinds("total", "half", [("mill", "activity", 1.0), ("clean_mill", "activity", 0.5)]),
        target("clean_share", "clean", "share", ">=", 0.4, reference="total"),
    ),
    variants={"clean": "whole", "total": "whole"},
    objective=0.4,
)  # fmt: skip


@pytest.fixture(scope="module")
def results() -> xr.Dataset:
    return solved(SHARE)[2]


def test_a_target_holds_by_one_convention_and_not_by_the_other(results: xr.Dataset) -> None:
    (one,) = under_conventions(results)
    assert (one.target, one.year, one.own) == ("clean_share", 2021, "whole")
    assert dict(one.shares) == pytest.approx({"whole": 0.4, "half": 0.25})
    assert one.holds("whole") and not one.holds("half")


def test_the_screen_says_which(results: xr.Dataset) -> None:
    for language, holds, misses in (("en", "holds by whole (own) 0.4", "not by half"), ("zh", "达到 whole（本案例） 0.4", "达不到 half")):
        lines = convention_lines(results, language)
        said = " ".join(" ".join(lines).split())
        assert holds in said and misses in said and all(width(line) <= screen_width for line in lines)
