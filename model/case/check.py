"""Every fault of a case at once: what cannot be read, and what does not hold together, one never hiding the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from model.case import (
    checks_accounts,
    checks_coverage,
    checks_cycles,
    checks_days,
    checks_names,
    checks_needs,
    checks_numbers,
    checks_prices,
    checks_scale,
    checks_taking,
    checks_targets,
    checks_units,
    checks_years,
)
from model.case.canonical import Lookup
from model.case.faults import Fault, Place, by_place
from model.case.read import Case, read_tables
from model.case.rows import REQUIRED

Check = Callable[[Case, Lookup], Iterable[Fault]]

CHECKS: tuple[Check, ...] = (
    checks_names.id_clashes,
    checks_names.references,
    checks_names.variants,
    checks_units.units,
    checks_units.hourly,
    checks_numbers.ranges,
    checks_numbers.quantities,
    checks_numbers.bounds,
    checks_years.horizon,
    checks_years.order,
    checks_years.mixed,
    checks_years.lifetimes,
    checks_days.periods,
    checks_days.day_types,
    checks_days.availability,
    checks_days.completeness,
    checks_days.spell,
    checks_needs.numbers,
    checks_needs.settings,
    checks_needs.technologies,
    checks_needs.shapes,
    checks_needs.flows,
    checks_needs.targets,
    checks_taking.stock,
    checks_targets.years,
    checks_targets.series,
    checks_targets.forms,
    checks_targets.drivers,
    checks_cycles.prerequisites,
    checks_cycles.indicators,
    checks_accounts.boundaries,
    checks_accounts.directions,
    checks_accounts.changes,
    checks_prices.trade,
    checks_prices.surplus,
    checks_coverage.answered,
    checks_coverage.numbered,
)
WARNINGS: tuple[Check, ...] = (
    checks_scale.coefficients,
    checks_scale.yields,
    checks_needs.signs,
    checks_needs.costs,
    checks_needs.idle,
    checks_coverage.traced,
    checks_coverage.named,
)


def check(folder: Path) -> list[Fault]:
    """All faults of the case in a folder or workbook, by file and row; an empty list says it can be used."""
    case, faults = read_tables(folder)
    return _sorted([*faults, *missing_tables(case), *case_faults(case)])


def case_faults(case: Case) -> list[Fault]:
    """The faults of a case that has been read, by file and row: all that takes more than one cell to see."""
    lookup = Lookup(case)
    return _sorted(fault for one in CHECKS for fault in one(case, lookup))


def warnings(case: Case) -> list[Fault]:
    """What a case can be used with, and is worth a look, by file and row."""
    lookup = Lookup(case)
    return _sorted(fault for one in WARNINGS for fault in one(case, lookup))


def missing_tables(case: Case) -> list[Fault]:
    """Tables no case can do without."""
    if case.folder.suffix.casefold() == ".xlsx":
        names = {table: f"{case.folder.name}!{table}" for table in REQUIRED}
    else:
        names = {table: f"{table}.csv" for table in REQUIRED}
    absent = [table for table in REQUIRED if table not in case.present | case.unread]
    return [Fault("missing_table", Place(names[table], None, None), "-", table) for table in absent]


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(set(faults), key=by_place)
