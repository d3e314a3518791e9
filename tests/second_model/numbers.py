"""Numbers of a case in their own units: straight between the years they are told for, level before and after."""

from __future__ import annotations

from itertools import pairwise

from second_model.tables import Cells, Tables
from second_model.units import converted

STRAIGHT = {
    "technologies": {
        "availability": 1.0, "utilisation_floor": 0.0, "utilisation_ceiling": 1.0, "upkeep": 0.0, "variable_cost": 0.0, "minimum_load": 0.0,
        "minimum_load_cut": 0.0, "round_trip_efficiency": 1.0, "storage_hours": 0.0, "capacity_credit": 0.0, "coincidence": 0.0, "heat_ratio": 0.0,
        "heat_loss": 0.0, "back_pressure": 0.0, "sale_share": 0.0, "minimum_capacity": 0.0, "least_hours": 0.0, "standing_loss": 0.0,
    },
    "measures": {"investment": 0.0, "upkeep": 0.0, "minimum": 0.0},
    "commodities": {"unserved_cost": 200.0, "network_cost": 0.0},
    "markets": {"firm_capacity": 0.0, "later_weight": 0.0},
    "residuals": {"path": 1.0},
}  # fmt: skip
ONE = ("availability", "utilisation_floor", "utilisation_ceiling", "minimum_load", "minimum_load_cut", "round_trip_efficiency",
       "capacity_credit", "heat_ratio", "heat_loss", "back_pressure", "sale_share", "later_weight", "path", "up", "down", "start_stock", "gain_limit", "loss_limit", "share")  # fmt: skip


ONWARD = ("minimum", "minimum_capacity")  # from each year told until the next, nothing before the first


class Numbers:
    """All numbers of a case, asked for by item, quantity and year."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[tuple[str, str, int, float | None], float | None] = {}
        self._paths: dict[tuple[str, str], dict[int | None, tuple[float, str]]] = {}
        for row in tables.of("numbers"):
            told = self._paths.setdefault((row["item"], row["quantity"]), {})
            told[int(row["year"]) if row["year"] else None] = (float(row["value"]) * self._dearer(row), row["unit"])

    def _dearer(self, row: Cells) -> float:
        """How much more money of the case's year it takes than of the year in which a number is stated; all of these have money above the stroke."""
        if not row.get("price_year"):
            return 1.0
        levels = {int(one["year"]): amount(one, "1") for one in self._tables.of("deflators")}
        return levels[int(self._tables.head["price_year"])] / levels[int(row["price_year"])]

    def told(self, item: str, quantity: str) -> bool:
        return (item, quantity) in self._paths

    def get(self, item: str, quantity: str, year: int, *, default: float | None = None) -> float | None:
        """The number of a year, in the unit of the quantity; the default where nothing is told. What was asked before is remembered."""
        key = (item, quantity, year, default)
        if key not in self._known:
            self._known[key] = self._get(item, quantity, year, default)
        return self._known[key]

    def _get(self, item: str, quantity: str, year: int, default: float | None) -> float | None:
        path = self._paths.get((item, quantity))
        if path is None:
            known = STRAIGHT.get(self._tables.table_of(item), {}).get(quantity)
            return known if default is None else default
        wanted = self._unit(item, quantity)
        points = {t: converted(value, unit, wanted) for t, (value, unit) in path.items()}
        if quantity in ONWARD and None not in points:
            return points[max(t for t in points if t is not None and t <= year)] if min(t for t in points if t is not None) <= year else 0.0
        return points[None] if None in points else straight(points, year)

    def dated(self, item: str, quantity: str) -> dict[int, float]:
        """Numbers that hold in their own year only."""
        wanted = self._unit(item, quantity)
        return {t: converted(value, unit, wanted) for t, (value, unit) in self._paths.get((item, quantity), {}).items() if t is not None}

    def setting(self, name: str, default: float) -> float:
        row = self._tables.find("settings", name)
        return default if row is None else converted(float(row["value"]), row["unit"], {"discount_rate": "1/yr"}.get(name, "1"))

    def _unit(self, item: str, quantity: str) -> str:
        table = self._tables.table_of(item)
        row = self._tables.find(table, item)
        commodity = self._tables.find("commodities", row.get("commodity", "")) if table in ("markets", "demands") else None
        if quantity in ONE:
            return "1"
        if quantity in ("peak", "power_limit", "firm_capacity"):
            return "GW"
        works = self._tables.find("technologies", row.get("technology", "")) if table == "existing" else None
        levied = self._tables.find("indicators", row.get("indicator", "")) if table == "transfers" else None
        emitted = f"{self._market(row)['unit']}/({self._output(row)})" if table == "allowance_outputs" else ""
        per = {
            ("payers", "cost_of_capital"): "1/yr", ("transfers", "rate"): f"亿元/({levied['unit'] if levied else ''})",
            ("carbon_markets", "price"): f"亿元/({row.get('unit')})", ("allowance_outputs", "verified"): emitted, ("allowance_outputs", "benchmark"): emitted,
            ("technologies", "minimum_capacity"): row.get("capacity_unit", ""), ("existing", "remaining"): works["capacity_unit"] if works else "",
            ("technologies", "upkeep"): f"亿元/({row.get('capacity_unit')})", ("technologies", "variable_cost"): f"亿元/({row.get('activity_unit')})",
            ("technologies", "yearly_use"): f"{row.get('activity_unit')}/({row.get('capacity_unit')})", ("technologies", "storage_hours"): "h", ("technologies", "least_hours"): "h", ("technologies", "most_hours"): "h", ("technologies", "standing_loss"): "1/h",
            ("technologies", "coincidence"): f"GW/({row.get('activity_unit')})",
            ("measures", "investment"): f"亿元/({row.get('unit')})", ("measures", "upkeep"): f"亿元/({row.get('unit')})", ("measures", "lifetime"): "yr",
            ("commodities", "unserved_cost"): f"亿元/({row.get('unit')})", ("commodities", "network_cost"): f"亿元/({row.get('unit')})",
            ("markets", "price"): f"亿元/({commodity['unit'] if commodity else ''})", ("markets", "yearly_limit"): commodity["unit"] if commodity else "",
            ("demands", "amount"): commodity["unit"] if commodity else "",
        }  # fmt: skip
        return per.get((table, quantity), row.get("unit", "1"))

    def _market(self, output: Cells) -> Cells:
        group = self._tables.find("allowance_groups", output["group"])
        market = self._tables.find("carbon_markets", group["market"]) if group else None
        assert market
        return market

    def _output(self, row: Cells) -> str:
        technology = self._tables.find("technologies", row["technology"])
        assert technology
        return "TWh" if row["by"] == "heat" else technology["activity_unit"]


def straight(points: dict[int, float], year: float) -> float:
    """Straight between the points, level outside them."""
    known = sorted(points)
    if year <= known[0]:
        return points[known[0]]
    for left, right in pairwise(known):
        if year <= right:
            return points[left] + (points[right] - points[left]) * (year - left) / (right - left)
    return points[known[-1]]


def amount(row: Cells, wanted: str) -> float:
    """The value of a row in the unit wanted."""
    return converted(float(row["value"]), row["unit"], wanted)


def path_of(rows: list[Cells], wanted: str, year: int) -> float:
    """A path told in rows of a table: for all years, or straight between the years of its rows."""
    points = {int(row["year"]) if row.get("year") else None: amount(row, wanted) for row in rows}
    return points[None] if None in points else straight({t: value for t, value in points.items() if t is not None}, year)
