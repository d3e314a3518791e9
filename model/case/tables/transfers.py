"""Transfers: taxes and subsidies that pass from one payer to another, or between a payer and those outside of the city."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Labelled, Names, Optional_Text, Quantified, Year, column


class Transfer(Labelled):
    """Either `rate` on each unit of an indicator, or `share` of the investment in measures, is paid by `payer` to `receiver`."""

    labels = ("Transfers: taxes and subsidies", "转移支付（税费、补贴）")
    kind: Literal["tax", "carbon_price", "subsidy"] = column(
        "tax or fee, carbon price (a tax on CO2), subsidy; says where it is shown and moves nothing",
        "类型（税费、碳价、补贴，仅决定列示位置）",
    )
    payer: Optional_Text = column(
        "who pays it; empty: those outside of the city, such as the state", "支付方（空为市外，如国家）", refers="payers", default=None
    )
    receiver: Optional_Text = column("who gets it; empty: those outside of the city", "收取方（空为市外）", refers="payers", default=None)
    indicator: Optional_Text = column(
        "indicator on each unit of which its `rate` is paid", "计征指标（按 rate 计）", refers="indicators", default=None
    )
    measures: Names = column(
        "measures of whose investment its `share` is paid, separated by ;",
        "按投资比例（share）计的措施（用;分隔）",
        refers="measures",
        default=(),
    )


class Deflator(Quantified):
    """The level of prices in a year, against any one year as 1 or 100: by it a number of another `price_year` becomes money of the case's."""

    labels = ("Price levels by year", "价格指数")
    key = ("year",)
    year: Year = column("year", "年份")
