"""Thirty edited schedules of either city, made up and each answered rightly: held exactly at the cost of an independent program, or refused with the cell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from calling import ROOT
from schedules import answered_rightly, as_csv, made_up

from model.case.checks.load import sound_case
from model.study.runs.run import hand_over
from model.study.schedule import held
from model.study.schedule.asked import options_of
from model.study.solved.solved_model import Options


@pytest.mark.prove
@pytest.mark.parametrize(("city", "since"), [("chengde", 2026), ("shijiazhuang", None)])
def test_thirty_edits_of_a_city_are_answered_rightly(city: str, since: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one typical day; the plan's program is made once, as all thirty ask it of one scope."""
    case = sound_case(ROOT / "data" / city, data=(ROOT / "data",), decide_from=since)
    run, ready = hand_over(case, Options(days=1, decide_from=since), folder=tmp_path / city / "one", runs=tmp_path)
    made = held.program_of(run, ready, held.Watch())
    monkeypatch.setattr(held, "program_of", lambda *_: made)
    source, said = as_csv(run, tmp_path / "source"), list[str]()
    assert options_of(run, gap=None, time_limit=None).days == 1
    for number, one in enumerate(made_up(run, case, 30)):
        said.append(answered_rightly(run, ready, source, tmp_path / str(number), one))
        print(number, one.kind, dict(one.cells), said[-1], flush=True)
    counts = Counter(one.split(":")[0] for one in said)
    assert counts["held"] >= 8 and counts["refused"] >= 6 and "untouched" not in counts
