"""The cities' tables hold no row that a bureau would laugh at: units, ties between counties, sources, orders, strengths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pint
import pytest
from calling import ROOT
from second_model.units import worth

from model.case.checks.check import warnings
from model.case.read.case import Case, read_case
from model.case.units.registry import factor
from model.report.units import display_unit

CITIES = ("chengde", "shijiazhuang")
BOILERPLATE = re.compile(r"all of it in about|at the rate of \d{4}|rival measures")
ORDERS = re.compile(r"淘汰|全面|禁止|严禁|强制")


@pytest.fixture(scope="module", params=CITIES)
def city(request: pytest.FixtureRequest) -> Case:
    return read_case(ROOT / "data" / request.param)


def values_of(city: Case, quantity: str) -> dict[str, tuple[tuple[int | None, float], ...]]:
    """{item: ((year, canonical value), …)} of one quantity."""
    told = defaultdict(list)
    for row in city.tables["numbers"]:
        if row.quantity == quantity and row.value is not None:
            told[row.item].append((row.year, row.value))
    return {item: tuple(sorted(path, key=str)) for item, path in told.items()}


def convertible(unit: str, other: str) -> bool:
    try:
        return factor(unit, other) > 0
    except pint.DimensionalityError:
        return False


def test_each_unit_is_worth_the_same_to_the_second_model(city: Case) -> None:
    """Units that can be converted into one another, by the program's registry and by the second model's own table."""
    units = {unit for rows in city.tables.values() for row in rows for unit in [getattr(row, "unit", None)] if unit}
    kinds = set[str]()
    for unit in sorted(units):
        like = next((kind for kind in sorted(kinds) if convertible(unit, kind)), unit)
        kinds.add(like)
        assert worth(unit) / worth(like) == pytest.approx(factor(unit, like), rel=1e-9), (unit, like)


def test_each_measure_is_counted_in_what_people_count(city: Case) -> None:
    """Works, audits and districts are no 台（套）; the same word is said in both languages."""
    assert [row.id for row in city.tables["measures"] if display_unit(row.unit, "zh")[0] == "台（套）"] == []
    assert [row.id for row in city.tables["measures"] if display_unit(row.unit, "en")[0] == "units" and row.sector != "power"] == []
    assert [row.id for row in city.tables["targets"] if display_unit(row.unit or "1", "zh")[0] == "台（套）"] == []


def test_a_charging_pile_is_one_pile_in_both_cities() -> None:
    piles = {}
    for name, measure in zip(CITIES, ("charging_piles", "build_charging"), strict=True):
        (row,) = [row for row in read_case(ROOT / "data" / name).tables["numbers"] if (row.item, row.quantity) == (measure, "investment")]
        piles[name] = (row.value, row.unit)
    assert piles["chengde"] == piles["shijiazhuang"] == (100_000, "CNY/pile")


def test_counties_do_not_take_turns(city: Case) -> None:
    """Where measures of a kind differ by county alone and cost the same, they go on by their shares: each is bound to the next in a ring.

    The shares multiply to what leeway there is: below 1 nothing could be built, far above 1 counties would take turns again.
    """
    bound = {}
    for row in city.tables["couplings"]:
        if row.id.startswith("share_"):
            first, second = sorted(
                (term for term in city.tables["coupling_terms"] if term.coupling == row.id), key=lambda term: -term.value
            )
            assert (first.value, first.by, second.by, row.sense, row.value) == (1, "build", "build", "<=", 0)
            bound[first.item] = (second.item, -second.value)
    rings = []
    while bound:
        item, product, ring = next(iter(bound)), 1.0, []
        while item in bound:
            ring.append(item)
            item, share = bound.pop(item)
            product *= share
        assert item == ring[0] and 1 < product < 1.1, ring
        rings.append(set(ring))
    cost = values_of(city, "investment")
    county = {row.id: row.county for row in city.tables["measures"]}
    alike = defaultdict(set)
    for measure, place in county.items():
        kind = measure.removesuffix(f"_{place}")
        if place and kind != measure and kind in {"forest_tending", "forest", "pv_roof", "pv_base", "straw_collection", "wind"}:
            alike[kind, cost[measure]].add(measure)
    open_ties = [names for names in alike.values() if len(names) > 1 and not any(names <= ring for ring in rings)]
    assert open_ties == []


def test_what_a_list_shows_standing_closes_from_2027_on(city: Case) -> None:
    """Units by name stand in lists of 2024 and 2025: no past that is only reconstructed closes or replaces one of them."""
    closing = [row for row in city.tables["measures"] if row.kind in ("retire", "replace") and row.unit_names]
    assert closing and [row.id for row in closing if row.earliest < 2027] == []


def test_land_of_one_cost_is_planted_by_one_ramp(city: Case) -> None:
    """Least cost takes the cheapest land of a group first: Bashang to its end in 2027, the south in jumps. So each class has its own ramp."""
    cost = {item: path[0][1] for item, path in values_of(city, "investment").items()}
    planting = [row for row in city.tables["ramps"] if re.match("ramp_planting", row.id)]
    assert len(planting) >= 2
    for row in planting:
        costs = [cost[measure] for measure in row.measures]
        assert max(costs) <= 1.1 * min(costs), row.id


def test_no_source_is_boilerplate(city: Case) -> None:
    said = [(table, row.source) for table, rows in city.tables.items() for row in rows if getattr(row, "source", None)]
    assert [row for row in said if BOILERPLATE.search(row[1])] == []
    estimates = Counter(source for table, source in said if table == "actuals")
    assert all(count <= 8 for source, count in estimates.items()), estimates.most_common(3)


def test_no_bureau_leads_more_than_a_quarter(city: Case) -> None:
    assert [one.found for one in warnings(city) if one.place.column == "lead"] == []


def test_an_order_of_the_plan_is_a_target_or_has_its_reason(city: Case) -> None:
    """淘汰, 全面, 禁止, 严禁, 强制: at least a judged least amount, unless the row says why not."""
    targets = {row.id for row in city.tables["targets"]}
    ordered = [row for row in city.tables["coverage"] if row.kind == "measure" and ORDERS.search(row.words_zh or "") and not row.reason_en]
    same_words = {row.words_zh for row in ordered if {*row.items} & targets}
    assert [row.words_zh for row in ordered if row.words_zh not in same_words] == []


@pytest.mark.parametrize("name", CITIES)
def test_a_target_of_the_15th_plan_is_binding_only_by_a_document(name: str) -> None:
    case = read_case(ROOT / "data" / name, overlays=("fyp15",))
    binding = [row for row in case.tables["targets"] if row.clause == "fyp15" and row.strength == "binding"]
    assert binding and [row.id for row in binding if "strength: " not in row.source] == []
