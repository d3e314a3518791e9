"""Registers of the plan: sectors, counties, bureaus, payers and their funds, its clauses, and what stands for each of its words."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Labelled, Names, Optional_Text, Quantified, Row, Yes, column

FundName = Literal["budget", "bond", "enterprise", "household"]


class Sector(Labelled):
    labels = ("Sectors", "领域")
    payer: Optional_Text = column(
        "who pays fixed O&M and variable cost of its technologies", "运行费用承担方", refers="payers", default=None
    )


class County(Labelled):
    labels = ("Counties", "县（市、区）")


class Bureau(Labelled):
    labels = ("Responsible bureaus", "责任单位")


class Payer(Labelled):
    labels = ("Payers", "出资方")
    public: Yes = column(
        "what it pays is public budget, where no sources of funds are told of the case (yes/no)",
        "未列资金来源时，其出资是否算财政预算（是/否）",
        default=False,
    )


class Funding(Quantified):
    """Where a payer takes the money for its investment from: `value` is the share of it; shares of one payer add up to at most 1."""

    labels = ("Sources of funds", "资金来源")
    key = ("payer", "fund")
    payer: str = column("payer", "出资方", refers="payers")
    fund: FundName = column(
        "public budget, bonds, enterprises' own and borrowed money, households", "资金来源（财政预算、债券、企业自筹、居民）"
    )


class Clause(Labelled):
    labels = ("Clauses of the plan", "方案条款")
    bureaus: Names = column("responsible bureaus, separated by ;", "责任单位（用;分隔）", refers="bureaus", default=())


class Coverage(Row):
    """One clause, target or measure of the plan, and what stands for it here: rows of the case, or the reason why none can."""

    labels = ("Coverage of the plan", "方案覆盖情况")
    key = ("kind", "number")
    kind: Literal["clause", "target", "measure"] = column("clause, target or measure of the plan", "条款、目标或措施")
    number: int = column("place among the plan's rows of this kind, from 1 without gaps", "序号（同类内从1起连续）", ge=1)
    clause: str = column("clause of the plan", "条款", refers="clauses")
    words_zh: str = column("the plan's own words", "方案原文", min_length=1)
    words_en: str = column("the same in English", "英文译意", min_length=1)
    items: Names = column("rows that model it, separated by ;", "对应的模型条目（用;分隔）", refers="any", default=())
    reason_en: Optional_Text = column("why no number can stand for it; empty if modelled", "未建模理由（英文；已建模者为空）", default=None)
    reason_zh: Optional_Text = column("the same in Chinese", "未建模理由（中文；已建模者为空）", default=None)
    context: Yes = column("sets the frame and decides nothing (yes/no)", "是否属背景性表述（是/否）", default=False)
