"""Broken cities: a cell and a file of each table of the cities that come with the program, of what they include and of their overlays."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from calling import ROOT

from faults.broken_input import BrokenInput
from faults.broken_parts import KINDS, Damage
from faults.broken_tables import CELLS

CITIES, INCLUDED, OVERLAY = ("chengde", "shijiazhuang"), "common", "fyp15"
of_files = 3  # of so many files one is damaged as a whole: a city takes a second to check


def in_cities() -> Iterator[BrokenInput]:
    for city in CITIES:
        files = sorted(path.relative_to(ROOT / "data") for path in (ROOT / "data" / city).rglob("*.*"))
        files += sorted(path.relative_to(ROOT / "data") for path in (ROOT / "data" / INCLUDED).glob("*.csv")) if city == CITIES[0] else []
        for at, file in enumerate(files):
            content = CELLS[7 * at % len(CELLS)]
            if file.suffix == ".csv":
                yield BrokenInput(
                    f"{city}, {file}, cell {at} = {content[:12]!r}", partial(_cell, city=city, file=file, at=at, content=content)
                )
            if at % of_files == 0:
                kind = list(KINDS)[at // of_files % len(KINDS)]
                yield BrokenInput(f"{city}, {file}: {kind}", partial(_file, city=city, file=file, damage=KINDS[kind]))


def _copied(folder: Path, city: str, file: Path) -> list[object]:
    """The city with what it includes in a folder of its own; what asks for it."""
    for part in (city, INCLUDED):
        shutil.copytree(ROOT / "data" / part, folder / part)
    return ["check", folder / city, *(["--with", OVERLAY] if OVERLAY in file.parts else [])]


def _cell(folder: Path, city: str, file: Path, at: int, content: str) -> list[object]:
    """The cell of a row and a column that are others in each file."""
    words = _copied(folder, city, file)
    lines = list(csv.reader((folder / file).read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    row = 1 + at % max(len(lines) - 1, 1)
    lines[row][at % len(lines[row])] = content
    with (folder / file).open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(lines)
    return words


def _file(folder: Path, city: str, file: Path, damage: Damage) -> list[object]:
    words = _copied(folder, city, file)
    damage(folder / file)
    return words
