"""Carbon markets: whose output is allotted allowances by a benchmark, and what its emissions are by the verified factor."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Labelled, Optional_Year, column


class CarbonMarket(Labelled):
    """A market of emission allowances, bought and sold at one `price`."""

    labels = ("Carbon markets", "碳市场")
    unit: str = column("unit of emissions and allowances", "排放与配额单位")


class AllowanceGroup(Labelled):
    """What settles its allowances together (an enterprise, a plant, a sector): of its outputs, verified emissions less allowances."""

    labels = ("Groups of a carbon market", "碳市场履约主体")
    market: str = column("carbon market", "碳市场", refers="carbon_markets")
    payer: str = column("who buys and sells", "买卖方", refers="payers")
    since: Optional_Year = column("first modelled year in which it settles; empty: always", "首个履约年份（空为始终）", default=None)


class AllowanceOutput(Labelled):
    """An output of a group: `verified` emissions and `benchmark` allowances for each unit of it."""

    labels = ("Outputs allotted allowances", "配额核定产出")
    group: str = column("group that settles for it", "履约主体", refers="allowance_groups")
    technology: str = column("technology", "技术", refers="technologies")
    by: Literal["activity", "heat"] = column(
        "its activity, or its heat beside it (TWh)", "活动量，或另计的供热量（TWh）", default="activity"
    )
