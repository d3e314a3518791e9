"""Each row of the cities' coverage names what does its words, and nothing that does the reverse or belongs to a neighbouring row."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from calling import ROOT

from model.case.read.case import Case, read_case

# What a measure is called, and what a row that names it must speak of.
SPEAKS_OF = {
    r"charging|^piles_for": "充电",
    r"hydrogen_station|^stations_for": "加氢|氢能制运储加",
    r"delivery_battery|(?<!for)(^|_)(bus|car|cars|taxi|truck|trucks|postal|sanitation|municipal|yard)(_|$)": "车|重卡|公交|运输工具|移动源|市政|氢能在工业、交通",
    r"petrol|service_diesel|buy_bus_diesel|buy_bus_cng|_vi$": "国六|燃油",
    r"^machine_renewal|^farm_machine_renewal": "报废更新|移动源",
    r"^pv_|^build_pv|^rooftop|bipv": "光伏|太阳能",
    r"(^|_)wind_": "风",
    r"^pumped|^build_lingshou": "抽水蓄能|储能|源网荷储",
    r"^battery_city|^build_battery": "储",
    r"^(saving|save|flexible|flex)_": "改造|源网荷储",
    r"^(extend|renew)_": "更新|延寿",
    r"^(build_coal|build_liangcun|chp_dongsheng)": "新建|建设",
    r"^exit_hot_rolling": "热轧",
    r"^construction_waste": "建筑废弃物|建筑垃圾",
    r"^lighting|^lamp": "照明|重点领域节能",
    r"^forest_|^plant_forest|^tend_forest": "林",
    r"^wetlands|^restore_wetland": "湿地",
    r"^heat_from_|^heat_supply_|^build_heat_": "热|供暖|采暖|可再生能源",
}


@pytest.fixture(scope="module", params=["chengde", "shijiazhuang"])
def city(request: pytest.FixtureRequest) -> Case:
    return read_case(ROOT / "data" / request.param)


def test_a_row_names_what_its_words_speak_of(city: Case) -> None:
    """Piles are no battery trucks, renewal of coal boilers is no gas in their place, and a petrol car answers no call for new-energy cars."""
    amiss = [
        (row.number, row.words_zh, item)
        for row in city.tables["coverage"]
        if row.kind == "measure" and not row.context
        for item in row.items or ()
        for called, words in SPEAKS_OF.items()
        if re.search(called, item) and not re.search(words, row.words_zh)
    ]
    assert amiss == []


def test_no_target_is_answered_by_what_it_is_to_replace(city: Case) -> None:
    """Petrol cars, gas and diesel buses and plain floor move the share down: they stand with their clause, not with the target."""
    replaced = re.compile("petrol|bus_cng|bus_diesel|buy_cng|buy_diesel|floor_plain")
    rows = [row for row in city.tables["coverage"] if row.kind == "target"]
    assert [(row.number, item) for row in rows for item in row.items or () if replaced.search(item)] == []


def test_rows_of_one_sentence_share_nothing(city: Case) -> None:
    """A sentence that orders two things has two rows; what does the one is no answer to the other."""
    alike = defaultdict(list)
    for row in city.tables["coverage"]:
        if row.kind == "measure" and row.items:
            alike[row.words_zh].append(row)
    shared = [
        (one.number, other.number, item)
        for rows in alike.values()
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
        for item in {*one.items} & {*other.items}
    ]
    assert shared == []


def test_a_row_is_answered_by_what_is_decided(city: Case) -> None:
    """Measures, targets and couplings, never a stock, a fleet's hours or a path that the case is given."""
    decided = {row.id for table in ("measures", "targets", "couplings") for row in city.tables[table]}
    rows = [row for row in city.tables["coverage"] if not row.context]
    assert [(row.kind, row.number, item) for row in rows for item in row.items or () if item not in decided] == []


def test_a_unit_has_a_name_only_where_a_list_has_it(city: Case) -> None:
    """How many units there are is read off a list of works or the plan's own words, never judged."""
    status = defaultdict(set)
    for row in city.tables["numbers"]:
        if row.quantity == "potential":
            status[row.item].add(row.status)
    named = {row.id: status[row.id] for row in city.tables["measures"] if row.unit_names}
    assert {name: found for name, found in named.items() if not found or not found <= {"sourced", "mixed", "derived"}} == {}
