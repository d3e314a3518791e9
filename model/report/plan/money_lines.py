"""The money of the first decided years on the screen: each year and the total, what of it is for what, and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from model.report.display import decimals, shown
from model.report.layout import flowed, screen_width, wrapped
from model.report.tables import Table, year_columns
from model.report.words import word
from model.results.next_money import NextMoney

nothing = 0.005  # 亿元, what two decimals do not show
Row = Mapping[Any, Any]


def total_lines(parts: Mapping[str, Table], paid: NextMoney | None, language: str) -> list[str]:
    """What is paid in each of these years and in all, how much of it over the usual path, and the parts that it is made of; nothing where nobody pays."""
    if "next-money" not in parts or paid is None:
        return []
    money = parts["next-money"]
    total, years = _total(money), year_columns(money)
    # Of a span a year is told in the table, while what each pays is that of all its years.
    yearly = all(isinstance(year, int) for year in years) and len(years) > 1
    sums = " + ".join(word("line_pay_year", language).format(year, shown(total[year], 2)) for year in years)
    said = f"{sums} = {shown(total['total'], 2)}" if yearly else shown(total["total"], 2)
    if not np.isnan(total["over_usual"]):
        over = shown(total["over_usual"], 2)
        key = "line_pay_under" if over.startswith("-") else "line_pay_over"
        said = word("with_band", language).format(said, word(key, language).format(over.lstrip("-")))
    when = "" if yearly else word("in_year", language).format("–".join(str(year) for year in years))
    title = word("line_pay", language).format(f"{total['unit']}{word('comma', language) * bool(when)}{when}", said)
    return [*flowed(title, screen_width), *_uses(paid, language)]


def _uses(paid: NextMoney, language: str) -> list[str]:
    """What the total is made of: to decide, to begin, begun before, and what is too little to be told of any measure."""
    sums = {"decide": paid.decide, "begin": paid.begin, "under_way": paid.under_way, "rest": paid.rest}
    told = [word(f"line_pay_{name}", language).format(shown(one, 2)) for name, one in sums.items() if abs(one) >= nothing]
    return (
        wrapped(told, first=f"  {word('line_pay_uses', language)}", separator=word("separator", language), lines=2) if len(told) > 1 else []
    )


def payer_lines(part: Table, lines: int, language: str) -> list[str]:
    """What each pays, or from which funds, in all of these years, and how much of it is over the usual path."""
    name = part.columns[0]
    named = [_paid(row, name) for row in part.frame.to_dict("records") if row["_total"] is not True]
    return wrapped(named, first=word(f"brief_{name}", language), separator=word("separator", language), lines=lines)


def _total(part: Table) -> Row:
    return next(row for row in part.frame.to_dict("records") if row["_total"] is True)


def _paid(row: Row, name: str) -> str:
    over = row.get("over_usual")
    return f"{row[name]} {shown(row['total'], 2)}" + (f" ({over:+,.2f})" if over is not None and not np.isnan(over) else "")


def begin_lines(part: Table, begun: float, lines: int, language: str) -> list[str]:
    """What is to be begun and enters later, most money first, in so many lines after what it takes in all, 亿元."""
    records = part.frame.to_dict("records")
    told = [_begun(row, language) for row in records]
    first = f"{word('brief_begin', language)}{word('colon', language)}{shown(begun, 2)}{word('separator', language)}"
    return wrapped(told, first=first, separator=word("separator", language), lines=lines)


def _begun(row: Row, language: str) -> str:
    """A measure with its amount, from when to when it is built, and what it takes in these years."""
    places = decimals([row["amount"]], row["unit"])
    when = word("line_begin_years", language).format(row["begin"], row["in_force"])
    money = "" if np.isnan(row["invested"]) else f" {shown(row['invested'], 2)}"
    return f"{row['measure']} {shown(row['amount'], places)} {row['unit']}{when}{money}"
