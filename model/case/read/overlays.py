"""The overlays of a case: folders of tables that are laid over its own, by name, and what of its header they set otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.case.faults import CodedError, Fault, Place, clipped, nearest
from model.case.read.header import (
    HEADER_FILE,
    Header,
    as_read,
    bad_setting,
    first_decisions,
    fits,
    header_of,
    in_worksheet,
    read_pairs,
)
from model.case.read.links import resolved
from model.case.read.sheet_names import meaning_of, overlays_among, titles_in
from model.case.tables.rows import TABLES

OVERLAYS = "overlays"
READ = frozenset({".csv", ".yaml", ".yml"})
SETTINGS = ("variants", "days", "decide_from", "history", "span_rule", "payments")


@dataclass(frozen=True)
class OverlayClash:
    """A row of a table, or a setting of the header, that several overlays give; the last of them counts."""

    table: str
    row: str
    overlays: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """A header as overlays set it: `given` are the settings that each of them sets, `variants` the places of those variants."""

    header: Header
    given: tuple[frozenset[str], ...] = ()
    variants: Mapping[str, Place] = field(default_factory=dict)


def overlays_of(folder: Path) -> tuple[str, ...]:
    """The names of a case's overlays: its folders in `overlays`, of which a link that leads out of the case is none, or a workbook's sheets OVERLAY+TABLE."""
    if folder.is_file():
        return overlays_among(titles_in(folder))
    home = resolved(folder) / OVERLAYS
    if not home.is_dir() or resolved(home) != home:
        return ()
    return tuple(sorted(path.name for path in home.iterdir() if path.is_dir() and resolved(path) == path and not path.name.startswith(".")))


def outside_overlays(folder: Path) -> list[Fault]:
    """Tables and headers that lie beside the overlays of a case, in none of them, where nothing reads them."""
    home = folder / OVERLAYS
    if not home.is_dir():
        return []
    stray = sorted(
        one.name for one in home.iterdir() if one.is_file() and one.suffix.casefold() in READ and not one.name.startswith((".", "~"))
    )
    return [Fault("outside_overlay", Place(f"{OVERLAYS}/{name}", None, None), clipped(name), f"{OVERLAYS}/NAME/{name}") for name in stray]


def overlay_folders(folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """{name: folder} of the overlays asked for, in that order; of a workbook, the workbook itself.

    Raises CodedError for a name that is none, or is asked for twice.
    """
    known = overlays_of(folder) if names else ()
    for place, name in enumerate(names):
        if name not in known:
            raise CodedError("no_overlay" if known else "no_overlays", name=clipped(name), known=list(known), nearest=nearest(name, known))
        if name in names[:place]:
            raise CodedError("overlay_twice", name=name)
    return {name: folder if folder.is_file() else folder / OVERLAYS / name for name in names}


def prefix_of(name: str) -> str:
    """What stands before the name of an overlay's file in faults."""
    return f"{OVERLAYS}/{name}/"


def of_overlay(file: str) -> bool:
    """Whether the file, or the worksheet, of a place is one of an overlay."""
    return bool(overlay_of(file))


def overlay_of(file: str) -> str:
    """The overlay whose file, or worksheet, that of a place is; nothing where it is the case's own.

    >>> overlay_of("overlays/fyp15/targets.csv"), overlay_of("targets.csv")
    ('fyp15', '')
    """
    if file.startswith(f"{OVERLAYS}/"):
        return file.split("/")[1]
    book, mark, title = file.rpartition("!")
    return meaning_of(title).overlay or "" if mark and book.casefold().endswith(".xlsx") else ""


@dataclass(frozen=True)
class Head:
    """The settings of an overlay as they are written, with the line of each, and how their file is called in faults."""

    file: str
    told: Mapping[str, Any]
    lines: Mapping[str, int]
    worksheet: bool = False


def head_of(name: str, folder: Path) -> tuple[Head | None, list[Fault]]:
    """What an overlay's folder sets of the header: None where it has no header."""
    path, file = header_of(folder), prefix_of(name) + HEADER_FILE
    if path is None:
        empty = not any(one.suffix.casefold() == ".csv" for one in folder.iterdir())
        return None, [Fault("missing_file", Place(prefix_of(name), None, None), "-", f"{HEADER_FILE}, *.csv")] if empty else []
    told, lines, faults = read_pairs(path, file)
    return Head(file, told, lines), faults


def with_settings(header: Header, heads: Mapping[str, Head | None]) -> tuple[Settings, list[Fault]]:
    """The header as the overlays set it, one after another, and the faults of what they say.

    Variants are set one by one; any other setting is replaced whole.
    """
    faults, given, variants = list[Fault](), list[frozenset[str]](), dict[str, Place]()
    for head in heads.values():
        if head is None:
            given.append(frozenset())
            continue
        settings, unfit = _settings(head)
        faults += unfit
        chosen = settings.get("variants", {})
        given.append(frozenset((settings.keys() - {"variants"}) | {f"variants.{generic}" for generic in chosen}))
        variants |= dict.fromkeys(chosen, Place(head.file, head.lines.get("variants"), "variants"))
        if settings.get("decide_from", 0) is None:
            settings["decide_from"] = None if header.base_year is None else header.base_year + 1
        elif "decide_from" in settings and header.base_year is not None and header.years:
            place = Place(head.file, head.lines["decide_from"], "decide_from")
            found = first_decisions(header, int(settings["decide_from"]), place)
            faults += map(in_worksheet, found) if head.worksheet else found
        header = header.model_copy(update={**settings, "variants": {**header.variants, **chosen}})
    return Settings(header, tuple(given), variants), faults


def _settings(head: Head) -> tuple[dict[str, Any], list[Fault]]:
    settings, faults = dict[str, Any](), list[Fault]()
    for key, value in head.told.items():
        place = Place(head.file, head.lines.get(key), clipped(key))
        if key not in SETTINGS:
            faults.append(Fault("unknown_key", place, clipped(key), ", ".join(SETTINGS), nearest(key, SETTINGS)))
        elif not fits(key, value):
            faults.append(bad_setting(key, value, place))
        else:
            settings[key] = as_read(key, value) if head.worksheet else value
    return settings, list(map(in_worksheet, faults)) if head.worksheet else faults


def clashes_of(
    names: Sequence[str], settings: Settings, keys: Sequence[Mapping[str, Sequence[tuple[object, ...]]]]
) -> tuple[OverlayClash, ...]:
    """The rows and settings that more than one overlay gives; `keys` are those of the rows of each overlay, by table."""
    givers: dict[tuple[str, str], list[str]] = {}
    for name, given, rows in zip(names, settings.given, keys, strict=True):
        for setting in sorted(given):
            givers.setdefault((HEADER_FILE, setting), []).append(name)
        for table in TABLES:
            for key in rows.get(table, ()):
                shown = " ".join(str(part) for part in key if part is not None)
                givers.setdefault((table, shown), []).append(name)
    return tuple(OverlayClash(table, row, tuple(who)) for (table, row), who in givers.items() if len(who) > 1)
