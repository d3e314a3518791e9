"""Broken workbooks that come back: every part of one damaged, cells of a sheet with what no text file can hold, the sheet itself reshaped."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from faults.broken_files import DAMAGES
from faults.broken_input import BrokenInput
from faults.broken_sheets import AMOUNTS, SHEETS, reshaped, with_cell

Asks = Callable[[int, Path], list[object]]  # the words of a command about a workbook, of which there may be several by turns


def in_book(book: Path, part: str, addresses: Sequence[str], asks: Asks) -> Iterator[BrokenInput]:
    """`part` is the sheet that people fill in, whose cells at these addresses are broken."""
    with zipfile.ZipFile(book) as packed:
        names = packed.namelist()
    for at, name in enumerate(names):
        for kind, damage in DAMAGES.items():
            yield BrokenInput(f"{name}: {kind}", partial(_part, book=book, part=name, change=damage, asks=partial(asks, at)))
    for address in addresses:
        for at, (kind, cell) in enumerate(AMOUNTS.items()):
            told = f'<c r="{address}" ' + cell.replace("{percent}", "0").replace("{day}", "0").replace("{thousands}", "0") + "</c>"
            change = partial(_celled, address=address, told=told)
            yield BrokenInput(f"{address}: {kind}", partial(_part, book=book, part=part, change=change, asks=partial(asks, at)))
    for kind, (old, new) in SHEETS.items():
        change = partial(_reshaped, old=old, new=new)
        yield BrokenInput(f"the sheet: {kind}", partial(_part, book=book, part=part, change=change, asks=partial(asks, 0)))


def sheet_called(book: Path, start: str) -> str:
    """The part of the first sheet whose title starts so."""
    with zipfile.ZipFile(book) as packed:
        titles = packed.read("xl/workbook.xml").decode().split('<sheet name="')[1:]
    return f"xl/worksheets/sheet{next(place for place, one in enumerate(titles, 1) if one.startswith(start))}.xml"


def _part(
    folder: Path, book: Path, part: str, change: Callable[[bytes], bytes | None], asks: Callable[[Path], list[object]]
) -> list[object]:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(folder / "edited.xlsx", "w") as new:
        for name in old.namelist():
            raw = change(old.read(name)) if name == part else old.read(name)
            if raw is not None:
                new.writestr(name, raw)
    return asks(folder / "edited.xlsx")


def _celled(raw: bytes, address: str, told: str) -> bytes:
    return with_cell(raw.decode(), address, told).encode()


def _reshaped(raw: bytes, old: str, new: str) -> bytes:
    return reshaped(raw.decode(), old, new).encode()
