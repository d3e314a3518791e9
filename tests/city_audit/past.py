"""What was built before decisions begin, held against its record: a record as it stands, an estimate between its ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from city_audit.inputs import Row, whole
from city_audit.run import Run
from city_audit.stock import Stock
from city_audit.units import converted

KNOWN = ("sourced", "mixed", "derived")


@dataclass(frozen=True)
class Past:
    """Builds of spans that end before decisions begin and that the record of their measure reaches."""

    run: Run
    stock: Stock

    def recorded(self) -> Iterator[tuple[str, int, float, float]]:
        """(measure, year, what the record allows that is nearest to what is stored, what is stored)."""
        for measure in self.stock.measures:
            rows = {whole(row["year"]): row for row in self.run.inputs.rows("actuals") if row["measure"] == measure and row["value"]}
            last = max((year or 0 for year in rows), default=0)
            for built in self.run.years.modelled:
                span = self.run.years.span(built)
                if built < int(self.run.results.attrs["decide_from"]) and built <= last:
                    told = [self._between(row) for year, row in rows.items() if year in span]
                    least, most = (sum(one[end] for one in told) for end in (0, 1))
                    stored = self.run.value("build", built, measure=measure)
                    yield measure, built, min(max(stored, least), most), stored

    def _between(self, row: Row) -> tuple[float, float]:
        known = row["status"] in KNOWN or not row.get("low") or not row.get("high")
        unit = self.stock.measures[row["measure"]]["unit"]
        low, high = (converted(float(row["value"] if known else row[end]), row["unit"], unit) for end in ("low", "high"))
        return low, high
