"""Units: the plan's own, Chinese statistical ones included, converted at the door."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from model.case.units.sizes import PLAIN, NoUnit, OtherDimension, Size, size_of
from model.case.units.unit_words import own_names

SIGNS = {"%": "percent", "‰": "permille", "1": "1"}
BETWEEN = re.compile(r"([*/()]+)")
LIKE_A_DOT = str.maketrans(dict.fromkeys("•∙⋅・", "·"))


def plain_unit(unit: str) -> str:
    """A unit as it is written plainly: full-width signs and powers made ordinary ones.

    >>> plain_unit("μg／m³"), plain_unit("万㎡"), plain_unit("％"), plain_unit("元／（千瓦·时）"), plain_unit("kW·h")
    ('ug/m3', '万m2', '%', '元/(千瓦时)', 'kWh')
    """
    text = unicodedata.normalize("NFKC", unit).strip().translate(LIKE_A_DOT).replace("μ", "u")
    # A dot binds closer than a stroke: 元/千瓦·时 is 元/(千瓦时).
    return re.sub(r"\s*·\s*", "", re.sub(r"\s*([*/()])\s*", r"\1", re.sub(r"(?:\*\*|\^)([23])(?!\d)", r"\1", text)))


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


@cache
def _size(unit: str) -> Size:
    parts = parts_of(unit)
    tokens: list[str] = []
    for word, signs in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if (word and word not in known_words()) or re.search("[*/]{2}", signs):
            raise NoUnit(word)
        tokens += [*([SIGNS.get(word, word)] if word else []), *signs]
    return size_of(tokens) if tokens else PLAIN


@cache
def factor(unit: str, canonical: str) -> float:
    """What a number in `unit` is multiplied by to be in `canonical`, right to the last digit.

    Raises NoUnit for an unknown unit and OtherDimension for another dimension.

    >>> factor("万千瓦", "GW")
    0.01
    >>> factor("万平方米", "m2")
    10000.0
    >>> factor("gce/kWh", "Mtce/TWh")
    0.001
    """
    given, wanted = _size(unit), _size(canonical)
    if given.powers != wanted.powers:
        raise OtherDimension(f"{unit}, {canonical}")
    return float(given.number / wanted.number)


@cache
def money_power(unit: str) -> float:
    """How often money stands in a unit, below the stroke as a minus. Raises NoUnit for an unknown unit.

    >>> money_power("元/t"), money_power("tce/万元"), money_power("Mt")
    (1.0, -1.0, 0.0)
    """
    return float(_size(unit).powers.get("currency", 0))
