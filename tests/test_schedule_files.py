"""Schedules as files: too large or unpacked too large, saved by LibreOffice, a thousand rows."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from time import process_time

import numpy as np
import openpyxl
import pytest
from calling import TOY
from schedules import asked_of

from model.case.read.case import read_case
from model.report.pages.page import Page, Report
from model.report.schedule.edited import edited_of, read_sheets
from model.report.schedule.run_table import run_table
from model.report.tables import build_schedule, unused_measures
from model.report.writers.workbook import write_workbook
from model.results.run import Run
from model.study.runs.run import hand_over
from model.study.solved.solved_model import Options

MEGABYTE, SHARED_TEXTS = 1_000_000, "xl/sharedStrings.xml"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    runs = tmp_path_factory.mktemp("runs")
    return hand_over(read_case(TOY), Options(), folder=runs / "toy" / "one", runs=runs)[0]


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * MEGABYTE)


def bomb(path: Path, name: str, size: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b" " * size)


@pytest.mark.parametrize(
    "made",
    [large, lambda path: bomb(path, "xl/worksheets/sheet1.xml", 61 * MEGABYTE), lambda path: bomb(path, SHARED_TEXTS, 13 * MEGABYTE)],
)
def test_what_is_too_large_is_refused_before_it_is_opened(tmp_path: Path, made) -> None:  # type: ignore[no-untyped-def]
    made(tmp_path / "edited.xlsx")
    start = process_time()
    sheets, faults = read_sheets(tmp_path / "edited.xlsx")
    assert [fault.code for fault in faults] == ["workbook_too_large"] and not sheets.schedules
    assert process_time() - start < 0.5


def test_texts_without_number_are_refused_before_they_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "edited.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(SHARED_TEXTS, "<sst>" + "<si><t/></si>" * 70_000 + "</sst>")
    assert [fault.code for fault in read_sheets(tmp_path / "edited.xlsx")[1]] == ["too_many_cells"]


def test_of_a_folder_nothing_outside_is_read_and_no_file_of_commas(tmp_path: Path) -> None:
    (tmp_path / "edited").mkdir()
    (tmp_path / "outside.csv").write_text("Id,Unit,2021\n", encoding="utf-8")
    (tmp_path / "edited" / "build-schedule.csv").symlink_to(tmp_path / "outside.csv")
    (tmp_path / "edited" / "unused-measures.csv").write_bytes(b"," * 240_001)
    assert [fault.code for fault in read_sheets(tmp_path / "edited")[1]] == ["link_outside", "too_many_cells"]


def thousand(run: Run) -> Run:
    names = np.array([f"measure_{n:04d}" for n in range(1000)])
    many = run.results.isel(measure=np.arange(1000) % run.results.sizes["measure"]).assign_coords(measure=names)
    made = Run(run.folder, run.manifest)
    vars(made)["results"] = many
    return made


@pytest.mark.prove
def test_a_thousand_rows_are_written_and_read_in_seconds(run: Run, tmp_path: Path) -> None:
    many = thousand(run)
    start = process_time()
    tables = {"build-schedule": build_schedule(many.results, "en"), "unused-measures": unused_measures(many.results, "en")}
    pages = [Page("schedule", tables, named_by=2, filtered=True, dash_zero=True), Page("run_sheet", {"run": run_table(run.manifest, "en")})]
    write_workbook(tmp_path / "many.xlsx", Report("", "", "en", pages))
    written = process_time()
    edited, faults = edited_of(read_sheets(tmp_path / "many.xlsx")[0], many.results)
    assert not faults and len(edited.cells) == 3000 and not edited.changed()
    print(f"written in {written - start:.1f} s, read in {process_time() - written:.1f} s")
    assert written - start < 5 and process_time() - written < 3


@pytest.mark.prove
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saved_is_read(run: Run, tmp_path: Path) -> None:
    """Untouched, and with an amount changed before."""
    book = openpyxl.load_workbook(run.folder / "build-schedule.xlsx")
    sheet = book["Build schedule"]
    next(row[6] for row in sheet.iter_rows() if row[11].value == "close_boiler").value = 1
    (tmp_path / "changed").mkdir()
    book.save(tmp_path / "changed" / "edited.xlsx")
    shutil.copyfile(run.folder / "build-schedule.xlsx", tmp_path / "plain.xlsx")
    for source, out in ((tmp_path / "plain.xlsx", tmp_path / "a"), (tmp_path / "changed" / "edited.xlsx", tmp_path / "b")):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    assert asked_of(run, tmp_path / "a" / "plain.xlsx").untouched
    assert asked_of(run, tmp_path / "a" / "plain.xlsx", hold="all").untouched
    assert asked_of(run, tmp_path / "b" / "edited.xlsx").held == {("close_boiler", 2023): 1.0}
    assert read_sheets(tmp_path / "a" / "plain.xlsx")[0].origin == read_sheets(run.folder / "build-schedule.xlsx")[0].origin
