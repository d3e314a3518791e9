"""A case asked for by name and handed on only when it is sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from model.case.change.change import Flattened, applied
from model.case.change.change_text import parse_change
from model.case.checks.check import case_faults, checked
from model.case.faults import ASKED, CaseFaults, CodedError, Place
from model.case.read.case import Case, deciding_from
from model.case.read.files import no_other_book, no_other_thing
from model.case.read.header import first_decisions, header_of, headers_in


class NoCase(CodedError):
    """Nothing of that name is a case."""


def find_case(asked: str, data: Sequence[Path]) -> Path:
    """The folder or workbook of a case: a path, or a name in the first folder of `data` that has it. Raises NoCase, CodedError for a workbook that is none of Excel's, and for what is there and is no case."""
    no_other_book(Path(asked))
    for folder in (Path(asked), *(place / asked for place in data)):
        if header_of(folder) is not None or (folder.is_file() and folder.suffix.casefold() == ".xlsx"):
            return folder
    no_other_thing(Path(asked))
    raise NoCase("no_case", name=asked, known=[header.parent.name for header in headers_in(data)], looked=list(map(str, data)))


def sound_case(
    folder: Path, changes: Sequence[str] = (), *, data: Sequence[Path] = (), decide_from: int | None = None,
    overlays: Sequence[str] = (), tell: Callable[[Flattened], None] = lambda one: None,
) -> Case:  # fmt: skip
    """A case without a fault, changed as asked; `tell` hears of paths that a change made level; `data` and
    `overlays` as in `read_tables`.

    Raises CodedError for a name that is no overlay of the case; CaseFaults with all faults, also where the case does not reach the first year of decisions that is asked for; ChangeError for a
    change that fits nothing.
    """
    read, faults = checked(folder, data, overlays)
    if faults:
        raise CaseFaults(faults)
    if decide_from is not None and (faults := first_decisions(read.header, decide_from, Place(ASKED, None, None))):
        raise CaseFaults(faults)
    read = deciding_from(read, decide_from)
    case, flattened = applied(read, [parse_change(text) for text in changes])
    for one in flattened:
        tell(one)
    if changes and (faults := case_faults(case)):
        raise CaseFaults(faults)
    return case
