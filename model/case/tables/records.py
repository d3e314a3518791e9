"""Records: what is known of the base year and of later years, what was built, and which targets were met."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from model.case.tables.columns import Labelled, Optional_Float, Optional_Text, Quantified, Row, Status, Year, Yes, column

ResultName = Literal["met", "missed"]
RESULTS: Mapping[str, ResultName] = MappingProxyType({"完成": "met", "达标": "met", "未完成": "missed", "未达标": "missed"})


def _result(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return RESULTS.get(text.strip(), text.strip().casefold())


class Fact(Quantified, Labelled):
    labels = ("Facts of the base year and records of later ones", "基年事实与以后年份公布值")
    indicator: str = column("indicator", "指标", refers="indicators")
    year: Year = column("year", "年份")
    role: Literal["exact", "fitted", "held_out", "shown", "record"] = column(
        "exact: within 5 % without residual; fitted: the residual makes it up; held_out: must fall in its range; shown: told beside the model, of any year, and judges nothing; record: published value of a later year, no estimate",
        "用途（shown仅与模型并列，年份不限，不作评判；record为以后年份的公布值，不得为估计）",
    )
    boundary: str = column("boundary tag", "统计边界", default="city")
    input: Yes = column(
        "numbers of the case were set from it, so that the back-cast counts no error of it (yes/no); exact and fitted facts always are",
        "本案例数值是否据此设定（是/否；是则回测不计其误差，exact、fitted 恒为是）",
        default=False,
    )


class Figure(Labelled):
    """A published figure that no indicator answers: the back-cast lists it with its reason. With a `target` it is the province's, told beside the city's own."""

    labels = ("Published figures without a counterpart in the model", "模型中无对应指标的公布数据")
    year: Year = column("year", "年份")
    value: Optional_Float = column("value as published; empty: not a number", "公布值（非数值者为空）", default=None)
    unit: str = column("unit as published, in words", "单位（按公布文字）", default="")
    status: Status = column("how well the number is known", "数据状态")
    source: str = column("where it was published", "来源", min_length=1)
    target: Optional_Text = column(
        "target of the city beside whose value this one, of the province, is told",
        "并列的本市目标（数据为省级者填）",
        refers="targets",
        default=None,
    )
    reason_en: str = column("why nothing in the model answers it", "无对应的理由（英文）", min_length=1)
    reason_zh: str = column("the same in Chinese", "无对应的理由（中文）", min_length=1)


class Actual(Quantified):
    labels = ("What was built, recorded or estimated", "已建规模（记录或估计）")
    key = ("measure", "year")
    measure: str = column("measure", "措施", refers="measures")
    year: Year = column("year", "年份")


class HandedDown(Row):
    """A number that the province, or whoever sets it, has handed down for a target: it counts before the target's own, and sets one that awaits it."""

    labels = ("Numbers handed down for targets", "上级下达的目标数值")
    key = ("target", "year")
    target: str = column("target", "目标", refers="targets")
    year: Year = column("year of the target", "目标年份")
    value: Optional_Float = column("the number; empty: not handed down yet", "下达数值（空为尚未下达）", default=None)
    document: str = column("number or name of the document", "文号或文件名", min_length=1)
    unit: str = column("unit; empty: the target's own", "单位（空为目标自身单位）", default="")
    status: Status = column("how well the number is known", "数据状态", default="sourced")
    source: str = column("where the document was published", "来源", default="")


class Official(Row):
    labels = ("Official results of targets", "目标考核结果")
    key = ("target", "year")
    target: str = column("target", "目标", refers="targets")
    year: Year = column("year", "年份")
    result: Annotated[ResultName, BeforeValidator(_result)] = column(
        "what the authority found: met 完成, missed 未完成", "考核结果（完成、未完成）"
    )
    document: str = column("number of the document", "文号", min_length=1)
    source: str = column("where it was published", "来源", min_length=1)
