"""What the title of a worksheet means: the head of a case, a table, either of an overlay, or a sheet that is there to be read by people."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from model.case.tables.headings import compared
from model.case.tables.rows import TABLES

FRONT = ("case", "案例")
INDEX, LISTS = ("index", "目录"), ("lists", "可选项")  # of a template: nothing of the case stands there
OF_OVERLAY = "+"  # OVERLAY+TABLE
most_letters = 31  # of a title
NOT_IN_A_TITLE = frozenset("[]:*?/\\'")
MOST_BYTES_LISTING = 2_000_000


@dataclass(frozen=True)
class Title:
    """What a worksheet is; `origin` is the file of a folder that its rows are of, unless they say otherwise."""

    kind: Literal["front", "table", "aside", "unknown"]
    table: str = ""
    overlay: str = ""
    origin: str = ""


@cache
def _tables() -> dict[str, str]:
    named = {compared(label): table for table, model in TABLES.items() for label in model.labels}
    return {**named, **{table: table for table in TABLES}}


def table_of(stem: str) -> str | None:
    """The table a file or worksheet belongs to: `measures`, `measures-power` and 措施 are all measures."""
    return _tables().get(compared(stem.split("-", 1)[0]))


def meaning_of(title: str) -> Title:
    """What the worksheet of this title is.

    >>> meaning_of("措施").table, meaning_of("fyp15+目标"), meaning_of("目录").kind, meaning_of("Sheet1").kind
    ('measures', Title(kind='table', table='targets', overlay='fyp15', origin='targets'), 'aside', 'unknown')
    """
    overlay, _, name = title.strip().rpartition(OF_OVERLAY)
    if compared(name) in FRONT:
        return Title("front", overlay=overlay)
    if not overlay and compared(name) in (*INDEX, *LISTS):
        return Title("aside")
    table = table_of(name)
    if table is None:
        return Title("unknown", overlay=overlay)
    _, mark, part = name.partition("-")
    return Title("table", table, overlay, f"{table}{mark}{part}".strip())


def overlays_among(titles: Iterable[str]) -> tuple[str, ...]:
    """The overlays that have a head or a table among the worksheets of these titles, by name."""
    found = (meaning_of(title) for title in titles)
    return tuple(sorted({one.overlay for one in found if one.overlay and one.kind in ("front", "table")}))


def titles_in(path: Path) -> tuple[str, ...]:
    """The titles of a workbook's sheets, none of which is opened; none where it cannot be read, as reading it then says."""
    from defusedxml import ElementTree

    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo("xl/workbook.xml").file_size > MOST_BYTES_LISTING:
                return ()
            root = ElementTree.fromstring(packed.read("xl/workbook.xml"), forbid_dtd=True)
    except Exception:  # whatever zip and XML meet in a file that is broken
        return ()
    return tuple(one.attrib.get("name", "") for one in root.iter() if one.tag.rpartition("}")[2] == "sheet")
