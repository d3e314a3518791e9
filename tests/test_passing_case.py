"""The small case of a carbon market and a grant in docs/own-case.md: laid over the toy, it costs what its table says, as paid and to society."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from calling import ROOT

from model.case.checks.check import check
from model.case.read.case import read_case
from model.results.transfers import society
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "mytown"
    shutil.copytree(ROOT / "data" / "toy", folder)
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```csv (passing/\S+)\n(.*?)```", page, flags=re.DOTALL))
    assert len(blocks) == 5
    for name, text in blocks.items():
        place = folder / "overlays" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def test_it_costs_what_the_table_says(folder: Path) -> None:
    assert check(folder, overlays=("passing",)) == []
    answer = solve(read_case(folder, overlays=("passing",)), Options(gap=1e-9))
    assert answer.manifest["objective"] == pytest.approx(6.14, abs=1e-5) and answer.manifest["audit"]["ok"]
    told = society(answer.results)["plan"]
    assert (told["allowances"], told["subsidies"], told["cost_to_society"]) == pytest.approx((0.085, -0.065, 6.12), abs=1e-5)
    assert answer.results["allowance_bought"].values.ravel().tolist() == pytest.approx([0.03, 0.03, 0.025], abs=1e-6)
