"""Rows of a case gathered under the names of their tables, and written as the folder that both models read."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COLUMNS = {
    "sectors": "id label_en label_zh payer", "payers": "id label_en label_zh", "clauses": "id label_en label_zh bureaus",
    "drivers": "id label_en label_zh unit", "commodities": "id label_en label_zh unit balance surplus",
    "technologies": "id label_en label_zh sector operation capacity_unit activity_unit profile host heat serves span",
    "flows": "technology commodity year", "existing": "id label_en label_zh technology since until survival",
    "measures": "id label_en label_zh sector clause payer kind unit whole usual earliest latest lead_time cash_profile survival",
    "credit_groups": "id label_en label_zh technologies", "credit_segments": "id label_en label_zh group beyond",
    "ramps": "id label_en label_zh unit measures",
    "effects": "measure item lifetime until stock lag curve", "curves": "curve age", "profiles": "id label_en label_zh kind",
    "profile_days": "profile period " + " ".join(f"h{hour}" for hour in range(24)), "periods": "id label_en label_zh days",
    "day_types": "id profile share", "demands": "id label_en label_zh commodity shape",
    "markets": "id label_en label_zh commodity direction payer shape shape_later",
    "indicators": "id label_en label_zh unit stands_for variant", "accounts": "indicator item by year",
    "residuals": "id label_en label_zh sector item",
    "targets": "id label_en label_zh series clause quote strength indicator form sense reference year base_year holds tolerance",
    "facts": "id label_en label_zh indicator year role",
    "couplings": "id label_en label_zh kind sense", "coupling_terms": "coupling item by", "actuals": "measure year low high",
    "settings": "id label_en label_zh", "numbers": "item quantity year price_year", "deflators": "year",
    "transfers": "id label_en label_zh kind payer receiver indicator measures", "carbon_markets": "id label_en label_zh unit",
    "allowance_groups": "id label_en label_zh market payer since", "allowance_outputs": "id label_en label_zh group technology by",
}  # fmt: skip
VALUED = {
    "flows", "existing", "effects", "curves", "profiles", "day_types", "accounts", "residuals", "targets", "couplings", "coupling_terms",
    "actuals", "facts", "settings", "numbers", "credit_segments", "deflators",
}  # fmt: skip
# The same amount in other words: how many of them make one.
EQUAL: dict[str, dict[str, float]] = {
    "Mt": {"Mt": 1, "万吨": 100, "万t": 100, "kt": 1000}, "TWh": {"TWh": 1, "亿千瓦时": 10, "亿kWh": 10, "万kWh": 1e5},
    "GW": {"GW": 1, "万千瓦": 100, "万kW": 100, "MW": 1000}, "亿元/Mt": {"亿元/Mt": 1, "元/t": 100, "万元/万吨": 100},
    "CNY/tce": {"CNY/tce": 1, "元/吨标煤": 1, "亿元/Mtce": 0.01}, "CNY/kWh": {"CNY/kWh": 1, "元/度": 1, "亿元/TWh": 10},
    "tce/t": {"tce/t": 1, "Mtce/Mt": 1, "kgce/kg": 1}, "kha": {"kha": 1, "万亩": 1.5}, "kvehicle": {"kvehicle": 1, "辆": 1000, "万辆": 0.1},
    "GWh": {"GWh": 1, "万千瓦时": 100, "MWh": 1000}, "亿元/GWh": {"亿元/GWh": 1, "元/kWh": 100},
    "%": {"%": 1, "1": 0.01, "‰": 10}, "亿元/GW": {"亿元/GW": 1, "元/kW": 100, "万元/万kW": 100},
}  # fmt: skip


class Folder:
    """A case in the making, with the dice that it is made by."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
        self.years: list[int] = []
        self.decide_from = 0
        self.rules: dict[str, str] = {}
        self.variants: dict[str, str] = {}

    def add(self, table: str, value: float | None = None, unit: str = "1", /, **cells: Any) -> None:
        """A row; its label is its id, and a value comes with its unit, in whichever words the dice say."""
        value, unit = cells.pop("value", value), cells.pop("unit", unit)
        if "id" in cells and "label_en" in COLUMNS[table]:
            cells |= {"label_en": cells["id"], "label_zh": cells["id"]}
        if table in VALUED:
            word, times = self.dice.choice(sorted(EQUAL.get(unit, {unit: 1}).items()))
            cells |= {"value": None if value is None else value * times, "unit": word, "source": "drawn"}
            cells |= {end: cells[end] * times for end in ("low", "high") if end in cells}
            cells.setdefault("status", "derived")
        elif "unit" in COLUMNS[table].split():
            cells["unit"] = unit
        self.rows[table].append(cells)

    def number(self, item: str, quantity: str, value: float | Mapping[int, float], unit: str = "1") -> None:
        """A number for all years, or one for each year given."""
        for year, one in value.items() if isinstance(value, Mapping) else [(None, value)]:
            self.add("numbers", one, unit, item=item, quantity=quantity, year=year)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def between(self, low: float, high: float) -> float:
        """A number of three digits."""
        return float(f"{self.dice.uniform(low, high):.3g}")

    def path(self, low: float, high: float) -> float | dict[int, float]:
        """A level number, or one that moves from the base year to the last."""
        if self.chance(0.5):
            return self.between(low, high)
        return {2020: self.between(low, high), self.years[-1]: self.between(low, high)}

    def one(self, *choices: Any) -> Any:
        return self.dice.choice(choices)

    def names(self, table: str) -> list[str]:
        return [row["id"] for row in self.rows[table]]

    def write(self, folder: Path) -> Path:
        """The case on disk."""
        folder.mkdir(parents=True)
        head = ["id: drawn", "label_en: Drawn", "label_zh: 随机", "base_year: 2020", f"years: {self.years}", f"decide_from: {self.decide_from}",
                "history: recorded_only", *(f"{name}: {rule}" for name, rule in self.rules.items()), "days: 4", "price_year: 2020", *(["variants:"] if self.variants else []), *[f"  {k}: {v}" for k, v in self.variants.items()]]  # fmt: skip
        (folder / "case.yaml").write_text("\n".join(head) + "\n", encoding="utf-8")
        for table, rows in self.rows.items():
            columns = COLUMNS[table].split() + (["value", "unit", "status", "source"] if table in VALUED else [])
            if rows:
                with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
                    writer.writeheader()
                    writer.writerows(rows)
        return folder
