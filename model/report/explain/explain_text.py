"""An explanation on one or two screens: targets ranked by what they cost, what moves, what pays for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan

import xarray as xr

from model.report.bands import of_sense
from model.report.display import case_title, decimals, shown
from model.report.explain.budget_lines import budget_lines
from model.report.explain.explain_tables import ItemLabels, interval, paid_by, ranked, unmet_years, why_not
from model.report.layout import columns_of, plain, screen, wrapped
from model.report.progress import Progress
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.results.explained import QUESTIONS, Asking, Explained, TargetPrice

most_targets, most_moving, most_measures, most_carrying, most_named = 22, 5, 8, 4, 3
least_price, endless = 1e-9, 1e12


def explain_text(explained: Explained, known: xr.Dataset, language: str) -> str:
    """The whole explanation; all of it in GBK."""
    names = ItemLabels(known, language)
    costs = shown(explained.cost.value, 2), shown(explained.cost.gap, 2), display_unit("亿元", language)[0]
    if explained.run:
        head = word("line_explain_head_run", language).format(explained.run, *costs)
    else:
        head = word("line_explain_head", language).format(*costs)
    lines = [case_title(known, language), head]
    if explained.schedule:
        lines.append(word("line_explain_schedule", language))
    lines.append("")
    if not explained.complete and any(one.differences for one in explained.targets):
        lines += [word("line_explain_part", language), ""]
    lines += [*_prices(explained, names), *budget_lines(explained, names), "", *_moves(explained, names), *_measures(explained, names)]
    return screen(lines)


def explain_progress(progress: Progress, known: xr.Dataset, language: str) -> Callable[[Asking], None]:
    """Progress of what is solved again: which target is asked or what is left out, how many are left, about how long that takes."""
    names = ItemLabels(known, language)

    def tell(asking: Asking) -> None:
        asked = [word(asking.question, language)] if asking.question else []
        if isnan(asking.seconds):
            key = "line_explain_again_first" if asked else "line_explain_left_out_first"
        else:
            key = "line_explain_again" if asked else "line_explain_left_out"
        progress.note(plain(word(key, language).format(names.of(asking.item), *asked, asking.left, f"{asking.seconds:.0f}")))

    return tell


def _prices(explained: Explained, names: ItemLabels) -> list[str]:
    language = names.language
    told = [one for one in ranked(explained) if _costs(one)]
    heading = [
        word("target", language),
        word("price_short", language),
        word("price_present", language),
        "",
        word("holds_between", language),
        *(word(q, language) for q in QUESTIONS),
    ]
    rows = []
    for one in told[:most_targets]:
        unit, factor = display_unit(one.unit, language)
        price, price_unit = shown_price(one.price, one.unit, language)
        yearly, _ = shown_price(one.price_yearly, one.unit, language)
        row = [names.of(one.id), shown(yearly), shown(price), price_unit, _between(one, factor, unit, language)]
        rows.append([*row, *[interval(one.difference(q), language) for q in QUESTIONS]])
    lines = [word("title_explain_prices", language)]
    lines += [*columns_of(heading, rows, left=1), *_abouts(told[:most_targets], names)]
    if len(told) > most_targets:
        lines.append(f"  {word('line_more', language).format(len(told) - most_targets)}")
    missed = unmet_years(explained, names)
    if missed:
        lines += wrapped(missed, first="  " + word("line_explain_unmet", language).format(""), separator=word("separator", language))
    rest = [names.of(one.id) for one in explained.targets if not _costs(one) and all(year.met for year in one.years)]
    if rest:
        first = "  " + word("line_explain_free", language).format(len(rest), "")
        lines += wrapped(rest, first=first, separator=word("separator", language), lines=3)
    for note in ("line_explain_price", "line_explain_legend", "note_step"):
        lines.append(f"  {word(note, language)}")
    return lines


def _abouts(told: Sequence[TargetPrice], names: ItemLabels) -> list[str]:
    """The plan's own number and the band of each target that the plan words as "about"."""
    parts = []
    for one in told:
        unit, factor = display_unit(one.unit, names.language)
        if told_band := of_sense(one.sense, one.value * factor, one.tolerance, names.language):
            number = f"{shown(one.value * factor, decimals([one.value * factor], unit))} {unit}"
            parts.append(f"{names.of(one.id)}{word('colon', names.language)}{word('with_band', names.language).format(number, told_band)}")
    first = "  " + word("line_explain_about", names.language).format("")
    return wrapped(parts, first=first, separator=word("separator", names.language)) if parts else []


