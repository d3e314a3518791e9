"""What is said of a template that was written: where, how much, and which files are as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model.case.read.written import Written
from model.case.tables.rows import TABLES
from model.case.write.folder import Report
from model.report.layout import screen
from model.report.words import word


def book_record(path: Path, written: Written) -> dict[str, Any]:
    """Where the workbook is, and the rows of each table that has any, those of overlays under their names."""
    return {
        "written": str(path),
        "rows": {table: len(rows) for table, rows in written.tables.items() if rows},
        "overlays": {name: {table: len(rows) for table, rows in one.tables.items()} for name, one in written.overlays.items()},
    }


def book_text(path: Path, written: Written, language: str) -> str:
    """Where it is and how large, and which case it is by its id."""
    parts = [written, *written.overlays.values()]
    rows = sum(len(found) for part in parts for found in part.tables.values())
    sheets = 3 + len(TABLES) + sum(len(one.tables) + bool(one.head) for one in written.overlays.values())
    return screen([word("line_template", language).format(path=path, sheets=sheets, rows=rows), *_still_called(path, written, language)])


def _still_called(path: Path, written: Written, language: str) -> list[str]:
    """That what was written has the id of the case it was made from, where it is called otherwise."""
    own = str(written.head.get("id", ""))
    return [word("line_template_id", language).format(id=own, name=path.stem)] if own and own != path.stem else []


def folder_record(path: Path, report: Report) -> dict[str, Any]:
    """Where the folder is, the folder whose files it has byte for byte, and those that are written anew."""
    return {
        "written": str(path), "source": str(report.source) if report.source else None, "copied": report.copied, "anew": report.written,
    }  # fmt: skip


def folder_text(path: Path, written: Written, report: Report, language: str) -> str:
    """Where it is, then what was copied and what is new."""
    lines = [str(path)]
    if report.source is None:
        lines.append(word("line_template_no_source", language).format(case=written.head.get("id", "-")))
    if report.copied:
        lines.append(word("line_template_copied", language).format(count=len(report.copied), source=report.source))
    if report.written:
        names = word("comma", language).join(report.written)
        lines.append(word("line_template_written", language).format(count=len(report.written), names=names))
    lines += _still_called(path, written, language)
    return screen(lines)
