"""The first sheets of a template: what it is, which sheets a small case needs and how it is used, and the head of the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from xlsxwriter.worksheet import Worksheet

from model.case.read.header import Header
from model.case.read.overlays import SETTINGS
from model.case.read.written import Written
from model.case.tables.choices import choices_of
from model.case.tables.header_words import HEADER_WORDS, KEY_WORDS, VARIANTS
from model.case.tables.rows import REQUIRED, RUNNING, TABLES
from model.report.layout import width
from model.report.template.cells import PROTECTION, faulty, free, head, title, write
from model.report.template.plan import HeadSheet, TableSheet
from model.report.words import in_data, of_both, word
from model.report.writers.styles import Styles

MOSTLY = frozenset({"targets", "numbers", "coverage"})
WITH_RUNNING = frozenset({*RUNNING, "flows", "existing", "demands", "markets", "profiles", "profile_days", "accounts"})
hints = ("fill", "colours", "locked", "lists", "includes", "check", "solve", "folder")
key_width, value_width, across = 24, 60, 3


def need_of(table: str) -> str:
    """How much a case needs a table: always, mostly, as soon as anything runs, as wanted."""
    return "always" if table in REQUIRED else "mostly" if table in MOSTLY else "running" if table in WITH_RUNNING else "wanted"


def fill_index(worksheet: Worksheet, sheets: Sequence[TableSheet], heads: Sequence[HeadSheet], written: Written, styles: Styles) -> None:
    """What the workbook is, how it is used, and a line for each sheet."""
    language = styles.language
    label = str(written.head.get(in_data("label", language)) or word("template_no_name", language))
    worksheet.write_string(0, 0, word("template_title", language).format(label), title(styles))
    row = 2
    for hint in hints:
        worksheet.merge_range(
            row, 0, row, across, word(f"template_hint_{hint}", language), faulty(styles) if hint == "colours" else styles.get()
        )
        row += 1
    row += 1
    for place, name in enumerate(("sheet", "holds", "rows", "need")):
        worksheet.write_string(row, place, word(f"template_{name}", language), head(styles, needed=True))
    lines = [(one.title, word("template_head", language), "", "always" if not one.overlay else "overlay") for one in heads]
    for one in sheets:
        lines.append((one.title, _holds(one.table, language), str(len(one.rows)), "overlay" if one.overlay else need_of(one.table)))
    for name, holds, rows, need in lines:
        row += 1
        bold = need == "always"
        worksheet.write_url(row, 0, f"internal:'{name}'!A1", styles.get(font_color="#0563C1", underline=1, bold=bold), name)
        worksheet.write_string(row, 1, holds, styles.get(bold=bold))
        if rows:
            worksheet.write_number(row, 2, int(rows), styles.get(align="center"))
        worksheet.write_string(row, 3, word(f"template_need_{need}", language), styles.get(bold=bold))
    for place, wide in enumerate((28, 54, 10, 44)):
        worksheet.set_column(place, place, wide)
    worksheet.hide_gridlines(2)
    _for_print(worksheet)


def _holds(table: str, language: str) -> str:
    return of_both(*TABLES[table].labels, language)


def fill_head(worksheet: Worksheet, sheet: HeadSheet, styles: Styles) -> None:
    """A line for each key, its value beside it, and what it means in its comment."""
    language, row = styles.language, 0
    name = sheet.overlay or word("template_head", language)
    worksheet.write_string(row, 0, name, title(styles))
    for key in SETTINGS if sheet.overlay else KEY_WORDS:
        value = sheet.head.get(key)
        if key == "variants":
            for variant, choice in dict(value or {}).items():
                row += 1
                _line(worksheet, row, key, str(choice), styles, suffix=f".{variant}")
            continue
        row += 1
        text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        _line(worksheet, row, key, text, styles)
    worksheet.set_column(0, 0, key_width, free(styles))
    worksheet.set_column(1, 1, value_width, free(styles, text_wrap=True, align="left"))
    worksheet.set_row(0, 26)
    worksheet.protect("", PROTECTION)
    _for_print(worksheet)


def _line(worksheet: Worksheet, row: int, key: str, text: str, styles: Styles, *, suffix: str = "") -> None:
    language, field = styles.language, Header.model_fields[key]
    worksheet.write_string(row, 0, of_both(*KEY_WORDS[key], language) + suffix, head(styles, needed=field.is_required()))
    told = f"{of_both(*HEADER_WORDS[key], language)}\n{word('comment_column', language).format(VARIANTS + 'NAME' if suffix else key)}"
    default = field.get_default(call_default_factory=True)
    if not field.is_required() and default not in (None, [], {}):
        told += f"\n{word('comment_default', language).format(default)}"
    worksheet.write_comment(row, 0, told, {"width": 320, "height": 22 * (3 + width(told) // 50), "author": "measures"})
    whole = int in (field.annotation, *get_args(field.annotation))
    write(worksheet, row, 1, text, styles, number=whole, locked=key == "id" and bool(text), align="left")
    if words := choices_of(field.annotation):
        worksheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(words)})


def _for_print(worksheet: Worksheet) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&P / &N")
