"""Broken schedules that come back: every cell, heading and line of them with what it cannot have, and every part of the workbook damaged."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from faults.broken_books import in_book, sheet_called
from faults.broken_files import DAMAGES, STANDING, Damage, damaged
from faults.broken_input import BrokenInput
from faults.broken_sheets import of_each

CONTENTS = (
    "", " ", "-1", "~", "–", "0", "0.5", "99", "1e999", "1e13", "nan", "1_0", "１", "1,000", "1 000", "5%", "2 units", "=1+1", "#REF!", "co2", "build_coal", "2022", "2021–2023",
    "2026-02-30", "31.12.2022", "²", "x" * 40_000, "\u202etxt", "\x9b2J", "{0}", "%s", "GWh", "../..", "是",
)  # fmt: skip
# What is asked of it without anything being solved.
QUESTIONS = (("schedule",), ("schedule", "--hold", "all", "--past", "what-if"), ("actuals", "--until", "2023", "--out", "built"))
Lines = list[list[str]]


def in_schedules(run: Path, tables: Path) -> Iterator[BrokenInput]:
    """Of a run's schedule: `tables` holds it in CSV, `build-schedule.xlsx` in the run's folder as a workbook. What breaks its sheet of the run leaves it to
    that sheet which run is meant."""
    for file in (one for one in sorted(tables.iterdir()) if one.name != "notes.csv"):  # which nothing reads
        lines = _lines(file)
        for row, line in enumerate(lines):
            for column, stands in enumerate(line):
                for at, content in list(enumerate(CONTENTS))[(row + column) % of_each :: of_each]:
                    question = QUESTIONS[at % len(QUESTIONS)]
                    yield BrokenInput(
                        f"{question[0]}, {file.name} {row + 1}:{column + 1} {stands[:12]!r} = {content[:12]!r}",
                        partial(_cell, run=run, tables=tables, file=file.name, spot=(row, column), content=content, question=question),
                    )
            yield BrokenInput(
                f"{file.name}: row {row + 1} twice",
                partial(_rows, run=run, tables=tables, file=file.name, rows=(*range(row + 1), *range(row, len(lines)))),
            )
            yield BrokenInput(
                f"{file.name}: row {row + 1} gone",
                partial(_rows, run=run, tables=tables, file=file.name, rows=tuple(at for at in range(len(lines)) if at != row)),
            )
        for kind, damage in DAMAGES.items():
            for question in QUESTIONS:
                yield BrokenInput(
                    f"{question[0]}, {file.name}: {kind}",
                    partial(_damaged, run=run, tables=tables, file=file.name, damage=damage, question=question),
                )
        for kind in STANDING:
            yield BrokenInput(f"{file.name}: {kind}", partial(_standing, run=run, tables=tables, file=file.name, kind=kind))
    book = run / "build-schedule.xlsx"
    yield from in_book(
        book, sheet_called(book, "Build schedule"), ("C6", "D6", "F6", "G7", "H6", "L6", "F5", "A6"), partial(_of_book, run=run)
    )


def _lines(file: Path) -> Lines:
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))


def _asked(run: Path, edited: Path, question: Sequence[str], *, against: bool = True) -> list[object]:
    words: list[object] = [question[0], "toy", edited, *(("--against", run) if against else ()), *question[1:]]
    return [edited.parent / word if word == "built" else word for word in words]


def _of_book(at: int, edited: Path, run: Path) -> list[object]:
    return _asked(run, edited, QUESTIONS[at % len(QUESTIONS)])


def _copied(folder: Path, tables: Path) -> Path:
    return Path(shutil.copytree(tables, folder / "edited"))


def _with(path: Path, lines: Lines) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


def _cell(folder: Path, run: Path, tables: Path, file: str, spot: tuple[int, int], content: str, question: Sequence[str]) -> list[object]:
    edited = _copied(folder, tables)
    lines = _lines(edited / file)
    lines[spot[0]][spot[1]] = content
    _with(edited / file, lines)
    return _asked(run, edited, question, against=file != "run.csv")


def _rows(folder: Path, run: Path, tables: Path, file: str, rows: Sequence[int]) -> list[object]:
    edited = _copied(folder, tables)
    lines = _lines(edited / file)
    _with(edited / file, [lines[row] for row in rows])
    return _asked(run, edited / file, QUESTIONS[0])


def _damaged(folder: Path, run: Path, tables: Path, file: str, damage: Damage, question: Sequence[str]) -> list[object]:
    edited = _copied(folder, tables)
    damaged(edited / file, damage)
    return _asked(run, edited, question)


def _standing(folder: Path, run: Path, tables: Path, file: str, kind: str) -> list[object]:
    edited = _copied(folder, tables)
    (edited / file).unlink()
    STANDING[kind](edited / file)
    return _asked(run, edited / file, QUESTIONS[0])
