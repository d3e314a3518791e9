"""Days that say nothing, or one twice, are told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import call, says

from model.commands import paths


def test_where_all_days_are_alike_their_number_changes_nothing_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "RUNS", tmp_path)
    said = "all days of toy are alike: the number of days changes nothing"
    done = call("solve", "toy", "--days", "3", "--no-year-check")
    assert done.exit_code == 0 and says(done.stderr, said)
    assert not says(call("solve", "toy", "--no-year-check").stderr, said)


def test_where_all_days_are_alike_one_is_solved_however_many_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """365 days of the toy, each by the hour, went on for minutes."""
    monkeypatch.setattr(paths, "RUNS", tmp_path)
    done = call("solve", "toy", "--days", "all", "--no-year-check", "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["days"] == 1


def test_a_day_named_twice_is_refused() -> None:
    done = call("solve", "toy", "--days", "2+5,5")
    assert done.exit_code == 2 and says(done.stderr, "2+5,5") and says(done.stderr, "a day of the year twice")
