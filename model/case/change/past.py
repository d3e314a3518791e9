"""The case that its history is found from: changes that name no year before decisions begin leave the past as it was."""

from __future__ import annotations

from model.case.change.change import Change, changed
from model.case.read.case import Case


def past_case(case: Case, decide_from: int) -> Case:
    """The case as it was read, with those of its changes that name a year before `decide_from`, or what was built.

    Raises ChangeError as `changed` does.
    """
    if case.unchanged is None:
        return case
    return changed(case.unchanged, [one for one in case.changes if names_past(one, decide_from)])


def names_past(change: Change, decide_from: int) -> bool:
    return change.year is not None and change.year < decide_from
