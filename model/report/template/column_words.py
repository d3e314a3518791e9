"""What a column of a template is headed, and what the comment on its heading says: the words of docs/data.md."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin

from model.case.read.canonical import UNIT_RULES
from model.case.read.fields import needed_columns
from model.case.tables.choices import YES, choices
from model.case.tables.columns import Quantified
from model.case.tables.headings import ORIGIN, WORDS
from model.case.tables.rows import TABLES
from model.report.words import of_both, word


def columns_in_order(table: str) -> tuple[str, ...]:
    """The columns of a table as its files have them: what it is first, its number with unit, range and source last."""
    model = TABLES[table]
    last = set(Quantified.model_fields) if issubclass(model, Quantified) else set()
    return (*(name for name in model.model_fields if name not in last), *(name for name in model.model_fields if name in last))


def heading(column: str, language: str) -> str:
    """The heading of a column."""
    return of_both(*(ORIGIN if column == ORIGIN[0] else WORDS[column]), language)


def table_name(table: str, language: str) -> str:
    """What a table is called: in English by its name in files, which the documents use; in Chinese by its label."""
    return of_both(table, TABLES[table].labels[1], language)


def shown_word(table: str, column: str, text: str, language: str) -> str:
    """A cell as the reader is shown it: a fixed word by its name in the language, any other text as it is."""
    known = choices(table, column) if column in TABLES[table].model_fields else {}
    return of_both(*known[text], language) if text in known else text


def comment(table: str, column: str, language: str) -> str:
    """What a column means, what it takes, whether it may be left empty, and its name in files."""
    if column == ORIGIN[0]:
        return word("comment_origin", language).format(f"{table}.csv")
    field = TABLES[table].model_fields[column]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    lines = [of_both(str(field.description), str(extra["zh"]), language), _takes(table, column, language)]
    if column == "unit" and table in UNIT_RULES:
        lines.append(word("comment_unit", language).format(of_both(*UNIT_RULES[table], language)))
    if column in needed_columns(table):
        lines.append(word("comment_needed", language))
    elif (default := field.get_default(call_default_factory=True)) not in (None, "", ()):
        default = {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)
        lines.append(word("comment_default", language).format(shown_word(table, column, default, language)))
    return "\n".join([*lines, word("comment_column", language).format(column)])


def refers(table: str, column: str) -> tuple[str, ...]:
    """The tables whose ids a column holds; ("any",) where those of every table fit."""
    extra = TABLES[table].model_fields[column].json_schema_extra
    named = extra.get("refers") if isinstance(extra, dict) else None
    return tuple(str(named).split("|")) if named else ()


def takes_several(table: str, column: str) -> bool:
    """Whether a cell may hold several names, separated by semicolons."""
    return "tuple" in str(TABLES[table].model_fields[column].annotation)


def _takes(table: str, column: str, language: str) -> str:
    known, targets = choices(table, column), refers(table, column)
    if targets:
        named = word("comment_any", language) if targets == ("any",) else "/".join(table_name(one, language) for one in targets)
        return word("comment_ids" if takes_several(table, column) else "comment_id", language).format(named)
    if known:
        shown = (chinese if word_ in YES else f"{chinese} {word_}" for word_, (_, chinese) in known.items())
        return word("comment_choice", language).format(of_both("; ".join(known), "；".join(shown), language))
    if takes_several(table, column):
        return word("comment_names", language)
    kinds = {int: "comment_whole", float: "comment_number"}
    return word(kinds.get(_kind(TABLES[table].model_fields[column].annotation), "comment_text"), language)


def _kind(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation
