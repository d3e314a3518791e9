"""Whether one unit can be converted to another, told as a fault code instead of an exception."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Literal

import pint

from model.case.faults import nearest
from model.case.units.registry import factor, known_words, parts_of, plain_unit
from model.case.units.unit_words import MEANT, own_names

MOST_LETTERS = 60


@cache
def unit_fault(unit: str, canonical: str) -> Literal["unknown_unit", "wrong_dimension"] | None:
    """What is wrong with a unit where `canonical` is due; None when nothing is.

    >>> unit_fault("万千瓦", "GW"), unit_fault("MW", "MWh"), unit_fault("MX", "MWh")
    (None, 'wrong_dimension', 'unknown_unit')
    """
    if not plain_unit(unit) or len(unit) > MOST_LETTERS:
        return "unknown_unit"
    try:
        return None if math.isfinite(factor(unit, canonical)) else "unknown_unit"
    except pint.DimensionalityError:
        return "wrong_dimension"
    except Exception:  # pint's parser raises errors of many kinds for text that is no unit
        return "unknown_unit"


def is_unit(text: str) -> bool:
    """Whether a text is a unit at all.

    >>> is_unit("gce/kWh"), is_unit("gce/kwhh"), is_unit("9**9**9**9")
    (True, False, False)
    """
    return unit_fault(text, text) is None


@cache
def nearest_unit(text: str) -> str:
    """The unit with each unknown part replaced by the most like it, or nothing.

    >>> nearest_unit("mw"), nearest_unit("gce/kwh"), nearest_unit("CNY/ton")
    ('MW', 'gce/kWh', 'CNY/t')
    """
    parts = parts_of(text[:MOST_LETTERS])
    # The words stand at even places; one that is empty has a bracket beside it.
    found = [part if place % 2 or not part or part in known_words() else _nearest_word(part) for place, part in enumerate(parts)]
    made = "".join(found)
    return made if is_unit(made) else ""


def shown_unit(unit: str) -> str:
    """A unit without needless brackets.

    >>> shown_unit("(Mtce)/(TWh)")
    'Mtce/TWh'
    """
    return re.sub(r"\(([^()*/ ]+)\)", r"\1", unit)


def _nearest_word(word: str) -> str:
    names = tuple(own_names())
    alike = {name.casefold(): name for name in reversed(names)}
    folded = word.casefold()
    return MEANT.get(folded) or alike.get(folded) or nearest(word, names)
