"""Other plans as tables, on a screen and as a workbook: what every plan needs, what it may have, what never pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import case_title, labels, shown, tidy
from model.report.layout import screen
from model.report.pages.page import PALETTE, Chart, Page, Report, Series, most_bars
from model.report.studies.endings import stopped_lines
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word
from model.report.writers.screen import table_lines
from model.results.alternatives import Alternatives, Bounds, Role, WithinCost

ROLES: tuple[Role, ...] = ("must", "committed", "open", "optional", "never")
WORDS_OF = {"must": "must", "committed": "committed_role", "open": "open", "optional": "optional", "never": "never"}
PROOFS = ("least_proven", "most_proven", "less_costs", "more_costs")
most_rows = 25


def alternatives_text(made: Alternatives, known: xr.Dataset, language: str) -> str:
    """Each share with its roles counted and its measures, must-haves first; then the different plans."""
    lines = [case_title(known, language), *stopped_lines(made, language, shown=bool(made.within))]
    for within, part in zip(made.within, _tables(made, known, language), strict=True):
        counts = Counter(one.role for one in within.bounds)
        roles = [
            word("line_role", language).format(count=counts[role], role=word(WORDS_OF[role], language)) for role in ROLES if counts[role]
        ]
        told = word("line_roles", language).format(_percent(within), word("separator", language).join(roles))
        left_out = PROOFS if any(one.years for one in within.bounds) else (*PROOFS, "years")
        lines += ["", told, *table_lines(part, language, most=most_rows, left_out=left_out, keys=("years",))]
    if made.different:
        lines += ["", *table_lines(_different(made, known, language), language, most=most_rows)]
    else:
        lines += _fewer(made, language)
    return screen(lines)


def alternatives_report(made: Alternatives, known: xr.Dataset, language: str) -> Report:
    parts = {f"within-{100 * one.share:g}": part for one, part in zip(made.within, _tables(made, known, language), strict=True)}
    pages = [Page("alternatives", parts, [_chart(made, next(reversed(parts)), language)] if parts else [])]
    pages += [Page("different_plans", {"different-plans": _different(made, known, language)})] if made.different else []
    return Report(case_title(known, language), word("alternatives", language), language, pages)


def _tables(made: Alternatives, known: xr.Dataset, language: str) -> list[Table]:
    names = labels(known, "measure", "label", language)
    return [
        table(
            word("title_alternatives", language).format(_percent(within)),
            [
                "measure", "role", "years", "unit", "in_plan", "least_proven", "least_found", "most_found", "most_proven", "less_costs", "more_costs",
                "share_least", "share_room",
            ],
            [_row(one, within.share, names, language) for one in _ordered(within.bounds)], [word("note_alternatives", language)],
        )
        for within in made.within
    ]  # fmt: skip


def _ordered(bounds: Sequence[Bounds]) -> list[Bounds]:
    """By role, then by how much of what there can be is in every plan, then by room."""
    return sorted(
        bounds,
        key=lambda one: (ROLES.index(one.role), -_share(one.least_high, one.most_low), -one.most_low / one.size, one.measure, one.years),
    )


def _row(one: Bounds, share: float, names: dict[str, str], language: str) -> dict[str, Any]:
    unit, factor = display_unit(one.unit, language)
    amounts = {
        "in_plan": one.plan, "least_proven": one.least_low, "least_found": one.least_high, "most_found": one.most_low, "most_proven": one.most_high,
    }  # fmt: skip
    least = 100 * _share(one.least_high, one.most_low)
    return {
        "measure": names.get(one.measure, one.measure), "role": word(WORDS_OF[one.role], language), "years": one.years or word("all_years", language),
        "unit": unit, **{name: tidy(_clean(value, one.size) * factor) for name, value in amounts.items()}, "share_least": tidy(least),
        "less_costs": tidy(100 * share * (1 - one.least_unproven)), "more_costs": tidy(100 * share * (1 - one.most_unproven)),
        "share_room": tidy(100 - least) if one.most_low > 1e-6 * one.size else 0.0, "_total": one.role == "must",
    }  # fmt: skip


def _clean(value: float, size: float) -> float:
    return 0.0 if abs(value) <= 1e-6 * size else value


def _share(least: float, most: float) -> float:
    return float(least / most) if most > 0 and np.isfinite(least) else 0.0


def _different(made: Alternatives, known: xr.Dataset, language: str) -> Table:
    """One row for each measure that differs between the plans, and the cost on top."""
    names = labels(known, "measure", "label", language)
    heads = [word("in_plan", language), *(word("plan_number", language).format(at + 1) for at in range(len(made.different)))]
    plans = [made.reference, *(one.amounts for one in made.different)]
    money, factor = display_unit("亿元", language)
    costs = [made.cost.value, *(one.cost for one in made.different)]
    rows: list[dict[str, Any]] = [
        {
            "measure": word("cost_found", language),
            "unit": money,
            **{h: tidy(c * factor) for h, c in zip(heads, costs, strict=True)},
            "_total": True,
        }
    ]
    spread = {k: max(plan[k] for plan in plans) - min(plan[k] for plan in plans) for k in made.reference}
    largest = {k: max(abs(plan[k]) for plan in plans) for k in made.reference}
    for k in sorted(spread, key=lambda k: (-spread[k] / max(largest[k], 1e-9), -largest[k], k)):
        if spread[k] > 1e-4 * max(largest[k], 1e-9) and largest[k] > 1e-6:
            unit, factor = display_unit(str(made.units[k]), language)
            amounts = {head: tidy(plan[k] * factor) for head, plan in zip(heads, plans, strict=True)}
            rows.append({"measure": names.get(k, k), "unit": unit, **amounts})
    share = _percent(made.within[-1])
    return table(
        word("title_different", language).format(share),
        ["measure", "unit", *heads],
        rows,
        [word("note_different", language), *_fewer(made, language)],
    )


def _fewer(made: Alternatives, language: str) -> list[str]:
    """That fewer different plans were found than asked for, where the search for them came to its end."""
    found, asked = len(made.different), made.different_asked
    return [word("line_fewer_different", language).format(found=found, asked=asked)] if made.complete and found < asked else []


def _chart(made: Alternatives, key: str, language: str) -> Chart:
    """Of each measure that any plan needs or may have: what is in every plan, and the room above it."""
    last = max(1, min(most_bars, sum(one.role != "never" for one in made.within[-1].bounds))) - 1
    series = [
        Series(word(name, language), colour, column=name) for colour, name in zip(PALETTE, ("share_least", "share_room"), strict=False)
    ]
    title = word("chart_alternatives", language).format(_percent(made.within[-1]))
    return Chart("bars", title, key, "measure", series, "%", "", rows=(0, last), stacked=True)


def _percent(within: WithinCost) -> str:
    return shown(100 * within.share, 1).removesuffix(".0")
