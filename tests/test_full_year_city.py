"""A year of a city in the full-year check is that of all its 365 days one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from calling import ROOT

from model.case.parameters.day_choice import ALL_DAYS
from model.case.read.case import Case, read_case
from model.results.full_year import YearRun
from model.study.plan.solve import solve
from model.study.runs import full_year
from model.study.runs.full_year import calendar_of, full_year_check
from model.study.solved.solved_model import Options, Watch

YEAR = 2035


@pytest.mark.prove
def test_days_that_are_alike_cost_what_each_costs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chengde's last year on 103 days that differ, and on 365 that are told one by one, as they follow one another."""
    outcome = solve(read_case(ROOT / "data" / "chengde"), Options(days=1))
    monkeypatch.setattr(full_year, "checked_years", lambda *_: [YEAR])

    def run() -> YearRun:
        check = full_year_check(outcome.ready, {"plan": outcome.plan}, Watch())
        assert check is not None
        (found,) = check.of("plan")
        return found

    def one_by_one(case: Case) -> full_year.Calendar:
        alike = calendar_of(case)
        return replace(alike, days=ALL_DAYS, periods=(("",),) * 365, first=tuple(range(1, 366)))

    merged = run()
    monkeypatch.setattr(full_year, "calendar_of", one_by_one)
    apart = run()
    assert merged.cost > 0 and merged.cost != merged.planned
    assert (apart.status, apart.planned) == (merged.status, merged.planned)
    assert apart.cost == pytest.approx(merged.cost, rel=1e-6)
