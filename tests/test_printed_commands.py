"""Every command that a run prints to ask on can be given back as it stands: its words are read by the command that it names."""

from __future__ import annotations

import shlex

import pytest
from calling import call, says

import cli
from model.case.parameters.day_choice import ALL_DAYS, OwnDays, written
from model.report.plan.question_text import since_command, ties_command, tornado_command

DAYS = [None, ALL_DAYS, 2, OwnDays(2, ()), OwnDays(2, (17, 203))]


def parsed(line: str) -> dict[str, object]:
    """The options that click reads of a printed line; raises as the command would."""
    program, name, *words = shlex.split(line)
    assert program == "measures"
    return cli.main.commands[name].make_context(name, words, obj="en").params


@pytest.mark.parametrize("days", DAYS, ids=str)
def test_commands_that_ask_on_are_read_with_the_days_of_their_run(days: int | OwnDays | None) -> None:
    """Days chosen by themselves may end at typical days with none of the year beside them: `2`, not `2+`."""
    asked = {"overlays": ["fyp15"], "dropped": ["a b"], "decide_from": 2027, "days": written(days)}
    manifest = {"case": "my town", "run": "town/1", "changes": ["*.price=*1.2", "a.b+=5"], "options": asked}
    for line in (tornado_command(manifest), ties_command(manifest, 0.0002)):
        found = parsed(line)
        assert (found["case"], found["decide_from"]) == ("my town", 2027)
        assert found["days"] == (days if not isinstance(days, OwnDays) or days.own else 2)
        assert (found["changes"], found["dropped"], found["overlays"]) == (("*.price=*1.2", "a.b+=5"), ("a b",), ("fyp15",))
    assert parsed(since_command(manifest))["run"] == "town/1"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_solve_that_cannot_read_its_days_names_all_that_it_takes(language: str) -> None:
    found = call("solve", "toy", "--days", "2+", "--lang", language)
    assert found.exit_code == 2 and says(found.stderr, "auto") and says(found.stderr, "2+17,203")
    assert not says(call("sweep", "toy", "--tornado", "--days", "2+", "--lang", language).stderr, "auto")
