"""A paper case as a case of the program, in memory and on disk."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paper import CANONICAL, COMMODITIES, Fact, Facts, Paper, fact, indicator, label, measure, number, periods, seasonal

from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.read.header import Header
from model.case.tables.columns import Row
from model.case.tables.quantities import SETTINGS
from model.case.tables.rows import TABLES


def case_of(paper: Paper) -> Case:
    """The case in memory. Units that are left to the program are filled in by its own rule."""
    header = Header(
        id="paper",
        label_en=paper.name,
        label_zh=paper.name,
        base_year=2020,
        years=list(paper.years),
        decide_from=paper.decide_from,
        price_year=2020,
        span_rule=paper.span_rule,
        payments=paper.payments,
        variants=dict(paper.variants),
    )
    facts = [*_frame(paper), *(one for part in paper.facts for one in part)]
    rough = _case(header, facts)
    lookup = Lookup(rough)
    return _case(header, [_with_unit(table, cells, lookup) for table, cells in facts])


def _frame(paper: Paper) -> Facts:
    given = [one for part in paper.facts for one in part]
    used = {cells[column] for _, cells in given for column in ("commodity", "heat", "item") if cells.get(column) in COMMODITIES}
    own = {cells["id"]: cells for table, cells in given if table == "commodities"}
    days = {cells["id"]: cells["days"] for table, cells in given if table == "periods"}
    calendar = [] if days else periods({"year": 365})
    days = days or {"year": 365}
    flat = seasonal("flat", days, [1.0] * len(days)) if any(COMMODITIES[name][1] == "hourly" for name in used) else []
    present = {table for table, _ in given}
    idle = indicator("nothing", "Mt") if not {"indicators", "measures"} <= present else []
    if "measures" not in present:  # a case must have a measure, if only one that does nothing
        idle += measure("idle", {"nothing": 0.0}, told={"pace": 0.0})
    return [
        fact("sectors", **label("works"), payer="owner"),
        *[fact("payers", **label(name)) for name in ("owner", "town")],
        fact("clauses", **label("c1")),
        *calendar,
        *[fact("commodities", **label(name), unit=COMMODITIES[name][0], balance=COMMODITIES[name][1]) for name in sorted(used - set(own))],
        *flat,
        *idle,
        *[
            fact("settings", **label(name), **number(value, SETTINGS[name].unit))
            for name, value in {"discount_rate": 0.0, **paper.settings}.items()
        ],
    ]


def _with_unit(table: str, cells: dict[str, Any], lookup: Lookup) -> Fact:
    if cells.get("unit") != CANONICAL:
        return table, cells
    row = TABLES[table].model_construct(**cells)
    return table, {**cells, "unit": canonical_unit(table, row, lookup) or "1"}


def _case(header: Header, facts: Facts) -> Case:
    tables = {
        table: tuple(
            model.model_construct(**{**_defaults(model), **cells}) if cells.get("unit") == CANONICAL else model.model_validate(cells)
            for name, cells in facts
            if name == table
        )
        for table, model in TABLES.items()
    }
    return Case(folder=Path("paper"), header=header, tables=tables, places={}, spots={})


def _defaults(model: type[Row]) -> dict[str, Any]:
    return {name: known.get_default() for name, known in model.model_fields.items() if not known.is_required()}


def write_case(case: Case, folder: Path, *, order: Callable[[list], list] = list) -> Path:
    """The case as a folder of CSV tables; `order` may turn rows and columns round."""
    folder.mkdir(parents=True)
    header = case.header
    lines = [f"{name}: {text}" for name, text in header.model_dump().items() if text not in (None, [], {})]
    (folder / "case.yaml").write_text("\n".join(lines).replace("'", ""), encoding="utf-8")
    for table, rows in case.tables.items():
        if not rows:
            continue
        columns = order(list(TABLES[table].model_fields))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(dict(row)[column]) for column in columns] for row in order(list(rows)))
    return folder


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    return repr(value) if isinstance(value, float) else str(value)
