"""An explanation as tables: prices, true differences, what moves, what carries a target, what pays for a measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.bands import band, of_sense
from model.report.display import attributes, case_title, decimals, dust, equal_as_shown, labels, shown, tidy
from model.report.pages.page import Page, Report
from model.report.tables import Table, table
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.results.explained import QUESTIONS, Explained, Reason, TargetDifference, TargetPrice

least_shown, told_earnings, narrow = 5e-4, 3, 0.05


class ItemLabels:
    """Labels and units of a case in one language."""

    def __init__(self, known: xr.Dataset, language: str) -> None:
        self.known, self.language = known, language
        self.targets, self.measures = (labels(known, dim, "label", language) for dim in ("target", "measure"))
        self.units = attributes(known, "measure", "measure_unit")
        self.origins = labels(known, "origin", "label", language)

    def of(self, item: str) -> str:
        return self.targets.get(item) or self.measures.get(item) or self.origins.get(item, item)

    def amount(self, measure: str, value: float) -> str:
        unit, factor = display_unit(str(self.units.get(measure, "1")), self.language)
        return f"{shown(value * factor, unit=unit)} {unit}"

    def listed(self, items: Sequence[str], most: int | None = None) -> str:
        """Labels one after the other; with `most`, the first of them and how many there are more."""
        more = [word("line_more", self.language).format(len(items) - most)] if most is not None and len(items) > most else []
        return word("separator", self.language).join([*(self.of(item) for item in items[:most]), *more])

    def earning(self, kind: str, item: str) -> str:
        return word(f"earning_{kind}", self.language).format(self.of(item))


def ranked(explained: Explained) -> list[TargetPrice]:
    """Dearest first: by what leaving a target out saves, where that is known, and by the price of one unit."""
    return sorted(explained.targets, key=lambda one: (-_saving(one), -abs(one.price * one.step), one.id))


def _saving(one: TargetPrice) -> float:
    said = one.difference("without")
    return max(0.0, -said.high) if said is not None and math.isfinite(said.high) else 0.0


def interval(one: TargetDifference | None, language: str) -> str:
    """A true difference in 亿元, short: a number where both ends agree, else both ends; zero only where it is proven."""
    if one is None:
        return "-"
    match one.verdict:
        case "no_plan" | "unknown" | "zero":
            return word(f"cell_{one.verdict}", language)
        case "unproven" if equal_as_shown(one.low, one.high):
            return word("equal_cost", language)
        case "unproven":
            if one.kept and one.question == "tighter":
                return word("cell_kept", language)
            return word("cell_unproven", language).format(f"≤{shown(max(abs(one.low), abs(one.high)), 2)}")
    places = max(2, decimals([one.low, one.high])) if max(abs(one.low), abs(one.high)) < 1 else 2
    if abs(one.high - one.low) <= narrow * abs(one.high + one.low) / 2:
        return f"{one.found:+,.{places}f}"
    return f"{one.low:+,.{places}f}..{one.high:+,.{places}f}"


def verdict(one: TargetDifference, language: str) -> str:
    if one.verdict == "unproven" and equal_as_shown(one.low, one.high):
        return word("equal_cost", language)
    return word("verdict_kept" if one.verdict == "unproven" and one.kept else f"verdict_{one.verdict}", language)


def prices(explained: Explained, names: ItemLabels) -> Table:
    """One row per target: price with its range, and the three true differences."""
    language = names.language
    columns = (
        "target",
        "target_value",
        "unit",
        "band",
        "held_price_yearly",
        "held_price",
        "price_unit",
        "holds_low",
        "holds_high",
        "one_step",
        *QUESTIONS,
    )
    rows = []
    for one in ranked(explained):
        unit, factor = display_unit(one.unit, language)
        price, price_unit = shown_price(one.price, one.unit, language)
        yearly, _ = shown_price(one.price_yearly, one.unit, language)
        rows.append(
            {
                "target": names.of(one.id), "target_value": tidy(one.value * factor), "unit": unit, "band": of_sense(one.sense, one.value * factor, one.tolerance, language),
                "held_price_yearly": tidy(yearly), "held_price": tidy(price), "price_unit": price_unit, "holds_low": tidy(one.low * factor), "holds_high": tidy(one.high * factor), "one_step": f"{shown(one.step * factor)} {unit}",
                **{question: interval(one.difference(question), language) for question in QUESTIONS},
            }
        )  # fmt: skip
    notes = [word(name, language) for name in ("line_explain_price", "note_held", "line_explain_legend", "note_step")]
    missed = unmet_years(explained, names)
    notes += [word("line_explain_unmet", language).format(word("separator", language).join(missed))] if missed else []
    return table(
        word("title_explain_prices", language),
        columns,
        rows,
        notes if explained.complete else [word("line_explain_part", language), *notes],
    )


def unmet_years(explained: Explained, names: ItemLabels) -> list[str]:
    """Each target that the plan cannot meet, with the years."""
    found = {one.id: [str(year.year) for year in one.years if not year.met] for one in explained.targets}
    comma = word("comma", names.language)
    return [f"{names.of(target)} ({comma.join(dict.fromkeys(years))})" for target, years in found.items() if years]


def by_year(explained: Explained, names: ItemLabels) -> Table:
    """One row per target and year, each side of a band apart. The price holds between these values of the plan's own number."""
    columns = (
        "target", "year", "required", "unit", "band", "achieved", "slack", "state", "held_price_yearly", "held_price", "price_unit", "holds_low", "holds_high",
    )  # fmt: skip
    rows = []
    for one in ranked(explained):
        unit, factor = display_unit(one.unit, names.language)
        for year in one.years:
            price, price_unit = shown_price(year.price, one.unit, names.language)
            yearly, _ = shown_price(year.price_yearly, one.unit, names.language)
            per_value = year.value / year.required if year.required else 1.0
            numbers = {
                "required": year.value,
                "achieved": year.achieved,
                "slack": year.slack,
                "holds_low": year.low * per_value,
                "holds_high": year.high * per_value,
            }
            ends = {year.sense: year.required * factor}
            state = "out_of_reach" if not year.met else "binding" if year.binding else "met"
            price, yearly = (price, yearly) if year.met else (np.nan, np.nan)
            rows.append(
                {
                    "target": names.of(one.id), "year": year.year, "unit": unit, "state": word(state, names.language), "_state": state,
                    "band": band(year.value * factor, ends.get(">="), ends.get("<="), names.language),
                    "held_price_yearly": tidy(yearly), "held_price": tidy(price), "price_unit": price_unit, **{name: tidy(value * factor) for name, value in numbers.items()},
                }
            )  # fmt: skip
    return table(word("title_explain_years", names.language), columns, rows, [word("note_held", names.language)])


