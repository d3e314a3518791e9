"""Whether the year agrees with its hours, and whether what is put in, given out, bought, sold and demanded of each commodity balances."""

from __future__ import annotations

from dataclasses import dataclass

from city_audit.run import Run, gigawatt_hours_per_terawatt_hour
from city_audit.stock import Stock


@dataclass(frozen=True)
class Balances:
    """Years summed over the stored hours; yearly sums of what each commodity is put into and given out by."""

    run: Run
    stock: Stock

    def _of_hours(self, variable: str, **at: object) -> float:
        hours = self.run.hours
        weighted = hours[variable].sel(at).astype(float) * hours["day_weight"].astype(float)
        return float(weighted.sum()) / gigawatt_hours_per_terawatt_hour

    def annual_of_hours(self, technology: str, year: int) -> float:
        """Activity of the year, of what runs by the hour from its hours; of what does not, as stored."""
        row = self.run.inputs.by_id("technologies")[technology]
        if row["operation"] == "storage":
            return self._of_hours("discharge_power", technology=technology, year=year)
        if row["operation"] in ("dispatch", "committed", "variable"):
            return self._of_hours("activity", technology=technology, year=year)
        return self.run.value("annual", year, technology=technology)

    def trade_of_hours(self, market: str, year: int) -> float:
        row = self.run.inputs.by_id("markets")[market]
        if self.run.by_hour(row["commodity"]):
            return self._of_hours("hourly_trade", market=market, year=year)
        return self.run.value("trade", year, market=market)

    def yearly(self, commodity: str, year: int) -> tuple[float, float]:
        """What is given of a commodity and what is taken over the year; where it may be left over, given counts as no more than is taken."""
        inputs = self.run.inputs
        technologies, markets = inputs.by_id("technologies"), inputs.by_id("markets")
        amounts = [
            self.stock.flows_of(technology, year).get(commodity, 0.0)
            for technology, row in technologies.items()
            if row["operation"] != "storage"
        ]
        amounts += [
            self.run.value("annual_heat", year, technology=name) for name, row in technologies.items() if row.get("heat") == commodity
        ]
        amounts += [
            self.run.value("trade", year, market=name) * (1 if row["direction"] == "buy" else -1)
            for name, row in markets.items()
            if row["commodity"] == commodity
        ]
        amounts += [self.run.value("unserved", year, commodity=commodity), -self.demand(commodity, year), *self._stored(commodity, year)]
        given, taken = sum(amount for amount in amounts if amount > 0), -sum(amount for amount in amounts if amount < 0)
        left_over = inputs.by_id("commodities")[commodity].get("surplus") in ("yes", "是")
        return (min(given, taken), taken) if left_over else (given, taken)

    def demand(self, commodity: str, year: int) -> float:
        """Demand of the year; of what balances by the hour, that of the hours."""
        if self.run.by_hour(commodity):
            return self._of_hours("demand_hourly", commodity=commodity, year=year)
        unit = self.run.commodity_unit(commodity)
        return sum(
            self.run.inputs.number(row["id"], "amount", unit, year)
            for row in self.run.inputs.rows("demands")
            if row["commodity"] == commodity
        )

    def _stored(self, commodity: str, year: int) -> list[float]:
        """What storage gives and takes; storage holds electricity."""
        names = [name for name, row in self.run.inputs.by_id("technologies").items() if row["operation"] == "storage"]
        if commodity != "electricity" or not names:
            return []
        at = {"technology": names, "year": year}
        return [self._of_hours("discharge_power", **at), -self._of_hours("charge_power", **at)]
