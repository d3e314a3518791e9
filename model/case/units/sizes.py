"""How large a unit is and what it measures, worked out exactly from the list of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from model.case.units.unit_words import DEFINITIONS, own_names


class NoUnit(ValueError):
    """A text that is no unit: a word that is not in the list, or words put together as nothing is written."""


class OtherDimension(ValueError):
    """Two units that do not measure the same thing."""


@dataclass(frozen=True)
class Size:
    """`number` of the base units; `powers` says how often each of these stands in it, below the stroke as a minus."""

    number: Fraction
    powers: Mapping[str, int]

    def times(self, other: Size, power: int = 1) -> Size:
        """With another to a whole power, which is negative below the stroke."""
        powers = {name: self.powers.get(name, 0) + power * other.powers.get(name, 0) for name in {**self.powers, **other.powers}}
        return Size(self.number * other.number**power, {name: often for name, often in powers.items() if often})


PLAIN = Size(Fraction(1), {})


def size_of(tokens: Sequence[str]) -> Size:
    """The size of a unit from its words, `*`, `/`, brackets and, in the list itself, `**` and numbers. What stands side by side is multiplied.

    Raises NoUnit.

    >>> size_of(["kWh", "/", "(", "t", ")"]).powers == {"energy": 1, "mass": -1}, size_of(["亩"]).number
    (True, Fraction(2000, 3))
    """
    made, place = _product(tokens, 0)
    if place < len(tokens):
        raise NoUnit("".join(tokens))
    return made


def _product(tokens: Sequence[str], place: int) -> tuple[Size, int]:
    made, place = _power(tokens, place)
    while place < len(tokens) and tokens[place] != ")":
        below = tokens[place] == "/"
        other, place = _power(tokens, place + (tokens[place] in ("*", "/")))
        made = made.times(other, -1 if below else 1)
    return made, place


def _power(tokens: Sequence[str], place: int) -> tuple[Size, int]:
    made, place = _factor(tokens, place)
    if place < len(tokens) and tokens[place] == "**":
        return PLAIN.times(made, int(tokens[place + 1])), place + 2
    return made, place


def _factor(tokens: Sequence[str], place: int) -> tuple[Size, int]:
    token = tokens[place] if place < len(tokens) else ""
    if token == "(":
        made, place = _product(tokens, place + 1)
        if place == len(tokens):
            raise NoUnit("".join(tokens))
        return made, place + 1
    return _word(token), place + 1


@cache
def _word(word: str) -> Size:
    """A word of the list, a base unit as it is written there, or a number of it."""
    if word.startswith("["):
        return Size(Fraction(1), {word.strip("[]"): 1})
    if word[:1].isascii() and word[:1].isdigit():
        return Size(Fraction(word), {})
    if word not in own_names():
        raise NoUnit(word)
    return size_of(_formulas()[own_names()[word]].split())


@cache
def _formulas() -> Mapping[str, str]:
    """{a unit's own name: what it is made of} as the list has it."""
    lines = [line.split(" = ") for line in DEFINITIONS.strip().splitlines()]
    return MappingProxyType({name.strip(): formula.strip() for name, formula, *_ in lines})
