"""What a plan costs, part by part, and what is paid in cash, from what is built, stands, runs and is traded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from city_audit.inputs import whole
from city_audit.run import Run, gigawatt_hours_per_terawatt_hour
from city_audit.stock import Stock
from city_audit.years import annuity

unserved_price = 200.0


@dataclass(frozen=True)
class Money:
    """Present values in 亿元 by part of the cost, and cash by measure and year."""

    run: Run
    stock: Stock

    def parts(self) -> dict[str, float]:
        """Each part of the cost, named as in the results."""
        measures, technologies = self.stock.measures, self.run.inputs.by_id("technologies")
        return {
            "investment": sum(self.invested(k, built) for k in measures for built in self.run.years.modelled),
            "upkeep_of_measures": self._discounted(lambda y: sum(self.measure_upkeep(k, y) for k in measures)),
            "upkeep": self._discounted(lambda y: sum(self.upkeep(g, y) for g in technologies)),
            "variable": self._discounted(lambda y: sum(self.variable(g, y) for g in technologies)),
            "purchases": self._discounted(lambda y: self._traded("buy", y)),
            "revenue": -self._discounted(lambda y: self._traded("sell", y)),
            "unserved": self._discounted(self.unserved),
        }

    def _traded(self, direction: str, year: int) -> float:
        return sum(self.trade_value(name, year) for name, row in self.run.inputs.by_id("markets").items() if row["direction"] == direction)

    def _discounted(self, of_year: Callable[[int], float]) -> float:
        return sum(self.run.years.present(year) * of_year(year) for year in self.run.years.modelled)

    def investment_of(self, measure: str, built: int) -> float:
        return self.run.inputs.number(measure, "investment", f"亿元/({self.stock.measures[measure]['unit']})", built)

    def city_share_of(self, measure: str) -> float:
        """What a measure costs the city: the regional share where all technologies it acts on serve the region."""
        technologies = self.run.inputs.by_id("technologies")
        shares = {
            self.run.city_share(row["item"])
            for row in self.run.inputs.rows("effects")
            if row["measure"] == measure and row["item"] in technologies
        }
        return shares.pop() if len(shares) == 1 else 1.0

    def ends(self, measure: str) -> float:
        """The last year in which any effect of a measure may count."""
        return max((whole(row.get("until")) or inf for row in self.run.inputs.rows("effects") if row["measure"] == measure), default=inf)

    def charge(self, measure: str, built: int) -> float:
        """Present value of the annuities of one unit built, while in force inside the horizon.

        The annuity runs over the lifetime (over all modelled years where there is none), or to the end of all effects, if that is sooner.
        What is retired is paid for once, over its lifetime; anything else that lives shorter than its span is renewed inside it.
        """
        years, ends = self.run.years, self.ends(measure)
        once = self.stock.measures[measure]["kind"] == "retire"
        total = 0.0
        for first in years.enters(built):
            paying = years.in_force(first, built, self.stock.lifetime(measure), once=once)
            charged = range(first, int(min(ends, years.modelled[-1])) + 1)
            total += self.payment(measure, built, first) * sum(paying(calendar) * years.discount(calendar) for calendar in charged)
        return total / len(years.enters(built))

    def payment(self, measure: str, built: int, first: int) -> float:
        """The annuity of one unit that is in force from the year `first` of its span; none where its effects have ended."""
        years, lives, ends = self.run.years, self.stock.lifetime(measure), self.ends(measure)
        period = min(lives if lives < inf else min(ends, years.modelled[-1]) - years.base, ends - first + 1)
        if period <= 0:
            return 0.0
        return self.city_share_of(measure) * self.investment_of(measure, built) * annuity(period, years.rate)

    def spared(self, measure: str, built: int) -> float:
        """Present value of the annuities of a span for a unit that comes into force after it."""
        years = self.run.years
        worth = [self.payment(measure, built, first) * sum(map(years.discount, range(first, built + 1))) for first in years.enters(built)]
        return sum(worth) / len(worth)

    def invested(self, measure: str, built: int) -> float:
        """Present value of what is built, less the annuities of the share of the span for which whole units wait."""
        amount, waits = self.run.value("build", built, measure=measure), self.stock.deferred(measure, built)
        if not amount and not waits:
            return 0.0
        return self.charge(measure, built) * amount - (self.spared(measure, built) * waits if waits else 0.0)

    def cash(self, measure: str, year: int) -> float:
        """Cash investment a year of a span, whole also where an asset serves the region: what falls there of what is built in any span."""
        paid = sum(
            self.paid_share(measure, built, year) * self.bought(measure, built) for built in self.run.years.modelled if built >= year
        )
        return paid / len(self.run.years.span(year))

    def bought(self, measure: str, built: int) -> float:
        """Cash for what is built in a span; what is renewed inside the span is paid each time.

        What waits for a share of the span is renewed the less often; what is retired is paid for once.
        """
        lives, once = self.stock.lifetime(measure), self.stock.measures[measure]["kind"] == "retire"
        amount, waits = self.run.value("build", built, measure=measure), self.stock.deferred(measure, built)
        bought = []
        for first in self.run.years.enters(built):
            years = built + 1 - first
            bought.append(amount if lives >= years or once else (amount - waits) * years / lives)
        return self.investment_of(measure, built) * sum(bought) / len(bought)

    def paid_share(self, measure: str, built: int, year: int) -> float:
        """Share of the cash for what is built in a span that is paid in the calendar years of another: over its lead time, before it is in force.

        What is built in a span enters force evenly over those of its free years that a decision of the first free year, or of the measure's
        earliest, can reach (what is usual was decided from the first year on, as usual); over all of them where none can be reached.
        """
        row, years = self.stock.measures[measure], self.run.years
        lead = whole(row.get("lead_time")) or 0
        profile = [float(share) for share in (row.get("cash_profile") or "").split(";") if share]
        shares = profile or ([1 / lead] * lead if lead else [1.0])
        start, free = years.span(years.modelled[0])[0], int(self.run.results.attrs["decide_from"])
        begun = max(start if row.get("usual") == "yes" else free, start, whole(row.get("earliest")) or 0)
        until = min(self.ends(measure), whole(row.get("latest")) or inf)
        entering = [t for t in years.span(built) if max(free, begun + lead) <= t <= until] or list(years.span(built))
        return sum(share for t in entering for place, share in enumerate(shares) if t - lead + place in years.span(year)) / len(entering)

    def measure_upkeep(self, measure: str, year: int) -> float:
        rate = self.run.inputs.number(measure, "upkeep", f"亿元/({self.stock.measures[measure]['unit']})", year)
        return self.city_share_of(measure) * rate * self.stock.level(measure, year) if rate else 0.0

    def upkeep(self, technology: str, year: int) -> float:
        rate = self.run.inputs.number(technology, "upkeep", f"亿元/({self.run.capacity_unit(technology)})", year)
        return self.run.city_share(technology) * rate * self.stock.capacity(technology, year) if rate else 0.0

    def variable(self, technology: str, year: int) -> float:
        """Variable cost of what runs, and the network cost of what it takes in, also for heat."""
        own = self.run.inputs.number(technology, "variable_cost", f"亿元/({self.run.activity_unit(technology)})", year)
        networks = sum(
            self.run.inputs.number(commodity, "network_cost", f"亿元/({self.run.commodity_unit(commodity)})", year) * taken
            for commodity, taken in self.taken_in(technology, year).items()
        )
        return own * self.run.value("annual", year, technology=technology) + networks

    def taken_in(self, technology: str, year: int) -> dict[str, float]:
        """What a technology takes in over the year, by commodity."""
        return {commodity: -amount for commodity, amount in self.stock.flows_of(technology, year).items() if amount < 0}

    def trade_value(self, market: str, year: int) -> float:
        """Price times trade; by the hour where the price has a shape, with the hours' prices and weights as stored."""
        row = self.run.inputs.by_id("markets")[market]
        if row.get("shape"):
            at = {"market": market, "year": year}
            hours = self.run.hours
            values = (
                hours["market_hourly_price"].sel(at).astype(float)
                * hours["hourly_trade"].sel(at).astype(float)
                * hours["day_weight"].astype(float)
            )
            return float(values.sum()) / gigawatt_hours_per_terawatt_hour
        price = self.run.inputs.number(market, "price", f"亿元/({self.run.commodity_unit(row['commodity'])})", year)
        return price * self.run.value("trade", year, market=market)

    def unserved(self, year: int) -> float:
        return sum(
            self.run.inputs.number(commodity, "unserved_cost", f"亿元/({self.run.commodity_unit(commodity)})", left_out=unserved_price)
            * self.run.value("unserved", year, commodity=commodity)
            for commodity in self.run.inputs.by_id("commodities")
        )

    def spend(self, payer: str, year: int) -> float:
        """Cash of a payer a year: investments and upkeep of its measures, upkeep and variable cost of its sectors, its trade."""
        inputs = self.run.inputs
        sectors = {name for name, row in inputs.by_id("sectors").items() if row.get("payer") == payer}
        mine = [name for name, row in self.stock.measures.items() if row["payer"] == payer]
        kept = [name for name, row in inputs.by_id("technologies").items() if row["sector"] in sectors]
        traded = {name: 1 if row["direction"] == "buy" else -1 for name, row in inputs.by_id("markets").items() if row["payer"] == payer}
        return (
            sum(self.cash(measure, year) + self.measure_upkeep(measure, year) for measure in mine)
            + sum(self.upkeep(technology, year) + self.variable(technology, year) for technology in kept)
            + sum(sign * self.run.value("trade_value", year, market=market) for market, sign in traded.items())
        )
