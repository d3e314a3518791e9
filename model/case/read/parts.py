"""What is read of a workbook: the head and the tables of a case, and the same of each overlay."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.case.faults import Fault
from model.case.read.sheets import Sheet


@dataclass(frozen=True)
class Front:
    """The keys and values of a worksheet `case`, and how it is called in faults."""

    file: str
    pairs: tuple[tuple[str, str], ...]


@dataclass
class Part:
    """The sheets of a case, or of one of its overlays: its head (None without one), its tables, the faults, the tables not read."""

    front: Front | None = None
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
