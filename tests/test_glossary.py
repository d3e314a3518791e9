"""The glossary: every table that a planner fills and every form of target stands in it, in both languages, and what it names is there."""

from __future__ import annotations

import re

import pytest
from calling import ROOT

import cli
from model.case.tables.forms import FORMS
from model.case.tables.quantities import QUANTITIES, SETTINGS
from model.case.tables.rows import TABLES

TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ") and "中文" not in line]
MAIN = ("measures", "technologies", "commodities", "indicators", "targets", "drivers", "markets", "payers", "clauses", "coverage")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_word_has_its_chinese_and_a_meaning(row: list[str]) -> None:
    word, chinese, meaning, here = row
    assert word and meaning and here
    assert any("一" <= letter <= "鿿" for letter in chinese) and not any("一" <= letter <= "鿿" for letter in word + meaning)


def test_each_word_stands_once() -> None:
    words = [row[0] for row in ROWS]
    assert len(words) == len(set(words))


def test_every_main_table_and_every_form_of_target_is_there() -> None:
    named = set(re.findall(r"`([a-z_]+)`", " ".join(row[3] for row in ROWS)))
    assert set(FORMS) <= named
    assert set(MAIN) <= named | set(re.findall(r"`([a-z]+)\.csv`", TEXT))


def test_what_stands_here_is_known_to_the_program() -> None:
    known = set(TABLES) | set(FORMS) | set(SETTINGS) | set(cli.main.commands) | {"base_year", "years", "days"}
    known |= {name for quantities in QUANTITIES.values() for name in quantities} | {
        name for model in TABLES.values() for name in model.model_fields
    }
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "model").rglob("*.py"))
    for row in ROWS:
        for name in re.findall(r"`([a-z_]+)`", row[3]):
            assert name in known or re.search(rf"\b{name}\b", code), name
