"""The fixed words of columns that leave a choice: those that stand in the tables, and what each is called in Chinese, which is read as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from model.case.tables.headings import compared
from model.case.tables.rows import TABLES

_STATUS = {"sourced": "有来源", "mixed": "多源综合", "derived": "推算", "estimate": "估计", "illustrative": "示意"}
_FUND = {"budget": "财政预算", "bond": "债券", "enterprise": "企业自筹", "household": "居民"}
_SENSE = {"<=": "不高于", ">=": "不低于", "==": "等于"}
_BY = {
    "activity": "活动量", "capacity": "容量", "use": "用能", "bought": "购入", "sold": "售出", "level": "在役规模", "build": "新增规模", "indicator": "指标",
    "driver": "外生变量", "demand": "需求", "change": "变化量", "spend": "支出", "heat": "供热量",
}  # fmt: skip
YES = MappingProxyType({"yes": "是", "no": "否"})

_CHINESE: dict[str, Mapping[str, str]] = {
    "status": _STATUS,
    "fund": _FUND,
    "funding": _FUND,
    "sense": _SENSE,
    "by": _BY,
    "balance": {"hourly": "逐时", "yearly": "逐年"},
    "operation": {
        "dispatch": "可调度", "committed": "机组组合", "variable": "间歇出力", "shaped": "按曲线", "yearly": "按年", "storage": "储能", "saving": "节能改造",
        "flexibility": "灵活性改造", "reservoir": "水库",
    },
    "serves": {"city": "本市", "region": "区域"},
    "span": {"day": "日", "month": "月", "year": "年"},
    "stage": {"planned": "谋划", "preliminary": "前期", "building": "在建", "running": "投产"},
    "direction": {"buy": "购入", "sell": "售出"},
    "strength": {"binding": "约束性", "expected": "预期性", "striving": "力争"},
    "form": {
        "level": "总量", "share": "占比", "per_driver": "强度", "change": "总量变化", "change_per_driver": "强度变化", "phase_out": "逐步淘汰", "peak": "达峰",
        "additions": "新增占比", "budget": "累计",
    },
    "holds": {"onward": "持续", "year": "仅当年", "path": "逐年"},
    "role": {"exact": "精确", "fitted": "拟合", "held_out": "留出检验", "shown": "并列", "record": "公布值"},
    "result": {"met": "完成", "missed": "未完成"},
    "amount": {
        "total": "指标值", "counted": "计入量", "capacity": "容量", "output": "产出", "use": "用量", "final_use": "终端用量", "bought": "购入", "sold": "售出",
        "investment": "投资",
    },
}  # fmt: skip
# `kind` is another choice in each table.
_KINDS: dict[str, Mapping[str, str]] = {
    "coverage": {"clause": "条款", "target": "目标", "measure": "措施"},
    "measures": {"build": "新建", "retire": "退役", "retrofit": "改造", "replace": "替代", "buy": "购置", "plant": "造林"},
    "profiles": {"availability": "出力系数", "shape": "用能形状"},
    "couplings": {"requires": "前置", "excludes": "互斥", "swap": "置换", "shared": "共用", "limit": "上限"},
    "transfers": {"tax": "税费", "carbon_price": "碳价", "subsidy": "补贴"},
}


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The fixed words that a cell of this kind may hold; empty where it may hold others."""
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    parts = get_args(annotation)
    if parts:
        return next((found for part in parts if (found := choices_of(part))), ())
    return ("yes", "no") if annotation is bool else ()


@cache
def choices(table: str, column: str) -> Mapping[str, tuple[str, str]]:
    """{fixed word: what it is called in English and in Chinese} of a column; empty where it leaves no choice."""
    words = choices_of(TABLES[table].model_fields[column].annotation)
    chinese = YES if words == ("yes", "no") else _KINDS[table] if column == "kind" and words else _CHINESE.get(column, {})
    return MappingProxyType({word: (word, chinese[word]) for word in words})


@cache
def _by_word(table: str, column: str) -> Mapping[str, str]:
    return {compared(chinese): word for word, (_, chinese) in choices(table, column).items()}


def fixed_word(table: str, column: str, text: str) -> str:
    """The fixed word that a cell means by its Chinese name; any other text as it is.

    >>> fixed_word("measures", "kind", "新建"), fixed_word("measures", "kind", "build"), fixed_word("measures", "unit", "台")
    ('build', 'build', '台')
    """
    return _by_word(table, column).get(compared(text), text) if text and not text.isascii() else text
