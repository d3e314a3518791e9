"""Faults of taking away: stock of another technology, stock that cannot be told apart, stock that has left before."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault, Place, clipped
from model.case.parameters.taking import MOST_UNIONS, Takings, joined
from model.case.read.canonical import Lookup
from model.case.read.case import Case


def stock(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Columns `stock` and `until` of effects against the standing stock they act on."""
    if case.unread & {"existing", "effects", "technologies"}:
        return
    technology = {row.id: row.technology for row in case.tables["existing"]}
    takings = Takings(case)
    stocks: dict[tuple[str, ...], Place] = {}
    for row, place in case.placed("effects"):
        if isinstance(row.until, str) or row.stock is None:
            continue  # told as a fault of its cell
        taking = takings.of(row)
        if taking is None:
            if row.stock:
                yield Fault("not_used_here", place.at("stock"), clipped("; ".join(row.stock)), "value < 0")
            continue
        elsewhere = [name for name in row.stock if technology.get(name, row.item) != row.item]
        if elsewhere:
            own = [name for name, of in technology.items() if of == row.item]
            yield Fault("wrong_stock", place.at("stock"), clipped("; ".join(elsewhere)), clipped(", ".join(own) or "-", 200))
            continue
        stocks.setdefault(taking.stock, place)
        years = {one.until for one in takings.rows(row)}
        last = max((year for year in years if year is not None), default=None)
        if row.until is None and len(years) > 1:
            yield Fault("stock_not_told_apart", place.at("stock"), ", ".join(sorted(str(year or "-") for year in years)), "stock | until")
        elif row.until is not None and None not in years and last is not None and last < row.until:
            yield Fault("stock_has_left", place.at("until"), str(row.until), f"<= {last}", str(last))
    ways = len(joined(stocks)) - len(stocks)
    if ways > MOST_UNIONS:
        last_place = list(stocks.values())[-1]
        yield Fault("stocks_overlap", last_place.at("stock"), str(ways), str(MOST_UNIONS))
