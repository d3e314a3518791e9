"""A random case: up to four uneven years, up to four measures, targets of every form, couplings of every kind."""

from __future__ import annotations

import random
from pathlib import Path

from second_model.drawn_money import money
from second_model.drawn_power import power
from second_model.drawn_standing import standing
from second_model.drawn_targets import coupling, ramp, target
from second_model.drawn_works import fleet, trees, works
from second_model.folder import Folder

MOST_MEASURES = 4


def draw(seed: int, folder: Path) -> Path:
    """The case of a seed as a folder of tables."""
    case = Folder(random.Random(seed))
    _years(case)
    _frame(case)
    room = MOST_MEASURES
    for part in case.dice.sample(["works", "power", "fleet", "trees"], k=case.one(1, 2, 2, 3)):
        if part == "power" and room:
            room -= power(case, room)
        elif part == "works" and room >= 2:
            room -= works(case, room)
        elif part == "fleet" and room >= 2:
            room -= fleet(case)
        elif part == "trees" and room:
            room -= trees(case)
    _at_least_something(case)
    for place in range(case.one(1, 2, 3)):
        target(case, place)
    if case.chance(0.4) and len(case.names("measures")) >= 2:
        coupling(case)
    if case.chance(0.3):
        ramp(case)
    standing(case)
    leaves = any(cells.get("survival") for table in ("measures", "existing") for cells in case.rows.get(table, ()))
    case.rules = {"span_rule": "end" if leaves else case.one("end", "even"), "payments": case.one("end", "end", "middle")}
    money(case)
    return case.write(folder)


def _years(case: Folder) -> None:
    start = case.one(2021, 2021, 2022)
    case.years = sorted({start, *case.dice.sample(range(start + 1, 2035), k=case.one(1, 2, 3))})
    case.decide_from = case.one(2021, 2021, 2021, *range(2021, case.years[1] + 1))


def _frame(case: Folder) -> None:
    case.add("sectors", id="works", payer=case.one("owner", "town"))
    for payer in ("owner", "town"):
        case.add("payers", id=payer)
        case.add("indicators", id=f"paid_by_{payer}", unit="亿元")
        case.add("accounts", 1, "1", indicator=f"paid_by_{payer}", item=payer, by="spend")
    case.add("clauses", id="c1")
    case.add("drivers", id="gdp", unit="亿元")
    case.number("gdp", "amount", {2020: case.between(80, 120), case.years[-1]: case.between(130, 220)}, "亿元")
    case.add("settings", case.one(0, 0, 3, 6, 10), "%/yr", id="discount_rate")


def _at_least_something(case: Folder) -> None:
    if not case.names("technologies"):
        works(case, MOST_MEASURES - len(case.names("measures")))
    if not case.names("measures"):
        trees(case)
    if not case.names("periods"):
        case.add("periods", id="year", days=365)
    case.add("indicators", id="effort", unit=case.rows["measures"][0]["unit"])
    case.add("accounts", 1, "1", indicator="effort", item=case.rows["measures"][0]["id"], by=case.one("level", "build"))
