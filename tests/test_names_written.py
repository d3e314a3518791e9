"""What is asked for that would mislead, names that are not what is written and options that say nothing, is told before anything is solved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import call

from model.study.solved import solved_model

FOLDER, FILE, EITHER = ("not a file", "不是文件"), ("one file", "一个文件"), ("choose one of the two", "请选其一")
# A command with what it would write, and what is told of that name in English and in Chinese.
MISNAMED = (
    (("solve", "toy", "--out", "plan.xlsx"), FOLDER),
    (("solve", "toy", "--out", "plan.PDF"), FOLDER),
    (("frontier", "toy", "--indicator", "co2@2023", "--out", "f.xlsx"), FOLDER),
    (("actuals", "toy", "edited.xlsx", "--out", "actuals.csv"), FOLDER),
    (("track", "toy", "form.xlsx", "--out", "records.xlsx"), FOLDER),
    (("export", "RUN", "--to", "csv", "--out", "tables.csv"), FOLDER),
    (("export", "RUN", "--to", "png", "--out", "slides.png"), FOLDER),
    (("explain", "toy", "--out", "why"), FILE),
    (("explain", "toy", "--out", "why.csv"), FILE),
    (("compare", "RUN", "RUN", "--out", "beside.xls"), FILE),
    (("backcast", "toy", "--out", "record"), FILE),
    (("export", "RUN", "--out", "plan"), FILE),
    (("export", "RUN", "--to", "html", "--out", "plan.xlsx"), FILE),
    (("export", "RUN", "--to", "iamc", "--out", "plan.nc"), FILE),
    (("export", "RUN", "--to", "netcdf", "--out", "plan"), FILE),
    (("template", "town.xls", "--from", "toy"), EITHER),
    (("schedule", "toy", "edited.xlsx", "--repair", "repaired.csv"), EITHER),
)


@pytest.fixture(autouse=True)
def nothing_is_solved(monkeypatch: pytest.MonkeyPatch, own_runs: Path, tmp_path: Path) -> None:
    def far(*_: Any, **__: Any) -> None:
        raise AssertionError("it was solved")

    monkeypatch.setattr(solved_model, "search", far)
    monkeypatch.chdir(tmp_path)


def refused(words: tuple[str, ...], told: tuple[str, str], toy_run: dict[str, Any], home: Path) -> None:
    """In both languages, as wrongly asked, with nothing written."""
    for language, said in zip(("en", "zh"), told, strict=True):
        done = call(*(toy_run["run"] if one == "RUN" else one for one in words), "--lang", language)
        assert done.exit_code == 2 and said in done.stderr, done.output
    assert not list(home.iterdir())


@pytest.mark.parametrize(("words", "told"), MISNAMED, ids=[" ".join(words) for words, _ in MISNAMED])
def test_a_name_that_would_mislead_is_told_before_anything_is_solved(
    words: tuple[str, ...], told: tuple[str, str], toy_run: dict[str, Any], tmp_path: Path
) -> None:
    refused(words, told, toy_run, tmp_path)


@pytest.mark.parametrize("name", ["2026.12.01", "plan v2.1", "plan"])
def test_a_dot_is_no_ending(name: str, toy_run: dict[str, Any], tmp_path: Path) -> None:
    assert call("export", toy_run["run"], "--to", "csv", "--out", name).exit_code == 0 and (tmp_path / name).is_dir()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sweep", "toy", "--grid", "coal_purchase.price=9,11", "--over", "power_purchase.price"), ("leave --over out", "请去掉 --over")),
        (("track", "RUN", "--out", "form.xlsx", "--gap", "0.1"), ("--gap: nothing is planned anew", "--gap：生成填报表时不重新规划")),
        (("track", "toy", "form.xlsx", "--until", "2023"), ("--until: which years", "--until：填报表涵盖的年份")),
    ],
    ids=lambda one: one[0],
)
def test_an_option_that_says_nothing_is_told(
    words: tuple[str, ...], told: tuple[str, str], toy_run: dict[str, Any], tmp_path: Path
) -> None:
    refused(words, told, toy_run, tmp_path)
