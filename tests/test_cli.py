"""The command line: every command has help and an example; exit codes; --json; --set touches nothing on disk."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from calling import ROOT, TOY, call

import cli

pytestmark = pytest.mark.usefixtures("own_runs")


def solved(*words: str) -> dict:
    result = call("solve", "toy", "--json", *words)
    assert result.exit_code == 0, result.output + result.stderr
    return json.loads(result.stdout)


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_has_help_an_example_and_a_place_in_the_docs(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Example: measures" in result.output
    assert f"## measures {command}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_a_readme_names_commands_that_there_are_and_where_all_of_them_stand(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `measures (\w+)", text, flags=re.MULTILINE))
    assert len(named) > 10 and named <= set(cli.main.commands) and "docs/commands.md" in text


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_option_has_help(command: str) -> None:
    for parameter in cli.main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{command} {parameter.name}"


def test_solve_json_is_one_object_with_what_is_promised(toy_run: dict) -> None:
    answer = toy_run
    promised = {
        "case",
        "status",
        "objective",
        "bound",
        "gap",
        "seconds",
        "columns",
        "rows",
        "integers",
        "targets",
        "measures",
        "audit",
        "run",
    }
    assert promised <= set(answer)
    assert {"read", "build", "compile", "solve", "report", "total"} <= set(answer["seconds"])
    assert {"id", "year", "sense", "required", "achieved", "slack", "binding", "price"} <= set(answer["targets"][0])
    assert {"id", "year", "build", "level"} <= set(answer["measures"][0])
    assert answer["audit"]["ok"] and answer["audit"]["worst"] <= 1e-6
    assert answer["gap"] <= 1e-3
    assert answer["objective"] == pytest.approx(6.10, abs=1e-4)


def test_two_solves_give_the_same_answer(toy_run: dict) -> None:
    first, second = toy_run, solved()
    assert first["objective"] == second["objective"]
    assert first["measures"] == second["measures"]
    assert first["run"] != second["run"]


def test_set_changes_the_answer_and_nothing_on_disk() -> None:
    # 2022 buys 0.06 TWh of power: at 0.42 instead of 0.40 CNY/kWh that costs 0.06 x 10 x 0.02 = 0.012 more.
    before = digest(TOY)
    assert solved("--set", "power_purchase.price=0.42")["objective"] == pytest.approx(6.112, abs=1e-4)
    assert digest(TOY) == before


def test_set_of_one_year_moves_that_year_only() -> None:
    # Only coal of 2021 gets dearer: 0.16 Mtce x 10 CNY/tce = 0.016.
    assert solved("--set", "coal_purchase.price@2021=1010")["objective"] == pytest.approx(6.116, abs=1e-4)


def test_drop_leaves_out_a_target() -> None:
    answer = solved("--drop", "co2_2023", "--drop", "one_boiler_left")
    assert answer["objective"] == pytest.approx(6.00, abs=1e-4)
    assert answer["targets"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "power_purchase.prize=0.5"), "price"),
        (("--set", "power_purchas.price=0.5"), "power_purchase"),
        (("--set", "nonsense"), "ITEM.QUANTITY"),
        (("--drop", "co2_2032"), "co2_2023"),
        (("--days", "0"), "365"),
    ],
)
def test_usage_errors_say_what_was_meant(words: tuple[str, ...], said: str) -> None:
    result = call("solve", "toy", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_targets_that_cannot_be_met_end_with_3_and_store_nothing(own_runs: Path) -> None:
    result = call("solve", "toy", "--set", "co2_2023.value=-1")
    assert result.exit_code == 3
    assert "nothing was stored" in result.stderr
    assert "Traceback" not in result.output + result.stderr
    assert not list(own_runs.rglob("manifest.json"))


@pytest.mark.parametrize(("language", "said"), [("en", "leave a target out with"), ("zh", "停用某项目标")])
def test_targets_that_cannot_be_met_point_to_the_remedy(language: str, said: str) -> None:
    """The binding target first, though it is the later of the two in the alphabet."""
    result = call("solve", "toy", "--set", "co2_2023.value=-1", "--lang", language)
    assert said in result.stderr and "--drop" in result.stderr and "--set" in result.stderr
    assert "one_boiler_left" in result.stderr and "co2_2023" in result.stderr


def test_a_target_that_was_dropped_is_not_among_those_that_clash() -> None:
    without = call("solve", "toy", "--set", "co2_2023.value=-1", "--drop", "one_boiler_left", "--json")
    assert "one_boiler_left" not in without.stderr
    assert json.loads(without.stdout)["targets_in_force"] == ["co2_2023"]


def test_what_is_left_short_is_in_the_record() -> None:
    # 5 TWh of heat: boilers 1.2, heat pumps 0.5, so 3.3 are missing.
    result = call("solve", "toy", "--set", "heat_demand.amount@2021=5", "--json")
    assert result.exit_code == 3
    (short,) = json.loads(result.stdout)["shortfalls"]
    assert short == {"item": "heat_supply", "year": 2021, "amount": pytest.approx(3.3), "unit": "TWh"}
    shown = json.loads(call("show", "latest", "--json").stdout)
    assert shown["shortfalls"] == [short]


def test_a_run_stored_under_a_relative_path_has_its_name_and_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    assert "mine/r1" in call("solve", "toy", "--out", "r1").stdout.splitlines()[0]
    assert call("show", "r1").stdout == call("show", "mine/r1").stdout
    assert [run["run"] for run in json.loads(call("runs", "toy", "--json").stdout)["runs"]] == ["mine/r1"]
    assert json.loads(call("check", "toy", "--sources", "--json").stdout)["sources"]["run"] == "mine/r1"


def test_one_fault_is_one_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(TOY, broken)
    (broken / "clauses.csv").write_text((TOY / "clauses.csv").read_text(encoding="utf-8").replace("c1,", "C1,", 1), encoding="utf-8")
    told = call("check", str(broken)).stderr
    lines = [line for line in call("check", str(broken)).stdout.splitlines() if not line.startswith(" ")]
    assert told.strip() == f"{len(lines)} faults"
    (broken / "clauses.csv").write_bytes((TOY / "clauses.csv").read_bytes())
    (broken / "facts.csv").write_text((TOY / "facts.csv").read_text(encoding="utf-8").replace(",2020,", ",2019,", 1), encoding="utf-8")
    assert call("check", str(broken)).stderr.strip() == "1 fault"


def test_a_base_year_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    """Boilers of 1.2 TWh that must run in full, where 1 TWh of heat is asked: no traceback, and no advice to drop a target."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    head = "item,quantity,year,value,unit,low,high,status,source"
    (folder / "numbers-floor.csv").write_text(f"{head}\ncoal_boiler,utilisation_floor,,1,1,1,1,sourced,x\n", encoding="utf-8")
    result = call("base", str(folder))
    assert result.exit_code == 3 and isinstance(result.exception, SystemExit)
    assert "utilisation floors" in result.stderr and "--drop" not in result.stderr


