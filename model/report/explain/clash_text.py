"""Targets that clash, what they run into and the ways out: for a terminal, and as a record."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from model.case.read import Case
from model.report.display import decimals, shown
from model.report.layout import flowed, plain
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.clash import Clash, Conflict, Limit, Missing, Relaxation, Way

screen_width, most_limits, most_lines = 110, 8, 4


def clash_text(clash: Clash, case: Case, language: str, width: int = screen_width) -> str:
    """All that is known, the clashes first, then the ways out as alternatives; in GBK and no wider than `width`."""
    tell = _Teller(case, language)
    lines: list[str] = []
    match clash.kind:
        case "none":
            lines.append(word("clash_none", language))
        case "limits":
            lines += [word(f"clash_limits_{clash.model}", language), *_bullets([tell.limit(one) for one in clash.limits], width)]
            lines += [] if clash.limits else [f"  - {word('clash_no_limits', language)}"]
        case _:
            lines += [*_missing(clash, tell, width), *_conflicts(clash, tell, width), *_ways(clash, tell, width)]
    return plain("\n".join(lines)) + "\n"


def clash_record(clash: Clash, case: Case, language: str = "en") -> dict[str, Any]:
    """The same as a record: everything, with a sentence for each conflict member, limit and way."""
    tell = _Teller(case, language)
    record = _finite(asdict(clash))
    for conflict, told in zip(clash.conflicts, record["conflicts"], strict=True):
        for member, one in zip(conflict.members, told["members"], strict=True):
            one |= {"clause": tell.row("targets", member.target).clause, "text": tell.member(member.target, member.years)}
        for limit, one in zip(conflict.limits, told["limits"], strict=True):
            one["text"] = tell.limit(limit)
    for way, one in zip(clash.ways, record["ways"], strict=True):
        one["text"] = tell.way(way)
    for limit, one in zip(clash.limits, record["limits"], strict=True):
        one["text"] = tell.limit(limit)
    return {"case": case.header.id, "status": "feasible" if clash.kind == "none" else "infeasible", **record}


def relaxed_text(relaxed: Iterable[Mapping[str, Any]], case: Case, language: str, width: int = screen_width) -> str:
    """What a negotiated plan relaxes (records as a manifest keeps them), one line for each target."""
    tell = _Teller(case, language)
    told = tell.relaxations(tuple(Relaxation(**one) for one in relaxed))
    lines = [word("negotiated_title", language), *_bullets(told, width)] if told else [word("negotiated_none", language)]
    return plain("\n".join(lines)) + "\n"


def _finite(value: Any) -> Any:
    """NaN and infinity as None: JSON has neither."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _missing(clash: Clash, tell: _Teller, width: int) -> Iterator[str]:
    if clash.missing:
        yield word("clash_demand", tell.language)
        yield from _bullets([tell.missing(one) for one in clash.missing], width)
        yield from flowed("  " + word("clash_missing_remedy", tell.language), width)


def _conflicts(clash: Clash, tell: _Teller, width: int) -> Iterator[str]:
    if clash.conflicts:
        yield word("clash_title", tell.language)
    several = len(clash.conflicts) > 1
    for place, conflict in enumerate(clash.conflicts, start=1):
        alone = len(conflict.members) == 1
        key = ("clash_alone" if alone else "clash_together") if several else ("clash_only_alone" if alone else "clash_only_one")
        yield ""
        yield word(key, tell.language).format(place) + word("colon", tell.language).rstrip()
        yield from _bullets([tell.member(one.target, one.years) for one in conflict.members], width)
        yield from _into(conflict, tell, width)


def _into(conflict: Conflict, tell: _Teller, width: int) -> Iterator[str]:
    if conflict.whole:
        yield from flowed("  " + word("clash_whole", tell.language), width)
    if conflict.limits:
        yield "  " + word("clash_into_one" if len(conflict.members) == 1 else "clash_into", tell.language)
        yield from _bullets([tell.limit(one) for one in conflict.limits[:most_limits]], width, indent="    ")
        if len(conflict.limits) > most_limits:
            yield "    " + word("clash_more", tell.language).format(len(conflict.limits) - most_limits)


def _ways(clash: Clash, tell: _Teller, width: int) -> Iterator[str]:
    if not clash.conflicts:
        return
    yield ""
    if not clash.ways:
        yield word("clash_no_ways", tell.language)
        return
    unit, _ = display_unit("亿元", tell.language)
    yield word("clash_ways", tell.language).format(unit) + word("colon", tell.language).rstrip()
    for place, way in enumerate(clash.ways):
        told = tell.way(way)
        yield from flowed("  " + (word("clash_or", tell.language).format(told) if place else told), width, lines=most_lines)
        over = f"{way.over_usual:+,.{decimals([way.over_usual])}f}"
        cost = word("way_cost", tell.language).format(shown(way.objective), over)
        yield from flowed(
            "      " + word("separator", tell.language).join([cost, *([" ".join(way.changes)] if way.changes else [])]),
            width,
            lines=most_lines,
        )
    yield from flowed(word("clash_weights", tell.language), width)
    yield word("clash_negotiate", tell.language).format(tell.case.header.id)


