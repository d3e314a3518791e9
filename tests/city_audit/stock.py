"""What is in force of each measure, what stands of each technology, and what measures do to indicators: from what is built alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from city_audit.inputs import Row, on_path, whole
from city_audit.run import Run
from city_audit.units import converted

CLOSING = ("retire", "replace")
Weight = Callable[[int], float]


@dataclass(frozen=True)
class Stock:
    """Shares in force and the sums over what is built."""

    run: Run

    @cached_property
    def measures(self) -> dict[str, Row]:
        return self.run.inputs.by_id("measures")

    @cached_property
    def effects(self) -> dict[str, list[Row]]:
        """Effects by the technology or indicator they change."""
        found: dict[str, list[Row]] = {}
        for row in self.run.inputs.rows("effects"):
            found.setdefault(row["item"], []).append(row)
        return found

    def lifetime(self, measure: str) -> float:
        return self.run.inputs.number(measure, "lifetime", "yr", left_out=inf)

    def in_force(self, measure: str, built: int) -> Weight:
        """How much of each calendar year; what is retired is so for ever."""
        lives = inf if self.measures[measure]["kind"] == "retire" else self.lifetime(measure)
        return self.mean([self.run.years.in_force(first, built, lives) for first in self.run.years.enters(built)])

    @staticmethod
    def mean(weights: list[Weight]) -> Weight:
        """The mean of what equal parts count."""
        return lambda calendar: sum(weight(calendar) for weight in weights) / len(weights)

    def built_by(self, year: int) -> list[int]:
        return [built for built in self.run.years.modelled if built <= year]

    def deferred(self, measure: str, year: int) -> float:
        """By how much whole units come into force later than the span begins, in units of the measure times share of the span."""
        return self.run.value("deferred", year, measure=measure)

    def level(self, measure: str, year: int) -> float:
        shares = (
            self.run.value("build", built, measure=measure) * self.run.years.share(year, self.in_force(measure, built))
            for built in self.built_by(year)
        )
        return sum(shares) - self.deferred(measure, year)

    def capacity(self, technology: str, year: int) -> float:
        unit = self.run.capacity_unit(technology)
        standing = sum(
            converted(float(row["value"]), row["unit"], unit) * self.run.years.share(year, _standing(row))
            for row in self.run.inputs.rows("existing")
            if row["technology"] == technology
        )
        return standing + sum(self.of_effect(row, unit, year) for row in self.effects.get(technology, []))

    def of_effect(self, row: Row, unit: str, year: int) -> float:
        """What one effect adds in a year: its size times what is built, each for the share of the span in which it is in force."""
        measure = row["measure"]
        size = converted(float(row["value"]), row["unit"], f"{unit}/({self.measures[measure]['unit']})")
        closing = size < 0 and self.measures[measure]["kind"] in CLOSING and row["item"] in self.run.inputs.by_id("technologies")
        taken = "closed" if closing and self.run.told("closed", measure=measure) else "build"
        total = sum(
            self.run.value(taken, built, measure=measure)
            * self.run.years.share(year, self.effect_weight(row, built, closing=closing, size=size))
            * self.grown(row, built, year)
            for built in self.built_by(year)
        )
        return size * (total if closing else total - self.deferred(measure, year))

    def effect_weight(self, row: Row, built: int, *, closing: bool, size: float) -> Weight:
        """An effect begins after its lag and ends with its measure, its own lifetime, its `until`, or the stock it takes away.

        What a retire or replace measure closes stays closed when the measure ends.
        """
        years, measure = self.run.years, row["measure"]
        for_ever = closing or self.measures[measure]["kind"] == "retire"
        own = float(row["lifetime"]) if row.get("lifetime") else inf
        until = whole(row.get("until")) or inf
        until = min(until, self.leaves(row)) if size < 0 else until

        def of_part(first: int) -> Weight:
            in_force = years.in_force(first, built, inf if for_ever else self.lifetime(measure), part=own)
            begins = first + (whole(row.get("lag")) or 0)
            return lambda calendar: in_force(calendar) if begins <= calendar <= until else 0.0

        return self.mean([of_part(first) for first in years.enters(built)])

    def grown(self, row: Row, built: int, year: int) -> float:
        """What a growth curve makes of an effect: its value at the age in the span's last year, counted from the middle of the span of building."""
        if not row.get("curve"):
            return 1.0
        curve = {whole(point["age"]): float(point["value"]) for point in self.run.inputs.rows("curves") if point["curve"] == row["curve"]}
        span = self.run.years.span(built)
        return on_path(curve, max(0.0, year - (span[0] + span[-1]) / 2))

    def flows_of(self, technology: str, year: int) -> dict[str, float]:
        """What a technology puts in (−) and gives out (+) over the year, by commodity; fuel is burnt on power plus `heat_loss` times heat."""
        power, heat = (self.run.value(name, year, technology=technology) for name in ("annual", "annual_heat"))
        for_heat = heat * self.run.inputs.number(technology, "heat_loss", "1", year) if heat else 0.0
        return {
            commodity: on_path(rates, year) * (power if self.run.by_hour(commodity) else power + for_heat)
            for commodity, rates in self._flows.get(technology, {}).items()
        }

    @cached_property
    def _flows(self) -> dict[str, dict[str, dict[int | None, float]]]:
        """Rates by technology, commodity and year told."""
        found: dict[str, dict[str, dict[int | None, float]]] = {}
        for row in self.run.inputs.rows("flows"):
            unit = f"{self.run.commodity_unit(row['commodity'])}/({self.run.activity_unit(row['technology'])})"
            rate = converted(float(row["value"]), row["unit"], unit)
            found.setdefault(row["technology"], {}).setdefault(row["commodity"], {})[whole(row.get("year"))] = rate
        return found

    def leaves(self, row: Row) -> float:
        """The last year of the stock that an effect takes away: the rows of `existing` it names, else those that leave in its `until`, else all."""
        of_technology = [other for other in self.run.inputs.rows("existing") if other["technology"] == row["item"]]
        named = [name.strip() for name in (row.get("stock") or "").split(";") if name.strip()]
        until = row.get("until") or ""
        taken = [other for other in of_technology if other["id"] in named] or [
            other for other in of_technology if until and other.get("until") == until
        ]
        ends = {whole(other.get("until")) or inf for other in taken or of_technology}
        return max(ends, default=inf)


def _standing(row: Row) -> Weight:
    since, until = whole(row.get("since")) or -inf, whole(row.get("until")) or inf
    return lambda calendar: 1.0 if since <= calendar <= until else 0.0
