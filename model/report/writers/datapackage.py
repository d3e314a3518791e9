"""What a folder of tables holds, for programs: a Frictionless data package with the type and the unit of every column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from model.report.pages.page import Report
from model.report.tables import Table
from model.report.words import word
from model.results.whole_file import whole_file

PACKAGE = "datapackage.json"
ENCODING = "utf-8-sig"  # Excel needs the mark
UNIT = "unit"


def write_package(folder: Path, report: Report, resources: Sequence[Mapping[str, Any]]) -> None:
    """The description of all tables of a report, last of all and whole or not at all."""
    told = {
        "profile": "tabular-data-package", "name": "measures", "title": report.title, "description": report.subject,
        "sources": [{"title": text} for text in (f"measures {version('measures')}", report.version) if text],
        "resources": list(resources),
    }  # fmt: skip
    with whole_file(folder / PACKAGE) as partial:
        partial.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def described_table(path: Path, part: Table, heads: Sequence[Any], rows: Sequence[Sequence[Any]], language: str) -> dict[str, Any]:
    """A file that has been written: where it is, what it is, and its columns."""
    raw = path.read_bytes()
    fields = [_field(part, place, str(head), rows, language) for place, head in enumerate(heads)]
    return {
        "name": path.stem, "path": path.name, "profile": "tabular-data-resource", "title": part.title,
        "description": "\n".join((*part.warnings, *part.notes)), "format": "csv", "mediatype": "text/csv", "encoding": ENCODING,
        "bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip


def _field(part: Table, place: int, head: str, rows: Sequence[Sequence[Any]], language: str) -> dict[str, str]:
    """A column with its type, which all of its cells have, and of numbers the unit."""
    kind = _kind([row[place] for row in rows])
    told = {"name": head, "type": kind}
    if kind in ("number", "integer") and UNIT in part.columns and len({row[part.columns.index(UNIT)] for row in rows}) > 0:
        units = sorted({str(row[part.columns.index(UNIT)]) for row in rows if row[place] != ""})
        told["description"] = word("field_unit" if len(units) == 1 else "field_units", language).format(*units[:1])
    return told


def _kind(values: Sequence[Any]) -> str:
    found = [value for value in values if value != ""]
    if not found or any(isinstance(value, str) for value in found):
        return "string"
    return "integer" if all(isinstance(value, int) for value in found) else "number"
