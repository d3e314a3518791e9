"""A case on paper that has no plan, with its clashes and the ways out of them beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from paper import Paper, indicator, measure, technology

PANELS = (technology("panel", gives={"goods": 1.0}), indicator("panels", "Mt", [("panel", "capacity", 1.0)]))


def panels(cost: float = 5.0, **given):
    return measure("lay", {"panel": 1.0}, cost=cost, **given)


@dataclass(frozen=True, eq=False)
class Broken:
    """A case that has no plan: its clashes as {target: years}, the limits (kind, item, years) of each, ways (kind, who gives).

    `given` are what ways give instead, by (kind, target, year).
    """

    paper: Paper
    clashes: tuple[dict[str, tuple[int, ...]], ...]
    limits: tuple[set[tuple[str, str, tuple[int, ...]]], ...]
    ways: tuple[tuple[str, str], ...]
    given: dict[tuple[str, str, int], float] = field(default_factory=dict)
    whole: bool = False


def paper(name: str, says: str, *facts, years: tuple[int, ...] = (2021,)) -> Paper:
    return Paper(name=name, says=says, facts=facts, objective=0.0, years=years)
