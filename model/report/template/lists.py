"""The sheet of lists: every id, unit and quantity that may be chosen, those of included folders too, and where each list stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from model.case.read.written import Tables, Written
from model.case.tables.columns import Labelled
from model.case.tables.quantities import QUANTITIES, SETTINGS
from model.case.tables.rows import TABLES
from model.report.template.column_words import table_name
from model.report.template.plan import TableSheet
from model.report.words import in_data, of_both, word
from model.report.writers.styles import Styles

COMMON_UNITS = (
    "亿元", "万元", "亿元/GW", "CNY/kW", "GW", "万千瓦", "MW", "TWh", "亿千瓦时", "CNY/kWh", "Mtce", "万吨标准煤", "Mt", "万吨", "CNY/tce", "kha", "万亩", "%", "1", "yr", "h",
)  # fmt: skip
REFERABLE = tuple(table for table, model in TABLES.items() if issubclass(model, Labelled))
widths = (26, 30)


@dataclass(frozen=True)
class List:
    """Where a list stands, and the formula of a drop-down of it, without the blank end."""

    cells: str
    drop_down: str


@dataclass(frozen=True)
class _Entry:
    """A line of a list: a text, what it is called, and the cells that both are taken from, where they are the planner's own."""

    text: str
    label: str = ""
    cell: str = ""
    label_cell: str = ""


class Lists:
    """The lists of a template. A life-cycle: a list is written when it is first asked for."""

    def __init__(self, sheet: Worksheet, styles: Styles, written: Written, sheets: Sequence[TableSheet]) -> None:
        self._sheet, self._styles, self._written = sheet, styles, written
        self._own = {one.table: one for one in sheets if not one.overlay}
        self._column, self._filled_to = 0, 0
        self._made: dict[tuple[str, ...], List] = {}

    @property
    def filled(self) -> int:
        """The last row in which any list has a text, from 0."""
        return self._filled_to

    @property
    def across(self) -> int:
        """The last column of the lists, from 0."""
        return max(self._column - 2, 0)

    def ids(self, tables: tuple[str, ...]) -> List:
        """The ids of tables, ("any",) for all of them."""
        named = REFERABLE if tables == ("any",) else tables
        entries = [*self._known(named), *self._filled(named), *self._spare(named)]
        title = word("list_any", self._styles.language) if tables == ("any",) else "/".join(self._named(one) for one in named)
        return self._list(("ids", *tables), title, entries, labelled=len(named) == 1)

    def units(self) -> List:
        """The units that the case has, the most frequent first, and common ones; any other that converts is right as well."""
        used = Counter(row.cells["unit"] for tables in self._all() for rows in tables.values() for row in rows if "unit" in row.cells)
        names = dict.fromkeys([*(unit for unit, _ in used.most_common()), *COMMON_UNITS])
        return self._list(("units",), word("list_units", self._styles.language), [_Entry(name) for name in names])

    def quantities(self) -> List:
        """What may be told in the table of numbers, each with its meaning and of what."""
        said: dict[str, list[str]] = {}
        for table, known in QUANTITIES.items():
            for name, one in known.items():
                said.setdefault(name, []).append(f"{self._named(table)}: {of_both(one.en, one.zh, self._styles.language)}")
        entries = [_Entry(name, "; ".join(dict.fromkeys(told))) for name, told in said.items()]
        return self._list(("quantities",), word("list_quantities", self._styles.language), entries, labelled=True)

    def settings(self) -> List:
        """The settings there are, each with its meaning."""
        entries = [_Entry(name, of_both(one.en, one.zh, self._styles.language)) for name, one in SETTINGS.items()]
        return self._list(("settings",), word("list_settings", self._styles.language), entries, labelled=True)

    def _named(self, table: str) -> str:
        return table_name(table, self._styles.language)

    def _all(self) -> Iterator[Tables]:
        yield from (self._written.tables, *self._written.included.values(), *(one.tables for one in self._written.overlays.values()))

    def _known(self, tables: Iterable[str]) -> Iterator[_Entry]:
        """Ids of included folders and of overlays, and the general indicators that variants stand for."""
        label, seen = in_data("label", self._styles.language), set[str]()
        others = [*self._written.included.values(), *(one.tables for one in self._written.overlays.values())]
        for table in tables:
            for row in (row for found in others for row in found.get(table, ())):
                name = row.cells.get(_id_column(table), "")
                if name and name not in seen:
                    seen.add(name)
                    yield _Entry(name, row.cells.get(label, ""))
            for row in (row for found in self._all() for row in found.get(table, ()) if table == "indicators"):
                name = row.cells.get("stands_for", "")
                if name and name not in seen:
                    seen.add(name)
                    yield _Entry(name, row.cells.get(label, ""))

    def _filled(self, tables: Iterable[str]) -> Iterator[_Entry]:
        label = in_data("label", self._styles.language)
        for sheet in (self._own[table] for table in tables):
            if sheet.table not in REFERABLE:  # several rows of one name
                yield from map(_Entry, dict.fromkeys(row.cells.get(_id_column(sheet.table), "") for row in sheet.rows))
                continue
            for place, row in enumerate(sheet.rows, start=2):
                yield self._from(sheet, place, row.cells.get("id", ""), row.cells.get(label, ""))

    def _spare(self, tables: Iterable[str]) -> Iterator[_Entry]:
        for sheet in (self._own[table] for table in tables):
            yield from (self._from(sheet, place, "", "") for place in range(2 + len(sheet.rows), sheet.last + 1))

    def _from(self, sheet: TableSheet, row: int, text: str, label: str) -> _Entry:
        columns = (_id_column(sheet.table), in_data("label", self._styles.language))
        cells = [f"'{sheet.title}'!{sheet.cell(column, row)}" for column in columns if column in sheet.columns]
        return _Entry(text, label, cells[0], cells[1] if label else "")

    def _list(self, key: tuple[str, ...], title: str, entries: Sequence[_Entry], *, labelled: bool = False) -> List:
        if key not in self._made:
            self._made[key] = self._written_down(title, entries, labelled=labelled)
        return self._made[key]

    def _written_down(self, title: str, entries: Sequence[_Entry], *, labelled: bool) -> List:
        sheet, first, plain = self._sheet, self._column, self._styles.get()
        for place in range(2 if labelled else 1):
            sheet.set_column(first + place, first + place, widths[place])
        bold = self._styles.get(bold=True, font_color="#FFFFFF", bg_color="#7F7F7F", text_wrap=True)
        sheet.write_string(0, first, title, bold)
        if labelled:
            sheet.write_string(0, first + 1, "", bold)
        for row, entry in enumerate(entries, start=1):
            _write(sheet, row, first, entry.text, entry.cell, plain)
            self._filled_to = max(self._filled_to, row if entry.text else 0)
            if labelled and entry.label:
                _write(sheet, row, first + 1, entry.label, entry.label_cell, plain)
        self._column += 3 if labelled else 2
        letter, last = xl_col_to_name(first), max(len(entries), 1) + 1
        name = f"'{sheet.get_name()}'"
        cells = f"{name}!${letter}$2:${letter}${last}"
        return List(cells, f'=OFFSET({name}!${letter}$2,0,0,MAX(1,COUNTIF({cells},"?*")),1)')


def _id_column(table: str) -> str:
    return "id" if table in REFERABLE else TABLES[table].key[0]


def _write(sheet: Worksheet, row: int, column: int, text: str, cell: str, style: object) -> None:
    if cell:
        sheet.write_formula(row, column, f'=IF(LEN({cell})=0,"",{cell})', style, text)
    else:
        sheet.write_string(row, column, text, style)
