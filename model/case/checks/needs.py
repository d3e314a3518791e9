"""Faults of what belongs together: numbers, profiles and hosts that a row needs by its kind, or cannot use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.read.hourly_units import ADD_ONS
from model.case.tables.forms import FORMS
from model.case.units.conversion import is_unit, unit_fault

PROFILE_KIND = {"variable": "availability", "shaped": "shape"}
HOSTED = {"flexibility": "committed", "reservoir": "storage"}
NUMBERS_BY_OPERATION = {"committed": ("minimum_load",), "storage": ("storage_hours",), "flexibility": ("minimum_load_cut",)}
NUMBERS_OF_HEAT = ("heat_ratio", "heat_loss", "back_pressure")
HELD = ("round_trip_efficiency", "standing_loss", "start_stock", "least_hours", "most_hours")
USED_BY = dict.fromkeys(HELD, ("storage",)) | {name: (kind,) for kind, names in NUMBERS_BY_OPERATION.items() for name in names}
NUMBERS_BY_TABLE = {
    "demands": ("amount",),
    "drivers": ("amount",),
    "markets": ("price",),
    "ramps": ("up", "start"),
    "carbon_markets": ("price",),
    "allowance_outputs": ("verified", "benchmark"),
}
NUMBERS_BY_SETTING = ("discount_rate",)


def numbers(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Numbers without which a row says nothing."""
    if "numbers" in case.unread:
        return
    told = {(row.item, row.quantity) for row in case.tables["numbers"]}
    paid = {row.item for row in case.tables["numbers"] if row.quantity == "investment" and row.value}
    for row, place in case.placed("measures"):
        if row.whole and (row.id, "unit_size") not in told:
            yield _unsaid(row, place.at("whole"), "unit_size")
        if row.id in paid and row.kind != "retire" and (row.id, "lifetime") not in told:
            yield _unsaid(row, place.at("id"), "lifetime")
    held = {row.host for row in case.tables["technologies"] if row.operation == "reservoir"} & storages(case)
    for row, place in case.placed("technologies"):
        needed = [*NUMBERS_BY_OPERATION.get(row.operation, ()), *(("heat_ratio",) if row.heat else ())]
        if row.id in held:
            needed.remove("storage_hours")
        if not _yearly_use_follows(row):
            needed.append("yearly_use")
        for quantity in needed:
            if (row.id, quantity) not in told:
                yield _unsaid(row, place.at("activity_unit" if quantity == "yearly_use" else "operation"), quantity)
    for table, quantities in NUMBERS_BY_TABLE.items():
        for row, place in case.placed(table):
            for quantity in quantities:
                if (row.id, quantity) not in told:
                    yield _unsaid(row, place.at("id"), quantity)


def storages(case: Case) -> set[str]:
    return {row.id for row in case.tables["technologies"] if row.operation == "storage"}


