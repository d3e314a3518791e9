"""The command that sweeps: its record, its dry run, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calling import call, says

from model.commands import paths
from model.report.studies.sweep_text import estimate_text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("toy",), "sweep: nothing says which scenarios; ask for one of --tornado, --grid,"),
        (("toy", "--tornado", "--lhs", "4"), "sweep: --tornado, --lhs are asked for at once; keep one of them"),
        (("toy", "--tornado", "--over", "coal_purchase.prize"), "nearest: coal_purchase.price"),
        (("toy", "--grid", "coal_purchase.price"), "--grid coal_purchase.price: not of the form ITEM.QUANTITY[@YEAR]=a,b,c or lo:hi:n"),
        (("toy", "--grid", "coal_purchase.price=1:2"), "'1:2' is neither a number nor lo:hi:n"),
        (("toy", "--grid", "coal_purchase.price=8,abc"), "--grid coal_purchase.price=8,abc: 'abc' is neither a number nor lo:hi:n"),
        (("toy", "--grid", "coal_purchase.price=1:2:1"), "'1:2:1' is neither a number nor lo:hi:n (n values, at least 2)"),
        (("toy", "--grid", "coal_purchase.price=8,9", "--grid", "coal_purchase.price=7"), "second time"),
        (("toy", "--tornado", "--on", "close_boilr"), "nearest: close_boiler); choose one of cost, "),
        (("toy", "--tornado", "--on", "nosuch"), "of the case; choose one of cost, co2, "),
        (("toy", "--sobol", "6"), "power of two"),
        (("toy", "--scenarios", "nowhere.csv"), "cannot be read"),
        (("toy", "--tornado", "--drop", "co2_2032"), "co2_2023"),
        (("--tornado",), "give a CASE"),
        (("toy", "--tornado", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"), "leave out --workers"),
        (("toy", "--resume", "nothing"), "is no study"),
    ],
)
def test_usage_errors_say_what_was_meant(words: tuple[str, ...], said: str) -> None:
    result = call("sweep", *words)
    assert result.exit_code == 2, result.output
    assert says(result.stderr, said) and "Traceback" not in result.stderr


def test_the_command_ends_with_a_record_and_refuses_the_folder_again(tmp_path: Path) -> None:
    words = ("toy", "--tornado", "--over", "power_purchase.price", "--workers", "1", "--out", str(tmp_path / "study"), "--json")
    result = call("sweep", *words, "--gap", "1e-6", "--on", "co2")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["scenarios"] == 2 and record["endings"] == {"optimal": 2} and record["kind"] == "tornado"
    (cost, co2) = record["effects"]
    assert cost["low"]["value"] == pytest.approx(-0.03, abs=1e-4) and cost["low"]["proven"] and cost["on"] == "cost"
    assert co2["on"] == "co2" and co2["year"] == 2023
    again = call("sweep", *words)
    assert again.exit_code == 2 and "--resume" in again.stderr
    other = call("sweep", "chengde", "--resume", str(tmp_path / "study"))
    assert other.exit_code == 2 and "toy" in other.stderr


def test_a_dry_run_says_how_many_and_how_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    result = call("sweep", "toy", "--lhs", "22", "--dry-run", "--workers", "2", "--lang", "zh")
    assert result.exit_code == 0 and "22个情景" in result.stdout
    assert not (tmp_path / "runs").exists()
    numbers: dict[str, Any] = {"scenarios": 22, "reference_seconds": 3.0, "each_seconds": 2.0, "seconds": 25.0, "workers": 2}
    assert estimate_text(**numbers, language="en") == "22 scenarios; reference 3.0 s, each about 2.0 s; with 2 workers about 25 s in all"
