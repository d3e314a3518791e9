"""The base year against its facts, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.report.display import decimals, dust, percent, shown
from model.report.layout import clipped, columns_of, screen, width
from model.report.units import display_unit
from model.report.words import counted, word, word_or

label_width = 36


def base_text(records: Sequence[Mapping[str, Any]], language: str) -> str:
    """The base year against its facts.

    Rows without an amount and without a fact are counted, not shown. Each record: label, variant, unit, modelled, residual, total; where there is a fact also fact, low, high, status, role, within.
    Amounts are in `unit`, a unit of the data; low and high may be None.
    """
    told = [record for record in records if record.get("fact") is not None or max(map(abs, _amounts(record)), default=0.0) > dust]
    names = ("indicator", "unit", "modelled", "residual", "residual_share", "total", "fact", "range", "status", "within")
    left_out = len(records) - len(told)
    lines = columns_of(
        [word(name, language) for name in names], [_base_row(record, language) for record in told], left=2, fixed=1, indent=""
    )
    return screen([*lines, *([counted("line_left_out", left_out, language)] if left_out else [])])


def _amounts(record: Mapping[str, Any]) -> list[float]:
    return [float(record[name]) for name in ("modelled", "residual", "total") if record.get(name) is not None]


def _base_row(record: Mapping[str, Any], language: str) -> list[str]:
    unit, factor = display_unit(str(record["unit"]), language)
    amounts = [record.get(name) for name in ("modelled", "residual", "total", "fact", "low", "high")]
    scaled = [None if value is None else float(value) * factor for value in amounts]
    places = decimals([value for value in scaled if value is not None], unit)
    modelled, residual, total, fact, low, high = ["" if value is None else shown(value, places) for value in scaled]
    share = percent(float(record["residual"]), float(record["total"]), 0) if record.get("residual") is not None else ""
    within = record.get("within")
    judged = "" if within is None else word("yes" if within else "no", language)
    status = word_or(f"status_{record.get('status')}", language, "")
    spread = f"{low}–{high}" if low and high else ""
    return [_base_label(record), unit, modelled, residual, share, total, fact, spread, status, judged]


def _base_label(record: Mapping[str, Any]) -> str:
    """The label, clipped so that the variant it is one of can still be read."""
    label, variant = str(record["label"]), record.get("variant")
    told = f" [{variant}]" if variant else ""
    return clipped(label, max(8, label_width - width(told))) + told
