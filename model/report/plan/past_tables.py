"""The years before decisions begin, in words and tables: how each amount is known, how past targets are judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.case.faults import Fault, Place
from model.case.tables.quantities import QUANTITIES
from model.report.display import attributes, decimals, labels, shown, tidy, year_spans
from model.report.fault_text import fault_sentence, place_words
from model.report.layout import flowed, screen_width, wrapped
from model.report.plan.readings_table import readings_counted
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.plan.target_tables import judged_by, past_state, target_facts
from model.report.tables import Table, measure_facts, spans, table
from model.report.units import amount_said, display_unit
from model.report.words import counted, of_both, word
from model.results.next_years import next_years
from model.results.open_targets import PAST, open_targets
from model.results.past import counts_of_words, done_unrecorded, judgements, own_judgements
from model.results.shortfalls import past_shortfalls


def has_past(results: xr.Dataset) -> bool:
    """Whether decisions begin after the first modelled year."""
    return bool(counts_of_words(results))


told_apart, trifle = 0.02, 1e-9  # of a published value, and what keeps a share of nothing finite


def past_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, brief: bool = False) -> list[str]:
    """How the past is known, how its targets are judged, what it left short, and what is sunk: a few lines of the screen; `brief`, what the
    workbook says of limits and rows is counted alone.
    """
    counts, past = counts_of_words(results), dict(manifest.get("past", {}))
    if not counts:
        return []
    separator, since = word("separator", language), int(results.attrs["decide_from"])
    told = [f"{word(f'word_{name}', language)} {count}" for name, count in counts.items()]
    judged = verdicts(results, language)
    money = display_unit("亿元", language)[0]
    unknown = judged_names(results, language, lambda one: one["verdict"] == "unknown")
    lines = [
        word("line_past", language).format(since, separator.join(told)),
        *_named({"line_judged": judged}, 3, language),
        *_named({f"line_unknown_{past.get('history', 'reconstructed')}": unknown}, 1 if brief else 2, language),
        "  " + word("line_sunk", language).format(shown(float(past.get("sunk_later", np.nan)), 2), money, since),
    ]
    short = shortfalls_in_words(results, past_shortfalls(results), language)
    if short:
        first = "  " + word("line_past_short", language).format(shown(float(past.get("short_cost", np.nan)), 2), money, "")
        lines += wrapped(short, first=first, separator=separator, lines=3)
    again = done_unrecorded(results)
    lines += done_again_lines(results, language, lines=1 if brief else 2)
    said = {
        "line_official_apart": judged_names(results, language, lambda one: not one["agrees"] and one["target"] not in again),
        "line_published_apart": published_apart(results, language),
    }
    lines += _named(said | {"line_behind": behind_in_words(results, past, language)}, 1 if brief else 2, language)
    moved = moved_in_words(results, past, language)
    if brief:
        remarks = len(past.get("raised", ())) + len(past.get("unused", ())) + len(moved)
        more = [*([counted("remarks", remarks, language)] if remarks else []), *readings_counted(manifest, language)]
        return [*lines, *([f"  {word('line_remarks', language).format(separator.join(more))}"] if more else [])]
    lines += (
        wrapped(moved, first=f"  {counted('line_estimates_moved', len(moved), language)}", separator=separator, lines=2) if moved else []
    )
    raised = raised_in_words(results, past, language)
    lines += wrapped(raised, first=f"  {word('line_raised', language).format('')}", separator=separator, lines=1) if raised else []
    unused = unused_in_words(results, past, language)
    if unused:
        first = word("line_unused", language).format("")
        lines += wrapped(unused, first=first, separator=separator, lines=2)
    return lines


def _named(said: Mapping[str, Sequence[str]], most: int, language: str) -> list[str]:
    """Under each word what it is said of, in at most so many lines; nothing where there is none."""
    separator = word("separator", language)
    return [
        line
        for key, named in said.items()
        if named
        for line in wrapped(list(named), first=f"  {word(key, language).format('')}", separator=separator, lines=most)
    ]


def verdicts(results: xr.Dataset, language: str) -> list[str]:
    """How many past targets were met, missed or are unknown, each in its own year; those that a document says were missed by name. Those that are open
    again are counted there.
    """
    names, past = labels(results, "target", "label", language), open_targets(results).past
    counts = Counter(past.values())
    told = [word(f"answer_past_{state}", language).format(counts[state]) for state in PAST if counts[state]]
    own = own_judgements(results) if "missed" in counts else {}
    missed = [f"{names[t]} ({own[t]['year']})" for t, state in past.items() if state == "missed"]
    return [*told[:-1], f"{told[-1]}{word('colon', language)}{missed[0]}", *missed[1:]] if missed else told


def judged_names(results: xr.Dataset, language: str, asked: Callable[[Mapping[str, Any]], bool]) -> list[str]:
    """The past targets whose judgement, in their own year, is as asked: each with that year."""
    if "judged_target" not in results:
        return []
    names = labels(results, "target", "label", language)
    return [word("with_band", language).format(names[t], one["year"]) for t, one in own_judgements(results).items() if asked(one)]


def done_again_lines(results: xr.Dataset, language: str, *, lines: int) -> list[str]:
    """Targets that are met by a document or a published value and not by what the case tells was built: the first decided year does it again."""
    names, again = labels(results, "target", "label", language), done_unrecorded(results)
    if not again:
        return []
    title = flowed("  " + word("line_done_again", language).format(next_years(results)[0]), screen_width)
    told = [word("with_band", language).format(names[t], year) for t, year in again.items()]
    return [*title, *wrapped(told, first="    ", separator=word("separator", language), lines=lines)]


def published_apart(results: xr.Dataset, language: str) -> list[str]:
    """What was published of targets' years and the model has otherwise: it goes on from its own value, the farthest first."""
    names = labels(results, "target", "label", language)
    rows = zip(*(results[name].values.tolist() for name in ("row_target", "row_year", "achieved")), strict=True)
    modelled, found = {(t, y): value for t, y, value in rows}, dict[str, float]()
    for one in judgements(results):
        own = modelled.get((one["target"], one["year"]), np.nan)
        share = abs(own - one["achieved"]) / max(abs(one["achieved"]), trifle)
        if one["achieved_by"] == "published" and share > told_apart:
            unit, factor = display_unit(one["unit"], language)
            told = (names[one["target"]], one["year"], shown(one["achieved"] * factor), shown(own * factor), unit)
            found[word("published_apart", language).format(*told)] = share
    return sorted(found, key=lambda said: -found[said])


