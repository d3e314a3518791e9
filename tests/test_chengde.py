"""Chengde as its bureaus know it: what is listed by unit, what is ordered, who leads, and no line that jumps."""

from __future__ import annotations

import re

import pytest
from calling import ROOT

from model.case.read.case import Case, read_case


@pytest.fixture(scope="module")
def chengde() -> Case:
    return read_case(ROOT / "data" / "chengde")


def test_blast_furnaces_stand_by_unit_as_listed(chengde: Case) -> None:
    """Four of Chengsteel (8.106 Mt) and two of Jianlong (2.191 Mt) in the tracker's list; none below 1000 m3, so nothing closes."""
    furnaces = {row.id: row for row in chengde.tables["existing"] if row.technology.startswith("bf_")}
    assert len(furnaces) == 6 and {row.status for row in furnaces.values()} == {"sourced"}
    assert sum(row.value for row in furnaces.values()) == pytest.approx(8.106 + 2.191)
    assert min(row.value for row in furnaces.values()) > 1.01  # Mt a year of 1000 m3 by the swap table
    (record,) = [row for row in chengde.tables["facts"] if row.indicator == "small_blast_furnaces" and row.role == "record"]
    assert record.value == 0


def test_no_unit_is_named_that_was_made_up(chengde: Case) -> None:
    for row in chengde.tables["measures"]:
        assert not row.illustrative, row.id
        assert not re.search("示意|illustrative", f"{row.label_en}{row.label_zh}{''.join(row.unit_names)}"), row.id
    made_up = {row.technology for row in chengde.tables["existing"] if row.status == "illustrative"}
    assert made_up == {"other_abatement"}  # the backstop of the common tables, which stands for nobody's plant
