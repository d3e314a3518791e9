"""Couplings: sums of measures and technologies that are held together."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Labelled, Quantified, column


class Coupling(Quantified, Labelled):
    """`Σ coefficient · item ≷ value`; `value` is the right-hand side."""

    labels = ("Couplings", "关联约束")
    kind: Literal["requires", "excludes", "swap", "shared", "limit"] = column("kind of coupling", "类型")
    sense: Literal["<=", ">=", "=="] = column("at most, at least, equal", "方向")


class CouplingTerm(Quantified):
    labels = ("Terms of couplings", "关联约束项")
    key = ("coupling", "item", "by")
    coupling: str = column("coupling", "关联约束", refers="couplings")
    item: str = column("measure or technology", "措施或技术", refers="measures|technologies")
    by: Literal["level", "build", "capacity", "activity"] = column("what of it", "取何量")
