"""What of a plan's cost passes to others and what it costs society: transfers and allowances by year, and the same plan repriced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, decimals, dust, labels, shown, spans, tidy
from model.report.layout import flowed, screen_width
from model.report.tables import Table, by_year, table
from model.report.units import display_unit
from model.report.words import word
from model.results.transfers import TRANSFERS, society

REPRICED = ("cost_as_paid", *TRANSFERS, "cost_without_transfers", "cost_at_one_rate", "cost_to_society")
SETTLED = ("emissions", "allotted", "forgiven", "bought", "lapsed", "sold")


def passing_tables(results: xr.Dataset, language: str) -> dict[str, Table]:
    """All of them that have rows; none of a case without transfers, carbon market and rates of payers."""
    made = {
        "cost-to-society": cost_to_society(results, language), "transfers": transfers(results, language),
        "carbon-market": carbon_market(results, language),
    }  # fmt: skip
    return {name: part for name, part in made.items() if len(part.frame)}


def cost_to_society(results: xr.Dataset, language: str) -> Table:
    """The present value as paid, what of it are transfers, and the same plan at one rate; beside it the baselines."""
    found, (unit, factor) = society(results), display_unit("亿元", language)
    rows: list[dict[str, Any]] = []
    for item in REPRICED if found else ():
        values = {name: tidy(factor * parts[item]) for name, parts in found.items()}
        if item in TRANSFERS and not any(values.values()):
            continue
        over = {"over_usual": tidy(values["plan"] - values["usual"])} if "usual" in values else {}
        rows.append({"item": word(f"passing_{item}", language), "unit": unit, **values, **over, "_total": item == "cost_to_society"})
    columns = ["item", "unit", *found, *(["over_usual"] if "usual" in found else [])]
    return table(
        word("title_cost_to_society", language), columns, rows, [word(f"note_{name}", language) for name in ("society", "one_rate")]
    )


def transfers(results: xr.Dataset, language: str) -> Table:
    """Each tax and subsidy by year, 亿元, with who pays and who gets it."""
    columns, title = ["item", "kind", "payer", "receiver", "unit"], word("title_transfers", language)
    if "transfer_paid" not in results:
        return table(title, columns, [])
    heads, (unit, factor) = spans(results), display_unit("亿元", language)
    names, payers = labels(results, "transfer", "label", language), labels(results, "payer", "label", language)
    sides = {side: attributes(results, "transfer", f"transfer_{side}") for side in ("kind", "payer", "receiver")}
    rows = []
    for name, label in names.items():
        values = results["transfer_paid"].sel(transfer=name).transpose("year").values
        who = {side: payers.get(str(sides[side][name]), word("outside_the_city", language)) for side in ("payer", "receiver")}
        kind = word(f"transfer_{sides['kind'][name]}", language)
        rows.append({"item": label, "kind": kind, **who, "unit": unit, **by_year(heads.values(), values, factor)})
    return table(title, [*columns, *heads.values()], rows, [word("note_transfers", language), word("note_span", language)])


def carbon_market(results: xr.Dataset, language: str) -> Table:
    """Each group of a carbon market by year: emissions, allotted, bought and sold apart, what is forgiven and lapses, and what it costs."""
    columns, title = ["allowance_group", "payer", "item", "unit"], word("title_carbon_market", language)
    if "allowance_emissions" not in results:
        return table(title, columns, [])
    heads, names = spans(results), labels(results, "allowance_group", "label", language)
    payers, units = (
        labels(results, "allowance_group", "payer_label", language),
        attributes(results, "allowance_group", "allowance_group_unit"),
    )
    rows = []
    for group, label in names.items():
        for what in (*SETTLED, "cost"):
            values = results[f"allowance_{what}"].sel(allowance_group=group).transpose("year").values
            unit, factor = display_unit("亿元" if what == "cost" else str(units[group]), language)
            if what in ("emissions", "allotted", "cost") or np.abs(values).max(initial=0.0) > dust:
                row = {"allowance_group": label, "payer": payers[group], "item": word(f"allowance_{what}", language), "unit": unit}
                rows.append({**row, **by_year(heads.values(), values, factor)})
    return table(title, [*columns, *heads.values()], rows, [word("note_carbon_market", language)])


def passing_lines(results: xr.Dataset, language: str) -> list[str]:
    """What of the plan's cost is transfers, and what it costs society, for a screen; nothing where the two are the same."""
    found = society(results)
    if not found:
        return []
    plan: Mapping[str, float] = found["plan"]
    factor = display_unit("亿元", language)[1]
    told = [name for name in TRANSFERS if abs(plan[name]) > dust]
    places = max(2, decimals([factor * plan[name] for name in (*told, "cost_to_society")]))
    parts = [f"{word(f'passing_{name}', language)} {shown(factor * plan[name], places)}" for name in told]
    text = word("line_society", language).format(
        word("separator", language).join(parts) or word("none", language), shown(factor * plan["cost_to_society"], places)
    )
    return [f"  {line.strip()}" for line in flowed(text, screen_width - 2)]
