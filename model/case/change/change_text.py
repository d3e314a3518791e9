"""One change as it is written: `ITEM.QUANTITY[@YEAR]=VALUE [UNIT]`, or by how much: `=*1.2`, `=+20%`, `=-20%`, `+=5`, `-=5`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from model.case.faults import CodedError
from model.case.units.digits import ENDLESS, is_apart

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
FORM = re.compile(r"^(?P<path>.+?)\s*(?P<sign>\+=|-=|=)\s*(?P<amount>.+)$")
PATH = re.compile(r"^(?P<item>.+)\.(?P<quantity>[^.@]+?)\s*(?:@\s*(?P<year>\d{4}))?$")
AMOUNT = re.compile(rf"^(?P<times>\*?)\s*(?P<value>{NUMBER})(?P<unit>.*)$")
FULL_WIDTH = str.maketrans("＝＋－＊％＠．", "=+-*%@.")  # as a Chinese keyboard writes them

Way = Literal["set", "times", "percent", "add"]


class ChangeError(CodedError):
    """A change that cannot be read, or names nothing in the case."""


@dataclass(frozen=True)
class Change:
    """One number set anew (`set`), or moved from what it is: `times` a factor, by so many `percent`, or by what is to `add`.

    Without a year the whole path is meant: it takes the value, or each of its years is moved from its own. Without a unit it is the row's own.
    """

    item: str
    quantity: str
    year: int | None
    value: float
    unit: str
    way: Way = "set"

    @property
    def name(self) -> str:
        """What is changed."""
        return f"{self.item}.{self.quantity}" + (f"@{self.year}" if self.year is not None else "")

    @property
    def amount(self) -> str:
        """To what, or by how much."""
        unit = f" {self.unit}" if self.unit else ""
        match self.way:
            case "times":
                return f"=*{_figures(self.value)}"
            case "percent":
                return f"={'-' if self.value < 0 else '+'}{_figures(abs(self.value))}%"
            case "add":
                return f"{'-' if self.value < 0 else '+'}={_figures(abs(self.value))}{unit}"
        return f"={_figures(self.value)}{unit}"

    @property
    def text(self) -> str:
        """As `parse_change` reads it."""
        return self.name + self.amount


def parse_change(text: str) -> Change:
    """Raises ChangeError when the text has none of these forms.

    >>> parse_change("pv.investment@2030=2400 CNY/kW")
    Change(item='pv', quantity='investment', year=2030, value=2400.0, unit='CNY/kW', way='set')
    >>> [(one.way, one.value) for one in map(parse_change, ("pv.cost=*1.2", "pv.cost=-20%", "pv.cost-=5 CNY/kW", "pv.cost=-5"))]
    [('times', 1.2), ('percent', -20.0), ('add', -5.0), ('set', -5.0)]
    """
    found = FORM.match(text.translate(FULL_WIDTH).strip())
    path = PATH.match(found["path"].strip()) if found else None
    amount = AMOUNT.match(found["amount"].strip()) if found else None
    if not found or not path or not amount or (amount["times"] and found["sign"] != "=") or is_apart(found["amount"]):
        raise ChangeError("change_form", text=text)
    value, unit = float(amount["value"]), amount["unit"]
    if not abs(value) < ENDLESS:
        raise ChangeError("change_not_finite", text=text, value=amount["value"])
    way: Way = "set"
    if amount["times"]:
        way = "times"
    elif found["sign"] != "=":
        way, value = "add", -value if found["sign"] == "-=" else value
    elif unit == "%" and amount["value"][0] in "+-":
        way = "percent"
    if way == "times" and unit.strip():
        raise ChangeError("factor_with_unit", text=text)
    year = int(path["year"]) if path["year"] else None
    return Change(path["item"].strip(), path["quantity"].strip(), year, value, "" if way == "percent" else unit.strip(), way)


def _figures(value: float) -> str:
    """As short as can be read again to the last digit."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)
