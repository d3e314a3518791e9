"""Coverage of the plans: counts, claims borne out, agreement with the fact files; the tables made of it."""

from __future__ import annotations

import csv
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from broken import COUPLED
from calling import ROOT, TOY
from paper_case import case_of
from tiny_case import TinyCase

from model.case.checks.check import check, warnings
from model.case.checks.coverage import unnamed
from model.case.checks.trace import Trace
from model.case.faults import Place
from model.case.read.case import Case, read_case
from model.report.case.coverage_tables import coverage, coverage_counts, coverage_totals, covered
from model.report.case.coverage_text import awaiting_text, coverage_text
from model.report.case.source_tables import leanings, source_counts, sources
from model.report.case.source_text import sources_text
from model.report.fault_text import fault_sentence

FACTS = Path(os.environ.get("MEASURES_FACTS", ROOT.parent / "shared" / "facts"))
# Clauses, targets and measures of each plan; of the measures, those that decide something.
COUNTS = {"shijiazhuang": (33, 25, 119), "chengde": (31, 44, 116)}
most_left_to_a_reason = 20  # of each city's measures that are not context, 40 in both


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def facts(name: str, city: str) -> list[dict[str, str]]:
    path = FACTS / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: set MEASURES_FACTS to the folder of the fact files")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["city"] == city]


@pytest.fixture(scope="module", params=COUNTS)
def city(request: pytest.FixtureRequest) -> Case:
    return read_case(ROOT / "data" / request.param)


# the cities -------------------------------------------------------------------------------------------------------


def test_every_clause_target_and_measure_of_the_plan_has_its_row(city: Case) -> None:
    counted = {record["kind"]: record["rows"] for record in coverage_counts(city)}
    assert (counted["clause"], counted["target"], counted["measure"]) == COUNTS[city.header.id]


def test_every_clause_is_covered_once(city: Case) -> None:
    named = [row.clause for row in city.tables["coverage"] if row.kind == "clause"]
    assert len(set(named)) == len(named)


def test_every_claim_is_borne_out(city: Case) -> None:
    claimed = [(one.row.kind, one.row.number, one.row.items) for one in covered(city) if one.state == "claimed"]
    assert claimed == []


def test_few_measures_are_left_to_a_reason(city: Case) -> None:
    (measures,) = [record for record in coverage_counts(city) if record["kind"] == "measure"]
    assert measures["reasons"] <= most_left_to_a_reason


def test_measure_rows_are_those_of_the_fact_file(city: Case) -> None:
    told = facts("plan_measures.csv", city.header.id)
    rows = sorted((row for row in city.tables["coverage"] if row.kind == "measure"), key=lambda row: row.number)
    assert [plain(row.words_zh) for row in rows] == [plain(row["quote"]) for row in told]
    assert [row.context for row in rows] == [row["decision_kind"] == "context" for row in told]
    assert [row.clause for row in rows] == [f"c{row['clause']}" for row in told]


def test_target_rows_are_those_of_the_fact_file(city: Case) -> None:
    told = facts("plan_targets.csv", city.header.id)
    rows = sorted((row for row in city.tables["coverage"] if row.kind == "target"), key=lambda row: row.number)
    assert [plain(row.words_zh) for row in rows] == [plain(row["quote"]) for row in told]


# what the programme follows ---------------------------------------------------------------------------------------


def test_a_walk_goes_over_effects_flows_and_accounts(tmp_path: Path) -> None:
    """build_coal → coal_plant → coal → coal_use → co2, each step a row of the case."""
    trace = Trace(read_case(TinyCase().write(tmp_path / "data" / "tiny")))
    ends = trace.ends("build_coal")
    assert ends["energy"] == ("build_coal", "coal_plant", "coal")
    assert ends["co2"] == ("build_coal", "coal_plant", "coal", "coal_use", "co2")
    assert trace.ends("clause_1") == {} and trace.ends("energy_bureau") == {}


