"""PyPSA's example model-energy at one node: wind, sun, a battery of three hours, load shedding as a last resort, and hydrogen.

The battery closes on each day, or on the year as the source has it. Hydrogen is made by electrolysis and burnt in a turbine; what is held of it
costs by the MWh alone, so that its power is a measure that costs nothing.

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
OVER_YEAR, OVER_FEW, HYDROGEN = (
    9827.983,
    5273.661,
    8078.136,
)  # the battery in a row over the year, over twelve days; with hydrogen over the year
BUILT = {"wind": 46.028, "solar": 43.690, "battery": 19.130}  # GW, of the whole year
FEW_DAYS = range(10, 365, 30)

CAPITAL = {"wind": 101644.12332388277, "solar": 51346.82981964593, "battery": 63361.75356490421}  # € a MW and year
# Electrolysis a MW of power taken, turbine a MW of hydrogen taken, what is held of hydrogen a MWh.
HYDROGEN_CAPITAL = {"electrolysis": 188715.7758309984, "turbine": 116387.00137488062, "cavern": 148.31893020591625}
ELECTROLYSIS, TURBINE = 0.6217, 0.41  # given out for each unit taken
SHED_PRICE, SHED_POWER = 2.0, 10.90116  # € a kWh, GW
SERIES = Path(__file__).with_suffix(".csv")


def series() -> dict[str, np.ndarray]:
    """{load in MW, wind and sun as shares of capacity: (365, 24)}."""
    with SERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    thirds = {name: np.array([[float(row[f"{name}_{part}"]) for part in range(8)] for row in rows]) for name in ("load", "wind", "sun")}
    return {name: np.repeat(values, 3, axis=1) * (1e-4 if name != "load" else 1.0) for name, values in thirds.items()}


def model_energy(folder: Path, *, few: bool = False, span: str = "day", hydrogen: bool = False) -> Path:
    """The case in a folder: all 365 days, or twelve that stand for 31 or 30 days each; what storage closes on, and hydrogen beside the battery."""
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
            "id sector operation capacity_unit activity_unit profile span host",
            [
                ("wind_farm", "energy", "variable", "GW", "TWh", "wind", "day", ""), ("solar_farm", "energy", "variable", "GW", "TWh", "sun", "day", ""),
                ("battery", "energy", "storage", "GW", "TWh", "", span, ""),
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
    if hydrogen:
        tables = _with_hydrogen(tables)
    return write_tables(folder, tables, source=SOURCE, base_year=2020, years=[2021], days=len(days))


def _with_hydrogen(tables: Tables) -> Tables:
    """The tables with what makes, holds and burns hydrogen; a measure counts what the source counts."""
    made = ("electrolysis", "turbine", "cavern", "valve")
    more: Tables = {
        "commodities": ("", [("hydrogen", "TWh", "hourly", "no")]),
        "technologies": (
            "",
            [
                ("electrolysis", "energy", "dispatch", "GW", "TWh", "", "day", ""), ("turbine", "energy", "dispatch", "GW", "TWh", "", "day", ""),
                ("valve", "energy", "storage", "GW", "TWh", "", "year", ""), ("cavern", "energy", "reservoir", "GWh", "TWh", "", "day", "valve"),
            ],
        ),
        "flows": (
            "",
            [
                ("electrolysis", "electricity", -1, "TWh/TWh"), ("electrolysis", "hydrogen", ELECTROLYSIS, "TWh/TWh"),
                ("turbine", "hydrogen", -1, "TWh/TWh"), ("turbine", "electricity", TURBINE, "TWh/TWh"), ("valve", "hydrogen", 1, "TWh/TWh"),
            ],
        ),
        "measures": ("", [(f"build_{g}", "energy", "clause", "all", "build", "GWh" if g == "cavern" else "GW", "yes") for g in made]),
        "effects": ("", [(f"build_{g}", g, 1, "1") for g in made]),
        "numbers": (
            "",
            [
                *((f"build_{g}", "upkeep", cost / 1e3, "CNY/kWh" if g == "cavern" else "CNY/kW") for g, cost in HYDROGEN_CAPITAL.items()),
                ("build_valve", "upkeep", 0, "CNY/kW"), *((f"build_{g}", "lifetime", 25, "yr") for g in made),
            ],
        ),
    }  # fmt: skip
    return {name: (columns, [*rows, *more.get(name, ("", []))[1]]) for name, (columns, rows) in tables.items()}
