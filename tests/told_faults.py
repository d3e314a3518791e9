"""A fault as it is told: in both languages, with place, what was found and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.faults import Fault, Place
from model.report.fault_text import fault_sentence

# Edit of the tiny case, then code, file, row, column, found and nearest of the fault.
Slip = tuple[Callable[[TinyCase], Any], str, str, int | None, str | None, str, str]


def tells_one(slip: Slip, folder: Path) -> None:
    """The tiny case with this slip has one fault, at its place, told in both languages."""
    edit, code, file, row, column, found, close = slip
    case = TinyCase()
    edit(case)
    faults = check(case.write(folder))
    assert [(fault.code, fault.place, fault.found, fault.nearest) for fault in faults] == [(code, Place(file, row, column), found, close)]
    tells(faults[0])


def tells(fault: Fault) -> None:
    """Both sentences hold the place, what was found and what to do, on one line."""
    for language in ("en", "zh"):
        sentence = fault_sentence(fault, language)
        told_parts = [fault.place.file, str(fault.place.row or ""), fault.place.column or "", fault.nearest]
        assert all(part in sentence for part in told_parts), sentence
        assert fault.found == "-" or fault.found in sentence or fault.expected in sentence, sentence
        assert (";" if language == "en" else "；") in sentence, f"no remedy: {sentence}"
        assert "\n" not in sentence
    assert any("一" <= letter <= "鿿" for letter in fault_sentence(fault, "zh"))
