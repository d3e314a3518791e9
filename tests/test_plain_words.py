"""What planners and mayors read has no word of the solver's: no sentence of the program, no screen, no sheet but the one that tells how it was computed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import TOY, call

from model.commands import paths
from model.report.pages.plan import plan_report
from model.report.pages.sweep import sweep_report
from model.report.words import languages, word_or, words
from model.results.run import open_run
from model.results.study import open_study

SOLVER_WORDS = {
    "en": re.compile(
        r"(?<!--)\b(gaps?|binding|relax\w*|duals?|slacks?|simplex|(in)?feasib\w*|incumbent|branch\w*|bound(s|ed)?|solver|integers?|objective|shadow prices?)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile("间隙|紧约束|松弛|对偶|影子价格|单纯形|内点法|分支定界|下界|上界|求解器|整数变量|目标函数|惩罚"),
}
# What names the computation itself, in the sheet about the run; another program that reads ours; rows that are numbered without gaps.
TECHNICAL = {
    "run_bound", "columns", "rows", "integers", "solver", "help_write_mps", "fault_number_gap",
}  # fmt: skip


def found(text: str, language: str) -> list[str]:
    return [match[0] for match in SOLVER_WORDS[language].finditer(text)]


@pytest.mark.parametrize("language", languages())
def test_no_sentence_has_a_word_of_the_solver(language: str) -> None:
    told = {key: found(said, language) for key, said in words(language).items() if key not in TECHNICAL}
    assert {key: one for key, one in told.items() if one} == {}


def test_the_words_that_are_looked_for_are_found() -> None:
    assert found("gap 0 = 0 %; 2 binding; relaxing; ask with a smaller --gap", "en") == ["gap", "binding", "relaxing"]
    assert found("间隙0%；2项紧约束；线性松弛；请减小 --gap", "zh") == ["间隙", "紧约束", "松弛"]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A toy planned from 2022 on, the year after since then, and a tornado of one number."""
    home = tmp_path_factory.mktemp("plain")
    before, paths.RUNS = paths.RUNS, home / "runs"
    case = shutil.copytree(TOY, home / "toy")
    for name, asked in (("last", ("--decide-from", "2022")), ("this", ("--decide-from", "2023", "--since", "toy/last", "--gap", "0.002"))):
        assert call("solve", case, *asked, "--out", paths.RUNS / "toy" / name).exit_code == 0
    tornado = ("--tornado", "--over", "coal_purchase.price", "--workers", "1")
    assert call("sweep", case, *tornado, "--out", paths.RUNS / "toy" / "tornado").exit_code == 0
    yield paths.RUNS / "toy"
    paths.RUNS = before


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["last", "this", "tornado"])
def test_no_screen_has_one(stored: Path, name: str, language: str) -> None:
    assert found(call("show", stored / name, "--lang", language).stdout, language) == []


@pytest.mark.parametrize("language", languages())
def test_no_sheet_has_one_but_that_of_how_it_was_computed(stored: Path, language: str) -> None:
    run, study = open_run(stored / "this"), open_study(stored / "tornado")
    plan = plan_report(run.results, hours=run.hours, manifest=run.manifest, case=None, language=language).tables
    tables = {name: part for name, part in plan.items() if name not in ("about", "audit")} | sweep_report(study.results, language).tables
    for name, part in tables.items():
        shown = part.frame[[name for name in part.frame.columns if not str(name).startswith("_")]]
        heads = [word_or(str(name), language, str(name)) for name in shown.columns]
        told = [part.title, *map(str, part.notes), *heads, *map(str, shown.to_numpy().ravel())]
        assert [one for text in told for one in found(text, language)] == [], name
    about = "\n".join(map(str, plan["about"].frame["item"]))
    assert found(about, language)  # there the technical word stands once, with what it means
