"""That other builds may be as good as the plan's, within what it is proven to, is said on its own screen, with the command that tells which."""

from __future__ import annotations

import pytest
from calling import says

from model.report.plan.question_text import ties_command
from model.report.plan.readings_table import readings, readings_counted, readings_lines
from model.report.plan.text import summary_text
from model.report.words import languages, word


@pytest.mark.parametrize("language", languages())
def test_a_plan_that_is_not_proven_to_be_the_best_names_the_command_that_tells_of_its_equals(toy, language: str) -> None:
    """6.10 with a bound of 6.00: 0.10 is 1.64 %, rounded up to 1.7 %."""
    manifest = {**toy.manifest, "objective": 6.1, "bound": 6.0, "options": {"days": 1, "decide_from": None}}
    text = summary_text(toy.results, manifest, language)
    assert "    measures alternatives toy --within 1.7% --days 1" in text.splitlines()
    assert says(text, word("line_ties", language).format("0.100"))


def test_a_plan_proven_to_the_last_figure_and_one_that_no_study_asks_again_name_none(toy) -> None:
    assert "alternatives" not in summary_text(toy.results, toy.manifest, "en")
    loose = {**toy.manifest, "objective": 6.1, "bound": 6.0}
    assert "alternatives" in summary_text(toy.results, loose, "en")
    assert "alternatives" not in summary_text(toy.results, {**loose, "options": {"negotiate": True}}, "en")


@pytest.mark.parametrize(("share", "said"), [(0.000198859, "0.02%"), (0.0164, "1.7%"), (0.001, "0.1%"), (0.2, "20%")])
def test_the_share_that_is_asked_for_is_no_less_than_what_is_proven(share: float, said: str) -> None:
    assert ties_command({"case": "town"}, share) == f"measures alternatives town --within {said}"


def test_builds_that_move_less_between_readings_than_is_proven_are_called_perhaps_a_tie(toy) -> None:
    """Proven to 0.10: one build moves 0.05, the other 0.50."""
    names = toy.results["measure"].values.tolist()
    builds = [
        {"measure": name, "differ": [2022], "money": money, "amounts": {"reconstructed": [1.0], "usual": [0.0]}}
        for name, money in zip(names, (0.5, 0.05), strict=False)
    ]
    told = {"endings": {"reconstructed": "plan", "usual": "plan"}, "builds": builds, "years": [2022], "days": 1}
    manifest = {"objective": 6.1, "bound": 6.0, "past": {"readings": told}}
    assert word("line_readings_ties_one", "en").format(1) in readings_lines(toy.results, manifest, "en")
    assert readings_counted(manifest, "en") == ["how the past is read moves 2 builds (1 perhaps ties)"]
    assert word("line_readings_ties_one", "en").format(1).strip() in readings(toy.results, manifest, "en").notes
    exact = {**manifest, "bound": 6.1}
    assert readings_counted(exact, "en") == ["how the past is read moves 2 builds"]
