"""A case as it is written: its head, and its tables as cells of text, each row with the file it is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.case.faults import CaseFaults, Fault, Place, by_place
from model.case.read.case import included_folder, is_workbook, key_of
from model.case.read.fields import column_faults, rows_of
from model.case.read.header import HEADER_FILE, Header, as_read, checked_header, given_in_pairs, header_of, in_worksheet, read_pairs
from model.case.read.overlays import OVERLAYS, head_of, outside_overlays, overlays_of, prefix_of, with_settings
from model.case.read.overlays import Head as OverlayHead
from model.case.read.parts import Part
from model.case.read.sheets import Sheet, read_folder
from model.case.read.workbook import read_workbook
from model.case.tables.rows import TABLES

OF_FILLING_IN = frozenset({"empty_table", "missing_column", "missing_key"})  # what is still to be filled in: nothing of it is lost


@dataclass(frozen=True)
class WrittenRow:
    """The cells of a row that hold anything, by column, and its file, without `.csv`: `numbers-power`."""

    origin: str
    cells: Mapping[str, str]


Tables = Mapping[str, tuple[WrittenRow, ...]]


@dataclass(frozen=True)
class Written:
    """A case or one of its overlays. `head` has the keys that are written, `tables` those that have a file or a sheet, also without rows.

    `included` are the tables of the folders that it includes, by their names there.
    """

    head: Mapping[str, Any]
    tables: Tables
    overlays: Mapping[str, Written] = field(default_factory=dict)
    included: Mapping[str, Tables] = field(default_factory=dict)


def read_written(case: Path, data: Sequence[Path] = (), *, whole: bool = False) -> Written:
    """All that stands in a case's folder or workbook; with `whole` what it includes is its own, in files called after the folder they come from.

    Raises CaseFaults where anything could not be read, and so would be lost; what means nothing, or is missing, stays as it is.
    """
    made, sheets, faults = (_of_workbook if is_workbook(case) else _of_folder)(case)
    asking = Place(f"{case.name}!case" if is_workbook(case) else HEADER_FILE, None, "include")
    included: dict[str, Tables] = {}
    layers: list[tuple[str, Sequence[Sheet]]] = []
    for name in made.head.get("include", []):
        found = included_folder(case, name, data, place=asking)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        read, unread, _ = read_folder(found[1], f"{name.rstrip('/')}/")
        faults += unread
        included[found[0]] = tables_of(read)
        layers.append((found[0].rpartition("/")[2], read))
    faults += [fault for _, read in layers for sheet in read for fault in column_faults(sheet)]
    lost = [fault for fault in faults if fault.code not in OF_FILLING_IN]
    if lost:
        raise CaseFaults(sorted(lost, key=by_place))
    if not whole:
        return Written(made.head, made.tables, made.overlays, included)
    alone = {key: value for key, value in made.head.items() if key != "include"}
    return Written(alone, _joined([*layers, ("", sheets)]), made.overlays)


def tables_of(sheets: Iterable[Sheet]) -> Tables:
    """The rows of sheets by table, in their order."""
    found: dict[str, list[WrittenRow]] = {}
    for sheet in sheets:
        found.setdefault(sheet.table, []).extend(_rows(sheet))
    return {table: tuple(found[table]) for table in TABLES if table in found}


def _rows(sheet: Sheet) -> Iterable[WrittenRow]:
    stem = sheet.file.rpartition("/")[2].rpartition(".")[0]
    for place, (_, cells) in enumerate(sheet.rows):
        filled = {name: text for name, text in zip(sheet.columns, cells) if name and text}
        yield WrittenRow(sheet.origins[place] if sheet.origins else stem, filled)


def _joined(layers: Sequence[tuple[str, Sequence[Sheet]]]) -> Tables:
    """Rows of included folders and the case's own, each in the place that it has when the case is read; own ones replace those of the same key."""
    found: dict[str, dict[Any, WrittenRow]] = {}
    for name, sheets in layers:
        for sheet in sheets:
            into = found.setdefault(sheet.table, {})
            for placed, row in zip(rows_of(sheet)[0], _rows(sheet), strict=True):
                _, mark, rest = row.origin.partition("-")
                origin = f"{sheet.table}-{name}{mark}{rest}" if name else row.origin
                into[key_of(placed.row)] = WrittenRow(origin, row.cells)
    return {table: tuple(found[table].values()) for table in TABLES if table in found}


Found = tuple[Written, Sequence[Sheet], list[Fault]]


def _of_folder(folder: Path) -> Found:
    sheets, faults, _ = read_folder(folder, "")
    path = header_of(folder) or folder / "case.yaml"
    given, lines, found = read_pairs(path, path.name)
    header, unfit = checked_header(given, path.name, lines=lines) if not found else (None, found)
    faults += [*unfit, *outside_overlays(folder), *(fault for sheet in sheets for fault in column_faults(sheet))]
    overlays = {}
    for name in overlays_of(folder):
        laid, lost, _ = read_folder(folder / OVERLAYS / name, prefix_of(name))
        head, told = head_of(name, folder / OVERLAYS / name)
        overlays[name], more = _overlay(header, name, head, laid)
        faults += [*lost, *told, *more]
    return Written(_as_read(given), tables_of(sheets), overlays), sheets, faults


def _of_workbook(book: Path) -> Found:
    names = overlays_of(book)
    parts = read_workbook(book, names)
    own = parts[""]
    given: dict[str, Any] = {}
    header, faults = None, [*own.faults, *(fault for sheet in own.sheets for fault in column_faults(sheet))]
    if own.front is not None:
        given, lines, found = given_in_pairs(own.front.pairs, own.front.file)
        header, unfit = checked_header(given, own.front.file, lines=lines)
        faults += [*found, *map(in_worksheet, unfit)]
    overlays = {}
    for name in names:
        part, head = parts.get(name, Part()), None
        if part.front is not None:
            told, lines, found = given_in_pairs(part.front.pairs, part.front.file)
            head, faults = OverlayHead(part.front.file, told, lines, worksheet=True), [*faults, *found]
        overlays[name], more = _overlay(header, name, head, part.sheets)
        faults += [*part.faults, *more]
    return Written(_as_read(given), tables_of(own.sheets), overlays), own.sheets, faults


def _overlay(header: Header | None, name: str, head: OverlayHead | None, sheets: Sequence[Sheet]) -> tuple[Written, list[Fault]]:
    faults = [fault for sheet in sheets for fault in column_faults(sheet)]
    if header is not None:
        faults += with_settings(header, {name: head})[1]
    return Written(_as_read(head.told if head else {}), tables_of(sheets)), faults


def _as_read(given: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a head with values as a head has them; what does not fit is told as a fault."""
    known = {}
    for key, value in given.items():
        try:
            known[key] = as_read(key, value)
        except (KeyError, ValueError):
            continue
    return known
