"""What overlays of a case give together, and what they leave open, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.report.words import counted, word

most_rows = 12


def clash_sentences(clashes: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """One sentence for each table and those that give the same rows of it, by their records: which rows, and whose count."""
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in clashes:
        rows.setdefault((one["table"], tuple(one["overlays"])), []).append(one["row"])
    comma, told = word("comma", language), list[str]()
    for (table, overlays), found in rows.items():
        more = [word("more_clashes", language).format(len(found) - most_rows)] if len(found) > most_rows else []
        shown = comma.join([*found[:most_rows], *more])
        told.append(word("note_overlay_clash", language).format(table=table, rows=shown, overlays=comma.join(overlays), last=overlays[-1]))
    return told


def open_sentences(targets: Mapping[str, int], language: str) -> list[str]:
    """One sentence for each overlay with targets that have no number, {overlay: how many}."""
    return [counted("note_overlay_open", count, language, name) for name, count in targets.items()]
