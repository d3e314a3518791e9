"""Faults of names: ids used twice, and references to rows that are not there or of another table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.canonical import LOCAL_IDS, Lookup
from model.case.read.case import Case, included
from model.case.tables.forms import FORMS
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import TABLES, needed

most_tables = 5
MOSTLY = ("measures", "targets", "indicators", "technologies")  # named by cells that take a row of any table
COUNTED_TABLE = {
    "activity": "technologies",
    "capacity": "technologies",
    "use": "commodities",
    "bought": "markets",
    "sold": "markets",
    "level": "measures",
    "build": "measures",
    "indicator": "indicators",
    "change": "indicators",
    "driver": "drivers",
    "demand": "demands",
    "spend": "payers",
}
# What a row of `iamc` counts, and what `flow` is of it.
EXCHANGED = {
    "total": ("indicators",), "capacity": ("technologies",), "output": ("technologies",), "use": ("commodities",), "final_use": ("sectors", "commodities"),
    "bought": ("markets",), "sold": ("markets",), "investment": ("sectors",),
}  # fmt: skip
FLOW_OF = {"counted": "indicators", "output": "commodities", "final_use": "sectors"}


def id_clashes(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Ids that rows of two tables share, and generic names that are ids as well."""
    first: dict[str, tuple[str, Place]] = {}
    for table in TABLES:
        if table in LOCAL_IDS or "id" not in TABLES[table].model_fields:
            continue
        for row, place in sorted(case.placed(table), key=lambda one: not included(one[1])):
            if not isinstance(row.id, str):
                continue
            other, spot = first.setdefault(row.id, (table, place))
            if other != table:
                yield Fault("id_clash", place.at("id"), clipped(row.id), f"{spot.file}:{spot.row}")
    for row, place in case.placed("indicators"):
        if row.stands_for in first:
            spot = first[row.stands_for][1]
            yield Fault("id_clash", place.at("stands_for"), clipped(row.stands_for), f"{spot.file}:{spot.row}")


def references(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Cells that name a row which is not there, or which is of another table than the cell asks for."""
    names = {table: _names(case, table) for table in TABLES}
    unjudged = case.unread | {table for table in needed([name for name, rows in case.tables.items() if rows]) if not case.tables[table]}
    for table, model in TABLES.items():
        referring = {
            name: field.json_schema_extra["refers"]
            for name, field in model.model_fields.items()
            if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("refers")
        }
        for row, place in case.placed(table) if referring else []:
            for column, refers in referring.items():
                cell = dict(row)[column]
                allowed = _allowed(table, row, column, refers=str(refers))
                for name in cell if isinstance(cell, tuple) else (cell,):
                    if not isinstance(name, str) or any(name in names[other] for other in allowed) or unjudged & set(allowed):
                        continue
                    yield _fault(name, place.at(column), allowed, names=names, lookup=lookup)


def variants(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Choices in case.yaml that name no indicator, and generic names in use without a choice."""
    whole = Place(case.header_file, None, "variants")
    indicators = case.tables["indicators"]
    if "indicators" in case.unread:
        return
    generic = tuple(sorted({row.stands_for for row in indicators if row.stands_for}))
    for name, variant in case.header.variants.items():
        place = case.variant_places.get(name, whole)
        offered = tuple(sorted({row.variant for row in indicators if row.stands_for == name and row.variant}))
        if name not in generic:
            yield Fault("unknown_variant", place, clipped(name), ", ".join(generic) or "-", nearest(name, generic))
        elif variant not in offered:
            yield Fault("unknown_variant", place, clipped(f"{name}: {variant}"), ", ".join(offered), nearest(variant, offered))
    used = {row.indicator for row in case.tables["targets"]} | {row.reference for row in case.tables["targets"]}
    used |= {row.item for row in case.tables["accounts"]}
    for name in generic:
        if name in used and name not in case.header.variants:
            offered = tuple(sorted({row.variant for row in indicators if row.stands_for == name and row.variant}))
            yield Fault("unknown_variant", whole, f"{name}: -", ", ".join(offered), "")


def _names(case: Case, table: str) -> frozenset[str]:
    rows = case.tables[table]
    if table == "curves":
        return frozenset(row.curve for row in rows if isinstance(row.curve, str))
    found = {row.id for row in rows if isinstance(row.id, str)} if "id" in TABLES[table].model_fields else set()
    if table == "indicators":
        found |= {row.stands_for for row in rows if row.stands_for}
    return frozenset(found)


def _allowed(table: str, row: Any, column: str, *, refers: str) -> tuple[str, ...]:
    match table, column:
        case "numbers", "item":
            return tuple(QUANTITIES)
        case (("accounts" | "coupling_terms"), "item") if row.by in COUNTED_TABLE:
            return (COUNTED_TABLE[row.by],)
        case "iamc", "item" if row.amount in EXCHANGED:
            return EXCHANGED[row.amount]
        case "iamc", "flow" if row.amount in FLOW_OF:
            return (FLOW_OF[row.amount],)
        case "targets", "reference" if row.form is not None and (against := FORMS[row.form].reference):
            return (against,)
    return tuple(TABLES) if refers == "any" else tuple(refers.split("|"))


def _fault(name: str, place: Place, allowed: tuple[str, ...], *, names: dict[str, frozenset[str]], lookup: Lookup) -> Fault:
    candidates = tuple(sorted(set().union(*(names[table] for table in allowed))))
    close = nearest(name, candidates)
    other = lookup.table(name)
    if other is None:
        return Fault(
            "dangling_reference", place, clipped(name), _few(allowed, [table for table in allowed if close in names[table]]), close
        )
    return Fault(
        "wrong_kind", place, clipped(f"{name} ({other})"), _few(allowed, [table for table in allowed if close in names[table]]), close
    )


def _few(tables: tuple[str, ...], near: list[str]) -> str:
    """The tables in which a row may stand; of a cell that takes many, that of the nearest id and those that are named most."""
    if len(tables) <= most_tables:
        return ", ".join(tables)
    return ", ".join([*list(dict.fromkeys([*near, *MOSTLY]))[: most_tables - 1], "..."])
