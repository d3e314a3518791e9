"""An edited schedule read back: what is changed, held and free, what means nothing, and what it costs, on the toy's own paper."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call, says
from schedules import KINDS, answered_rightly, as_csv, asked_of, held_plan, made_up, with_cells

from model.case.faults import CaseFaults
from model.case.read.case import read_case
from model.commands import paths
from model.report.schedule.edited import read_sheets
from model.results.run import Run, RunError
from model.results.schedule import Hold, held_amounts
from model.study.runs.run import hand_over
from model.study.schedule.answer import Refusal
from model.study.schedule.asked import run_of
from model.study.schedule.repair import write_repaired
from model.study.solved.solved_model import Options, Ready

ROOF, PUMP, BOILER = "build_rooftop_sun", "build_heat_pump", "close_boiler"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def solved(runs: Path) -> tuple[Run, Ready]:
    return hand_over(read_case(TOY), Options(), folder=runs / "toy" / "one", runs=runs)


@pytest.fixture(scope="module")
def run(solved: tuple[Run, Ready]) -> Run:
    return solved[0]


@pytest.fixture(scope="module")
def source(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_csv(run, tmp_path_factory.mktemp("source"))


def edited(source: Path, folder: Path, cells: Mapping[tuple[str, int], str]) -> Path:
    return with_cells(source, folder / "edited", cells)


def codes(run: Run, path: Path) -> dict[str, str]:
    """{code: address} of all faults at once."""
    with pytest.raises(CaseFaults) as caught:
        asked_of(run, path)
    return {fault.code: str(fault.place.column) for fault in caught.value.faults}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("hold", ["changed", "all"])
def test_an_untouched_schedule_is_the_run_itself(run: Run, tmp_path: Path, language: str, hold: Hold) -> None:
    """In any unit and language; all nine amounts are held where all are, as the run has them and not as they are shown."""
    asked = asked_of(run, as_csv(run, tmp_path / "csv", language), hold=hold)
    assert asked.untouched and asked.differs == 0
    assert len(asked.held) == (9 if hold == "all" else 0)
    assert all(amount == float(run.results["build"].sel(measure=k, build_year=y)) for (k, y), amount in asked.held.items())


def test_the_workbook_of_a_run_knows_its_run_and_its_ids(run: Run, runs: Path) -> None:
    sheets, faults = read_sheets(run.folder / "build-schedule.xlsx")
    assert not faults and run_of(sheets, runs=runs, against=None, case="toy").folder == run.folder
    assert asked_of(run, run.folder / "build-schedule.xlsx").untouched
    assert {"days", "decide_from", "changes", "overlays", "dropped", "gap", "hash", "run"} <= sheets.origin.keys()


def test_another_boiler_closed_costs_what_it_costs_on_paper(solved: tuple[Run, Ready], source: Path, tmp_path: Path) -> None:
    """No coal in 2023: a second closure 0.1, its 0.5 TWh (0.8) and the last upkeep (0.2) saved; pumps for 1 TWh 0.5 instead of 0.25; power 0.4 TWh, of which
    0.3 from roofs 1.05 and 0.1 bought 0.4 instead of 0.7. 2.15 instead of 2.05. The third 0.1 GW of roofs has to be built in 2021, with pumps for it: one boiler
    closed a year early (coal 0.96, upkeep 0.2, closure 0.1, pumps 0.2, roof 0.35, bought 0.24) costs 2.05 instead of 2.00. Together 0.15.
    """
    run, ready = solved
    asked = asked_of(run, edited(source, tmp_path, {(BOILER, 2023): "1"}))
    (change,) = asked.changes
    assert (change.kind, change.measure, list(change.amounts)) == ("more", BOILER, [2023])
    assert (*change.amounts[2023], change.then, change.now) == pytest.approx((0.0, 1.0, 1.0, 2.0))
    assert asked.held == {(BOILER, 2023): 1.0}
    plan = held_plan(asked, ready)
    assert not isinstance(plan, Refusal)
    assert plan.solution.objective - run.manifest["objective"] == pytest.approx(0.15, abs=1e-6)


def test_an_edit_beyond_the_pace_is_refused_with_the_limit_and_the_least_repair(
    solved: tuple[Run, Ready], source: Path, tmp_path: Path
) -> None:
    """Roofs come by 0.1 GW a year: of 0.2 in 2022 that much can be, which costs nothing more. The repaired schedule is taken again."""
    run, ready = solved
    asked = asked_of(run, edited(source, tmp_path, {(ROOF, 2022): "0.2", (PUMP, 2022): "0.4"}))
    refused = held_plan(asked, ready)
    assert isinstance(refused, Refusal)
    assert refused.clash.conflicts == ((((ROOF, 2022),), ()),)
    assert [(one.kind, one.item, one.years) for one in refused.clash.limits] == [("pace", ROOF, (2022,))]
    assert [(one.measure, one.year, one.asked, one.can_be) for one in refused.clash.given] == [(ROOF, 2022, 0.2, 0.1)]
    assert refused.cost is not None and refused.cost[2] == pytest.approx(0.0, abs=1e-6)
    for name in ("again.xlsx", "again"):
        again = asked_of(run, write_repaired(asked, refused.clash, tmp_path / name, "zh"))
        assert again.untouched  # 0.1 is what the run has there


def test_an_edit_that_no_target_allows_is_refused_with_the_target(solved: tuple[Run, Ready], source: Path, tmp_path: Path) -> None:
    """No boiler closed up to 2022 leaves two of them: the edits stand against the target of one, not against a limit."""
    run, ready = solved
    asked = asked_of(run, edited(source, tmp_path, {(BOILER, 2021): "0", (BOILER, 2022): "0"}), hold="all")
    refused = held_plan(asked, ready)
    assert isinstance(refused, Refusal)
    edits, targets = refused.clash.conflicts[0]
    assert "one_boiler_left" in [one.target for one in targets] and {k for k, _ in edits} >= {BOILER}
    assert {(one.measure, one.can_be) for one in refused.clash.given if one.measure == BOILER} == {(BOILER, 1.0)}


def test_edits_of_every_kind_are_answered_rightly(solved: tuple[Run, Ready], source: Path, tmp_path: Path) -> None:
    said = [
        answered_rightly(*solved, source, tmp_path / str(n), one)
        for n, one in enumerate(made_up(solved[0], read_case(TOY), 2 * len(KINDS)))
    ]
    assert {one.split(":")[0] for one in said} == {"held", "impossible", "refused"}


def test_what_is_emptied_is_free_and_a_nought_is_held(run: Run, source: Path, tmp_path: Path) -> None:
    path = edited(source, tmp_path, {(ROOF, 2022): "~", (ROOF, 2023): "", (PUMP, 2022): "0", (PUMP, 2023): "１，000．0".replace("，", ",")})
    asked = asked_of(run, path)
    assert asked.held == {(PUMP, 2022): 0.0, (PUMP, 2023): 1000.0}
    assert set(asked_of(run, path, hold="all").held) == {(k, y) for k in (ROOF, PUMP, BOILER) for y in (2021, 2022, 2023)} - {
        (ROOF, 2022),
        (ROOF, 2023),
    }


def test_cells_that_mean_nothing_are_told_with_their_addresses_all_at_once(run: Run, source: Path, tmp_path: Path) -> None:
    path = edited(source, tmp_path, {(ROOF, 2021): "soon", (ROOF, 2022): "-1", (PUMP, 2022): "#REF!", (BOILER, 2022): "0.5"})
    rows = list(csv.reader((path / "build-schedule.csv").read_text(encoding="utf-8-sig").splitlines()))
    rows[0][6] = "2024"
    rows += [[*rows[-1][:-1], "nobody"], rows[-1], [*rows[-1][:-1], ""], ["", "", "", "MW", *rows[1][4:]]]
    with (path / "build-schedule.csv").open("w", encoding="gbk", newline="") as file:  # as a Chinese Excel saves it
        csv.writer(file).writerows(rows)
    assert codes(run, path) == {
        "schedule_amount": "E2 (build_rooftop_sun 2021)", "amount_negative": "F2 (build_rooftop_sun 2022)", "error_value": "F3 (build_heat_pump 2022)",
        "amount_of_parts": "F4 (close_boiler 2022)", "schedule_year": "G1", "schedule_id": "N5 (Id)", "schedule_row_twice": "N8 (Id)", "row_without_id": "N7 (Id)",
    }  # fmt: skip


def test_a_total_or_a_unit_that_was_edited_is_not_lost_in_silence(run: Run, source: Path, tmp_path: Path) -> None:
    path = edited(source, tmp_path, {(PUMP, 2022): "0.45"})
    rows = list(csv.reader((path / "build-schedule.csv").read_text(encoding="utf-8-sig").splitlines()))
    rows[1][7], rows[3][3] = "0.9", "MW"
    (path / "build-schedule.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8-sig")
    assert codes(run, path) == {"total_edited": "H2", "schedule_unit": "D4"}


def lines_of(path: Path) -> list[list[str]]:
    return list(csv.reader((path / "build-schedule.csv").read_text(encoding="utf-8-sig").splitlines()))


def put(path: Path, rows: list[list[str]]) -> Path:
    with (path / "build-schedule.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("heading", ["", "第三年", "²", "31.12.2023"])
def test_amounts_under_a_heading_that_is_no_year_are_not_lost_in_silence(run: Run, source: Path, tmp_path: Path, heading: str) -> None:
    """0.3 under what was 2023 would change nothing, and the answer would be that it costs nothing."""
    path = edited(source, tmp_path, {(PUMP, 2023): "0.3"})
    rows = lines_of(path)
    rows[0][6] = heading
    assert codes(run, put(path, rows)) == {"schedule_heading": "G1"}


def test_a_year_may_be_written_as_in_chinese_or_left_out_with_its_column(run: Run, source: Path, tmp_path: Path) -> None:
    rows, path = lines_of(source), edited(source, tmp_path, {})
    assert asked_of(run, put(path, [[*rows[0][:6], "2023年", *rows[0][7:]], *rows[1:]])).untouched
    assert asked_of(run, put(path, [[*row[:6], *row[7:]] for row in rows])).untouched
    own = [[*row, str(number)] for number, row in enumerate(rows)]  # a column of one's own, while no year is missing
    assert asked_of(run, put(path, [[*own[0][:-1], "No."], *own[1:]])).untouched


def test_a_row_behind_an_empty_one_is_not_lost_in_silence(run: Run, source: Path, tmp_path: Path) -> None:
    path = edited(source, tmp_path, {(BOILER, 2023): "1"})
    rows = lines_of(path)
    assert codes(run, put(path, [*rows[:3], [""] * 12, *rows[3:]])) == {"schedule_unheaded": "N5"}


def test_a_file_that_is_not_there_is_the_only_thing_told(run: Run, source: Path, tmp_path: Path) -> None:
    assert codes(run, edited(source, tmp_path, {}) / "nothing.csv") == {"missing_file": "None"}


def test_a_run_that_is_gone_is_told_with_its_remedy(run: Run, source: Path, tmp_path: Path) -> None:
    sheets, _ = read_sheets(source)
    with pytest.raises(RunError) as gone:
        run_of(sheets, runs=tmp_path, against=None, case="toy")
    assert gone.value.code == "schedule_run_gone" and gone.value.fields["run"] == "toy/one"
    assert run_of(sheets, runs=tmp_path, against=str(run.folder), case="toy").folder == run.folder
    with pytest.raises(RunError) as unsaid:
        run_of(replace(sheets, origin={}), runs=tmp_path, against=None, case="toy")
    assert unsaid.value.code == "schedule_without_run"


def test_an_option_edited_on_the_sheet_of_the_run_is_refused(run: Run, source: Path, runs: Path, tmp_path: Path) -> None:
    from model.study.schedule.asked import asked_schedule

    path = edited(source, tmp_path, {})
    told = path / "run.csv"
    told.write_text(told.read_text(encoding="utf-8-sig").replace("0.001", "0.5"), encoding="utf-8-sig")
    with pytest.raises(CaseFaults) as caught:
        asked_schedule(path, lambda _: read_case(run.inputs), runs=runs)
    assert [(fault.code, fault.found, fault.expected) for fault in caught.value.faults] == [("schedule_option", "0.5", "0.001")]


def test_what_an_answer_held_stays_held_when_it_is_edited_again(run: Run, source: Path, tmp_path: Path) -> None:
    """Until a cell is changed once more, or emptied."""
    held = {(PUMP, 2022): 0.4, (ROOF, 2022): 0.1, (BOILER, 2022): 1.0}
    path = edited(source, tmp_path, {(ROOF, 2022): "", (BOILER, 2022): "0", (BOILER, 2023): "1"})
    now = held_amounts(asked_of(run, path).edited, run.results, hold="changed", since=2021, before=held)
    assert now == {(PUMP, 2022): 0.4, (BOILER, 2022): 0.0, (BOILER, 2023): 1.0}


@pytest.fixture
def stored(runs: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(paths, "RUNS", runs)
    yield run.folder


def test_the_command_answers_with_a_run_whose_edits_stand_first(stored: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(stored / "build-schedule.xlsx")
    sheet = book["Build schedule"]
    cell = next(row[6] for row in sheet.iter_rows() if row[13].value == BOILER)
    assert cell.value == 0 and not cell.protection.locked and sheet.protection.sheet
    cell.value = 1
    book.save(tmp_path / "edited.xlsx")
    done = call("schedule", "toy", tmp_path / "edited.xlsx", "--out", tmp_path / "answer")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("edited.xlsx: edited schedule of toy/one") and says(done.stdout, "costs 0.15 more")
    assert openpyxl.load_workbook(tmp_path / "answer" / "build-schedule.xlsx", read_only=True).sheetnames[:2] == ["Edits", "On one page"]
    told = json.loads((tmp_path / "answer" / "manifest.json").read_text(encoding="utf-8"))["schedule"]
    assert told["against"] == "toy/one" and told["low"] == pytest.approx(0.15, abs=1e-6) and told["high"] == pytest.approx(0.15, abs=1e-6)
    assert call("show", tmp_path / "answer").stdout.splitlines()[0] == done.stdout.splitlines()[0]
    assert call("explain", tmp_path / "answer").exit_code == 2


def test_an_untouched_schedule_costs_nothing_and_stores_nothing(stored: Path) -> None:
    told = json.loads(call("schedule", "toy", stored / "build-schedule.xlsx", "--json").stdout)
    nothing: dict[str, list[str]] = {"changes": [], "absent": [], "absent_years": []}
    assert told["schedule"] == {"against": "toy/one", "hold": "changed", **nothing, "value": 0.0, "low": 0.0, "high": 0.0}
    assert [path.name for path in stored.parent.iterdir()] == ["one"]
