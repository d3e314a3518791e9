"""Broken files: whatever may lie in the place of a table, a header, an included folder or a part of a workbook."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tiny_case import TinyCase, as_workbook

from faults.broken_input import BrokenInput
from model.case.tables.rows import TABLES

Damage = Callable[[bytes], bytes | None]


def _deep(raw: bytes) -> bytes:
    return b"<a>" * 50_000 + b"</a>" * 50_000


# What becomes of the content of a file; None: it is gone.
DAMAGES: dict[str, Damage] = {
    "gone": lambda raw: None,
    "empty": lambda raw: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "cut at its end": lambda raw: raw[:-1],
    "doubled": lambda raw: raw + raw,
    "zeros": lambda raw: bytes(len(raw)),
    "a bit turned": lambda raw: raw[: len(raw) // 2] + bytes([(raw[len(raw) // 2] if raw else 0) ^ 4]) + raw[len(raw) // 2 + 1 :],
    "its first bit turned": lambda raw: bytes([(raw[0] if raw else 0) ^ 1]) + raw[1:],
    "noise": lambda raw: bytes(range(256)) * 8,
    "brackets": lambda raw: b"[" * 100_000,
    "an empty list": lambda raw: b"[]",
    "an empty record": lambda raw: b"{}\n",
    "markup": _deep,
}
# What may stand in the place of a file.
STANDING: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "link out": lambda path: path.symlink_to("/etc/passwd"),
    "link to nothing": lambda path: path.symlink_to("nothing"),
    "link to itself": lambda path: path.symlink_to(path.name),
}


def in_place_of_files() -> Iterator[BrokenInput]:
    for name in ("case.yaml", *(f"{table}.csv" for table in TABLES), ".hidden.csv", "~open.csv", "other.csv", "numbers-2.csv"):
        for kind, stand in STANDING.items():
            yield BrokenInput(f"{name}: {kind}", partial(_standing, name=name, stand=stand))
        for kind, damage in DAMAGES.items():
            yield BrokenInput(f"{name}: {kind}", partial(_damaged, name=name, damage=damage))


def in_workbooks() -> Iterator[BrokenInput]:
    for part in zipfile.ZipFile(plain_book()).namelist():
        for kind, damage in DAMAGES.items():
            yield BrokenInput(f"{part}: {kind}", partial(_packed, part=part, damage=damage))
    for kind, damage in DAMAGES.items():
        yield BrokenInput(f"book.xlsx: {kind}", partial(_whole, damage=damage))


def _standing(folder: Path, name: str, stand: Callable[[Path], object]) -> list[object]:
    written = TinyCase().write(folder / "tiny")
    (written / name).unlink(missing_ok=True)
    stand(written / name)
    return ["check", written]


def damaged(path: Path, damage: Damage) -> None:
    raw = damage(path.read_bytes() if path.exists() else b"id\nx\n")
    if raw is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(raw)


def _damaged(folder: Path, name: str, damage: Damage) -> list[object]:
    written = TinyCase().write(folder / "tiny")
    damaged(written / name, damage)
    return ["check", written]


_home = TemporaryDirectory()  # for as long as the tests run


@cache
def plain_book() -> Path:
    """The tiny case as a workbook, written once."""
    return as_workbook(TinyCase(), Path(_home.name) / "plain.xlsx")


def _packed(folder: Path, part: str, damage: Damage) -> list[object]:
    with zipfile.ZipFile(plain_book()) as old, zipfile.ZipFile(folder / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            raw = damage(old.read(name)) if name == part else old.read(name)
            if raw is not None:
                new.writestr(name, raw)
    return ["check", folder / "book.xlsx"]


def _whole(folder: Path, damage: Damage) -> list[object]:
    (folder / "book.xlsx").write_bytes(plain_book().read_bytes())
    damaged(folder / "book.xlsx", damage)
    return ["check", folder / "book.xlsx"]
