"""The unit each number of a case is converted to: one rule for every table."""

from __future__ import annotations

from typing import Any

from model.case.read.case import Case
from model.case.tables.columns import Row
from model.case.tables.forms import FORMS
from model.case.tables.quantities import QUANTITIES, SETTINGS
from model.case.units.conversion import unit_fault

LOCAL_IDS = ("day_types",)  # their ids are names within another row

# What `by` counts, and the column of the counted row that holds its unit.
COUNTED = {
    "activity": "activity_unit",
    "capacity": "capacity_unit",
    "use": "unit",
    "level": "unit",
    "build": "unit",
    "indicator": "unit",
    "change": "unit",
    "driver": "unit",
}


# The rule of each table in words, as `canonical_unit` applies it; docs/data.md is made from it.
UNIT_RULES: dict[str, tuple[str, str]] = {
    "numbers": ("the unit of its quantity, see below", "见下文各量的单位"),
    "settings": ("the unit of the setting, see below", "见下文各设定的单位"),
    "flows": ("unit of the commodity per unit of the technology's activity", "平衡物单位/技术活动量单位"),
    "existing": ("the technology's unit of capacity", "技术的容量单位"),
    "effects": ("unit of capacity (technology) or unit of the indicator, per unit of the measure", "技术容量单位或指标单位/措施单位"),
    "curves": ("1, a multiplier", "1（倍数）"),
    "day_types": ("1, a multiplier", "1（倍数）"),
    "credit_segments": ("1 or %, a share of the technology's own capacity credit", "1或%（占技术自身容量置信系数的比例）"),
    "profiles": ("full-load hours a year (availability) or 1 (shape)", "年利用小时（出力系数）或1（形状）"),
    "accounts": ("unit of the indicator per unit of what is counted", "指标单位/核算量单位"),
    "residuals": ("unit of the fuel or indicator", "燃料或指标的单位"),
    "targets": (
        "unit of the indicator; with a reference, that per unit of the reference; of a change, % of the base year",
        "指标单位；有参照的为指标单位/参照单位；变化类为相对基年的百分比",
    ),
    "facts": ("unit of the indicator", "指标单位"),
    "deflators": ("1 or %, any year being 1 or 100", "1或%（任一年为1或100）"),
    "funding": ("1 or %, a share", "1或%（比例）"),
    "projects": ("money, such as 亿元", "金额，如亿元"),
    "actuals": ("unit of the measure", "措施单位"),
    "couplings": ("any; the terms are converted to it", "自定，各项均换算为此单位"),
    "coupling_terms": ("unit of the coupling per unit of what is counted", "关联约束的单位/所计量的单位"),
}


class Lookup:
    """Finds a case's rows by id. A generic indicator gives the variant that the case chooses."""

    def __init__(self, case: Case) -> None:
        self._rows: dict[str, tuple[str, Row]] = {}
        for table, rows in case.tables.items():
            if table in LOCAL_IDS:
                continue
            for row in rows:
                name = vars(row).get("id")
                if isinstance(name, str):
                    self._rows.setdefault(name, (table, row))
        self._generic: dict[str, str] = {}
        for row in case.tables["indicators"]:
            if row.stands_for and case.header.variants.get(row.stands_for) == row.variant:
                self._generic.setdefault(row.stands_for, row.id)

    def resolved(self, name: str | None) -> str | None:
        """The id of the chosen variant for a generic id, the id itself for any other."""
        return self._generic.get(name, name) if name is not None else None

    def row(self, name: str | None) -> Row | None:
        """The row of this id, or None."""
        found = self._rows.get(self.resolved(name) or "")
        return found[1] if found else None

    def table(self, name: str | None) -> str | None:
        """The table that holds this id, or None."""
        found = self._rows.get(self.resolved(name) or "")
        return found[0] if found else None

    def column(self, name: str | None, column: str) -> str | None:
        """The text in a column of the row of this id, or None where there is no such row, column or text."""
        row = self.row(name)
        text = vars(row).get(column) if row is not None else None
        return text if isinstance(text, str) else None


