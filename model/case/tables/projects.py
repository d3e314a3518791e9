"""Projects: what is planned or under way on site, each for a measure of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from model.case.tables.columns import Labelled, Optional_Text, Optional_Year, Quantified, Year, column, price_year
from model.case.tables.registers import FundName

StageName = Literal["planned", "preliminary", "building", "running"]
STAGES: Mapping[str, StageName] = MappingProxyType(dict(zip(("谋划", "前期", "在建", "投产"), get_args(StageName), strict=True)))


def _stage(text: Any) -> Any:
    return STAGES.get(text.strip(), text.strip()) if isinstance(text, str) else text


def _fund(text: Any) -> Any:
    return None if isinstance(text, str) and not text.strip() else text


class Project(Quantified, Labelled):
    """A project of a measure; `value` is its total investment, which falls evenly over the years from start to finish."""

    labels = ("Projects", "项目")
    measure: str = column("measure that it is part of", "所属措施", refers="measures")
    county: Optional_Text = column("county; empty: not of one county", "县（市、区），空为不分县", refers="counties", default=None)
    owner: Optional_Text = column("who builds and owns it", "项目单位", default=None)
    lead: Optional_Text = column(
        "bureau that leads; empty: the measure's", "牵头单位（空为措施的牵头单位）", refers="bureaus", default=None
    )
    stage: Annotated[StageName, BeforeValidator(_stage)] = column(
        "planned 谋划, preliminary work 前期, building 在建, running 投产", "阶段（谋划、前期、在建、投产）"
    )
    funding: Annotated[FundName | None, BeforeValidator(_fund)] = column(
        "source of funds; empty: as its payer's money is shared", "资金来源（空为按出资方比例）", default=None
    )
    start: Year = column("year of beginning", "开工年份")
    finish: Year = column("year of completion", "完工年份")
    price_year: Optional_Year = price_year()
