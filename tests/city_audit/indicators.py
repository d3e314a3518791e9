"""Every indicator worked out from its accounts: what runs, stands, is burnt, traded, built and demanded, and what other indicators hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from city_audit.inputs import Row, on_path, whole
from city_audit.run import Run, gigawatt_hours_per_terawatt_hour
from city_audit.stock import Stock
from city_audit.units import converted


@dataclass(frozen=True)
class Indicators:
    """Values by indicator and year; in the base year only what no decision changes."""

    run: Run
    stock: Stock

    @cached_property
    def units(self) -> dict[str, str]:
        return {row["id"]: row["unit"] for row in self.run.inputs.rows("indicators")}

    @cached_property
    def _accounts(self) -> dict[str, dict[tuple[str, str], list[Row]]]:
        found: dict[str, dict[tuple[str, str], list[Row]]] = {}
        for row in self.run.inputs.rows("accounts"):
            found.setdefault(row["indicator"], {}).setdefault((row["item"], row["by"]), []).append(row)
        return found

    def value(self, indicator: str, year: int) -> float:
        """An indicator in a modelled year."""
        known = self._known
        if (indicator, year) not in known:
            known[indicator, year] = (
                self._accounted(indicator, year) + self._of_measures(indicator, year) + self._rest(indicator, self.units[indicator], year)
            )
        return known[indicator, year]

    @cached_property
    def _known(self) -> dict[tuple[str, int], float]:
        return {}

    def _accounted(self, indicator: str, year: int) -> float:
        total = 0.0
        for (item, by), rows in self._accounts.get(indicator, {}).items():
            unit, amount = self._counted(item, by, year)
            per = f"{self.units[indicator]}/({unit})"
            rate = on_path({whole(row.get("year")): converted(float(row["value"]), row["unit"], per) for row in rows}, year)
            total += rate * amount
        return total

    def _counted(self, item: str, by: str, year: int) -> tuple[str, float]:
        """The unit and the amount of what an account counts."""
        run, inputs = self.run, self.run.inputs
        match by:
            case "activity":
                return run.activity_unit(item), run.value("annual", year, technology=item) + self.outside(item, year)
            case "capacity":
                return run.capacity_unit(item), self.stock.capacity(item, year)
            case "use":
                return run.commodity_unit(item), self.use(item, year)
            case "bought" | "sold":
                return run.commodity_unit(inputs.by_id("markets")[item]["commodity"]), run.value("trade", year, market=item)
            case "level":
                return self.stock.measures[item]["unit"], self.stock.level(item, year)
            case "build":
                return self.stock.measures[item]["unit"], run.value("build", year, measure=item) / len(run.years.span(year))
            case "indicator":
                return self.units[item], self.value(item, year)
            case "change":
                return self.units[item], self.change(item, year)
            case "driver":
                unit = inputs.by_id("drivers")[item]["unit"]
                return unit, inputs.number(item, "amount", unit, year)
            case "demand":
                unit = run.commodity_unit(inputs.by_id("demands")[item]["commodity"])
                return unit, inputs.number(item, "amount", unit, year)
            case "spend":
                return "亿元", run.value("spend", year, payer=item)
        raise ValueError(f"account by {by}")

    def _of_measures(self, indicator: str, year: int) -> float:
        return sum(self.stock.of_effect(row, self.units[indicator], year) for row in self.stock.effects.get(indicator, []))

    def _rest(self, item: str, unit: str, year: int) -> float:
        """The rest of the city: amounts of the base year along their paths."""
        return sum(
            converted(float(row["value"]), row["unit"], unit) * self.run.inputs.number(row["id"], "path", "1", year, left_out=1.0)
            for row in self.run.inputs.rows("residuals")
            if row["item"] == item
        )

    def use(self, commodity: str, year: int) -> float:
        """What is taken in over the year, less what savings give back, with the rest of the city."""
        total = self._rest(commodity, self.run.commodity_unit(commodity), year)
        for technology, row in self.run.inputs.by_id("technologies").items():
            amount = self.stock.flows_of(technology, year).get(commodity, 0.0)
            if amount < 0 or row["operation"] == "saving":
                total -= amount
        return total

    def outside(self, technology: str, year: int) -> float:
        """What the part of a base outside the city's balance generates: all that sun or wind allow, so that a base counts whole."""
        share = self.run.city_share(technology)
        if share == 1 or self.run.inputs.by_id("technologies")[technology]["operation"] != "variable":
            return 0.0
        hours = self.run.hours
        full_load_hours = float((hours["available"].sel(technology=technology).astype(float) * hours["day_weight"].astype(float)).sum())
        available = full_load_hours * self.run.inputs.number(technology, "availability", "1", year, left_out=1.0)
        return (1 - share) * available * self.stock.capacity(technology, year) / gigawatt_hours_per_terawatt_hour

    def change(self, indicator: str, year: int) -> float:
        """Yearly change of an indicator over the span: from the year before it, the first from the base year."""
        years = self.run.years
        before = max((other for other in years.modelled if other < year), default=None)
        earlier = self.value(indicator, before) if before else float(self.run.results["base_indicator"].sel(indicator=indicator))
        return (self.value(indicator, year) - earlier) / len(years.span(year))
