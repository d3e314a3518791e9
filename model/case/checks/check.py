"""Every fault of a case at once: what cannot be read, and what does not hold together, one never hiding the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from model.case.checks import (
    accounts,
    allowances,
    bureaus,
    coverage,
    credits,
    cycles,
    days,
    doubtful_numbers,
    doubtful_past,
    exchange,
    handed_down,
    holding,
    money,
    names,
    needs,
    numbers,
    past,
    price_years,
    prices,
    projects,
    ramps,
    records,
    scale,
    standing,
    taking,
    targets,
    transfers,
    units,
    years,
)
from model.case.faults import Fault, Place, by_place
from model.case.read.canonical import Lookup
from model.case.read.case import Case, read_tables
from model.case.read.overlays import overlays_of
from model.case.read.sheet_names import meaning_of, titles_in
from model.case.tables.rows import needed

Check = Callable[[Case, Lookup], Iterable[Fault]]

CHECKS: tuple[Check, ...] = (
    names.id_clashes,
    names.references,
    names.variants,
    units.units,
    units.hourly,
    numbers.ranges,
    numbers.quantities,
    numbers.bounds,
    handed_down.of_their_targets,
    years.horizon,
    years.order,
    years.mixed,
    years.lifetimes,
    days.periods,
    days.day_types,
    days.availability,
    days.completeness,
    days.spell,
    needs.numbers,
    needs.settings,
    needs.technologies,
    needs.shapes,
    needs.flows,
    needs.targets,
    taking.stock,
    standing.least,
    standing.survival,
    standing.leaving,
    credits.groups,
    credits.segments,
    holding.spans,
    holding.calendar,
    holding.durations,
    holding.reservoirs,
    targets.years,
    targets.series,
    targets.budgets,
    targets.forms,
    targets.base_years,
    targets.drivers,
    cycles.prerequisites,
    cycles.indicators,
    accounts.boundaries,
    accounts.directions,
    accounts.changes,
    past.published_once,
    ramps.units,
    records.whole_units,
    records.beyond_stock,
    money.cash,
    money.funds,
    price_years.known,
    transfers.parties,
    transfers.counted,
    transfers.grants,
    allowances.outputs,
    allowances.prices,
    allowances.losses,
    prices.trade,
    prices.surplus,
    exchange.variables,
    coverage.answered,
    coverage.numbered,
)
WARNINGS: tuple[Check, ...] = (
    scale.coefficients,
    scale.yields,
    needs.signs,
    needs.costs,
    needs.idle,
    doubtful_numbers.growing_stock,
    doubtful_numbers.size_above_pace,
    doubtful_numbers.capacity_beyond_reach,
    doubtful_numbers.empty_reservoirs,
    doubtful_numbers.negative_costs,
    doubtful_numbers.shares_of_peak,
    doubtful_numbers.taxed_beside_market,
    targets.decided_bases,
    past.guesses,
    past.results_of_others,
    past.not_yet_past,
    past.beside_records,
    past.no_room,
    doubtful_past.beyond_the_pace,
    doubtful_past.against_published,
    ramps.unheld_starts,
    bureaus.leads,
    projects.running,
    coverage.traced,
    coverage.named,
)


def check(folder: Path, data: Sequence[Path] = (), overlays: Sequence[str] = ()) -> list[Fault]:
    """All faults of the case in a folder or workbook, by file and row; an empty list says it can be used.

    `data` and `overlays` as in `read_tables`; raises CodedError as it does.
    """
    return checked(folder, data, overlays)[1]


def checked(folder: Path, data: Sequence[Path] = (), overlays: Sequence[str] = ()) -> tuple[Case, list[Fault]]:
    """The case as far as it can be read, and its faults as in `check`: with none of them it is the case that `read_case` reads."""
    case, faults = read_tables(folder, data, overlays)
    return case, _sorted([*faults, *missing_tables(case), *case_faults(case)])


def overlay_faults(folder: Path, own: Iterable[Fault], data: Sequence[Path] = ()) -> dict[str, list[Fault]]:
    """{overlay: the faults that each brings, alone on top of the case, which has its `own`}, of those that bring any."""
    own = frozenset(own)
    found = {name: [fault for fault in check(folder, data, (name,)) if fault not in own] for name in overlays_of(folder)}
    return {name: faults for name, faults in found.items() if faults}


def case_faults(case: Case) -> list[Fault]:
    """The faults of a case that has been read, by file and row: all that takes more than one cell to see."""
    lookup = Lookup(case)
    return _sorted(fault for one in CHECKS for fault in one(case, lookup))


def warnings(case: Case) -> list[Fault]:
    """What a case without faults can be used with, and is worth a look, by file and row."""
    lookup = Lookup(case)
    return _sorted(fault for one in WARNINGS for fault in one(case, lookup))


def missing_tables(case: Case) -> list[Fault]:
    """Tables that the case cannot do without."""
    asked = needed(case.present)
    if case.folder.suffix.casefold() == ".xlsx":
        titles = {one.table: title for title in titles_in(case.folder) if not (one := meaning_of(title)).overlay}
        names = {table: f"{case.folder.name}!{titles.get(table, table)}" for table in asked}
    else:
        names = {table: f"{table}.csv" for table in asked}
    absent = [table for table in asked if table not in case.present | case.unread]
    return [Fault("missing_table", Place(names[table], None, None), "-", table) for table in absent]


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(set(faults), key=by_place)
