"""What columns and rows of tables are made of: types of cells, and the base of every row."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

IDENTIFIER = r"^[a-z][a-z0-9_]{0,79}$"
STATUSES = ("sourced", "mixed", "derived", "estimate", "illustrative")

Status = Literal["sourced", "mixed", "derived", "estimate", "illustrative"]


def _blank_is_none(text: Any) -> Any:
    return None if isinstance(text, str) and not text.strip() else text


def listed(text: str) -> list[str]:
    """The parts of a cell that holds several, separated by a semicolon of either width or a Chinese comma.

    >>> listed("a; b；c，d、e")
    ['a', 'b', 'c', 'd', 'e']
    """
    return [part.strip() for part in re.split("[;；，、]", text) if part.strip()]


def _split(text: Any) -> Any:
    if text is None or isinstance(text, str):
        return tuple(listed(text or ""))
    return text


def _yes(text: Any) -> Any:
    words = {"yes": True, "是": True, "true": True, "1": True, "no": False, "否": False, "false": False, "0": False}
    if isinstance(text, str):
        return words.get(text.strip().lower(), False if not text.strip() else text)
    return text


first_year, last_year = 1000, 9999  # of four digits, of any century
reach = 200  # years from the base year; one further off is a slip of the pen
Year = Annotated[int, Field(ge=first_year, le=last_year)]
Optional_Year = Annotated[int | None, Field(ge=first_year, le=last_year), BeforeValidator(_blank_is_none)]
Optional_Float = Annotated[float | None, BeforeValidator(_blank_is_none)]
Optional_Lifetime = Annotated[float | None, Field(gt=0, le=500), BeforeValidator(_blank_is_none)]
Optional_Text = Annotated[str | None, BeforeValidator(_blank_is_none)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Shares = Annotated[tuple[Annotated[float, "a share"], ...], BeforeValidator(_split)]
Yes = Annotated[bool, BeforeValidator(_yes)]
Id = Annotated[str, Field(pattern=IDENTIFIER)]


def column(en: str, zh: str, *, refers: str | None = None, default: Any = ..., **rest: Any) -> Any:
    """A column: its meaning in both languages and, where it names another table's row, that table."""
    return Field(default, description=en, json_schema_extra={"zh": zh, "refers": refers}, **rest)


def price_year() -> Any:
    """The column that says in what year's money a row's number is stated."""
    return column(
        "year whose money the number is stated in, converted by `deflators`; empty: the case's `price_year`",
        "数值所用价格年份（按 deflators 换算；空为案例价格年）",
        default=None,
    )


class Row(BaseModel):
    """One row of a table. `key` names the columns that make it unique; `labels` the table's own name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # of most tables a small case has no row
    key: ClassVar[tuple[str, ...]] = ("id",)
    labels: ClassVar[tuple[str, str]]


class Labelled(Row):
    """A row that other rows name by its id."""

    id: Id = column("unique name, ASCII", "唯一标识（ASCII）")
    label_en: str = column("label in English", "英文名称", min_length=1)
    label_zh: str = column("label in Chinese", "中文名称", min_length=1)


class Quantified(Row):
    """A row that carries one number with its range and where it comes from."""

    value: Optional_Float = column("central value", "数值", default=None)
    unit: str = column("unit of value, low and high", "单位")
    low: Optional_Float = column("low end of the range", "下限", default=None)
    high: Optional_Float = column("high end of the range", "上限", default=None)
    status: Status = column("how well the number is known", "数据状态")
    source: str = column("where the number comes from", "来源", min_length=1)
