"""The record against the model, for a terminal: what is held out with its errors, and the rest in a few lines."""

from __future__ import annotations

from collections import Counter

import numpy as np

from model.case.read.case import Case
from model.report.case.backcast_tables import backcast_title, beside_table, compared_row, unanswered_table
from model.report.case.coverage_tables import labels_of
from model.report.display import decimals, shown
from model.report.layout import columns_of, flowed, screen, screen_width, wrapped
from model.report.words import counted, said, word
from model.results.backcast import Backcast

most_reasons = 12


def backcast_text(made: Backcast, case: Case, language: str) -> str:
    """Held-out figures in rows; those that fix the model, the case's own estimates and what has no counterpart are counted and named."""
    names, separator = labels_of(case, language), word("separator", language)
    title = word("with_band", language).format(backcast_title(made, language), counted("typical_days", made.days, language))
    lines = [said(case.header, "label", language), title, "", *_held_out(made, case, language)]
    for kind in ("input", "estimate"):
        told = [f"{names[one.fact]} {one.year}" for one in made.of(kind)]
        if told:
            first = counted(f"line_backcast_{kind}", len(told), language)
            lines += ["", *flowed(first, screen_width), *wrapped(told, first="  ", separator=separator, lines=6)]
    return screen([*lines, *_beside(made, case, language), *_unanswered(made, case, language)])


def _held_out(made: Backcast, case: Case, language: str) -> list[str]:
    found = made.of("held_out")
    if not found:
        return [word("line_backcast_none", language)]
    names, rows = labels_of(case, language), list[list[str]]()
    for one in found:
        row = compared_row(one, names, language)
        places = decimals([row["published"], row["by_model"]], row["unit"])
        rows.append(
            [row["indicator"], str(one.year), row["unit"], *(shown(row[name], places) for name in ("by_model", "published")), row["off_by"]]
        )
    errors = [abs(one.error) for one in found if not np.isnan(one.error)]
    told = (f"{100 * end:.1f} %" for end in (float(np.mean(errors)), max(errors))) if errors else ("-", "-")
    heads = [word(name, language) for name in ("indicator", "year", "unit", "by_model", "published", "off_by")]
    head = flowed(counted("line_backcast_held_out", len(found), language, *told), screen_width)
    return [*head, *columns_of(heads, rows, left=3, keys=(0, 1))]


def _beside(made: Backcast, case: Case, language: str) -> list[str]:
    rows = beside_table(made, case, language).frame.to_dict("records")
    if not rows:
        return []
    lines = [
        word("line_backcast_beside_of", language).format(
            row["target"] if str(row["year"]) in row["target"] else word("in_the_year", language).format(row["target"], row["year"]),
            f"{shown(row['by_model'])} {row['unit']}",
            row["of_province"],
            f"{shown(row['value'])} {row['province_unit']}",
        )
        for row in rows
    ]
    return ["", word("line_backcast_beside", language), *(f"  {part}" for line in lines for part in flowed(line, screen_width - 2))]


def _unanswered(made: Backcast, case: Case, language: str) -> list[str]:
    """How many have no counterpart, by reason."""
    rows = unanswered_table(made, case, language).frame.to_dict("records")
    if not rows:
        return []
    reasons = Counter(str(row["reason"]) for row in rows).most_common()
    lines = [f"{count} {reason}" for reason, count in reasons[:most_reasons]]
    more = [word("line_more", language).format(len(reasons) - most_reasons)] if len(reasons) > most_reasons else []
    told = [part for line in [*lines, *more] for part in flowed(line, screen_width - 2)]
    return ["", *flowed(counted("line_backcast_unanswered", len(rows), language), screen_width), *(f"  {line}" for line in told)]
