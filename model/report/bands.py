"""The band of a target that the plan words as "about" (左右), as text beside the plan's own number."""

from __future__ import annotations

from math import floor, isclose, log10

from model.report.display import shown, tidy
from model.report.words import word

most_places, fine = 6, 0.05


def band(value: float, low: float | None, high: float | None, language: str) -> str:
    """From where to where a target counts as met, an end that is not eased left out; empty where there is no band.

    >>> band(61.0, 60.695, None, "en"), band(61.0, 60.695, 61.305, "en"), band(61.0, 61.0, None, "en")
    ('about: from 60.7', 'about: 60.7 to 61.3', '')
    """
    low, high = (None if end is None or isclose(end, value, rel_tol=1e-9, abs_tol=1e-12) else end for end in (low, high))
    told = [shown(end, _places(end, abs(end - value))) for end in (low, high) if end is not None]
    key = "" if not told else "band_between" if len(told) == 2 else "band_to" if low is None else "band_from"
    return word(key, language).format(*told) if key else ""


def of_sense(sense: str, value: float, tolerance: float, language: str) -> str:
    """The same of a target's sense and tolerance.

    >>> of_sense(">=", 19.0, 0.02, "en"), of_sense("==", -20.0, 0.1, "en")
    ('about: from 18.62', 'about: -22 to -18')
    """
    room = tolerance * abs(value)
    return band(value, value - room if sense != "<=" else None, value + room if sense != ">=" else None, language)


def _places(end: float, room: float) -> int:
    """Decimals that show an end to a twentieth of its band."""
    places = max(0, -floor(log10(room)))
    while places < most_places and abs(round(end, places) - tidy(end)) > fine * room:
        places += 1
    return places
