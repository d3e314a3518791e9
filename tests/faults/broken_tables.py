"""Broken tables and headers: every column of every table and every key of the header with contents that it cannot have, from the row models."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tiny_case import TinyCase, as_workbook

from faults.broken_input import BrokenInput
from model.case.read.header import Header
from model.case.tables.rows import TABLES

CELLS = (
    "", " ", "-1", "0", "1e14", "1e308", "1e999", "nan", "1_000", "２０３０", "2036", "9999", "-50%", "=1+1", "#REF!", "nobody", "CO2", "co2", "a" * 81,
    "x" * 2001, "\u202etxt", "\x9b2J", "{unit}", "%s", "a;b;;c", "'; DROP", "../..", "1,5", "0x10", "true", "是",
)  # fmt: skip
SETTINGS = (
    "", "null", "[]", "{}", "[1]", "{a: 1}", "-1", "0", "1e999", ".inf", ".nan", "2_021", "0x7E5", "02021", "9999", "99999999999", "9" * 5000, "2020-01-01",
    "true", "con", '"\\e[2J"', '"\\0"', '"\\u202e"', "[..]", "[.]", "[/etc]", "[../nothing]", "&a [x]", "*a", "!!python/name:os.system", "[" * 3000, "12:30", "{{}}",
)  # fmt: skip

FRONT = ("", "[1]", "-1", "1e999", "2_021", "9999", "con")  # of these in a worksheet too


def in_cells() -> Iterator[BrokenInput]:
    for table, model in TABLES.items():
        for column in model.model_fields:
            for content in CELLS:
                yield BrokenInput(f"{table}.{column} = {content[:12]!r}", partial(_cell, table=table, column=column, content=content))


def in_headings() -> Iterator[BrokenInput]:
    for table, model in TABLES.items():
        for column in model.model_fields:
            for name in ("", column.upper(), f"{column}s", column + "\u200f"):
                yield BrokenInput(f"{table}: {column} called {name!r}", partial(_heading, table=table, column=column, name=name))
        for raw in (b"", b"\n\n", b"\xff\xfe\x00", b'"', b"id\n" * 3, b"\x00" * 100, b"," * 200_000, b'a,"' + b"x" * 200_000):
            yield BrokenInput(f"{table}: {raw[:12]!r}", partial(_raw, table=table, raw=raw))


def in_headers() -> Iterator[BrokenInput]:
    for key in Header.model_fields:
        for content in SETTINGS:
            yield BrokenInput(f"case.yaml {key}: {content[:12]!r}", partial(_key, key=key, content=content))
            if content in FRONT:
                yield BrokenInput(f"worksheet case {key}: {content[:12]!r}", partial(_front, key=key, content=content))


def with_column(case: TinyCase, table: str, column: str) -> int:
    """Where the column stands; added where the tiny case has it not."""
    lines = case.tables.setdefault(table, [[name for name, field in TABLES[table].model_fields.items() if field.is_required()], []])
    if not lines[1]:
        lines[1] = ["x"] * len(lines[0])
    if column not in lines[0]:
        for number, line in enumerate(lines):
            line.append(column if number == 0 else "")
    return lines[0].index(column)


def _cell(folder: Path, table: str, column: str, content: str) -> list[object]:
    case = TinyCase()
    at = with_column(case, table, column)
    case.tables[table][1][at] = content
    return ["check", case.write(folder / "tiny")]


def _heading(folder: Path, table: str, column: str, name: str) -> list[object]:
    case = TinyCase()
    at = with_column(case, table, column)
    case.tables[table][0][at] = name
    return ["check", case.write(folder / "tiny")]


def _raw(folder: Path, table: str, raw: bytes) -> list[object]:
    written = TinyCase().write(folder / "tiny")
    (written / f"{table}.csv").write_bytes(raw)
    return ["check", written]


def _key(folder: Path, key: str, content: str) -> list[object]:
    case = TinyCase()
    kept = [line for line in case.header.splitlines() if not line.startswith(f"{key}:")]
    case.header = "\n".join([*kept, f"{key}: {content}"]) + "\n"
    return ["check", case.write(folder / "tiny")]


def _front(folder: Path, key: str, content: str) -> list[object]:
    plain = "".join(letter for letter in content if letter.isprintable())[:30_000]
    return ["check", as_workbook(TinyCase(), folder / "book.xlsx", header={key: plain})]
