"""What columns are called in a heading: the word of each column in both languages, and the column that a heading means, by id or by word."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from model.case.tables.hours import HOURS
from model.case.tables.rows import TABLES

ORIGIN = ("file", "所在文件")  # of a worksheet alone: the file of the folder that a row belongs to

_WORDS: dict[str, tuple[str, str]] = {
    "id": ("id", "标识"), "label_en": ("name in English", "英文名称"), "label_zh": ("name in Chinese", "中文名称"),
    "value": ("value", "数值"), "unit": ("unit", "单位"), "low": ("low", "下限"), "high": ("high", "上限"),
    "status": ("status", "数据状态"), "source": ("source", "来源"), "year": ("year", "年份"), "price_year": ("price year", "价格年份"),
    # registers
    "payer": ("payer", "出资方"), "fund": ("fund", "资金来源"), "bureaus": ("bureaus", "责任单位"), "kind": ("kind", "类型"),
    "number": ("number", "序号"), "clause": ("clause", "条款"), "words_zh": ("words of the plan", "方案原文"),
    "words_en": ("words in English", "英文译意"), "items": ("modelled by", "对应条目"), "reason_en": ("reason in English", "理由（英文）"),
    "reason_zh": ("reason in Chinese", "理由（中文）"), "context": ("frame only", "仅为背景"), "sector": ("sector", "领域"), "county": ("county", "县（市、区）"),
    # what runs
    "balance": ("balanced", "平衡方式"), "surplus": ("surplus allowed", "可否富余"), "heating": ("heating", "是否供热"), "public": ("public budget", "是否财政"), "operation": ("operation", "运行方式"),
    "capacity_unit": ("unit of capacity", "容量单位"), "activity_unit": ("unit of activity", "活动量单位"), "profile": ("profile", "曲线"),
    "host": ("host", "依附技术"), "heat": ("heat", "供热平衡物"), "serves": ("serves", "服务范围"), "span": ("storage closes over", "储能闭合周期"),
    "backstop": ("backstop", "兜底"), "technology": ("technology", "技术"), "commodity": ("commodity", "平衡物"),
    "since": ("since", "起始年份"), "until": ("until", "截止年份"), "survival": ("survival curve", "存续曲线"),
    "period": ("period", "时段"), "days": ("days", "天数"), "share": ("share", "占比"), "shape": ("shape", "逐时形状"),
    "shape_later": ("later shape", "后期形状"), "direction": ("direction", "买卖方向"), "technologies": ("technologies", "技术"),
    "group": ("group", "所属组"), "beyond": ("beyond", "分段起点"), "market": ("market", "碳市场"), "by": ("counted by", "核算量"),
    # measures
    "lead": ("lead bureau", "牵头单位"), "support": ("supporting bureaus", "配合单位"), "whole": ("whole units", "整台套"),
    "usual": ("open as usual", "基准可用"), "earliest": ("earliest", "最早决策年"), "latest": ("latest", "最晚投入年"),
    "lead_time": ("lead time", "建设期"), "cash_profile": ("cash profile", "逐年出资比例"), "unit_names": ("names of units", "机组名称"),
    "illustrative": ("illustrative", "示意"), "measure": ("measure", "措施"), "item": ("item", "对象"), "lifetime": ("lifetime", "有效年限"),
    "stock": ("stock taken", "所减存量"), "lag": ("lag", "滞后年数"), "curve": ("curve", "曲线"), "measures": ("measures", "措施"),
    "owner": ("owner", "项目单位"), "stage": ("stage", "阶段"), "funding": ("fund", "资金来源"), "start": ("start", "开工年份"), "finish": ("finish", "完工年份"),
    "age": ("age", "年龄"),
    # what is counted, asked and recorded
    "boundary": ("boundary", "统计边界"), "stands_for": ("stands for", "所属通用指标"), "variant": ("variant", "口径"), "headline": ("headline", "首页显示"),
    "beside": ("told beside", "并列指标"), "indicator": ("indicator", "指标"), "series": ("series", "系列"), "quote": ("quote", "原文"),
    "strength": ("strength", "约束强度"), "form": ("form", "目标形式"), "sense": ("sense", "方向"), "reference": ("reference", "参照"),
    "base_year": ("base year", "对照年份"), "holds": ("holds", "持续方式"), "tolerance": ("tolerance", "容差"), "target": ("target", "目标"),
    "document": ("document", "文号"), "coupling": ("coupling", "关联约束"), "role": ("role", "用途"), "input": ("input", "据此设定"),
    "receiver": ("receiver", "收取方"), "result": ("result", "考核结果"), "quantity": ("quantity", "量"),
    "amount": ("amount", "取用量"), "flow": ("flow", "流向"), "variable": ("variable", "变量名"), "reason": ("reason", "理由"),
    **{name: (f"hour {hour}", f"{hour}时") for hour, name in enumerate(HOURS)},
}  # fmt: skip
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(_WORDS)


def compared(text: str) -> str:
    """A name as names are compared: full width as half width, capitals as small letters, a line break as a space.

    >>> compared(" Name\\nin  Ｅnglish ")
    'name in english'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def columns_by_heading(table: str) -> Mapping[str, str]:
    """{heading, as it is compared: column} of a table, by the id of the column and by its word in each language."""
    fields = TABLES[table].model_fields
    found = {compared(word): name for name in fields for word in WORDS[name]}
    return MappingProxyType({**found, **{name: name for name in fields}})