def moved_in_words(results: xr.Dataset, past: Mapping[str, Any], language: str) -> list[str]:
    """Estimates that stand at another value of their range than their row says, each with what stands and what the row says."""
    names, units = labels(results, "measure", "label", language), attributes(results, "measure", "measure_unit")
    return [
        word("moved_line", language).format(names[one["measure"]], one["year"], *stands_and_row(one, str(units[one["measure"]]), language))
        for one in past.get("moved", ())
    ]


def stands_and_row(one: Mapping[str, Any], unit: str, language: str) -> tuple[str, str, str]:
    """What stands of an estimate, the unit, and what its row says: value, low and high."""
    shown_unit, factor = display_unit(unit, language)
    amounts = [one[name] * factor for name in ("stands", "row", "low", "high")]
    places = decimals(amounts, shown_unit)
    stands, *row = (shown(amount, places) for amount in amounts)
    return stands, shown_unit, word("row_says", language).format(*row)


def moved_rows(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> dict[tuple[str, int], str]:
    """{(measure, year): what the row of an estimate says} where another value of its range stands."""
    units = attributes(results, "measure", "measure_unit")
    return {
        (one["measure"], one["year"]): stands_and_row(one, str(units[one["measure"]]), language)[2]
        for one in dict(manifest.get("past", {})).get("moved", ())
    }


def raised_in_words(results: xr.Dataset, past: Mapping[str, Any], language: str) -> list[str]:
    """Of how many measures more is recorded, and of how many more estimated, than the case says there can be, with their names."""
    names = labels(results, "measure", "label", language)
    found = {
        by: list(dict.fromkeys(names[one["measure"]] for one in past.get("raised", ()) if one["by"] == by)) for by in ("record", "estimate")
    }
    counts = [word(f"raised_{by}", language).format(len(mine)) for by, mine in found.items() if mine]
    return [*counts, *found["record"], *found["estimate"]]


def past_raised(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """What was built beyond what the case says there can be, in all or in a year, and how it is known."""
    facts, rows = measure_facts(results, language), list[dict[str, Any]]()
    for one in dict(manifest.get("past", {})).get("raised", ()):
        fact, known = facts[one["measure"]], QUANTITIES["measures"][one["what"]]
        rows.append(
            {
                "measure": fact["measure"], "quantity": of_both(known.en, known.zh, language), "year": one["year"], "unit": fact["unit"],
                "case_says": tidy(one["told"] * fact["_factor"]), "stands": tidy(one["stands"] * fact["_factor"]),
                "known_by": word(f"word_{one['by']}", language), "_word": one["by"],
            }
        )  # fmt: skip
    return table(word("title_past_raised", language), ["measure", "quantity", "year", "unit", "case_says", "stands", "known_by"], rows)


def behind_in_words(results: xr.Dataset, past: Mapping[str, Any], language: str) -> list[str]:
    """Measures whose least amount is out of reach in some decided years, each with those years."""
    names, years = labels(results, "measure", "label", language), dict[str, list[int]]()
    for one in past.get("behind", ()):
        years.setdefault(one["measure"], []).append(one["year"])
    return [
        word("with_band", language).format(names[k], year_spans(mine, results["year"].values.tolist(), language))
        for k, mine in years.items()
    ]


def past_behind(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """Least amounts in force that what was built leaves out of reach, and what is held in their place."""
    facts = measure_facts(results, language)
    rows = [
        {
            "measure": (fact := facts[one["measure"]])["measure"], "year": one["year"], "unit": fact["unit"],
            "case_says": tidy(one["told"] * fact["_factor"]), "held_instead": tidy(one["held"] * fact["_factor"]),
        }
        for one in dict(manifest.get("past", {})).get("behind", ())
    ]  # fmt: skip
    return table(word("title_past_behind", language), ["measure", "year", "unit", "case_says", "held_instead"], rows)


def unused_in_words(results: xr.Dataset, past: Mapping[str, Any], language: str) -> list[str]:
    """Rows that do not count as they stand: what each tells of, its year, and in a few words why; where that is not stored, its place alone."""
    names = {name: said for kind in ("measure", "target", "indicator") for name, said in labels(results, kind, "label", language).items()}
    return [
        word("unused_line", language).format(
            item=names.get(one["item"], one["item"]), year=one["year"], why=word(f"unused_{one['code']}", language)
        )
        if one.get("item")
        else place_words(Place(one["file"], one["row"], None), language)
        for one in past.get("unused", ())
    ]


def past_unused(manifest: Mapping[str, Any], language: str) -> Table:
    """Rows that do not count as they stand, each with its reason."""
    colon = word("colon", language)
    rows = [
        {
            "item": said,
            "note": fault_sentence(
                Fault(one["code"], place, *(amount_said(one[end], language) for end in ("found", "expected"))), language
            ).removeprefix(f"{said}{colon}"),
        }
        for one in dict(manifest.get("past", {})).get("unused", ())
        for place in [Place(one["file"], one["row"], one["column"])]
        for said in [place_words(place, language)]
    ]
    return table(word("title_past_unused", language), ["item", "note"], rows)


def past_money(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """Present value of what is still paid on for what was built before decisions begin: over all years, and from the first decided one on."""
    past, unit, since = dict(manifest.get("past", {})), display_unit("亿元", language)[0], int(results.attrs["decide_from"])
    rows = [
        {"item": said, "value": tidy(float(past[name])), "unit": unit}
        for name, said in (("sunk", word("sunk_all", language)), ("sunk_later", word("sunk_from", language).format(since)))
        if name in past
    ]
    return table(word("title_past_money", language), ["item", "value", "unit"], rows)


def past_builds(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """What was built before decisions begin, by measure and year, with how it is known; of an estimate that stands elsewhere in its range, what its row says."""
    told = moved_rows(results, manifest, language)
    facts, heads = measure_facts(results, language), spans(results)
    since, rows = int(results.attrs["decide_from"]), list[dict[str, Any]]()
    built = results["build"].transpose("measure", "build_year")
    words = results["build_word"].transpose("measure", "build_year")
    for k, amounts, known in zip(built["measure"].values.tolist(), built.values, words.values, strict=True):
        for y, amount, said in zip(built["build_year"].values.tolist(), amounts.tolist(), known.tolist(), strict=True):
            if (said or (k, int(y)) in told) and y < since:
                said = said or "estimate"
                fact = facts[k]
                rows.append(
                    {
                        "sector": fact["sector"], "measure": fact["measure"], "unit": fact["unit"], "period": heads[int(y)], "amount": tidy(amount * fact["_factor"]),
                        "known_by": word(f"word_{said}", language), "row_value": told.get((k, int(y)), ""), "_word": said, "_order": (*fact["_rank"], k, y),
                    }
                )  # fmt: skip
    rows.sort(key=lambda row: row.pop("_order"))
    return table(
        word("title_past_builds", language),
        ["sector", "measure", "unit", "period", "amount", "known_by", *(["row_value"] if told else [])],
        rows,
        [word("note_words", language)],
    )


def past_targets(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """Past targets and how they are judged; missed is said on an official result or a published value alone."""
    facts, rows = target_facts(results, language), list[dict[str, Any]]()
    for one in judgements(results):
        unit, factor = display_unit(one["unit"], language)
        fact = facts[one["target"]]
        state = past_state(one)
        rows.append(
            {
                "clause": fact["clause"], "target": fact["target"], "year": one["year"], "required": tidy(one["required"] * factor) if np.isfinite(one["required"]) else np.nan,
                "achieved": tidy(one["achieved"] * factor), "unit": unit, "state": word(f"judged_{one['verdict']}", language),
                "judged_by": judged_by(one, language), "document": one["document"], "_state": state, "_order": (fact["_clause"], one["target"], one["year"]),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row.pop("_order"))
    columns = ["clause", "target", "year", "required", "achieved", "unit", "state", "judged_by", "document"]
    kept = word(f"note_unknown_{dict(manifest.get('past', {})).get('history', 'reconstructed')}", language)
    notes = [word("note_judged", language), *([kept] if any(row["_state"] == "past_unknown" for row in rows) else [])]
    return table(word("title_past_targets", language), columns, rows, notes)
