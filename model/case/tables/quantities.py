"""What may be told of each kind of row in `numbers`: its unit, its bounds, how it fills the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Quantity:
    """One quantity. `unit` may name the row's own columns in braces.

    `least` and `most` belong to the range, `above` does not. `fill`: `linear` interpolates between given years and keeps the ends; `exact` is zero in years not given;
    `onward` is zero before the first year given and holds from each year given until the next; `constant` has no year.
    """

    unit: str
    en: str
    zh: str
    fill: Literal["linear", "exact", "onward", "constant"] = "linear"
    default: float | None = None
    least: float | None = None
    most: float | None = None
    above: float | None = None


QUANTITIES: dict[str, dict[str, Quantity]] = {
    "technologies": {
        "availability": Quantity("1", "availability", "可用率", default=1.0, least=0, most=1),
        "yearly_use": Quantity(
            "{activity_unit}/({capacity_unit})",
            "activity of a unit of capacity in a full year",
            "单位容量满负荷年活动量",
            fill="constant",
            above=0,
        ),
        "utilisation_floor": Quantity("1", "least utilisation of the year (h/yr or share)", "年利用率下限", default=0.0, least=0, most=1),
        "utilisation_ceiling": Quantity(
            "1", "highest utilisation of the year (h/yr or share)", "年利用率上限", default=1.0, least=0, most=1
        ),
        "upkeep": Quantity("亿元/({capacity_unit})", "fixed O&M a year", "固定运维费（每年）", default=0.0, least=0),
        "variable_cost": Quantity("亿元/({activity_unit})", "variable cost other than fuel", "可变成本（不含燃料）", default=0.0),
        "minimum_load": Quantity("1", "least load of what is online", "最小技术出力", default=0.0, least=0, most=1),
        "minimum_load_cut": Quantity(
            "1", "how far a flexibility retrofit lowers the minimum load", "灵活性改造降低的最小出力", default=0.0, least=0, most=1
        ),
        "round_trip_efficiency": Quantity("1", "round-trip efficiency", "循环效率", default=1.0, most=1, above=0),
        "storage_hours": Quantity("h", "hours of full discharge", "满发小时数", default=0.0, above=0),
        "least_hours": Quantity(
            "h",
            "least energy a unit of power must have where energy is decided apart",
            "储能电量单独决策时的最短时长",
            fill="constant",
            default=0.0,
            least=0,
        ),
        "most_hours": Quantity(
            "h",
            "most energy a unit of power may have where energy is decided apart",
            "储能电量单独决策时的最长时长",
            fill="constant",
            default=1e30,
            above=0,
        ),
        "standing_loss": Quantity(
            "1/h",
            "share of what a storage holds that is lost in an hour",
            "储能自放电率（每小时损失比例）",
            fill="constant",
            default=0.0,
            least=0,
            most=1,
        ),
        "start_stock": Quantity(
            "1",
            "share of its energy that a storage over the year holds as each year begins, and at least has again as it ends; left out: any, the same",
            "跨年度时段储能年初存量占其容量的比例（年末不低于此）；空为不限、年末与年初相同",
            fill="constant",
            least=0,
            most=1,
        ),
        "capacity_credit": Quantity("1", "share of capacity firm at peak", "容量置信系数", default=0.0, least=0, most=1),
        "coincidence": Quantity(
            "GW/({activity_unit})",
            "load at the city's peak of a unit of yearly activity, beside the peak load of demands",
            "单位年活动量在全市最大负荷时的用电负荷（另计于需求最大负荷之外）",
            default=0.0,
        ),
        "heat_ratio": Quantity("1", "most heat per unit of power online", "最大热电比", default=0.0, least=0),
        "heat_loss": Quantity("1", "power given up per unit of heat", "抽汽折损系数", default=0.0, least=0),
        "back_pressure": Quantity("1", "least power per unit of heat", "背压比", default=0.0, least=0),
        "minimum_capacity": Quantity(
            "{capacity_unit}",
            "least capacity that must stand in all from that year on, what exists counted",
            "最低总容量（自该年起，含现有存量）",
            fill="onward",
            least=0,
        ),
        "sale_share": Quantity("1", "share of its generation that may be sold out of the city", "可外送比例", default=0.0, least=0, most=1),
    },
    "measures": {
        "investment": Quantity("亿元/({unit})", "investment per unit, by year of building", "单位投资", default=0.0),
        "upkeep": Quantity("亿元/({unit})", "fixed O&M a year per unit in force", "单位固定运维费（每年）", default=0.0),
        "potential": Quantity("{unit}", "most that can be in force", "潜力上限", least=0),
        "minimum": Quantity(
            "{unit}", "least that must be in force in all from that year on", "最低在役规模（自该年起）", fill="onward", least=0
        ),
        "least_size": Quantity(
            "{unit}",
            "least that is added in a modelled year where anything is, beside what is committed",
            "一次新增的最小规模（已定投产量另计）",
            fill="constant",
            above=0,
        ),
        "pace": Quantity("{unit}", "build-rate limit: most that can be added in a year", "年最大新增量", least=0),
        "lifetime": Quantity("yr", "lifetime", "寿命", fill="constant", most=500, above=0),
        "unit_size": Quantity("{unit}", "size of one whole unit", "单台（套）规模", fill="constant", above=0),
        "committed": Quantity("{unit}", "already committed to enter force in that year", "已定投产量", fill="exact", least=0),
    },
    "existing": {
        "remaining": Quantity(
            "{capacity_unit}",
            "what still stands of it at the end of that year, straight from one year told to the next, beginning with its value in the base year",
            "该年末剩余容量（自基年存量起逐年线性变化）",
            least=0,
        ),
    },
    "ramps": {
        "up": Quantity("1", "most growth a year of what is added", "年新增量最大增幅", fill="constant", least=0, most=10),
        "start": Quantity(
            "{unit}",
            "what may be added a year beside that growth, at least one whole unit",
            "年新增量起步量（至少一台套）",
            fill="constant",
            least=0,
        ),
        "down": Quantity(
            "1", "most fall a year of what is added; left out: any", "年新增量最大降幅（空为不限）", fill="constant", least=0, most=1
        ),
        "stop": Quantity(
            "{unit}",
            "what the additions of a year may fall by beside that, at least one whole unit",
            "年新增量另可减少量（至少一台套）",
            fill="constant",
            default=0.0,
            least=0,
        ),
        "recent": Quantity(
            "{unit}",
            "added a year before decisions begin; left out: the mean of the last three years with a row in actuals, an estimate as it stands in the past that is found, a span's amount evenly over its years",
            "决策起始前年新增量（空为最近三个有实绩年份的平均；估计值取推定往年所用之值，跨年时段按年均分）",
            fill="constant",
            least=0,
        ),
    },
    "demands": {
        "amount": Quantity("{commodity_unit}", "amount demanded in the year", "年需求量", least=0),
        "peak": Quantity(
            "GW", "peak load, without what technologies add by their coincidence", "最大负荷（不含技术按同时系数另计者）", least=0
        ),
    },
    "drivers": {"amount": Quantity("{unit}", "amount in the year", "年值")},
    "commodities": {
        "energy_content": Quantity("Mtce/({unit})", "energy content", "折标系数", fill="constant", least=0),
        "unserved_cost": Quantity(
            "亿元/({unit})", "value of lost load: price of a unit not served", "缺供惩罚价", fill="constant", default=200.0, above=0
        ),
        "network_cost": Quantity("亿元/({unit})", "network cost borne by load", "输配成本（由用户承担）", default=0.0, least=0),
    },
    "markets": {
        "price": Quantity("亿元/({commodity_unit})", "price", "价格"),
        "power_limit": Quantity("GW", "most at any hour", "最大功率", default=1e30, least=0),
        "yearly_limit": Quantity("{commodity_unit}", "most in a year", "年最大量", default=1e30, least=0),
        "firm_capacity": Quantity("GW", "what counts as firm at peak", "可计入的可靠容量", default=0.0, least=0),
        "later_weight": Quantity("1", "weight of the later price shape", "后期形状权重", default=0.0, least=0, most=1),
    },
    "carbon_markets": {"price": Quantity("亿元/({unit})", "price of an allowance", "配额价格", least=0)},
    "allowance_groups": {
        "gain_limit": Quantity(
            "1",
            "most that may be sold, share of its verified emissions; what is above it lapses",
            "盈余上限（占核查排放量比例，超出部分作废）",
            default=1e30,
            least=0,
        ),
        "loss_limit": Quantity(
            "1",
            "most that must be bought, share of its verified emissions; what is above it is forgiven",
            "缺口上限（占核查排放量比例，超出部分免缴）",
            default=1e30,
            least=0,
        ),
    },
    "allowance_outputs": {
        "verified": Quantity("({market_unit})/({output_unit})", "verified emissions of a unit of output", "单位产出核查排放量", least=0),
        "benchmark": Quantity("({market_unit})/({output_unit})", "allowances allotted for a unit of output", "单位产出配额基准值", least=0),
    },
    "payers": {
        "cost_of_capital": Quantity(
            "1/yr",
            "real rate at which it pays back its investment; left out: the discount rate",
            "实际资本成本率（空为贴现率）",
            fill="constant",
            least=0,
            most=1,
        )
    },
    "transfers": {
        "rate": Quantity("亿元/({indicator_unit})", "paid on each unit of its indicator", "单位指标支付额"),
        "share": Quantity("1", "share of the investment in its measures, by year of building", "占投资比例（按投入年份）", least=0),
    },
    "residuals": {"path": Quantity("1", "path relative to the base year", "相对基年的路径", default=1.0, least=0)},
}

SETTINGS: dict[str, Quantity] = {
    "discount_rate": Quantity("1/yr", "real discount rate", "实际贴现率", least=0, most=1),
    "reserve_margin": Quantity("1", "reserve margin on peak load", "备用率", default=0.0, least=0, most=1),
    "curtailment_limit": Quantity("1", "most that may be curtailed of variable generation", "弃风弃光率上限", default=1.0, least=0, most=1),
    "regional_share": Quantity(
        "1",
        "share of region-serving assets counted in the city's balance and cost",
        "区域性资产计入本市的比例",
        default=0.0,
        least=0,
        most=1,
    ),
    "firm_hours": Quantity("h", "hours a storage must last to be fully firm", "储能计入可靠容量的时长", default=6.0, least=0),
    "stress_days": Quantity(
        "1",
        "linked days of the stress spell, a mean day first; 0 for none",
        "连续紧张日天数（首日为平均日）",
        default=0.0,
        least=0,
        most=14,
    ),
    "stress_weight": Quantity("1", "days of the year each day of the spell stands for", "紧张日权重（天）", default=0.0, least=0),
    "stress_variable": Quantity(
        "1", "variable generation in the spell, share of its mean day", "紧张日风光出力系数", default=1.0, least=0, most=1
    ),
    "stress_load": Quantity("1", "load in the spell, multiple of the mean winter day", "紧张日负荷系数", default=1.0, least=0),
}
