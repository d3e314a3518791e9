"""Runs side by side: what differs comes first, what is the same is counted, differences of cost are intervals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import cli
from model.commands import places
from model.results.compare import compare
from model.results.run import RunError, find_run

TOY = Path(cli.__file__).resolve().parent / "data" / "toy"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy as it is; with 0.1 Mt of CO2 asked and the boilers' target dropped; and with dearer coal in its own tables."""
    home = tmp_path_factory.mktemp("compare")
    dear = home / "toy"
    shutil.copytree(TOY, dear)
    numbers = (dear / "numbers.csv").read_text(encoding="utf-8").splitlines()
    changed = [line.replace(",1000,", ",1100,", 1) if line.startswith("coal_purchase,price") else line for line in numbers]
    assert changed != numbers
    (dear / "numbers.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    before = places.RUNS
    places.RUNS = home / "runs"
    try:
        for name, words in (
            ("a", ("toy",)), ("same", ("toy",)), ("b", ("toy", "--set", "co2_2023.value=0.1", "--drop", "one_boiler_left")), ("c", (str(dear),)),
        ):  # fmt: skip
            assert call("solve", *words, "--out", str(home / "runs" / "toy" / name)).exit_code == 0
    finally:
        places.RUNS = before
    return home / "runs"


def call(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def test_two_runs_of_one_thing_are_the_same(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/same")])
    assert not (made.asked or made.targets or made.indicators or made.measures or made.files or made.inputs)
    assert made.same == {"targets": 3, "indicators": 9, "measures": 3}
    low, high = made.costs[1].low, made.costs[1].high
    assert low <= 0.0 <= high


def test_what_differs_is_told_most_first(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/b")])
    assert made.asked == {"changes": ("", "co2_2023.value=0.1"), "dropped": ("", "one_boiler_left")}
    # 6.10 of the README against 6.21: 0.25 TWh of coal heat in 2023 instead of 0.5, all else by pump and roof.
    assert made.costs[1].low <= 0.11 + 1e-6 and made.costs[1].high >= 0.11 - 1e-6
    assert {(one.item, one.year) for one in made.targets} == {("one_boiler_left", 2022), ("one_boiler_left", 2023), ("co2_2023", 2023)}
    assert [one.by for one in made.indicators] == sorted((one.by for one in made.indicators), reverse=True)
    assert made.indicators[0].values == pytest.approx((0.2, 0.1))
    assert {one.item for one in made.measures} == {"build_heat_pump", "build_rooftop_sun"}
    assert not made.files


def test_inputs_that_differ_are_named_cell_by_cell(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/c")])
    assert made.files == ("toy/numbers.csv",)
    (one,) = made.inputs
    assert (one.table, one.column, one.before, one.after) == ("numbers", "value", "1000", "1100")
    assert one.row.startswith("coal_purchase price")


def test_one_run_is_not_a_comparison(runs: Path) -> None:
    with pytest.raises(RunError):
        compare([find_run(runs, "toy/a")])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_in_text_json_and_workbook(runs: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "RUNS", runs)
    words = ("compare", "toy/a", "toy/b", "toy/c", "--lang", language)
    result = call(*words, "--out", str(tmp_path / "c.xlsx"))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.index("toy/b") < result.stdout.index("0.110")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert len(book.sheetnames) == 6 and len(book.worksheets[0]._charts) == 1
    assert call(*words, "--out", str(tmp_path / "c.xlsx")).exit_code == 2
    assert set(json.loads(call(*words, "--json").stdout)) >= {"costs", "targets", "indicators", "measures", "inputs"}
    assert call("compare", "toy/a").exit_code == 2
    assert call("compare", "toy/a", "toy/none").exit_code == 2
