"""A linear program as plain lists: columns with bounds and cost, rows of coefficients, and the shortfalls that may be shut."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace


class Sum:
    """A sum of columns times numbers, plus a number."""

    def __init__(self, number: float = 0.0) -> None:
        self.parts: dict[int, float] = defaultdict(float)
        self.number = number

    def add(self, other: Sum | float, times: float = 1.0) -> Sum:
        """This sum with another one on top; the sum itself is changed and given back."""
        if isinstance(other, Sum):
            for column, amount in other.parts.items():
                self.parts[column] += times * amount
            self.number += times * other.number
        else:
            self.number += times * other
        return self

    def at(self, values: list[float]) -> float:
        """What the sum comes to."""
        return self.number + sum(amount * values[column] for column, amount in self.parts.items())


def total(parts: Iterable[tuple[float, Sum]]) -> Sum:
    """Σ number · sum."""
    made = Sum()
    for times, part in parts:
        made.add(part, times)
    return made


@dataclass(frozen=True)
class Column:
    name: str
    lower: float
    upper: float
    whole: bool


@dataclass(frozen=True)
class Row:
    name: str
    parts: dict[int, float]
    lower: float
    upper: float


@dataclass
class Program:
    """min cost, subject to rows; `short` are the columns of what is not served, by their year, `shut` those that must be zero.

    `gives` are the columns by which targets give, with (target, year) and what a unit of it weighs.
    """

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    short: dict[int, int] = field(default_factory=dict)
    shut: frozenset[int] = frozenset()
    gives: dict[int, tuple[str, int, float]] = field(default_factory=dict)
    cost: Sum = field(default_factory=Sum)

    def column(self, name: str, *, lower: float = 0.0, upper: float = math.inf, whole: bool = False) -> Sum:
        """A new column, as a sum of itself."""
        made = Sum()
        made.parts[len(self.columns)] = 1.0
        self.columns.append(Column(name, lower, upper, whole))
        return made

    def shortfall(self, name: str, year: int) -> Sum:
        """A column of what is missing, which an accepted plan has at zero in the years that it decides."""
        self.short[len(self.columns)] = year
        return self.column(name)

    def served(self, since: int) -> Program:
        """The program in which nothing is missing from a year on."""
        return replace(self, shut=frozenset(place for place, year in self.short.items() if year >= since))

    def row(self, name: str, left: Sum, sense: str, right: Sum | float) -> None:
        """left ≷ right."""
        moved = Sum().add(left).add(right, -1.0)
        limit = -moved.number
        lower, upper = {"<=": (-math.inf, limit), ">=": (limit, math.inf), "==": (limit, limit)}[sense]
        self.rows.append(Row(name, {column: amount for column, amount in moved.parts.items() if amount}, lower, upper))
