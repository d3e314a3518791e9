"""How the days of a plan were chosen: a record for each round of solving and checking, and which rule ended them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from model.results.plain import number, plain

# What may keep a round from being the last.
Open = Literal["short", "missed", "no_answer", "cost", "over_usual", "over_free", "flips", "first_round"]
# Why the last round was the last: all holds, as many days as may be, all days that differ, no days at all, no plan that serves all, Ctrl-C, the time.
Rule = Literal["settled", "most_days", "all_days", "no_hours", "unserved", "stopped", "time_limit"]


@dataclass(frozen=True)
class Move:
    """By how much a yearly cost of the plan (`cost`), or what it is over a baseline, moves on all days of the checked year where that is most of what it may (`most`), 亿元 a year."""

    what: Open
    year: int
    by: float
    most: float


@dataclass(frozen=True)
class DayRound:
    """One round: so many `typical` days, the days `own` of the year beside them; `cost` of its plan and what that is over its baselines, present value in 亿元; what is `open`.

    `short` and `missed` count what the check found so. `flips` names builds of the first decided years that are other than in the round before, `ties` those of them that the
    round's proven gap cannot tell from the ones before. Where the plan leaves something open by itself it is asked no further: no ties are told apart, and `over_free` is NaN.
    """

    typical: int
    own: tuple[int, ...]
    cost: float
    over_usual: float
    over_free: float
    short: int
    missed: int
    moves: tuple[Move, ...]
    flips: tuple[str, ...]
    open: tuple[Open, ...]
    seconds: float
    ties: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        return self.typical + len(self.own)


@dataclass(frozen=True)
class DayRounds:
    """All rounds, the last of which made the plan, and the `rule` that ended them. A yearly cost may move by `most_share` of itself, in the mean
    year or in that year's running cost, or by `least_move` 亿元."""

    rule: Rule
    rounds: tuple[DayRound, ...]
    most_share: float = 0.05
    least_move: float = 1.0

    def record(self) -> dict[str, Any]:
        told = plain(asdict(self))
        assert isinstance(told, dict)
        return told


def day_rounds_of(manifest: Mapping[str, Any]) -> DayRounds | None:
    """As a run stores them; None where its days were not chosen so."""
    told = manifest.get("day_rounds")
    if not told:
        return None
    rounds = tuple(
        DayRound(
            one["typical"], tuple(one["own"]), number(one["cost"]), number(one["over_usual"]), number(one["over_free"]), one["short"], one["missed"],
            tuple(Move(move["what"], move["year"], number(move["by"]), number(move["most"])) for move in one["moves"]), tuple(one["flips"]),
            tuple(one["open"]), number(one["seconds"]), tuple(one.get("ties", ())),
        )
        for one in told["rounds"]
    )  # fmt: skip
    return DayRounds(told["rule"], rounds, told["most_share"], told["least_move"])
