"""The cells of a sheet as rows of its table, each cell checked alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import SchemaError

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.sheets import MOST_KEPT, Sheet, odd_text
from model.case.tables.choices import choices_of
from model.case.tables.columns import Quantified, Row
from model.case.tables.rows import TABLES
from model.case.units.digits import ENDLESS, is_apart
from model.case.units.number_text import of_hundred, plain_number

AWAITING = ("targets",)  # tables whose number may wait to be told by others


@dataclass(frozen=True)
class Placed:
    """A row and where it stands.

    Of a row with faults, cells of the key keep their text, other faulty cells are None; `model_fields_set` names
    the columns that held any text.
    """

    row: Row
    place: Place


def rows_of(sheet: Sheet) -> tuple[tuple[Placed, ...], tuple[Fault, ...]]:
    """All rows of a sheet and the faults of its columns and cells. A row with faults is kept with what is readable."""
    return _rows_of_file(sheet) if sheet.letters is None else _rows_of(sheet)


@lru_cache(MOST_KEPT)
def _rows_of_file(sheet: Sheet) -> tuple[tuple[Placed, ...], tuple[Fault, ...]]:
    """The same, kept. Sheets of files are equal where all is that a row can hold; those of workbooks have letters of their own."""
    return _rows_of(sheet)


def _rows_of(sheet: Sheet) -> tuple[tuple[Placed, ...], tuple[Fault, ...]]:
    model = TABLES[sheet.table]
    _built(model)
    columns, faults = _columns(sheet)
    placed: list[Placed] = []
    for number, cells in sheet.rows:
        given = {name: cells[position] for name, position in columns.items() if cells[position]}
        place = sheet.place(number)
        row, found = _row(model, given, place, table=sheet.table, present=frozenset(columns))
        placed.append(Placed(row, place))
        faults += found
    return tuple(placed), tuple(faults)


def column_faults(sheet: Sheet) -> list[Fault]:
    """The faults of a sheet's columns alone."""
    return _columns(sheet)[1]


def lacks_key_column(sheet: Sheet) -> bool:
    """Whether the rows of a sheet cannot be told apart."""
    model = TABLES[sheet.table]
    return any(name not in sheet.columns for name in model.key if model.model_fields[name].is_required())


def needed_columns(table: str) -> tuple[str, ...]:
    """The columns of a table in which no cell may be empty."""
    fields = TABLES[table].model_fields
    needed = [name for name, field in fields.items() if field.is_required()]
    if issubclass(TABLES[table], Quantified) and table not in AWAITING:
        needed.append("value")
    return tuple(needed)


def _columns(sheet: Sheet) -> tuple[dict[str, int], list[Fault]]:
    fields = tuple(TABLES[sheet.table].model_fields)
    columns: dict[str, int] = {}
    faults: list[Fault] = []
    for position, name in enumerate(sheet.columns):
        filled = name or any(cells[position] for _, cells in sheet.rows)
        if name in columns:
            faults.append(Fault("duplicate_column", sheet.place(sheet.heading, name), name, "1"))
        elif name in fields:
            columns[name] = position
        elif filled:
            place = sheet.place(sheet.heading, clipped(name) or f"#{position + 1}")
            faults.append(Fault("unknown_column", place, clipped(name) or "-", ", ".join(fields), nearest(name, fields)))
    for name in needed_columns(sheet.table):
        if name not in columns and sheet.rows:
            faults.append(Fault("missing_column", sheet.place(sheet.heading, name), "-", name))
    return columns, faults


def _built(model: type[Row]) -> None:
    """The model's validator, made when its first row is read. What makes it calls a Ctrl-C that falls into it a fault of the model."""
    try:
        model.model_rebuild()
    except SchemaError as error:
        if "KeyboardInterrupt" in str(error):
            raise KeyboardInterrupt from None
        raise


