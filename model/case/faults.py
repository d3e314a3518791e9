"""What a fault in a case is: a record of its place, what was found and what was expected."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

ASKED = "--decide-from"  # the file of a fault that is of the command alone


@dataclass(frozen=True)
class Place:
    """Where: a file of the case, its row as Excel counts (header = 1; in YAML the line), its column or key.

    Of a worksheet, whose file is `BOOK!SHEET`, `letters` are those of its columns.
    """

    file: str
    row: int | None
    column: str | None
    letters: Mapping[str | None, str] | None = field(default=None, compare=False, repr=False)

    def at(self, column: str | None) -> Place:
        """The same row, another column."""
        return Place(self.file, self.row, column, self.letters)

    @property
    def cell(self) -> str | None:
        """The address of a cell of a worksheet, such as D4; None of any other place."""
        letter = (self.letters or {}).get(self.column)
        return f"{letter}{self.row}" if letter and self.row is not None else None


@dataclass(frozen=True)
class Fault:
    """One fault. `found` and `expected` hold values, names and units only, so that they read alike in any language."""

    code: str
    place: Place
    found: str
    expected: str
    nearest: str = ""


class CodedError(Exception):
    """Why something cannot be done: a code, and fields that hold names, numbers, paths, several of them, or what the system said.

    Its sentence is made in the report, in the reader's language.
    """

    def __init__(self, code: str, **fields: Any) -> None:
        self.code, self.fields = code, fields
        told = (f"{name}={', '.join(map(str, value)) if isinstance(value, list | tuple) else value}" for name, value in fields.items())
        super().__init__(f"{code}: {'; '.join(told)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.code, **self.fields), ()


class CaseFaults(Exception):
    """A case that cannot be used, with all faults that were seen."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self._count)

    def __str__(self) -> str:
        shown = (
            f"{fault.place.file} row {fault.place.row}, {fault.place.column}: {fault.code}, found {fault.found}"
            for fault in self.faults[:10]
        )
        return "; ".join([self._count, *shown])

    @property
    def _count(self) -> str:
        return f"{len(self.faults)} {'fault' if len(self.faults) == 1 else 'faults'} in the case"


def by_place(fault: Fault) -> tuple[str, int, str, str, str]:
    """The order in which faults are told: by file, row and column."""
    return (fault.place.file, fault.place.row or 0, fault.place.column or "", fault.code, fault.found)


def nearest(text: str, names: tuple[str, ...]) -> str:
    """The name most like `text`, or nothing when none is.

    >>> nearest("nonfosil_energy", ("coal_use", "nonfossil_energy"))
    'nonfossil_energy'
    """
    wanted = _pieces(text[:100])
    # A whole case can be full of names that are nearly right: compare closely only the few that share most.
    likely = heapq.nlargest(8, names, key=lambda name: 2 * len(wanted & _pieces(name)) - len(_pieces(name)))
    close = difflib.get_close_matches(text[:100], likely, n=1, cutoff=0.5)
    return close[0] if close else ""


@lru_cache(maxsize=20_000)
def _pieces(name: str) -> frozenset[str]:
    return frozenset(name) | {name[place : place + 2] for place in range(len(name) - 1)}


def clipped(text: str, width: int = 60) -> str:
    """Text fit for a message: one line, printable, not too long."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: width + 1])
    return plain if len(plain) <= width else plain[:width] + "..."
