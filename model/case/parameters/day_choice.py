"""How many days a model is run on: a number of typical days, or some and beside them days of the year as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

days_per_year = 365
ALL_DAYS = 0
OWN_FORM = re.compile(r"(?P<typical>[0-9]+)\+(?P<own>[0-9]+(,[0-9]+)*)", re.ASCII)


@dataclass(frozen=True)
class OwnDays:
    """So many `typical` days, and the days `own` of the year, 1 to 365, as they are: each stands for itself and the days that are like it, typical ones for the rest.

    >>> str(OwnDays(2, (17, 203))), str(OwnDays(2, ()))
    ('2+17,203', '2')
    """

    typical: int
    own: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.typical}+{','.join(map(str, self.own))}" if self.own else str(self.typical)


DayChoice = int | OwnDays  # a number of typical days, `ALL_DAYS` for all 365


def day_choice(written: str | int | None) -> DayChoice | None:
    """As a run or a study stores it; None where the case's own number was taken. Raises ValueError where it says no days of a year.

    >>> day_choice("2+17,203")
    OwnDays(typical=2, own=(17, 203))
    """
    if written is None or isinstance(written, int):
        return written
    found = OWN_FORM.fullmatch(written)
    if found is None:
        raise ValueError(written)
    made = OwnDays(int(found["typical"]), tuple(map(int, found["own"].split(","))))
    if not (1 <= made.typical <= days_per_year and all(1 <= day <= days_per_year for day in made.own)):
        raise ValueError(written)
    return made


def written(choice: DayChoice | None) -> str | int | None:
    """The same as it is stored.

    >>> written(OwnDays(2, (17, 203))), written(4)
    ('2+17,203', 4)
    """
    return str(choice) if isinstance(choice, OwnDays) else choice


def number_of(choice: DayChoice) -> int:
    """How many days that is, days alike counted as often as they are named; all of them where it is `ALL_DAYS`.

    >>> number_of(OwnDays(2, (17, 203))), number_of(0)
    (4, 365)
    """
    if isinstance(choice, OwnDays):
        return choice.typical + len(choice.own)
    return days_per_year if choice == ALL_DAYS else choice
