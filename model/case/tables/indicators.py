"""What is counted, year by year, and what is asked of it: indicators, their accounts, what is given of them, targets."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Id, Labelled, Optional_Text, Optional_Year, Quantified, Year, Yes, column
from model.case.tables.forms import FormName


class Indicator(Labelled):
    labels = ("Indicators", "指标")
    unit: str = column("unit", "单位")
    boundary: str = column("boundary tag: totals of one tag only may be added", "统计边界", default="city")
    stands_for: Optional_Text = column("generic indicator this is one variant of", "所属通用指标", default=None)
    variant: Optional_Text = column("name of the variant, as chosen in case.yaml", "口径", default=None)
    headline: Yes = column("shown first in reports", "报告首页显示", default=False)


class Account(Quantified):
    labels = ("Accounts: what makes up an indicator", "指标核算")
    key = ("indicator", "item", "by", "year")
    indicator: str = column("indicator", "指标", refers="indicators")
    item: str = column("what is counted", "核算对象", refers="any")
    by: Literal["activity", "capacity", "use", "bought", "sold", "level", "build", "indicator", "driver", "demand", "change", "spend"] = (
        column(
            "what of it is counted; spend: a payer's cash of the year, investment, fixed O&M, fuel and purchases less revenue",
            "核算量（spend为出资方当年现金支出：投资、运维、燃料与购入，减收入）",
        )
    )
    year: Optional_Year = column("year; empty for all years", "年份（空为全部）", default=None)


class Residual(Quantified, Labelled):
    """The rest of the city: what no technology runs. `value` is the base year's amount."""

    labels = ("Rest of the city", "其余部分")
    sector: str = column("sector", "领域", refers="sectors")
    item: str = column("fuel burnt, or indicator emitted", "燃料或指标", refers="commodities|indicators")


class Target(Quantified, Labelled):
    labels = ("Targets", "目标")
    series: Id = column("rows of one series replace one another as years pass", "系列（后者替代前者）")
    clause: str = column("clause of the plan", "条款", refers="clauses")
    quote: str = column("the plan's own words", "原文", min_length=1)
    strength: Literal["binding", "expected", "striving"] = column("binding 约束性, expected 预期性, striving 力争", "约束强度")
    indicator: str = column("indicator", "指标", refers="indicators")
    form: FormName = column("form of the target", "目标形式")
    sense: Literal["<=", ">=", "=="] = column("at most, at least, equal", "方向")
    reference: Optional_Text = column(
        "indicator or driver it is measured against", "参照指标或变量", refers="indicators|drivers", default=None
    )
    year: Year = column("year from which it holds", "年份")
    base_year: Optional_Year = column(
        "year that a change is measured from: its published value (facts, role record), else the plan's own; or after which a budget is counted; empty: the case's base year",
        "变化所对照的年份：取已公布值（facts 中 role 为 record），无则取规划自身该年值；累计目标则自其次年起计；空为案例基年",
        default=None,
    )
    holds: Literal["onward", "year", "path"] = column(
        "holds until replaced, in its year only, or onward and on an even path from its base year: as many per cent each year",
        "持续、仅当年，或自基年起逐年按相同变化率完成并持续",
        default="onward",
    )
    tolerance: float = column("band of 'about' (左右), as a share of the value", "“左右”的容差（占目标值比例）", default=0.0, ge=0, le=0.5)
