"""Targets that can still be met or missed, apart from those of past years, of which it is only told how they came out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import xarray as xr

from model.results.past import own_judgements
from model.results.shortfalls import decided_since, usual_shortfalls

PAST = ("by_record", "by_model", "unknown", "missed")


class OpenTargets(NamedTuple):
    """Ids: `asked` are open; {id: weight} `missed` of them in some decided year, `tight` met with nothing to spare in some, the weightiest first; {id: how it
    came out} `past`."""

    asked: list[str]
    missed: dict[str, float]
    tight: dict[str, float]
    past: dict[str, str]


def open_targets(results: xr.Dataset) -> OpenTargets:
    """Open is a target that is dated in a decided year, or one of a past year that goes on and is missed in a decided one.

    How a past one came out: by_record (a document, a published value or recorded builds say that it is met), by_model (met by the model alone),
    missed or unknown. A weight is what the requirement costs at most, the price of one more unit times what is required, 亿元 of present value.
    """
    since, past = decided_since(results), dict[str, str]()
    told = "target_dated" in results  # a case without targets has none
    dated = dict(zip(results["target"].values.tolist(), results["target_dated"].values.tolist(), strict=True)) if told else {}
    for t, one in (own_judgements(results) if "judged_target" in results else {}).items():
        if int(dated[t]) < since:
            alone = one["by"] == "model" and not one["by_record"]
            past[t] = one["verdict"] if one["verdict"] != "met" else "by_model" if alone else "by_record"
    missed, tight, asked = dict[str, float](), dict[str, float](), list[str]()
    names = ("row_target", "row_year", "row_enforced", "met", "binding", "required")
    rows = zip(*(results[name].values.tolist() for name in names), strict=True) if results.sizes.get("target_row") else ()
    prices = results["row_price"].values if "row_price" in results else np.zeros(results.sizes.get("target_row", 0))
    for (t, year, enforced, met, binding, required), price in zip(rows, prices.tolist(), strict=True):
        if not enforced or year < since or (t in past and met):
            continue
        asked.append(t)
        found = missed if not met else tight if binding else None
        if found is not None:
            found[t] = max(found.get(t, 0.0), abs(np.nan_to_num(price) * np.nan_to_num(required)))
    past = {t: how for t, how in past.items() if t not in missed}
    tight = {t: weight for t, weight in tight.items() if t not in missed}
    return OpenTargets(list(dict.fromkeys(asked)), _ranked(missed), _ranked(tight), past)


def usual_path_suffices(results: xr.Dataset) -> bool | None:
    """Whether the usual path serves every demand and meets all open targets by itself; None of a run that does not tell.

    Years before decisions begin do not count.
    """
    if "row_met_as_usual" not in results:
        return None
    asked, since = set(open_targets(results).asked), decided_since(results)
    names = ("row_target", "row_year", "row_enforced", "row_met_as_usual")
    rows = zip(*(results[name].values.tolist() for name in names), strict=True)
    return not usual_shortfalls(results) and all(met for t, year, enforced, met in rows if t in asked and enforced and year >= since)


def _ranked(found: dict[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
