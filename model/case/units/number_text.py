"""Numbers as people and spreadsheets write them, made plain: full-width digits, thousands marked by commas, shares with a percent sign."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from model.case.units.registry import parts_of
from model.case.units.unit_words import own_names

GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
SHARES = ("share", "tolerance", *(f"h{hour}" for hour in range(24)))  # columns of numbers without a unit that are shares
RANGED = ("value", "low", "high")


def plain_number(text: str) -> str:
    """A number's text in ordinary digits, without commas between thousands; other text as it is.

    >>> [plain_number(text) for text in ("１２３４．５", "1,234,567.8", "−3", "1,5", "12,34", "about 300")]
    ['1234.5', '1234567.8', '-3', '1,5', '12,34', 'about 300']
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    return plain.replace(",", "") if GROUPED.fullmatch(plain) else plain


def of_hundred(text: str, column: str, unit: str) -> str | None:
    """What a number with a percent sign is in its row's unit; None where the unit leaves it open.

    It is the number before the sign where the unit is %, and a hundredth of it where the unit is 1 or the column is a share.

    >>> of_hundred("-50%", "value", "%"), of_hundred("6.5%", "low", "%/yr"), of_hundred("-50%", "value", "1"), of_hundred("-50%", "value", "GW")
    ('-50', '6.5', '-0.5', None)
    """
    first = parts_of(unit)[0] if column in RANGED else ""
    first = own_names().get(first, first)
    percent = first in ("%", "percent")
    if not percent and first not in ("1", ""):
        return None
    if column not in (*RANGED, *SHARES):
        return None
    return _decimal(text[:-1], Decimal(1) if percent else Decimal(100)) or text


def _decimal(text: str, divisor: Decimal) -> str | None:
    try:
        return f"{Decimal(text.strip()) / divisor:f}"
    except InvalidOperation:
        return None
