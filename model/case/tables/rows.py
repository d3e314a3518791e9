"""The tables of a case: one pydantic model per table, which is also its documentation and its labels."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from model.case.tables.allowances import AllowanceGroup, AllowanceOutput, CarbonMarket
from model.case.tables.columns import (
    Id,
    Labelled,
    Names,
    Optional_Lifetime,
    Optional_Text,
    Optional_Year,
    Quantified,
    Row,
    Shares,
    Yes,
    column,
    price_year,
)
from model.case.tables.couplings import Coupling, CouplingTerm
from model.case.tables.credits import CreditGroup, CreditSegment
from model.case.tables.exchange import Counterpart
from model.case.tables.hours import DayType, Period, Profile, ProfileDay
from model.case.tables.indicators import Account, Indicator, Residual, Target
from model.case.tables.projects import Project
from model.case.tables.records import Actual, Fact, Figure, HandedDown, Official
from model.case.tables.registers import Bureau, Clause, County, Coverage, Funding, Payer, Sector
from model.case.tables.transfers import Deflator, Transfer


class Driver(Labelled):
    labels = ("Drivers", "外生变量")
    unit: str = column("unit", "单位")


class Commodity(Labelled):
    labels = ("Commodities", "平衡物")
    unit: str = column("unit in which it is balanced", "平衡单位")
    balance: Literal["hourly", "yearly"] = column("balanced each hour or each year", "逐时或逐年平衡")
    surplus: Yes = column("may be left over without use (yes/no)", "可否富余（是/否）", default=False)
    heating: Yes = column(
        "heat that homes, buildings or works are supplied with, which is said to be served or not (yes/no)",
        "是否属供热（居民、建筑或企业用热，报告据此说供热缺不缺；是/否）",
        default=False,
    )


class Technology(Labelled):
    labels = ("Technologies", "技术")
    sector: str = column("sector", "领域", refers="sectors")
    operation: Literal["dispatch", "committed", "variable", "shaped", "yearly", "storage", "saving", "flexibility", "reservoir"] = column(
        "how it runs", "运行方式"
    )
    capacity_unit: str = column("unit of capacity", "容量单位")
    activity_unit: str = column("unit of yearly activity", "年活动量单位")
    profile: Optional_Text = column(
        "availability by hour (variable) or shape of the year (shaped)", "逐时出力或用能曲线", refers="profiles", default=None
    )
    host: Optional_Text = column("technology an add-on sits on", "改造所依附的技术", refers="technologies", default=None)
    heat: Optional_Text = column("heat commodity of combined heat and power", "热电联产的热力", refers="commodities", default=None)
    serves: Literal["city", "region"] = column("whom it serves", "服务范围（本市/区域）", default="city")
    span: Literal["day", "month", "year"] = column(
        "over what a storage closes on itself: each typical day, each period of the year (as a month), or the whole year",
        "储能收支闭合的周期：每个典型日、每个时段（如月）或全年",
        default="day",
    )
    backstop: Yes = column("dear stand-in for abatement not yet in the case", "兜底减排（示意）", default=False)


class Flow(Quantified):
    labels = ("Flows of technologies", "技术投入产出")
    key = ("technology", "commodity", "year")
    technology: str = column("technology", "技术", refers="technologies")
    commodity: str = column(
        "commodity: put in (negative) or given out (positive) per unit of activity", "平衡物（负为投入，正为产出）", refers="commodities"
    )
    year: Optional_Year = column("year; empty for all years", "年份（空为全部）", default=None)


class Existing(Quantified, Labelled):
    labels = ("Existing stock", "现有存量")
    technology: str = column("technology", "技术", refers="technologies")
    county: Optional_Text = column("county", "县（市、区）", refers="counties", default=None)
    since: Optional_Year = column("first year in service", "投产年份", default=None)
    until: Optional_Year = column("last year in service; empty if beyond the horizon", "退役年份（末年）", default=None)
    survival: Optional_Text = column(
        "curve by age (since `since`) of the share that still stands, from 1 at age 0; `value` is what stands in the base year",
        "存续曲线（自投产起按年龄，0岁为1）；数值为基年存量",
        refers="curves",
        default=None,
    )


class Measure(Labelled):
    labels = ("Measures", "措施")
    sector: str = column("sector", "领域", refers="sectors")
    clause: str = column("clause of the plan", "条款", refers="clauses")
    payer: str = column("who pays the investment", "出资方", refers="payers")
    lead: Optional_Text = column(
        "bureau that leads; empty: the first of the clause's", "牵头单位（空为条款首位单位）", refers="bureaus", default=None
    )
    support: Names = column(
        "bureaus that support, separated by ;; empty: the clause's others where no lead is named",
        "配合单位（用;分隔；未填牵头单位时空为条款其余单位）",
        refers="bureaus",
        default=(),
    )
    county: Optional_Text = column("county or site", "县（市、区）", refers="counties", default=None)
    kind: Literal["build", "retire", "retrofit", "replace", "buy", "plant"] = column("kind of measure", "措施类型")
    unit: str = column("unit in which it is decided", "计量单位")
    whole: Yes = column("only in whole units (yes/no)", "是否整台（套）", default=False)
    usual: Yes = column("also open without the plan: like-for-like replacement, growth", "基准情景也可采用", default=False)
    earliest: Optional_Year = column("first year it can be decided", "最早决策年", default=None)
    latest: Optional_Year = column("last year it can be in force from", "最晚投入年", default=None)
    lead_time: int = column("years from decision to being in force", "建设期（年）", default=0, ge=0, le=20)
    cash_profile: Shares = column(
        "shares of the investment paid in each year of lead time, and perhaps in the year it comes into force, separated by ;; empty: evenly over the lead time",
        "建设期各年（可再加投产当年）出资比例（用;分隔；空为建设期内均摊）",
        default=(),
    )
    survival: Optional_Text = column(
        "curve by age of the share of what was built that is still in force, from 1 at age 0; empty: all of it until its lifetime ends",
        "存续曲线（按年龄，0岁为1）；空为寿命期内全部有效",
        refers="curves",
        default=None,
    )
    unit_names: Names = column("names of the whole units, in the order they are taken", "各台（套）名称", default=())
    illustrative: Yes = column("units are illustrative: no public list exists", "机组清单为示意", default=False)


class Effect(Quantified):
    labels = ("Effects of measures", "措施效果")
    key = ("measure", "item", "until")
    measure: str = column("measure", "措施", refers="measures")
    item: str = column(
        "technology whose capacity, or indicator whose amount, changes per unit", "技术或指标", refers="technologies|indicators"
    )
    lifetime: Optional_Lifetime = column(
        "years in force from building on; empty: the measure's lifetime, and for ever where a retire or replace measure takes away",
        "自建成起的有效年限（空为措施寿命；关停、替代所减产能永久有效）",
        default=None,
    )
    until: Optional_Year = column(
        "last year in force, when the unit would have left by itself", "效果截止年（机组自然退役年）", default=None
    )
    stock: Names = column(
        "where it takes away: the standing stock it takes from, separated by ;; empty: what leaves in the year of until, or else all",
        "所减的现有存量（用;分隔；空为同年退役者，无则全部）",
        refers="existing",
        default=(),
    )
    lag: int = column("years from building until it counts", "自建成起的滞后年数", default=0, ge=0, le=200)
    curve: Optional_Text = column("growth curve by age that multiplies it", "随林龄变化的曲线", refers="curves", default=None)


class Ramp(Labelled):
    """A group of measures (all roofs, all wind, buses) whose yearly additions grow and shrink no faster than its numbers say."""

    labels = ("Ramps of groups", "分组增减速度")
    unit: str = column("unit in which its measures are added up", "合计单位")
    measures: Names = column("measures of the group, separated by ;", "组内措施（用;分隔）", refers="measures")


class CurvePoint(Quantified):
    labels = ("Growth curves", "生长曲线")
    key = ("curve", "age")
    curve: Id = column("curve", "曲线")
    age: int = column("age in years", "年龄（年）", ge=0, le=500)


class Demand(Labelled):
    labels = ("Demands", "需求")
    commodity: str = column("commodity", "平衡物", refers="commodities")
    shape: Optional_Text = column("shape by hour, for hourly commodities", "逐时形状", refers="profiles", default=None)


class Market(Labelled):
    labels = ("Markets", "市场")
    commodity: str = column("commodity", "平衡物", refers="commodities")
    direction: Literal["buy", "sell"] = column("buy or sell", "买或卖")
    payer: str = column("who pays or earns", "付费方", refers="payers")
    shape: Optional_Text = column("price by hour at the start", "起始分时电价形状", refers="profiles", default=None)
    shape_later: Optional_Text = column("price by hour later, as sun grows", "后期分时电价形状", refers="profiles", default=None)


class Setting(Quantified, Labelled):
    labels = ("Settings", "设定")


class Number(Quantified):
    labels = ("Numbers", "数值")
    key = ("item", "quantity", "year")
    item: str = column("row it belongs to", "所属对象", refers="any")
    quantity: str = column("what is told of it", "量")
    year: Optional_Year = column("year; empty for all years", "年份（空为全部）", default=None)
    price_year: Optional_Year = price_year()


TABLES: dict[str, type[Row]] = {
    "sectors": Sector,
    "counties": County,
    "bureaus": Bureau,
    "payers": Payer,
    "funding": Funding,
    "clauses": Clause,
    "coverage": Coverage,
    "drivers": Driver,
    "commodities": Commodity,
    "technologies": Technology,
    "flows": Flow,
    "existing": Existing,
    "measures": Measure,
    "effects": Effect,
    "ramps": Ramp,
    "projects": Project,
    "curves": CurvePoint,
    "profiles": Profile,
    "profile_days": ProfileDay,
    "periods": Period,
    "day_types": DayType,
    "demands": Demand,
    "credit_groups": CreditGroup,
    "credit_segments": CreditSegment,
    "markets": Market,
    "carbon_markets": CarbonMarket,
    "allowance_groups": AllowanceGroup,
    "allowance_outputs": AllowanceOutput,
    "indicators": Indicator,
    "accounts": Account,
    "residuals": Residual,
    "targets": Target,
    "handed_down": HandedDown,
    "couplings": Coupling,
    "coupling_terms": CouplingTerm,
    "facts": Fact,
    "figures": Figure,
    "transfers": Transfer,
    "actuals": Actual,
    "official": Official,
    "settings": Setting,
    "deflators": Deflator,
    "iamc": Counterpart,
    "numbers": Number,
}
REQUIRED = ("sectors", "clauses", "payers", "measures", "effects", "indicators", "settings")
RUNNING = ("commodities", "technologies", "periods")
OF_RUNNING = frozenset(
    {
        *RUNNING,
        "flows",
        "existing",
        "profiles",
        "profile_days",
        "day_types",
        "demands",
        "credit_groups",
        "credit_segments",
        "markets",
        "allowance_outputs",
    }
)


def needed(given: Collection[str]) -> tuple[str, ...]:
    """The tables that a case which has `given` cannot do without: those of what runs only where it has any of them.

    >>> "technologies" in needed({"measures"}), "technologies" in needed({"measures", "demands"})
    (False, True)
    """
    return (*REQUIRED, *RUNNING) if OF_RUNNING & set(given) else REQUIRED
