"""What an explanation says of a target, and what it does not: intervals, zero only when proven, what was left unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from explaining import EXACT, WORKS, explained, only, said
from paper import Paper, also, indicator, market, target
from paper_case import case_of
from papers.targets import LEVEL
from stopping import stopped_at

from model.case.read.labels import labels
from model.report.explain.explain_tables import interval
from model.report.explain.explain_text import explain_text
from model.results.explained import TargetPrice
from model.study.explain.differences import Differences, Known
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.explain.prices import held_of, priced_targets
from model.study.plan.reference import reference_of
from model.study.plan.solved_model import search_matrix


def differences_of(paper: Paper, low: float, high: float) -> tuple[Differences, TargetPrice]:
    reference = reference_of(case_of(paper), EXACT)
    prices = priced_targets(reference, held_of(reference)[0])
    made = Differences(reference, prices, EXACT, lambda asking: None, high)
    made.base = Known(low, high)
    return made, prices[0]


def test_zero_is_said_only_when_proven() -> None:
    made, one = differences_of(WORKS, 2.1, 2.2)
    made._plans[one.id, "tighter"] = Known(2.15, 2.2)
    made.answered[one.id, "tighter"] = made._answer(one, "tighter", seconds=0.0, kept=False)
    told = made._told(one, "tighter")
    assert (told.verdict, told.low, told.high) == ("unproven", 0.0, pytest.approx(0.1))
    assert interval(told, "en") == "n.p. ≤0.10"
    made.base = Known(2.2, 2.2)
    assert made._told(one, "tighter").verdict == "zero"
    made._plans[one.id, "tighter"] = Known(2.5, 2.52)
    told = made._told(one, "tighter")
    assert (told.verdict, told.low, told.high) == ("proven", pytest.approx(0.3), pytest.approx(0.32))


def test_a_looser_target_is_bounded_by_the_case_without_it() -> None:
    made, one = differences_of(WORKS, 2.2, 2.2)
    made._plans[one.id, "without"] = Known(2.1, 2.1)
    made._plans[one.id, "looser"] = Known(1.5, 2.2)
    made.answered[one.id, "looser"] = made._answer(one, "looser", seconds=0.0, kept=False)
    assert (made._told(one, "looser").low, made._told(one, "looser").high) == pytest.approx((-0.1, 0.0))


def test_a_target_that_cannot_be_tightened_is_said_to_be_so() -> None:
    gone = also(WORKS, target("cap", "smoke", "level", "<=", 0.0), market("goods", 3.0, told={"yearly_limit": 1.0}))
    tighter = said(only(explained(gone)), "tighter")
    assert tighter.verdict == "no_plan"
    assert interval(tighter, "en") == "no plan"


def test_a_target_with_room_is_not_solved_for_again_where_the_plan_shows_it() -> None:
    roomy = also(WORKS, target("cap", "smoke", "level", "<=", 3.0))
    one = only(explained(roomy))
    assert one.price == 0.0 and said(one, "tighter").kept and said(one, "tighter").verdict == "zero"
    assert all(said(one, question).verdict == "zero" for question in ("looser", "without"))


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(2, search_matrix))
    made = explained(LEVEL)
    assert not made.complete
    # What leaving it out saves was found, and bounds what loosening it saves.
    assert [(one.question, one.kept, one.low) for one in only(made).differences] == [
        ("looser", True, pytest.approx(-2.4)), ("without", False, pytest.approx(-2.4)),
    ]  # fmt: skip
    assert "Not complete" in explain_text(made, labels(case_of(LEVEL)), "en")


TWO = also(
    WORKS,
    target("cap", "smoke", "level", "<=", 3.0),
    indicator("made", "Mt", [("mill", "activity", 1.0), ("goods_buy", "bought", 1.0)]),
    target("floor", "made", "level", ">=", 0.5),
)


def test_targets_with_room_share_one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*words: object, **given: object) -> object:
        calls.append(1)
        return search_matrix(*words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr("model.study.program.search_again.search_matrix", counted)
    made = explained(TWO)
    assert len(calls) == 1
    assert all(said(one, question).verdict == "zero" for one in made.targets for question in ("tighter", "looser", "without"))


def test_time_that_runs_out_leaves_the_rest_unasked() -> None:
    made = explain(Explainee(case_of(LEVEL), replace(EXACT, time_limit=0.0)))
    assert not made.complete and only(made).differences == ()
    assert only(made).price == pytest.approx(4.0)
