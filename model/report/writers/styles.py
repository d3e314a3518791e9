"""How a cell looks: one font, a colour for the state of a target, the decimals that its row needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from model.report.cell_places import COUNTS, places_of
from model.report.words import word

TEXT_COLUMNS = frozenset({"year", "sense", "unit", "kind", "state", "strength", "status", "last_year", "within", "deadline", "entry_kind"})
# How an amount is known: recorded, estimated, reconstructed, planned.
WORD_COLOURS = {"record": "#C6E0B4", "estimate": "#FFE699", "reconstructed": "#D9D2E9", "planned": "#DDEBF7"}
STATE_COLOURS = {"met": ("#E2EFDA", "#375623"), "binding": ("#FFF2CC", "#7F6000"), "out_of_reach": ("#F8CBAD", "#9C0006")}
STATE_COLOURS |= {"relaxed": ("#FCE4D6", "#833C0B")}
STATE_COLOURS |= dict.fromkeys(("past_met", "past_met_by_model", "past_met_by_record"), STATE_COLOURS["met"])
STATE_COLOURS |= {"past_missed": STATE_COLOURS["out_of_reach"]}


@dataclass(frozen=True)
class Styles:
    """Cell formats by their properties, each made once for a workbook."""

    workbook: xlsxwriter.Workbook
    language: str
    _made: dict[tuple, Format] = field(default_factory=dict)

    def get(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(
                {"font_name": word("font", self.language), "font_size": 9, "valign": "vcenter", **properties}
            )
        return self._made[key]


def row_look(record: Mapping[Any, Any]) -> dict[str, Any]:
    """What the marks of a row ask for: italics for illustrative units, bold for a total."""
    look: dict[str, Any] = {"border": 1, "border_color": "#D9D9D9"}
    if record.get("_illustrative") is True:
        look |= {"italic": True, "font_color": "#7F6000"}
    if record.get("_total") is True:
        look |= {"bold": True, "bg_color": "#DDEBF7"}
    return look


def cell_format(
    styles: Styles, record: Mapping[Any, Any], names: Sequence[Any], name: Any, look: Mapping[str, Any], *, dash_zero: bool, wrapped: bool
) -> Format:
    value, own = record[name], dict(look)
    if name == "state" and record.get("_state") in STATE_COLOURS:
        background, ink = STATE_COLOURS[record["_state"]]
        own |= {"bg_color": background, "font_color": ink, "bold": True}
    state = (record.get("_states") or {}).get(name)
    if state in STATE_COLOURS:
        own |= {"bg_color": STATE_COLOURS[state][0]}
    said = record.get("_word") if name in ("amount", "known_by") else (record.get("_words") or {}).get(name)
    if said in WORD_COLOURS:
        own |= {"bg_color": WORD_COLOURS[said]}
    if name == "_id":
        return styles.get(**own | {"font_size": 8, "font_color": "#7F7F7F", "shrink": True, "align": "left"})
    if isinstance(value, str):
        return styles.get(**own, text_wrap=wrapped, align="center" if name in TEXT_COLUMNS else "left")
    if name in COUNTS:
        return styles.get(**own, num_format="0", align="center")
    return styles.get(**own, num_format=_number_format(record, names, name, dash_zero=dash_zero), align="right")


def _number_format(record: Mapping[Any, Any], names: Sequence[Any], name: Any, *, dash_zero: bool) -> str:
    places = places_of(record, names, name)
    shape = "#,##0" + ("." + "0" * places if places else "")
    return f'{shape}_);-{shape}_);"–"_)' if dash_zero else f"{shape}_)"


def text_only(text: str) -> str:
    """A name of a chart that is no formula.

    >>> text_only("=1+1"), text_only("wind")
    (' =1+1', 'wind')
    """
    return f" {text}" if text.startswith("=") else text
