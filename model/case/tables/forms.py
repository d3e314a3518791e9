"""The forms of targets: what each measures, against what, in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FormName = Literal["level", "share", "per_driver", "change", "change_per_driver", "phase_out", "peak", "additions", "budget"]


@dataclass(frozen=True)
class Form:
    """A form measures `Indicator / (divisor · reference) − offset` in its year and says what that may be at most or at least.

    `reference` is the table of what it is measured against: an indicator, or a driver by whose amount it is divided. `change_from`: it
    is the share by which that differs from the value there. `cumulative`: the indicator of all modelled years after the base year up to its
    year counts, each by the years it stands for. `peak`: no number but a path, below the usual one and never rising from the last year before its year on.
    `downward`: it cannot ask for more. `of_year`: it leaves its indicator a value in the year.
    """

    en: str
    zh: str
    reference: Literal["indicators", "drivers"] | None = None
    change_from: Literal["base_year"] | None = None
    cumulative: bool = False
    peak: bool = False
    downward: bool = False
    of_year: bool = True

    @property
    def per_driver(self) -> bool:
        return self.reference == "drivers"

    @property
    def has_base_year(self) -> bool:
        """Whether it is measured from a base year, or counted from the one after it: the case's, or the target's own."""
        return self.change_from is not None or self.cumulative

    @property
    def starts_from_zero(self) -> bool:
        """Whether it measures nothing in the base year, whatever the indicator is there."""
        return self.has_base_year


FORMS: Mapping[str, Form] = {
    "level": Form("the indicator itself", "指标本身"),
    "share": Form("the indicator as a share of another, its reference", "占参照指标的比例", reference="indicators"),
    "per_driver": Form("the indicator per unit of a driver, its reference", "单位参照变量的指标值", reference="drivers"),
    "change": Form("by how much the indicator differs from the base year's", "指标较基年的变化", change_from="base_year"),
    "change_per_driver": Form(
        "by how much the indicator per unit of a driver differs from the base year's", "单位参照变量的指标值较基年的变化", reference="drivers", change_from="base_year"
    ),
    "phase_out": Form("the indicator itself, on its way out", "指标本身（逐步淘汰）", downward=True),
    "peak": Form(
        "never rises from the last year before its year on, and stays below the usual path until then; its value is not used (0)",
        "自目标年前一年起不再上升，此前不高于基准情景；取值不用（填0）", peak=True, downward=True, of_year=False,
    ),
    "additions": Form(
        "what is added to the indicator as a share of what is added to another: state both as indicators by `build`", "新增量占参照指标新增量的比例", reference="indicators", of_year=False
    ),
    "budget": Form(
        "the indicator of all years after its base year (the case's, where it names none) up to its year, added up", "自身基年（未填为案例基年）之后至目标年的指标累计值", cumulative=True, of_year=False
    ),
}  # fmt: skip
