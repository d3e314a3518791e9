"""The years before decisions begin, in words and tables: how each amount is known, how past targets are judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import labels, shown, tidy
from model.report.layout import wrapped
from model.report.plan.target_tables import target_facts
from model.report.tables import Table, measure_facts, spans, table
from model.report.units import display_unit
from model.report.words import word
from model.results.past import counts_of_words, judgements


def has_past(results: xr.Dataset) -> bool:
    """Whether decisions begin after the first modelled year."""
    return bool(counts_of_words(results))


def past_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """How the past is known, how its targets are judged, and what is sunk: a few lines of the screen."""
    counts, past = counts_of_words(results), dict(manifest.get("past", {}))
    if not counts:
        return []
    separator, since = word("separator", language), int(results.attrs["decide_from"])
    told = [f"{word(f'word_{name}', language)} {count}" for name, count in counts.items()]
    verdicts = Counter({one["target"]: one["verdict"] for one in judgements(results)}.values())
    judged = [f"{word(f'judged_{verdict}', language)} {verdicts[verdict]}" for verdict in ("met", "missed", "unknown") if verdicts[verdict]]
    money = display_unit("亿元", language)[0]
    names = labels(results, "measure", "label", language)
    over = list(dict.fromkeys(names[one["measure"]] for one in past.get("raised", ())))
    raised = word("line_raised", language).format("")
    return [
        word("line_past", language).format(since, separator.join(told)),
        *([f"  {word('line_judged', language).format(separator.join(judged))}"] if judged else []),
        "  " + word("line_sunk", language).format(shown(float(past.get("sunk", 0.0)), 2), money),
        *(wrapped([str(len(over)), *over], first=f"  {raised}", separator=separator, lines=2) if over else []),
    ]


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
