"""What is perhaps a tie is told so: in the first page's matters and in what is decided otherwise than before, on paper."""

from __future__ import annotations

import pytest
from paper import Paper, coupling, fact, label, measure
from paper_answer import solved
from paper_past import THREE, TOWN

from model.report.plan import brief_tables
from model.report.plan.since_text import since_lines
from model.results.since import Decision, Since
from model.results.ties import instead, perhaps_ties


def twins(south: float) -> Paper:
    """Of the mill's 1 Mt at 1 a Mt, half can be made by plants of either county, at 0.5 a year and Mt in the north; each county can build 0.4 Mt a year."""
    plants = [
        measure(f"plant_{county}", {"clean_mill": 1.0}, cost=cost, county=county, told={"pace": 0.4})
        for county, cost in (("north", 0.5), ("south", south))
    ]
    few = coupling("few", "<=", 0.5, {("plant_north", "level"): 1.0, ("plant_south", "level"): 1.0})
    counties = [fact("counties", **label(county)) for county in ("north", "south")]
    return Paper("twins", "two plants of two counties", (*TOWN, *plants, few, counties), 0.0, years=THREE)


def test_of_two_that_cost_the_same_either_is_named_beside_the_other() -> None:
    """0.5 Mt in all in 2021, of which one county has 0.4 at the most and the other the rest: what is less there could be more here."""
    results = solved(twins(0.5))[0].results
    found = {name: instead(results, name, gap=0.0) for name in ("plant_north", "plant_south")}
    assert 2021 in found["plant_north"].get("plant_south", ()) and 2021 in found["plant_south"].get("plant_north", ())


def test_what_costs_more_is_not_named_until_the_gap_hides_it() -> None:
    """0.6 instead of 0.5 a year over three years: 0.3 a Mt more, 0.12 for the north's 0.4 Mt."""
    results = solved(twins(0.6))[0].results
    assert "plant_south" not in instead(results, "plant_north", gap=0.0)
    assert "plant_south" in instead(results, "plant_north", gap=0.13)


@pytest.mark.parametrize(("south", "before", "tie"), [(0.5, 0.3, True), (0.6, 0.3, False), (0.5, 0.1, False)])
def test_another_decision_than_before_is_called_perhaps_a_tie_where_its_like_makes_up_for_it_at_no_cost(
    south: float, before: float, tie: bool
) -> None:
    """Now the north has 0.4 and the south 0.1 Mt. Before the north had less: 0.3 beside 0.2 is the same at one cost, dearer at 0.6; 0.1 beside 0.2 is less in all."""
    outcome = solved(twins(south))[0]
    now = {k: float(outcome.results["build"].sel(measure=f"plant_{k}", build_year=2021)) for k in ("north", "south")}
    assert sorted(now.values()) == pytest.approx([0.1, 0.4])
    more, less = sorted(now, key=lambda k: -now[k])
    decisions = (
        Decision(f"plant_{more}", {2021: (before, 0.4)}, 1.0),
        Decision(f"plant_{less}", {2021: (0.2, 0.1)}, -1.0),
    )
    assert bool(perhaps_ties(outcome.results, decisions, gap=0.0)) == tie
    made = Since("then", (), (), (), {}, (), (), decisions, -1.0, 1.0)
    said = "\n".join(since_lines(made, outcome.results, {**outcome.manifest, "run": "now"}, "en", room=20))
    assert ("perhaps a tie" in said) == tie


@pytest.mark.parametrize(("language", "said"), [("en", "plant_south"), ("zh", "plant_south")])
def test_the_first_page_names_what_is_as_good(language: str, said: str) -> None:
    outcome = solved(twins(0.5))[0]
    made = brief_tables.brief_matters(outcome.results, outcome.manifest, None, language)
    assert any(said in told for told in made.frame["as_good"]) and len(made.notes) == 2


def test_without_prices_nothing_is_called_a_tie() -> None:
    results = solved(twins(0.5))[0].results
    bare = results.drop_vars("build_dearer")
    assert instead(bare, "plant_north", gap=1.0) == {} and not perhaps_ties(
        bare, (Decision("plant_north", {2021: (0.0, 1.0)}, 0.0),), gap=9.0
    )