def test_a_faulty_case_ends_with_1_and_its_places(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in TOY.iterdir():
        text = path.read_text(encoding="utf-8").replace("heat_pump,electricity", "heat_pmp,electricity")
        (broken / path.name).write_text(text, encoding="utf-8")
    for words in (("check", str(broken)), ("solve", str(broken))):
        result = call(*words)
        assert result.exit_code == 1
        assert "flows.csv" in result.output and "heat_pump" in result.output


def test_out_is_the_run_folder_and_is_refused_if_it_exists(toy_run: dict) -> None:
    out = Path(toy_run["run"])
    assert out.parts[-2:] == ("toy", "plain")  # as it was asked for
    assert (out / "manifest.json").is_file() and (out / "build-schedule.xlsx").is_file()
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "HiGHS" in (out / "solver.log").read_text(encoding="utf-8")
    again = call("solve", "toy", "--out", str(out))
    assert again.exit_code == 2 and "exists already" in again.stderr


def test_show_export_and_runs_open_what_was_stored(toy_run: dict, own_runs: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(toy_run["run"], own_runs / "toy" / "stored"))
    assert call("show", "latest").stdout == call("show", f"toy/{run.name}").stdout
    assert json.loads(call("runs", "--json").stdout)["runs"][0]["run"] == f"toy/{run.name}"
    for form, name in (("xlsx", "out.xlsx"), ("csv", "out-csv")):
        target = tmp_path / name
        result = call("export", "latest", "--to", form, "--out", str(target))
        assert result.exit_code == 0 and target.exists()
        assert call("export", "latest", "--to", form, "--out", str(target)).exit_code == 2


def test_coverage_json_says_what_each_item_moves() -> None:
    answer = json.loads(call("coverage", "toy", "--json").stdout)
    assert [record["rows"] for record in answer["totals"]] == [2, 2, 4]
    closing = next(row for row in answer["coverage"] if row["words_en"] == "close coal boilers")
    assert closing["state"] == "modelled"
    assert closing["items"][0]["moves"]["co2"] == ["close_boiler", "coal_boiler", "coal", "co2"]


def test_sources_rank_by_width_and_by_money_once_there_is_a_run(toy_run: dict, own_runs: Path) -> None:
    before = json.loads(call("check", "toy", "--sources", "--json").stdout)["sources"]
    assert before["run"] is None and before["leaning"][0]["items"] == ["close_boiler"]
    shutil.copytree(toy_run["run"], own_runs / "toy" / "stored")
    after = json.loads(call("check", "toy", "--sources", "--json").stdout)["sources"]
    assert after["run"] and after["leaning"][0]["moved"] >= after["leaning"][1]["moved"] > 0
    assert after["run"] in call("check", "toy", "--sources").stdout


def test_a_run_outside_the_runs_folder_is_refused() -> None:
    assert call("show", "../../etc").exit_code == 2


def test_decide_from_takes_what_was_built_and_reports_earlier_targets() -> None:
    # Built in 2021: 0.1 TWh of heat pumps. The boiler target of 2022 goes on: past in 2022, in force in 2023.
    answer = solved("--decide-from", "2023")
    built = {(row["id"], row["year"]): row["build"] for row in answer["measures"]}
    assert built["build_heat_pump", 2021] == pytest.approx(0.1)
    enforced = {(row["id"], row["year"]): row["enforced"] for row in answer["targets"]}
    assert enforced == {("co2_2023", 2023): True, ("one_boiler_left", 2022): False, ("one_boiler_left", 2023): True}


IN_GBK = """
import cli
for language in ("en", "zh"):
    for words in (["cases"], ["check", "toy"], ["check", "toy", "--sources"], ["coverage", "toy"], ["base", "toy"], ["solve", "toy"], ["show", "toy/latest"]):
        try:
            cli.main([*words, "--lang", language])
        except SystemExit as ended:
            assert not ended.code, words
        print("=====")
cli.main(["runs"])
"""


def test_every_command_survives_a_gbk_console(tmp_path: Path) -> None:
    mine = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(ROOT), "MEASURES_RUNS": str(tmp_path / "runs")}
    done = subprocess.run([sys.executable, "-c", IN_GBK], capture_output=True, env=mine, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    screens = done.stdout.decode("gbk").split("=====")
    assert len(screens) == 2 * 7 + 1 and all(screen.strip() for screen in screens)
    assert all("".join(screens[first : first + 7]).count("toy") > 3 for first in (0, 7))
