"""The kinds of value that options take; what is none of a kind is told by a code of our own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError


class Value(click.ParamType):
    """A kind of value: how it is read from text, and the code of what is said of a text that is none."""

    def __init__(self, name: str, read: Callable[[str], Any], code: str, **fields: Any) -> None:
        self.name, self.read, self.code, self.fields = name, read, code, fields

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Raises CodedError. A default that is no text stays as it is."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except (ValueError, OSError):
            option = max(param.opts, key=len) if param else self.name
            raise CodedError(self.code, option=option, value=value, **self.fields) from None


def sure(holds: bool) -> None:
    """Raises ValueError where something does not hold."""
    if not holds:
        raise ValueError


def whole(least: float = -math.inf, most: float = math.inf) -> Value:
    """A whole number between two, both of which may be it."""

    def read(text: str) -> int:
        sure(least <= int(text) <= most)
        return int(text)

    ends = {name: end for name, end in (("least", least), ("most", most)) if math.isfinite(end)}
    return Value("n", read, ("bad_whole", "bad_whole_from", "bad_whole_between")[len(ends)], **ends)


def _real(holds: Callable[[float], bool]) -> Callable[[str], float]:
    def read(text: str) -> float:
        sure(holds(float(text)))
        return float(text)

    return read


def _shares(text: str) -> tuple[float, ...]:
    shares = tuple(float(part.strip().rstrip("%")) / 100 for part in text.split(","))
    sure(all(0 <= share <= 1 for share in shares))
    return shares


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    sure(all(part.isdigit() for part in parts))
    return tuple(map(int, parts))


def _ends(text: str) -> tuple[float, float]:
    low, high = map(float, text.split(","))
    return low, high


def _days(text: str) -> Any:
    """Imported where it is asked for: other options need nothing of days."""
    from model.case.parameters.day_choice import ALL_DAYS, day_choice

    if text == AUTO:
        raise CodedError("days_auto_elsewhere")
    sure(text == "all" or not text.isdigit() or 1 <= int(text) <= 365)
    return ALL_DAYS if text == "all" else day_choice(int(text) if text.isdigit() else text)


def _solve_days(text: str) -> Any:
    return AUTO if text == AUTO else _days(text)


def _file(text: str) -> Path:
    sure(not Path(text).is_dir())
    return Path(text)


def _address(text: str) -> str:
    found = ADDRESS_FORM.fullmatch(text)
    sure(found is not None and 1 <= int(found["port"]) <= 65535)
    return text


def _form(text: str) -> str:
    sure(text in FORMS)
    return text


FORMS = ("xlsx", "csv")
AUTO, DAYS_FORM = "auto", "N|N+DAY,DAY|all"
# As a Dask scheduler prints it: a name, an IPv4 or a bracketed IPv6 address, and the port.
ADDRESS_FORM = re.compile(r"((tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[\w-]+(\.[\w-]+)*\.?):(?P<port>[0-9]{1,5})", re.ASCII)
DAYS, SOLVE_DAYS = Value("days", _days, "bad_days"), Value("days", _solve_days, "bad_days")
SHARES, NUMBERS = Value("shares", _shares, "bad_shares"), Value("numbers", _numbers, "bad_numbers")
ENDS, FORM = Value("ends", _ends, "bad_ends"), Value("form", _form, "bad_choice", choices=FORMS)
SECONDS, SHARE = (
    Value("seconds", _real(lambda found: found >= 0.1), "bad_seconds"),
    Value("share", _real(lambda found: 0 <= found <= 1), "bad_gap"),
)
ADDRESS, WIDTH = Value("address", _address, "bad_address"), Value("width", _real(lambda found: found > 0), "bad_width")
FILE, FOLDER, PATH = (
    Value("file", _file, "is_folder"),
    Value("folder", lambda text: Path(text).resolve(), "is_folder"),
    Value("path", Path, "is_folder"),
)
