"""The programme's own words, in English and in the terms of the plans themselves."""

from __future__ import annotations

from typing import Literal

from model.report.wording.choice_words import CHOICE
from model.report.wording.clash_words import CLASH
from model.report.wording.explain_words import EXPLAIN
from model.report.wording.future_words import FUTURE
from model.report.wording.sentences import SENTENCES
from model.report.wording.study_words import STUDY_WORDS
from model.report.wording.target_words import TARGETS

Language = Literal["en", "zh"]

TERMS: dict[str, tuple[str, str]] = {
    # sheets
    "summary": ("Summary", "摘要"),
    "charts": ("Charts", "图表"),
    "schedule": ("Build schedule", "建设时序"),
    "retirements": ("Retirements", "退役清单"),
    "capacity": ("Capacity", "装机与产能"),
    "investment": ("Investment", "投资"),
    "targets": ("Targets", "目标完成情况"),
    "indicators": ("Indicators", "主要指标"),
    "balance": ("Energy balance", "能源与物料平衡"),
    "typical_day": ("Typical day", "典型日"),
    "sectors": ("Sectors", "分领域"),
    "assumptions": ("Assumptions", "参数与来源"),
    "sources": ("How sure the numbers are", "数据可靠程度"),
    "about": ("About", "计算说明"),
    "tasks": ("Tasks of the plan", "任务措施"),
    "aims": ("Targets of the plan", "指标目标"),
    "by_bureau": ("By bureau", "分部门时序"),
    "coverage": ("Coverage", "方案覆盖"),
    "cobenefit": ("CO2 and PM2.5", "降碳与减污"),
    # column headers
    "item": ("Item", "项目"),
    "value": ("Value", "数值"),
    "unit": ("Unit", "单位"),
    "low": ("Low", "下限"),
    "high": ("High", "上限"),
    "note": ("Note", "备注"),
    "sector": ("Sector", "领域"),
    "measure": ("Measure", "措施"),
    "kind": ("Kind", "类型"),
    "county": ("Site / county", "县（市、区）"),
    "total": ("Total", "合计"),
    "bureaus": ("Responsible bureaus", "责任单位"),
    "clause": ("Clause", "条款"),
    "payer": ("Payer", "出资方"),
    "year": ("Year", "年份"),
    "unit_name": ("Unit taken", "机组（设备）"),
    "technology": ("Technology", "技术"),
    "output": ("Output", "产出"),
    "path": ("Path / part", "情景 / 构成"),
    "target": ("Target", "目标"),
    "quote": ("Words of the plan", "方案原文"),
    "strength": ("Strength", "约束性质"),
    "sense": ("Sense", "方向"),
    "required": ("Required", "要求值"),
    "achieved": ("Reached", "达到值"),
    "slack": ("Slack", "余量"),
    "state": ("State", "完成情况"),
    "price": ("Price", "边际成本"),
    "price_unit": ("Unit of the price", "边际成本单位"),
    "indicator": ("Indicator", "指标"),
    "commodity": ("Commodity", "品种"),
    "entry": ("Supply (+) or use (-)", "供应（+）或使用（-）"),
    "hour": ("Hour", "小时"),
    "table": ("Table", "数据表"),
    "quantity": ("Quantity", "参数"),
    "status": ("Status", "数据状态"),
    "source": ("Source", "来源"),
    "rule": ("Rule checked", "核对规则"),
    "worst": ("Worst relative departure", "最大相对偏差"),
    "last_year": ("Last year in service", "自然退役年"),
    "amount": ("Amount", "规模"),
    "modelled": ("Modelled", "模型领域"),
    "residual": ("Residual", "其余部分"),
    "residual_share": ("Residual share", "其余占比"),
    "fact": ("Fact", "统计值"),
    "range": ("Range", "范围"),
    "within": ("Within", "是否在范围内"),
    # the plan in its own form
    "task": ("Task", "任务"),
    "plan_measure": ("Measure of the plan", "措施"),
    "deadline": ("Deadline", "时限"),
    "taken_up": ("When and how much", "时序与规模"),
    "bureau": ("Bureau", "责任单位"),
    "no_bureau": ("(none named)", "（未列明）"),
    "base_value": ("Base", "基期"),
    "gap_to_target": ("Gap", "差距"),
    "not_taken_up": ("open to the plan, not taken up", "可选，本方案未采用"),
    "by_targets_and_paths": ("modelled by targets, technologies or given paths", "由目标、技术运行或既定路径体现"),
    # coverage of the plan
    "entry_kind": ("Row of the plan", "类别"),
    "entry_clause": ("Clause", "条款"),
    "entry_target": ("Target", "目标"),
    "entry_measure": ("Measure", "措施"),
    "number": ("No.", "序号"),
    "modelled_by": ("Modelled by", "对应模型条目"),
    "moves": ("What it moves", "影响对象"),
    "reason": ("Why not", "未建模理由"),
    "coverage_modelled": ("modelled", "已建模"),
    "coverage_claimed": ("CLAIMED, moves nothing", "声称已建模但无影响"),
    "coverage_reason": ("left to a reason", "说明理由"),
    "coverage_context": ("context", "背景性表述"),
    "end_energy": ("energy", "能源"),
    "end_co2": ("greenhouse gas", "温室气体"),
    "end_pollutant": ("pollutant", "污染物"),
    "end_target": ("target", "目标"),
    "rows_of_plan": ("Rows", "总数"),
    "modelled_rows": ("Modelled", "已建模"),
    "claimed_rows": ("Claimed only", "仅声称"),
    "reason_rows": ("Reason given", "说明理由"),
    "context_rows": ("Context", "背景性"),
    "context_modelled": ("of it modelled", "其中已建模"),
    # how sure the numbers are
    "sum": ("Sum", "合计"),
    "width": ("Width, %", "范围宽度（%）"),
    "weight": ("Money through it", "涉及金额"),
    "moved": ("Width x money", "金额变动"),
    "where": ("Through", "途径"),
    "through_investment": ("investment", "投资"),
    "through_upkeep": ("upkeep", "运维"),
    "through_variable_cost": ("variable cost", "可变成本"),
    "through_price": ("purchases and sales", "购售"),
    "through_flow": ("use of energy and goods", "能源与物料用量"),
    "through_amount": ("demand", "需求"),
    # CO2 and PM2.5 together
    "group": ("What it does", "作用"),
    "measures_acting": ("Measures that act on it", "相关措施"),
    "both_fall": ("cuts both", "协同减排"),
    "carbon_falls": ("cuts CO2 only", "仅降碳"),
    "air_falls": ("cuts PM2.5 only", "仅减污"),
    "carbon_for_air": ("cuts PM2.5, adds CO2", "减污但增碳"),
    "air_for_carbon": ("cuts CO2, adds PM2.5", "降碳但增污"),
    "both_rise": ("adds", "增加"),
    # kinds of measure
    "kind_build": ("build", "新建"),
    "kind_retire": ("retire", "退役"),
    "kind_retrofit": ("retrofit", "改造"),
    "kind_replace": ("replace", "替代"),
    "kind_buy": ("buy", "购置"),
    "kind_plant": ("plant", "营造林"),
    # strength of a target
    "strength_binding": ("binding", "约束性"),
    "strength_expected": ("expected", "预期性"),
    "strength_striving": ("striving", "力争"),
    "sense_<=": ("at most", "不高于"),
    "sense_>=": ("at least", "不低于"),
    "sense_==": ("equal to", "等于"),
    # parts of a change
    "measures": ("measures", "措施"),
    "growth": ("growth and replacement as usual", "常规增长与更新"),
    "residual_path": ("path of the rest of the city", "其他领域既定路径"),
    "grid_factor": ("factor of purchased power", "外购电排放因子变化"),
    "backstop": ("other abatement (backstop)", "其他减排（兜底）"),
    "change": ("change since {}", "较{}年变化"),
    # paths
    "plan": ("Plan", "方案"),
    "usual": ("Usual", "基准情景"),
    "free": ("No targets", "无目标情景"),
    "limit": ("Target", "目标值"),
    # components of cost
    "cost_investment": ("Investment (annuities)", "投资（年金）"),
    "cost_upkeep": ("Upkeep of technologies", "固定运维费"),
    "cost_upkeep_of_measures": ("Upkeep of measures", "措施运维费"),
    "cost_variable": ("Variable cost other than fuel", "可变成本（不含燃料）"),
    "cost_purchases": ("Purchases of fuel, power and materials", "燃料、电力及物料购入"),
    "cost_revenue": ("Revenue from sales", "外售收入"),
    "cost_unserved": ("Unserved", "缺供惩罚"),
    # entries of a balance, and origins
    "demand": ("Demand", "终端需求"),
    "unserved": ("Unserved", "缺供"),
    "left_over": ("Left over", "富余"),
    "origin_markets": ("Purchased energy and goods", "外购能源与物料"),
    "origin_residuals": ("Rest of the city", "其他领域（未建模部分）"),
    "origin_drivers": ("Given from outside", "外生给定"),
    "origin_other": ("Other", "其他"),
    "load": ("Load", "用电负荷"),
    "purchase": ("Purchase", "外购电"),
    "sale": ("Sale", "外送电"),
    "charging": ("Storage charging", "储能充电"),
    "flexible_use": ("Modelled use", "模型用电"),
    # how an account counts
    "by_activity": ("activity", "活动量"),
    "by_capacity": ("capacity", "容量"),
    "by_use": ("use", "使用量"),
    "by_bought": ("bought", "购入量"),
    "by_sold": ("sold", "售出量"),
    "by_level": ("in force", "在役规模"),
    "by_build": ("added in the year", "当年新增"),
    "by_indicator": ("indicator", "指标"),
    "by_driver": ("given path", "外生变量"),
    "by_demand": ("demand", "需求量"),
    "by_change": ("yearly change", "年变化量"),
    "by_spend": ("spending", "支出"),
    # how well a number is known
    "status_sourced": ("sourced", "有来源"),
    "status_mixed": ("mixed", "多源综合"),
    "status_derived": ("derived", "推算"),
    "status_estimate": ("estimate", "估计"),
    "status_illustrative": ("illustrative", "示意"),
    # a run
    "case": ("Case", "方案（案例）"),
    "run": ("Run", "计算编号"),
    "run_status": ("Status", "求解状态"),
    "created": ("Created", "计算时间"),
    "accepted": ("Accepted", "是否采纳"),
    "objective": ("Objective", "目标函数值"),
    "bound": ("Proven bound", "已证明下界"),
    "gap": ("Relative gap", "相对间隙"),
    "proven_by": ("Proven by", "证明方式"),
    "seconds": ("Seconds", "用时（秒）"),
    "columns": ("Columns", "变量数"),
    "rows": ("Rows", "约束数"),
    "integers": ("Whole-number columns", "整数变量数"),
    "days": ("Typical days", "典型日数"),
    "decide_from": ("Decisions from", "决策起始年"),
    "solver": ("Solver", "求解器"),
    "name": ("Name", "名称"),
    "version": ("Version", "版本"),
    "versions": ("Versions", "软件版本"),
    "options": ("Options", "计算选项"),
    "audit": ("Audit", "复核"),
    "changes": ("Changed by --set", "参数改动（--set）"),
    "dropped": ("Targets dropped", "停用目标"),
    "threads": ("Threads", "线程数"),
    "baselines": ("Baselines", "对照情景"),
    "parameters": ("parameters", "参数准备"),
    "build": ("model", "建模"),
    "compile": ("compile", "编译"),
    "solve": ("solve", "求解"),
    "results": ("results", "结果整理"),
    "report": ("report", "报告"),
    "read": ("read", "读取"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "none": ("none", "无"),
    "optimal": ("proven within the gap asked", "已证明达到要求的间隙"),
    "infeasible": ("targets cannot all be met", "目标无法同时完成"),
    "unbounded": ("money made without end", "收益无上限"),
    "time_limit": ("not proven within the time limit", "限时内未证明最优"),
    "interrupted": ("interrupted", "已中断"),
    "failed": ("failed", "求解失败"),
    "branch and bound": ("branch and bound", "分支定界"),
    "branching": ("branching", "分支"),
    "best": ("best plan", "当前最优"),
    "model_base": ("base year", "基年"),
    "model_usual": ("usual baseline", "基准情景"),
    "model_plan": ("plan", "规划方案"),
    "model_step": ("step of the plan", "方案分步"),
    "model_free": ("free baseline", "无目标情景"),
    "step_relax": ("relaxing", "线性松弛"),
    "step_without_hipo": ("relaxing by simplex", "线性松弛（单纯形法）"),
    "step_round": ("rounding", "取整"),
    "step_plan": ("plan found", "得到可行方案"),
    "step_bound": ("raising the bound", "提升下界"),
    "step_branch": ("branching", "分支"),
    "relaxation": ("relaxation", "线性松弛"),
}
WORDS = CHOICE | TERMS | SENTENCES | EXPLAIN | CLASH | STUDY_WORDS | FUTURE | TARGETS


def word(key: str, language: str) -> str:
    """A word or sentence in the language.

    >>> word("schedule", "zh")
    '建设时序'
    """
    return WORDS[key][0 if language == "en" else 1]


def counted(key: str, count: int, language: str, *others: object) -> str:
    """A sentence that starts from a number of things, filled in; of one thing it is `KEY_one` where there is one.

    >>> counted("line_faults", 1, "en"), counted("line_faults", 2, "en")
    ('1 fault', '2 faults')
    """
    return word(f"{key}_one" if count == 1 and f"{key}_one" in WORDS else key, language).format(count, *others)


def word_or(key: str, language: str, otherwise: str) -> str:
    """A word, or what is given where the programme has none (a name that data or a library brought)."""
    return word(key, language) if key in WORDS else otherwise
