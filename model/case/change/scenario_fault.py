"""What is wrong with the scenarios asked for: records of place and finding, whose sentences are made in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.case.faults import CodedError, Fault, Place


@dataclass(frozen=True)
class Misfit:
    """One thing wrong with what was asked: its code, its place, what was found; or the fault that it makes in the case, or why it cannot be read."""

    code: str
    place: Place
    found: str = ""
    most: str = ""
    fault: Fault | None = None
    why: CodedError | OSError | None = None


class DesignError(Exception):
    """What was asked makes no scenarios; all that is wrong with it at once."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__("; ".join(f"{one.place.file}: {one.code} {one.found or one.why or ''}".strip() for one in misfits))
        self.misfits = tuple(misfits)
