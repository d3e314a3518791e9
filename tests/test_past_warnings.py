"""Rows about the past that do not count as they stand are warned of at their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from calling import call, says
from fault_edits import column_of, told
from tiny_case import TinyCase
from told_faults import tells

from model.case.checks.check import check, warnings
from model.case.read.case import read_case, read_tables
from model.report.case.past_text import past_left_out_text

OF_THE_PAST = {
    "estimate_judges",
    "judges_other_year",
    "judges_left_out",
    "not_yet_past",
    "beside_record",
    "no_room",
    "beyond_the_pace",
    "against_published",
}


def result(case: TinyCase, target: str, year: str) -> TinyCase:
    return case.add("official", target=target, year=year, result="met", document="No. 8", source="x")


def guess(case: TinyCase, status: str) -> TinyCase:
    return case.add(
        "facts", id="co2_2022", label_en="CO2", label_zh="二氧化碳", indicator="co2", year="2022", role="record", boundary="city", value="290",
        unit="万吨", low="280", high="300", status=status, source="estimate: x",
    )  # fmt: skip


def built(case: TinyCase, year: str) -> TinyCase:
    return case.add("actuals", measure="build_wind", year=year, value="3", unit="万千瓦", status="sourced", source="x")


def measured_from(case: TinyCase, base: str) -> TinyCase:
    """CO2 published for 2025, and the intensity of 2030 measured from a base year."""
    case.add(
        "facts", id="co2_2025", label_en="CO2", label_zh="二氧化碳", indicator="co2", year="2025", role="record", boundary="city", value="290",
        unit="万吨", low="280", high="300", status="sourced", source="x",
    )  # fmt: skip
    return column_of(case, "targets", "base_year", {4: base})


def paced(case: TinyCase, pace: str) -> TinyCase:
    """Of wind 4 can be added in 2021, of which 2 to 4 are estimated, and PACE in 2022."""
    told(case, "build_wind", "pace", year="2021", value="4", unit="万千瓦")
    return told(case, "build_wind", "pace", year="2022", value=pace, unit="万千瓦")


def published(case: TinyCase, value: str) -> TinyCase:
    """At most 400 of CO2 are asked in 2025, and VALUE is published of it."""
    case.add(
        "targets", id="co2_early", label_en="CO2", label_zh="二氧化碳", series="co2_early", clause="clause_1", quote="不超过", strength="binding",
        indicator="co2", form="level", sense="<=", year="2025", value="400", unit="万吨", status="sourced", source="plan",
    )  # fmt: skip
    return case.add(
        "facts", id="co2_2025", label_en="CO2", label_zh="二氧化碳", indicator="co2", year="2025", role="record", boundary="city", value=value,
        unit="万吨", low=value, high=value, status="sourced", source="x",
    )  # fmt: skip


def committed(case: TinyCase, year: str, value: str) -> TinyCase:
    """The tiny case commits as much wind to 2021 as VALUE says in row 17 of its numbers; of later years it says nothing."""
    if year == "2021":
        return case.cell("numbers", 17, "value", value)
    return told(case, "build_wind", "committed", year=year, value=value, unit="万千瓦")


def warned(case: TinyCase, folder: Path) -> list[tuple[str, str, int | None, str, str]]:
    """Decisions begin in 2030: by then 2 to 4 of wind came in 2021, of which there can be 50, and one target was officially met in its year, 2025."""
    case.header += "decide_from: 2030\n"
    case.write(folder)
    assert check(folder) == []
    found = [one for one in warnings(read_tables(folder)[0]) if one.code in OF_THE_PAST]
    for one in found:
        tells(one)
    return [(one.code, one.place.file, one.place.row, one.found, one.expected) for one in found]


SLIPS: dict[str, tuple[Callable[[TinyCase], TinyCase], tuple[str, str, int, str, str]]] = {
    "built in a decided year": (lambda case: built(case, "2030"), ("not_yet_past", "actuals.csv", 3, "2030", "< 2030")),
    "result of a decided year": (lambda case: result(case, "co2_cap", "2030"), ("not_yet_past", "official.csv", 3, "2030", "< 2030")),
    "result before the target holds": (
        lambda case: result(case, "co2_intensity", "2021"),
        ("judges_other_year", "official.csv", 3, "2021", "2025–2030"),
    ),
    "result of a target without its number": (
        lambda case: result(case, "awaited", "2025"),
        ("judges_left_out", "official.csv", 3, "awaited", "targets.csv: value"),
    ),
    "estimate said to be published": (
        lambda case: guess(case, "estimate"),
        ("estimate_judges", "facts.csv", 3, "estimate", "sourced, mixed, derived"),
    ),
    "more built than the pace allows": (
        lambda case: paced(built(case, "2022"), "0.6"),
        ("beyond_the_pace", "actuals.csv", 3, "3 万千瓦", "0.6 万千瓦"),
    ),
    "met against a published value": (
        lambda case: published(result(case, "co2_early", "2025"), "410"),
        ("against_published", "official.csv", 3, "met", "410 万吨 (<= 400 万吨)"),
    ),
    "more committed than recorded": (lambda case: committed(case, "2021", "5"), ("beside_record", "numbers.csv", 17, "5 万千瓦", "4 万千瓦")),
    "more committed than there can be": (lambda case: committed(case, "2030", "49"), ("no_room", "numbers.csv", 25, "49 万千瓦", "48 万千瓦")),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_row_that_does_not_count_is_warned_of(slip: str, tmp_path: Path) -> None:
    edit, expected = SLIPS[slip]
    assert warned(edit(TinyCase()), tmp_path / "data" / "tiny") == [expected]


@pytest.mark.parametrize(
    "sound",
    [
        lambda case: case,
        lambda case: built(case, "2025"),
        lambda case: guess(case, "mixed"),
        lambda case: committed(case, "2021", "4"),
        lambda case: committed(case, "2030", "48"),
        lambda case: paced(built(case, "2022"), "3"),
        lambda case: published(result(case, "co2_early", "2025"), "400"),
    ],
    ids=[
        "as it is",
        "built in the past",
        "published",
        "committed as recorded",
        "committed with room",
        "within the pace",
        "met as published",
    ],
)
def test_a_row_that_counts_is_not(sound: Callable[[TinyCase], TinyCase], tmp_path: Path) -> None:
    assert warned(sound(TinyCase()), tmp_path / "data" / "tiny") == []


def test_the_plan_as_written_takes_no_record_and_warns_of_none(tmp_path: Path) -> None:
    """Without a past, what is said of later years waits for a run that has one."""
    folder = built(TinyCase(), "2030").write(tmp_path / "data" / "tiny")
    assert [one for one in warnings(read_tables(folder)[0]) if one.code in OF_THE_PAST] == []


@pytest.mark.parametrize(("base", "codes"), [("2025", []), ("2021", ["not_yet_past"])])
def test_a_published_value_that_a_target_is_measured_from_counts_in_a_decided_year(base: str, codes: list[str], tmp_path: Path) -> None:
    case = measured_from(TinyCase().cell("targets", 4, "year", "2030"), base)
    case.header += "decide_from: 2025\n"
    found = warnings(read_tables(case.write(tmp_path / "data" / "tiny"))[0])
    assert [one.code for one in found if one.place.file == "facts.csv" and one.code in OF_THE_PAST] == codes


def test_records_that_wait_for_decisions_to_begin_later_are_told(tmp_path: Path) -> None:
    folder = built(TinyCase(), "2025").write(tmp_path / "data" / "tiny")
    case, text = read_case(folder), call("check", folder).stdout
    assert says(text, "2 rows of actuals.csv count only") and says(text, "--decide-from 2026")
    for last, words in ((2025, "add --decide-from 2025"), (2021, "decisions begin in 2021 at the latest")):
        until = replace(case, header=case.header.model_copy(update={"years": [last]}))
        assert "2026" not in past_left_out_text(until, "en") and says(past_left_out_text(until, "en"), words)
    later = replace(case, header=case.header.model_copy(update={"decide_from": 2030}))
    assert past_left_out_text(later, "zh") == ""
