"""What is shown of groups whose additions are ramped."""

from __future__ import annotations

import numpy as np
import pytest
from paper import GAP
from paper_case import case_of
from papers import ramps

from model.report.pages.plan import plan_report
from model.report.plan.ramp_tables import ramps as table
from model.study.plan.answer import Options
from model.study.plan.solve import solve


def test_a_group_s_additions_stand_beside_what_it_may_add() -> None:
    outcome = solve(case_of(ramps.GROWS), Options(gap=GAP))
    frame = table(outcome.results, "en").frame.set_index("item")
    assert frame.loc["Added a year", [2021, 2022, 2023]].tolist() == pytest.approx([0.5, 0.95, 0.55])
    assert frame.loc["At most", [2021, 2022, 2023]].tolist() == pytest.approx([0.5, 0.95, 1.625])
    assert "At least" not in frame.index
    report = plan_report(outcome.results, hours=outcome.hours, manifest=outcome.manifest, case=None, language="zh")
    assert report.tables["ramps"].frame["item"].tolist() == ["年新增", "上限"]


def test_a_fall_has_its_least() -> None:
    results = solve(case_of(ramps.FALLS), Options(gap=GAP)).results
    frame = table(results, "en").frame.set_index("item")
    assert frame.loc["At least", [2021, 2022]].tolist() == pytest.approx([0.3, 0.05])
    assert np.isfinite(frame.loc["At most", 2021])


def test_a_case_without_groups_shows_none() -> None:
    results = solve(case_of(ramps.GROWS), Options(gap=GAP)).results
    assert table(results.drop_vars("ramp_most"), "en").frame.empty
