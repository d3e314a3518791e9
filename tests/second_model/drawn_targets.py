"""Random targets of every form, on what a drawn case counts, and couplings of every kind."""

from __future__ import annotations

from typing import Any

from second_model.folder import Folder

# What may be asked of an indicator: its unit, its likely size, and whether more of it is wanted.
ASKED = {
    "co2": ("Mt", 1, 10, False), "carbon": ("Mt", 1, 10, False), "coal_use": ("Mtce", 0.5, 4, False), "forest": ("kha", 0.5, 4, True),
    "sink": ("Mt", 0, 0.02, True), "clean": ("TWh", 0.1, 1.2, True), "purchases": ("TWh", 3, 12, False), "output": ("Mt", 1.5, 6, False),
    "new_output": ("Mt", 0.1, 1.2, True), "sold": ("Mt", 0.05, 0.3, True), "buses": ("kvehicle", 0.5, 2, False),
    "clean_buses": ("kvehicle", 0.05, 0.4, True), "new_buses": ("kvehicle", 0.05, 0.5, False), "effort": ("", 0.02, 0.3, True),
    "paid_by_owner": ("亿元", 10, 160, False), "paid_by_town": ("亿元", 8, 120, False),
}  # fmt: skip
SHARES = {"clean": "generation", "new_output": "output", "clean_buses": "buses"}
FROM_A_BASE = ("co2", "carbon", "coal_use", "output", "buses")
FORMS = ("level", "level", "share", "per_driver", "change", "change_per_driver", "phase_out", "peak", "additions", "series", "budget")


def target(case: Folder, place: int) -> None:
    """A target, or a series of two."""
    known = set(case.names("indicators")) | set(case.variants)
    form = case.one(*FORMS)
    fitting = {"share": SHARES, "additions": ("new_clean_buses",), "change": FROM_A_BASE, "change_per_driver": FROM_A_BASE,
               "phase_out": (*FROM_A_BASE, "new_buses", "purchases"), "peak": FROM_A_BASE, "budget": FROM_A_BASE}.get(form, ASKED)  # fmt: skip
    names = sorted(known & set(fitting))
    if not names:
        form, names = "level", sorted(known & set(ASKED))
    name = case.one(*names)
    cells = _asked(case, name, form)
    year = case.one(*case.years) if cells["holds"] == "year" else case.one(*range(case.years[0], case.years[-1] + 1))
    case.add("targets", id=f"target_{place}", series=f"series_{place}", year=year, **cells)
    if form in ("change", "change_per_driver") and case.chance(0.4):
        _from_another_year(case, case.rows["targets"][-1])
    earlier = [one for one in case.years if one < year]
    if form == "budget" and earlier and case.chance(0.4):  # counted after a modelled year: so much the less is asked for
        row = case.rows["targets"][-1]
        row |= {"base_year": (since := case.one(*earlier)), "value": row["value"] * (year - since) / (case.years[-1] - 2020)}
    if form == "series" and year < case.years[-1]:
        tighter = round(cells["value"] * (case.between(1, 1.3) if cells["sense"] == ">=" else case.between(0.7, 1)), 4)
        later = {"year": case.one(*range(year + 1, case.years[-1] + 1)), "value": tighter}
        case.add("targets", id=f"target_{place}_later", series=f"series_{place}", **{**cells, **later})


def _from_another_year(case: Folder, row: dict[str, Any]) -> None:
    """A change from a modelled year, or from what is published of some year; or on its path."""
    modelled = [year for year in case.years if case.decide_from > year and year < row["year"]]
    between = range(2021, row["year"])
    if modelled and case.chance(0.4):
        row["base_year"] = case.one(*modelled)
    elif between and case.chance(0.6):
        row["base_year"] = case.one(*between)
        unit, low, high, _ = ASKED[row["indicator"]]
        case.add(
            "facts", case.between(max(low, 0.1), high), unit, id=f"published_{row['id']}", indicator=row["indicator"],
            year=row["base_year"], role="record",
        )  # fmt: skip
    if case.chance(0.4):
        row["holds"] = "path"


