"""Broken progress forms that come back: every cell of a row with what it cannot have, and every part of the workbook damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
from xlsxwriter.utility import xl_col_to_name

from faults.broken_books import in_book, sheet_called
from faults.broken_input import BrokenInput
from faults.broken_schedules import CONTENTS
from model.results.run import open_run
from model.study.schedule.track import write_form

END, FIRST = date(2022, 12, 31), "01"
# What is asked of it without anything being solved.
QUESTIONS = ((), ("--out", "built"), ("--date", "2023-06-30"))
STATES = ("finished", "under way", "not begun", "delayed", "已完成", "延期", "Finished ", "done")
of_each = 2


def in_forms(run: Path, book: Path) -> Iterator[BrokenInput]:
    """Of a run's form, which is written to `book`."""
    write_form(open_run(run), book, on=END, until=None, language="en")
    sheets = openpyxl.load_workbook(book).worksheets
    sheet = next(one for one in sheets if one.title.startswith(FIRST))
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Measure")
    columns = [xl_col_to_name(at) for at, cell in enumerate(sheet[heading]) if cell.value is not None]
    addresses = [f"{column}{row}" for column in columns for row in (heading, heading + 1)]
    asks = partial(_asked, run=run)
    yield from in_book(book, sheet_called(book, FIRST), addresses, asks)
    for at, column in enumerate(columns):
        for content in (*CONTENTS, *STATES)[at % of_each :: of_each]:
            for state in STATES[:4:3]:
                yield BrokenInput(
                    f"{column}{heading + 1} = {content[:12]!r}, {state}",
                    partial(
                        _filled,
                        run=run,
                        book=book,
                        title=sheet.title,
                        cells={f"{column}{heading + 1}": content},
                        state=(f"{columns[-6]}{heading + 1}", state),
                    ),
                )


def _asked(at: int, edited: Path, run: Path) -> list[object]:
    words: list[object] = ["track", "toy", edited, "--against", run, *QUESTIONS[at % len(QUESTIONS)]]
    return [edited.parent / word if word == "built" else word for word in words]


def _filled(folder: Path, run: Path, book: Path, title: str, cells: dict[str, str], state: tuple[str, str]) -> list[object]:
    made = openpyxl.load_workbook(book)
    made[title][state[0]] = state[1]
    for address, content in cells.items():
        made[title][address].value = "".join(letter for letter in content if letter.isprintable())[:30_000]
    made.save(folder / "edited.xlsx")
    return _asked(len(cells), folder / "edited.xlsx", run)
