"""The command that traces a frontier: stored, stopped and gone on with, listed and shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from calling import call, says
from click.testing import Result
from paper import also, indicator, measure
from paper_case import case_of, write_case
from stopping import stopped_at
from tracing import TWO_WAYS

from model.report.studies.runs_text import runs_text
from model.results.studies import Listed
from model.results.study import open_study
from model.study.solved.solved_model import search_matrix

pytestmark = pytest.mark.usefixtures("own_runs")

WORDS = ("frontier", "toy", "--indicator", "co2@2023", "-n", "3")
Trace = Callable[[str], tuple[Result, Path]]


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What the command says of the toy's frontier in a language, and the study; traced once each."""

    @cache
    def trace(language: str) -> tuple[Result, Path]:
        folder = tmp_path_factory.mktemp("traced") / "study"
        result = call(*WORDS, "--out", folder, "--lang", language)
        assert result.exit_code == 0, result.stderr
        return result, folder

    return trace


def test_frontier_of_the_toy(traced: Trace) -> None:
    result = call("frontier", "--resume", traced("en")[1], "--json")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    # README: 6.10 at 0.2 Mt. At none all heat is from pumps: both boilers closed (0.2) save 0.4 of upkeep.
    assert made["points"][0]["high"] == pytest.approx(6.10, abs=1e-4)
    assert made["points"][-1]["value"] == pytest.approx(0.0, abs=1e-6) and made["points"][-1]["high"] == pytest.approx(6.25, abs=1e-4)
    highs = [point["high"] for point in made["points"]]
    assert highs == sorted(highs)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frontier_is_stored_once_with_a_workbook_and_a_chart(language: str, traced: Trace) -> None:
    first, folder = traced(language)
    book = openpyxl.load_workbook(folder / "frontier.xlsx")
    assert len(book.sheetnames) == 2 and len(book.worksheets[0]._charts) == 1
    data = open_study(folder).results
    assert data["scenario"].values.tolist() == ["reference", "best", "cap:1", "cap:2", "cap:3"]
    assert data["objective"].sel(scenario=["cap:1", "cap:3"]).values == pytest.approx([6.10, 6.25], abs=1e-4)
    # The last point runs without coal in 2023.
    assert float(data["indicator_value"].sel(scenario="cap:3", indicator="co2", year=2023)) == pytest.approx(0.0, abs=1e-6)
    assert call("show", str(folder), "--lang", language).stdout == first.stdout.replace(f"{folder}\n", "")
    assert call(*WORDS, "--out", folder, "--lang", language).exit_code == 2


def test_an_indicator_that_nothing_limits_has_no_frontier_and_leaves_no_study(tmp_path: Path) -> None:
    parts = also(TWO_WAYS, measure("more_mills", {"clean_mill": 1.0}, cost=0.5), indicator("size", "Mt", [("clean_mill", "capacity", 1.0)]))
    case, folder = write_case(case_of(parts), tmp_path / "paper"), tmp_path / "study"
    result = call("frontier", str(case), "--indicator", "size", "--at-least", "--out", str(folder))
    assert result.exit_code == 2 and "no best value" in result.stderr
    assert not folder.exists()


def lines_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]


def without_time(records: list[dict]) -> list[dict]:
    return [{key: value for key, value in record.items() if key not in ("seconds", "seal")} for record in records]


