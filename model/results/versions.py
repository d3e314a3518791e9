"""Of which versions what is stored is, beside those that run now."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PROGRAM = "measures"
DECIDING = (PROGRAM, "highspy")  # what decides about answers


def unlike(stored: Any) -> list[str]:
    """Versions of programs that decide about answers and are others now: "highspy 1.15.1 (1.16.0)"; none where nothing is stored of them."""
    told = stored if isinstance(stored, dict) else {}
    now = {name: _version(name) for name in DECIDING}
    return [f"{name} {told[name]} ({now[name]})" for name in DECIDING if name in told and now[name] and str(told[name]) != now[name]]


def newer(stored: Any) -> str:
    """The version of the program that stored something, where it is newer than this one; nothing for any other."""
    told = str(stored.get(PROGRAM, "")) if isinstance(stored, dict) else ""
    return told if _parts(told) > _parts(_version(PROGRAM)) else ""


def _version(name: str) -> str:
    with suppress(PackageNotFoundError):
        return version(name)
    return ""


def _parts(text: str) -> tuple[int, ...]:
    """
    >>> _parts("0.10.1") > _parts("0.9"), _parts("")
    (True, ())
    """
    return tuple(int(part) for part in re.findall(r"\d{1,9}", text))
