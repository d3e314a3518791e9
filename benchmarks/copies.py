"""Several copies of a city in one case: ids prefixed, numbers moved a little, one cap on the carbon dioxide of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from model.case.faults import Place
from model.case.read.case import Case
from model.case.tables.indicators import Account, Indicator, Target
from model.case.tables.rows import TABLES

SHARED = ("settings", "periods")
CAPPED = "co2_energy"
apart = 0.02  # by how much the demands of one copy differ from those of the one before


def copies(case: Case, count: int, *, cap: float) -> Case:
    """`count` copies of a case side by side. `cap` is the most carbon dioxide of all in the last year, Mt."""
    tables: dict[str, list[Any]] = {table: list(case.tables[table]) if table in SHARED else [] for table in TABLES}
    shared = {row.id for table in SHARED for row in case.tables[table]}
    for number in range(count):
        for table in TABLES:
            if table not in SHARED:
                tables[table] += [_copied(row, f"c{number}_", shared, 1 + apart * number) for row in case.tables[table]]
    for table, row in _cap([f"c{number}_" for number in range(count)], case, cap):
        tables[table].append(row)
    variants = {f"c{number}_{generic}": variant for number in range(count) for generic, variant in case.header.variants.items()}
    here = Place("copies", None, None)
    return replace(
        case,
        header=case.header.model_copy(update={"variants": variants}),
        tables={table: tuple(rows) for table, rows in tables.items()},
        spots={table: (here,) * len(rows) for table, rows in tables.items()},
        places={},
    )


def _copied(row: Any, prefix: str, shared: set[str], more: float) -> Any:
    update: dict[str, Any] = {}
    for name, field in type(row).model_fields.items():
        cell, extra = getattr(row, name), field.json_schema_extra or {}
        refers = extra.get("refers") or ("own" if name in ("id", "curve", "series", "stands_for") else None)
        if not cell or refers is None or refers in SHARED:
            continue
        update[name] = tuple(prefix + part for part in cell) if isinstance(cell, tuple) else cell if cell in shared else prefix + cell
    if "quantity" in type(row).model_fields and row.quantity in ("amount", "peak") and row.value is not None:
        update |= {name: part * more for name in ("value", "low", "high") if (part := getattr(row, name)) is not None}
    return row.model_copy(update=update)


def _cap(prefixes: list[str], case: Case, cap: float) -> Iterator[tuple[str, Any]]:
    unit = next(row.unit for row in case.tables["indicators"] if row.id == CAPPED)
    told = {"status": "illustrative", "source": "benchmark: one cap on all copies", "low": None, "high": None}
    yield "indicators", Indicator(id="co2_of_all", label_en="CO2 of all copies", label_zh="合计", unit=unit, boundary="all")
    for prefix in prefixes:
        yield "accounts", Account(indicator="co2_of_all", item=prefix + CAPPED, by="indicator", value=1.0, unit="1", **told)
    yield (
        "targets",
        Target(
            id="cap_on_all", label_en="Cap on all", label_zh="总量", series="cap_on_all", clause=prefixes[0] + case.tables["clauses"][0].id,
            quote="-", strength="binding", indicator="co2_of_all", form="level", sense="<=", year=case.header.years[-1], value=cap, unit=unit,
            **told,
        ),
    )  # fmt: skip