def test_a_stopped_study_goes_on_where_it_was_and_ends_as_an_unbroken_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("frontier", "toy", "--indicator", "co2@2023", "-n", "4", "--out")
    assert call(*words, str(tmp_path / "whole")).exit_code == 0
    folder = tmp_path / "broken"
    with monkeypatch.context() as patched:
        patched.setattr("model.study.program.search_again.search_matrix", stopped_at(3, search_matrix))
        stopped = call(*words, str(folder))
    assert stopped.exit_code == 4 and "--resume" in stopped.stderr and "Not complete" in stopped.stdout
    assert not (folder / "results.nc").exists() and [one["name"] for one in lines_of(folder)] == ["reference", "best", "cap:1"]
    shown = call("show", str(folder)).stdout
    assert "Not complete: what was done is shown" in shown and f"measuresfrontier--resume{folder}" in "".join(shown.split())
    (folder / "answers.jsonl").write_bytes(b"".join((folder / "answers.jsonl").read_bytes().splitlines(keepends=True)[:2]))
    assert "1 of 5;" in (shown := call("show", str(folder)).stdout) and "tells nothing yet" in shown
    shown = call("show", str(folder), "--lang", "zh").stdout
    assert "成本前沿：" in shown and "还得不出结果" in shown and f"measuresfrontier--resume{folder}" in "".join(shown.split())
    assert says(call("export", str(folder)).stderr, f"broken is not finished; go on with --resume {folder}")
    with (folder / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"name":"cap:2","sta')  # killed while it wrote
    assert call("frontier", "--resume", str(folder), "-n", "3").exit_code == 2
    assert call("abatement", "--resume", str(folder)).exit_code == 2
    gone_on = call("frontier", "--resume", str(folder))
    assert gone_on.exit_code == 0, gone_on.stderr
    assert without_time(lines_of(folder)) == without_time(lines_of(tmp_path / "whole"))
    assert (folder / "frontier.xlsx").is_file() and call("frontier", "--resume", str(folder)).exit_code == 0


def test_studies_are_listed_beside_runs_and_what_is_damaged_is_named(own_runs: Path) -> None:
    assert call("frontier", "toy", "--indicator", "co2@2023", "-n", "2").exit_code == 0
    (folder,) = (own_runs / "toy").iterdir()
    assert folder.name.startswith("frontier-")
    half = own_runs / "toy" / "half"
    half.mkdir()
    content = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    (half / "study.json").write_text(json.dumps(content), encoding="utf-8")
    (half / "answers.jsonl").write_bytes(b"".join((folder / "answers.jsonl").read_bytes().splitlines(keepends=True)[:2]))
    for name, file, text in (
        ("a", "study.json", "[]"),
        ("b", "study.json", "{"),
        ("c", "manifest.json", "[1]"),
        ("d", "manifest.json", "{}"),
    ):
        (own_runs / "toy" / name).mkdir()
        (own_runs / "toy" / name / file).write_text(text, encoding="utf-8")
    told = json.loads(call("runs", "toy", "--json").stdout)
    assert told["runs"] == []
    assert {one["name"]: (one["kind"], one["done"], one["total"], one["finished"]) for one in told["studies"]} == {
        f"toy/{folder.name}": ("frontier", 3, 3, True), "toy/half": ("frontier", 1, 3, False),
    }  # fmt: skip
    shown = call("runs", "toy")
    assert shown.exit_code == 0 and "frontier, finished" in shown.stdout and "frontier, 1 of 3" in shown.stdout
    assert shown.stderr.count("left out") == 4
    assert "成本前沿" in call("runs", "--lang", "zh").stdout
    assert json.loads(call("show", f"toy/{folder.name}", "--json").stdout)["points"][0]["high"] == pytest.approx(6.10, abs=1e-4)
    for name in ("a", "b"):
        assert call("show", f"toy/{name}").exit_code == 2


def test_a_study_stored_elsewhere_is_listed_and_shown_by_its_name(own_runs: Path, tmp_path: Path) -> None:
    asked = ("frontier", "toy", "--indicator", "co2@2023", "-n", "2")
    assert call(*asked, "--out", tmp_path / "mine" / "f1").exit_code == 0
    assert [one["name"] for one in json.loads(call("runs", "toy", "--json").stdout)["studies"]] == ["mine/f1"]
    told = call("export", "mine/f1", "--to", "csv")
    assert told.exit_code == 2 and says(told.stderr, "f1 is a study")
    assert all((tmp_path / "mine" / "f1" / name).exists() and says(told.stderr, f"f1/{name}") for name in ("tables", "frontier.xlsx"))
    assert says(call("export", "mine/f1", "--lang", "zh").stderr, "f1是研究")
    assert call("show", "mine/f1").stdout == call("show", tmp_path / "mine" / "f1").stdout != ""
    shutil.rmtree(tmp_path / "mine")
    assert json.loads(call("runs", "--json").stdout)["studies"] == []


def test_runs_of_a_case_that_is_unknown_are_no_empty_list(own_runs: Path) -> None:
    for language, known, unknown in (
        ("en", "No runs of toy yet.", "there is no case 'nosuch'"),
        ("zh", "尚无toy的计算结果。", "没有案例“nosuch”"),
    ):
        told = call("runs", "nosuch", "--lang", language)
        assert told.exit_code == 2 and says(told.stderr, unknown) and told.stdout == ""
        none = call("runs", "toy", "--lang", language)
        assert none.exit_code == 0 and none.stderr.strip() == known


def test_a_study_that_is_not_finished_stands_on_one_line_with_its_kind_and_how_far_it_is() -> None:
    done = Listed("toy/alternatives-20261130-074506", "alternatives", "toy", "2026-11-30T07:45:06", 5, 5, finished=True)
    half = Listed("toy/sweep-20261130-074506", "lhs", "toy", "2026-11-30T07:45:06", 12, 60, finished=False)
    assert runs_text([], [done, half], "en").splitlines()[1:] == [
        "  toy/alternatives-20261130-074506  other plans, finished      2026-11-30 07:45",
        "  toy/sweep-20261130-074506         Latin hypercube, 12 of 60  2026-11-30 07:45",
    ]
    assert (
        runs_text([], [done, half], "zh").splitlines()[2]
        == "  toy/sweep-20261130-074506         拉丁超立方抽样，完成12/60  2026-11-30 07:45"
    )


def test_a_wrong_indicator_is_a_usage_error() -> None:
    result = call("frontier", "toy", "--indicator", "co3")
    assert result.exit_code == 2 and "co2" in result.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "1 of 4: best of CO2 in 2023"), ("zh", "1/4：2023年二氧化碳最优值")])
def test_progress_tells_steps_in_words(language: str, words: str, traced: Trace) -> None:
    told = traced(language)[0].stderr
    assert "co2@2023" not in told and words in told, told
