"""What things cost and what indicators come to: the objective, the cash of payers, and the accounts."""

from __future__ import annotations

from second_model.lasting import ends_of, lifetime
from second_model.linear import Sum, total
from second_model.numbers import path_of
from second_model.passing import granted, levies, settled_by
from second_model.running import Running
from second_model.spans import annuity, overlap
from second_model.stock import Stock, measures, open_years
from second_model.tables import Cells, is_yes
from second_model.trading import Trading, flow
from second_model.units import converted
from second_model.world import World

FIRM_PRICE = 200.0


class Counted:
    """Indicators of every year as sums of columns, worked out when first asked for."""

    def __init__(self, world: World, stock: Stock, running: Running, trading: Trading) -> None:
        self._world, self.stock, self.running, self.trading = world, stock, running, trading
        self._known: dict[tuple[str, int], Sum] = {}

    def indicator(self, name: str, year: int) -> Sum:
        """The indicator of a year in its own unit."""
        name = self.meant(name)
        if (name, year) not in self._known:
            self._known[name, year] = self._account(name, year)
        return self._known[name, year]

    def meant(self, name: str) -> str:
        """The indicator of this name, or the chosen variant of a generic one."""
        if self._world.tables.find("indicators", name):
            return name
        chosen = self._world.tables.head["variants"][name]
        return next(row["id"] for row in self._world.tables.of("indicators") if row["stands_for"] == name and row["variant"] == chosen)

    def _account(self, name: str, year: int) -> Sum:
        world, row = self._world, self._world.tables.find("indicators", name)
        assert row
        made = Sum().add(self.stock.direct[name, year])
        seen: dict[tuple[str, str], list[Cells]] = {}
        for one in world.tables.of("accounts"):
            if one["indicator"] == name:
                seen.setdefault((one["item"], one["by"]), []).append(one)
        for (item, by), rows in seen.items():
            made.add(self._counted(item, by, year), path_of(rows, f"{row['unit']}/({self._unit(item, by)})", year))
        for rest in world.tables.of("residuals"):
            if rest["item"] == name:
                path = world.sure(rest["id"], "path", year)
                made.add(converted(float(rest["value"]), rest["unit"], row["unit"]) * path)
        return made

    def _unit(self, item: str, by: str) -> str:
        table = self._world.tables.table_of(item)
        row = self._world.tables.find(table, item)
        assert row
        if by in ("activity", "capacity"):
            return row[f"{by}_unit"]
        if by in ("bought", "sold", "demand"):
            commodity = self._world.tables.find("commodities", row["commodity"])
            assert commodity
            return commodity["unit"]
        return "亿元" if by == "spend" else row["unit"]

    def _counted(self, item: str, by: str, year: int) -> Sum:
        world, stock = self._world, self.stock
        if by == "activity":
            return self.running.annual[item, year]
        if by == "capacity":
            return stock.capacity[item, year]
        if by in ("level", "build"):
            return self._of_measure(item, by, year)
        if by in ("bought", "sold"):
            return self.trading.trade[item, year]
        if by == "use":
            return self._used(item, year)
        if by == "indicator":
            return self.indicator(item, year)
        if by == "change":
            return self._changed(item, year)
        if by == "driver" or by == "demand":
            return Sum(world.sure(item, "amount", year))
        assert by == "spend"
        return spend(world, self, item, year)

    def _of_measure(self, item: str, by: str, year: int) -> Sum:
        if self._world.open_to == "none":
            return Sum()
        if by == "level":
            return self.stock.level[item, year]
        return total([(1 / self._world.horizon.length(year), self.stock.build[item, year])])

    def _used(self, commodity: str, year: int) -> Sum:
        """Fuel taken in, less what retrofits save, and that of the rest of the city."""
        made = Sum()
        for row in self._world.tables.of("technologies"):
            amount = flow(self._world, row["id"], commodity, year)
            if amount < 0 or (amount and row["operation"] == "saving"):
                made.add(self.running.annual[row["id"], year], -amount)
                if row["heat"]:
                    heat = self.running.heat_of_year[row["id"], year]
                    made.add(heat, -amount * self._world.sure(row["id"], "heat_loss", year))
        unit = self._world.tables.find("commodities", commodity)
        for rest in self._world.tables.of("residuals"):
            if rest["item"] == commodity and unit:
                made.add(converted(float(rest["value"]), rest["unit"], unit["unit"]) * self._world.sure(rest["id"], "path", year))
        return made

    def _changed(self, item: str, year: int) -> Sum:
        """Change a year since the modelled year before, the first since the base year."""
        world, before = self._world, self._world.horizon.before(year)
        if before is None:
            if world.base is None:
                return Sum()
            last = Sum(world.base[self.meant(item)])
        else:
            last = self.indicator(item, before)
        length = world.horizon.length(year)
        return total([(1 / length, self.indicator(item, year)), (-1 / length, last)])


