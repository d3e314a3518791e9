"""From any row of a case to what it moves: along effects, flows, balances and accounts to energy, CO2, pollutants and targets."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.case.units.conversion import unit_fault

ENDS = ("energy", "co2", "pollutant", "target")
GREENHOUSE_GASES = ("co2", "ch4", "methane", "hfc", "n2o", "ghg")
POLLUTANTS = ("so2", "nox", "pm25", "pm10", "voc", "nh3")
COUNTED_ON = {
    "activity", "capacity", "level", "build", "use", "bought", "sold", "indicator", "change", "driver", "demand", "spend",
}  # fmt: skip
MOVING_SETTINGS = ("reserve_margin", "curtailment_limit", "regional_share", "stress_days")


class Trace:
    """The walks of one case: which rows act on which with a number that is not zero, and what kind of end each row is.

    A walk passes through a commodity to whatever else makes or takes it (what one technology gives, another need not),
    except where the commodity is energy that is traded: it goes on to its trade and its accounts only.
    """

    def __init__(self, case: Case) -> None:
        self._lookup = Lookup(case)
        self._ways: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[str, set[str]] = defaultdict(set)
        self._find_ends(case)
        self._follow_effects(case)
        self._follow_flows(case)
        self._follow_accounts(case)
        self._follow_names(case)
        idle = _never_open(case)
        for name in idle:
            self._ways[name] = set()

    def ends(self, item: str) -> dict[str, tuple[str, ...]]:
        """{kind of end: the shortest way to it, from the item on}, in the order of ENDS; empty where nothing is moved."""
        start = self._lookup.resolved(item) or item
        found: dict[str, tuple[str, ...]] = {}
        seen = {start}
        waiting: deque[tuple[str, ...]] = deque([(start,)])
        while waiting:
            way = waiting.popleft()
            for kind in self._ends.get(way[-1], ()):
                found.setdefault(kind, way)
            for other in sorted(self._ways.get(way[-1], set()) - seen):
                seen.add(other)
                waiting.append((*way, other))
        return {kind: found[kind] for kind in ENDS if kind in found}

    def _find_ends(self, case: Case) -> None:
        contents = {row.item for row in case.tables["numbers"] if row.quantity == "energy_content" and row.value}
        for row in case.tables["commodities"]:
            if row.id in contents or (isinstance(row.unit, str) and unit_fault(row.unit, "TWh") is None):
                self._ends[row.id].add("energy")
        for row in case.tables["indicators"]:
            name = str(row.id)
            if name.startswith(GREENHOUSE_GASES):
                self._ends[name].add("co2")
            elif name.startswith(POLLUTANTS):
                self._ends[name].add("pollutant")
            if isinstance(row.unit, str) and unit_fault(row.unit, "TWh") is None:
                self._ends[name].add("energy")
        for row in case.tables["targets"]:
            for name in (row.indicator, row.reference):
                resolved = self._lookup.resolved(name)
                if resolved is not None:
                    self._ends[resolved].add("target")

    def _follow_effects(self, case: Case) -> None:
        for row in case.tables["effects"]:
            if row.value:
                self._way(row.measure, row.item)
        for row in case.tables["existing"]:
            if row.value:
                self._way(row.id, row.technology)

    def _follow_flows(self, case: Case) -> None:
        pairs = [(row.technology, row.commodity) for row in case.tables["flows"] if row.value]
        pairs += [(row.id, row.heat) for row in case.tables["technologies"] if row.heat]
        pairs += [(row.id, row.commodity) for table in ("demands", "markets") for row in case.tables[table]]
        pairs += [(row.id, row.item) for row in case.tables["residuals"] if row.value]
        markets = {row.id: row.commodity for row in case.tables["markets"]}
        traded = {name for name in markets.values() if "energy" in self._ends.get(str(name), ())}
        for name, commodity in pairs:
            self._way(name, commodity)
            if self._lookup.table(commodity) == "commodities" and (commodity not in traded or name in markets):
                self._way(commodity, name)
        for row in case.tables["technologies"]:
            if row.operation == "flexibility":
                self._way(row.id, row.host)

    def _follow_accounts(self, case: Case) -> None:
        for row in case.tables["accounts"]:
            if row.value and row.by in COUNTED_ON:
                self._way(self._lookup.resolved(row.item), self._lookup.resolved(row.indicator))

    def _follow_names(self, case: Case) -> None:
        """Couplings, transfers, carbon markets, targets and settings: they move what they bind, and what is coupled moves what it is coupled to.

        A target on what drivers alone make up moves nothing: the case meets it or not, whatever the plan does.
        """
        for row in case.tables["coupling_terms"]:
            if row.value:
                self._way(row.coupling, row.item)
                self._way(row.item, row.coupling)
        for row in case.tables["transfers"]:
            for name in (self._lookup.resolved(row.indicator), *(row.measures or ())):
                self._way(row.id, name)
        for table, of, what in (
            ("allowance_groups", "market", "id"),
            ("allowance_outputs", "group", "id"),
            ("allowance_outputs", "id", "technology"),
        ):
            for row in case.tables[table]:
                self._way(dict(row)[of], dict(row)[what])
        counted = {name for start, names in self._ways.items() if self._lookup.table(start) != "drivers" for name in names}
        for row in case.tables["targets"]:
            indicator = self._lookup.resolved(row.indicator)
            if indicator in counted:
                self._way(row.id, indicator)
            if row.form in FORMS and FORMS[row.form].per_driver:
                self._way(row.reference, indicator)
        for row in case.tables["settings"]:
            if row.id in MOVING_SETTINGS and row.value:
                self._ends[row.id].add("energy")

    def _way(self, start: str | None, end: str | None) -> None:
        if isinstance(start, str) and isinstance(end, str) and start != end:
            self._ways[start].add(end)


def _never_open(case: Case) -> Iterable[str]:
    """Measures whose potential is zero in every year."""
    told: dict[str, list[float]] = defaultdict(list)
    for row in case.tables["numbers"]:
        if row.quantity == "potential" and row.value is not None:
            told[row.item].append(row.value)
    return [name for name, values in told.items() if not any(values)]
