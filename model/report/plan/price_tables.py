"""What one unit more of each target costs: the dearest of each unit first."""

from __future__ import annotations

from model.report.tables import Table, table
from model.report.words import word

COLUMNS = ("target", "year", "price_yearly", "price_unit", "price")


def target_prices(held: Table, language: str) -> Table:
    """Those in the table of targets that cost something in their own year, those of one unit together."""
    rows = [row for row in held.frame.to_dict("records") if row.get("price", 0.0) > 0]
    units = {row["price_unit"]: sum(other["price_unit"] == row["price_unit"] for other in rows) for row in rows}
    rows.sort(key=lambda row: (-units[row["price_unit"]], row["price_unit"], -row["price"], row["target"]))
    kept = [{name: row[name] for name in (*COLUMNS, "_id")} for row in rows]
    return table(word("title_target_prices", language), COLUMNS, kept, [word("note_price", language)] if kept else [])
