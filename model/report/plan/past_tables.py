"""The years before decisions begin, in words and tables: how each amount is known, how past targets are judged, what goes on unmet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import decimals, labels, shown, tidy
from model.report.layout import wrapped
from model.report.plan.target_tables import target_facts
from model.report.tables import Table, measure_facts, spans, table
from model.report.units import display_unit
from model.report.words import word
from model.results.past import counts_of_words, judgements

most_named = 2


def has_past(results: xr.Dataset) -> bool:
    """Whether decisions begin after the first modelled year."""
    return bool(counts_of_words(results))


def past_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """How the past is known, how its targets are judged, and what is sunk: a few lines of the screen."""
    counts, past = counts_of_words(results), dict(manifest.get("past", {}))
    if not counts:
        return []
    told = [f"{word(f'word_{name}', language)} {count}" for name, count in counts.items()]
    since = int(results.attrs["decide_from"])
    lines = wrapped(told, first=word("line_past", language).format(since, ""), separator=word("separator", language))
    found: dict[str, list[str]] = {}
    for one in judgements(results):
        found.setdefault(one["verdict"], []).append(one["target"])
    names = labels(results, "target", "label", language)
    for verdict, targets in found.items():
        named = [names[t] for t in dict.fromkeys(targets)]
        lines += wrapped(
            [str(len(named)), *named] if verdict != "met" else [str(len(named))],
            first="  " + word(f"judged_{verdict}", language) + word("colon", language), separator=word("separator", language), lines=2,
        )  # fmt: skip
    money = display_unit("亿元", language)[0]
    lines.append("  " + word("line_sunk", language).format(shown(float(past.get("sunk", 0.0)), 2), money))
    raised = labels(results, "measure", "label", language)
    over = [raised[one["measure"]] for one in past.get("raised", ())]
    if over:
        named = [str(len(over)), *dict.fromkeys(over)]
        lines += wrapped(named, first="  " + word("line_raised", language).format(""), separator=word("separator", language), lines=2)
    return lines + _unmet(results, past.get("onward", ()), language)


def _unmet(results: xr.Dataset, onward: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """Targets that go on and are not met from the first decided year: what they reach, and from when they are met."""
    names, lines = labels(results, "target", "label", language), list[str]()
    for one in onward:
        unit, factor = display_unit(str(one["unit"]), language)
        asked, given = float(one["asked"]) * factor, float(one["given"]) * factor
        places = decimals([asked, given], unit)
        told = word("unmet", language).format(one["year"], shown(given, places), shown(asked, places), unit)
        until = word("met_from", language).format(one["met_from"]) if one["met_from"] else word("met_never", language)
        lines += wrapped([names[one["target"]] + word("colon", language) + told, until], first="  ", separator=word("separator", language))
    return [word("line_unmet", language), *lines] if lines else []


def past_builds(results: xr.Dataset, language: str) -> Table:
    """What was built before decisions begin, by measure and year, with how it is known."""
    facts, heads = measure_facts(results, language), spans(results)
    since, rows = int(results.attrs["decide_from"]), list[dict[str, Any]]()
    built = results["build"].transpose("measure", "build_year")
    words = results["build_word"].transpose("measure", "build_year")
    for k, amounts, known in zip(built["measure"].values.tolist(), built.values, words.values, strict=True):
        for y, amount, said in zip(built["build_year"].values.tolist(), amounts.tolist(), known.tolist(), strict=True):
            if said and y < since:
                fact = facts[k]
                rows.append(
                    {
                        "sector": fact["sector"], "measure": fact["measure"], "unit": fact["unit"], "period": heads[int(y)], "amount": tidy(amount * fact["_factor"]),
                        "known_by": word(f"word_{said}", language), "_word": said, "_order": (*fact["_rank"], k, y),
                    }
                )  # fmt: skip
    rows.sort(key=lambda row: row.pop("_order"))
    return table(
        word("title_past_builds", language),
        ["sector", "measure", "unit", "period", "amount", "known_by"],
        rows,
        [word("note_words", language)],
    )


def past_targets(results: xr.Dataset, language: str) -> Table:
    """Past targets and how they are judged; missed is said on an official result or a published value alone."""
    facts, rows = target_facts(results, language), list[dict[str, Any]]()
    for one in judgements(results):
        unit, factor = display_unit(one["unit"], language)
        fact = facts[one["target"]]
        state = one["verdict"] if one["verdict"] != "unknown" else "no_meaning"
        rows.append(
            {
                "clause": fact["clause"], "target": fact["target"], "year": one["year"], "required": tidy(one["required"] * factor) if np.isfinite(one["required"]) else np.nan,
                "achieved": tidy(one["achieved"] * factor), "unit": unit, "state": word(f"judged_{one['verdict']}", language),
                "judged_by": word(f"by_{one['by']}", language), "document": one["document"], "_state": state, "_order": (fact["_clause"], one["target"], one["year"]),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row.pop("_order"))
    columns = ["clause", "target", "year", "required", "achieved", "unit", "state", "judged_by", "document"]
    return table(word("title_past_targets", language), columns, rows, [word("note_judged", language)])
