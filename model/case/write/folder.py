"""A case written as a folder: each row in the file it is of, a file whose cells are unchanged as it was, byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from model.case.read.files import decoded, tables_in
from model.case.read.header import HEADER_FILE, header_of, headers_in, read_pairs
from model.case.read.overlays import OVERLAYS
from model.case.read.sheet_names import table_of
from model.case.read.sheets import Sheet, read_csv
from model.case.read.written import Written, WrittenRow, tables_of
from model.case.tables.rows import TABLES
from model.case.write.cells import canonical, same_row


@dataclass
class Report:
    """The files of the new folder: those that are as they were in `source`, and those that are written anew; None where no source is found."""

    source: Path | None = None
    copied: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


def source_of(written: Written, places: Sequence[Path]) -> Path | None:
    """The folder that a workbook was made from, as far as its id tells: nothing is taken from it but files whose cells are the same."""
    wanted = written.head.get("id")
    for header in headers_in(places):
        if read_pairs(header, header.name)[0].get("id") == wanted:
            return header.parent
    return None


def write_folder(folder: Path, written: Written, source: Path | None) -> Report:
    """The tables and the head of a case and of its overlays into an empty folder."""
    report = Report(source)
    _write_part(folder, "", written, source, report)
    for name, overlay in written.overlays.items():
        inside = folder / OVERLAYS / name
        inside.mkdir(parents=True)
        _write_part(inside, f"{OVERLAYS}/{name}/", overlay, source / OVERLAYS / name if source else None, report)
    return report


def _write_part(folder: Path, prefix: str, written: Written, source: Path | None, report: Report) -> None:
    known = _files(source)
    wanted = _by_file(written)
    for name, (table, rows) in wanted.items():
        original = known.pop(name.casefold(), None)
        _write_table(folder, prefix, name, rows, table=table, original=original, report=report)
    for path, sheet in known.values():
        if not sheet.rows:  # a table that waits for its rows has no row that could say so
            _copy(path, folder, prefix, report)
    _write_head(folder, prefix, written.head, source, report)


def _files(source: Path | None) -> dict[str, tuple[Path, Sheet]]:
    """{name, in small letters: file and what stands in it} of the folder before."""
    found = {}
    for path in tables_in(source) if source is not None and source.is_dir() else ():
        table = table_of(path.stem)
        sheet = read_csv(path, path.name, table=table)[0] if table else None
        if sheet is not None:
            found[path.stem.casefold()] = (path, sheet)
    return found


def _by_file(written: Written) -> Mapping[str, tuple[str, list[WrittenRow]]]:
    """{file without .csv: its table and rows}; names that differ in capitals alone are one file, as some systems have it."""
    found: dict[str, tuple[str, list[WrittenRow]]] = {}
    spelled: dict[str, str] = {}
    for table, rows in written.tables.items():
        for row in rows:
            name = spelled.setdefault(row.origin.casefold(), row.origin)
            found.setdefault(name, (table, []))[1].append(row)
    return found


def _write_table(
    folder: Path, prefix: str, name: str, rows: Sequence[WrittenRow], *, table: str, original: tuple[Path, Sheet] | None, report: Report
) -> None:  # fmt: skip
    before = list(tables_of([original[1]])[table]) if original else []
    if original and len(before) == len(rows) and all(map(same_row, [table] * len(rows), before, rows)):
        _copy(original[0], folder, prefix, report)
        return
    columns = _columns(table, rows, original[1].columns if original else ())
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(canonical(row, columns) for row in rows)
    marked = original is not None and _is_marked(original[0])
    (folder / f"{name}.csv").write_bytes((codecs.BOM_UTF8 if marked else b"") + made.getvalue().encode("utf-8"))
    report.written.append(f"{prefix}{name}.csv")


def _columns(table: str, rows: Iterable[WrittenRow], before: Sequence[str]) -> tuple[str, ...]:
    """The columns of the file before and, in the order of the table, those that rows fill or need."""
    fields = TABLES[table].model_fields
    filled = {name for row in rows for name in row.cells}
    kept = [name for name in before if name in fields]
    return (*kept, *(name for name, one in fields.items() if name not in kept and (name in filled or one.is_required())))


def _is_marked(path: Path) -> bool:
    """Whether a Chinese Excel would not open plain UTF-8 in its place: the file had a mark, or was in GBK."""
    raw = path.read_bytes()
    return raw.startswith(codecs.BOM_UTF8) or (decoded(raw) or "").encode("utf-8") != raw


def _copy(path: Path, folder: Path, prefix: str, report: Report) -> None:
    (folder / path.name).write_bytes(path.read_bytes())
    report.copied.append(f"{prefix}{path.name}")


def _write_head(folder: Path, prefix: str, head: Mapping[str, Any], source: Path | None, report: Report) -> None:
    path = header_of(source) if source is not None and source.is_dir() else None
    if path is not None and read_pairs(path, path.name)[0] == head:
        _copy(path, folder, prefix, report)
    elif head:
        text = "".join(f"{key}: {_yaml(value)}\n" for key, value in head.items())
        (folder / HEADER_FILE).write_bytes(text.encode("utf-8"))
        report.written.append(f"{prefix}{HEADER_FILE}")


def _yaml(value: Any) -> str:
    """A value of the head on one line."""
    return (
        str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=float("inf")))
        .removesuffix("...\n")
        .strip()
    )
