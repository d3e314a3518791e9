"""Overlays stored with a run or study: read back the same, explained, gone on with, handed over, and seen by `compare`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from calling import call, says
from overlaid import CHEAP, CO2_FREE, answered, asked_with, lay, overlaid_toy
from stopping import stopped_at
from tiny_case import same

from model.case.read.case import read_case
from model.case.read.overlays import overlays_of
from model.commands import paths
from model.results.run import find_run
from model.results.study import open_study
from model.study.engine.stored import case_in
from model.study.solved.solved_model import search_matrix

pytestmark = pytest.mark.usefixtures("own_runs")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "DATA", (tmp_path / "data",))
    return overlaid_toy(tmp_path / "data")


def test_a_run_keeps_its_overlays_and_reads_back_the_same(toy: Path, tmp_path: Path) -> None:
    lay(toy, "settled", head="days: 2\nhistory: usual\n")
    asked = ["cheaper", "cheap", "settled"]
    then = read_case(toy, overlays=asked)
    made = answered("solve", "toy", *asked_with(*asked))
    run = find_run(paths.RUNS, "toy/latest")
    assert overlays_of(run.inputs) == ("cheap", "cheaper", "settled") and run.overlays == tuple(asked)
    assert "toy/overlays/cheap/numbers.csv" in made["hashes"] and "toy/overlays/free/targets.csv" not in made["hashes"]
    shutil.rmtree(toy / "overlays")
    assert same(read_case(run.inputs, overlays=run.overlays), then)
    explained = call("explain", "toy/latest", "--no-resolve", "--json")
    assert json.loads(explained.stdout)["overlays"] == asked
    # Its own plan at its own cost: without the overlays it would not be the plan of its inputs, which is an error of `explain`.
    assert json.loads(explained.stdout)["objective"] == pytest.approx(made["objective"]) == pytest.approx(CHEAP, abs=1e-4)
    changed = json.loads(call("explain", "toy/latest", "--no-resolve", "--json", "--drop", "co2_2023").stdout)
    # As without CO2 target (6.07), with 1 + 0.6 + 0.6 TWh of coal heat.
    assert changed["objective"] == pytest.approx(CO2_FREE - 0.352, abs=1e-4)
    other = call("explain", "toy/latest", "--with", "cheap")
    assert other.exit_code == 2 and says(other.stderr, "keeps the overlays it was solved with")
    assert answered("export", "toy/latest", "--to", "csv", "--out", tmp_path / "handed")["written"]
    assumed = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / "handed").glob("*.csv"))
    assert "letter of the bureau" in assumed and "cheaper; cheap; settled" in assumed


def test_a_study_goes_on_with_its_overlays(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "study"
    words = ("frontier", "toy", "--indicator", "co2@2023", "-n", "3", "--with", "cheaper", "--with", "cheap")
    first = answered(*words, "--out", whole)
    assert first["points"][0]["high"] == pytest.approx(CHEAP, abs=1e-4)
    assert first["overlays"] == ["cheaper", "cheap"] and first["overlay_clashes"][0]["row"] == "coal_purchase price"
    with monkeypatch.context() as patched:
        patched.setattr("model.study.program.search_again.search_matrix", stopped_at(2, search_matrix))
        assert call(*words, "--out", folder).exit_code == 4
    shutil.rmtree(toy / "overlays")
    assert not open_study(folder).finished
    assert same(case_in(open_study(folder)), case_in(open_study(whole)))
    again = json.loads(call("frontier", "--resume", folder, "--json").stdout)
    assert [one | {"seconds": None} for one in again["points"]] == [one | {"seconds": None} for one in first["points"]]
    refused = call("frontier", "--resume", folder, "--with", "cheap")
    assert refused.exit_code == 2 and "--with" in refused.stderr


def test_a_stored_sweep_is_asked_again_with_its_overlays(toy: Path, tmp_path: Path) -> None:
    sweep = tmp_path / "sweep"
    made = answered("sweep", "toy", "--grid", "heat_demand.amount=0.95,1", "--with", "cheap", "--out", sweep)
    assert made["overlays"] == ["cheap"]
    answers = open_study(sweep).answers
    assert answers["reference"]["objective"] == pytest.approx(CHEAP, abs=1e-4)
    regret = answered("regret", sweep, "--out", tmp_path / "regret")
    assert regret["overlays"] == ["cheap"]
    assert open_study(tmp_path / "regret").answers["reference"]["objective"] == pytest.approx(CHEAP, abs=1e-4)
    refused = call("regret", sweep, "--with", "cheap")
    assert refused.exit_code == 2 and "--with" in refused.stderr


def test_compare_sees_overlays(toy: Path, toy_run: dict) -> None:
    lay(toy, "settled", head="history: usual\n")
    shutil.copytree(toy_run["run"], paths.RUNS / "toy" / "a")  # without any
    for name, asked in (("b", ("cheap", "settled")), ("c", ("cheaper", "cheap")), ("d", ("cheap", "cheaper"))):
        answered("solve", "toy", *asked_with(*asked), "--out", paths.RUNS / "toy" / name)
    made = answered("compare", "toy/a", "toy/b")
    assert made["asked"]["overlays"] == ["", "cheap; settled"]
    assert set(made["files"]) == {"toy/overlays/cheap/numbers.csv", "toy/overlays/settled/case.yaml"}
    assert [(one["table"], one["row"], one["column"], one["before"], one["after"]) for one in made["inputs"]] == [
        ("case.yaml", "history", "", "reconstructed", "usual"),
        ("numbers", "coal_purchase price ", "value", "1000", "900"),
        ("numbers", "coal_purchase price ", "low", "800", "500"),
        (
            "numbers",
            "coal_purchase price ",
            "source",
            "illustrative: made up so that the answer can be found on paper",
            "letter of the bureau",
        ),
    ]
    # The same files in another order are other inputs.
    turned = answered("compare", "toy/c", "toy/d")
    assert turned["files"] == [] and [(one["before"], one["after"]) for one in turned["inputs"]] == [("900", "800")]
    screen = call("compare", "toy/c", "toy/d").stdout
    assert says(screen, "Overlays") and "are the same, file by file" not in screen


def test_since_an_earlier_run_an_overlay_is_a_number_or_a_rule(toy: Path, toy_run: dict) -> None:
    fact = (toy / "facts.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"
    cells = {
        "id": "co2_2021",
        "label_en": "CO2",
        "label_zh": "二氧化碳",
        "indicator": "co2",
        "year": "2021",
        "role": "record",
        "boundary": "city",
    }
    cells |= {"value": "0.4", "unit": "Mt", "status": "sourced", "source": "letter of the bureau"}
    lay(toy, "settled", head="history: usual\n", facts=fact + ",".join(cells.get(name, "") for name in fact.strip().split(",")) + "\n")
    shutil.copytree(toy_run["run"], paths.RUNS / "toy" / "a")
    told = answered("solve", "toy", *asked_with("cheap", "settled"), "--since", "toy/a")["since"]
    assert [(one["table"], one["row"], one["after"]) for one in told["rules"]] == [("case.yaml", "history", "usual")]
    assert [(one["table"], one["row"]) for one in told["records"]] == [("facts", "co2_2021")]  # its role is read with the overlay
    assert ("numbers", "900") in {(one["table"], one["after"]) for one in told["numbers"]}
    assert told["asked"]["overlays"] == ["", "cheap; settled"]
