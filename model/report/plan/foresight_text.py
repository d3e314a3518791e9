"""What short sight cost, on a screen: against the plan of all years at once, and the targets that were seen too late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import equal_as_shown, labels, shown
from model.report.layout import screen
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.plain import number
from model.results.plan_cost import plan_cost


def foresight_text(record: Mapping[str, Any], results: xr.Dataset, language: str) -> str:
    """`record` is what the manifest says of it, `results` are those of the run."""
    unit = display_unit("亿元", language)[0]
    lines = [counted("line_foresight", int(record["years"]), language, len(record["steps"]))]
    if record["full"]:
        low, high = (float(record["cost"][name]) for name in ("low", "high"))
        equal = equal_as_shown(low, high)
        key = "line_foresight_equal" if equal else "line_foresight_same" if low <= 0.0 <= high else "line_foresight_cost"
        lines.append(word(key, language).format(shown(plan_cost(record["full"]).value, 2), unit, shown(low, 2), shown(high, 2)))
    else:
        lines.append(word("line_foresight_no_full", language))
    if record["missed"]:
        names = labels(results, "target", "label", language)
        lines.append(word("line_foresight_lost" if record["full"] else "line_foresight_short", language))
        key = "line_foresight_target" if record["full"] else "line_foresight_target_short"
        for one in record["missed"]:
            name, year = str(names.get(one["target"], one["target"])), str(one["year"])
            unit, factor = display_unit(one["unit"], language)
            asked, given = (shown(number(one[end]) * factor) for end in ("asked", "given"))
            dated = name if year in name else word("line_foresight_dated", language).format(name, year)
            lines.append("  " + word(key, language).format(dated, asked, unit, given, one["in_sight"]))
    return screen(lines)
