"""A case read from its folder or workbook, with the folders it includes and the overlays asked for, as typed rows that know their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from model.case.faults import CaseFaults, Fault, Place, by_place, clipped, nearest
from model.case.read.fields import Placed, lacks_key_column, rows_of
from model.case.read.handed_down import with_handed_down
from model.case.read.header import HEADER_FILE, Header, given_in_pairs, header_from_pairs, header_of, partial_header, read_header
from model.case.read.hourly_units import in_hourly_units
from model.case.read.links import leads_back, resolved
from model.case.read.overlays import (
    Head,
    OverlayClash,
    clashes_of,
    head_of,
    of_overlay,
    outside_overlays,
    overlay_folders,
    prefix_of,
    with_settings,
)
from model.case.read.parts import Front, Part
from model.case.read.price_years import in_own_prices
from model.case.read.sheets import Sheet, read_folder
from model.case.read.system_names import is_reserved
from model.case.tables.columns import Row
from model.case.tables.header_words import key_meant
from model.case.tables.rows import TABLES

__all__ = [
    "Case",
    "Header",
    "deciding_from",
    "included",
    "included_folder",
    "is_workbook",
    "key_of",
    "place_of_include",
    "read_case",
    "read_tables",
]

Key = tuple[object, ...]


@dataclass(frozen=True)
class Case:
    """One case. `tables` has every table with its rows (of its model in TABLES), empty where there is no file.

    `spots[table]` runs parallel to `tables[table]`; `places` finds a place by table and key. `header_file` is the
    file of the header in faults; `present` names the tables that have a file, `unread` those of which something
    could not be read at all, so that references to them cannot be judged. `includes` are the folders whose tables are
    read too, by their way from the folder in which the case lies; `overlays` those laid over the case, by name, in that order, `clashes`
    what several of them give, and `variant_places` where they set a variant. `unchanged` is the case as it was read, where it is a changed one,
    and `changes` what was changed in it since, in that order, so far as it can be told by the year.
    """

    folder: Path
    header: Header
    tables: Mapping[str, tuple[Any, ...]]
    places: Mapping[tuple[str, Key], Place]
    spots: Mapping[str, tuple[Place, ...]]
    header_file: str = HEADER_FILE
    unread: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    includes: Mapping[str, Path] = field(default_factory=dict)
    overlays: Mapping[str, Path] = field(default_factory=dict)
    clashes: tuple[OverlayClash, ...] = ()
    variant_places: Mapping[str, Place] = field(default_factory=dict)
    unchanged: Case | None = field(default=None, compare=False)
    changes: tuple[Any, ...] = field(default=(), compare=False)

    def placed(self, table: str) -> list[tuple[Any, Place]]:
        """The rows of a table, each with its place."""
        return list(zip(self.tables[table], self.spots[table], strict=True))


def deciding_from(case: Case, year: int | None) -> Case:
    """The case with another first year of decisions, where one is asked for."""
    return case if year is None else replace(case, header=case.header.model_copy(update={"decide_from": year}))


def key_of(row: Row) -> Key:
    """The cells that make a row unique in its table."""
    values = dict(row)
    return tuple(values[name] for name in row.key)


def included(place: Place) -> bool:
    """Whether a row stands in an included folder, and so may serve several cases with other years."""
    return "/" in place.file and not of_overlay(place.file)


def read_case(folder: Path, data: Sequence[Path] = (), overlays: Sequence[str] = ()) -> Case:
    """A case whose files, columns and cells are sound; `data` and `overlays` as in `read_tables`.

    Raises CaseFaults, with all faults at once, when a file cannot be read or a cell is not what its column asks for.
    """
    case, faults = read_tables(folder, data, overlays)
    if faults:
        raise CaseFaults(sorted(faults, key=by_place))
    return case


def read_tables(folder: Path, data: Sequence[Path] = (), overlays: Sequence[str] = ()) -> tuple[Case, list[Fault]]:
    """A case with all that is readable, and the faults, so that checks across rows can go on beside them.

    A folder that it includes and that is not beside it is looked for in the folders `data`. The `overlays` of these names are laid
    over it, each over those before it: a row with the key of one below takes its place whole, any other is added.

    Raises CodedError for a name that is no overlay of the case.
    """
    folder = Path(folder)
    laid = overlay_folders(folder, overlays)
    parts = _parts(folder, laid) if is_workbook(folder) else None
    header, sheets, faults, unread, header_file = _own(folder) if parts is None else _of_workbook(folder, parts[""])
    asking = place_of_include(parts[""].front if parts else None, header_file)
    layers: list[list[Sheet]] = []
    includes: dict[str, Path] = {}
    for name in header.include:
        wanted = included_folder(folder, name, data, place=asking)
        clash = None if isinstance(wanted, Fault) else _taken(wanted, header, folder, includes, place=asking)
        if isinstance(wanted, Fault) or clash is not None:
            faults += [one for one in (wanted, clash) if isinstance(one, Fault)]
            unread |= frozenset(TABLES)
            continue
        way, path = wanted
        includes[way] = path
        found_sheets, found, lost = read_folder(path, f"{name.rstrip('/')}/")
        layers.append(found_sheets)
        faults += found
        unread |= lost
    layers.append(sheets)
    heads: dict[str, Head | None] = {}
    for name, path in laid.items():
        heads[name], found_sheets, found, lost = _overlay(name, path) if parts is None else _overlay_sheets(parts.get(name, Part()))
        layers.append(found_sheets)
        faults += found
        unread |= lost
    settings, found = with_settings(header, heads)
    faults += [*found, *outside_overlays(folder)]
    rows: dict[str, dict[Key, Placed]] = {table: {} for table in TABLES}
    keys: list[dict[str, list[Key]]] = []
    for layer in layers:
        layer_rows, found, lost = _layer(layer)
        faults += found
        unread |= lost
        keys.append({table: list(own) for table, own in layer_rows.items()})
        for table, own in layer_rows.items():
            rows[table] |= own
    case = Case(
        folder=folder,
        header=settings.header,
        tables=in_own_prices(
            in_hourly_units(with_handed_down({table: tuple(one.row for one in found.values()) for table, found in rows.items()})),
            settings.header.price_year,
        ),
        places={(table, key): one.place for table, found in rows.items() for key, one in found.items()},
        spots={table: tuple(one.place for one in found.values()) for table, found in rows.items()},
        header_file=header_file,
        unread=unread,
        present=frozenset(sheet.table for layer in layers for sheet in layer),
        includes=includes,
        overlays=laid,
        clashes=clashes_of(tuple(laid), settings, keys[len(keys) - len(laid) :]),
        variant_places=settings.variants,
    )
    return case, faults


def _layer(sheets: Sequence[Sheet]) -> tuple[dict[str, dict[Key, Placed]], list[Fault], frozenset[str]]:
    """The rows of one folder by table and key, their faults, and the tables whose rows cannot be told apart."""
    rows: dict[str, dict[Key, Placed]] = {table: {} for table in TABLES}
    faults: list[Fault] = []
    for sheet in sheets:
        placed, found = rows_of(sheet)
        faults += found
        for one in placed:
            faults += _added(rows[sheet.table], one)
    return rows, faults, frozenset(sheet.table for sheet in sheets if lacks_key_column(sheet))


def is_workbook(folder: Path) -> bool:
    """Whether a case is one workbook, by its name."""
    return folder.suffix.casefold() == ".xlsx"


def _parts(book: Path, overlays: Mapping[str, Path]) -> Mapping[str, Part]:
    from model.case.read.workbook import read_workbook  # what reads workbooks loads long, and most cases are folders

    return read_workbook(book, tuple(overlays))


def _of_workbook(folder: Path, part: Part) -> tuple[Header, list[Sheet], list[Fault], frozenset[str], str]:
    """The head and the tables of a workbook itself."""
    if part.front is None:
        file = f"{folder.name}!case"
        faults = part.faults or [Fault("missing_file", Place(file, None, None), "-", "case")]
        return partial_header({}), part.sheets, faults, frozenset(TABLES), file
    header, found = header_from_pairs(part.front.pairs, part.front.file)
    return header, part.sheets, part.faults + found, frozenset(part.unread) | _lost(found), part.front.file


def _overlay(name: str, path: Path) -> tuple[Head | None, list[Sheet], list[Fault], frozenset[str]]:
    sheets, faults, lost = read_folder(path, prefix_of(name))
    head, found = head_of(name, path)
    return head, sheets, faults + found, lost


def _overlay_sheets(part: Part) -> tuple[Head | None, list[Sheet], list[Fault], frozenset[str]]:
    """An overlay of a workbook."""
    if part.front is None:
        return None, part.sheets, part.faults, frozenset(part.unread)
    told, lines, found = given_in_pairs(part.front.pairs, part.front.file)
    return Head(part.front.file, told, lines, worksheet=True), part.sheets, part.faults + found, frozenset(part.unread)


def _own(folder: Path) -> tuple[Header, list[Sheet], list[Fault], frozenset[str], str]:
    everything = frozenset(TABLES)
    if not folder.is_dir():
        place = Place(folder.name, None, None)
        return partial_header({}), [], [Fault("missing_file", place, "-", HEADER_FILE)], everything, HEADER_FILE
    path = header_of(folder) or folder / HEADER_FILE
    header, found = read_header(path)
    sheets, faults, unread = read_folder(folder, "")
    return header, sheets, found + faults, unread | _lost(found), path.name


def _lost(faults: list[Fault]) -> frozenset[str]:
    # Without a readable `include` nobody knows which rows there are.
    whole = any(fault.place.column in (None, "include") or fault.code == "yaml_duplicate_key" for fault in faults)
    return frozenset(TABLES) if whole else frozenset()


def place_of_include(front: Front | None, file: str) -> Place:
    """Where a case says what it includes: of a workbook the cell."""
    rows = [number for number, (key, _) in enumerate(front.pairs, start=1) if key_meant(key) == "include"] if front else []
    return Place(file, rows[0], "include", {"include": "B"}) if rows else Place(file, None, "include")


def included_folder(folder: Path, name: str, data: Sequence[Path], *, place: Place) -> tuple[str, Path] | Fault:
    """The way to an included folder from the one in which the case lies, and where it is: there, or in the first of `data` that has it."""
    home = resolved(folder).parent
    if leads_back(folder / name):
        return Fault("missing_file", place, "-", clipped(name))
    try:
        beside = resolved(resolved(folder).with_suffix("") / name)
        outside = Path(name).is_absolute() or home not in beside.parents
    except (OSError, ValueError):
        outside = True
    if outside:
        return Fault("include_outside", place, clipped(name), f"{home.name}/")
    way = beside.relative_to(home)
    for one in (home, *data):
        if (one / way).is_dir() and resolved(one) in (wanted := resolved(one / way)).parents:
            return way.as_posix(), wanted
    there = {path.name for one in (home, *data) if one.is_dir() for path in one.iterdir() if path.is_dir() and path != resolved(folder)}
    return Fault("missing_file", place, "-", clipped(name), nearest(name, tuple(f"../{one}" for one in sorted(there))))


def _taken(
    wanted: tuple[str, Path], header: Header, folder: Path, includes: Mapping[str, Path], *, place: Place
) -> Fault | None:  # fmt: skip
    """The fault of an included folder that would stand at the place of another beside the case in its run, or bears a name that Windows keeps."""
    way, path = wanted
    parts = [part.casefold() for part in way.split("/")]
    if odd := next((part for part in parts if is_reserved(part)), ""):
        return Fault("reserved_name", place, clipped(odd), "-")
    others = {header.id.casefold(): header.id, **{one.casefold(): one for one in includes}}
    if path == resolved(folder) or parts[0] == header.id.casefold() or "/".join(parts) in others:
        return Fault("include_clash", place, clipped(way), others.get("/".join(parts), header.id))
    return None


def _added(rows: dict[Key, Placed], one: Placed) -> list[Fault]:
    key = key_of(one.row)
    if any(part is None for part in _required_parts(one.row)):
        # A row without its own name is kept beside the others, and no other row can be its double.
        rows[(*key, one.place)] = one
        return []
    if key not in rows:
        rows[key] = one
        return []
    first = rows[key].place
    place = one.place.at(one.row.key[0])
    shown = ", ".join("-" if part is None else str(part) for part in key)
    return [Fault("duplicate_key", place, clipped(shown), f"{first.file}:{first.row}")]


def _required_parts(row: Row) -> Key:
    values = dict(row)
    return tuple(values[name] for name in row.key if type(row).model_fields[name].is_required())
