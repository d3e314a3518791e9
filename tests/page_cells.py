"""What a page for a browser holds for its script, and whether its tables are a workbook's, cell by cell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from model.report.pages.page import Report


def data_of(text: str) -> dict[str, Any]:
    """What the page's script reads."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)


def same_as_workbook(told: dict[str, Any], report: Report, path: Path) -> None:
    """Each table of the page (`told`) stands in the workbook under its title, with all of its rows, each cell as the sheet has it."""
    sheets = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in openpyxl.load_workbook(path, data_only=True)]
    for name, found in told.items():
        title = report.tables[name].title
        block = next(rows[at + 1 :] for rows in sheets for at, row in enumerate(rows) if row and row[0] == title)
        heads = [str(cell) for cell in block[0] if cell is not None]
        assert found["heads"] == heads[: len(found["heads"])]
        for row, line in zip(found["rows"], block[1:]):
            for cell, own in zip(row, line):
                assert (own or "") == (cell or "") if isinstance(cell, str) or cell is None else own == pytest.approx(cell, rel=1e-9)
        assert len(found["rows"]) == len(report.tables[name].frame)