def _between(one: TargetPrice, factor: float, unit: str, language: str) -> str:
    """The values of the target between which its price holds."""
    places = decimals([one.value * factor], unit)
    if one.high - one.low <= 0.5 * 10.0**-places / factor:
        return word("cell_point", language)
    return "..".join(shown(end * factor, places) if abs(end) < endless else "" for end in (one.low, one.high))


def _costs(one: TargetPrice) -> bool:
    return abs(one.price) > least_price or any(said.verdict == "proven" for said in one.differences)


def _moves(explained: Explained, names: ItemLabels) -> list[str]:
    """For the dearest targets: what carries them, and which measures change when the target is left out."""
    language, lines = names.language, list[str]()
    separator = word("separator", language)
    for one in [one for one in ranked(explained) if _costs(one)][:most_moving]:
        lines += [_carried(one, names)] if one.carried or one.together else []
        said = one.difference("without")
        if said is not None and said.verdict == "proven" and said.moves:
            parts = [
                f"{names.of(m.measure)} {m.year}: {names.amount(m.measure, m.before)} -> {names.amount(m.measure, m.after)}"
                for m in said.moves[:2]
            ]
            text = word("line_explain_moves", language).format(names.of(one.id), interval(said, language), separator.join(parts))
            lines.append(f"  {text}")
    if explained.untold:
        names_of_them = names.listed([one.measure for one in explained.untold], most_named)
        lines.append(word("line_explain_untold", language).format(len(explained.untold), names_of_them))
    return [word("title_explain_targets", language), *(f"  {line}" for line in lines), ""] if lines else []


def _carried(one: TargetPrice, names: ItemLabels) -> str:
    """By how much the target stands better than on the usual path, and what of it goes without which measure."""
    language = names.language
    unit, factor = display_unit(one.unit, language)
    told = [one.usual_gap, *(part.amount for part in one.carried), *(group.amount for group in one.together)]
    places = decimals([value * factor for value in told], unit)

    def amount(value: float) -> str:
        return f"{shown(value * factor, places)} {unit}"

    parts = []
    for part in [part for part in one.carried if part.apart and part.amount > 0][:most_carrying]:
        if part.along:
            parts.append(
                word("line_explain_with", language).format(names.of(part.measure), amount(part.amount), names.listed(part.along, 1))
            )
        else:
            parts.append(f"{names.of(part.measure)} {amount(part.amount)}")
    for group in [group for group in one.together if group.amount > 0][:most_carrying]:
        sector = f"{names.of(group.sector)} ({names.listed(group.measures, most_named)})"
        parts.append(word("line_explain_together", language).format(sector, amount(group.amount)))
    text = word("separator", language).join(parts) or word("none", language)
    return word("line_explain_carried", language).format(names.of(one.id), one.carried_year, amount(one.usual_gap), text)


def _measures(explained: Explained, names: ItemLabels) -> list[str]:
    language, lines = names.language, list[str]()
    built = [one for one in explained.measures if one.built and one.cost > 0][:most_measures]
    near = [one for one in explained.measures if not one.built][:most_measures]
    if built:
        rows = [[names.of(one.measure), names.amount(one.measure, one.amount), shown(one.cost), paid_by(one, names)] for one in built]
        heading = [word("measure", language), word("built_amount", language), word("cost_all", language), word("paid_by", language)]
        lines += [word("line_explain_built", language), *_left(heading, rows), ""]
    if near:
        rows = [[names.of(one.measure), names.amount(one.measure, one.amount), shown(one.cost), why_not(one, names)] for one in near]
        heading = [word("measure", language), word("unit", language), word("cost_unit", language), word("why_not", language)]
        lines += [word("line_explain_unbuilt", language), *_left(heading, rows)]
    return lines


def _left(heading: list[str], rows: list[list[str]]) -> list[str]:
    return columns_of(heading, rows, left=4)
