"""The first page of a plan, to be read standing: targets, what must be decided, money by source, what changed, what could turn it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.checks.trace import Trace
from model.case.parameters.numbers import Numbers
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.report.display import attributes, dust, labels, percent, shown, tidy
from model.report.floor_text import floor_said
from model.report.made_tables import MadeTables
from model.report.plan.difference_text import ends_said, more_or_less
from model.report.plan.outcome import costs
from model.report.plan.past_tables import done_again_lines
from model.report.plan.readings_table import readings_brief
from model.report.plan.screen_parts import not_accepted
from model.report.plan.target_tables import targets
from model.report.tables import Table, lead_and_support, measure_facts, noted, table
from model.report.units import display_unit
from model.report.words import counted, in_data, word, word_or
from model.results.brief import matters, money_ahead, sources_of, until
from model.results.floors import floors
from model.results.next_years import decided_records, has_next, next_years
from model.results.past import done_unrecorded
from model.results.plan_cost import plan_cost
from model.results.shortfalls import decided_since
from model.results.since import since_of
from model.results.steadiness import Steadiness, Turn
from model.results.ties import instead

most_targets, most_changes, most_turns, most_named = 14, 3, 3, 2
URGENT = {"out_of_reach": 0, "relaxed": 0, "past_missed": 0, "binding": 1, "met": 2}
rides_free = URGENT["met"]  # of a target with room nothing depends on one measure
TARGETS = ["target", "year", "unit", "on_record", "required", "expected", "slack", "state", "basis"]
MATTERS = ["matter", "decide_by", "unit", "amount", "invested", "over_usual", "in_force", "bureau", "rides_on_it", "funds"]


def brief_tables(
    results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str
) -> Mapping[str, Table]:  # fmt: skip
    """By the names of their files, in the order in which they are read."""
    return MadeTables(
        {
            "brief-targets": lambda: brief_targets(results, case, language),
            "brief-matters": lambda: brief_matters(results, manifest, case, language),
            "brief-money": lambda: brief_money(results, manifest, language),
            "brief-changes": lambda: brief_changes(results, manifest, language),
            "brief-turns": lambda: brief_turns(results, manifest, known, language),
        }
    )


def brief_targets(results: xr.Dataset, case: Case | None, language: str) -> Table:
    """The targets from the first decided year on: what is short first, then those on headline indicators, those that cost most, what has nothing to spare."""
    since = int(results.attrs["decide_from"])
    rows = [row for row in targets(results, language).frame.to_dict("records") if row["_state"] in URGENT and row["year"] >= since]
    basis, headline = _measured_by(results), attributes(results, "indicator", "indicator_headline")
    rows.sort(
        key=lambda row: (
            URGENT[row["_state"]] > 0, not headline.get(basis[row["_id"]], False), not row["price"] > 0, URGENT[row["_state"]], row["year"],
        )
    )  # fmt: skip
    names, recorded = labels(results, "indicator", "label", language), _on_record(case, language)
    told = [
        {
            **{name: row[name] for name in ("target", "year", "unit", "required", "slack", "state", "_state")},
            "expected": row["achieved"], "on_record": recorded.get(row["_id"], ""),
            "basis": word("with_band", language).format(names[basis[row["_id"]]], row["band"]) if row["band"] else names[basis[row["_id"]]],
        }
        for row in rows
    ]  # fmt: skip
    more = (
        [word("note_brief_targets", language).format(len(rows) - most_targets, word("targets", language))]
        if len(rows) > most_targets
        else []
    )
    made = table(word("title_brief_targets", language), TARGETS, told[:most_targets], more)
    return replace(made, warnings=tuple(line.strip() for line in not_accepted(results, language) if line))


def _measured_by(results: xr.Dataset) -> dict[str, str]:
    """{target in force: the indicator that it is measured by, of several conventions the case's own}."""
    return dict(zip(results["row_target"].values.tolist(), results["row_indicator"].values.tolist(), strict=True))


def _on_record(case: Case | None, language: str) -> dict[str, str]:
    """{target: the last published value of what it speaks of, with its year}: of targets on an amount itself, which a published amount answers."""
    if case is None:
        return {}
    lookup, numbers, last = Lookup(case), Numbers(case, ()), dict[str, Any]()
    for row in case.tables["facts"]:
        if row.role == "record" and row.value is not None and (row.indicator not in last or last[row.indicator].year < row.year):
            last[row.indicator] = row
    found = {}
    for row in case.tables["targets"]:
        fact, form = last.get(lookup.resolved(row.indicator) or ""), FORMS[row.form]
        if fact is not None and not form.reference and not form.change_from and not form.cumulative:
            unit, factor = display_unit(str(lookup.column(fact.indicator, "unit")), language)
            value = numbers.canonical("facts", fact) * factor
            found[row.id] = word("with_year", language).format(shown(value, unit=unit), fact.year)
    return found


def brief_matters(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str) -> Table:
    """需决策事项: at most ten, those first that take most money beyond the usual path in the first two decided years."""
    facts, rides, held = measure_facts(results, language), Rides(results, case, language), floors(results)
    payers, gap = labels(results, "payer", "label", language), plan_cost(manifest).gap if manifest else 0.0
    rows = [
        {
            "matter": facts[one["measure"]]["measure"], "as_good": _instead(results, one["measure"], gap, facts, language), "decide_by": one["decide_by"], "unit": facts[one["measure"]]["unit"],
            "amount": tidy(one["amount"] * facts[one["measure"]]["_factor"]), "invested": tidy(one["invested"]), "over_usual": tidy(one["extra"]),
            "in_force": one["year"], "bureau": lead_and_support(str(facts[one["measure"]]["bureaus"]), language)[0], "rides_on_it": noted(rides.of(one["measure"]), floor_said(floor, language) if (floor := held.get((one["measure"], one["year"]))) else "", language),
            "funds": _sources(sources_of(results, one["measure"]), payers, language),
        }
        for one in (matters(results) if "measure_lead_time" in results and "measure_payer" in results else ())
    ]  # fmt: skip
    years = "–".join(str(year) for year in next_years(results))
    tied = any(row["as_good"] for row in rows)
    notes = [word("note_brief_matters", language)] + (
        [word("note_brief_ties", language).format(word("title_about", language))] if tied else []
    )
    named, every = _all_decided(results, language)
    if every > len(rows) and named:
        notes = [word("note_brief_largest", language).format(len(rows), every, named[1]), *notes]
    columns = [*MATTERS, "as_good"] if tied else MATTERS
    kept = [{name: value for name, value in row.items() if tied or name != "as_good"} for row in rows]
    made = table(word("title_brief_matters", language).format(years), columns, kept, notes)
    return replace(made, links={notes[0]: named[0]}) if every > len(rows) and named else made


def _all_decided(results: xr.Dataset, language: str) -> tuple[tuple[str, str] | None, int]:
    """The table in which all decisions of these years stand (its name, its title), and how many measures they are."""
    if not {"measure_lead_time", "measure_payer"} <= set(results.data_vars):
        return None, 0
    every = len({one["measure"] for one in decided_records(results)})
    return (
        ("next-decide", word("title_next_decide", language)) if has_next(results) else ("build-schedule", word("title_schedule", language))
    ), every


def _instead(results: xr.Dataset, measure: str, gap: float, facts: Mapping[str, Mapping[str, Any]], language: str) -> str:
    """What may be built instead at the same cost: in years of its own, or of others like it."""
    found = instead(results, measure, gap=gap)
    told = [f"{facts[k]['measure']} " * (k != measure) + word("comma", language).join(map(str, years)) for k, years in found.items()]
    more = [word("line_more", language).format(len(told) - most_named)] if len(told) > most_named else []
    return word("separator", language).join([*told[:most_named], *more])


def _sources(shares: Mapping[str, float], payers: Mapping[str, str], language: str) -> str:
    names = {name: word_or(f"fund_{name}", language, payers.get(name, name)) for name in shares}
    told = [f"{names[name]} {percent(share, 1.0, 0)}" if len(shares) > 1 else names[name] for name, share in shares.items()]
    return word("separator", language).join(told)


class Rides:
    """Which target a measure serves: of those on what it moves first that are short or met with nothing to spare, the nearest."""

    def __init__(self, results: xr.Dataset, case: Case | None, language: str) -> None:
        self._trace = Trace(case) if case is not None else None
        about, rows = _measured_by(results), targets(results, language).frame.to_dict("records")
        since, ranked = int(results.attrs["decide_from"]), list[tuple[int, Any, Any]]()
        for row in rows:
            if URGENT.get(row["_state"], rides_free) < rides_free and row["year"] >= since:
                ranked.append((URGENT[row["_state"]], row["year"], row))
        self._target_of = dict[str, str]()
        for _, _, row in sorted(ranked, key=lambda one: one[:2]):
            self._target_of.setdefault(about[row["_id"]], row["target"])

    def of(self, measure: str) -> str:
        way = self._trace.ends(measure).get("target", ()) if self._trace else ()
        return self._target_of.get(way[-1], "") if way else ""


def brief_money(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """Cash by source of funds: the first two decided years, all to 2030, and what of it is more than usual; what plan and targets cost below."""
    payers, unit = labels(results, "payer", "label", language), display_unit("亿元", language)[0]
    rows = list[dict[Any, Any]]()
    for one in money_ahead(results):
        name = word_or(f"fund_{one['source']}", language, payers.get(one["source"], one["source"]))
        amounts = {year: tidy(value) for year, value in one["amounts"].items()}
        extra = np.nan if one["over_usual"] is None else tidy(one["over_usual"])
        rows.append({"source_of_money": name, "unit": unit, **amounts, "to_year": tidy(one["total"]), "over_usual": extra})
    columns, whole = [*next_years(results), "to_year", "over_usual"], sum(row["to_year"] for row in rows)
    if rows:
        rows.append(
            {
                "source_of_money": word("total", language),
                "unit": unit,
                **{name: tidy(sum(row[name] for row in rows)) for name in columns},
                "_total": True,
            }
        )
    rows = [{**row, "share_of_money": percent(row["to_year"], whole, 0)} for row in rows]
    title, heads = word("title_brief_money", language), ["source_of_money", "share_of_money", "unit", *columns]
    made = table(title, heads, rows, _costs(results, manifest, language))
    return Table(made.title, made.frame.rename(columns={"to_year": word("to_year", language).format(until(results))}), made.notes)


def _costs(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """What the plan costs over the usual path and what its targets cost, each with its proven interval."""
    return [
        word(f"note_brief_{name}", language).format(more_or_less(one.value, language), *ends_said(one, language))
        for name, one in costs(results, manifest).over.items()
        if name in ("usual", "free")
    ]


def brief_changes(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """What is other than in the earlier version that the run was asked to tell; else how to ask for it."""
    columns = ["changed_decision", "year", "unit", "since_then", "since_now", "more_invested"]
    if not manifest.get("since"):
        return table(
            word("title_brief_changes", language),
            columns,
            [],
            [word("note_brief_no_version", language).format(word("title_about", language))],
        )
    made, facts = since_of(manifest["since"]), measure_facts(results, language)
    rows = []
    for one in made.decisions[:most_changes]:
        year, (then, now) = max(one.amounts.items(), key=lambda item: abs(item[1][1] - item[1][0]))
        fact = facts[one.measure]
        rows.append(
            {
                "changed_decision": fact["measure"], "year": year, "unit": fact["unit"], "since_then": tidy(then * fact["_factor"]),
                "since_now": tidy(now * fact["_factor"]), "more_invested": tidy(one.invested),
            }
        )  # fmt: skip
    counts = word("note_brief_changes", language).format(
        made.run, len(made.decisions), len(made.records), len(made.numbers), len(made.rules)
    )
    return table(word("title_brief_changes", language), columns, rows, [counts])


def brief_turns(results: xr.Dataset, manifest: Mapping[str, Any], known: Steadiness | None, language: str) -> Table:
    """The numbers that turn most builds of the first years, how many past builds are estimates, and how much hangs on the reading of what is not recorded."""
    again = [" ".join(line.strip() for line in done_again_lines(results, language, lines=most_turns))] if done_unrecorded(results) else []
    notes = [_estimates(results, language), *again, *readings_brief(results, manifest, next_years(results), language)]
    found = known.tornado.turns[:most_turns] if known and known.tornado else ()
    if known is None or known.tornado is None:
        notes.insert(0, word("note_brief_no_turns", language).format(word("title_about", language)))
    elif not found:
        notes.insert(0, word("note_brief_nothing_turns", language).format(known.tornado.numbers))
    names = labels(results, "measure", "label", language)
    rows = [
        {
            "number_that_turns": dict(vars(one))[in_data("label", language)], "lever_id": one.lever, "unit": one.unit, "range_low": tidy(one.low), "range_value": tidy(one.value),
            "range_high": tidy(one.high), "turns_at": tidy(one.at), "what_turns": _turned(one, names, language),
        }
        for one in found
    ]  # fmt: skip
    columns = ["number_that_turns", "lever_id", "unit", "range_low", "range_value", "range_high", "turns_at", "what_turns"]
    return table(word("title_brief_turns", language), columns, rows, notes)


def _turned(one: Turn, names: Mapping[str, str], language: str) -> str:
    told: Sequence[str] = [
        *(word("taken_up_there", language).format(names[k]) for k in one.taken_up),
        *(word("given_up_there", language).format(names[k]) for k in one.given_up),
    ]
    more = [word("line_more", language).format(len(told) - most_named)] if len(told) > most_named else []
    return word("separator", language).join([*told[:most_named], *more])


def _estimates(results: xr.Dataset, language: str) -> str:
    """How many amounts of the past are estimates, and of which measures most was invested by them: the share of estimates in what was built of it."""
    if "build_word" not in results:
        return word("note_brief_no_past", language)
    words = results["build_word"].transpose("measure", "build_year").values == "estimate"
    count, names = int(words.sum()), labels(results, "measure", "label", language)
    if not count:
        return word("note_brief_no_estimates", language)
    since, built = decided_since(results), np.abs(results["build"].transpose("measure", "build_year").values)
    past, before = built[:, results["build_year"].values < since].sum(axis=1), results["year"].values < since
    paid = results["investment_cash"].transpose("measure", "year").values[:, before] @ results["span_years"].values[before]
    shares = np.divide((built * words).sum(axis=1), past, out=np.zeros(len(past)), where=past > dust)
    money = dict(zip(results["measure"].values.tolist(), (paid * shares).tolist(), strict=True))
    largest = [names[k] for k in sorted(money, key=lambda k: (-money[k], k)) if money[k] > dust][:most_turns]
    named = word("note_brief_estimates_of", language).format(word("separator", language).join(largest)) if largest else ""
    return counted("note_brief_estimates", count, language, named)
