"""A run's stored numbers beside those worked out anew: what differs by more than a millionth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from city_audit.balances import Balances
from city_audit.indicators import Indicators
from city_audit.money import Money
from city_audit.past import Past
from city_audit.run import Run, open_run
from city_audit.stock import Stock

tolerance, floor = 1e-6, 1e-3


@dataclass(frozen=True)
class Compared:
    """One number: its family, whose and when, as worked out here and as stored."""

    family: str
    item: str
    year: int | None
    here: float
    stored: float

    @property
    def apart(self) -> float:
        """The difference relative to the larger of the two, which counts as at least a thousandth of its unit."""
        return abs(self.here - self.stored) / max(abs(self.here), abs(self.stored), floor)

    def __str__(self) -> str:
        return f"{self.family} {self.item} {self.year or ''}: {self.here:.10g} here, {self.stored:.10g} stored"


def compared(run: Run) -> Iterator[Compared]:
    """Every number that can be worked out from inputs, builds, yearly activity, trade and the hours."""
    stock = Stock(run)
    money, indicators, balances = Money(run, stock), Indicators(run, stock), Balances(run, stock)
    parts = money.parts()
    for part, amount in parts.items():
        yield Compared("cost", part, None, amount, float(run.results["cost"].sel(component=part)))
    yield Compared("cost", "all", None, sum(parts.values()), float(run.manifest["objective"]))
    families = {
        "level": ("measure", stock.level), "capacity": ("technology", stock.capacity), "investment_cash": ("measure", money.cash),
        "trade_value": ("market", money.trade_value), "spend": ("payer", money.spend), "indicator_value": ("indicator", indicators.value),
        "annual": ("technology", balances.annual_of_hours), "trade": ("market", balances.trade_of_hours),
    }  # fmt: skip
    for family, (dim, worked_out) in families.items():
        for item in run.results[dim].values.tolist():
            for year in run.years.modelled:
                yield Compared(family, item, year, worked_out(item, year), run.value(family, year, **{dim: item}))
    for measure, year, here, stored in Past(run, stock).recorded():
        yield Compared("record", measure, year, here, stored)
    for commodity in run.results["commodity"].values.tolist():
        for year in run.years.modelled:
            yield Compared("balance", commodity, year, *balances.yearly(commodity, year))


def differing(folder: Path) -> list[Compared]:
    """What differs by more than a millionth in the run of a folder."""
    return [one for one in compared(open_run(folder)) if not one.apart <= tolerance]


if __name__ == "__main__":
    found = [one for folder in sys.argv[1:] for one in differing(Path(folder))]
    print(*found, f"{len(found)} numbers differ", sep="\n")