# Money


def paid_over(world: World, row: Cells) -> float:
    """Years over which it is paid for: its lifetime; without one all years of the horizon in which it can act."""
    first, end = world.horizon.first(world.years[0]), min(world.years[-1] + 1.0, ends_of(world, row))
    return world.number(row["id"], "lifetime", world.years[0]) or max(1.0, end - first)


def _last(world: World, row: Cells, built: int, start: int) -> float:
    """End of what is paid for: that of its life, renewed inside its span unless it is a retirement or leaves by a curve, and that of all its effects."""
    end = start + paid_over(world, row)
    return min(end if row["kind"] == "retire" or row.get("survival") else max(end, built + 1.0), ends_of(world, row))


def _payment(world: World, row: Cells, built: int, start: int) -> float:
    """Annuity of one unit that comes into force with the year `start`."""
    years = min(paid_over(world, row), _last(world, row, built, start) - start)
    rate = world.number(row["payer"], "cost_of_capital", built)
    return world.sure(row["id"], "investment", built) * annuity(years, world.horizon.rate if rate is None else rate) if years > 0 else 0.0


def charge(world: World, row: Cells, built: int) -> float:
    """Present value of the annuities of one unit built in a span, while in force within the horizon."""
    starts, made = world.horizon.starts(built), 0.0
    for start in starts:
        end = _last(world, row, built, start)
        paid = sum(overlap(t, start, end) * world.horizon.worth(t) for t in range(start, world.years[-1] + 1))
        made += _payment(world, row, built, start) * paid / len(starts)
    return made


def spared(world: World, row: Cells, built: int) -> float:
    """Present value of the annuities in the span of what is built in it."""
    starts = world.horizon.starts(built)
    return sum(_payment(world, row, built, start) * sum(world.horizon.worth(t) for t in range(start, built + 1)) for start in starts) / len(
        starts
    )


def cash(world: World, row: Cells, built: int) -> tuple[float, float]:
    """Investment of one unit built in a span, renewals inside the span counted; and what waiting for a whole span spares of it."""
    cost, years, starts = world.sure(row["id"], "investment", built), lifetime(world, row), world.horizon.starts(built)
    bought = less = 0.0
    for start in starts:
        acts = max(0.0, min(built + 1.0, ends_of(world, row)) - start)
        bought += (acts / years if acts > years else 1.0) / len(starts)
        less += ((built + 1 - start) / years if acts > years else 0.0) / len(starts)
    return cost * bought, cost * less


def paid_share(world: World, row: Cells, built: int, year: int) -> float:
    """Share of the investment of a span that is paid in a year of another: in the years of building, each as long before as its place says.

    The span's builds come into force evenly over the years in which they can, or over all of them.
    """
    horizon, lead = world.horizon, int(row["lead_time"] or 0)
    shares = [float(one) for one in (row.get("cash_profile") or "").split(";") if one] or ([1 / lead] * lead if lead else [1.0])
    in_force = open_years(world, row, [t for t in horizon.span(built) if t >= horizon.decide_from], _begun(world, row))
    ready = in_force or list(horizon.span(built))
    falls = [share for t in ready for place, share in enumerate(shares) if t - lead + place in horizon.span(year)]
    return sum(falls) / len(ready) / horizon.length(year)


def _begun(world: World, row: Cells) -> int:
    """The year from which on it may have been begun: what is usual as usual, all else when decisions begin."""
    first = world.horizon.first(world.years[0])
    return first if is_yes(row["usual"]) else max(first, world.horizon.decide_from)


