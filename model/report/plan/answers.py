"""The few sentences that a page starts with, each short enough to be read aloud, and the line on what is kept supplied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import xarray as xr

from model.case.parameters.numbers import settings_of
from model.case.read.case import Case
from model.report.case.source_tables import UNSURE, source_counts
from model.report.display import attributes, dust, labels, percent, shown
from model.report.pages.page import Front
from model.report.plan.hourly_tables import main_commodity
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.tables import lead_and_support, measure_facts
from model.report.words import counted, in_data, languages, word
from model.results.headline import falls
from model.results.money import public_and_others
from model.results.next_money import paid_by_lead, paid_for
from model.results.next_years import begun_records, decided_records, next_years, under_way_records
from model.results.open_targets import PAST, open_targets, usual_path_suffices
from model.results.shortfalls import decided_since, past_shortfalls, shortfalls
from model.results.steadiness import Steadiness

least_told = 0.05  # money below this is shown as nothing
by_measures = 0.5  # the share of a fall from which on it is mainly the plan's


def front(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str) -> Front:
    """What a reader who knows nothing must know: whether targets can be met, what is to be decided, what could turn it, and that supply is kept."""
    found = shortfalls(results)
    answers = [(word(f"question_{name}", language), text) for name, text in (
        ("met", _met(results, language)), ("past", _past(results, language)), ("decide", _decide(results, language)), ("turn", _turn(case, known, language)),
    ) if text]  # fmt: skip
    if found:
        told = word("separator", language).join(shortfalls_in_words(results, found, language))
        return Front(answers, word("supply_short", language).format(told), kept=False)
    return Front(answers, _supply(results, manifest, case, language))


def fitting(candidates: Iterable[str], language: str) -> str:
    """The first of some sentences, the fullest first, that is no longer than a sentence may be in the language; else the last."""
    found = list(candidates)
    return next((text for text in found if _fits(text, language)), found[-1])


def _fits(text: str, language: str) -> bool:
    return len(text) <= int(word("longest_answer", language))


def _without_bracket(name: str) -> str:
    """A name without what it says in brackets at its end.

    >>> _without_bracket("County governments (by subject)"), _without_bracket("各县（市、区）人民政府（按职责推定）")
    ('County governments', '各县（市、区）人民政府')
    """
    return re.sub(r"\s*[(（][^()（）]*[)）]$", "", name) or name


def _met(results: xr.Dataset, language: str) -> str:
    """Of the targets that are still open: whether all can be met, and which is the tightest, the same one in every language."""
    asked, missed, tight, past = open_targets(results)
    if not asked:
        return word("answer_none_open" if past else "answer_no_targets", language)
    kind = "answer_missed" if missed else "answer_met_close" if tight else "answer_met"
    named = [*(missed or tight)]

    def told(most: int, how: bool, whole: bool, one: str) -> str:
        names = labels(results, "target", "label", one)
        still = word("answer_open", one) if past else ""
        among = word("listed", one).join(names[t] if whole else _without_bracket(names[t]) for t in named[:most])
        few = "answer_tightest" if named and not missed and tight[named[0]] > dust else "answer_among"
        fields = {
            "all": counted("answer_all_both" if len(asked) == 2 else "answer_all", len(asked), one, still),
            "open": still, "asked": len(asked), "count": len(named),
            "names": word("answer_named" if len(named) <= most else few, one).format(among) if among else "",
            "how": _how(results, one) if how else "",
        }  # fmt: skip
        return word(kind, one).format(**fields)

    forms = [
        (most, how, whole)
        for most, how, whole in (
            (3, True, True),
            (2, True, True),
            (1, True, True),
            (1, False, True),
            (1, False, False),
            (0, True, True),
            (0, False, True),
        )
        if most <= len(named)
    ]
    chosen = next((one for one in forms if all(_fits(told(*one, other), other) for other in languages())), forms[-1])
    return told(*chosen, language)


def _past(results: xr.Dataset, language: str) -> str:
    """Of the targets of past years how many are met and by what that is known; nothing where there are none."""
    *_, past = open_targets(results)
    if not past:
        return ""
    found = Counter(past.values())
    parts = [word(f"answer_past_{state}", language).format(found[state]) for state in PAST if found[state]]
    return counted("answer_past", len(past), language, word("listed", language).join(parts))


def _how(results: xr.Dataset, language: str) -> str:
    """Whether the first fall is mainly the plan's own doing, or comes from what the plan is given: of a usual path that suffices; else it is both."""
    found = falls(results)[:1]
    whole = found[0].by_plan + found[0].without_plan if found else 0.0
    if abs(whole) <= dust:
        return ""
    if found[0].by_plan / whole >= by_measures:
        return word("answer_by_measures", language)
    enough = usual_path_suffices(results)
    return "" if enough is None else word("answer_by_inputs" if enough else "answer_by_both", language)