def canonical_unit(table: str, row: Any, lookup: Lookup) -> str | None:
    """The unit a row's value, low and high are converted to; None where its own unit stands as it is.

    None too where the rows that would tell it are missing; `check` reports those.
    """
    match table:
        case "numbers":
            return quantity_unit(row.item, row.quantity, lookup)
        case "settings":
            return SETTINGS[row.id].unit if row.id in SETTINGS else None
        case "flows":
            return _per(lookup.column(row.commodity, "unit"), lookup.column(row.technology, "activity_unit"))
        case "existing":
            return lookup.column(row.technology, "capacity_unit")
        case "effects":
            item = "unit" if lookup.table(row.item) == "indicators" else "capacity_unit"
            return _per(lookup.column(row.item, item), lookup.column(row.measure, "unit"))
        case "curves" | "day_types" | "funding" | "credit_segments" | "deflators":
            return "1"
        case "projects":
            return "亿元"
        case "profiles":
            return "1" if row.kind == "shape" else full_load_unit(row.unit)
        case "accounts":
            return _per(lookup.column(row.indicator, "unit"), counted_unit(row.by, row.item, lookup))
        case "residuals":
            return lookup.column(row.item, "unit")
        case "targets":
            return _target_unit(row, lookup)
        case "facts":
            return lookup.column(row.indicator, "unit")
        case "actuals":
            return lookup.column(row.measure, "unit")
        case "coupling_terms":
            return _per(lookup.column(row.coupling, "unit"), counted_unit(row.by, row.item, lookup))
    return None


def counted_unit(by: str | None, item: str | None, lookup: Lookup) -> str | None:
    """The unit of what an account or a coupling's term counts of an item."""
    if by in ("bought", "sold", "demand"):
        return lookup.column(lookup.column(item, "commodity"), "unit")
    if by == "residual":
        return lookup.column(lookup.column(item, "item"), "unit")
    if by == "spend":
        return "亿元"
    return lookup.column(item, COUNTED[by]) if by in COUNTED else None


def quantity_unit(item: str | None, quantity: str | None, lookup: Lookup) -> str | None:
    known = QUANTITIES.get(lookup.table(item) or "", {}).get(quantity or "")
    row = lookup.row(item)
    if known is None or row is None:
        return None
    units = {name: text for name, text in vars(row).items() if isinstance(text, str)}
    if "commodity" in units and (unit := lookup.column(units["commodity"], "unit")) is not None:
        units["commodity_unit"] = unit
    if "technology" in units and (unit := lookup.column(units["technology"], "capacity_unit")) is not None:
        units["capacity_unit"] = unit
    units |= _of_transfers(units, lookup)
    try:
        return known.unit.format_map(units)
    except KeyError:
        return None


def _of_transfers(row: dict[str, str], lookup: Lookup) -> dict[str, str]:
    """The units that rows of transfers and of carbon markets point to: of the indicator, the market's emissions, the output."""
    output = "TWh" if row.get("by") == "heat" else lookup.column(row.get("technology"), "activity_unit")
    market = row.get("market") or lookup.column(row.get("group"), "market")
    found = {
        "indicator_unit": lookup.column(row.get("indicator"), "unit"),
        "output_unit": output,
        "market_unit": lookup.column(market, "unit"),
    }
    return {name: unit for name, unit in found.items() if unit is not None}


def _target_unit(row: Any, lookup: Lookup) -> str | None:
    form, unit = FORMS.get(row.form), lookup.column(row.indicator, "unit")
    if form is None:
        return None
    if form.change_from:
        return "1"
    return _per(unit, lookup.column(row.reference, "unit")) if form.reference else unit


def full_load_unit(unit: str | None) -> str:
    """The unit of a profile's yearly yield: statistics give it in h and in h per year; both are meant for one year."""
    return "h" if unit and unit_fault(unit, "h") is None else "h/yr"


def _per(above: str | None, below: str | None) -> str | None:
    return f"({above})/({below})" if above and below else None
