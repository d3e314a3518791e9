"""A fault as it is told: in both languages, with place, what was found and a remedy."""

from __future__ import annotations

from model.case.faults import Fault
from model.report.fault_text import fault_sentence


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
