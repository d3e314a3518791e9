"""Capacity credits that fall: groups of technologies, and what capacity of a group beyond a share of peak load is still worth."""

from __future__ import annotations

from model.case.tables.columns import Labelled, Names, Quantified, column


class CreditGroup(Labelled):
    """Technologies of one kind (all sun, all wind, all storage) whose capacity credit falls as more of them stands."""

    labels = ("Groups whose capacity credit falls", "容量置信系数递减的技术组")
    technologies: Names = column("technologies of the group, separated by ;", "组内技术（用;分隔）", refers="technologies")


class CreditSegment(Quantified, Labelled):
    """Capacity of a group beyond `beyond` of peak load counts `value` of its own `capacity_credit`; up to the first row all of it. Of storage, what
    its duration makes firm is counted first.
    """

    labels = ("Segments of falling capacity credits", "容量置信系数递减分段")
    group: str = column("group", "技术组", refers="credit_groups")
    beyond: float = column(
        "share of peak load from which on the segment begins, as a number: 0.1 is 10 % of it",
        "分段起点（占最大负荷的比例，以小数填写，0.1即10%）",
        gt=0,
        le=100,
    )