def idle(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Numbers that their row never uses: a least load of what is not put online, heat of a plant that gives none, units of what is not whole."""
    rows = {row.id: row for table in ("technologies", "measures", "markets") for row in case.tables[table]}
    apart = {row.host for row in case.tables["technologies"] if row.operation == "reservoir"}
    found: dict[tuple[str, str], Place] = {}
    for number, place in case.placed("numbers"):
        row, quantity = rows.get(number.item), number.quantity
        if row is None or not number.value:
            continue
        users = USED_BY.get(quantity, ())
        if users and dict(row).get("operation") not in (None, *users):
            found.setdefault((f"{row.id}.{quantity} ({dict(row)['operation']})", ", ".join(users)), place)
        elif quantity in NUMBERS_OF_HEAT and not row.heat:
            found.setdefault((f"{row.id}.{quantity}", "heat"), place)
        elif quantity in ("least_hours", "most_hours") and row.id not in apart:
            found.setdefault((f"{row.id}.{quantity}", "reservoir"), place)
        elif quantity == "unit_size" and not row.whole:
            found.setdefault((f"{row.id}.{quantity}", "whole"), place)
        elif quantity == "later_weight" and not row.shape_later:
            found.setdefault((f"{row.id}.{quantity}", "shape_later"), place)
    for (name, needed), place in found.items():
        yield Fault("number_idle", place.at("quantity"), name, needed)


def settings(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Settings without a default."""
    given = {row.id for row in case.tables["settings"]}
    for name in NUMBERS_BY_SETTING:
        if case.tables["settings"] and "settings" not in case.unread and name not in given:
            yield Fault("missing_number", Place(case.spots["settings"][0].file, None, "id"), "-", name)


def technologies(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Profiles, hosts and heat, where the way of running asks for them and only there."""
    operations = {row.id: row.operation for row in case.tables["technologies"]}
    for row, place in case.placed("technologies"):
        if row.operation is None:
            continue
        yield from _profile(row.profile, place.at("profile"), PROFILE_KIND.get(row.operation), operation=row.operation, lookup=lookup)
        if row.operation in ADD_ONS:
            yield from _host(row, place.at("host"), operations)
        elif row.host:
            yield Fault("not_used_here", place.at("host"), row.operation, ", ".join(ADD_ONS))
        if row.heat and row.operation != "committed":
            yield Fault("wrong_operation", place.at("heat"), row.operation, "committed")
        elif row.heat and lookup.column(row.heat, "balance") == "yearly":
            yield Fault("not_used_here", place.at("heat"), f"{row.heat} (yearly)", "hourly")


def shapes(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Shapes of demands and prices: there where a commodity is balanced by the hour, and of the right kind."""
    for row, place in case.placed("demands"):
        hourly = lookup.column(row.commodity, "balance") == "hourly"
        if hourly and not row.shape:
            yield Fault("needed_here", place.at("shape"), "-", "shape")
        elif row.shape and lookup.column(row.commodity, "balance") == "yearly":
            yield Fault("not_used_here", place.at("shape"), f"{row.commodity} (yearly)", "hourly")
        elif row.shape:
            yield from _profile(row.shape, place.at("shape"), "shape", operation="hourly", lookup=lookup)
    for row, place in case.placed("markets"):
        for column in ("shape", "shape_later"):
            if dict(row)[column]:
                yield from _profile(dict(row)[column], place.at(column), "shape", operation="hourly", lookup=lookup)


def flows(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Flows no model can take: hourly ones of a yearly technology, heat that comes by itself."""
    operations = {row.id: row for row in case.tables["technologies"]}
    for row, place in case.placed("flows"):
        technology = operations.get(row.technology)
        if technology is None:
            continue
        if technology.operation == "yearly" and lookup.column(row.commodity, "balance") == "hourly":
            yield Fault("hourly_flow_on_yearly", place.at("commodity"), f"{row.commodity} (hourly)", "shaped")
        if technology.operation == "storage" and lookup.column(row.commodity, "balance") == "yearly":
            yield Fault("not_used_here", place.at("commodity"), f"{row.commodity} (yearly)", "hourly")
        if technology.heat is not None and technology.heat == row.commodity:
            yield Fault("counted_twice", place.at("commodity"), row.commodity, "heat")


def targets(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Targets of a form that is measured against something, without that; couplings without a term."""
    for row, place in case.placed("targets"):
        if row.form is not None and FORMS[row.form].reference and not row.reference:
            yield Fault("needed_here", place.at("reference"), "-", "reference")
    used = {row.coupling for row in case.tables["coupling_terms"]}
    for row, place in case.placed("couplings"):
        if row.id not in used and "coupling_terms" not in case.unread:
            yield Fault("needed_here", place.at("id"), "-", "coupling_terms")


def signs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Changes whose sign lets the indicator go the other way: "down by 18 %" written as <= 18 is met by any fall and by a rise of 17 %."""
    for row, place in case.placed("targets"):
        if row.form is None or not FORMS[row.form].change_from or row.value is None:
            continue
        if (row.sense == "<=" and row.value > 0) or (row.sense == ">=" and row.value < 0):
            yield Fault("sign_of_change", place.at("value"), f"{row.sense} {row.value:g}", f"{-row.value:g}")


def costs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Measures of which neither investment nor upkeep is told, not even that there is none: free of charge, and so built wherever they help."""
    paid = {row.item for row in case.tables["numbers"] if row.quantity in ("investment", "upkeep")}
    free: dict[str, list[str]] = defaultdict(list)
    for row, place in case.placed("measures"):
        if row.id is not None and row.id not in paid and "numbers" not in case.unread:
            free[place.file].append(row.id)
    for file, names in free.items():
        yield Fault("free_of_charge", Place(file, None, "id"), f"{clipped(', '.join(names), 200)} ({len(names)})", "investment")


def _unsaid(row: Any, place: Place, quantity: str) -> Fault:
    return Fault("missing_number", place, str(row.id or "-"), quantity)


def _yearly_use_follows(row: Any) -> bool:
    capacity, activity = row.capacity_unit, row.activity_unit
    if not capacity or not activity or not is_unit(capacity) or not is_unit(activity):
        return True
    return unit_fault(capacity, activity) is None or unit_fault(f"({capacity})*yr", activity) is None


def _profile(profile: str | None, place: Place, kind: str | None, *, operation: str, lookup: Lookup) -> Iterator[Fault]:
    if kind is None:
        if profile:
            yield Fault("not_used_here", place, operation, ", ".join(PROFILE_KIND))
        return
    if not profile:
        yield Fault("needed_here", place, "-", f"profile ({kind})")
        return
    found = lookup.column(profile, "kind") if lookup.table(profile) == "profiles" else None
    if found is not None and found != kind:
        yield Fault("wrong_profile_kind", place, f"{profile} ({found})", kind)


def _host(row: Any, place: Place, operations: dict[str, str]) -> Iterator[Fault]:
    if not row.host:
        yield Fault("needed_here", place, "-", "host")
    elif operations.get(row.host) in ADD_ONS:
        yield Fault("wrong_operation", place, f"{row.host} ({operations[row.host]})", "committed, dispatch, shaped, yearly")
    elif row.operation in HOSTED and operations.get(row.host, HOSTED[row.operation]) not in (HOSTED[row.operation], None):
        yield Fault("wrong_operation", place, f"{row.host} ({operations[row.host]})", HOSTED[row.operation])
