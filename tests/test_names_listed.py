"""What `measures list` shows is what the options take, each by the name that stands there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from calling import TOY, call, says
from tiny_case import TinyCase

from model.case.change.change import applied
from model.case.change.change_text import ChangeError, parse_change
from model.case.change.levers import chosen, levers
from model.case.change.naming import id_of, is_known
from model.case.read.case import Case, read_case
from model.report.case.name_tables import name_records
from model.report.error_text import error_sentence


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(TinyCase().write(tmp_path_factory.mktemp("case") / "tiny"))


def test_each_number_is_taken_by_set_and_each_range_by_over(case: Case) -> None:
    numbers = [one for one in name_records(case, "", "en") if one["kind"] == "numbers"]
    for one in numbers:
        valued = [value for value in one["values"] if value["value"] is not None]
        if one["set"] and valued:
            year = f"@{valued[0]['year']}" if valued[0]["year"] else ""
            change = parse_change(f"{one['id']}{year}={valued[0]['value']} {one['unit']}")
            assert is_known(case, change) and applied(case, [change])[0].tables.keys() == case.tables.keys(), one["id"]
    assert {one["id"] for one in numbers if one["over"]} == {lever.name for lever in levers(case)}
    for one in numbers:
        if one["over"]:
            assert [lever.name for lever in chosen(case, [one["id"]])] == [one["id"]]
        else:
            with pytest.raises(ChangeError):
                chosen(case, [one["id"]])
    assert all(one["set"] or one["over"] for one in numbers)


def test_each_row_is_named_as_it_is_asked_for(case: Case) -> None:
    """A general indicator is one as well: it means the variant that the case chooses."""
    records = name_records(case, "", "zh")
    for kind in ("measures", "targets", "indicators"):
        names = {one["id"]: one for one in records if one["kind"] == kind}
        assert set(names) >= {row.id for row in case.tables[kind]}
        assert all(id_of(case, one["label"], kind) in names for one in names.values() if kind != "indicators")
    general = next(one for one in records if one["id"] == "clean")
    assert (general["label"], general["unit"]) == ("清洁电量", "TWh")


def test_a_word_finds_ids_and_names_in_either_language(case: Case) -> None:
    for wanted in ("build_wind.inv", "新建风电：单位投资", "BUILD WIND: INVEST", "风电：单位"):
        assert "build_wind.investment" in [one["id"] for one in name_records(case, wanted, "en")], wanted
    assert name_records(case, "nothing like it", "en") == []


@pytest.mark.parametrize(
    ("wanted", "name", "said"),
    [("history", "history.value", "case.yaml"), ("actual", "actuals.csv", "MEASURE.built"), ("实绩", "actuals.csv", "MEASURE.built")],
)
def test_what_is_told_of_the_past_is_found_where_it_is_set(case: Case, wanted: str, name: str, said: str) -> None:
    (found,) = [one for one in name_records(case, wanted, "en") if one["kind"] == "elsewhere"]
    assert found["id"] == name and said in found["label"]
    moved = replace(case, header=case.header.model_copy(update={"decide_from": case.header.years[-1]}))
    assert [one["kind"] for one in name_records(moved, "history.value", "en")] == ["numbers"]


def test_a_number_that_needs_a_unit_is_told_which() -> None:
    toy = read_case(TOY)
    with pytest.raises(ChangeError) as refused:
        applied(toy, [parse_change("close_boiler.committed@2023=1")])
    assert "--set 'close_boiler.committed@2023=1 plant_unit'" in error_sentence(refused.value, "en")
    assert applied(toy, [parse_change("close_boiler.committed@2023=1 plant_unit")])


def test_the_screen_and_the_json_say_value_unit_and_range(tmp_path: Path) -> None:
    told = call("list", "toy", "coal_purchase.price")
    assert told.exit_code == 0 and says(told.stdout, "coal_purchase.price Coal purchase: price; 1000 CNY/tce; range 800 to 1300")
    assert says(told.stdout, "1 names") is False and max(map(len, told.stdout.splitlines())) <= 80
    (one,) = json.loads(call("list", "toy", "coal_purchase.price", "--json").stdout)["names"]
    assert one["values"] == [{"year": None, "value": 1000.0, "low": 800.0, "high": 1300.0}] and one["over"] and one["set"]
    told = call("list", "toy", "没有的词", "--lang", "zh")
    assert told.exit_code == 0 and says(told.stdout, "没有名称含“没有的词”的条目")
