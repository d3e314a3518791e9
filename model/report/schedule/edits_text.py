"""An edited schedule on the screen: what was changed, what it costs over the run that wrote it, and what moves with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.display import attributes, decimals, labels, shown, spans, year_spans
from model.report.layout import screen, wrapped
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.schedule import Change, Edited
from model.results.schedule_answer import MoneyMove, ScheduleAnswer
from model.results.shortfalls import same_shortfalls

money = "亿元"
most_changes, most_moves, most_years = 12, 6, 4


def edits_text(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> str:
    """What stands before the plan's own screen."""
    return screen([*edits_lines(answer, results, language), ""])


def edits_lines(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> list[str]:
    """The edits, their cost as an interval, and what moves: shortfalls, targets, measures, payers, years."""
    changes = [*answer.changes, *answer.past_changes]
    first = "line_reported" if answer.hold == "reported" else "line_edits"
    lines = [word(first, language).format(answer.file, answer.against), *change_lines(changes, results, language)]
    if answer.what_if:
        lines += ["  " + word("line_edits_what_if", language)]
    lines += ["  " + counted("line_edits_held", len(answer.held), language, word(f"hold_{answer.hold}", language))]
    lines += ["  " + line for line in absent_lines(answer.absent, answer.absent_years, results, language)]
    lines += [*_eased(answer, results, language), *_lost(answer, results, language)]
    lines += [cost_line(answer.value, answer.low, answer.high, language, lost=bool(answer.lost))]
    if not same_shortfalls(answer.short_then, answer.short_now):
        told = [
            word("separator", language).join(shortfalls_in_words(results, one, language)) or word("none", language)
            for one in (answer.short_then, answer.short_now)
        ]
        lines += wrapped([word("changed_to", language).format(word("short_amounts", language), *told)], first="  ", separator="")
    lines += _listed("line_edits_targets", _targets(answer, results, language), language)
    lines += _measures(answer, results, language)
    lines += _listed("line_edits_payers", _money(answer.payers, labels(results, "payer", "label", language), language), language)
    return lines + _listed("line_edits_years", _money(answer.years, {}, language), language)


def absent_lines(absent: Sequence[str], absent_years: Sequence[int], results: xr.Dataset, language: str) -> list[str]:
    """What an edited schedule says nothing of any more: measures without a row, years without a column; and how to say that it is not to be built."""
    names, heads, lines = labels(results, "measure", "label", language), spans(results), list[str]()
    for key, told in (
        ("line_edits_absent", [names.get(k, k) for k in absent]),
        ("line_edits_absent_years", [str(heads[y]) for y in absent_years]),
    ):
        first, comma = counted(key, len(told), language), word("separator", language)
        lines += wrapped(told, first=first, separator=comma, lines=6) if told else []
    return [*lines, word("line_edits_absent_nought", language)] if lines else []


def untouched_text(edited: Edited, run: Any, language: str) -> str:
    """That nothing differs, with what the schedule says nothing of."""
    said = absent_lines(edited.absent, edited.absent_years, run.results, language)
    return screen([word("line_untouched", language).format(edited.file, run.name), *said])


def change_lines(changes: Sequence[Change], results: xr.Dataset, language: str) -> list[str]:
    """A line for each measure that was changed, with its years and, where they differ, both totals."""
    lines = []
    for one in changes[:most_changes]:
        name, unit, factor, places = measure_words(
            one.measure, [value for pair in one.amounts.values() for value in pair], results, language
        )
        total = (
            [word("edit_total", language).format(shown(one.then * factor, places), shown(one.now * factor, places))]
            if one.kind != "moved"
            else []
        )
        first = f"  {name} ({unit}){word('colon', language)}{word(f'edit_{one.kind}', language)}{word('separator', language)}"
        lines += wrapped([*_years(one.measure, one.amounts, results, language), *total], first=first, separator=word("separator", language))
    rest = len(changes) - most_changes
    return [*lines, *([f"  {word('line_more', language).format(rest)}"] if rest > 0 else [])]


def measure_words(measure: str, amounts: Iterable[float], results: xr.Dataset, language: str) -> tuple[str, str, float, int]:
    """A measure's label, its unit as shown with what an amount is multiplied by, and the decimals that these amounts need."""
    unit, factor = display_unit(str(attributes(results, "measure", "measure_unit")[measure]), language)
    return labels(results, "measure", "label", language)[measure], unit, factor, decimals([value * factor for value in amounts], unit)


def _lost(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> list[str]:
    if not answer.lost:
        return []
    names, modelled = labels(results, "target", "label", language), results["year"].values.tolist()
    told = []
    for target in dict.fromkeys(t for t, _ in answer.lost):
        years = year_spans([y for t, y in answer.lost if t == target], modelled, language)
        told.append(f"{names.get(target, target)} ({years})")
    return wrapped(told, first=counted("line_lost", len(told), language), separator=word("separator", language), lines=4)


def _eased(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> list[str]:
    """What cannot be as it was taken: not reported, or expected sooner than limits allow."""
    lines, comma = list[str](), word("separator", language)
    for key, mine in (
        ("line_eased_unreported", [one for one in answer.eased if one.year <= answer.over]),
        ("line_eased_expected", [one for one in answer.eased if one.year > answer.over]),
    ):
        told = []
        for one in mine:
            name, unit, factor, places = measure_words(one.measure, (one.asked, one.can_be), results, language)
            can_be, asked = (shown(value * factor, max(places, 0)) for value in (one.can_be, one.asked))
            told.append(word("eased_of", language).format(name=name, year=spans(results)[one.year], can_be=can_be, asked=asked, unit=unit))
        lines += wrapped(told, first=f"  {word(key, language)}", separator=comma, lines=6) if told else []
    return lines


def cost_line(value: float, low: float, high: float, language: str, *, lost: bool = False) -> str:
    """What the edits cost more or less: as an interval, with what the plans found say; where targets are `lost`, of what remains."""
    unit, factor = display_unit(money, language)
    ends = [shown(abs(end) * factor, 2) for end in (low, high)]
    nothing = shown(0.0, 2)
    if ends == [nothing, nothing]:
        return word("line_lost_free" if lost else "line_edits_free", language)
    found = f"{value * factor:+,.2f}"
    if low > 0.0 and ends[0] != nothing:
        kind, ends = "more", ends
    elif high < 0.0:
        kind, ends = "less", ends[::-1]
    else:
        kind, ends = ("open", [f"{end * factor:+,.2f}" for end in (low, high)])
    span = ends[0] if ends[0] == ends[1] else word("since_span", language).format(*ends)
    key = f"line_lost_{kind}" if lost else f"line_edits_{kind}"
    return word(key, language).format(span=span, unit=unit, found=found)


def _listed(key: str, parts: Sequence[str], language: str) -> list[str]:
    if not parts:
        return []
    more = [word("line_more", language).format(len(parts) - most_moves)] if len(parts) > most_moves else []
    first = "  " + word(key, language).format(len(parts), display_unit(money, language)[0])
    return wrapped([*parts[:most_moves], *more], first=first, separator=word("separator", language), lines=4)


def _targets(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> list[str]:
    names, made = labels(results, "target", "label", language), []
    for one in answer.targets:
        unit, factor = display_unit(one.unit, language)
        places = decimals([one.then * factor, one.now * factor], unit)
        state = "" if one.met else f" ({word('out_of_reach', language)})"
        made.append(
            f"{names.get(one.target, one.target)} {one.year} {shown(one.then * factor, places)} → {shown(one.now * factor, places)} {unit}{state}"
        )
    return made


def _measures(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> list[str]:
    """A line for each measure that moves with the edits: the years and their amounts, and what it invests more or less."""
    if not answer.measures:
        return []
    unit, factor = display_unit(money, language)
    lines = ["  " + word("line_edits_measures", language).format(len(answer.measures))]
    for one in answer.measures[:most_moves]:
        name, own, _, _ = measure_words(one.measure, (), results, language)
        said = f"{one.invested * factor:+,.2f}"
        cash = [] if said.strip("+-") == shown(0.0, 2) else [word("edit_invested", language).format(said, unit)]
        first = f"    {name} ({own}){word('colon', language)}"
        lines += wrapped([*_years(one.measure, one.amounts, results, language), *cash], first=first, separator=word("separator", language))
    rest = len(answer.measures) - most_moves
    return [*lines, *([f"    {word('line_more', language).format(rest)}"] if rest > 0 else [])]


def _years(measure: str, amounts: Mapping[int, tuple[float, float]], results: xr.Dataset, language: str) -> list[str]:
    """The first years of a measure with what stood and what stands, and how many there are more."""
    _, _, factor, places = measure_words(measure, [value for pair in amounts.values() for value in pair], results, language)
    years = [f"{year} {shown(then * factor, places)} → {shown(now * factor, places)}" for year, (then, now) in amounts.items()]
    return [*years[:most_years], *([word("line_more", language).format(len(years) - most_years)] if len(years) > most_years else [])]


def _money(moves: Sequence[MoneyMove], names: Mapping[str, str], language: str) -> list[str]:
    factor = display_unit(money, language)[1]
    return [f"{names.get(one.name, one.name)} {(one.now - one.then) * factor:+,.2f}" for one in moves]


def untouched_record(edited: Edited, run: Any, hold: str) -> dict[str, Any]:
    """What a program is told where no cell differs."""
    absent = {"absent": list(edited.absent), "absent_years": list(edited.absent_years)}
    told = {"against": run.name, "hold": hold, "changes": [], **absent, "value": 0.0, "low": 0.0, "high": 0.0}
    return {"run": str(run.folder), "schedule": told}
