"""What is other than in an earlier run, as tables: how it was asked, inputs, what was built of what was planned, the past, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.changed_text import cell_said, column_said, option_name, option_value, row_said, table_said
from model.report.display import tidy
from model.report.plan.past_tables import moved_rows
from model.report.tables import Table, measure_facts, table
from model.report.units import display_unit
from model.report.words import word
from model.results.since import Known, Since, since_of


def since_tables(manifest: Mapping[str, Any], results: xr.Dataset, language: str) -> dict[str, Table]:
    """All of them by the names of their files; none for a run that was not asked for it."""
    if not manifest.get("since"):
        return {}
    made, rows = since_of(manifest["since"]), moved_rows(results, manifest, language)
    return {
        "since-asked": _asked(made, results, language), "since-inputs": _inputs(made, language),
        "since-built": _known("title_since_built", made.built, results, language, rows=rows, ends=("since_planned", "since_built_amount")),
        "since-past": _known("title_since_past", made.past, results, language, rows=rows, ends=("since_then", "since_now")),
        "since-decisions": _decisions(made, results, language),
    }  # fmt: skip


def _asked(made: Since, results: xr.Dataset, language: str) -> Table:
    rows = [
        {
            "asked_name": option_name(name, language),
            **{end: option_value(name, value, results, language) for end, value in zip(("since_then", "since_now"), ends, strict=True)},
        }
        for name, ends in made.asked.items()
    ]
    title = word("title_since_asked", language).format(made.run)
    return table(title, ["asked_name", "since_then", "since_now"], rows)


def _inputs(made: Since, language: str) -> Table:
    rows = [
        {
            "since_kind": word(f"since_kind_{kind}", language), "table": table_said(one, language), "row": row_said(one, language), "column": column_said(one, language),
            "since_then": cell_said(one, one.before, language, later=False), "since_now": cell_said(one, one.after, language, later=True),
        }
        for kind, found in (("records", made.records), ("numbers", made.numbers), ("rules", made.rules))
        for one in found
    ]  # fmt: skip
    changed = len({(one.table, one.row) for found in (made.records, made.numbers, made.rules) for one in found})
    return table(
        word("title_since_inputs", language).format(changed), ["since_kind", "table", "row", "column", "since_then", "since_now"], rows
    )


def _known(
    title: str, found: Sequence[Known], results: xr.Dataset, language: str, *, rows: Mapping[tuple[str, int], str], ends: tuple[str, str]
) -> Table:
    facts, made = measure_facts(results, language), list[dict[str, Any]]()
    for one in found:
        fact = facts[one.measure]
        made.append(
            {
                "measure": fact["measure"], "unit": fact["unit"], "year": one.year, ends[0]: tidy(one.then * fact["_factor"]),
                ends[1]: tidy(one.now * fact["_factor"]), "known_by": word(f"word_{one.word_now}", language) if one.word_now else "",
                "row_value": rows.get((one.measure, one.year), ""),
            }
        )  # fmt: skip
    columns = ["measure", "unit", "year", *ends, "known_by", *(["row_value"] if any(one["row_value"] for one in made) else [])]
    return table(word(title, language), columns, made, [word("note_words", language)])


def _decisions(made: Since, results: xr.Dataset, language: str) -> Table:
    facts, rows = measure_facts(results, language), list[dict[str, Any]]()
    money, scale = display_unit("亿元", language)
    for one in made.decisions:
        fact = facts[one.measure]
        rows.append(
            {
                "measure": fact["measure"],
                "unit": money,
                "year": "",
                "since_then": "",
                "since_now": "",
                "since_invested": tidy(one.invested * scale),
            }
        )
        for year, (then, now) in one.amounts.items():
            rows.append(
                {
                    "measure": fact["measure"], "unit": fact["unit"], "year": year, "since_then": tidy(then * fact["_factor"]),
                    "since_now": tidy(now * fact["_factor"]), "since_invested": "",
                }
            )  # fmt: skip
    notes = [word("note_since_invested", language).format(money)]
    return table(
        word("title_since_decisions", language).format(len(made.decisions)),
        ["measure", "unit", "year", "since_then", "since_now", "since_invested"],
        rows,
        notes,
    )
