"""What every part of the second model is told: the tables, their numbers, the horizon, and what is asked of this program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from second_model.numbers import Numbers
from second_model.spans import Horizon
from second_model.tables import Tables, read_tables


@dataclass(frozen=True)
class Past:
    """The years before decisions begin: what was built by measure and span, and the accounts of spans that are past as a whole."""

    built: dict[tuple[str, int], float]
    accounts: dict[str, dict[int, float]]


@dataclass(frozen=True)
class World:
    """One program's scope. `open_to` says whose decisions are free: all measures, the usual ones, or none (the base year).

    `base` and `usual` are the accounts of the base year, and of the usual path by year, which targets may refer to; `base_cost` is what a year of the base year costs; `past` is None
    where decisions begin with the first year, and where the past is still to be found; targets that are `giving` may be missed at a weight.
    `begun` is what the usual path builds of usual measures, by measure and year: what was begun of it before decisions enters as it does there.
    """

    tables: Tables
    numbers: Numbers
    horizon: Horizon
    open_to: str = "all"
    targets: bool = True
    base: dict[str, float] | None = None
    base_cost: float = 0.0
    usual: dict[str, dict[int, float]] | None = None
    past: Past | None = None
    giving: frozenset[str] = frozenset()
    begun: dict[tuple[str, int], float] | None = None

    @property
    def years(self) -> tuple[int, ...]:
        return self.horizon.years

    def number(self, item: str, quantity: str, year: int) -> float | None:
        return self.numbers.get(item, quantity, year)

    def sure(self, item: str, quantity: str, year: int) -> float:
        """A number that has a default or must be told."""
        value = self.numbers.get(item, quantity, year)
        assert value is not None, (item, quantity)
        return value

    def city_share(self, technology: str) -> float:
        """1, or the share of what serves the region that counts in the city."""
        row = self.tables.find("technologies", technology)
        return self.numbers.setting("regional_share", 0.0) if row and row.get("serves") == "region" else 1.0

    def base_year(self) -> World:
        """The base year alone, with what exists and no measures."""
        base = self.horizon.base
        return replace(self, horizon=replace(self.horizon, base=base - 1, years=(base,), decide_from=base), open_to="none", targets=False)

    def has_past(self) -> bool:
        return self.horizon.decide_from > self.horizon.first(self.years[0])

    def before_decisions(self) -> World:
        """The years before decisions begin, by themselves."""
        horizon = self.horizon
        years = [min(year, horizon.decide_from - 1) for year in self.years if horizon.first(year) < horizon.decide_from]
        return replace(self, horizon=replace(horizon, years=tuple(years)), open_to="usual", targets=False)

    def usual_path(self) -> World:
        return replace(self, open_to="usual", targets=False)

    def without_targets(self) -> World:
        return replace(self, targets=False)


def world_of(folder: Path) -> World:
    """The plan's program of a case: all measures, all targets."""
    tables = read_tables(folder)
    numbers = Numbers(tables)
    head = tables.head
    assert head["history"] == "recorded_only"
    years = tuple(int(year) for year in head["years"])
    first = int(head.get("decide_from") or int(head["base_year"]) + 1)
    even, mid_year = head.get("span_rule") == "even", head.get("payments") == "middle"
    return World(tables, numbers, Horizon(int(head["base_year"]), years, first, numbers.setting("discount_rate", 0.0), even, mid_year))