def _row(model: type[Row], given: dict[str, str], place: Place, *, table: str, present: frozenset[str]) -> tuple[Row, list[Fault]]:
    faults = [Fault("missing_value", place.at(name), "-", name) for name in needed_columns(table) if name not in given and name in present]
    faults += [fault for name, text in given.items() if (fault := odd_text(text, place.at(name)))]
    given, found = _plain_numbers(model, given, place)
    faults += found
    if not faults:
        try:
            return model.model_validate(given), []
        except ValidationError:
            pass
    failed = {fault.place.column for fault in faults}
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        values[name] = None if field.is_required() else field.get_default(call_default_factory=True)
        if name not in given:
            continue
        try:
            if name not in failed:
                values[name] = _adapter(model, name).validate_python(given[name])
        except ValidationError as error:
            faults.append(_field_fault(field, given[name], place.at(name), kind=error.errors()[0]["type"]))
            failed.add(name)
        if name in failed and name in model.key:
            values[name] = given[name]
    return model.model_construct(_fields_set=set(given), **values), faults


def _plain_numbers(model: type[Row], given: dict[str, str], place: Place) -> tuple[dict[str, str], list[Fault]]:
    """The cells with their numbers in plain digits, and the faults of those that are no number the row can have."""
    plain = dict(given)
    faults: list[Fault] = []
    for name, text in given.items():
        if not _holds(model.model_fields[name].annotation):
            continue
        if is_apart(text):
            faults.append(_field_fault(model.model_fields[name], text, place.at(name), kind="number"))
            continue
        if not _is_number(model.model_fields[name]):
            continue
        plain[name] = plain_number(text)
        if plain[name].endswith("%"):
            share = of_hundred(plain[name], name, given.get("unit", ""))
            if share is None:
                faults.append(Fault("percent_cell", place.at(name), clipped(text), "%, 1"))
                continue
            plain[name] = share
        fault = _not_finite(plain[name], place, name=name)
        faults += [fault] if fault is not None else []
    return plain, faults


@cache
def _adapter(model: type[Row], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    annotated: Any = Annotated[field.annotation, field]
    return TypeAdapter(annotated)


def _is_number(field: FieldInfo) -> bool:
    return bool({int, float} & {field.annotation, *get_args(field.annotation)})


def _holds(annotation: Any) -> bool:
    """Whether a number is in a cell of this kind, alone or among others."""
    return annotation in (int, float) or any(_holds(part) for part in get_args(annotation))


def _not_finite(text: str, place: Place, *, name: str) -> Fault | None:
    try:
        finite = abs(float(text)) < ENDLESS
    except ValueError:
        return None
    return None if finite else Fault("not_finite", place.at(name), clipped(text), "12.5")


def _field_fault(field: FieldInfo, text: str, place: Place, *, kind: str) -> Fault:
    found = clipped(text)
    choices = choices_of(field.annotation)
    if choices:
        close = "" if field.annotation is bool else nearest(text, choices)
        return Fault("unknown_choice", place, found, ", ".join(choices), close)
    if kind.startswith("string_pattern"):
        return Fault("bad_id", place, found, "a-z 0-9 _ (<= 80)")
    if kind.startswith(("greater_than", "less_than")):
        return Fault("out_of_bounds", place, found, _bounds(field))
    if _is_number(field) or kind == "number":
        whole = int in (field.annotation, *get_args(field.annotation))
        return Fault("not_a_whole_number" if whole else "not_a_number", place, found, "2030" if whole else "12.5")
    return Fault("bad_value", place, found, place.column or "-")


def _bounds(field: FieldInfo) -> str:
    limits: list[str] = []
    for mark in field.metadata:
        if isinstance(mark, Ge):
            limits.append(f">= {mark.ge}")
        elif isinstance(mark, Gt):
            limits.append(f"> {mark.gt}")
        elif isinstance(mark, Le):
            limits.append(f"<= {mark.le}")
        elif isinstance(mark, Lt):
            limits.append(f"< {mark.lt}")
    return ", ".join(limits)
