"""What a case can do without: every table that none must have, taken away in turn, leaves a run or a fault, never a crash."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from calling import TOY
from peers.kohn import kohn
from tiny_case import TABLES as TINY
from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.faults import CaseFaults, Fault
from model.case.read.case import read_case
from model.case.tables.rows import OF_RUNNING, REQUIRED, TABLES
from model.report.pages.plan import plan_report
from model.report.plan.text import summary_text
from model.report.writers.tables_csv import write_csv
from model.study.runs.run import hand_over
from model.study.solved.solved_model import NoPlan, Options

OF_TOY = [table for table in TABLES if table not in REQUIRED and (TOY / f"{table}.csv").exists()]
OF_TINY = [table for table in TABLES if table not in REQUIRED and table in TINY]


def ending(folder: Path, home: Path) -> str:
    """How a case ends: as a run with its workbook, screens and CSV tables, as faults, or without a plan."""
    if check(folder):
        return "faults"
    try:
        run, _ = hand_over(read_case(folder), Options(days=1), folder=home / "runs" / "one", runs=home / "runs")
    except CaseFaults:
        return "faults"
    except NoPlan:
        return "no plan"
    for language in ("en", "zh"):
        assert summary_text(run.results, run.manifest, language)
    assert write_csv(home, plan_report(run.results, hours=run.hours, manifest=run.manifest, case=None, language="zh"))
    return str(run.manifest["status"])


def freed(folder: Path) -> None:
    """Take away what refers to rows that are gone, until nothing does."""
    for _ in range(12):
        faults = [fault for fault in check(folder) if fault.place.row is not None]
        if not faults:
            return
        for name in {fault.place.file for fault in faults}:
            _without(folder / name, [fault for fault in faults if fault.place.file == name])


def _without(path: Path, faults: list[Fault]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    model, gone = TABLES[path.stem], set[int]()
    for fault in faults:
        place, column = int(fault.place.row or 0) - 2, str(fault.place.column)
        if fault.code == "dangling_reference" and not model.model_fields[column].is_required():
            lines[place][head.index(column)] = ""
        else:
            gone.add(place)
    kept = [line for place, line in enumerate(lines) if place not in gone and path.stem != "coverage"]
    path.unlink()
    if kept:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *kept])


def assert_ends(folder: Path, table: str, home: Path) -> None:
    (folder / f"{table}.csv").unlink()
    assert all(fault.place.file for fault in check(folder))
    freed(folder)
    assert ending(folder, home) in ("optimal", "unserved", "faults", "no plan")


@pytest.mark.parametrize("table", OF_TOY)
def test_the_toy_less_a_table_leaves_a_run_or_a_fault(table, tmp_path) -> None:
    assert_ends(shutil.copytree(TOY, tmp_path / "toy"), table, tmp_path)


@pytest.mark.prove
@pytest.mark.parametrize("table", OF_TINY)
def test_a_small_city_less_a_table_leaves_a_run_or_a_fault(table, tmp_path) -> None:
    assert_ends(TinyCase().write(tmp_path / "tiny"), table, tmp_path)


def test_measures_alone_need_no_table_of_what_runs(tmp_path) -> None:
    """Kohn's precipitators: 0.14 · 1.0 + 0.18 · 1.5 = 0.41, whatever the number of typical days, in all screens and tables."""
    folder = kohn(tmp_path / "kohn")
    assert not {f"{table}.csv" for table in OF_RUNNING} & {path.name for path in folder.iterdir()}
    assert ending(folder, tmp_path) == "optimal"
    run, _ = hand_over(read_case(folder), Options(days=0), folder=tmp_path / "all_days", runs=tmp_path / "runs")
    assert run.manifest["objective"] == pytest.approx(0.41)


def test_a_table_of_what_runs_asks_for_the_others(tmp_path) -> None:
    folder = kohn(tmp_path / "kohn")
    (folder / "commodities.csv").write_text("id,label_en,label_zh,unit,balance\ncement,Cement,水泥,Mt,yearly\n", encoding="utf-8")
    assert [(fault.code, fault.place.file) for fault in check(folder)] == [
        ("missing_table", "periods.csv"), ("missing_table", "technologies.csv"),
    ]  # fmt: skip


@pytest.mark.parametrize("later", [-900, 400])
def test_the_toy_costs_the_same_in_any_century(later: int, tmp_path) -> None:
    """6.10, as in its own years (README), though every year lies elsewhere."""
    folder = shutil.copytree(TOY, tmp_path / "toy")
    for path in [*folder.glob("*.csv"), folder / "case.yaml"]:
        path.write_text(
            re.sub(r"\b20[0-9]{2}\b", lambda year: str(int(year[0]) + later), path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    assert check(folder) == []
    run, _ = hand_over(read_case(folder), Options(), folder=tmp_path / "run", runs=tmp_path / "runs")
    assert run.manifest["objective"] == pytest.approx(6.10)
    assert summary_text(run.results, run.manifest, "en")


def test_a_case_without_targets_costs_what_is_usual(tmp_path) -> None:
    """The toy without its targets: 3 · 2.00."""
    folder = shutil.copytree(TOY, tmp_path / "toy")
    for table in ("targets", "coverage"):
        (folder / f"{table}.csv").unlink()
    run, _ = hand_over(read_case(folder), Options(days=1), folder=tmp_path / "run", runs=tmp_path / "runs")
    assert run.manifest["objective"] == pytest.approx(6.0)
    assert (run.manifest["targets"], run.manifest["unenforced"], run.manifest["accepted"]) == ([], [], True)


def test_measures_that_act_on_indicators_alone_have_their_report(tmp_path) -> None:
    """Trees alone: no technology has any capacity, and a table without rows is still asked for its marks."""
    case = TinyCase()
    for table in OF_TINY:
        if table not in ("bureaus", "counties", "curves", "numbers"):
            del case.tables[table]
    case.tables["effects"] = [case.tables["effects"][0], case.tables["effects"][3]]
    folder = case.write(tmp_path / "tiny")
    freed(folder)
    assert ending(folder, tmp_path) == "optimal"
