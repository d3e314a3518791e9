"""Broken cells of the workbook that `template` makes: what a spreadsheet, and a hand that pastes, leave in a cell that no text file can hold."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from templates import book_of
from tiny_case import TinyCase
from xlsxwriter.utility import xl_col_to_name

from faults.broken_input import BrokenInput
from model.case.tables.rows import TABLES
from model.report.template.column_words import columns_in_order

# {what: the cell, without its address}; PERCENT, DAY and THOUSANDS are looks that are added to the workbook.
PERCENT, DAY, THOUSANDS = 9, 14, '0.0,"k"'
AMOUNTS: dict[str, str] = {
    "an error": 't="e"><v>#N/A</v>',
    "a formula": "><f>1+1</f>",
    "a formula of an error": 't="e"><f>1/0</f><v>#DIV/0!</v>',
    "a formula and its number": "><f>1+1</f><v>2</v>",
    "a formula and its text": 't="str"><f>"a"</f><v>a</v>',
    "yes": 't="b"><v>1</v>',
    "a day": 's="{day}"><v>47500</v>',
    "a day as text": 't="d"><v>2030-01-31</v>',
    "a share": 's="{percent}"><v>0.05</v>',
    "thousands": 's="{thousands}"><v>5000</v>',
    "no number": "><v>soon</v>",
    "endless": "><v>1e999</v>",
    "none": "><v>nan</v>",
    "large": "><v>1e300</v>",
    "below none": "><v>-1</v>",
    "many digits": f"><v>{'9' * 400}</v>",
    "a text that is not there": 't="s"><v>99999</v>',
    "a kind that is not there": 't="q"><v>1</v>',
}
TEXTS = ("", " ", "1,234", "1，234", "１２３４", "1 234", "12\u00a0", "12 ", "5万", "约5", "5%", "5％", "2030年", "二〇三〇", "1.234,5", "–", "#REF!", "x" * 40_000, "_x001b_[2J",
         "\u202ebc", "=1+1")  # fmt: skip
AMOUNTS |= {f"text {text[:12]!r}": f't="inlineStr"><is><t xml:space="preserve">{text}</t></is>' for text in TEXTS}
of_each = 4  # of so many contents one is tried in a column, the others in the columns beside it
# What may become of the sheet: the pattern in it, and what stands there then.
SHEETS: dict[str, tuple[str, str]] = {
    "headings joined": ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
    "cells joined": ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>'),
    "a row hidden": ('<row r="2"', '<row hidden="1" r="2"'),
    "a column hidden": ('<col min="1"', '<col hidden="1" min="1"'),
    "a row twice": ('<row r="2"', '<row r="2"/><row r="2"'),
    "a row far below": ("</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
    "a cell far to the right": ("</sheetData>", '<row r="500"><c r="XFD500"><v>1</v></c></row></sheetData>'),
    "a remark below": ("</sheetData>", '<row r="600"><c r="A600" t="inlineStr"><is><t>see above</t></is></c></row></sheetData>'),
    "no headings": ('<row r="1".*?</row>', ""),
    "no cells": ("<sheetData>.*</sheetData>", ""),
    "half of it": ("</c>.*", ""),
}
_home = TemporaryDirectory()  # for as long as the tests run


@cache
def parts_of(language: str) -> Mapping[str, bytes]:
    """The template of the tiny case by its parts, with three looks more."""
    folder = Path(_home.name) / language
    book = book_of(TinyCase().write(folder / "tiny"), folder / "plain.xlsx", language)
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    looks = parts["xl/styles.xml"].decode()
    more = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for number in (9, 14, 199)
    )
    looks = looks.replace("</cellXfs>", more + "</cellXfs>")
    own = f'<numFmt numFmtId="199" formatCode="{THOUSANDS.replace(chr(34), "&quot;")}"/>'
    if "<numFmts" in looks:
        looks = looks.replace("</numFmts>", own + "</numFmts>")
    else:
        looks = re.sub(r"(<styleSheet[^>]*>)", rf'\1<numFmts count="1">{own}</numFmts>', looks)
    return {**parts, "xl/styles.xml": looks.encode()}


@cache
def looks_before(language: str) -> int:
    """How many looks the template has of its own: the number of the first that was added."""
    looks = parts_of(language)["xl/styles.xml"].decode()
    return len(re.findall(r"<xf ", looks.split("<cellXfs")[1].split("</cellXfs>")[0])) - 3


def sheet_of(table: str) -> str:
    """The part of a table's sheet: behind the index and the head, as the tables come."""
    return f"xl/worksheets/sheet{3 + list(TABLES).index(table)}.xml"


def in_sheets() -> Iterator[BrokenInput]:
    for table in TABLES:
        for at, column in enumerate(columns_in_order(table)):
            for name, cell in list(AMOUNTS.items())[at % of_each :: of_each]:
                yield BrokenInput(f"{table}.{column}: {name}", partial(_cell, table=table, column=column, cell=cell))
        for name, (old, new) in SHEETS.items():
            yield BrokenInput(f"{table}: {name}", partial(_sheet, table=table, old=old, new=new))


def _cell(folder: Path, table: str, column: str, cell: str) -> list[object]:
    first = looks_before("zh")
    address = f"{xl_col_to_name(columns_in_order(table).index(column))}2"
    told = (
        f'<c r="{address}" '
        + cell.replace("{percent}", f"{first}").replace("{day}", f"{first + 1}").replace("{thousands}", f"{first + 2}")
        + "</c>"
    )
    content = parts_of("zh")[sheet_of(table)].decode()
    return _book(folder, sheet_of(table), with_cell(content, address, told))


def with_cell(content: str, address: str, told: str) -> str:
    """The sheet with this cell in the place of its own, or added to its row."""
    made, count = re.subn(rf'<c r="{address}"[^>]*?(/>|>.*?</c>)', lambda _: told, content, count=1)
    if count:
        return made
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    row = re.search(rf'<row r="{number}"[^>]*>(.*?)</row>', content)
    if row is None:
        return content.replace("</sheetData>", f'<row r="{number}">{told}</row></sheetData>')
    cells = re.findall(r"<c [^>]*?/>|<c .*?</c>", row[1])
    at = sum(_place(one) < _place(told) for one in cells)
    return content[: row.start(1)] + "".join([*cells[:at], told, *cells[at:]]) + content[row.end(1) :]


def _place(cell: str) -> tuple[int, str]:
    found = re.search(r'r="([A-Z]+)', cell)
    assert found is not None
    return len(found[1]), found[1]


def _sheet(folder: Path, table: str, old: str, new: str) -> list[object]:
    content = parts_of("zh")[sheet_of(table)].decode()
    return _book(folder, sheet_of(table), reshaped(content, old, new))


def reshaped(content: str, old: str, new: str) -> str:
    """The sheet with what fits the pattern, if anything does, as it stands then."""
    return re.sub(old, lambda _: new, content, count=1, flags=re.DOTALL)


def _book(folder: Path, part: str, content: str) -> list[object]:
    with zipfile.ZipFile(folder / "book.xlsx", "w") as packed:
        for name, raw in parts_of("zh").items():
            packed.writestr(name, content if name == part else raw)
    return ["check", folder / "book.xlsx"]
