"""Units: the plan's own, Chinese statistical ones included, converted by pint at the door."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

import pint

from model.case.units.unit_words import DEFINITIONS, own_names

SIGNS = {"%": "percent", "‰": "permille", "1": "dimensionless"}
BETWEEN = re.compile(r"([*/()]+)")
LIKE_A_DOT = str.maketrans(dict.fromkeys("•∙⋅・", "·"))


SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
MANY = {"10": 10.0, "ten": 10.0, "100": 100.0, "hundred": 100.0}
SIZED = re.compile(rf"(?:\b(?P<many>{'|'.join(MANY)})\s+)?\b(?P<size>{'|'.join(SIZES)})\s+(?P<word>[^\s*/()]+)", re.IGNORECASE)


@cache
def registry() -> pint.UnitRegistry:
    """The one registry, made at first use, empty but for our own words: pint's would read tons as American ones and mW as milliwatts."""
    units: pint.UnitRegistry = pint.UnitRegistry(None, cache_folder=None, autoconvert_offset_to_baseunit=False)
    units.load_definitions(DEFINITIONS.strip().splitlines())
    return units


def plain_unit(unit: str) -> str:
    """A unit as it is written plainly: full-width signs and powers made ordinary ones.

    >>> plain_unit("μg／m³"), plain_unit("万㎡"), plain_unit("％"), plain_unit("元／（千瓦·时）"), plain_unit("kW·h")
    ('ug/m3', '万m2', '%', '元/(千瓦时)', 'kWh')
    """
    text = _in_one_word(unicodedata.normalize("NFKC", unit).strip().translate(LIKE_A_DOT).replace("μ", "u"))
    # A dot binds closer than a stroke: 元/千瓦·时 is 元/(千瓦时).
    return re.sub(r"\s*·\s*", "", re.sub(r"\s*([*/()])\s*", r"\1", re.sub(r"(?:\*\*|\^)([23])(?!\d)", r"\1", text)))


def _in_one_word(unit: str) -> str:
    """A unit with a size told in English before a word as the one word that is of that size; unchanged where there is none.

    >>> _in_one_word("100 million CNY/TWh"), _in_one_word("million m2"), _in_one_word("million years")
    ('亿元/TWh', 'million_m2', 'million years')
    """

    def one_word(found: re.Match[str]) -> str:
        size = MANY.get((found["many"] or "").casefold(), 1.0) * SIZES[found["size"].casefold()]
        return _of_size(size, found["word"]) or found[0]

    return SIZED.sub(one_word, unit) if " " in unit else unit


@cache
def _of_size(size: float, word: str) -> str | None:
    """The unit's word that is so many of another."""
    if word not in own_names():
        return None
    one = registry().parse_units(own_names()[word])
    for name in dict.fromkeys(own_names().values()):
        other = registry().parse_units(name)
        if other.dimensionality == one.dimensionality and abs(registry().Quantity(1.0, other).m_as(one) / size - 1.0) < 1e-9:
            return name
    return None


def parts_of(unit: str) -> list[str]:
    """The words of a unit at even places, what stands between them at odd ones.

    >>> parts_of("元/(kWh)")
    ['元', '/(', 'kWh', ')', '']
    """
    return BETWEEN.split(plain_unit(unit))


@cache
def known_words() -> frozenset[str]:
    """All words a unit may be made of, signs among them."""
    return frozenset({*own_names(), *SIGNS})


def own_unit(unit: str) -> str:
    """A unit of the same size with each word by its own name, so that what is known of 万吨 is known of 万t.

    >>> own_unit("元／万t")
    'CNY/万吨'
    """
    return "".join(own_names().get(part, part) for part in parts_of(unit))


def _spelled(unit: str) -> str:
    parts = parts_of(unit)
    for word, sign in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if (word and word not in known_words()) or re.search("[*/]{2}", sign):
            raise pint.UndefinedUnitError(word)
    return "".join(SIGNS.get(part, part) for part in parts) or "dimensionless"


@cache
def factor(unit: str, canonical: str) -> float:
    """What a number in `unit` is multiplied by to be in `canonical`.

    Raises pint.UndefinedUnitError for an unknown unit and pint.DimensionalityError for another dimension.

    >>> factor("万千瓦", "GW")
    0.01
    >>> factor("万平方米", "m2")
    10000.0
    >>> round(factor("gce/kWh", "Mtce/TWh"), 12)
    0.001
    """
    units = registry()
    return float(units.convert(1.0, units.parse_units(_spelled(unit)), units.parse_units(_spelled(canonical))))


@cache
def money_power(unit: str) -> float:
    """How often money stands in a unit, below the stroke as a minus. Raises pint.UndefinedUnitError for an unknown unit.

    >>> money_power("元/t"), money_power("tce/万元"), money_power("Mt")
    (1.0, -1.0, 0.0)
    """
    power: Any = registry().parse_units(_spelled(unit)).dimensionality.get("[currency]", 0.0)
    return float(power)
