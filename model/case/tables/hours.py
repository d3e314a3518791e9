"""The year and its hours: periods, profiles, kinds of day."""

from __future__ import annotations

from typing import Any, Literal, cast

from pydantic import create_model

from model.case.tables.columns import Id, Labelled, Quantified, Row, column

HOURS = tuple(f"h{hour}" for hour in range(24))


class Profile(Quantified, Labelled):
    """`value` is the yearly yield in full-load hours (availability) or 1, the mean of the year (shape)."""

    labels = ("Profiles", "曲线")
    kind: Literal["availability", "shape"] = column("availability 0–1, or shape with mean 1", "出力系数或均值为1的形状")


class _ProfileDay(Row):
    labels = ("Profiles by period and hour", "分时段逐时曲线")
    key = ("profile", "period")
    profile: str = column("profile", "曲线", refers="profiles")
    period: str = column("period of the year", "时段", refers="periods")


ProfileDay = create_model(
    "ProfileDay",
    __base__=_ProfileDay,
    **cast(Any, {name: (float, column(f"hour {hour}", f"{hour}时")) for hour, name in enumerate(HOURS)}),
)


class Period(Labelled):
    labels = ("Periods of the year", "全年时段")
    days: float = column("days in the year; all periods together make 365", "天数（合计365）", gt=0)


class DayType(Quantified):
    """A kind of day (calm, windy, overcast …): `value` multiplies the profile, `share` is how often it comes."""

    labels = ("Day types", "典型日类型")
    key = ("profile", "id")
    id: Id = column("name of the day type", "类型标识")
    profile: str = column("profile it multiplies", "曲线", refers="profiles")
    share: float = column("share of days; the shares of one profile make 1", "占比（合计1）", gt=0, le=1)
