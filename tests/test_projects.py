"""Projects beside the plan: their list with what awaits one, and their money by year and source, worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import TOY, call, says
from paper import GAP, Paper, demand, fact, indicator, label, measure, target, technology
from paper_case import case_of, write_case

from model.case.read.case import Case, read_case
from model.report.pages.plan import plan_report
from model.report.plan import plan_tables, project_tables
from model.report.words import word
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

KNOWN = {"status": "sourced", "source": "list of the bureau"}

# 0.4 Mt of the quick plant from 2022 (town pays), 0.6 of the slow one in the span 2023-2025 (the owner pays).
PAPER = Paper(
    name="projects",
    says="a measure with two projects, and one that has none",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        [fact("bureaus", **label(name)) for name in ("energy", "works_bureau")], [fact("counties", **label("north"))],
        measure("quick", {"clean_mill": 1.0}, cost=5.0, told={"potential": 0.4}, lead="energy", payer="town"),
        measure("slow", {"clean_mill": 1.0}, cost=2.0, lead="works_bureau", earliest=2023),
        target("cap", "smoke", "level", "<=", 0.6, year=2022, series="cap"), target("none", "smoke", "level", "<=", 0.0, year=2025, series="cap"),
        [fact("funding", payer="town", fund="budget", value=0.6, unit="1", **KNOWN)],
        [
            fact("projects", **label("first"), measure="quick", owner="Mill Co", stage="building", start=2020, finish=2023, value=40000.0, unit="万元", **KNOWN),
            fact("projects", **label("second"), measure="quick", county="north", lead="works_bureau", stage="planned", funding="bond", start=2025, finish=2026, value=2.0, unit="亿元", **KNOWN),
        ],
    ),
    years=(2021, 2022, 2025),
    objective=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(PAPER)


@pytest.fixture(scope="module")
def made(case: Case) -> SolvedCase:
    return solve(case, Options(gap=GAP))


def test_the_list_of_projects_and_of_what_awaits_one(case: Case, made: SolvedCase) -> None:
    first, second, *awaiting = project_tables.project_list(case, made.results, "zh").frame.to_dict("records")
    quick, slow = sorted(awaiting, key=lambda row: row["measure"])
    assert (first["stage"], first["county"], first["bureau"], first["owner"], first["total_investment"]) == (
        "在建",
        "不分县",
        "energy",
        "Mill Co",
        4.0,
    )
    assert (second["stage"], second["county"], second["bureau"], second["fund"], second["start"]) == (
        "谋划",
        "north",
        "works_bureau",
        "债券",
        2025,
    )
    # The first project invests 4 of the 20 that the quick plant costs in 2022, and so is a fifth of it.
    assert (quick["stage"], quick["measure"], quick["finish"], quick["amount"]) == ("待谋划", "quick", 2022, pytest.approx(32.0))
    assert (slow["stage"], slow["measure"], slow["finish"], slow["amount"]) == ("待谋划", "slow", "2023–2025", pytest.approx(60.0))  # 万吨


def test_investment_falls_evenly_over_the_years_of_a_project_by_source(case: Case, made: SolvedCase) -> None:
    """4 over 2020-2023: 1 a year, of the span 2023-2025 a third on average, 60 % of it from the budget. 2 over 2025 and 2026, all of it bonds."""
    frame = project_tables.project_investment(case, made.results, "en").frame
    columns = ["before_first_year", 2021, 2022, "2023–2025", "after_last_year", "total"]
    found = {(row["project"], row["fund"]): [row[name] for name in columns] for row in frame.to_dict("records")}
    assert found["first", "Public budget"] == pytest.approx([0.6, 0.6, 0.6, 0.2, 0.0, 2.4])
    assert found["first", "Not named"] == pytest.approx([0.4, 0.4, 0.4, 0.4 / 3, 0.0, 1.6])
    assert found["second", "Bonds"] == pytest.approx([0.0, 0.0, 0.0, 1 / 3, 1.0, 2.0])
    assert frame["total"].iloc[-1] == pytest.approx(6.0) and len(found) == 4


def test_what_the_plan_pays_stands_beside_the_projects_of_its_measure(case: Case, made: SolvedCase) -> None:
    frame = project_tables.projects_beside_plan(case, made.results, "en").frame
    found = {(row["measure"], row["money_of"]): (row[2022], row["2023–2025"], row["total"]) for row in frame.to_dict("records")}
    assert found["quick", "projects"] == pytest.approx((1.0, 2 / 3, 6.0))
    # 0.4 · 50 in 2022; 0.6 · 20 over three years.
    assert found["quick", "plan"] == pytest.approx((20.0, 0.0, 20.0))
    assert found["slow", "plan, yet to be planned"] == pytest.approx((0.0, 4.0, 12.0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cases_with_projects_have_both_sheets_and_others_none(case: Case, made: SolvedCase, toy: SolvedCase, language: str) -> None:
    report = plan_report(made.results, hours=made.hours, manifest=made.manifest, case=case, language=language)
    pages = {page.key: set(page.tables) for page in report.pages}
    assert pages["projects"] == {"projects"} and pages["annual_plan"] == {"project-investment", "projects-beside-plan"}
    assert (word("projects", "zh"), word("annual_plan", "zh")) == ("项目清单", "年度投资计划")
    bare = plan_report(toy.results, hours=toy.hours, manifest=toy.manifest, case=read_case(TOY), language=language)
    assert not {"projects", "annual_plan"} & {page.key for page in bare.pages}


def test_what_is_decided_by_county_stands_under_it_and_the_rest_under_none(case: Case, made: SolvedCase) -> None:
    assert plan_tables.by_county(made.results, "zh") == {}
    counties = made.results["measure"].values.tolist()
    one = made.results.assign(measure_county_label_zh=("measure", ["北县" if k == "quick" else "" for k in counties]))
    parts = [part.frame[["county", "measure", "bureau"]].to_numpy().tolist() for part in plan_tables.by_county(one, "zh").values()]
    assert parts == [[["北县", "quick", "energy"]], [["不分县", "slow", "works_bureau"]]]
    report = plan_report(one, hours=made.hours, manifest=made.manifest, case=case, language="zh")
    assert "schedule-by-county" in report.tables
    assert "schedule-by-county" not in plan_report(made.results, hours=made.hours, manifest=made.manifest, case=case, language="zh").tables


def test_stages_are_read_in_either_language(case: Case, tmp_path: Path) -> None:
    folder = write_case(case, tmp_path / "projects")
    path = folder / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("building", "在建").replace("planned", "谋划"), encoding="utf-8")
    assert [row.stage for row in read_case(folder).tables["projects"]] == ["building", "planned"]
    path.write_text(path.read_text(encoding="utf-8").replace("谋划", "dreamt"), encoding="utf-8")
    told = call("check", folder)
    assert told.exit_code != 0 and "dreamt" in told.output and "planned" in told.output


def bought(case: Case, made: SolvedCase, **project: object) -> list[tuple[object, ...]]:
    """What awaits a project (finish, amount in 万吨) where `slow` has one project: the plan builds 0.6 Mt of it for 12 in the span 2023-2025."""
    row = case.tables["projects"][0].model_copy(update={"id": "third", "measure": "slow", "unit": "亿元", **project})
    told = replace(case, tables={**case.tables, "projects": (*case.tables["projects"], row)})
    rows = project_tables.project_list(told, made.results, "zh").frame.to_dict("records")
    return [(one["finish"], pytest.approx(one["amount"])) for one in rows if one["stage"] == "待谋划" and one["measure"] == "slow"]


def test_what_the_plan_builds_beyond_its_projects_awaits_one(case: Case, made: SolvedCase) -> None:
    """4 of 12 buys a third of 0.6 Mt; a project of years in which nothing is built buys nothing, however dear; one of no amount stands for its years."""
    assert bought(case, made, value=4.0, start=2023, finish=2024) == [("2023–2025", 40.0)]
    assert bought(case, made, value=99.0, start=2015, finish=2019) == [("2023–2025", 60.0)]
    assert bought(case, made, value=99.0, start=2030, finish=2031) == [("2023–2025", 60.0)]
    assert bought(case, made, value=None, start=2023, finish=2023) == []


def test_a_running_project_finishes_before_decisions_begin(case: Case, tmp_path: Path) -> None:
    folder = write_case(case, tmp_path / "projects")
    path = folder / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("planned", "running"), encoding="utf-8")
    told = call("check", folder)
    assert told.exit_code == 0 and says(told.stdout, "finish: found a running project that finishes in 2026")
    path.write_text(path.read_text(encoding="utf-8").replace("running", "building"), encoding="utf-8")
    assert "running project" not in call("check", folder).stdout
