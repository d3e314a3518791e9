"""A random case: up to four uneven years, up to four measures, targets of every form, couplings of every kind."""

from __future__ import annotations

import random
from pathlib import Path

from .drawn_power import power
from .drawn_works import fleet, trees, works
from .folder import Folder

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
        _target(case, place)
    if case.chance(0.4) and len(case.names("measures")) >= 2:
        _coupling(case)
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


# What targets may ask, with the indicator's likely size in its unit
SIZES = {"co2": (1, 10), "coal_use": (0.5, 4), "forest": (0.5, 4), "sink": (0, 0.02), "clean": (0.1, 1.2), "purchases": (3, 12),
         "output": (1.5, 6), "new_output": (0.1, 1.2), "buses": (0.5, 2), "clean_buses": (0.05, 0.4), "new_buses": (0.05, 0.5),
         "paid_by_owner": (10, 160), "paid_by_town": (8, 120)}  # fmt: skip
RISING = ("forest", "sink", "clean", "new_output", "clean_buses")
SHARES = {"clean": "generation", "new_output": "output", "clean_buses": "buses", "sink": "co2"}
UNITS = {"co2": "Mt", "coal_use": "Mtce", "forest": "kha", "sink": "Mt", "clean": "TWh", "purchases": "TWh", "output": "Mt", "new_output": "Mt",
         "buses": "kvehicle", "clean_buses": "kvehicle", "new_buses": "kvehicle", "paid_by_owner": "亿元", "paid_by_town": "亿元"}  # fmt: skip


def _target(case: Folder, place: int) -> None:
    known = set(case.names("indicators"))
    name = case.one(*sorted(known & set(SIZES)))
    form = case.one("level", "level", "share", "per_driver", "change", "change_per_driver", "phase_out", "peak", "additions", "series")
    low, high = SIZES[name]
    rising = name in RISING
    cells = {
        "strength": case.one("binding", "expected", "striving"),
        "tolerance": case.one(0, 0, 0.05),
        "holds": case.one("onward", "onward", "year"),
    }
    if form in ("share", "additions"):
        name = case.one(*sorted(known & set(SHARES))) if known & set(SHARES) else name
        if name not in SHARES or SHARES[name] not in known:
            form = "level"
            low, high, rising = *SIZES[name], name in RISING
    value, unit, reference = case.between(low, high), UNITS[name], None
    if form == "share":
        value, unit, reference, rising = case.between(2, 25), "%", SHARES[name], True
    elif form == "additions":
        if {"new_buses", "new_clean_buses"} <= known:
            name, reference, value, unit, rising = "new_clean_buses", "new_buses", case.between(0.1, 0.7), "1", True
        else:
            form = "level"
            name = case.one(*sorted(known & set(SIZES)))
            (low, high), rising, unit = SIZES[name], name in RISING, UNITS[name]
            value = case.between(low, high)
    elif form == "per_driver":
        value, unit, reference = case.between(low / 100, high / 100), f"{UNITS[name]}/亿元", "gdp"
    elif form in ("change", "change_per_driver"):
        value, unit, reference = (
            case.between(-20, 30) if not rising else case.between(1, 40),
            "%",
            "gdp" if form == "change_per_driver" else None,
        )
        cells["tolerance"] = 0
    elif form == "phase_out":
        name = (
            case.one(*sorted(known & {"co2", "coal_use", "purchases", "new_buses", "output"}))
            if known & {"co2", "coal_use", "purchases"}
            else name
        )
        value, unit, rising, cells["tolerance"] = 0, UNITS[name], False, 0
    elif form == "peak":
        name = case.one(*sorted(known & {"co2", "coal_use"})) if known & {"co2", "coal_use"} else name
        value, unit, rising, cells["tolerance"], cells["holds"] = 0, UNITS[name], False, 0, "onward"
    sense = ">=" if rising else "<="
    if form == "level" and case.chance(0.06):
        sense = "=="
    form_written = "level" if form == "series" else form
    year = case.one(*case.years) if cells["holds"] == "year" else case.one(*range(case.years[0], case.years[-1] + 1))
    row = {"clause": "c1", "quote": "as drawn", "indicator": name, "form": form_written, "sense": sense, "reference": reference, **cells}
    case.add("targets", value, unit, id=f"target_{place}", series=f"series_{place}", year=year, **row)
    if form == "series" and year < case.years[-1]:
        later = case.one(*range(year + 1, case.years[-1] + 1))
        tighter = round(value * (case.between(1, 1.3) if rising else case.between(0.7, 1)), 4)
        case.add("targets", tighter, unit, id=f"target_{place}_later", series=f"series_{place}", year=later, **{**row, "holds": "onward"})
        case.rows["targets"][-2]["holds"] = "onward"


def _coupling(case: Folder) -> None:
    first, second = case.dice.sample(case.names("measures"), k=2)
    kind = case.one("requires", "excludes", "swap", "shared", "limit")
    by = case.one("level", "level", "build")
    signs = {"requires": ("<=", 0, 1, -1), "swap": ("<=", 0, 1, -case.between(0.5, 2)), "excludes": ("<=", case.between(0.5, 3), 1, 1),
             "shared": ("<=", case.between(0.5, 4), 1, 1), "limit": (case.one("<=", "<=", ">="), case.between(0.05, 0.4), 1, 0.5)}  # fmt: skip
    sense, limit, one, other = signs[kind]
    case.add("couplings", limit, "1", id="coupling", kind=kind, sense=sense)
    case.add("coupling_terms", one, "1", coupling="coupling", item=first, by=by)
    case.add("coupling_terms", other, "1", coupling="coupling", item=second, by=by)
    technologies = [name for name in ("old_mill", "renewable") if name in case.names("technologies")]
    if technologies and case.chance(0.3):
        case.add(
            "coupling_terms", case.between(-0.5, 0.5), "1", coupling="coupling", item=technologies[0], by=case.one("capacity", "activity")
        )
