"""Parameters of capacity credits that fall: segments of peak load, and what each technology's capacity in them counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.case.parameters.numbers import Numbers
from model.case.read.case import Case


@dataclass(frozen=True)
class Credits:
    """Segments (s) in the order of their groups, and the technologies (g) that count in each.

    The first segment of a group bears the group's name and counts all of a technology's own credit.
    """

    segments: tuple[str, ...]
    width: np.ndarray  # (s,), share of peak load; infinite for the last segment of a group
    members: tuple[tuple[str, str], ...]  # (technology, segment)
    firm: np.ndarray  # (members, year), share of the capacity that is firm: what the segment keeps of the technology's own credit


def falling_credits(case: Case, numbers: Numbers) -> Credits:
    """Every group with its segments, by where they begin."""
    segments, width = list[str](), list[float]()
    members, firm = list[tuple[str, str]](), list[np.ndarray]()
    for group in sorted(case.tables["credit_groups"], key=lambda row: row.id):
        rows = sorted((row for row in case.tables["credit_segments"] if row.group == group.id), key=lambda row: row.beyond)
        ends = [row.beyond for row in rows]
        for name, start, end, share in zip(
            [group.id, *(row.id for row in rows)],
            [0.0, *ends],
            [*ends, np.inf],
            [1.0, *(numbers.canonical("credit_segments", row) for row in rows)],
            strict=True,
        ):
            segments.append(name)
            width.append(end - start)
            for technology in sorted(group.technologies):
                members.append((technology, name))
                firm.append(share * numbers.path("technologies", technology, "capacity_credit"))
    return Credits(tuple(segments), np.array(width), tuple(members), np.array(firm).reshape(len(firm), len(numbers.years)))
