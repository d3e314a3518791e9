"""Plain text for a terminal: columns that line up with Chinese in them, and nothing a GBK console cannot show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

PLAIN = MappingProxyType(
    {
        "µ": "u",
        "μ": "u",
        "²": "2",
        "³": "3",
        "₂": "2",
        "₃": "3",
        "₅": "5",
        "−": "-",
        "✓": "yes",
        "✗": "no",
        "•": "-",
        "\u00a0": " ",
        "®": "(R)",
    }
)


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a Chinese letter.

    >>> width("CO2"), width("碳达峰")
    (3, 6)
    """
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def clipped(text: str, columns: int) -> str:
    """A text in at most so many columns, its end replaced by two dots where it is longer.

    >>> clipped("碳达峰碳中和", 7), clipped("CO2", 7)
    ('碳达..', 'CO2')
    """
    if width(text) <= columns:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter) > columns - 2:
            break
        kept += letter
    return kept + ".."


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up with spaces to so many columns, clipped where it is longer."""
    text = clipped(text, columns)
    space = " " * (columns - width(text))
    return space + text if right else text + space


def columns_of(rows: Sequence[Sequence[str]], *, left: int, most: Sequence[int] | None = None) -> list[str]:
    """Rows as lines: the first `left` columns flush left, the others flush right; `most` clips columns."""
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    if most:
        widths = [min(wide, limit) for wide, limit in zip(widths, most, strict=True)]
    return [
        "  ".join(padded(cell, wide, right=place >= left) for place, (cell, wide) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def wrapped(parts: Sequence[str], columns: int, *, first: str, separator: str = "; ", lines: int = 3) -> list[str]:
    """Parts joined into at most so many lines that start under the end of `first`; what does not fit is counted."""
    made: list[str] = []
    current, indent = first, " " * width(first)
    for place, part in enumerate(parts):
        piece = part if current in (first, indent) else separator + part
        if width(current + piece) <= columns - 8 or current in (first, indent):
            current = clipped(current + piece, columns - 8)
            continue
        if len(made) == lines - 1:
            return [*made, f"{current}{separator}+ {len(parts) - place}"]
        made.append(current + separator.rstrip())
        current = indent + part
    return [*made, current]


def flowed(text: str, columns: int, *, lines: int = 2) -> list[str]:
    """A sentence over at most so many lines, broken at spaces or between Chinese letters.

    >>> flowed("a wind farm and more", 8, lines=3), flowed("碳达峰碳中和", 8)
    (['a wind', '  farm', '  and ..'], ['碳达峰碳', '  中和'])
    """
    made: list[str] = []
    current = ""
    for piece in re.findall(r"[\u0021-\u2fff]+ ?|.[，。；：、）”]*", text):
        if width(current + piece.rstrip()) > columns and current.strip():
            made.append(current.rstrip())
            current = "  "
        current += piece
    made.append(current.rstrip())
    return made if len(made) <= lines else [*made[: lines - 1], clipped(made[lines - 1], columns - 3) + " .."]


def plain(text: str) -> str:
    """A text that a GBK console can show: what it cannot is spelled otherwise, or becomes `?`.

    >>> plain("35 µg/m³"), plain("CO₂ 碳")
    ('35 ug/m3', 'CO2 碳')
    """
    return "".join(_spelled(letter) for letter in text)


def _spelled(letter: str) -> str:
    if letter == "\n" or _in_gbk(letter):
        return letter
    replaced = PLAIN.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return replaced or "?"


def _in_gbk(letter: str) -> bool:
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return letter.isprintable()
