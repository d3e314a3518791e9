"""What part of a case a model is made of: which years, days, measures and targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from model.case.parameters.day_choice import DayChoice
from model.case.parameters.history import History, Mode, history_timeline
from model.case.parameters.timeline import Payments, Span, SpanRule, spans
from model.case.read.case import Case

Which = Literal["all", "usual", "none"]


@dataclass(frozen=True)
class Scope:
    """`usual` opens only measures a city takes without the plan; `base` and `usual` accounts feed some targets.

    `base_account[indicator]` is the model's own account of the base year; `usual_account[indicator]` a path (years,).
    `history` is what was built before `decide_from`, and `past_account[indicator]` what came of it, {year: value}; where it is being found, what the record leaves open is found too if it `reconstructs`.
    `begun[measure]` is what the usual baseline builds of usual measures, shape (years,): what was begun of it before `decide_from` enters in every plan.
    `following[measure]` is what of a measure that is not usual the usual path may have in force because of what is committed, shape (years,).
    Targets are in force from `enforced_from` on, but for the rows (target, year) that are `lapsed`.
    What has no lifetime is paid for until `paid_until`, the end of the timeline where that is 0.
    `base_cost` is what a year of the base year's operation costs, 亿元, `base_transfers` of it transfers; it counts where the first modelled year stands for several years.
    The stress spell is of the days where `spell` says so; a typical day is one of those it stands for, or by `means` the mean of them.
    """

    base_year: int
    timeline: tuple[Span, ...]
    days: DayChoice
    measures: Which = "all"
    targets: bool = True
    dropped: frozenset[str] = frozenset()
    decide_from: int = 0
    enforced_from: int = 0
    lapsed: frozenset[tuple[str, int]] = frozenset()
    history: History | None = None
    reconstructs: bool = False
    paid_until: int = 0
    span_rule: SpanRule = "end"
    payments: Payments = "end"
    base_cost: float = 0.0
    base_transfers: float = 0.0
    spell: bool = True
    means: bool = False
    base_account: Mapping[str, float] = field(default_factory=dict)
    usual_account: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    past_account: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    begun: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    following: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def finds_past(self) -> bool:
        """Whether the years before decisions begin are being found."""
        return self.history is None and self.decide_from > self.timeline[0].first


def plan_scope(case: Case, *, days: DayChoice | None = None, decide_from: int | None = None) -> Scope:
    """All years and measures of a case, with its targets."""
    header = case.header
    first = decide_from or header.decide_from or header.base_year + 1
    return Scope(
        base_year=header.base_year,
        timeline=spans(header.base_year, header.years),
        days=header.days if days is None else days,
        decide_from=first,
        enforced_from=first,
        span_rule=header.span_rule,
        payments=header.payments,
    )


def history_scope(scope: Scope, mode: Mode) -> Scope:
    """The years before decisions begin, by themselves, as they ran without the plan and its targets."""
    return replace(
        scope, timeline=history_timeline(scope.timeline, scope.decide_from), measures="usual", targets=False, enforced_from=scope.base_year + 1,
        history=None, reconstructs=mode != "recorded_only", usual_account={},
    )  # fmt: skip


def year_scope(scope: Scope, year: int, *, days: DayChoice) -> Scope:
    """One year of a scope by itself: what runs in it on so many days of its own, without measures, targets and the stress spell."""
    return replace(
        scope, timeline=(Span(year, year),), days=days, measures="none", targets=False, spell=False, history=None, begun={},
        base_account={}, usual_account={}, past_account={},
    )  # fmt: skip


def base_scope(case: Case, *, days: DayChoice | None = None) -> Scope:
    """The base year as it was: one year, no measures, no targets."""
    header = case.header
    return Scope(
        base_year=header.base_year,
        timeline=(Span(header.base_year, header.base_year),),
        days=header.days if days is None else days,
        measures="none",
        targets=False,
        decide_from=header.base_year,
        span_rule=header.span_rule,
        payments=header.payments,
    )