def _on_the_city(world: World, row: Cells) -> float:
    """Share of a measure's cost that is the city's: where it acts on nothing but what serves the region."""
    on = [
        one["item"] for one in world.tables.of("effects") if one["measure"] == row["id"] and world.tables.find("technologies", one["item"])
    ]
    return max((world.city_share(name) for name in on), default=1.0)


def variable_cost(world: World, technology: str, year: int) -> float:
    """Variable cost with the network cost of what is taken in."""
    network = sum(
        -flow(world, technology, row["id"], year) * world.sure(row["id"], "network_cost", year)
        for row in world.tables.of("commodities")
        if flow(world, technology, row["id"], year) < 0
    )
    return world.sure(technology, "variable_cost", year) + network


def _yearly(world: World, stock: Stock, running: Running, trading: Trading, year: int, payer: str | None = None) -> Sum:
    """Upkeep, variable cost, trade and allowances of a year: all, or those of one payer; investment is not among them."""
    made = Sum()
    for row in measures(world):
        if payer in (None, row["payer"]):
            made.add(stock.level[row["id"], year], world.sure(row["id"], "upkeep", year) * _on_the_city(world, row))
    for row in world.tables.of("technologies"):
        sector = world.tables.find("sectors", row["sector"])
        if payer is None or (sector and sector.get("payer") == payer):
            made.add(stock.capacity[row["id"], year], world.sure(row["id"], "upkeep", year) * world.city_share(row["id"]))
            if (row["id"], year) in running.annual:
                made.add(running.annual[row["id"], year], variable_cost(world, row["id"], year))
            if row["heat"]:
                made.add(running.heat_of_year[row["id"], year], _on_heat(world, row["id"], year))
    for row in world.tables.of("markets"):
        if payer in (None, row["payer"]):
            made.add(trading.value[row["id"], year], 1.0 if row["direction"] == "buy" else -1.0)
    return made.add(settled_by(world, trading.settled, year, payer))


def _on_heat(world: World, technology: str, year: int) -> float:
    network = variable_cost(world, technology, year) - world.sure(technology, "variable_cost", year)
    return network * world.sure(technology, "heat_loss", year)


def spend(world: World, counted: Counted, payer: str, year: int) -> Sum:
    """Cash of a payer in a year."""
    stock, made = counted.stock, _yearly(world, counted.stock, counted.running, counted.trading, year, payer)
    for indicator, rate in levies(world, year, payer):
        made.add(counted.indicator(indicator, year), rate)
    for row in measures(world):
        for built in world.years:
            mine = (row["payer"] == payer) + granted(world, row["id"], built, payer)
            share, (bought, spared) = mine * paid_share(world, row, built, year), cash(world, row, built)
            made.add(stock.build[row["id"], built], share * bought)
            if (row["id"], built) in stock.deferred:
                made.add(stock.deferred[row["id"], built], -share * spared)
    return made


def cost(world: World, counted: Counted) -> Sum:
    """The objective: present value of annuities and of all yearly cost, that of the base year too where it counts, what is short at its price."""
    made, stock, trading = Sum(), counted.stock, counted.trading
    for row in measures(world):
        for year in world.years:
            borne = (1 + granted(world, row["id"], year)) * _on_the_city(world, row)
            made.add(stock.build[row["id"], year], charge(world, row, year) * borne)
            if (row["id"], year) in stock.deferred:
                made.add(stock.deferred[row["id"], year], -spared(world, row, year) * borne)
    for year in world.years:
        made.add(_yearly(world, stock, counted.running, trading, year), world.horizon.discount(year))
        for indicator, rate in levies(world, year):
            made.add(counted.indicator(indicator, year), rate * world.horizon.discount(year))
        for row in world.tables.of("commodities"):
            price = world.sure(row["id"], "unserved_cost", year)
            made.add(trading.short[row["id"], year], world.horizon.discount(year) * price)
        made.add(trading.short["peak", year], world.horizon.discount(year) * FIRM_PRICE)
    return made.add(world.horizon.discount(world.horizon.base) * world.base_cost)