def test_a_measure_that_only_counts_itself_is_warned_of(tmp_path: Path) -> None:
    """Leaflets are an indicator of no target, and no account takes them further."""
    case = TinyCase().add("indicators", id="leaflets", label_en="Leaflets", label_zh="传单", unit="1", boundary="city")
    case.add(
        "measures", id="print_leaflets", label_en="x", label_zh="x", sector="power", clause="clause_1", payer="generators", kind="build",
        unit="1", whole="no", usual="no",
    )  # fmt: skip
    case.add("effects", measure="print_leaflets", item="leaflets", value="1", unit="1", status="sourced", source="x")
    case.add("coverage", kind="measure", number="2", clause="clause_1", words_zh="发传单", words_en="Leaflets", items="print_leaflets")
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    (warning,) = [one for one in warnings(read_case(folder)) if one.code == "not_modelled"]
    assert (warning.place, warning.found) == (Place("coverage.csv", 5, "items"), "print_leaflets")
    for language in ("en", "zh"):
        assert "print_leaflets" in fault_sentence(warning, language)
    assert [one.state for one in covered(read_case(folder)) if one.row.number == 2] == ["claimed"]


def test_what_others_need_moves_what_they_move() -> None:
    """Room on roofs moves nothing by itself; panels are bound to it, and make goods of which a target speaks."""
    case = case_of(COUPLED.paper)
    assert Trace(case).ends("rent")["target"] == ("rent", "on_roofs", "lay", "panel", "panels")
    apart = replace(case, tables={**case.tables, "coupling_terms": (), "couplings": ()})
    assert Trace(apart).ends("rent") == {}


def test_a_target_on_what_is_handed_to_the_case_moves_nothing(tmp_path: Path) -> None:
    """The economy is a driver: no plan makes it grow, so a target on it is met or not whatever is built. What also counts a power plant does move."""
    told = {"status": "sourced", "source": "yearbook"}
    case = TinyCase().add("indicators", id="economy", label_en="Economy", label_zh="经济总量", unit="亿元", boundary="city")
    case.add("accounts", indicator="economy", item="gdp", by="driver", value="1", unit="亿元/亿元", **told)
    case.add(
        "targets", id="economy_grows", label_en="x", label_zh="x", series="economy", clause="clause_1", quote="经济增长", strength="striving",
        indicator="economy", form="level", sense=">=", year="2030", value="100", unit="亿元", **told,
    )  # fmt: skip
    assert Trace(read_case(case.write(tmp_path / "data" / "handed"))).ends("economy_grows") == {}
    case.add("effects", measure="build_coal", item="economy", value="1", unit="亿元/GW", **told)
    assert Trace(read_case(case.write(tmp_path / "data" / "made"))).ends("economy_grows")["target"] == ("economy_grows", "economy")


def test_an_effect_of_zero_and_a_potential_of_zero_move_nothing(tmp_path: Path) -> None:
    case = TinyCase()
    for row in range(1, len(case.tables["effects"])):
        case.cell("effects", row + 1, "value", "0")
    assert Trace(read_case(case.write(tmp_path / "data" / "tiny"))).ends("build_coal") == {}
    closed = TinyCase().add("numbers", item="build_coal", quantity="potential", value="0", unit="MW", status="sourced", source="x")
    assert Trace(read_case(closed.write(tmp_path / "data" / "closed"))).ends("build_coal") == {}


# the tables -------------------------------------------------------------------------------------------------------


def test_the_toy_is_covered() -> None:
    case = read_case(TOY)
    counts = {record["kind"]: record for record in coverage_counts(case)}
    assert counts["measure"] == {
        "kind": "measure", "rows": 4, "modelled": 2, "claimed": 0, "reasons": 1, "context": 1, "context_modelled": 0,
    }  # fmt: skip
    for record in counts.values():
        assert record["rows"] == record["modelled"] + record["claimed"] + record["reasons"] + record["context"]
    frame = coverage(case, "en").frame
    assert list(frame["entry_kind"])[:2] == ["Clause", "Target"]
    assert frame.set_index("quote").loc["close coal boilers", "modelled_by"] == "Close a coal boiler"
    assert list(coverage_totals(case, "zh").frame["rows_of_plan"]) == [2, 2, 4]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_texts_pass_a_gbk_console(language: str) -> None:
    case = read_case(TOY)
    coverage_text(case, language).encode("gbk")
    sources_text(case, None, language).encode("gbk")


def test_every_number_is_counted_once_by_how_it_is_known() -> None:
    case = read_case(TOY)
    numbers = sum(len(rows) for rows in case.tables.values() if rows and hasattr(rows[0], "source"))
    assert sum(sum(counts.values()) for counts in source_counts(case).values()) == numbers
    assert sources(case, "en").frame["sum"].iloc[-1] == numbers


