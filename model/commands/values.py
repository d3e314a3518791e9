"""The kinds of value that options take; what is none of a kind is told by a code of our own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError, clipped
from model.case.read.letters import odd_letter
from model.case.read.links import leads_back, resolved
from model.case.read.system_names import is_reserved
from model.case.units.digits import is_apart

most_bytes_of_name = 180  # of 255 that a file system takes: a lock and a folder in the making bear longer ones
most_letters_of_path = 1000
WORKBOOK_ENDING = ".xlsx"
# By these a name is taken for one file's, whatever is written under it.
FILE_ENDINGS = frozenset(
    {
        ".csv", ".doc", ".docx", ".et", ".htm", ".html", ".json", ".mps", ".nc", ".ods", ".pdf", ".png", ".ppt", ".pptx", ".svg", ".txt", ".wps", ".xls", ".xlsb", ".xlsm",
        ".xlsx", ".yaml", ".yml", ".zip",
    }
)  # fmt: skip


class Unfit(ValueError):
    """A text that is no value for another reason than its kind's own; the message is the code of that."""


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
        except (ValueError, OSError) as error:
            code = str(error) if isinstance(error, Unfit) else self.code
            named = max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name if param else self.name
            raise CodedError(code, option=named, value=clipped(value, 80), **self.fields) from None


def sure(holds: bool) -> None:
    """Raises ValueError where something does not hold."""
    if not holds:
        raise ValueError


def whole(least: float = -math.inf, most: float = math.inf) -> Value:
    """A whole number between two, both of which may be it."""

    def read(text: str) -> int:
        sure(least <= _int(text) <= most)
        return _int(text)

    ends = {name: end for name, end in (("least", least), ("most", most)) if math.isfinite(end)}
    return Value("n", read, ("bad_whole", "bad_whole_from", "bad_whole_between")[len(ends)], **ends)


def _int(text: str) -> int:
    sure(not is_apart(text))
    return int(text)


def _float(text: str) -> float:
    sure(not is_apart(text))
    return float(text)


def _real(holds: Callable[[float], bool]) -> Callable[[str], float]:
    def read(text: str) -> float:
        sure(holds(_float(text)))
        return _float(text)

    return read


def _shares(text: str) -> tuple[float, ...]:
    shares = tuple(_float(part.strip().rstrip("%")) / 100 for part in text.split(","))
    sure(all(0 <= share <= 1 for share in shares))
    return shares


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    sure(bool(parts) and all(part.isdecimal() and len(part) <= 9 for part in parts))
    return tuple(map(int, parts))


def _ends(text: str) -> tuple[float, float]:
    low, high = map(_float, text.split(","))
    sure(math.isfinite(low) and math.isfinite(high))
    return low, high


def _days(text: str) -> Any:
    """Imported where it is asked for: other options need nothing of days."""
    from model.case.parameters.day_choice import ALL_DAYS, OwnDays, day_choice

    if text == AUTO:
        raise CodedError("days_auto_elsewhere")
    sure(text == "all" or not text.isdecimal() or 1 <= int(text) <= 365)
    choice = ALL_DAYS if text == "all" else day_choice(int(text) if text.isdecimal() else text)
    if isinstance(choice, OwnDays) and len(set(choice.own)) < len(choice.own):
        raise Unfit("day_twice")
    return choice


def _solve_days(text: str) -> Any:
    return AUTO if text == AUTO else _days(text)


def _name(text: str) -> str:
    """What may be a path or a name on every system; raises ValueError for any other."""
    parts = re.split(r"[/\\]", text)
    sure(bool(text.strip()) and not odd_letter(text) and len(text) <= most_letters_of_path)
    sure(all(len(part.encode(errors="replace")) <= most_bytes_of_name for part in parts))
    if leads_back(Path(text)):
        raise Unfit("leads_back")
    return text


