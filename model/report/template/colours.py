"""What a template shows at once: rules that colour a cell that is missing, no number, unknown or there twice, and drop-downs of what may be chosen."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.case.read.fields import needed_columns
from model.case.tables.choices import choices
from model.case.tables.columns import first_year, last_year
from model.case.tables.headings import ORIGIN
from model.case.tables.rows import TABLES
from model.case.write.cells import holds_number
from model.report.template.column_words import refers, takes_several
from model.report.template.lists import List, Lists
from model.report.template.plan import TableSheet
from model.report.words import of_both

YEARS = frozenset({"year", "base_year", "price_year", "since", "until", "earliest", "latest", "start", "finish"})


def watch(worksheet: Worksheet, sheet: TableSheet, lists: Lists, faulty: Format, language: str) -> None:
    """Rules and drop-downs on all columns of a sheet, from its first row to the last that is watched."""
    for column in sheet.columns:
        place = sheet.columns.index(column)
        area = (1, place, sheet.last - 1, place)
        for rule in _rules(sheet, column, lists):
            worksheet.conditional_format(*area, {"type": "formula", "criteria": f"={rule}", "format": faulty})
        chosen = _drop_down(sheet, column, lists, language)
        if chosen is not None:
            worksheet.data_validation(*area, {"validate": "list", **chosen})


def _listed(sheet: TableSheet, column: str, lists: Lists) -> List | None:
    if column == ORIGIN[0]:
        return None
    if targets := refers(sheet.table, column):
        return lists.ids(targets)
    if (sheet.table, column) == ("numbers", "quantity"):
        return lists.quantities()
    return lists.settings() if (sheet.table, column) == ("settings", "id") else None


def _rules(sheet: TableSheet, column: str, lists: Lists) -> Iterator[str]:
    cell, table = sheet.cell(column), sheet.table
    if column == ORIGIN[0]:
        return
    filled = f"LEN({cell})>0"
    if column in needed_columns(table):
        yield f"AND(LEN({cell})=0,COUNTA(${sheet.letter(sheet.columns[0])}2:${sheet.letter(sheet.columns[-1])}2)>0)"
    if holds_number(table, column):
        whole = f",VALUE({cell})<{first_year},VALUE({cell})>{last_year},VALUE({cell})<>INT(VALUE({cell}))" if column in YEARS else ""
        yield f"IF(LEN({cell})=0,FALSE,IF(ISERROR(VALUE({cell})),TRUE,OR(FALSE{whole})))"
    if column in ("low", "high") and "value" in sheet.columns:
        value = sheet.cell("value")
        yield f"AND(ISNUMBER({cell}),ISNUMBER({value}),{cell}{'>' if column == 'low' else '<'}{value})"
    if column == "id":
        yield f'AND({filled},OR(NOT(EXACT({cell},LOWER({cell}))),ISNUMBER(FIND(" ",{cell}))))'
    if found := _listed(sheet, column, lists):
        alone = f'ISERROR(FIND(";",{cell}))' if takes_several(table, column) else "TRUE"
        yield f"AND({filled},{alone},ISNA(MATCH({cell},{found.cells},0)))"
    if known := choices(table, column):
        words = dict.fromkeys(text for pair in known.values() for text in pair)
        known_words = ",".join(f'{cell}="{text}"' for text in words)
        yield f"AND({filled},NOT(OR({known_words})))"
    if column == TABLES[table].key[0]:
        same = ",".join(f'{sheet.range(key)},{sheet.cell(key)}&""' for key in TABLES[table].key)
        yield f"AND({filled},COUNTIFS({same})>1)"


def _drop_down(sheet: TableSheet, column: str, lists: Lists, language: str) -> dict[str, object] | None:
    if column == ORIGIN[0]:
        files = sorted({row.origin for row in sheet.rows})
        return {"source": files, "show_error": False} if len(",".join(files)) <= 255 else None
    if column == "unit" or column.endswith("_unit"):
        return {"source": lists.units().drop_down, "show_error": False}
    if known := choices(sheet.table, column):
        return {"source": [of_both(*pair, language) for pair in known.values()], "error_type": "warning"}
    found = _listed(sheet, column, lists)
    if found is None:
        return None
    return {"source": found.drop_down, **({"show_error": False} if takes_several(sheet.table, column) else {"error_type": "warning"})}