def _bullets(told: Sequence[str], width: int, *, indent: str = "  ") -> Iterator[str]:
    for one in told:
        first, *rest = flowed(one, width - len(indent) - 4, lines=most_lines)
        yield f"{indent}- {first}"
        yield from (f"{indent}  {line.strip()}" for line in rest)


class _Teller:
    """The case's labels and years in one language."""

    def __init__(self, case: Case, language: str) -> None:
        self.case, self.language = case, language
        self._rows = {row.id: row for rows in case.tables.values() for row in rows if "label_en" in type(row).model_fields}

    def row(self, table: str, name: str) -> Any:
        return next(row for row in self.case.tables[table] if row.id == name)

    def label(self, name: str) -> str:
        row = self._rows.get(name)
        return name if row is None else str(row.label_en if self.language == "en" else row.label_zh)

    def years(self, years: Sequence[int]) -> str:
        """Years that follow one another in the model as a span: 2025–2030."""
        order = {year: place for place, year in enumerate(self.case.header.years)}
        spans: list[list[int]] = []
        for year in sorted(years):
            if spans and year in order and order.get(spans[-1][-1]) == order[year] - 1:
                spans[-1].append(year)
            else:
                spans.append([year])
        return word("comma", self.language).join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)

    def member(self, target: str, years: Sequence[int]) -> str:
        row = self.row("targets", target)
        strength = word(f"strength_{row.strength}", self.language)
        clause = self.label(row.clause)
        if row.form == "peak":
            return word("clash_member_peak", self.language).format(
                label=self.label(target), clause=clause, strength=strength, years=self.years(years)
            )
        unit, factor = display_unit(row.unit, self.language)
        return word("clash_member", self.language).format(
            label=self.label(target), clause=clause, strength=strength, sense=word(f"sense_{row.sense}", self.language),
            value=_plainly(row.value * factor), unit=unit, years=self.years(years),
        )  # fmt: skip

    def limit(self, limit: Limit) -> str:
        unit, factor = display_unit(self._unit(limit), self.language)
        known = [value * factor for value in limit.amounts if math.isfinite(value)]
        low, high = (min(known), max(known)) if known else (math.nan, math.nan)
        if limit.kind == "pace":
            low, high = self._pace(limit, factor)
        amount = (
            ""
            if math.isnan(high)
            else f" {_plainly(high)} {unit}"
            if abs(high - low) <= 1e-9 * abs(high)
            else f" {_plainly(low)}–{_plainly(high)} {unit}"
        )
        after = next((year for year in self.case.header.years if year > max(limit.years, default=0)), max(limit.years, default=0) + 1)
        return word(f"limit_{limit.kind}", self.language).format(
            item=self.label(limit.item),
            amount=amount if self.language == "en" else amount.replace(" ", ""),
            years=self.years(limit.years),
            after=after,
        )

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
        return told + (word("clash_missing_hour", self.language).format(day=one.day, hour=one.hour) if one.hour is not None else "")

    def way(self, way: Way) -> str:
        """What is given, in one sentence."""
        parts = []
        if way.kind == "later" and way.year is not None:
            row = self.row("targets", way.gives)
            wait = counted("years_later", way.year - row.year, self.language, way.year - row.year)
            parts.append(word("way_later", self.language).format(label=self.label(way.gives), wait=wait, new=way.year, old=row.year))
        elif way.kind == "without":
            parts.append(word("way_without", self.language).format(label=self.label(way.gives)))
        if way.raised is not None:
            unit, factor = display_unit(str(self._rows[way.raised.item].unit), self.language)
            given, asked = _apart(way.raised.given * factor, way.raised.asked * factor)
            parts.append(
                word(f"way_limit_{way.raised.kind}", self.language).format(
                    item=self.label(way.raised.item), given=given, asked=asked, unit=unit
                )
            )
        own = {way.gives} if way.kind in ("later", "without") else set()
        parts += self.relaxations(tuple(one for one in way.relaxations if one.target not in own))
        return word("way_and", self.language).join(parts) if parts else word("way_nothing", self.language)

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
        if self.row("targets", target).form == "peak":
            rise = shown(max(one.given - one.asked for one in given) * factor)
            return word("way_peak", self.language).format(label=self.label(target), given=rise, unit=unit, years=years)
        value, asked = _apart(worst.given * factor, worst.asked * factor)
        same = all(abs(one.given - worst.given) <= 1e-4 * max(abs(worst.given - worst.asked), 1e-12) for one in given)
        if not same:
            inner = word("comma", self.language).join(
                f"{_apart(one.given * factor, one.asked * factor)[0]} ({one.year})" for one in given[:4]
            )
            return word("way_value", self.language).format(label=self.label(target), given=inner, asked=asked, unit=unit, years=years)
        return word("way_value", self.language).format(label=self.label(target), given=value, asked=asked, unit=unit, years=years)


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
