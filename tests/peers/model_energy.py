"""PyPSA's example model-energy at one node: wind, sun, a battery of three hours that closes on each day, load shedding as a last resort.

Demand, wind and sun of each day stand in model_energy.csv beside this file, eight means of three hours each; data under CC BY 4.0 by the
PyPSA contributors. Million € are written as million 元: 100 of them are 1 亿元.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from model.case.tables.hours import HOURS
from peers.folder import Tables, write_tables

SOURCE = "PyPSA, examples/networks/model-energy (data: CC BY 4.0, PyPSA contributors)"
# The cheapest network found with PyPSA's own equations, million €.
FEW, WHOLE_YEAR = 6556.657496, 10228.153337
BUILT = {"wind": 46.028, "solar": 43.690, "battery": 19.130}  # GW, of the whole year
FEW_DAYS = range(10, 365, 30)

CAPITAL = {"wind": 101644.12332388277, "solar": 51346.82981964593, "battery": 63361.75356490421}  # € a MW and year
SHED_PRICE, SHED_POWER = 2.0, 10.90116  # € a kWh, GW
SERIES = Path(__file__).with_suffix(".csv")


def series() -> dict[str, np.ndarray]:
    """{load in MW, wind and sun as shares of capacity: (365, 24)}."""
    with SERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    thirds = {name: np.array([[float(row[f"{name}_{part}"]) for part in range(8)] for row in rows]) for name in ("load", "wind", "sun")}
    return {name: np.repeat(values, 3, axis=1) * (1e-4 if name != "load" else 1.0) for name, values in thirds.items()}


def model_energy(folder: Path, *, few: bool = False) -> Path:
    """The case in a folder: all 365 days, or twelve that stand for 31 or 30 days each."""
    known = series()
    days = list(FEW_DAYS) if few else list(range(365))
    weights = [31.0] * 5 + [30.0] * 7 if few else [1.0] * 365
    weight = np.array(weights)[:, None]
    energy = float((known["load"][days] * weight).sum()) / 1e6  # TWh
    hours = {name: float((known[name][days] * weight).sum()) for name in ("wind", "sun")}
    by_hour = {
        "load": known["load"][days] / (energy * 1e6 / 8760),
        **{name: known[name][days] for name in hours},
    }
    tables: Tables = {
        "sectors": ("id payer", [("energy", "all")]),
        "payers": ("id", [("all",)]),
        "clauses": ("id", [("clause",)]),
        "periods": ("id days", [(f"d{day:03}", days_of) for day, days_of in zip(days, weights, strict=True)]),
        "commodities": ("id unit balance surplus", [("electricity", "TWh", "hourly", "no")]),
        "technologies": (
            "id sector operation capacity_unit activity_unit profile",
            [
                ("wind_farm", "energy", "variable", "GW", "TWh", "wind"), ("solar_farm", "energy", "variable", "GW", "TWh", "sun"),
                ("battery", "energy", "storage", "GW", "TWh", ""),
            ],
        ),
        "flows": ("technology commodity value unit", [(g, "electricity", 1, "TWh/TWh") for g in ("wind_farm", "solar_farm", "battery")]),
        "measures": (
            "id sector clause payer kind unit usual",
            [(f"build_{g}", "energy", "clause", "all", "build", "GW", "yes") for g in CAPITAL],
        ),
        "effects": (
            "measure item value unit",
            [("build_wind", "wind_farm", 1, "GW/GW"), ("build_solar", "solar_farm", 1, "GW/GW"), ("build_battery", "battery", 1, "GW/GW")],
        ),
        "demands": ("id commodity shape", [("demand", "electricity", "load")]),
        "markets": ("id commodity direction payer", [("shedding", "electricity", "buy", "all")]),
        "profiles": (
            "id kind value unit", [("load", "shape", 1, "1"), *((name, "availability", value, "h") for name, value in hours.items())]
        ),
        "profile_days": (
            f"profile period {' '.join(HOURS)}",
            [(name, f"d{day:03}", *row) for name, rows in by_hour.items() for day, row in zip(days, rows.tolist(), strict=True)],
        ),
        "indicators": ("id unit headline", [("generation", "TWh", "yes")]),
        "accounts": ("indicator item by value unit", [("generation", g, "activity", 1, "TWh/TWh") for g in ("wind_farm", "solar_farm")]),
        "settings": ("id value unit", [("discount_rate", 0.0, "1/yr")]),
        "numbers": (
            "item quantity value unit",
            [
                ("demand", "amount", energy, "TWh"), ("shedding", "price", SHED_PRICE, "CNY/kWh"), ("shedding", "power_limit", SHED_POWER, "GW"),
                *((f"build_{g}", "upkeep", cost / 1e3, "CNY/kW") for g, cost in CAPITAL.items()), *((f"build_{g}", "lifetime", 25, "yr") for g in CAPITAL),
                ("battery", "storage_hours", 3, "h"), ("battery", "round_trip_efficiency", 0.96 * 0.96, "1"),
            ],
        ),
    }  # fmt: skip
    return write_tables(folder, tables, source=SOURCE, base_year=2020, years=[2021], days=len(days))
