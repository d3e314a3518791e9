"""Progress on the screen: how many tasks stand how, those late and at risk by bureau, and what must be begun next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import xarray as xr

from model.case.read.case import Case
from model.report.display import decimals, labels, shown, spans
from model.report.layout import screen, wrapped
from model.report.plan.brief_tables import Rides
from model.report.schedule.edits_text import measure_words
from model.report.tables import lead_and_support, measure_facts
from model.report.words import counted, word
from model.results.progress import STANDINGS, Entry, Task, earliest, last_over, standing

most_tasks = 12


def progress_text(
    entries: Sequence[Entry], results: xr.Dataset, case: Case | None, language: str, *, on: date, file: str, against: str
) -> str:
    """The counts, then what is late and what is at risk, each with its bureau, its reason, and a target that rides on it."""
    count, comma = Counter(standing(one, on) for one in entries), word("separator", language)
    lines = [word("line_progress", language).format(file=file, run=against, date=on.isoformat())]
    told = [f"{word(f'standing_{name}', language)} {count[name]}" for name in STANDINGS if count[name] or name != "unreported"]
    lines += wrapped(told, first="  ", separator=comma)
    rides = Rides(results, case, language)
    for name in ("late", "at_risk"):
        mine = [one for one in entries if standing(one, on) == name]
        if mine:
            lines += [counted(f"line_progress_{name}", len(mine), language), *_by_bureau(mine, results, rides, language, on=on)]
    unsaid = sum(standing(one, on) == "unreported" and one.task.year <= last_over(on) for one in entries)
    if unsaid and count["unreported"] < len(entries):
        lines.append(counted("line_progress_unsaid", unsaid, language))
    other = [one for one in entries if standing(one, on) == "finished" and one.got != one.task.planned]
    if other:
        lines += [counted("line_progress_other", len(other), language), *_by_bureau(other, results, None, language, on=on)]
    return screen(lines)


def _by_bureau(entries: Sequence[Entry], results: xr.Dataset, rides: Rides | None, language: str, *, on: date) -> list[str]:
    bureaus, lines, comma = _bureaus(results, language), list[str](), word("separator", language)
    for bureau in dict.fromkeys(bureaus[one.task.measure] for one in entries[:most_tasks]):
        lines.append(f"  {bureau}{word('colon', language)}".rstrip())
        for one in entries[:most_tasks]:
            if bureaus[one.task.measure] == bureau:
                target = rides.of(one.task.measure) if rides else ""
                told = [
                    *_said(one, results, language, on=on),
                    *([word("progress_rides", language).format(target)] if target else []),
                    *([one.reason] if one.reason else []),
                ]
                lines += wrapped(told, first="    ", separator=comma)
    rest = len(entries) - most_tasks
    return [*lines, *([f"  {word('line_more', language).format(rest)}"] if rest > 0 else [])]


def _said(entry: Entry, results: xr.Dataset, language: str, *, on: date) -> list[str]:
    """The measure with its year, then amounts planned and done, then when the rest is expected or can be at the earliest."""
    task = entry.task
    name, unit, factor, _ = measure_words(task.measure, [task.planned], results, language)
    places = decimals([task.planned * factor, entry.got * factor], unit)
    planned, done = (shown(value * factor, places) for value in (task.planned, entry.got))
    found = [word("progress_of", language).format(name=name, year=spans(results)[task.year], done=done, planned=planned, unit=unit)]
    stands = standing(entry, on)
    if stands == "late" and entry.expected is not None:
        found.append(word("progress_expected_in", language).format(entry.expected))
    elif stands == "late":
        found.append(word("progress_earliest_in", language).format(earliest(entry, on)))
    elif stands == "at_risk":
        found.append(word("progress_begin_by", language).format(task.begin, last_over(on) + 1 + task.lead_time))
    return found


def begin_text(tasks: Sequence[Task], results: xr.Dataset, language: str) -> str:
    """What must be begun next, by bureau; nothing where nothing must."""
    if not tasks:
        return screen([word("line_progress_nothing_next", language)])
    bureaus, names, heads = _bureaus(results, language), labels(results, "measure", "label", language), spans(results)
    lines = [counted("line_progress_next", len(tasks), language)]
    for bureau in dict.fromkeys(bureaus[one.measure] for one in tasks):
        told = []
        for one in tasks:
            if bureaus[one.measure] == bureau:
                _, unit, factor, places = measure_words(one.measure, [one.planned], results, language)
                told.append(
                    word("progress_to_begin", language).format(
                        name=names[one.measure],
                        amount=shown(one.planned * factor, places),
                        unit=unit,
                        begin=one.begin,
                        year=heads[one.year],
                    )
                )
        lines += wrapped(told, first=f"  {bureau}{word('colon', language)}", separator=word("separator", language), lines=5)
    return screen(lines)


def _bureaus(results: xr.Dataset, language: str) -> dict[str, str]:
    return {k: lead_and_support(str(fact["bureaus"]), language)[0] for k, fact in measure_facts(results, language).items()}
