"""What the first decided years ask of each lead bureau, in as many lines of the screen as there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from model.report.display import decimals, shown
from model.report.layout import columns_of, flowed, screen_width, width, wrapped
from model.report.tables import Table, year_columns
from model.report.units import display_unit
from model.report.words import counted, word

room_of_count = 8  # columns for how many more there are
most_largest = 3
least_usual = 0.005  # 亿元, the least that two decimals show

Row = Mapping[Any, Any]
Bureaus = Mapping[str, Sequence[Row]]


def decided_lines(part: Table, room: int, language: str) -> list[str]:
    """All bureaus in their order with what they invest: as a table with their dearest measures where it has a row for each, else a line for each."""
    years, bureaus = year_columns(part), dict[str, list[Row]]()
    for row in part.frame.to_dict("records"):
        bureaus.setdefault(row["bureau"], []).append(row)
    title = flowed(word("line_next_decide", language).format(years_said(years, language), display_unit("亿元", language)[0]), screen_width)
    if not bureaus:
        return [*title, f"  {word('none', language)}", ""]
    marked = any(row.get("_floor") is True for rows in bureaus.values() for row in rows)
    floor = flowed(f"  {word('line_floor', language).format(word('schedule', language))}", screen_width) if marked else []
    left = room - len(title) - 1 - len(floor)
    rows = left - len(bureaus) - 1  # beside the heading and a line for each bureau
    return [
        *title,
        *(_in_a_table(bureaus, years, rows, language) if rows >= len(bureaus) else _in_lines(bureaus, years, left, language)),
        *floor,
        "",
    ]


def years_said(years: Sequence[Any], language: str) -> str:
    return word("and_between", language).join(word("in_year", language).format(year) for year in years)


def _in_a_table(bureaus: Bureaus, years: Sequence[Any], room: int, language: str) -> list[str]:
    """A line for each bureau, and under it its dearest measures: one of each, then of all those that cost most."""
    first = [rows[0] for rows in bureaus.values()]
    spare = sorted((row for rows in bureaus.values() for row in rows[1:]), key=lambda row: -row["invested"])
    longest = [f"  {name}{word('colon', language)}{_told(rows, len(rows), language)}" for name, rows in bureaus.items()]
    room -= sum(len(flowed(line, screen_width)) - 1 for line in longest)  # for a name that takes more than one line
    kept = [*first, *spare][: max(room, len(first))]
    shown_of = {name: [row for row in rows if any(row is one for one in kept)] for name, rows in bureaus.items()}
    cells = [_amounts(row, years, language) for rows in shown_of.values() for row in rows]
    heads = [word("measure", language), word("unit", language), *map(str, years), word("invested", language)]
    lines = columns_of(heads, cells, left=2, indent="    ")
    made, at = lines[: len(lines) - len(cells)], len(lines) - len(cells)
    for name, mine in shown_of.items():
        told = _told(bureaus[name], len(bureaus[name]) - len(mine), language)
        made += [f"  {name}{word('colon', language)}{told}", *lines[at : at + len(mine)]]
        at += len(mine)
    return made


def _told(rows: Sequence[Row], more: int, language: str) -> str:
    """What a bureau's measures invest, and how many of them do not stand below."""
    return _money_of(rows, language) + (counted("line_next_others", more, language) if more else "")


def _in_lines(bureaus: Bureaus, years: Sequence[Any], room: int, language: str) -> list[str]:
    """The bureaus; before them the largest decisions that are not as usual, where one of these has no place below its bureau."""
    made = _lines_of(bureaus, years, room, language)
    largest = sorted((row for rows in bureaus.values() for row in rows), key=lambda row: -_over_usual(row))[:most_largest]
    largest = [row for row in largest if _over_usual(row) >= least_usual]
    if all(any(row["measure"] in line for line in made) for row in largest):
        return made
    told = [f"{_said(row, years, language)} {shown(_over_usual(row), 2)}" for row in largest]
    first = wrapped(told, first=f"  {word('line_next_largest', language)}", separator=word("separator", language), lines=len(told) + 1)
    return [*first, *_lines_of(bureaus, years, room - len(first), language)]


def _over_usual(row: Row) -> float:
    """What a measure invests beyond what the usual path invests in it too, 亿元."""
    usual = row["of_it_usual"]
    return float(row["invested"] - (0.0 if np.isnan(usual) else usual))


def _lines_of(bureaus: Bureaus, years: Sequence[Any], room: int, language: str) -> list[str]:
    """Of each bureau what it invests, its dearest measures and how many more, on two lines from the first on as far as there are any, with none of its measures where one line has no room; those for which there is no line stand in a few with their sums."""
    names, separator = list(bureaus), word("separator", language)
    count, rest = len(names), list[str]()
    while count > 1 and count + len(rest) > room:
        count -= 1
        told = [word("line_next_rest", language).format(name, _money_of(bureaus[name], language)) for name in names[count:]]
        rest = wrapped(
            told, first="  " + word("line_next_more", language).format(""), separator=separator,
            lines=len(told) + 1 if count > 1 else max(2, room - 1),
        )  # fmt: skip
    made, spare = list[str](), room - len(rest) - count
    for place, name in enumerate(names[:count]):
        said = [_said(row, years, language) for row in bureaus[name]]
        first = f"  {name}{word('colon', language)}{_money_of(bureaus[name], language)}{separator}"
        if place < spare or width(first + said[0]) <= screen_width - room_of_count:
            made += wrapped(said, first=first, separator=separator, lines=2 if place < spare else 1)
        else:
            made.append(f"{first}+ {len(said)}")
    return [*made, *rest]


def _said(row: Row, years: Sequence[Any], language: str) -> str:
    """A measure with what is built of it in these years, and the year where it is one."""
    own = [year for year in years if row[year]] or years
    amount = shown(sum(row[year] for year in own), decimals([row[year] for year in own], row["unit"]))
    when = str(own[0]) if len(own) == 1 < len(years) else "–".join(map(str, own))
    if row.get("_floor") is True:
        when = word("floor_mark", language).format(when)
    told = row.get("_floor") is True or len(own) == 1 < len(years)
    return f"{row['measure']} {amount} {row['unit']}" + (f" ({when})" if told else "")


def _invested(rows: Sequence[Row]) -> float:
    return float(sum(row["invested"] for row in rows))


def _money_of(rows: Sequence[Row], language: str) -> str:
    """What a bureau's measures invest, and how much of it as usual."""
    usual, told = sum(row["of_it_usual"] for row in rows), shown(_invested(rows), 2)
    return told + (word("line_next_of_it_usual", language).format(shown(usual, 2)) if usual >= least_usual else "")


def _amounts(row: Row, years: Sequence[Any], language: str) -> list[str]:
    places = decimals([row[year] for year in years], row["unit"])
    name = word("floor_mark", language).format(row["measure"]) if row.get("_floor") is True else row["measure"]
    return [name, row["unit"], *(shown(row[year], places) if row[year] else "-" for year in years), shown(row["invested"], 2)]
