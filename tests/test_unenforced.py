"""No row of targets.csv vanishes: each is enforced in some year, or listed with the reason why a plan is not held to it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from paper import Paper, actual, also, measure, published, target
from paper_answer import solved
from paper_case import case_of
from papers.targets import THREE, TOWN
from tiny_case import TinyCase

from model.case.parameters.in_force import REASONS, Unenforced, unenforced
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import plan_scope
from model.case.parameters.targets import target_rows
from model.case.read.case import Case, read_case
from model.report.plan.text import summary_text
from model.report.plan.unenforced_tables import unenforced_table
from model.report.words import word, words

DATA = Path(__file__).parents[1] / "data"


def told(case: Case, decide_from: int | None) -> tuple[set[str], dict[str, str]]:
    """Targets enforced in some year, and those listed with their reason; every indicator amounts to 1."""
    scope = plan_scope(case, decide_from=decide_from)
    ones = {row.id: 1.0 for row in case.tables["indicators"]}
    scope = replace(scope, base_account=ones, usual_account={i: (1.0,) * len(scope.timeline) for i in ones})
    rows = target_rows(case, scope, Numbers(case, scope.timeline))
    years = [span.last for span in scope.timeline]
    listed = unenforced(case.tables["targets"], years, dropped=(), rows=[(row.target, row.year, row.enforced) for row in rows])
    return {row.target for row in rows if row.enforced}, {one.target: one.reason for one in listed}


@pytest.mark.parametrize("decide_from", [None, 2026], ids=["as_written", "from_2026"])
@pytest.mark.parametrize("name", ["toy", "chengde", "shijiazhuang", "tiny"])
def test_every_row_is_enforced_or_listed(name, decide_from, tmp_path) -> None:
    case = read_case(TinyCase().write(tmp_path / "tiny") if name == "tiny" else DATA / name)
    enforced, listed = told(case, decide_from)
    rows = {row.id for row in case.tables["targets"]}
    assert rows and enforced | listed.keys() == rows
    awaiting = {row.id for row in case.tables["targets"] if row.value is None}
    assert awaiting == {t for t, reason in listed.items() if reason == "awaits_number"}
    assert decide_from or enforced == rows - awaiting


SPARSE = Paper(
    name="sparse",
    says="only 2021 and 2023 are modelled: a row of 2022 ends before any of them, replaced by that of 2023",
    # 1 + two years of 2.2 (the span of 2022 and 2023).
    facts=(
        *TOWN,
        target("cap_a", "smoke", "level", "<=", 0.2, year=2022, series="cap"),
        target("cap_b", "smoke", "level", "<=", 0.4, year=2023, series="cap"),
        target("awaited", "smoke", "level", "<=", None),
        target("left_out", "smoke", "level", "<=", 0.1),
    ),  # fmt: skip
    years=(2021, 2023),
    dropped=frozenset({"left_out"}),
    objective=5.4,
)

PAST = Paper(
    name="past_onward",
    says="decided from 2022: a cap dated 2021 holds from then on, in 2021 it is past",
    # 1 + 2.2 + 2.2
    facts=(
        *TOWN,
        measure("sweep", {"smoke": 0.0}),
        actual("sweep", 2021, 0.0),
        published("smoke", 2021, 1.0),
        target("past", "smoke", "level", "<=", 0.4),
        target("later", "smoke", "level", "<=", 0.4, year=2023),
    ),  # fmt: skip
    years=THREE,
    decide_from=2022,
    objective=5.4,
)


def test_what_is_replaced_dropped_or_awaited_is_listed() -> None:
    manifest = solved(SPARSE)[0].manifest
    assert manifest["objective"] == pytest.approx(5.4)
    assert manifest["unenforced"] == [
        {"id": "awaited", "reason": "awaits_number", "years": [2021, 2023]},
        {"id": "cap_a", "reason": "replaced", "years": []},
        {"id": "left_out", "reason": "dropped", "years": [2021, 2023]},
    ]


def test_a_target_dated_before_decisions_start_is_listed_with_its_years() -> None:
    manifest = solved(PAST)[0].manifest
    assert manifest["objective"] == pytest.approx(5.4)
    assert manifest["unenforced"] == [{"id": "past", "reason": "before_decide_from", "years": [2021]}]


def test_a_peak_is_listed_for_the_years_in_which_its_guard_is_not_enforced() -> None:
    paper = also(PAST, target("peak", "smoke", "peak", "<=", 0.0, year=2023))
    assert {"id": "peak", "reason": "before_decide_from", "years": [2021]} in solved(paper)[0].manifest["unenforced"]


def test_a_year_row_of_a_shared_folder_outside_the_modelled_years_is_listed() -> None:
    """Dated 2022, where 2021 and 2023 are modelled: no year, and not a fault, since such a row serves other cases too."""
    rows = case_of(also(PAST, target("odd", "smoke", "level", "<=", 0.4, year=2022, holds="year"))).tables["targets"]
    listed = unenforced(rows, [2021, 2023], dropped=(), rows=[("past", 2021, True), ("past", 2023, True), ("later", 2023, True)])
    assert listed == [Unenforced("odd", "year_not_modelled", ())]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_reasons_stand_on_the_screen_and_in_the_table(language) -> None:
    _, manifest, results, _ = solved(SPARSE)
    text = summary_text(results, manifest, language)
    table = unenforced_table(results, language)
    for t, reason in (("awaited", "awaits_number"), ("cap_a", "replaced"), ("left_out", "dropped")):
        said = word(reason, language)
        assert any(t in line and said in line for line in re.sub(r"\n {4,}", " ", text).splitlines())
        assert said in set(table.frame.loc[table.frame["_id"] == t, "state"])


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) <= words("en").keys()
