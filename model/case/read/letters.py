"""Letters that nobody sees and a screen obeys: they may hide what is written, turn it round or move the cursor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

# Control characters but tab and line ends; marks that turn the direction of writing; separators of lines; halves of letters.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def odd_letter(text: str) -> str:
    """The first letter of this kind, by its number and name; nothing where there is none.

    >>> odd_letter("Wind\N{RIGHT-TO-LEFT OVERRIDE}"), odd_letter("\x1b[2J"), odd_letter("风电，\tline\n")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+001B', '')
    """
    found = ODD.search(text)
    return f"U+{ord(found[0]):04X} {unicodedata.name(found[0], '')}".rstrip() if found else ""


def texts_in(value: Any) -> Iterator[str]:
    """All texts of a value of lists and mappings, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from (str(key), *texts_in(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)
