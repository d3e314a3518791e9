"""Progress forms: written from a run, read back with every cell that means nothing, judged, and held against the toy's own paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call, says
from progress_forms import BOILER, END, PUMP, ROOF, Cells, filled, reported, run, runs  # noqa: F401

from model.case.faults import CaseFaults, Place
from model.case.read.case import read_case
from model.commands import paths
from model.report.schedule.progress_read import doubts_of
from model.results.progress import Entry, Task, held, last_over, standing, to_begin
from model.results.run import Run, open_run
from model.study.schedule.answer import answer_schedule
from model.study.schedule.track import records_of_forms, tracked, write_form


def test_a_form_has_what_is_locked_and_what_is_open(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """Five amounts of the plan up to 2023: pumps and roofs in 2022 and 2023, a boiler in 2022. The state offers four words."""
    assert write_form(run, tmp_path / "form.xlsx", on=END, until=None, language="zh") == 5
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["01 市能源局"]
    heads = {cell.value: cell.column - 1 for row in sheet.iter_rows() if row[0].value == "措施" for cell in row}
    row = next(row for row in sheet.iter_rows() if row[-1].value == PUMP)
    assert sheet.protection.sheet and all(row[heads[name]].protection.locked for name in ("措施", "投产", "开工", "计划", "标识"))
    assert not any(row[heads[name]].protection.locked for name in ("完成量", "状态", "预计投产年份", "原因", "截至日期", "已建来源"))
    assert [one.formula1 for one in sheet.data_validations.dataValidation] == ['"已完成,进行中,未开始,延期"']


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_form_with_nothing_in_it_reports_nothing_and_moves_nothing(run: Run, tmp_path: Path, language: str) -> None:  # noqa: F811
    found = reported(run, tmp_path / "form.xlsx", {}, language)
    assert found.on == END and [standing(one, END) for one in found.entries] == ["unreported"] * 5
    assert not found.moved and found.asked.held == {
        (k, y): float(run.results["build"].sel(measure=k, build_year=y)) for k in (PUMP, ROOF, BOILER) for y in (2021, 2022)
    }


def entry(planned: float = 1.0, done: float | None = None, state: str = "", expected: int | None = None, lead_time: int = 2) -> Entry:
    """Of a task in force in 2025, to be begun in 2023."""
    nowhere = Place("form", None, None)
    return Entry(Task("k", "b", 2025, 2025 - lead_time, lead_time, planned), done, state, expected, "", None, "", nowhere, nowhere, nowhere)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "on", "stands"),
    [
        (entry(), date(2025, 12, 31), "unreported"),
        (entry(done=1.0), date(2024, 6, 30), "finished"),
        (entry(state="finished"), date(2024, 6, 30), "finished"),
        (entry(done=0.5, state="under_way"), date(2025, 12, 30), "on_time"),  # its year is not over before its last day
        (entry(done=0.5, state="under_way"), date(2025, 12, 31), "late"),
        (entry(state="delayed", expected=2027), date(2023, 6, 30), "late"),
        (entry(state="not_begun"), date(2023, 12, 30), "on_time"),  # may begin until the end of 2023
        (entry(state="not_begun"), date(2023, 12, 31), "at_risk"),
        (entry(state="under_way"), date(2023, 12, 31), "on_time"),
    ],
)
def test_how_a_task_stands_follows_from_year_lead_time_and_day(one: Entry, on: date, stands: str) -> None:
    assert standing(one, on) == stands


def test_a_year_is_over_on_its_last_day() -> None:
    assert (last_over(END), last_over(date(2022, 12, 30))) == (2022, 2021)


def test_a_boiler_closed_a_year_late_costs_its_upkeep_and_its_target(run: Run, runs: Path, tmp_path: Path) -> None:  # noqa: F811
    """The second boiler stands in 2022 too: upkeep 0.333333 × 0.6 TWh = 0.2 more, a year of its closure (1 over 10 years) 0.1 less: 0.1 more. Coal and heat pumps
    give heat at the same running cost of 1.6, so that nothing else moves. The target of one boiler in 2022 cannot be met; all others are."""
    cells = {(BOILER, 2022): {"progress_done": 0, "progress_state": "delayed", "progress_expected": 2023, "progress_reason": "land"}}
    found = reported(run, tmp_path / "form.xlsx", cells)
    assert [(one.kind, one.measure) for one in found.asked.changes] == [("moved", BOILER)]
    assert dict(found.asked.changes[0].amounts) == {2022: pytest.approx((1.0, 0.0)), 2023: pytest.approx((0.0, 1.0))}
    answer = answer_schedule(found.asked, folder=tmp_path / "answer", runs=runs, language="en", give=True)
    assert isinstance(answer, Run)
    told = open_run(answer.folder).manifest["schedule"]
    assert told["value"] == pytest.approx(0.1, abs=1e-6) and told["low"] <= told["value"] <= told["high"] < 0.11
    assert told["lost"] == [["one_boiler_left", 2022]] and answer.manifest["status"] == "out_of_reach"
    assert [(one.measure, one.year) for one in to_begin(found.entries, answer.results, on=END)] == [
        (PUMP, 2023),
        (ROOF, 2023),
        (BOILER, 2023),
    ]


def test_more_done_than_planned_is_held_and_costs_what_it_costs(run: Run, runs: Path, tmp_path: Path) -> None:  # noqa: F811
    """0.05 TWh of pumps a year early: a year of 10 × 0.05 over 20 years, 0.025; their heat runs at the cost of coal. 2023 needs 0.05 less then. An amount is held to a millionth, so that its cost is known to 1e-5."""
    cells = {(PUMP, 2022): {"progress_done": 0.45, "progress_state": "finished"}}
    found = reported(run, tmp_path / "form.xlsx", cells)
    assert found.asked.held[PUMP, 2022] == pytest.approx(0.45) and (PUMP, 2023) not in found.asked.held
    answer = answer_schedule(found.asked, folder=tmp_path / "answer", runs=runs, language="en", give=True)
    assert isinstance(answer, Run) and answer.manifest["schedule"]["value"] == pytest.approx(0.025, abs=1e-5)
    assert not answer.manifest["schedule"]["lost"]
    assert float(answer.results["build"].sel(measure=PUMP, build_year=2023)) == pytest.approx(0.05, abs=1e-5)


def test_nothing_of_what_is_late_comes_before_it_is_expected(run: Run) -> None:  # noqa: F811
    """Half of the pumps of 2021 are reported to come in 2023: 2022, between them, is held as planned."""
    task = Task(PUMP, "energy_bureau", 2021, 2021, 0, 0.2)
    nowhere = Place("form", None, None)
    own = {year: float(run.results["build"].sel(measure=PUMP, build_year=year)) for year in (2021, 2022, 2023)}
    plan = held([Entry(task, 0.1, "delayed", 2023, "", None, "", nowhere, nowhere, nowhere)], run.results, on=date(2021, 12, 31))
    assert plan.amounts[PUMP, 2022] == own[2022] and plan.amounts[PUMP, 2023] == pytest.approx(own[2023] + 0.1)
    unsaid = held([Entry(task, 0.1, "under_way", None, "", None, "", nowhere, nowhere, nowhere)], run.results, on=date(2021, 12, 31))
    assert (PUMP, 2022) not in unsaid.amounts and (ROOF, 2021) in unsaid.amounts  # the rest is planned anew, but for the year that is over


def test_cells_that_mean_nothing_are_told_with_their_addresses_all_at_once(run: Run, tmp_path: Path) -> None:  # noqa: F811
    cells: Cells = {
        (PUMP, 2022): {"progress_done": "lots", "built_date": "soon"},
        (ROOF, 2022): {"progress_state": "perhaps", "progress_planned": 7},
        (BOILER, 2022): {"progress_done": 0.5, "progress_state": "under way"},
        (PUMP, 2023): {"progress_state": "delayed"},
        (ROOF, 2023): {"progress_done": 0.1, "progress_state": "not begun", "_id": "nobody"},
    }
    with pytest.raises(CaseFaults) as caught:
        reported(run, tmp_path / "form.xlsx", cells)
    assert {fault.code: str(fault.place.column) for fault in caught.value.faults} == {
        "schedule_amount": f"F6 ({PUMP} 2022)", "actual_date": f"J6 ({PUMP} 2022)", "progress_state": f"G7 ({ROOF} 2022)", "progress_planned": f"E7 ({ROOF} 2022)",
        "amount_of_parts": f"F8 ({BOILER} 2022)", "progress_expected": f"H9 ({PUMP} 2023)", "schedule_id": "L10 (nobody 2023)",
    }  # fmt: skip


def test_amounts_that_are_likely_not_meant_are_told_with_their_cells(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """A hundred times the plan is a fault, ten times a remark, as is what is finished with less than planned or without an amount."""
    with pytest.raises(CaseFaults) as caught:
        reported(run, tmp_path / "far.xlsx", {(PUMP, 2022): {"progress_done": 40}})
    assert [(fault.code, fault.place.column, fault.expected) for fault in caught.value.faults] == [
        ("progress_far_more", f"F6 ({PUMP} 2022)", "100")
    ]
    cells: Cells = {
        (PUMP, 2022): {"progress_done": 4},
        (ROOF, 2022): {"progress_done": 0.04, "progress_state": "finished"},
        (BOILER, 2022): {"progress_state": "finished"},
    }
    found = doubts_of(reported(run, tmp_path / "form.xlsx", cells).entries)
    assert {code: [one.column for one in places] for code, places in found.items()} == {
        "progress_much_more": [f"F6 ({PUMP} 2022)"], "progress_finished_less": [f"F7 ({ROOF} 2022)"], "progress_no_amount": [f"F8 ({BOILER} 2022)"],
    }  # fmt: skip


def test_a_schedule_is_told_from_a_form(runs: Path, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "build-schedule.csv").write_text("Measure,Unit,2022,Total,id\nHeat pumps,TWh,0.4,0.4,build_heat_pump\n", encoding="utf-8")
    with pytest.raises(CaseFaults) as caught:
        tracked([tmp_path / "build-schedule.csv"], lambda overlays: read_case(TOY, overlays=overlays), runs=runs)
    assert [fault.code for fault in caught.value.faults] == ["progress_schedule"]


def test_a_folder_without_a_form_is_told(runs: Path, tmp_path: Path) -> None:  # noqa: F811
    with pytest.raises(CaseFaults) as caught:
        tracked([tmp_path], lambda overlays: read_case(TOY, overlays=overlays), runs=runs)
    assert [fault.code for fault in caught.value.faults] == ["progress_heading"]


def test_what_was_done_becomes_a_record_in_the_year_of_its_date(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """0.02 TWh of the pumps of 2023 were there in 2022 already: they add to those of 2022."""
    of: dict[str, object] = {"built_date": "2022-12", "built_source": "yearbook"}
    cells: Cells = {(PUMP, 2022): {"progress_done": 0.4} | of, (PUMP, 2023): {"progress_done": 0.02, "progress_state": "under way"} | of}
    found = reported(run, tmp_path / "form.xlsx", cells)
    assert [(one.measure, one.year, one.value) for one in records_of_forms(found).rows] == [(PUMP, 2022, pytest.approx(0.42))]
    with pytest.raises(CaseFaults) as caught:
        records_of_forms(reported(run, tmp_path / "bare.xlsx", {(PUMP, 2022): {"progress_done": 0.4}}))
    assert [fault.code for fault in caught.value.faults] == ["actual_without_source"]


def test_the_command_writes_a_form_and_answers_it(run: Run, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(paths, "RUNS", runs)
    form = tmp_path / "form.xlsx"
    written = call("track", "toy/one", "--out", form, "--date", "2022-12-31", "--json")
    assert written.exit_code == 0 and json.loads(written.stdout)["entries"] == 5
    assert call("track", "toy/one", "--out", form).exit_code == 2  # never over what is there
    assert call("track", "toy/one").exit_code == 2
    done = call("track", "toy", form, "--lang", "zh")
    assert (
        done.exit_code == 0 and says(done.stdout, "未报 5") and says(done.stdout, "未填报任何进度：无从评判") and "费用" not in done.stdout
    )
    told = json.loads(call("track", "toy", form, "--json").stdout)
    assert told["counts"]["unreported"] == 5 and [one["begin"] for one in told["begin_next"]] == [2023, 2023]
