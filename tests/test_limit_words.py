"""What holds a target back is named by its label, whatever kind of item it is."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from paper import GAP, actual, also
from paper_case import case_of
from paper_past import EXACT, LEAST
from papers.couplings import REQUIRES

from model.report.plan.limit_text import limits_said
from model.results.clash import Limit_Kind
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_limit_is_told_by_an_id(language: str) -> None:
    """Measures that add to no indicator, technologies, commodities, markets and couplings alike."""
    case, tables = case_of(REQUIRES), ("measures", "technologies", "commodities", "markets", "couplings")
    rows = {row.id: row for name in tables for row in case.tables[name]}
    marked = {name: row.model_copy(update={"label_en": f"The {name}!", "label_zh": f"某{name}！"}) for name, row in rows.items()}
    relabelled = replace(case, tables={**case.tables, **{name: tuple(marked[row.id] for row in case.tables[name]) for name in tables}})
    results = solve(relabelled, Options(gap=GAP)).results
    limits = [{"kind": kind, "item": name, "years": [2021]} for name in rows for kind in get_args(Limit_Kind) if kind != "firm_capacity"]
    said = limits_said(results, limits, language)
    for limit, phrase in zip(limits, said, strict=True):
        assert str(vars(marked[str(limit["item"])])[f"label_{language}"]) in phrase, phrase
    assert "{" not in "".join(limits_said(results, [{"kind": "firm_capacity", "item": "firm_capacity", "years": [2021]}], language))


def test_what_was_built_by_no_record_is_not_said_to_be_built() -> None:
    """0.4 Mt of short-lived plants of 2021 are reconstructed; recorded or estimated, they were built."""
    limit = [{"kind": "actual", "item": "short_lived", "years": [2021]}]
    for paper, said in ((LEAST, "reconstructed"), (also(LEAST, actual("short_lived", 2021, 0.4)), "built already")):
        results = solve(case_of(paper), EXACT).results
        assert said in limits_said(results, limit, "en")[0]