def differences(explained: Explained, names: ItemLabels) -> Table:
    """One row per target and question, with both ends; then one for each measure that moves."""
    language = names.language
    columns = ("target", "question", "asks", "unit", "verdict", "low", "high", "measure", "year", "before", "then", "cost_change")
    rows: list[dict[str, Any]] = []
    for one in ranked(explained):
        unit, factor = display_unit(one.unit, language)
        for said in one.differences:
            head = {
                "target": names.of(one.id), "question": word(said.question, language), "unit": unit, "verdict": verdict(said, language),
                "asks": tidy(said.value * factor) if said.value is not None else np.nan, "low": tidy(said.low), "high": tidy(said.high), "_total": True,
            }  # fmt: skip
            rows.append({**head, "measure": "", "before": "", "then": "", "year": "", "cost_change": np.nan})
            rows += [
                {
                    **dict.fromkeys(("verdict", "unit"), ""), "asks": np.nan, "low": np.nan, "high": np.nan, "target": head["target"],
                    "question": head["question"], "measure": names.of(move.measure), "year": str(move.year), "before": names.amount(move.measure, move.before),
                    "then": names.amount(move.measure, move.after), "cost_change": tidy(move.cost),
                }
                for move in said.moves
            ]  # fmt: skip
    return table(word("title_explain_moves", language), columns, rows, [word("line_explain_legend", language)])


def carried(explained: Explained, names: ItemLabels) -> Table:
    """Of each target the gap to the usual path, then what each measure brings by itself, then sectors that cannot be told apart."""
    language = names.language
    columns = ("target", "year", "measure", "brings", "unit", "share_of_usual", "give_way", "told_apart", "held_together")
    rows = [row for one in ranked(explained) if one.carried or one.together for row in _carried_rows(one, names)]
    return table(word("title_explain_carriers", language), columns, rows, [word("note_carried", language)])


def _carried_rows(one: TargetPrice, names: ItemLabels) -> list[dict[str, Any]]:
    language = names.language
    unit, factor = display_unit(one.unit, language)
    told = {True: word("apart_yes", language), False: word("apart_no", language)}
    lines = [
        (word("carried_usual", language), one.usual_gap, "", "", ""),
        *((names.of(part.measure), part.amount, names.listed(part.along), told[part.apart], "") for part in one.carried),
        *(
            (word("carried_together", language).format(names.of(group.sector)), group.amount, "", "", names.listed(group.measures))
            for group in one.together
        ),
    ]
    return [
        {
            "target": names.of(one.id), "year": one.carried_year, "measure": what, "brings": tidy(amount * factor), "unit": unit,
            "share_of_usual": tidy(100 * amount / one.usual_gap) if one.usual_gap > dust else np.nan,
            "give_way": give_way, "told_apart": apart, "held_together": members, "_total": not at,
        }
        for at, (what, amount, give_way, apart, members) in enumerate(lines)
    ]  # fmt: skip


