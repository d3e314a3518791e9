"""The money of the first screen adds up, its largest items are named, and both languages say what of it is as usual."""

from __future__ import annotations

import re

import pytest
from calling import says
from paper import GAP, also, measure
from paper_case import case_of
from paper_next import PAPER

from model.report.layout import screen
from model.report.plan.bureau_lines import decided_lines
from model.report.plan.money_lines import begin_lines, total_lines
from model.report.plan.next_tables import next_tables
from model.report.plan.next_text import _asked
from model.report.plan.text import summary_text
from model.report.tables import Table, table
from model.report.words import word
from model.results.next_money import next_money
from model.results.next_years import begun_records
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

LANGUAGES = ("en", "zh")
# 0.5 Mt of a large plant were committed before, for 2024: of 25 to invest 2022 and 2023 pay two thirds.
LARGE = measure("large", {"clean_mill": 1.0}, cost=5.0, lead_time=3, told={"committed": {2024: 0.5}, "pace": 0.0}, lead="works_bureau")


@pytest.fixture(scope="module")
def made() -> SolvedCase:
    return solve(case_of(also(PAPER, LARGE)), Options(gap=GAP))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_paid_is_the_sum_of_what_is_told(made: SolvedCase, language: str) -> None:
    """To decide, to begin and begun before come to the total, which is the sum of its two years; over usual stands beside the total."""
    parts = next_tables(made.results, made.manifest, language)
    title, uses = total_lines(parts, next_money(made.results), language)
    first, second, total, over = (float(one) for one in re.findall(r"\d+\.\d\d", title))
    assert first + second == pytest.approx(total, abs=0.011) and 0 < over < total
    shares = [float(one) for one in re.findall(r"\d+\.\d\d", uses)]
    assert len(shares) == 3 and sum(shares) == pytest.approx(total, abs=0.016)
    lines = summary_text(made.results, made.manifest, language).splitlines()
    assert title in lines[:24] and uses in lines[:24]
    (begun,) = [line for line in lines if line.startswith(word("brief_begin", language))]
    assert shares[1] == float(re.findall(r"\d+\.\d\d", begun)[0])


def test_a_total_below_the_usual_path_is_less(made: SolvedCase) -> None:
    dearer = made.results.assign(usual_investment_cash=2.0 * made.results["investment_cash"])
    title = total_lines(next_tables(dearer, made.manifest, "en"), next_money(dearer), "en")[0]
    assert "less than usual" in title and "-" not in title


def test_what_is_begun_stands_by_its_money_first(made: SolvedCase) -> None:
    """A measure whose money is told with what is decided of it has no amount of its own: it stands after those that have."""
    results = made.results.copy(deep=True)
    results["measure_lead_time"] = ("measure", [2] * results.sizes["measure"])
    results["build"].loc[{"measure": "quick", "build_year": 2025}] = 0.4
    found = [(one["measure"], one["invested"]) for one in begun_records(results)]
    assert [name for name, paid in found if paid] == [name for name, _ in found][:1] == ["slow"]
    assert ("quick", None) in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dearest_of_what_is_begun_is_named_first(language: str) -> None:
    rows = [
        {"measure": f"wind {place}", "unit": "GW", "begin": 2027, "in_force": 2029, "amount": 0.2, "invested": money}
        for place, money in enumerate((13.6, 5.0, *[float("nan")] * 4))
    ]
    said = screen(begin_lines(Table("", table("", list(rows[0]), rows).frame, ()), 18.6, 2, language))
    assert says(said, "18.60") and said.index("wind 0") < said.index("13.60") < said.index("+ ")


def bureaus(count: int, usual: float, last: float) -> Table:
    """Bureaus of long names with 4 measures each of 1 to 4 亿元, of which such a share is as usual, and of the last bureau's another."""
    rows = [
        {
            "bureau": f"Bureau {bureau} of subjects that go on and on (by subject)", "measure": f"m{bureau}.{place} of a long name", "unit": "GW", 2027: 0.1,
            "invested": 5.0 - place, "of_it_usual": (5.0 - place) * (usual if bureau < count - 1 else last),
        }
        for bureau in range(count)
        for place in range(1, 5)
    ]  # fmt: skip
    return table("", ["bureau", "measure", "unit", 2027, "invested", "of_it_usual"], rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", [10, 16])
def test_the_three_largest_decisions_that_are_not_as_usual_are_named(language: str, room: int) -> None:
    lines = decided_lines(bureaus(12, 1.0, 0.0), room, language)
    told = screen(lines)
    assert all(says(told, f"m11.{place} of a long name") for place in (1, 2, 3)), told
    assert len(lines) <= room + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", [8, 14, 22])
def test_what_is_as_usual_is_told_of_every_bureau_that_stands_there(language: str, room: int) -> None:
    """Ten to invest, five of it as usual: whatever the room, no bureau's money stands without it."""
    told = " ".join(screen(decided_lines(bureaus(8, 0.5, 0.5), room, language)).split())
    assert 0 < told.count("10.00") == len(re.findall(r"10\.00 ?[（(](?:基准)?5\.00", told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_of_the_decided_years_and_which_overlays_are_not_used_is_one_line(made: SolvedCase, language: str) -> None:
    """The cap is dated 2022 and the stricter one 2025: two targets of 2022–2025; the case has an overlay that was not taken."""
    manifest = {**made.manifest, "overlays_not_used": ["fyp15"]}
    (line,) = _asked(made.results, manifest, language)
    assert "2022" in line and "2025" in line and re.search(r"\b2\b|：2项", line) and "--with fyp15" in line
    assert line in summary_text(made.results, manifest, language).splitlines()
    (bare,) = _asked(made.results, made.manifest, language)
    assert "--with" not in bare
