"""The three sentences that a page starts with, each short enough to be read aloud, and the line on what is kept supplied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import xarray as xr

from model.case.parameters.numbers import settings_of
from model.case.read.case import Case
from model.report.case.source_tables import UNSURE, source_counts
from model.report.display import dust, percent, shown
from model.report.pages.page import Front
from model.report.plan.hourly_tables import main_commodity
from model.report.plan.outcome import target_counts
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.plan.target_tables import targets
from model.report.tables import lead_and_support, measure_facts
from model.report.words import in_data, word
from model.results.brief import money_ahead
from model.results.headline import falls
from model.results.next_years import begun_records, decided_records, next_years
from model.results.shortfalls import shortfalls
from model.results.steadiness import Steadiness

SHORT = ("out_of_reach", "relaxed")
PUBLIC = "budget"  # the fund that is the city's own; a payer of that name where no funds are told
by_measures = 0.5  # the share of a fall from which on it is mainly the plan's


def front(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str) -> Front:
    """What a reader who knows nothing must know: whether targets can be met, what is to be decided, what could turn it, and that supply is kept."""
    found = shortfalls(results)
    answers = [(word(f"question_{name}", language), text) for name, text in (
        ("met", _met(results, language)), ("decide", _decide(results, language)), ("turn", _turn(case, known, language)),
    )]  # fmt: skip
    if found:
        told = word("separator", language).join(shortfalls_in_words(results, found, language))
        return Front(answers, word("supply_short", language).format(told), kept=False)
    return Front(answers, _supply(results, manifest, case, language))


def fitting(candidates: Iterable[str], language: str) -> str:
    """The first of some sentences, the fullest first, that is no longer than a sentence may be in the language; else the last."""
    most, found = int(word("longest_answer", language)), list(candidates)
    return next((text for text in found if len(text) <= most), found[-1])


def _met(results: xr.Dataset, language: str) -> str:
    met, tight, asked = target_counts(results)
    if not asked:
        return word("answer_no_targets", language)
    rows, comma = targets(results, language).frame.to_dict("records"), word("listed", language)
    short = [row["target"] for row in rows if row["_state"] in SHORT]
    close = [row["target"] for row in rows if row["_state"] == "binding"]
    how = _how(results, language)
    if met < asked:
        key, names, count = "answer_missed", short, asked - met
    else:
        key, names, count = ("answer_met_close" if tight else "answer_met"), close, tight
    told = [comma.join(names[:most]) for most in (3, 2, 1) if len(names) >= most]
    named = [word("answer_named", language).format(one) for one in told]
    return fitting([word(key, language).format(asked=asked, count=count, names=one, how=how) for one in [*named, ""]], language)


def _how(results: xr.Dataset, language: str) -> str:
    """Whether the first fall is mainly the plan's own doing, or comes from what the plan is given."""
    found = falls(results)[:1]
    whole = found[0].by_plan + found[0].without_plan if found else 0.0
    if abs(whole) <= dust:
        return ""
    return word("answer_by_measures" if found[0].by_plan / whole >= by_measures else "answer_by_inputs", language)


def _decide(results: xr.Dataset, language: str) -> str:
    years = [str(year) for year in next_years(results)]
    known = "measure_lead_time" in results and "measure_payer" in results
    found = [*decided_records(results), *begun_records(results)] if known else []
    when = word("answer_years", language).format(years[0], years[-1]) if len(years) > 1 else "".join(years)
    if not found:
        return word("answer_nothing_to_decide", language).format(when)
    facts = measure_facts(results, language)
    paid = dict[str, float]()
    for one in found:
        lead = lead_and_support(str(facts[one["measure"]]["bureaus"]), language)[0]
        paid[lead] = paid.get(lead, 0.0) + (one["invested"] or 0.0)
    leads = sorted(paid, key=lambda name: -paid[name])
    budget, others = _money(results)
    scale = float(word("answer_money_scale", language))
    fields = {
        "years": when,
        "count": len({one["measure"] for one in found}),
        "budget": _round(budget * scale),
        "others": _round(others * scale),
    }
    named = [word("listed", language).join(leads[:most]) for most in (2, 1)]
    keys = ("answer_decide", "answer_decide_brief")
    return fitting([word(key, language).format(**fields, lead=lead) for key in keys for lead in named], language)


def _money(results: xr.Dataset) -> tuple[float, float]:
    """What the public budget and what others pay in the first two decided years, 亿元."""
    paid = {one["source"]: sum(one["amounts"].values()) for one in money_ahead(results)}
    public = sum(amount for source, amount in paid.items() if source in (PUBLIC, "government"))
    return public, sum(paid.values()) - public


def _round(amount: float) -> str:
    return shown(amount, 0 if abs(amount) >= 10 or abs(amount) < dust else 1)


def _share(part: float, whole: float, language: str) -> str:
    return percent(part, whole, 0).replace(" ", word("unit_space", language))


def _turn(case: Case | None, known: Steadiness | None, language: str) -> str:
    counts: Counter[str] = sum(source_counts(case).values(), Counter()) if case is not None else Counter()
    unsure = _share(sum(counts[status] for status in UNSURE), sum(counts.values()), language) if counts else ""
    rest = [word("answer_estimates", language).format(unsure), ""] if unsure else [""]
    if known is None or known.tornado is None:
        return fitting([word("answer_not_asked", language).format(rest=one) for one in rest], language)
    turns = known.tornado.turns
    if not turns:
        return fitting([word("answer_nothing_turns", language).format(count=known.tornado.numbers, rest=one) for one in rest], language)
    names = [str(dict(vars(one))[in_data("label", language)]) for one in turns]
    told = [word("listed", language).join(names[:most]) for most in (2, 1) if len(names) >= most]
    candidates = [word("answer_turns", language).format(names=one, rest=after) for after in rest for one in told]
    return fitting([*candidates, word("answer_turns_count", language).format(len(turns), rest=rest[0])], language)


def _supply(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str) -> str:
    """What is true of a plan that leaves nothing short; of the peak only where power is planned hour by hour."""
    parts = []
    if main_commodity(results) is not None and case is not None and "firm_shortfall" in results:
        margin = settings_of(case)["reserve_margin"]
        parts.append(word("supply_peak", language).format(_share(margin, 1.0, language)) if margin else word("supply_peak_met", language))
    if any(str(c).startswith("heat") or "_heat" in str(c) for c in results["commodity"].values):
        parts.append(word("supply_heat", language))
    parts.append(word("supply_households", language))
    if manifest.get("full_year"):
        parts.append(word("supply_checked", language))
    return word("supply_kept", language).format(word("separator", language).join(parts))
