"""Faults of what stands: least amounts above what can be, survival that does not fall, stock that leaves in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from model.case.checks.paths import Path, linear, told_paths
from model.case.faults import Fault, Place, clipped
from model.case.parameters.survival import at_age
from model.case.parameters.taking import Takings
from model.case.parameters.timeline import fill_onward
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

rounding = 1e-9
SURVIVING = ("build", "retrofit", "buy", "plant")


def least(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Least totals and least sizes above the potential, and least sizes of what nothing limits."""
    if "numbers" in case.unread or not case.header.years:
        return
    told = told_paths(case, lookup, ("minimum", "least_size", "potential", "pace"))
    for item, quantity in told:
        path, most = told[item, quantity], told.get((item, "potential"))
        if quantity == "least_size" and lookup.table(item) == "measures":
            size, place = next(iter(path.values()))
            if most is None and (item, "pace") not in told:
                yield Fault("limit_needed", place.at("quantity"), clipped(item), "potential, pace")
            elif most is not None and size > (top := max(amount for amount, _ in most.values())) * (1 + rounding):
                yield Fault("above_potential", place.at("value"), f"{item}.{quantity} {size:g}", f"<= {top:g}")
        elif quantity == "minimum" and most is not None:
            yield from _above(case, item, path, most)


def _above(case: Case, item: str, path: Path, most: Path) -> Iterator[Fault]:
    """The first year in which a least total is above the potential."""
    years = list(case.header.years)
    asked, room = fill_onward({year: amount for year, (amount, _) in path.items()}, years), linear(most, years)
    for year, least_total, potential in zip(years, asked.tolist(), room, strict=True):
        if least_total > potential * (1 + rounding):
            since = None if None in path else max(one for one in path if one is not None and one <= year)
            yield Fault("above_potential", path[since][1].at("value"), f"{item}.minimum {least_total:g} ({year})", f"<= {potential:g}")
            return


def survival(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Survival curves that do not begin with all or rise again, those of what has none, and stock of which nothing could stand."""
    if "curves" in case.unread:
        return
    curves: dict[str, dict[int, float]] = defaultdict(dict)
    for point in case.tables["curves"]:
        if isinstance(point.age, int) and point.value is not None and unit_fault(point.unit or "?", "1") is None:
            curves[point.curve][point.age] = point.value * factor(point.unit, "1")
    for table in ("existing", "measures"):
        for row, place in case.placed(table):
            if row.survival is not None and curves.get(row.survival):
                yield from _falls(curves[row.survival], row.survival, place.at("survival"))
    for row, place in case.placed("measures"):
        if row.survival is not None and (row.whole or row.kind not in SURVIVING):
            yield Fault("no_survival_here", place.at("survival"), "whole" if row.whole else str(row.kind), ", ".join(SURVIVING))
    for row, place in case.placed("existing"):
        if row.survival is None:
            continue
        if row.since is None:
            yield Fault("needed_here", place.at("since"), "-", "since")
        elif isinstance(row.since, int) and (curve := curves.get(row.survival)):
            age = max(0, case.header.base_year - row.since)
            if at_age(curve, age) <= 0:
                yield Fault("none_survives", place.at("survival"), f"{row.survival}: 0 ({age})", "> 0")


def _falls(curve: Mapping[int, float], name: str, place: Place) -> Iterator[Fault]:
    ages = sorted(curve)
    if ages[0] != 0 or abs(curve[ages[0]] - 1) > rounding:
        yield Fault("survival_start", place, f"{name}: {curve[ages[0]]:g} ({ages[0]})", "1 (0)")
    for younger, older in pairwise(ages):
        if curve[older] > curve[younger] * (1 + rounding):
            yield Fault("survival_rises", place, f"{name}: {curve[older]:g} ({older})", f"<= {curve[younger]:g}")
            return


def leaving(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Stock that leaves both by a path and by a curve, paths without years, and measures that take from what leaves little by little."""
    by_path: dict[str, Place] = {}
    for row, place in case.placed("numbers"):
        if row.quantity == "remaining" and lookup.table(row.item) == "existing":
            by_path.setdefault(row.item, place)
            if row.year is None:
                yield Fault("missing_value", place.at("year"), "-", "year")
    for row, place in case.placed("existing"):
        if row.survival is not None and row.id in by_path:
            yield Fault("leaves_twice", place.at("survival"), clipped(str(row.id)), "survival | remaining")
    if case.unread & {"existing", "effects", "technologies"}:
        return
    falling = {row.id for row in case.tables["existing"] if row.survival is not None} | set(by_path)
    takings = Takings(case) if falling else None
    for row, place in case.placed("effects") if takings else ():
        if isinstance(row.until, str) or row.stock is None:
            continue
        taking = takings.of(row) if takings else None
        if taking is not None and (mine := sorted(falling & set(taking.stock))):
            yield Fault("stock_falls", place.at("stock"), clipped(", ".join(mine)), "until")
