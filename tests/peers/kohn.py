"""R. E. Kohn's cement airshed (1968), as printed: 2.5 million barrels a year give off 2 lb of dust each, 4.2 million lb are to go.

A four-field precipitator takes off 1.5 lb a barrel for 0.14 $, a five-field one 1.8 lb for 0.18 $. Million lb are written as kt,
million barrels as Mt, million $ as 亿元. The sum 0.14 X1 + 0.18 X2 is least at X1 = 1.0 and X2 = 1.5: 1.5 · 1.0 + 1.8 · 1.5 = 4.2.
"""

from __future__ import annotations

from pathlib import Path

from peers.folder import Tables, write_tables

SOURCE = "R. E. Kohn 1968, A Mathematical Programming Model for Air Pollution Control"
COST, FOUR_FIELD, FIVE_FIELD = 0.410, 1.0, 1.5
LEAST_DUST = 5.0 - 1.8 * 2.5  # all barrels under five fields

TABLES: Tables = {
    "sectors": ("id payer", [("works", "owner")]),
    "payers": ("id", [("owner",)]),
    "clauses": ("id", [("clause",)]),
    "drivers": ("id unit", [("barrels", "Mt")]),
    "indicators": ("id unit headline", [("dust", "kt", "yes")]),
    "accounts": ("indicator item by value unit", [("dust", "barrels", "driver", 2.0, "kt/Mt")]),
    "measures": (
        "id sector clause payer kind unit",
        [(f"{name}_field", "works", "clause", "owner", "retrofit", "Mt") for name in ("four", "five")],
    ),
    "effects": ("measure item value unit", [("four_field", "dust", -1.5, "kt/Mt"), ("five_field", "dust", -1.8, "kt/Mt")]),
    "couplings": ("id kind sense value unit", [("one_a_barrel", "shared", "<=", 2.5, "Mt")]),
    "coupling_terms": ("coupling item by value unit", [("one_a_barrel", f"{name}_field", "level", 1.0, "Mt/Mt") for name in ("four", "five")]),
    "targets": (
        "id series clause quote strength indicator form sense year value unit",
        [("dust_goal", "dust", "clause", "reduced by 4 200 000 pounds", "binding", "dust", "level", "<=", 1968, 0.8, "kt")],
    ),
    "settings": ("id value unit", [("discount_rate", 0.0, "1/yr")]),
    "numbers": (
        "item quantity value unit",
        [
            ("barrels", "amount", 2.5, "Mt"),
            ("four_field", "upkeep", 0.14, "亿元/Mt"), ("four_field", "lifetime", 1.0, "yr"),
            ("five_field", "upkeep", 0.18, "亿元/Mt"), ("five_field", "lifetime", 1.0, "yr"),
        ],
    ),
}  # fmt: skip


def kohn(folder: Path) -> Path:
    """The case in a folder: measures alone, in a year of its own century."""
    return write_tables(folder, TABLES, source=SOURCE, base_year=1967, years=[1968])
