"""The sentence of a fault: its place, what was found, what was expected, what to do."""

from __future__ import annotations

from model.case.faults import Fault, Place, clipped
from model.case.read.sheet_names import meaning_of
from model.report.words import word, words

IN_THE_HEAD = "_in_the_head"


def fault_sentence(fault: Fault, language: str) -> str:
    """One line that says where the fault is, what was found, what was expected and what to do.

    >>> fault_sentence(Fault("year_outside", Place("targets.csv", 7, "year"), "2036", "2021–2035", "2035"), "en")
    'targets.csv row 7, year: found 2036, expected a year in 2021–2035; add the year in case.yaml or change the row (nearest: 2035)'
    """
    key, place = f"fault_{fault.code}", fault.place
    book, mark, title = place.file.rpartition("!")
    if mark and book.casefold().endswith(".xlsx") and meaning_of(title).kind == "front" and f"{key}{IN_THE_HEAD}" in words(language):
        key += IN_THE_HEAD
    told = word(key, language).format(file=place.file, found=fault.found, expected=_as_written(fault))
    return f"{place_words(place, language)}{word('colon', language)}{told}{nearest_words(fault.nearest, language)}"


def nearest_words(name: str, language: str) -> str:
    """The name that was probably meant, as it is added to a sentence; nothing where there is none."""
    return word("nearest", language).format(name) if name else ""


def _as_written(fault: Fault) -> str:
    # A worksheet has no brackets: a list is one cell, its parts separated by semicolons, and each variant is a row of its own.
    if fault.code != "bad_setting" or "!" not in fault.place.file:
        return fault.expected
    forms = {"variants": "variants.NAME"}
    return forms.get(fault.place.column or "", fault.expected.strip("[]").replace(", ", "; "))


def place_words(place: Place, language: str) -> str:
    """A place as a planner finds it again.

    >>> place_words(Place("case.yaml", 3, "years"), "zh")
    'case.yaml 第3行，years'
    >>> place_words(Place("book.xlsx!措施", 4, "kind", {"kind": "D"}), "en")
    'book.xlsx!措施 cell D4, kind'
    """
    yaml = place.file.endswith((".yaml", ".yml"))
    if place.cell is not None:
        row = word("place_cell", language).format(place.cell)
    else:
        row = "" if place.row is None else word("place_line" if yaml else "place_row", language).format(place.row)
    column = word("place_column", language).format(clipped(place.column, 300)) if place.column else ""
    return f"{clipped(place.file, 300)}{row}{column}"