def _decide(results: xr.Dataset, language: str) -> str:
    years = [str(year) for year in next_years(results)]
    known = "measure_lead_time" in results and "measure_payer" in results
    decided, later = (decided_records(results), begun_records(results)) if known else ([], [])
    found, later = (decided, later) if decided else (later, [])
    when = word("answer_years", language).format(years[0], years[-1]) if len(years) > 1 else "".join(years)
    if not found:
        return word("answer_nothing_to_decide", language).format(when)
    facts, scale = measure_facts(results, language), float(word("answer_money_scale", language))
    named = {one["lead"]: lead_and_support(str(facts[one["measure"]]["bureaus"]), language)[0] for one in found}
    paid = paid_by_lead(found)
    budget, others = public_and_others(results, ((one["measure"], one["invested"] or 0.0) for one in found))
    under_way, to_begin = paid_for(under_way_records(results)), paid_for(later)
    fields = {
        "told": counted("answer_decisions", len({one["measure"] for one in found}), language), "years": when, "budget": _round(budget * scale), "others": _round(others * scale),
    }  # fmt: skip
    amounts = {"answer_to_begin": to_begin, "answer_under_way": under_way}
    rest = [word(key, language).format(_round(amount * scale)) for key, amount in amounts.items() if amount * scale >= least_told]
    ends = ["".join(rest), *reversed(rest), ""] if len(rest) > 1 else [*rest, ""]
    first = named[max(paid, key=lambda lead: paid[lead])]
    leads = (
        [word("answer_most_money", language).format(one) for one in dict.fromkeys((first, _without_bracket(first)))]
        if budget + others > dust
        else []
    )
    begun, brief = [end for end in ends if end] or [""], ("answer_decide", "answer_decide_brief")
    forms = [
        (key, most, end) for end in begun for most in [*leads, ""] for key in brief
    ]  # what is begun is told before whose decisions take most
    forms += [("answer_decide_bare", "", end) for end in begun] + [(key, "", "") for key in brief]
    return fitting([word(key, language).format(**fields, most=most, rest=end) for key, most, end in forms], language)


def _round(amount: float) -> str:
    return shown(amount, 0 if abs(amount) >= 10 or abs(amount) < dust else 1)


def _share(part: float, whole: float, language: str) -> str:
    return percent(part, whole, 0).replace(" ", word("unit_space", language))


def unsure_said(case: Case | None, language: str) -> str:
    """What share of the numbers is no more than an estimate or an illustration, as the end of a sentence; nothing where all are known better."""
    counts: Counter[str] = sum(source_counts(case).values(), Counter()) if case is not None else Counter()
    kinds = [status for status in UNSURE if counts[status]]
    if not kinds:
        return ""
    unsure = _share(sum(counts[status] for status in kinds), sum(counts.values()), language)
    return word("answer_unsure", language).format(
        unsure, word("answer_or", language).join(word(f"answer_{status}", language) for status in kinds)
    )


def _turn(case: Case | None, known: Steadiness | None, language: str) -> str:
    rest = list(dict.fromkeys((unsure_said(case, language), "")))
    if known is None or known.tornado is None:
        return fitting([word("answer_not_asked", language).format(rest=one) for one in rest], language)
    turns = known.tornado.turns
    if not turns:
        return fitting([word("answer_nothing_turns", language).format(count=known.tornado.numbers, rest=one) for one in rest], language)
    names = [str(dict(vars(one))[in_data("label", language)]) for one in turns]
    listed = [word("listed", language).join(names[:most]) for most in (2, 1) if len(names) >= most]
    candidates = [word("answer_turns", language).format(names=one, rest=after) for after in rest for one in listed]
    return fitting([*candidates, word("answer_turns_count", language).format(len(turns), rest=rest[0])], language)


def _supply(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str) -> str:
    """What is true of a plan that leaves nothing short; of the peak only where power is planned hour by hour."""
    parts = []
    if main_commodity(results) is not None and case is not None and "firm_shortfall" in results:
        margin = settings_of(case)["reserve_margin"]
        parts.append(word("supply_peak", language).format(_share(margin, 1.0, language)) if margin else word("supply_peak_met", language))
    if any(attributes(results, "commodity", "commodity_heating").values()):
        parts.append(word("supply_heat", language))
    parts.append(word("supply_households", language))
    if manifest.get("full_year"):
        parts.append(word("supply_checked", language))
    told = word("separator", language).join(parts)
    if past_shortfalls(results):
        return word("supply_kept_from", language).format(decided_since(results), told)
    return word("supply_kept", language).format(told)