def _asked(case: Folder, name: str, form: str) -> dict[str, Any]:
    unit, low, high, more = ASKED.get(name, ("kvehicle", 0, 1, True))
    unit = unit or next(row["unit"] for row in case.rows["indicators"] if row["id"] == name)
    cells: dict[str, Any] = {
        "clause": "c1", "quote": "as drawn", "indicator": name, "form": "level" if form == "series" else form, "unit": unit,
        "sense": ">=" if more else "<=", "strength": case.one("binding", "expected", "striving"), "value": case.between(low, high),
        "tolerance": case.one(0, 0, 0.05), "holds": "onward" if form in ("series", "peak") else case.one("onward", "onward", "year"),
    }  # fmt: skip
    if form == "share":
        cells |= {"value": case.between(2, 25), "unit": "%", "reference": SHARES[name]}
    elif form == "additions":
        cells |= {"value": case.between(0.1, 0.7), "unit": "1", "reference": "new_buses"}
    elif form == "budget":
        cells |= {"value": case.between(low, high) * (case.years[-1] - 2020), "sense": "<=", "holds": "year"}
    elif form == "per_driver":
        cells |= {"value": case.between(low / 100, high / 100), "unit": f"{unit}/亿元", "reference": "gdp"}
    elif form in ("change", "change_per_driver"):
        cells |= {"value": case.between(-25, 25), "unit": "%", "reference": "gdp" if form == "change_per_driver" else None, "tolerance": 0}
    elif form in ("phase_out", "peak"):
        cells |= {"value": 0, "tolerance": 0}
    elif form == "level" and case.chance(0.08):
        cells |= {"sense": "=="}
    return cells


def coupling(case: Folder) -> None:
    """One row of coefficients on two measures, and now and then on a technology."""
    first, second = case.dice.sample(case.names("measures"), k=2)
    kind = case.one("requires", "excludes", "swap", "shared", "limit")
    by = case.one("level", "level", "build")
    sense, limit, one, other = {
        "requires": ("<=", 0, 1, -1), "swap": ("<=", 0, 1, -case.between(0.5, 2)), "excludes": ("<=", case.between(0.5, 3), 1, 1),
        "shared": ("<=", case.between(0.5, 4), 1, 1), "limit": (case.one("<=", "<=", ">="), case.between(0.05, 0.4), 1, 0.5),
    }[kind]  # fmt: skip
    case.add("couplings", limit, "1", id="coupling", kind=kind, sense=sense)
    units = {row["id"]: row["unit"] for row in case.rows["measures"]}
    case.add("coupling_terms", one, f"1/{units[first]}", coupling="coupling", item=first, by=by)
    case.add("coupling_terms", other, f"1/{units[second]}", coupling="coupling", item=second, by=by)
    technologies = [row for row in case.rows["technologies"] if row["id"] in ("old_mill", "renewable")]
    if technologies and case.chance(0.3):
        runs, of = technologies[0], case.one("capacity", "activity")
        case.add("coupling_terms", case.between(-0.5, 0.5), f"1/{runs[f'{of}_unit']}", coupling="coupling", item=runs["id"], by=of)


def ramp(case: Folder) -> None:
    """A group of measures of one kind of unit, from nothing, from what is told or from what is on record."""
    first = case.one(*case.rows["measures"])
    alike = [row["id"] for row in case.rows["measures"] if row["unit"] == first["unit"]]
    names = alike if case.chance(0.7) else [first["id"]]
    typical = max((row["value"] for row in case.rows["numbers"] if row["item"] in names and row["quantity"] == "pace"), default=0.5)
    case.add("ramps", id="group", unit=first["unit"], measures=";".join(names))
    case.number("group", "up", case.one(0, case.between(10, 60)), "%")
    case.number("group", "start", case.between(0.05, 0.6) * typical, first["unit"])
    if case.chance(0.6):
        case.number("group", "recent", case.between(0, 0.5) * typical, first["unit"])
    if case.chance(0.5):
        case.number("group", "down", case.between(20, 90), "%")
    if case.chance(0.3):
        case.number("group", "stop", case.between(0.02, 0.2) * typical, first["unit"])
