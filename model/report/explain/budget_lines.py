"""What one more 亿元 of a budget would save, in words."""

from __future__ import annotations

from model.case.units.registry import factor
from model.report.display import labels, shown
from model.report.explain.explain_tables import ItemLabels, ranked
from model.report.units import display_unit
from model.report.words import word
from model.results.explained import Explained

least_price = 1e-9


def budget_lines(explained: Explained, names: ItemLabels) -> list[str]:
    """A sentence for each budget that costs anything: what the plan saves, present value, for 亿元 more that its payers may spend."""
    payers, money = labels(names.known, "target", "payers_label", names.language), display_unit("亿元", names.language)[0]
    lines = list[str]()
    for one in ranked(explained):
        if payers.get(one.id) and one.sense == "<=" and one.price > least_price:
            saved = shown(one.price * factor("亿元", one.unit))
            told = word("line_explain_budget", names.language).format(payers[one.id], money, names.of(one.id), saved)
            lines.append(f"  {told}")
    return lines
