"""The sheet of a workbook that says which run wrote it and how that was asked, so that what comes back edited is held against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.report.tables import Table, table
from model.report.words import word
from model.results.origin import origin_pairs

RUN_TABLE = "run"


def run_table(manifest: Mapping[str, Any], language: str) -> Table:
    """One line a key; the keys stand beside in the column of ids, alike in every language."""
    rows = [{"item": word(f"origin_{key}", language), "value_text": text, "_id": key} for key, text in origin_pairs(manifest)]
    return table(word("title_run", language), ["item", "value_text"], rows, [word("note_run", language)])
