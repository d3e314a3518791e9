"""Sentences about a clash in one language, by the labels of a case: targets, limits, demands, ways out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.report.bands import of_sense
from model.report.display import day_said, shown, year_spans
from model.report.units import display_unit
from model.report.words import counted, said, word
from model.results.clash import Limit, Missing, Raised, Relaxation, Way
from model.results.explained import Move


class ClashSentences:
    """The case's labels and years in one language."""

    def __init__(self, case: Case, language: str) -> None:
        self.case, self.language = case, language
        self._rows = {row.id: row for rows in case.tables.values() for row in rows if "label_en" in type(row).model_fields}

    def row(self, table: str, name: str) -> Any:
        return next(row for row in self.case.tables[table] if row.id == name)

    def label(self, name: str) -> str:
        row = self._rows.get(name)
        return name if row is None else said(row, "label", self.language)

    def years(self, years: Sequence[int]) -> str:
        """Years that follow one another in the model as a span: 2025–2030."""
        return year_spans(years, self.case.header.years, self.language)

    def member(self, target: str, years: Sequence[int]) -> str:
        row = self.row("targets", target)
        strength = word(f"strength_{row.strength}", self.language)
        clause = self.label(row.clause)
        if FORMS[row.form].peak:
            return word("clash_member_peak", self.language).format(
                label=self.label(target), clause=clause, strength=strength, years=self.years(years)
            )
        unit, factor = display_unit(row.unit, self.language)
        if about := of_sense(row.sense, row.value * factor, row.tolerance, self.language):
            unit = word("with_band", self.language).format(unit, about)
        return word("clash_member", self.language).format(
            label=self.label(target), clause=clause, strength=strength, sense=word(f"sense_{row.sense}", self.language),
            value=_plainly(row.value * factor), unit=unit, years=self.years(years),
        )  # fmt: skip

    def limit(self, limit: Limit) -> str:
        amount = self._amount(limit)
        return word(f"limit_{limit.kind}", self.language).format(
            item=self.label(limit.item),
            amount=(word("unit_space", self.language) if amount else "") + amount,
            years=self.years(limit.years),
            after=self._after(limit),
        )

    def limits(self, limits: Sequence[Limit]) -> Iterator[tuple[str, list[str]]]:
        """Limits kind by kind, the heaviest kind first: one alone as a sentence, several as a heading with their items."""
        kinds = dict.fromkeys(limit.kind for limit in limits)
        for kind in kinds:
            mine = [limit for limit in limits if limit.kind == kind]
            if len(mine) == 1:
                yield self.limit(mine[0]), []
                continue
            years = self.years(sorted({year for limit in mine for year in limit.years}))
            yield word(f"limits_{kind}", self.language).format(count=len(mine), years=years), [self._brief(limit) for limit in mine]

    def _brief(self, limit: Limit) -> str:
        """A limit under the heading of its kind."""
        told = str(self._after(limit)) if limit.kind in ("lead_time", "earliest") else self._amount(limit)
        return f"{self.label(limit.item)} {told}".rstrip()

    def _after(self, limit: Limit) -> int:
        last = max(limit.years, default=0)
        return next((year for year in self.case.header.years if year > last), last + 1)

    def _amount(self, limit: Limit) -> str:
        """The limit in a unit of the language, from the least to the most of its years; nothing where it is no amount."""
        own = self._unit(limit)
        if not own:
            return ""
        unit, factor = display_unit(own, self.language)
        known = [value * factor for value in limit.amounts if math.isfinite(value)]
        low, high = (min(known), max(known)) if known else (math.nan, math.nan)
        if limit.kind == "pace":
            low, high = self._pace(limit, factor)
        if math.isnan(high):
            return ""
        told = _rounded(high) if abs(high - low) <= 1e-9 * abs(high) else f"{_rounded(low)}–{_rounded(high)}"
        return f"{told}{word('unit_space', self.language)}{unit}"

    def _pace(self, limit: Limit, factor: float) -> tuple[float, float]:
        """Amounts of spans of several years, a year."""
        before = dict(zip(self.case.header.years, [self.case.header.base_year, *self.case.header.years], strict=False))
        yearly = [
            amount * factor / max(year - before.get(year, year - 1), 1) for year, amount in zip(limit.years, limit.amounts, strict=True)
        ]
        return min(yearly), max(yearly)

    def _unit(self, limit: Limit) -> str:
        row = self._rows.get(limit.item)
        return (
            str(getattr(row, "unit", None) or getattr(row, "capacity_unit", None) or "") if limit.kind not in ("coupling", "market") else ""
        )

    def missing(self, one: Missing) -> str:
        unit, factor = display_unit(one.unit, self.language)
        item = word("firm_capacity", self.language) if one.item == "firm_capacity" else self.label(one.item)
        told = word("clash_missing", self.language).format(item=item, amount=f"{shown(one.amount * factor)} {unit}", year=one.year)
        return told + (
            word("clash_missing_hour", self.language).format(day=day_said(str(one.day), self.language), hour=one.hour)
            if one.hour is not None
            else ""
        )

    def way(self, way: Way) -> str:
        """What is given, in one sentence."""
        parts = []
        if way.kind == "later" and way.year is not None:
            row = self.row("targets", way.gives)
            wait = counted("years_later", way.year - row.year, self.language, way.year - row.year)
            parts.append(word("way_later", self.language).format(label=self.label(way.gives), wait=wait, new=way.year, old=row.year))
        elif way.kind == "without":
            parts.append(word("way_without", self.language).format(label=self.label(way.gives)))
        parts += [self._raised(one) for one in way.raised]
        own = {way.gives} if way.kind in ("later", "without") else set()
        parts += self.relaxations(tuple(one for one in way.relaxations if one.target not in own))
        return word("way_and", self.language).join(parts) if parts else word("way_nothing", self.language)

    def _raised(self, raised: Raised) -> str:
        unit, factor = display_unit(str(self._rows[raised.item].unit), self.language)
        given, asked = _apart(raised.given * factor, raised.asked * factor)
        kind = f"way_limit_{raised.kind}" + ("_path" if raised.varies else "")
        return word(kind, self.language).format(
            item=self.label(raised.item), given=given, asked=asked, unit=unit, share=f"{100 * raised.share:.2g}"
        )

    def moves(self, moves: Sequence[Move]) -> list[str]:
        """How each measure moves, in the year in which it moves most."""
        told = []
        for move in moves:
            unit, factor = display_unit(str(self._rows[move.measure].unit), self.language)
            amounts = f"{shown(move.before * factor, unit=unit)} -> {shown(move.after * factor, unit=unit)} {unit}"
            told.append(word("way_move", self.language).format(item=self.label(move.measure), year=move.year, amounts=amounts))
        return told

    def relaxations(self, given: Sequence[Relaxation]) -> list[str]:
        """One sentence for each target: years with the same numbers together, a range where they differ."""
        made = []
        for target in dict.fromkeys(one.target for one in given):
            mine = [one for one in given if one.target == target]
            made.append(self._relaxation(target, mine))
        return made

    def _relaxation(self, target: str, given: Sequence[Relaxation]) -> str:
        unit, factor = display_unit(given[0].unit, self.language)
        worst = max(given, key=lambda one: abs(one.given - one.asked))
        years = self.years([one.year for one in given])
        if FORMS[self.row("targets", target).form].peak:
            rise = shown(max(one.given - one.asked for one in given) * factor)
            return word("way_peak", self.language).format(label=self.label(target), given=rise, unit=unit, years=years)
        if not all(math.isfinite(one.given) for one in given):
            return word("way_no_meaning", self.language).format(label=self.label(target), years=years)
        value, asked = _apart(worst.given * factor, worst.asked * factor)
        same = all(abs(one.given - worst.given) <= 1e-4 * max(abs(worst.given - worst.asked), 1e-12) for one in given)
        if not same:
            inner = word("comma", self.language).join(
                f"{_apart(one.given * factor, one.asked * factor)[0]} ({one.year})" for one in given[:4]
            )
            return word("way_value", self.language).format(label=self.label(target), given=inner, asked=asked, unit=unit, years=years)
        return word("way_value", self.language).format(label=self.label(target), given=value, asked=asked, unit=unit, years=years)


def _rounded(value: float) -> str:
    """A limit read from the data: three figures say what it is.

    >>> _rounded(0.15578), _rounded(1234.0), _rounded(30.0)
    ('0.156', '1,234', '30')
    """
    return _plainly(float(f"{value:.3g}")) if abs(value) < 1000 else f"{value:,.0f}"


def _plainly(value: float) -> str:
    """
    >>> _plainly(35.0), _plainly(0.4), _plainly(2000.0)
    ('35', '0.4', '2,000')
    """
    return f"{float(f'{value:.6g}'):,.10g}" if abs(value) < 1e9 else f"{value:,.0f}"


def _apart(given: float, asked: float) -> tuple[str, str]:
    """Two numbers with enough figures to tell them apart.

    >>> _apart(36.2, 35.0), _apart(1860.0, 2000.0), _apart(0.40004, 0.4)
    (('36.2', '35'), ('1,860', '2,000'), ('0.40004', '0.4'))
    """
    step = max(abs(given - asked), 1e-12)
    places = max(0, 1 - math.floor(math.log10(step)))
    return f"{round(given, places):,.{places}f}".rstrip("0").rstrip(".") if places else f"{given:,.0f}", _plainly(asked)