def test_without_a_run_the_widest_range_leans_most() -> None:
    """Closing a boiler: 1 in 0.5 … 2, so 1.5 wide; no other number of the toy is as unsure."""
    first = leanings(read_case(TOY), None)[0]
    assert (first.ids, first.quantity, first.width) == (("close_boiler",), "investment", pytest.approx(1.5))


def test_numbers_of_technologies_nobody_owns_or_builds_are_left_out(tmp_path: Path) -> None:
    """A kiln of the common tables, most unsure of all, in a case that has no kiln; once one stands, it counts."""
    case = TinyCase().add(
        "technologies",
        id="kiln",
        label_en="Kiln",
        label_zh="窑",
        sector="power",
        operation="yearly",
        capacity_unit="Mt",
        activity_unit="Mt",
    )
    unsure = {"value": "-1", "low": "-90", "high": "-0.1", "status": "estimate", "source": "estimate: x"}
    case.add("flows", technology="kiln", commodity="coal", unit="Mtce/Mt", **unsure)
    idle = read_case(case.write(tmp_path / "data" / "idle"))
    assert all("kiln" not in one.ids for one in leanings(idle, None))
    case.add("existing", id="old_kiln", label_en="x", label_zh="x", technology="kiln", value="1", unit="Mt", status="sourced", source="x")
    assert leanings(read_case(case.write(tmp_path / "data" / "owned")), None)[0].ids == ("kiln", "coal")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_coverage_ends_with_what_no_row_names(tmp_path: Path, language: str) -> None:
    case = read_case(TinyCase().write(tmp_path / "data" / "tiny"))
    assert unnamed(case) == {"targets": ("co2_cap", "co2_intensity", "awaited"), "measures": ("build_coal", "plant_trees")}
    targets, measures = coverage_text(case, language).splitlines()[-2:]
    assert "3" in targets and all(name in targets for name in ("co2_cap", "co2_intensity", "awaited")) and "clean_share" not in targets
    assert "2" in measures and "build_coal" in measures and "build_wind" not in measures
    assert "co2_2023" not in coverage_text(read_case(TOY), language)


def test_a_target_done_with_before_the_plan_asks_for_no_row(tmp_path: Path) -> None:
    """Nothing moves the old kilns, and that none was left is published; without the publication some row must name the target."""
    case = TinyCase().add("indicators", id="old_kilns", label_en="Old kilns", label_zh="旧窑", unit="plant_unit", boundary="city")
    case.add(
        "targets", id="kilns_gone", label_en="x", label_zh="x", series="kilns_gone", clause="clause_1", quote="淘汰旧窑", strength="binding",
        indicator="old_kilns", form="phase_out", sense="<=", year="2025", value="0", unit="plant_unit", status="sourced", source="plan",
    )  # fmt: skip
    assert "kilns_gone" in unnamed(read_case(case.write(tmp_path / "data" / "open")))["targets"]
    case.add(
        "facts", id="kilns", label_en="x", label_zh="x", indicator="old_kilns", year="2020", role="record", boundary="city", value="0",
        unit="plant_unit", status="sourced", source="list of works",
    )  # fmt: skip
    assert "kilns_gone" not in unnamed(read_case(case.write(tmp_path / "data" / "done")))["targets"]


def test_one_target_awaits_its_number(tmp_path: Path) -> None:
    case = TinyCase()
    assert awaiting_text(read_case(case.write(tmp_path / "data" / "one")), "en").startswith("1 target awaits its number;")
    case.cell("targets", 2, "value", "")
    text = awaiting_text(read_case(case.write(tmp_path / "data" / "two")), "zh")
    assert text.startswith("2项目标") and "万吨" in text and "百万吨标准煤" in text


def test_with_a_run_the_money_counts() -> None:
    """Coal: 0.16 + 0.096 + 0.08 = 0.336 Mtce at 10 = 3.36, its price 800 … 1300 at 1000: 0.5 x 3.36 = 1.68."""
    from model.study.plan.solve import solve

    case = read_case(TOY)
    found = {(one.ids, one.quantity): one for one in leanings(case, solve(case).results)}
    coal = found[("coal_purchase",), "price"]
    assert coal.money == pytest.approx(3.36, abs=1e-4) and coal.moved == pytest.approx(1.68, abs=1e-4)
    use = found[("coal_boiler", "coal"), "flow"]
    assert use.money == pytest.approx(3.36, abs=1e-4) and use.width == pytest.approx(0.03 / 0.16)
    assert (("coal_boiler",), "upkeep") not in found  # its range has no width
