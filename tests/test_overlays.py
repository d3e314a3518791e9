"""Overlays: whole rows replaced or added by name, clashes told, four settings of the header, asked for in every command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from calling import call, says
from overlaid import CHEAP, CHEAPER, CO2_FREE, NUMBERS, PRICE, TARGETS, answered, asked_with, lay, overlaid_toy
from tiny_case import TinyCase, as_workbook, same

import cli
from model.case.checks.check import check
from model.case.faults import CodedError
from model.case.parameters import plan_scope
from model.case.read.case import Case, read_case, read_tables
from model.case.read.overlays import OverlayClash, overlays_of
from model.commands import paths
from model.report.case.overlay_text import clash_sentences
from model.results.run import find_run
from model.study.plan.solve import solve

pytestmark = pytest.mark.usefixtures("no_workbook", "own_runs")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "DATA", (tmp_path / "data",))
    return overlaid_toy(tmp_path / "data")


def tiny(tmp_path: Path) -> Path:
    return TinyCase().write(tmp_path / "data" / "tiny")


def number(case: Case, item: str, quantity: str, year: int | None = None) -> tuple:
    place = case.places["numbers", (item, quantity, year)]
    return *next(
        (row.value, row.low) for row in case.tables["numbers"] if (row.item, row.quantity, row.year) == (item, quantity, year)
    ), place.file


# What an overlay does


def test_a_row_replaces_the_whole_row_and_others_are_added(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    plain = read_case(case)
    rows = "build_wind,potential,,55,万千瓦,,,sourced,map\ngrid_buy,power_limit,,5,GW,,,sourced,list\n"
    lay(case, "more", numbers=NUMBERS + rows)
    assert same(read_case(case), plain)  # it counts only where it is asked for
    laid = read_case(case, overlays=["more"])
    # Without the whole row taken over, the low end would still be the 40 of the row below.
    assert number(plain, "build_wind", "potential") == (50, 40, "numbers.csv")
    assert number(laid, "build_wind", "potential") == (55, None, "overlays/more/numbers.csv")
    assert number(laid, "grid_buy", "power_limit") == (5, None, "overlays/more/numbers.csv")
    assert len(laid.tables["numbers"]) == len(plain.tables["numbers"]) + 1
    assert {table: rows for table, rows in laid.tables.items() if table != "numbers"} == {
        table: rows for table, rows in plain.tables.items() if table != "numbers"
    }
    assert laid.clashes == () and laid.header == plain.header


def test_an_overlay_has_the_columns_of_its_table(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    lay(case, "few", numbers="item,quantity,value\nbuild_wind,potential,55\n")
    faults = read_tables(case, overlays=["few"])[1]
    assert {(fault.code, fault.place.file, fault.place.column) for fault in faults} == {
        ("missing_column", "overlays/few/numbers.csv", column) for column in ("unit", "status", "source")
    }


def test_a_year_of_an_overlay_is_judged_as_the_cases_own(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    row = "late,Late,迟,late,clause_1,不超过,binding,co2,level,<=,,2031,onward,0,300,万吨,,,sourced,plan\n"
    lay(case, "late", targets=TARGETS + row)
    assert [(fault.code, fault.place.file, fault.place.row) for fault in check(case, overlays=["late"])] == [
        ("year_outside", "overlays/late/targets.csv", 2)
    ]


@pytest.mark.parametrize(("order", "cost"), [(("cheap", "cheaper"), CHEAPER), (("cheaper", "cheap"), CHEAP)])
def test_the_later_overlay_counts_and_the_clash_is_told(toy: Path, order: tuple[str, ...], cost: float) -> None:
    asked = asked_with(*order)
    result = call("solve", "toy", *asked, "--json")
    made = json.loads(result.stdout)
    assert made["objective"] == pytest.approx(cost, abs=1e-4)
    told = [{"table": "numbers", "row": "coal_purchase price", "overlays": list(order)}]
    assert made["overlay_clashes"] == told and made["options"]["overlays"] == list(order)
    assert says(result.stderr, f"Note: {', '.join(order)} all give coal_purchase price of numbers; {order[1]} counts")
    assert says(call("show", "latest").stdout, f"{order[1]} counts")
    assert find_run(paths.RUNS, "toy/latest").manifest["overlay_clashes"] == told
    for command in (("check", "toy"), ("coverage", "toy"), ("base", "toy"), ("explain", "toy", "--no-resolve")):
        also = call(*command, *asked, "--json")
        assert json.loads(also.stdout)["overlay_clashes"] == told, command
        assert says(also.stderr, f"{order[1]} counts"), command


def test_what_one_overlay_gives_alone_is_no_clash(toy: Path) -> None:
    result = call("coverage", "toy", "--with", "cheap", "--with", "free", "--json")
    assert json.loads(result.stdout)["overlay_clashes"] == [] and "counts" not in result.stderr


def test_many_rows_are_told_in_few_lines(toy: Path) -> None:
    rows = "".join(f"extra_{at},Extra,额外,1\n" for at in range(20))
    for name in ("one", "two"):
        lay(toy, name, drivers="id,label_en,label_zh,unit\n" + rows)
    clashes = read_tables(toy, overlays=["one", "two"])[0].clashes
    assert clashes[0] == OverlayClash("drivers", "extra_0", ("one", "two")) and len(clashes) == 20
    (sentence,) = clash_sentences([vars(one) for one in clashes], "en")
    assert "extra_11, 8 more" in sentence and "extra_12" not in sentence


def test_a_target_goes_off_by_an_empty_value_and_by_drop(toy: Path) -> None:
    off = solve(read_case(toy, overlays=["free"])).manifest
    assert off["objective"] == pytest.approx(CO2_FREE, abs=1e-4)
    assert "co2_2023" not in {row["id"] for row in off["targets"]}
    # A target that an overlay adds is dropped by its id like any other: at none, 6.25 by the README's frontier.
    row = "no_co2,None,无,no_co2,c1,none,binding,co2,level,<=,,2023,onward,0,0,Mt,,,sourced,made up\n"
    lay(toy, "none", targets=TARGETS + row)
    assert solve(read_case(toy, overlays=["none"])).manifest["objective"] == pytest.approx(6.25, abs=1e-4)
    assert answered("solve", "toy", "--with", "none", "--drop", "no_co2")["objective"] == pytest.approx(6.10, abs=1e-4)


# What it may say of the header


def test_an_overlay_sets_four_keys_of_the_header(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    lay(case, "later", head="days: 3\ndecide_from: 2025\nhistory: usual\nvariants: {other: one}\n")
    lay(case, "again", head="days: 4\nvariants: {clean: produced}\n")
    plain, read = read_case(case), read_case(case, overlays=["later", "again"])
    assert (plain.header.days, plain.header.decide_from, plain.header.history) == (12, 2021, "reconstructed")
    assert (read.header.days, read.header.decide_from, read.header.history) == (4, 2025, "usual")
    assert read.header.variants == {"clean": "produced", "other": "one"}
    assert read.header.years == plain.header.years and read.header.id == "tiny"
    assert read.clashes == (OverlayClash("case.yaml", "days", ("later", "again")),)


def test_anything_else_of_the_header_is_a_fault_with_its_place(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    lay(case, "bold", head="days: 3\nyears: [2021]\nlabel_en: Bold\nhistry: usual\n")
    faults = {(one.code, one.place.file, one.place.row, one.place.column, one.nearest) for one in check(case, overlays=["bold"])}
    assert faults == {
        ("unknown_key", "overlays/bold/case.yaml", 2, "years", ""),
        ("unknown_key", "overlays/bold/case.yaml", 3, "label_en", ""),
        ("unknown_key", "overlays/bold/case.yaml", 4, "histry", "history"),
    }
    told = call("check", case, "--with", "bold")
    assert told.exit_code == 1 and says(told.stdout, "overlays/bold/case.yaml line 2, years: found the key years, expected one of variants")


@pytest.mark.parametrize(
    ("head", "code", "row", "column"),
    [
        ("days: many\n", "bad_setting", 1, "days"),
        ("days: 3\ndecide_from: 2031\n", "decide_from_outside", 2, "decide_from"),
        ("days: 3\nvariants: {clean: dirty}\n", "unknown_variant", 2, "variants"),
        ("days: 3\ndays: 4\n", "yaml_duplicate_key", 2, "days"),
        ("days\n", "yaml_fault", 1, None),
    ],
)
def test_a_bad_setting_is_told_where_it_stands(tmp_path: Path, head: str, code: str, row: int, column: str | None) -> None:
    case = tiny(tmp_path)
    lay(case, "bad", head=head)
    (fault,) = check(case, overlays=["bad"])
    assert (fault.code, fault.place.file, fault.place.row, fault.place.column) == (code, "overlays/bad/case.yaml", row, column)


def test_an_empty_first_year_is_the_one_after_the_base_year(tmp_path: Path) -> None:
    case = TinyCase().say("price_year", "decide_from: 2025\nprice_year").write(tmp_path / "data" / "tiny")
    lay(case, "from_the_start", head="decide_from:\n")
    assert read_case(case, overlays=["from_the_start"]).header.decide_from == 2021


def test_settings_of_an_overlay_reach_the_plan(toy: Path) -> None:
    lay(toy, "today", head="days: 2\ndecide_from: 2022\n")
    assert answered("solve", "toy", "--with", "today")["decide_from"] == 2022
    # All days of the toy are alike, and so are never more than one: its scope tells.
    assert plan_scope(read_case(toy, overlays=["today"])).days == 2


# How it is asked for


def test_names_stay_inside_the_folder_of_overlays(tmp_path: Path) -> None:
    case = tiny(tmp_path)
    lay(case, "gas", numbers=NUMBERS)
    outside = tmp_path / "secret"
    outside.mkdir()
    (case / "overlays" / "link").symlink_to(outside)
    (case / "overlays" / ".hidden").mkdir()
    (case / "overlays" / "notes.txt").touch()
    assert overlays_of(case) == ("gas",)
    for name in (
        "..",
        ".",
        "",
        "../overlays/gas",
        "gas/",
        "gas/../gas",
        str(case / "overlays" / "gas"),
        "link",
        ".hidden",
        "notes.txt",
        "GAS",
    ):
        with pytest.raises(CodedError, match="no_overlay"):
            read_tables(case, overlays=[name])


def test_an_unknown_name_is_told_with_the_nearest(toy: Path) -> None:
    for command in ("check", "solve", "base", "coverage"):
        told = call(command, "toy", "--with", "cheep")
        assert told.exit_code == 2 and says(
            told.stderr, "the case has no overlay 'cheep' (nearest: cheap); choose one of cheap, cheaper, free"
        )
    told = call("solve", "toy", "--with", "cheap", "--with", "cheap")
    assert told.exit_code == 2 and says(told.stderr, "--with cheap is given twice")


def test_a_workbook_without_sheets_of_an_overlay_has_none(tmp_path: Path) -> None:
    book = as_workbook(TinyCase(), tmp_path / "tiny.xlsx")
    assert overlays_of(book) == () and check(book) == []
    lay(tmp_path / "tiny", "gas", numbers=NUMBERS)
    told = call("check", book, "--with", "gas")
    assert told.exit_code == 2 and says(told.stderr, "the case has no overlay 'gas'")


def test_every_command_that_takes_a_case_takes_overlays() -> None:
    asking = {
        name
        for name, command in cli.main.commands.items()
        if any(isinstance(one, click.Argument) and one.name in ("case", "asked_for") for one in command.params)
    } - {"runs", "schedule"}  # these read no case: one lists what is stored of it, the other takes up the run that an edited schedule is of
    taking = {name for name, command in cli.main.commands.items() if any("--with" in one.opts and one.multiple for one in command.params)}
    assert taking == asking and len(asking) == 14


def test_cases_names_overlays(toy: Path) -> None:
    (record,) = answered("cases")["cases"]
    assert record["overlays"] == ["cheap", "cheaper", "free"]
    assert says(call("cases").stdout, "Overlays: cheap, cheaper, free")
    shutil.rmtree(toy / "overlays")
    assert answered("cases")["cases"][0]["overlays"] == [] and "Overlays" not in call("cases").stdout


def test_check_reads_each_overlay_alone_on_top_of_the_case(toy: Path) -> None:
    assert call("check", "toy").exit_code == 0
    lay(toy, "broken", numbers=PRICE.format("dear"))
    # A row that names what neither it nor the case has.
    lay(toy, "breaking", measures=(toy / "measures.csv").read_text(encoding="utf-8").replace("c2", "c9"))
    lay(toy, "empty")
    told = call("check", "toy")
    assert told.exit_code == 1
    assert says(told.stdout, "With the overlay broken: overlays/broken/numbers.csv row 2, value: found dear")
    assert says(told.stdout, "With the overlay breaking: overlays/breaking/measures.csv")
    assert says(told.stdout, "With the overlay empty: overlays/empty/")
    assert "With the overlay cheap" not in told.stdout
    records = json.loads(call("check", "toy", "--json").stdout)["faults"]
    assert {record["overlay"] for record in records} == {"broken", "breaking", "empty"}
    # What is wrong with the case itself is told of the case alone.
    demands = toy / "demands.csv"
    sound = demands.read_text(encoding="utf-8")
    demands.write_text(sound.replace("heat_supply", "heat_supplied"), encoding="utf-8")
    own = [record for record in json.loads(call("check", "toy", "--json").stdout)["faults"] if record["file"] == "demands.csv"]
    assert own and not any("overlay" in record for record in own)
    demands.write_text(sound, encoding="utf-8")
    # What is not asked for is in nobody's way, and what is asked for is checked.
    assert call("check", "toy", "--with", "cheap").exit_code == 0
    assert answered("coverage", "toy", "--with", "cheap")["overlay_clashes"] == []
    assert call("solve", "toy", "--with", "broken").exit_code == 1
    assert call("check", "toy", "--with", "broken").exit_code == 1
