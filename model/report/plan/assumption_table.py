"""The assumptions of a case: every number with its range, how well it is known, and where it comes from."""

from __future__ import annotations

from typing import Any

from model.case.read.case import Case
from model.case.tables.columns import Quantified
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import TABLES
from model.report.case.coverage_tables import labels_of
from model.report.tables import Table, table
from model.report.units import spelled_unit
from model.report.words import counted, of_both, said, word, word_or
from model.results.changed import refers

COLUMNS = ("table", "item", "quantity", "year", "value", "unit", "low", "high", "status", "source")


def assumptions(case: Case, language: str) -> Table:
    """Every row of every table that carries a number, with labels instead of ids, in the order of the tables."""
    known = labels_of(case, language)
    named = known | _curves(case, known, language)
    kind_of = {row.id: name for name, rows in case.tables.items() for row in rows if "label_en" in type(row).model_fields}
    rows = []
    for name, members in case.tables.items():
        for row in members:
            if isinstance(row, Quantified):
                about = kind_of.get(str(dict(row).get("item", "")), name) if name == "numbers" else name
                spoken = _described(row, named, language) | {"quantity": _quantity(row, about, language)}
                rows.append(
                    {
                        **spoken,
                        **_number(row, language),
                        "table": of_both(*TABLES[about].labels, language),
                        "_order": list(TABLES).index(about),
                    }
                )
    rows.sort(key=lambda row: (row["_order"], row["item"], row["quantity"], row["year"] or 0))
    for row in rows:
        del row["_order"]
    return table(word("title_assumptions", language), COLUMNS, rows, [word("note_source", language)])


def _curves(case: Case, named: dict[str, str], language: str) -> dict[str, str]:
    """{curve: the first that follows it, and how many more do}, for a curve has no label of its own."""
    found = dict[str, dict[str, None]]()
    for rows in case.tables.values():
        for row in rows:
            for column in type(row).model_fields:
                curve = dict(row)[column]
                if curve and curve not in named and refers(type(row), column) == "curves" and column not in row.key:
                    about = next((named[one] for one in (str(dict(row).get(key)) for key in ("id", *row.key)) if one in named), "")
                    found.setdefault(str(curve), {})[about] = None
    told = {curve: [name for name in names if name] for curve, names in found.items()}
    return {
        curve: names[0] + (counted("line_next_others", len(names) - 1, language) if names[1:] else "")
        for curve, names in told.items()
        if names
    }


def _described(row: Quantified, named: dict[str, str], language: str) -> dict[str, Any]:
    values = dict(row)
    if "label_en" in values:
        parts = [said(row, "label", language)]
    else:
        parts = [
            named.get(str(values[key]), word_or(f"fund_{values[key]}", language, str(values[key])) if key == "fund" else str(values[key]))
            for key in row.key
            if key not in ("year", "quantity", "by") and values[key] not in (None, "")
        ]
    return {"item": " / ".join(parts), "year": values.get("year")}


def _quantity(row: Quantified, about: str, language: str) -> str:
    values = dict(row)
    if "quantity" in values:
        known = QUANTITIES.get(about, {}).get(str(values["quantity"]))
        return of_both(known.en, known.zh, language) if known else str(values["quantity"])
    if "by" in values:
        return word_or(f"by_{values['by']}", language, str(values["by"]))
    return word_or(f"quantity_{about}", language, of_both(*type(row).labels, language))


def _number(row: Quantified, language: str) -> dict[str, Any]:
    numbers = {
        name: None if value is None else float(f"{value:.9g}")
        for name, value in (("value", row.value), ("low", row.low), ("high", row.high))
    }
    unit = "" if row.unit == "1" else spelled_unit(row.unit, language)
    source = row.source
    if stated := dict(row).get("price_year"):  # the value is in the case's own money
        source = f"{source}{word('separator', language)}{word('stated_in_money_of', language).format(stated)}"
    return {**numbers, "unit": unit, "status": word(f"status_{row.status}", language), "source": source, "_status": row.status}
