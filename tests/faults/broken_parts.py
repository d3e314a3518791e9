"""Broken parts of a case that lies in several places: an included folder, a second file of a table, an overlay and what it sets, sheets of an overlay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import openpyxl
from tiny_case import TinyCase, as_workbook

from faults.broken_files import DAMAGES, STANDING, damaged
from faults.broken_input import BrokenInput
from faults.broken_tables import CELLS, SETTINGS, with_column
from model.case.read.overlays import SETTINGS as OF_OVERLAYS
from model.case.tables.rows import TABLES

SHARED, OVERLAY = "../shared", "overlays/later"
LAYERS = ("included", "second file", "overlay")
# Of so many contents one is tried in a column of a layer, or in a file of it, the others in those beside it.
of_cells, of_files = 16, 3
Damage = Callable[[Path], object]


def in_parts() -> Iterator[BrokenInput]:
    for place, (table, model) in enumerate(TABLES.items()):
        for at, column in enumerate(model.model_fields):
            for layer_at, layer in enumerate(LAYERS):
                for content in CELLS[(at + 5 * layer_at + place) % of_cells :: of_cells]:
                    yield BrokenInput(
                        f"{layer}, {table}.{column} = {content[:12]!r}",
                        partial(_cell, layer=layer, table=table, column=column, content=content),
                    )
        for layer_at, layer in enumerate(LAYERS):
            for kind, damage in list(KINDS.items())[(place + layer_at) % of_files :: of_files]:
                yield BrokenInput(f"{layer}, {table}: {kind}", partial(_file, layer=layer, table=table, damage=damage))
    yield from _heads()
    yield from _folders()
    yield from _sheets()


def _standing(stand: Callable[[Path], object]) -> Damage:
    def put(path: Path) -> None:
        path.unlink(missing_ok=True)
        stand(path)

    return put


KINDS: dict[str, Damage] = {
    **{kind: partial(damaged, damage=damage) for kind, damage in DAMAGES.items()},
    **{kind: _standing(stand) for kind, stand in STANDING.items()},
}


def layered(folder: Path, layer: str, table: str, column: str | None = None, content: str = "") -> tuple[list[object], Path]:
    """The tiny case of which a table stands in this layer, with a content in a column of its first row; what asks for it, and the table's file there."""
    case = TinyCase()
    if column is not None:
        case.tables[table][1][with_column(case, table, column)] = content
    if table not in case.tables:
        case.tables[table] = [["id"], ["x"]]
    lines = case.tables[table]
    moved, kept = ([lines[0], *lines[1:2]], [lines[0], *lines[2:]]) if layer == "second file" else (lines, lines)
    case.tables[table] = moved
    text = case.text(table)
    case.tables[table] = kept
    if layer == "included":
        del case.tables[table]
        case.header += f"include: [{SHARED}]\n"
    written = case.write(folder / "tiny")
    file = {
        "included": written / SHARED / f"{table}.csv",
        "second file": written / f"{table}-2.csv",
        "overlay": written / OVERLAY / f"{table}.csv",
    }[layer]
    file = file.parent.resolve() / file.name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return ["check", written, *(["--with", "later"] if layer == "overlay" else [])], file


def _cell(folder: Path, layer: str, table: str, column: str, content: str) -> list[object]:
    return layered(folder, layer, table, column, content)[0]


def _file(folder: Path, layer: str, table: str, damage: Damage) -> list[object]:
    words, file = layered(folder, layer, table)
    damage(file)
    return words


def _heads() -> Iterator[BrokenInput]:
    """What an overlay sets of the header."""
    for key in (*OF_OVERLAYS, "id", "include", "nobody"):
        for content in SETTINGS:
            yield BrokenInput(f"{OVERLAY}/case.yaml {key}: {content[:12]!r}", partial(_head, text=f"{key}: {content}\n"))
    for kind, damage in KINDS.items():
        yield BrokenInput(f"{OVERLAY}/case.yaml: {kind}", partial(_head, text="decide_from: 2025\n", damage=damage))


def _head(folder: Path, text: str, damage: Damage | None = None) -> list[object]:
    words, file = layered(folder, "overlay", "targets")
    (file.parent / "case.yaml").write_text(text, encoding="utf-8")
    if damage is not None:
        damage(file.parent / "case.yaml")
    return words


def _folders() -> Iterator[BrokenInput]:
    """What may stand in the place of the included folder, of an overlay, or of all of them."""
    for layer, up in (("included", 1), ("overlay", 1), ("overlay", 2)):
        for kind, stand in {"nothing": lambda _: None, "file": Path.touch, **STANDING}.items():
            yield BrokenInput(f"the folder of {layer}, {up} up: {kind}", partial(_folder, layer=layer, up=up, stand=stand))


def _folder(folder: Path, layer: str, up: int, stand: Callable[[Path], object]) -> list[object]:
    words, file = layered(folder, layer, "targets")
    place = file.parents[up - 1]
    place.rename(folder / "away")
    stand(place)
    return words


def _sheets() -> Iterator[BrokenInput]:
    """Sheets of an overlay in a workbook, by titles that mean nothing, or twice the same."""
    for title in (
        "later+targets",
        "later+",
        "+targets",
        "later+nobody",
        "LATER+targets",
        "later + targets",
        "later+later+targets",
        "con+targets",
        "later+case",
    ):
        for again in ("", "later+targets", "later+目标"):
            for asked in ("later", "LATER", ""):
                yield BrokenInput(f"sheets {title}, {again}: --with {asked}", partial(_sheet, titles=(title, again), asked=asked))


def _sheet(folder: Path, titles: tuple[str, str], asked: str) -> list[object]:
    case, path = TinyCase(), folder / "book.xlsx"
    as_workbook(case, path)
    book = openpyxl.load_workbook(path)
    for title in (one for one in titles if one and one not in book.sheetnames):
        sheet = book.create_sheet(title)
        for line in case.tables["targets"]:
            sheet.append(line)
    book.save(path)
    return ["check", path, *(["--with", asked] if asked else [])]