def _written(text: str) -> Path:
    """The same of what is to be written, which must not be lost from sight or for Windows."""
    try:
        path = resolved(Path(_name(text)))
    except FileNotFoundError:
        raise Unfit("folder_gone") from None
    sure(not path.name.startswith(".") and not is_reserved(path.name))
    return path


def _file(text: str) -> Path:
    path = Path(_name(text))
    if path.is_dir():
        raise Unfit("is_folder")
    return path


def _new_file(text: str) -> Path:
    """A file that is to be written, as it was named."""
    path = _file(text)
    _written(text)
    return path


def is_file_name(path: Path) -> bool:
    """Whether a name is that of one file.

    >>> [is_file_name(Path(name)) for name in ("plan.XLSX", "plan", "plan 2.1", "2026.12.01")]
    [True, False, False, False]
    """
    return path.suffix.casefold() in FILE_ENDINGS


def _folder(text: str) -> Path:
    """A folder that is to be written: one that is called like a file would be looked for, and opened, as such."""
    path = _written(text)
    if is_file_name(Path(text)):
        raise Unfit("folder_like_file")
    return path


def _workbook(text: str) -> Path:
    """A workbook that is to be written, as it was named: without its ending nothing opens it."""
    path = _new_file(text)
    if path.suffix.casefold() != WORKBOOK_ENDING:
        raise Unfit("file_ending")
    return path


def _book_or_folder(text: str) -> Path:
    path = _written(text)
    if is_file_name(path) and path.suffix.casefold() != WORKBOOK_ENDING:
        raise Unfit("book_or_folder")
    return path


def choice(*choices: str) -> Value:
    """One of some words."""

    def read(text: str) -> str:
        sure(text in choices)
        return text

    return Value("choice", read, "bad_choice", choices=choices)


def _address(text: str) -> str:
    found = ADDRESS_FORM.fullmatch(text)
    sure(found is not None and 1 <= int(found["port"]) <= 65535)
    return text


def _date(text: str) -> date:
    from model.case.units.date_text import date_of

    found = date_of(text)
    sure(found is not None)
    assert found is not None
    return found


def _form(text: str) -> str:
    sure(text in FORMS)
    return text


FORMS = ("xlsx", "csv", "html", "png", "pptx", "iamc", "netcdf")
AUTO, DAYS_FORM = "auto", "N|N+DAY,DAY|all"
# As a Dask scheduler prints it: a name, an IPv4 or a bracketed IPv6 address, and the port.
ADDRESS_FORM = re.compile(r"((tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[\w-]+(\.[\w-]+)*\.?):(?P<port>[0-9]{1,5})", re.ASCII)
DAYS, SOLVE_DAYS = Value("days", _days, "bad_days"), Value("days", _solve_days, "bad_days_of_solve")
SHARES, NUMBERS = Value("shares", _shares, "bad_shares"), Value("numbers", _numbers, "bad_numbers")
ENDS, FORM = Value("ends", _ends, "bad_ends"), Value("form", _form, "bad_choice", choices=FORMS)
SECONDS, SHARE = (
    Value("seconds", _real(lambda found: found >= 0.1), "bad_seconds"),
    Value("share", _real(lambda found: 0 <= found <= 1), "bad_gap"),
)
DATE = Value("date", _date, "bad_date")
ADDRESS, WIDTH = Value("address", _address, "bad_address"), Value("width", _real(lambda found: 0 < found < math.inf), "bad_width")
NAME, FILE, NEW_FILE, WORKBOOK, FOLDER, BOOK_OR_FOLDER, PATH = (
    Value("name", _name, "bad_name"),
    Value("file", _file, "bad_name"),
    Value("file", _new_file, "bad_name"),
    Value("file", _workbook, "bad_name", ending=WORKBOOK_ENDING),
    Value("folder", _folder, "bad_name"),
    Value("path", _book_or_folder, "bad_name"),
    Value("path", _written, "bad_name"),
)
