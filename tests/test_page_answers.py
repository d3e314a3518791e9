"""The sentences on top of the page count one list each: open targets apart from past ones, and what is to be decided with its own money."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from paper import GAP
from paper_case import case_of
from paper_next import PAPER
from reporting import LANGUAGES

from model.report.plan import answers
from model.report.plan.answers import front
from model.report.words import word
from model.results import money
from model.results.next_years import decided_records
from model.results.open_targets import OpenTargets, open_targets
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options


@pytest.fixture(scope="module")
def made() -> SolvedCase:
    return solve(case_of(PAPER), Options(gap=GAP))


def results_of(
    rows: list[tuple[str, int, bool, bool, float]], judged: list[tuple[str, int, bool, str, bool]], dated: dict[str, int]
) -> xr.Dataset:
    """What `open_targets` reads of a plan decided from 2027 on: rows are target, year, met, binding, price; judged target, year, met, by, by_record."""
    names = ("target", "year", "met", "binding", "price")
    columns = {
        f"row_{name}" if name in ("target", "year", "price") else name: ("target_row", list(cells))
        for name, cells in zip(names, zip(*rows))
    }
    past = {f"judged_{name}": ("judged", list(cells)) for name, cells in zip(("target", "year", "met", "by", "by_record"), zip(*judged))}
    ones = {"row_enforced": ("target_row", [True] * len(rows)), "required": ("target_row", [2.0] * len(rows))}
    known = {"judged_achieved": ("judged", [1.0] * len(judged)), "build_word": ("measure", np.array([""]))}
    return xr.Dataset(
        columns | ones | past | known | {"target_dated": ("target", list(dated.values()))}, {"target": list(dated)}, {"decide_from": 2027}
    )


def test_what_is_past_is_not_counted_among_what_can_be_met() -> None:
    """`old` is of 2025 by the model alone and binds on, `told` by a document; `open` and `tight` are to come; `tight` costs 3 × 2. `again` was met and is
    missed in 2028: it is open."""
    dated = {"old": 2025, "told": 2025, "again": 2025, "open": 2030, "tight": 2030, "free": 2030}
    judged = [("old", 2025, True, "model", False), ("told", 2025, True, "document", False), ("again", 2025, True, "model", True)]
    rows = [("old", 2028, True, True, 9.0), ("open", 2026, False, True, 9.0), ("open", 2030, True, False, 0.0), ("free", 2030, True, True, 0.0),
            ("tight", 2030, True, True, 3.0)]  # fmt: skip
    found = open_targets(results_of(rows, judged, dated))
    assert found.asked == ["open", "free", "tight"] and found.tight == {"tight": 6.0, "free": 0.0} and not found.missed
    assert next(iter(found.tight)) == "tight" and found.past == {"old": "by_model", "told": "by_record", "again": "by_record"}
    found = open_targets(results_of([*rows, ("again", 2028, False, False, 0.0)], judged, dated))
    assert "again" in found.asked and list(found.missed) == ["again"] and "again" not in found.past


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_targets_are_named_in_every_language_and_the_past_stands_apart(
    made: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tight ones, of which one name is too long for a Chinese line: English has room for both and names the tightest alone too."""
    t = str(made.results["target"].values[0])
    told = OpenTargets([t, "b"], {}, {t: 2.0, "b": 1.0}, {"x": "by_record", "y": "by_model", "z": "by_model"})
    names = {t: "A", "b": "长" * 30}
    monkeypatch.setattr(answers, "open_targets", lambda _: told)
    monkeypatch.setattr(answers, "labels", lambda *_: names)
    found = dict(front(made.results, made.manifest, None, None, language).answers)
    met, past = (found[word(f"question_{name}", language)] for name in ("met", "past"))
    assert word("answer_tightest", language).format("A") in met and "长" not in met
    assert {"en": "Both targets still open can be met; 2", "zh": "未到期2项目标都能完成，2项"}[language] in met
    assert past == {
        "en": "3 targets of past years: 1 met on record, 2 met by the model alone.", "zh": "往年目标3项：1项有记载为完成、2项仅模型推算为完成。",
    }[language]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_target_with_room_to_spare_is_told_without_a_name(made: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is missed and none is met with nothing to spare: the sentence has nobody to name."""
    monkeypatch.setattr(answers, "open_targets", lambda _: OpenTargets(["a"], {}, {}, {"x": "by_model"}))
    met = dict(front(made.results, made.manifest, None, None, language).answers)[word("question_met", language)]
    assert word("answer_all_one", language).format("", word("answer_open", language)) in met


@pytest.mark.parametrize("language", LANGUAGES)
def test_supply_of_years_that_are_past_is_not_called_kept(made: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shortfall that a reconstructed year had stops nothing; what is kept is kept from the first decided year on."""
    monkeypatch.setattr(answers, "past_shortfalls", lambda _: ["one"])
    monkeypatch.setattr(answers, "decided_since", lambda _: 2027)
    assert front(made.results, made.manifest, None, None, language).supply.startswith(
        word("supply_kept_from", language).split("{}")[0] + "2027"
    )


@pytest.mark.parametrize(("language", "amounts"), [("en", ("0.5", "1.5", "10")), ("zh", ("5.0", "15", "100"))])
def test_count_lead_and_money_are_of_what_is_to_be_decided(
    made: SolvedCase, language: str, amounts: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """20 of `quick` are to decide; a quarter is the budget's. Works of 100 under way are not among it."""
    (one,) = decided_records(made.results)
    payer = str(made.results["measure_payer"].sel(measure="quick").values)
    monkeypatch.setattr(money, "fund_shares", lambda _: {payer: {"budget": 0.25}})
    monkeypatch.setattr(answers, "under_way_records", lambda _: [{**one, "invested": 100.0}])
    monkeypatch.setattr(answers, "begun_records", lambda _: [{**one, "measure": "other", "invested": 30.0}])
    told = dict(front(made.results, made.manifest, None, None, language).answers)[word("question_decide", language)]
    budget, others, _ = amounts
    new = {
        "en": f"for 1 new decision the budget pays {budget}, others {others} billion CNY",
        "zh": f"新定1件：财政{budget}、他方{others}亿元",
    }
    assert new[language] in told and len(told) <= int(word("longest_answer", language))
    assert word("answer_under_way", language).format(amounts[2]) in told, "what is begun and paid on is never left out"


def test_where_no_funds_are_told_the_case_says_who_is_public(made: SolvedCase) -> None:
    """Whatever its id is: 20 of `quick` are the budget's once its payer is public, and nobody's else."""
    payer = str(made.results["measure_payer"].sel(measure="quick").values)
    assert money.public_and_others(made.results, [("quick", 20.0)]) == pytest.approx((12.0, 8.0)), "its funds count where they are told"
    unfunded = made.results.drop_vars([f"payer_fund_{fund}" for fund in money.FUNDS])
    for public, shares in ((payer, (20.0, 0.0)), ("", (0.0, 20.0))):
        told = unfunded.assign(payer_public=("payer", [one == public for one in made.results["payer"].values.tolist()]))
        assert money.public_and_others(told, [("quick", 20.0)]) == pytest.approx(shares)


def test_heat_is_said_to_be_served_where_the_case_has_heat(made: SolvedCase) -> None:
    """Whatever the commodity is called."""
    for heating in (True, False):
        told = made.results.assign(commodity_heating=("commodity", [heating] * made.results.sizes["commodity"]))
        assert (word("supply_heat", "en") in front(told, made.manifest, None, None, "en").supply) == heating
