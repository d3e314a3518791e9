"""What a compromise relaxes is not called out of reach, and what limits forbid by itself is; neither has a price."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calling import call, says
from paper import Paper, also, target
from paper_case import case_of, write_case
from paper_past import CAPPED, EXACT

from model.report.plan.target_tables import target_rows
from model.results.next_years import target_records
from model.results.run import open_run
from model.study.plan.solve import solve

pytestmark = pytest.mark.usefixtures("no_workbook")

# Smoke of at most 0.6 Mt and of at least 0.7 Mt in 2023: either can be, both cannot. 2022 cannot have less than 1 Mt, whatever else is asked.
CLASH = also(
    CAPPED, target("cap", "smoke", "level", "<=", 0.6, year=2023), target("much", "smoke", "level", ">=", 0.7, year=2023, holds="year")
)
ALONE = also(CAPPED, target("cap", "smoke", "level", "<=", 0.6, year=2022))


def negotiated(paper: Paper, folder: Path) -> tuple[Any, dict[str, Any]]:
    case, run = write_case(case_of(paper), folder / "paper"), folder / "run"
    done = call("solve", case, "--negotiate", "--out", run, "--no-year-check")
    return done, json.loads((run / "manifest.json").read_text(encoding="utf-8"))


def test_what_is_relaxed_in_a_compromise_is_called_so(own_runs: Path) -> None:
    done, manifest = negotiated(CLASH, own_runs)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Eased, because the targets cannot all be met") and says(done.stdout, "eased, as targets clash:"), (
        done.stdout
    )
    assert "out of reach" not in done.stdout and manifest["accepted"]
    (one,) = manifest["relaxed"]
    assert one["clash"] and one["year"] == 2023
    row = next(row for row in manifest["targets"] if (row["id"], row["year"]) == (one["target"], 2023))
    assert row["relaxed"] and row["price"] is None
    screen = call("show", own_runs / "run", "--lang", "zh").stdout
    assert "因目标冲突放宽：" in screen and "达不到" not in screen
    results = open_run(own_runs / "run").results
    (state,) = [row for row in target_rows(results, "en") if row["_state"] == "relaxed"]
    assert np.isnan(state["price"]) and [row["state"] for row in target_records(results) if row["target"] == one["target"]] == ["relaxed"]


def test_what_limits_forbid_by_itself_is_out_of_reach_in_a_compromise_too(own_runs: Path) -> None:
    done, manifest = negotiated(ALONE, own_runs)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Eased as far as must be, because limits forbid it even by itself:"), done.stdout
    assert says(done.stdout, "out of reach: cap") and "as targets clash" not in done.stdout
    assert [one["clash"] for one in manifest["relaxed"]] == [False] and manifest["accepted"]


def test_the_price_of_what_a_target_gives_is_no_price_of_the_target() -> None:
    """2022 gives as little as it must: 1 Mt. One Mt less there cannot be had at all; that of 2023 costs 1."""
    outcome = solve(case_of(CAPPED), EXACT)
    prices = {one["year"]: one["price"] for one in outcome.manifest["targets"] if one["id"] == "cap"}
    assert np.isnan(prices[2022]) and prices[2023] == pytest.approx(1.0)
    shown = {row["year"]: row["price"] for row in target_rows(outcome.results, "en") if row["_id"] == "cap"}
    assert np.isnan(shown[2022]) and shown[2023] > 0


def test_explain_tells_no_price_of_a_year_that_is_not_met(own_runs: Path) -> None:
    """Of the cap 2022 is not met; its price, 1 a Mt, is that of 2023 alone."""
    case, run = write_case(case_of(CAPPED), own_runs / "paper"), own_runs / "run"
    assert call("solve", case, "--gap", "1e-9", "--out", run).exit_code == 0
    told = json.loads(call("explain", run, "--no-resolve", "--json").stdout)
    (cap,) = told["targets"]
    assert cap["price"] == pytest.approx(1.0) and [(one["year"], one["met"]) for one in cap["years"]] == [(2022, False), (2023, True)]
    assert says(call("explain", run, "--no-resolve").stdout, "Not met in these years, where they have no price: cap (2022)")
