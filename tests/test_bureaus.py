"""Who answers for a measure: the bureau that leads and those that support it, and one that leads too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import Paper, demand, fact, label, market, measure, technology
from paper_case import case_of, write_case

from model.case.checks.check import check, warnings
from model.case.read.bureaus import bureaus_of
from model.case.read.case import Case, read_case
from model.case.read.labels import labels

BUREAUS = ("energy", "ecology", "transport", "housing", "forestry")


def case(*, leads: tuple[str | None, ...], support: tuple[str, ...] = ()) -> Case:
    """Measures of one clause, of which energy, then ecology and transport are told; the first measure may name support."""
    measures = [
        measure(f"m{place}", {"mill": 1.0}, cost=1.0, lead=lead, support=support if place == 0 else ()) for place, lead in enumerate(leads)
    ]
    paper = Paper(
        name="bureaus",
        says="who leads",
        facts=(
            demand("goods", 1.0), market("goods", 3.0), technology("mill", gives={"goods": 1.0}), *measures,
            [fact("bureaus", **label(name)) for name in BUREAUS],
            [fact("clauses", **label("c2"), bureaus=("energy", "ecology", "transport"))],
        ),
        objective=1.0,
    )  # fmt: skip
    made = case_of(paper)
    rows = tuple(row.model_copy(update={"clause": "c2"}) for row in made.tables["measures"])
    return Case(folder=made.folder, header=made.header, tables={**made.tables, "measures": rows}, places={}, spots={})


@pytest.mark.parametrize(
    ("lead", "support", "expected"),
    [
        (None, (), ("energy", "ecology", "transport")),
        (None, ("housing",), ("energy", "housing")),
        ("ecology", (), ("ecology",)),
        ("ecology", ("energy", "ecology"), ("ecology", "energy")),
    ],
)
def test_who_leads_and_who_supports(lead: str | None, support: tuple[str, ...], expected: tuple[str, ...]) -> None:
    made = case(leads=(lead,), support=support)
    assert bureaus_of(made) == {"m0": expected}
    assert labels(made)["measure_bureaus_label_en"].values.tolist() == ["；".join(expected)]


@pytest.mark.parametrize(
    ("leads", "found"),
    [
        ((None, "ecology", "transport", "housing"), []),
        ((None, None, "ecology", "transport"), ["energy: 2 / 4"]),
        ((None, None, None, None), ["energy: 4 / 4"]),
    ],
)
def test_a_bureau_that_leads_more_than_a_quarter_is_warned_of(leads: tuple[str | None, ...], found: list[str], tmp_path: Path) -> None:
    folder = write_case(case(leads=leads), tmp_path / "bureaus")
    assert check(folder) == []
    told = [one for one in warnings(read_case(folder)) if one.code == "leads_too_much"]
    assert [one.found for one in told] == found
    assert all((one.place.file, one.place.column) == ("measures.csv", "lead") for one in told)


def test_few_bureaus_lead_as_much_as_they_must(tmp_path: Path) -> None:
    made = case(leads=(None, None))
    few = {**made.tables, "bureaus": made.tables["bureaus"][:3]}
    folder = write_case(Case(folder=made.folder, header=made.header, tables=few, places={}, spots={}), tmp_path / "few")
    assert check(folder) == [] and not [one for one in warnings(read_case(folder)) if one.code == "leads_too_much"]
