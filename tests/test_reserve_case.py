"""The small case of a reserve margin in docs/own-case.md: laid over the toy, it costs what its table says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from calling import ROOT

from model.case.change.change import changed
from model.case.change.change_text import parse_change
from model.case.checks.check import check
from model.case.read.case import read_case
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options

TOY, TURBINES = 6.10, 0.50 + 0.60 + 0.704
WITHOUT_MARGIN = 2 * (0.2 + 0.245 + 0.292)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "mytown"
    shutil.copytree(ROOT / "data" / "toy", folder)
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```csv (reserve/\S+)\n(.*?)```", page, flags=re.DOTALL))
    assert len(blocks) == 9
    for name, text in blocks.items():
        place = folder / "overlays" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def test_it_has_no_fault(folder: Path) -> None:
    assert check(folder, overlays=("reserve",)) == []


@pytest.mark.parametrize(("change", "cost"), [((), TOY + TURBINES), (("reserve_margin.value=0",), TOY + WITHOUT_MARGIN)])
def test_it_costs_what_the_table_says(folder: Path, change: tuple[str, ...], cost: float) -> None:
    case = read_case(folder, overlays=("reserve",))
    answer = solve(changed(case, map(parse_change, change)), Options(gap=1e-9))
    assert answer.manifest["objective"] == pytest.approx(cost, abs=1e-5)
    assert answer.manifest["status"] == "optimal" and answer.manifest["audit"]["ok"]
