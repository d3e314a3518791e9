"""What is known of targets that cannot all be met: clashes, the limits they run into, and ways out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from model.results.explained import Move

Clash_Kind = Literal["none", "targets", "demand", "limits"]
WITHOUT_TARGETS = ("base", "history", "usual")  # models of which no target is asked: what forbids them are limits
Limit_Kind = Literal[
    "potential", "pace", "lead_time", "earliest", "latest", "ended", "actual", "committed", "coupling", "demand", "firm_capacity",
    "market", "floor", "ceiling", "curtailment", "capacity", "minimum_load",
    "unit_size", "ramp", "least_size", "minimum", "minimum_capacity", "duration", "gain_limit", "standing",
]  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A target in a clash, and the years in which it takes part."""

    target: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class Limit:
    """What targets run into: a limit on an item (a measure, technology, commodity, market or coupling) in some years.

    `amounts` are the limits of these years in the item's own canonical unit, NaN where the limit is no amount.
    """

    kind: Limit_Kind
    item: str
    years: tuple[int, ...]
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class Conflict:
    """A smallest set of targets that cannot stand together; `whole` when parts of units could do what whole ones cannot.

    `limits` are what it runs into; `minimal` when these alone forbid it and no fewer of them do.
    """

    members: tuple[Member, ...]
    limits: tuple[Limit, ...]
    whole: bool
    minimal: bool


@dataclass(frozen=True)
class Relaxation:
    """A target in one year: what is asked and what is given instead, in the target's own unit."""

    target: str
    year: int
    asked: float
    given: float
    unit: str


@dataclass(frozen=True)
class Raised:
    """A limit asked of a measure, raised by the same share in every year.

    `asked` and `given` are those of its largest year, in the measure's own canonical unit; `varies` when years differ.
    """

    kind: Limit_Kind
    item: str
    asked: float
    given: float
    varies: bool

    @property
    def share(self) -> float:
        return self.given / self.asked - 1.0


@dataclass(frozen=True)
class Way:
    """A way out, with the proven plan it allows.

    `kind`: `least` (the least that all targets together must give), `value` (one target of each clash gives), `later`
    (a target holds from `year` on), `limit` (limits are raised), `without` (a target is left out). `gives` is the target
    that gives, or the item where it is one. `score` is the weighted relaxation. Costs are present values in 亿元;
    `over_usual` is against the usual path. `changes` are what `--set` and `--drop` are told to get there, empty where
    they cannot; `changes_give_more` names targets that these relax further than `relaxations`. `moves` are the measures that move most: of the first way against the usual path, of others against
    the first way; `measures` all that is built.
    """

    kind: Literal["least", "value", "later", "limit", "without"]
    gives: str
    year: int | None
    relaxations: tuple[Relaxation, ...]
    raised: tuple[Raised, ...]
    score: float
    cost: float
    bound: float
    over_usual: float
    whole_units: bool
    changes: tuple[str, ...]
    changes_give_more: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    measures: tuple[Mapping[str, Any], ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Missing:
    """A demand that nothing can serve, targets or not: in `year`, worst at `hour` of a typical day (both None by the year)."""

    item: str
    year: int
    amount: float
    unit: str
    day: str | None
    hour: int | None


@dataclass(frozen=True)
class Clash:
    """Why a case has no plan, and ways out. `kind` none: it has one; limits: limits of `model` clash without any target."""

    kind: Clash_Kind
    model: str
    conflicts: tuple[Conflict, ...] = ()
    ways: tuple[Way, ...] = ()
    missing: tuple[Missing, ...] = ()
    limits: tuple[Limit, ...] = ()
    seconds: float = 0.0
