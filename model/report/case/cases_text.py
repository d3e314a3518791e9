"""The cases there are, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.case.tables.rows import TABLES
from model.report.layout import screen
from model.report.words import of_both, word

COUNTED = ("measures", "technologies", "targets")


def cases_text(records: Sequence[Mapping[str, Any]], language: str) -> str:
    """Two lines for each case, by its records: what it is called, then its years and how much it holds; a third where it has overlays."""
    wide, lines = max((len(one["case"]) for one in records), default=0), list[str]()
    for one in records:
        counts = (f"{of_both(*TABLES[name].labels, language)}{word('colon', language)}{one[name]}" for name in COUNTED)
        lines.append(f"{one['case']:<{wide}}  {of_both(one['label_en'], one['label_zh'], language)}")
        lines.append(f"{'':<{wide}}  {word('separator', language).join([one['years'], *counts])}")
        if one["overlays"]:
            named = f"{word('overlays', language)}{word('colon', language)}{word('comma', language).join(one['overlays'])}"
            lines.append(f"{'':<{wide}}  {named}")
    return screen(lines) if lines else ""
