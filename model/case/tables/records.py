"""Records: what is known of the base year and of later years, and what was built."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Labelled, Quantified, Year, column


class Fact(Quantified, Labelled):
    labels = ("Facts of the base year and records of later ones", "基年事实与以后年份公布值")
    indicator: str = column("indicator", "指标", refers="indicators")
    year: Year = column("year", "年份")
    role: Literal["exact", "fitted", "held_out", "shown", "record"] = column(
        "exact: within 5 % without residual; fitted: the residual makes it up; held_out: must fall in its range; record: published value of a later year",
        "用途（record为以后年份的公布值）",
    )
    boundary: str = column("boundary tag", "统计边界", default="city")


class Actual(Quantified):
    labels = ("What was built", "已建实绩")
    key = ("measure", "year")
    measure: str = column("measure", "措施", refers="measures")
    year: Year = column("year", "年份")