def untold(explained: Explained, names: ItemLabels) -> Table:
    rows = [{"measure": names.of(one.measure), "why_untold": word(f"untold_{one.why}", names.language)} for one in explained.untold]
    return table(word("title_explain_untold", names.language), ("measure", "why_untold"), rows)


def built(explained: Explained, names: ItemLabels) -> Table:
    columns = ("measure", "built_amount", "cost_all", "paid_by", "held_by", "needed_for")
    rows = [
        {
            "measure": names.of(one.measure), "built_amount": names.amount(one.measure, one.amount), "cost_all": tidy(one.cost),
            "paid_by": paid_by(one, names), "held_by": left_over(one, names.language),
            "needed_for": word("separator", names.language).join(names.of(t) for t in falls_without(explained, one.measure)),
        }
        for one in explained.measures
        if one.built
    ]  # fmt: skip
    return table(word("title_explain_built", names.language), columns, rows, [word("note_earnings", names.language)])


def falls_without(explained: Explained, measure: str) -> list[str]:
    """Targets without which there is less of a measure, dearest first, as solving again found where it proved a difference.

    Where none is proven, the plan in hand does as well without the target, and nothing of it is there for the target's sake.
    """
    said = [(one.id, one.difference("without")) for one in ranked(explained)]
    return [
        t for t, d in said
        if d is not None and d.verdict == "proven" and any(move.measure == measure and move.after < move.before for move in d.moves)
    ]  # fmt: skip


def unbuilt(explained: Explained, names: ItemLabels) -> Table:
    columns = ("measure", "unit", "year", "cost_unit", "paid_by", "lacks", "lacks_share", "why_not", "cheap_for")
    rows = []
    for one in explained.measures:
        if not one.built:
            rows.append(
                {
                    "measure": names.of(one.measure), "unit": names.amount(one.measure, one.amount), "year": one.year, "cost_unit": tidy(one.cost),
                    "paid_by": paid_by(one, names), "lacks": tidy(one.lacks), "lacks_share": 100 * one.lacks / one.cost if one.cost > 0 else np.nan,
                    "why_not": why_not(one, names), "cheap_for": ", ".join(names.of(t) for t in one.cheap_for),
                }
            )  # fmt: skip
    notes = [word(name, names.language) for name in ("note_earnings", "note_cheap_for")]
    return table(word("title_explain_unbuilt", names.language), columns, rows, notes)


def paid_by(one: Reason, names: ItemLabels, most: int = told_earnings) -> str:
    """The largest earnings, in 亿元."""
    told = [part for part in one.earnings if part.amount > 0][:most]
    return word("separator", names.language).join(f"{names.earning(part.kind, part.item)} {shown(part.amount)}" for part in told) or "-"


def left_over(one: Reason, language: str) -> str:
    if abs(one.lacks) <= least_shown * max(abs(one.cost), 1.0):
        return word("left_nothing", language)
    if one.lacks > 0:
        return word("left_whole", language).format(shown(one.lacks))
    return word("left_rent_whole" if one.whole else "left_rent", language).format(shown(-one.lacks))


def why_not(one: Reason, names: ItemLabels) -> str:
    language = names.language
    if one.lacks < -least_shown * max(abs(one.cost), dust_of(one)):
        return word("not_whole" if one.whole else "left_nothing", language)
    if one.lacks <= least_shown * abs(one.cost):
        return word("not_even", language)
    drains = [part for part in one.earnings if part.amount < 0]
    if not any(part.amount > 0 for part in one.earnings) and not drains:
        return word("not_paid_little", language)
    if drains and -drains[0].amount > 0.5 * one.lacks:
        return word("not_paid_drain", language).format(shown(one.lacks), names.earning(drains[0].kind, drains[0].item))
    return (
        word("not_paid", language).format(shown(100 * one.lacks / one.cost, 0 if one.lacks > 0.1 * one.cost else 1))
        if one.cost > 0
        else "-"
    )


def dust_of(one: Reason) -> float:
    return max([1e-6, *(abs(part.amount) for part in one.earnings)])


def explain_report(explained: Explained, known: xr.Dataset, language: str) -> Report:
    names = ItemLabels(known, language)
    told_nothing = {"untold": untold(explained, names)} if explained.untold else {}
    pages = [
        Page("explain", {"prices": prices(explained, names)}),
        Page("explain_years", {"by-year": by_year(explained, names)}),
        Page("explain_moves", {"differences": differences(explained, names)}),
        Page("explain_carriers", {"carried": carried(explained, names)} | told_nothing),
        Page("explain_reasons", {"built": built(explained, names), "not-built": unbuilt(explained, names)}),
    ]
    return Report(case_title(known, language), word("title_explain", language), language, pages)
