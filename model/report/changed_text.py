"""Changed inputs and options in words: tables, rows, columns, cells by their labels and in the units of the language."""

from __future__ import annotations

import re

import xarray as xr

from model.case.tables.rows import TABLES
from model.report.display import item_labels, setting_word
from model.report.units import amount_said, spelled_unit
from model.report.words import of_both, word, word_or
from model.results.changed import AMOUNTS, Input

FIRST_WORDS = re.compile(r"[^:;,(：；，（]*")


def option_name(name: str, language: str) -> str:
    """What an option or a setting of the header is called."""
    return word_or(f"asked_{name}", language, word_or(name, language, name))


def option_value(name: str, value: str, results: xr.Dataset, language: str) -> str:
    """What was asked of it; `results` have the labels."""
    if not value:
        return word("none", language)
    match name:
        case "dropped":
            known = item_labels(results, language)
            return word("separator", language).join(known.get(one, one) for one in value.split("; "))
        case "history":
            return word_or(f"history_{value}", language, value)
        case "negotiate":
            return word("yes", language)
        case "gap":
            return f"{100 * float(value):g} %"
    return setting_word(name, value, language)


def table_said(one: Input, language: str) -> str:
    """What its table is called."""
    return of_both(*TABLES[one.table].labels, language) if one.table in TABLES else word("header", language)


def row_said(one: Input, language: str) -> str:
    """Its row by the labels of what it is about, the year last."""
    if one.table not in TABLES:
        return option_name(one.row, language)
    keys, parts = TABLES[one.table].key, one.row.split(" ")
    if len(keys) != len(parts):
        return one.row
    known = dict(zip(keys, parts, strict=True))
    year = known.pop("year", "")
    named = word("comma", language).join(_named(one, part, language) for part in known.values() if part)
    return word("changed_in", language).format(named, year) if year else named


def column_said(one: Input, language: str) -> str:
    """What its column is called, without what explains it."""
    fields = TABLES[one.table].model_fields if one.table in TABLES else {}
    if one.column not in fields:
        return one.column
    extra = fields[one.column].json_schema_extra
    chinese = str(extra.get("zh") or one.column) if isinstance(extra, dict) else one.column
    told = FIRST_WORDS.match(of_both(fields[one.column].description or one.column, chinese, language))
    return told[0].strip() if told and told[0].strip() else one.column


def cell_said(one: Input, value: str, language: str, *, later: bool) -> str:
    """A cell then or now: an amount in the unit of the language, a rating or result in words, ids by their labels."""
    if not value:
        return word("none", language)
    if one.table not in TABLES:
        return word_or(f"{one.row}_{value}", language, value)
    if value == "+":
        return word("changed_there", language)
    unit = one.units[later]
    if one.column in AMOUNTS and unit:
        return amount_said(f"{value.removesuffix(unit).strip()} {unit}", language)
    if one.column == "unit":
        return spelled_unit(value, language)
    keys = {"status": f"status_{value}", "sense": f"sense_{value}", "strength": f"strength_{value}", "kind": f"kind_{value}"}
    if one.table == "official" and one.column in ("", "result"):
        return word_or(f"judged_{value}", language, value)
    if value in ("True", "False"):
        return word("yes" if value == "True" else "no", language)
    if one.column in keys:
        return word_or(keys[one.column], language, value)
    return word("separator", language).join(_named(one, part, language) for part in value.split(";")) if one.names else value


def change_said(one: Input, language: str) -> str:
    """The whole change in one phrase: what is new, what is gone, or what it was and is; of a value the column goes without saying."""
    then, now = cell_said(one, one.before, language, later=False), cell_said(one, one.after, language, later=True)
    row = row_said(one, language)
    if not one.column and one.table in TABLES:
        value, key = (now, "changed_new") if one.after else (then, "changed_gone")
        return word(key, language).format(row, value)
    if one.column and one.column != "value":
        row = f"{row}{word('comma', language)}{column_said(one, language)}"
    return word("changed_to", language).format(row, then, now)


def _named(one: Input, name: str, language: str) -> str:
    known = one.names.get(name)
    return of_both(known[0], known[1], language) if known else name
