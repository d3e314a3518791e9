"""OSeMOSYS's UTOPIA (tests/utopia.txt, Apache-2.0), its facts in our tables: 1990 to 2010, three seasons, eight hours of night.

Peta-joules that run by the hour are GW and TWh (3.6 PJ a TWh, 31.536 PJ a year a GW); 100 M$ are 1 亿元. The storage fills and empties within each day, and the margin of 1.18 over
what flows from the busbar is a wire that costs nothing: firm capacity is at least 1.18 times the wire's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from model.case.tables.hours import HOURS
from peers.folder import Cell, Rows, Tables, write_tables

SOURCE = "OSeMOSYS, tests/utopia.txt"
YEARS = range(1990, 2011)
RATE, MARGIN = 0.05, 1.18
PJ_A_TWH, PJ_A_GW, M_A_HUNDRED_M = 3.6, 31.536, 100.0
FREE = 1e-5  # M$ a PJ, the source's sign of no variable cost

# The cheapest plan found with OSeMOSYS's own equations, M$; whole units within a gap of 1e-4.
ANSWERS = {"plain": 29703.772628, "cap": 29993.930404, "units": 29758.142600}
# With a storage without a bound that passes from season to season and from year to year, empty before the first, winter before the rest; and how far from it a
# plan may lie whose years each close on themselves.
OVER_SEASONS, APART = 29667.946, 1e-4

# Investment of 1990 and 2010 (straight between), fixed cost a year, M$ a GW or a PJ a year, variable cost, M$ a PJ, lifetime, years.
COSTS = {
    "e01": (1400, 1200, 40, 0.3, 40), "e21": (5000, 5000, 500, 1.5, 40), "e31": (3000, 3000, 75, FREE * (1 + 1 / 0.32), 100),
    "e51": (900, 900, 30, FREE, 100), "e70": (1000, 1000, 30, 0.4, 40), "rhe": (90, 90, 0, FREE, 30), "rho": (100, 100, 1, FREE, 30),
    "rl1": (0, 0, 9.46, FREE, 10), "sre": (100, 100, 0, 10, 50), "txd": (1044, 1044, 52, FREE, 15), "txe": (2000, 1500, 100, FREE, 15),
    "txg": (1044, 1044, 48, FREE, 15),
}  # fmt: skip
PER_PJ_A_YEAR = ("rhe", "rho", "rl1", "txe")  # run by the hour, but costs and amounts are told of a PJ a year
BY_YEAR = ("sre", "txd", "txg")  # balanced by the year: PJ
FUELS = {"dsl": 10, "gsl": 15, "hco": 2, "oil": 8, "urn": 2}  # M$ a PJ
FLOWS = (
    ("e01", "busbar", 1), ("e01", "hco", -3.125), ("e21", "busbar", 1), ("e21", "urn", -1), ("e31", "busbar", 1), ("e51", "busbar", 1),
    ("e70", "busbar", 1), ("e70", "dsl", -3.4), ("rhe", "rh", 1), ("rhe", "elc", -1), ("rho", "rh", 1), ("rho", "dsl", -1.428571429),
    ("rl1", "rl", 1), ("rl1", "elc", -1), ("sre", "oil", -1), ("sre", "dsl", 0.7), ("sre", "gsl", 0.3), ("txd", "dsl", -1), ("txd", "tx", 1),
    ("txe", "elc", -1), ("txe", "tx", 1), ("txg", "gsl", -1), ("txg", "tx", 1), ("wire", "busbar", -1), ("wire", "elc", 1),
)  # fmt: skip
HOURLY = ("rh", "rl", "busbar", "elc")
AVAILABLE = {"e01": 0.8, "e21": 0.8, "e31": 0.27, "e51": 0.17, "e70": 0.8}
STORAGE_LOSS = 1.3889  # put in for each unit given out, 24 hours of storage
# What stands in 1990, 1991, … of the source's first year: GW, and PJ a year of what is told in PJ.
STANDING = {
    "e01": (0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.32, 0.3, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.15),
    "e31": (0.1,) * 21,
    "e51": (0.5,) * 21,
    "e70": (0.3, 0.3, 0.29, 0.29, 0.28, 0.28, 0.27, 0.27, 0.26, 0.26, 0.25, 0.26, 0.26, 0.27, 0.27, 0.28, 0.28, 0.29, 0.29, 0.3, 0.2),
    "rho": (25, 23.8, 22.5, 21.3, 20, 18.8, 17.5, 16.3, 15, 13.8, 12.5, 11.3, 10, 8.8, 7.5, 6.3, 5, 3.8, 2.5, 1.3),
    "rl1": (5.6, 5, 4.5, 3.9, 3.4, 2.8, 2.2, 1.7, 1.1, 0.6),
    "txd": (0.6, 0.6, 0.5, 0.5, 0.4, 0.4, 0.4, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1),
}
# Hydro stands at these amounts at least, and 0.0001 GW more at most.
HYDRO = (0.13, 0.14, 0.14, 0.15, 0.15, 0.15, 0.16, 0.16, 0.16, 0.16, 0.17, *(0.2,) * 9, 0.21)
HYDRO_MOST = (*(amount + 1e-4 for amount in HYDRO[:11]), *(0.201,) * 9, 0.2101)
DEMANDS = {"rh": (25.2, 37.8, 56.7), "rl": (5.6, 8.4, 12.6), "tx": (5.2, 7.8, 11.69)}  # PJ in 1990, 2000, 2010, straight between
SEASONS = {"inter": 91, "summer": 91, "winter": 183}
IN_ORDER = {"winter": "m1", "inter": "m2", "summer": "m3"}
DAY_HOURS = range(4, 20)
# Shares of the year's heat and light in each season's days and nights.
SHARES = {
    "rh": {"inter": (0.12, 0.06), "summer": (0, 0), "winter": (0.5467, 0.2733)},
    "rl": {"inter": (0.15, 0.05), "summer": (0.15, 0.05), "winter": (0.5, 0.1)},
}
CO2 = {"dsl": 0.075, "gsl": 0.075, "hco": 0.089, "oil": 0.075}  # Mt a PJ
CAP = (2000, 10.0)
WHOLE = {"e01": 0.25, "rhe": 5.0}  # GW; PJ a year


def utopia(folder: Path, *, cap: bool = False, units: bool = False, over_year: bool = False) -> Path:
    """The case in a folder: as it is, with the cap on CO2, with coal plants and electric heaters in whole units, or with storage over the year."""
    tables: Tables = {
        "sectors": ("id payer", [("energy", "all")]),
        "payers": ("id", [("all",)]),
        "clauses": ("id", [("clause",)]),
        "periods": ("id days", list(SEASONS.items())),
        "commodities": ("id unit balance surplus", _commodities()),
        "technologies": ("id sector operation capacity_unit activity_unit", [_technology(g) for g in (*COSTS, "wire")]),
        "flows": ("technology commodity value unit", [_flow(*row) for row in FLOWS]),
        "existing": ("id technology since until value unit", _existing()),
        "measures": ("id sector clause payer kind unit whole usual earliest", [_measure(g, units) for g in (*COSTS, "wire")]),
        "effects": ("measure item value unit", [(f"build_{g}", g, 1, f"{_unit(g)}/{_unit(g)}") for g in (*COSTS, "wire")]),
        "demands": ("id commodity shape", [("heat", "rh", "rh_shape"), ("light", "rl", "rl_shape"), ("travel", "tx", "")]),
        "markets": ("id commodity direction payer", [(f"{fuel}_import", fuel, "buy", "all") for fuel in FUELS]),
        "profiles": ("id kind value unit", [(f"{end}_shape", "shape", 1, "1") for end in SHARES]),
        "profile_days": (f"profile period {' '.join(HOURS)}", _shapes()),
        "indicators": ("id unit headline", [("hydro", "GW", ""), ("co2", "Mt", "yes"), ("nox", "Mt", "")]),
        "accounts": ("indicator item by value unit", _accounts()),
        "couplings": ("id kind sense value unit", [("reserve", "limit", ">=", 0, "GW")]),
        "coupling_terms": (
            "coupling item by value unit",
            [("reserve", g, "capacity", share, "GW/GW") for g, share in {**dict.fromkeys(AVAILABLE, 1.0), "wire": -MARGIN}.items()],
        ),
        "targets": ("id series clause quote strength indicator form sense year value unit", _targets(cap)),
        "settings": ("id value unit", [("discount_rate", RATE, "1/yr")]),
        "numbers": ("item quantity year value unit", [*_amounts(), *_prices(), *_limits(units)]),
    }  # fmt: skip
    if over_year:
        tables = _over_the_year(tables)
    return write_tables(folder, tables, source=SOURCE, base_year=YEARS[0] - 1, years=YEARS, days=len(SEASONS), payments="middle")


def _over_the_year(tables: Tables) -> Tables:
    """Storage of a year of hours that closes on the year, and seasons whose ids tell their order."""
    made: dict[str, tuple[str, Rows]] = {
        name: (columns, [[IN_ORDER.get(str(cell), cell) for cell in row] for row in rows]) for name, (columns, rows) in tables.items()
    }
    columns, rows = tables["technologies"]
    made["technologies"] = (f"{columns} span", [[*row, "year" if row[0] == "e51" else "day"] for row in rows])
    columns, rows = tables["numbers"]
    made["numbers"] = (columns, [[*row[:3], 8760, "h"] if row[1] == "storage_hours" else row for row in rows])
    return made


def _unit(technology: str) -> str:
    return "PJ" if technology in BY_YEAR else "GW"


def _capacity(technology: str, amount: float) -> float:
    """A capacity of the source in our unit."""
    return amount / PJ_A_GW if technology in PER_PJ_A_YEAR else amount


def _between(first: float, *later: float) -> list[float]:
    """A path straight through values that lie evenly over the years."""
    ends = np.linspace(YEARS[0], YEARS[-1], 1 + len(later))
    return np.interp(list(YEARS), ends, (first, *later)).tolist()


def _commodities() -> list[Sequence[Cell]]:
    hourly = [(c, "TWh", "hourly", "no") for c in HOURLY]
    return [*hourly, *((c, "PJ", "yearly", "yes" if c in ("dsl", "gsl") else "no") for c in (*FUELS, "tx"))]


def _technology(name: str) -> Sequence[Cell]:
    if name in BY_YEAR:
        return name, "energy", "yearly", "PJ", "PJ"
    return name, "energy", "storage" if name == "e51" else "dispatch", "GW", "TWh"


def _flow(technology: str, commodity: str, amount: float) -> Sequence[Cell]:
    hourly = commodity in HOURLY
    if technology in BY_YEAR or hourly:
        return technology, commodity, amount, "TWh/TWh" if hourly else "PJ/PJ"
    return technology, commodity, amount * PJ_A_TWH, "PJ/TWh"


def _existing() -> list[Sequence[Cell]]:
    """What stands in a year, of that year alone; the first also in the base year."""
    return [
        (f"{g}_{year}", g, "" if year == YEARS[0] else year, year, _capacity(g, amount), _unit(g))
        for g, amounts in STANDING.items()
        for year, amount in zip(YEARS, amounts)
    ]


def _measure(name: str, units: bool) -> Sequence[Cell]:
    whole = "yes" if units and name in WHOLE else "no"
    return f"build_{name}", "energy", "clause", "all", "build", _unit(name), whole, "yes", 2000 if name == "rhe" else ""


def _shapes() -> list[Sequence[Cell]]:
    """Power by the hour, 1 on the mean of the year."""
    rows: list[Sequence[Cell]] = []
    for end, seasons in SHARES.items():
        for season, (day, night) in seasons.items():
            share = SEASONS[season] / 365
            by_hour = [(day / len(DAY_HOURS) if hour in DAY_HOURS else night / (24 - len(DAY_HOURS))) * 24 / share for hour in range(24)]
            rows.append((f"{end}_shape", season, *by_hour))
    return rows


def _accounts() -> list[Sequence[Cell]]:
    burnt = [("co2", f"{fuel}_import", "bought", factor, "Mt/PJ") for fuel, factor in CO2.items()]
    driven = [("nox", vehicle, "activity", 1.0, "Mt/PJ") for vehicle in ("txd", "txg")]
    return [("hydro", "e31", "capacity", 1.0, "GW/GW"), *burnt, *driven]


def _targets(cap: bool) -> list[Sequence[Cell]]:
    hydro = ("hydro", "clause", "TotalAnnualMinCapacity", "binding", "hydro", "level", ">=")
    rows: list[Sequence[Cell]] = [(f"hydro_{year}", *hydro, year, amount, "GW") for year, amount in zip(YEARS, HYDRO)]
    return rows + ([("co2_cap", "co2", "clause", "AnnualEmissionLimit", "binding", "co2", "level", "<=", *CAP, "Mt")] if cap else [])


def _amounts() -> list[Sequence[Cell]]:
    return [
        (name, "amount", year, amount / (1 if name == "travel" else PJ_A_TWH), "PJ" if name == "travel" else "TWh")
        for name, commodity in (("heat", "rh"), ("light", "rl"), ("travel", "tx"))
        for year, amount in zip(YEARS, _between(*DEMANDS[commodity]))
    ]


def _prices() -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [(f"{fuel}_import", "price", "", price / M_A_HUNDRED_M, "亿元/PJ") for fuel, price in FUELS.items()]
    for g, (first, last, fixed, variable, life) in COSTS.items():
        per, unit = (PJ_A_GW if g in PER_PJ_A_YEAR else 1.0) / M_A_HUNDRED_M, _unit(g)
        run, energy = (1.0, "PJ") if g in BY_YEAR else (PJ_A_TWH, "TWh")
        rows += [(f"build_{g}", "investment", year, cost * per, f"亿元/{unit}") for year, cost in zip(YEARS, _between(first, last))]
        rows.append((g, "upkeep", "", fixed * per, f"亿元/{unit}"))
        rows.append((g, "variable_cost", "", variable * run / M_A_HUNDRED_M, f"亿元/{energy}"))
        rows.append((f"build_{g}", "lifetime", "", life, "yr"))
    return [*rows, ("build_wire", "lifetime", "", 1, "yr")]


def _limits(units: bool) -> list[Sequence[Cell]]:
    """Availability, the storage, the most that may stand beside what is there, whole units."""
    rows: list[Sequence[Cell]] = [(g, "availability", "", share, "1") for g, share in AVAILABLE.items()]
    rows += [("e51", "round_trip_efficiency", "", 1 / STORAGE_LOSS, "1"), ("e51", "storage_hours", "", 24, "h")]
    most = {
        "e31": [most - standing for most, standing in zip(HYDRO_MOST, STANDING["e31"], strict=True)],
        "e51": [3 - standing for standing in STANDING["e51"]],
        "sre": [0.1001 if year < 2000 else 1e4 for year in YEARS],
        "txe": _between(0, 4, 10),
    }
    rows += [
        (f"build_{g}", "potential", year, _capacity(g, amount), _unit(g)) for g, path in most.items() for year, amount in zip(YEARS, path)
    ]
    rows.append(("build_sre", "committed", YEARS[0], 0.1, "PJ"))
    return rows + [(f"build_{g}", "unit_size", "", _capacity(g, size), "GW") for g, size in WHOLE.items() if units]
