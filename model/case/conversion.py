"""Whether one unit can be converted to another, told as a fault code instead of an exception."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Literal

import pint

from model.case.faults import nearest
from model.case.units import DEFINITIONS, factor

MOST_LETTERS = 60
PLAIN = (
    "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "J", "MJ", "GJ", "TJ", "PJ", "g", "kg", "t", "m", "km", "m2", "m3", "km2", "L", "ha",
    "h", "yr", "day", "%", "1",
)  # fmt: skip


@cache
def unit_fault(unit: str, canonical: str) -> Literal["unknown_unit", "wrong_dimension"] | None:
    """What is wrong with a unit where `canonical` is due; None when nothing is.

    >>> unit_fault("万千瓦", "GW"), unit_fault("MW", "MWh"), unit_fault("MX", "MWh")
    (None, 'wrong_dimension', 'unknown_unit')
    """
    if not _is_plain(unit):
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

    >>> nearest_unit("mw"), nearest_unit("gce/kwh")
    ('MW', 'gce/kWh')
    """
    parts = [
        part if not part.strip("*/() ") or is_unit(part) else _nearest_part(part) for part in re.split(r"([*/() ]+)", text[:MOST_LETTERS])
    ]
    made = "".join(parts)
    return made if all(parts[::2]) or is_unit(made) else ""


def shown_unit(unit: str) -> str:
    """A unit without needless brackets.

    >>> shown_unit("(Mtce)/(TWh)")
    'Mtce/TWh'
    """
    return re.sub(r"\(([^()*/ ]+)\)", r"\1", unit)


def _is_plain(unit: str) -> bool:
    # Powers beyond 3 are no unit of a plan, and pint would work out 9**9**9 to its last digit.
    if len(unit) > MOST_LETTERS or re.search(r"\*\*(?![23](\D|$))|\^|[⁰¹⁴-⁹]|[²³][²³]|\*\*\S*\*\*", unit):
        return False
    return re.fullmatch(r"[^\W_][\w ²³µμ%*/().·-]*|%.*|\(.*", unit) is not None


def _nearest_part(part: str) -> str:
    names = _names()
    alike = {name.casefold(): name for name in reversed(names)}
    return alike.get(part.casefold()) or nearest(part, names)


@cache
def _names() -> tuple[str, ...]:
    defined = [name.strip() for line in DEFINITIONS.strip().splitlines() for name in line.split("=")[0::1]]
    return (*PLAIN, *(name for name in defined if re.fullmatch(r"[^\W\d]\w*", name)))
