"""Generated docs are what the code says now."""

from __future__ import annotations

import csv
import re
import runpy
import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml
from calling import ROOT

from model.case.checks.check import check, warnings
from model.case.read.case import read_case
from model.case.units.conversion import is_unit
from model.report.case.coverage_tables import covered
from model.study.plan.solve import solve


def test_formulation_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["formulation"]()
    assert made == (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8"), "run `make docs`"


def test_the_tables_are_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["data"]()
    assert made == (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), "run `make docs`"


def test_the_commands_are_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["commands"]()
    assert made == (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), "run `make docs`"


def test_a_newcomer_who_follows_the_page_gets_what_it_says(tmp_path: Path) -> None:
    """The page's own blocks, written beside a copy of the toy: sound, 6.00, and what it claims is borne out."""
    folder = tmp_path / "data" / "mytown"
    shutil.copytree(ROOT / "data" / "toy", folder)
    blocks = {name: text for name, text in page_blocks().items() if "/" not in name}
    assert len(blocks) == 9
    for name, text in blocks.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert check(folder) == []
    case = read_case(folder)
    assert warnings(case) == []
    assert case.header.id == "mytown" and all(one.state != "claimed" for one in covered(case))
    assert solve(case).manifest["objective"] == pytest.approx(6.00, abs=1e-4)


def test_the_city_of_the_page_is_sound_and_meets_its_targets(tmp_path: Path) -> None:
    """The page's city beside a copy of the common tables, as folder and as the workbook the page describes."""
    folder = tmp_path / "city"
    folder.mkdir()
    shutil.copytree(ROOT / "data" / "common", tmp_path / "common")
    for name in ("profiles.csv", "profile_days.csv"):
        shutil.copy(ROOT / "data" / "chengde" / name, folder)
    for name, text in page_blocks().items():
        if name.startswith("city/"):
            (folder / name.removeprefix("city/")).write_text(text, encoding="utf-8")
    assert check(folder) == []
    case = read_case(folder)
    assert all(one.place.file.startswith("../common/") for one in warnings(case))
    assert all(one.state != "claimed" for one in covered(case))
    run = solve(case)
    assert run.manifest["accepted"]
    assert {row["id"] for row in run.manifest["targets"] if row["met"]} == {
        "co2_intensity",
        "air",
        "clean_buses",
        "no_small_furnace",
        "forest_goal",
    }
    book = openpyxl.Workbook()
    book.active.title = "case"
    for key, value in yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8")).items():
        book.active.append([key, "; ".join(map(str, value)) if isinstance(value, list) else value])
    for path in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        for line in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            sheet.append([cell or None for cell in line])
    book.save(tmp_path / "city.xlsx")
    assert check(tmp_path / "city.xlsx") == []
    assert read_case(tmp_path / "city.xlsx").tables == case.tables


def test_what_the_page_says_of_the_common_tables_is_there() -> None:
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    services = page[page.index("| service 服务 |") : page.index("Steel works are not there")]
    ids = {line.split(",", 1)[0] for table in ("commodities", "technologies") for line in lines_of(f"common/{table}.csv")}
    assert set(re.findall(r"`([a-z][a-z0-9_]*)`", services)) - {"grep"} <= ids
    units = page[page.index("## Units") : page.index("## What is hard at first")]
    for unit in (unit for cell in re.findall(r"`([^`]+)`", units) for unit in cell.split()):
        assert is_unit(unit), unit


def page_blocks() -> dict[str, str]:
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    return dict(re.findall(r"```(?:csv|yaml) (\S+)\n(.*?)```", page, flags=re.DOTALL))


def lines_of(table: str) -> list[str]:
    return (ROOT / "data" / table).read_text(encoding="utf-8").splitlines()


def test_decisions_name_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = requirement.split("[")[0].split(">")[0].split("<")[0].strip().lower()
        assert name in text, name


def test_files_that_contributors_are_sent_to_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:model|tests|docs|data|benchmarks)/[^`]*)`", text))
    assert len(named) > 30
    assert [path for path in sorted(named) if "NAME" not in path and not (ROOT / path).exists()] == []
