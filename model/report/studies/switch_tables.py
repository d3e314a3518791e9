"""Switching values as tables, on a screen and as a workbook: between which values it flips, and the plans that show it."""

from __future__ import annotations

import xarray as xr

from model.report.display import attributes, case_title, labels, shown, tidy
from model.report.layout import screen
from model.report.pages.page import PALETTE, Chart, Page, Report, Series
from model.report.studies.endings import ending, stopped_lines
from model.report.tables import Table, table
from model.report.units import display_unit, shown_price, spelled_unit
from model.report.words import said, word
from model.report.writers.screen import table_lines
from model.results.switch import Switch, SwitchPoint

most_rows, figures, most_figures = 25, 6, 15


def switch_text(made: Switch, known: xr.Dataset, language: str) -> str:
    """Each flip in a sentence, then the plans along the number."""
    lines = [case_title(known, language), question_line(made, known, language)]
    lines += stopped_lines(made, language, shown=bool(made.points))
    for one, other in made.flips:
        first, last = apart(one.value, other.value)
        told = {
            "a": first,
            "b": last,
            "before": state_said(made, one, language),
            "after": state_said(made, other, language),
        }
        lines.append(word("line_switch", language).format(**told))
        if (about := made.left_open(one, other)) > other.value - one.value:
            lines.append("  " + word("line_switch_open", language).format(about=shown(about), unit=spelled_unit(made.unit, language)))
    if not made.flips and made.points:
        lines.append(word("line_no_switch", language).format(state_said(made, made.points[0], language)))
    if made.points:
        lines += ["", *table_lines(_points(made, known, language), language, most=most_rows, distinct=_head(made, language))]
    return screen(lines)


def switch_report(made: Switch, known: xr.Dataset, language: str) -> Report:
    drawn = [_curve("switch_points", made, known, language)] if len(made.points) > 1 else []
    pages = [
        Page("switch", {"switch": _flips(made, known, language)}),
        Page("switch_points", {"switch_points": _points(made, known, language)}, drawn),
    ]
    return Report(case_title(known, language), question_line(made, known, language), language, pages)


def question_line(made: Switch, known: xr.Dataset, language: str) -> str:
    """What is watched while which number goes from where to where."""
    item = labels(known, made.watched, "label", language)[made.item]
    if made.year:
        item = word("by_the_year" if made.watched == "measure" else "in_the_year", language).format(item, made.year)
    what, unit = word("switch_built" if made.watched == "measure" else "switch_price", language), spelled_unit(made.unit, language)
    return word("switch_of", language).format(what, item, _number(made, language), value_said(made.low), value_said(made.high), unit)


def _flips(made: Switch, known: xr.Dataset, language: str) -> Table:
    rows = [
        {
            "flip_from": one.value, "flip_to": other.value, "unit": spelled_unit(made.unit, language),
            "flip_before": state_said(made, one, language), "flip_after": state_said(made, other, language),
        }
        for one, other in made.flips
    ]  # fmt: skip
    columns = ["flip_before", "flip_after", "flip_from", "flip_to", "unit"]
    notes = [word("note_switch", language), word("note_switch_path", language)]
    return table(word("title_switch", language).format(_number(made, language)), columns, rows, notes)


def _points(made: Switch, known: xr.Dataset, language: str) -> Table:
    """One row for each plan, from low to high."""
    money, factor = display_unit("亿元", language)
    head, (_, scale) = _head(made, language), _amount_unit(made, known, language)
    amount = _amount_head(made, known, language)
    rows = [
        {
            head: one.value, "plan_state": state_said(made, one, language), amount: tidy(one.amount * scale), "cost_low": tidy(one.low * factor),
            "cost_high": tidy(one.high * factor), "_total": any(one in pair for pair in made.flips),
        }
        for one in made.points
    ]  # fmt: skip
    title = word("title_switch_points", language).format(value_said(made.low), value_said(made.high), spelled_unit(made.unit, language))
    return table(f"{title} ({money})", [head, "plan_state", amount, "cost_low", "cost_high"], rows, [word("note_switch", language)])


def _curve(key: str, made: Switch, known: xr.Dataset, language: str) -> Chart:
    """How much of it there is along the number."""
    head, amount = _head(made, language), _amount_head(made, known, language)
    return Chart(
        "points",
        question_line(made, known, language),
        key,
        head,
        [Series(amount, PALETTE[0], column=amount, look="apart")],
        head,
        amount,
        remark=word("remark_points", language),
    )


def _head(made: Switch, language: str) -> str:
    return f"{_number(made, language)} ({spelled_unit(made.unit, language)})"


def _amount_head(made: Switch, known: xr.Dataset, language: str) -> str:
    return f"{labels(known, made.watched, 'label', language)[made.item]} ({_amount_unit(made, known, language)[0]})"


def _amount_unit(made: Switch, known: xr.Dataset, language: str) -> tuple[str, float]:
    """The unit in which amounts built, or prices, are shown, and the factor to it."""
    unit = str(attributes(known, made.watched, f"{made.watched}_unit")[made.item])
    if made.watched == "measure":
        return display_unit(unit, language)
    factor, shown_unit = shown_price(1.0, unit, language)
    return shown_unit, factor


def _number(made: Switch, language: str) -> str:
    return said(made, "label", language)


def state_said(made: Switch, one: SwitchPoint, language: str) -> str:
    if one.state != "no_plan":
        return word(f"state_{made.watched}_{one.state}", language)
    return f"{word('state_no_plan', language)}{word('colon', language)}{ending(one.status, language)}"


def apart(one: float, other: float) -> tuple[str, str]:
    """Two values with as many figures as it takes to see by how much they differ.

    >>> apart(7000, 8100), apart(8000.000095, 8000.00062)
    (('7,000', '8,100'), ('8,000.0001', '8,000.0006'))
    """
    rounded = ((count, abs(float(f"{value:.{count}g}") - value)) for count in range(figures, most_figures) for value in (one, other))
    coarse = {count for count, lost in rounded if lost > abs(other - one) / 20}
    count = max(coarse, default=figures - 1) + 1
    return value_said(one, count), value_said(other, count)


def value_said(value: float, count: int = figures) -> str:
    """With the figures it takes to tell ends apart that are a hundredth of the way from each other.

    >>> value_said(7984.375), value_said(0.35)
    ('7,984.38', '0.35')
    """
    return f"{float(f'{value:.{count}g}'):,.{most_figures}g}" if value else shown(0.0, 0)
