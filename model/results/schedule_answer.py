"""What holding an edited schedule comes to: cost over the run that wrote it as a proven interval, and what moves; or what clashes, and the least repair."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.results.clash import Limit, Member
from model.results.plain import number, plain
from model.results.plan_cost import PlanCost, plan_cost
from model.results.proof import never_falls
from model.results.schedule import Amounts, Change
from model.results.shortfalls import Shortfall, all_shortfalls
from model.results.since import Decision, decisions

moved = 1e-4  # of the size of a number: less is how the search ended
least_money = 1e-3  # 亿元


@dataclass(frozen=True)
class TargetMove:
    """What a target in force achieves in a year, in its own unit, in the run (`then`) and with the edits (`now`)."""

    target: str
    year: int
    required: float
    then: float
    now: float
    unit: str
    met: bool


@dataclass(frozen=True)
class MoneyMove:
    """Cash invested, 亿元, in the run and with the edits: by payer in all years, or a year of a modelled year's span."""

    name: str
    then: float
    now: float


@dataclass(frozen=True)
class Given:
    """An edit that has to give: the amount asked and the one nearest to it that can be, in the measure's own unit."""

    measure: str
    year: int
    asked: float
    can_be: float


@dataclass(frozen=True)
class EditClash:
    """Why a schedule cannot be held: `conflicts` are smallest sets of edits (measure, year) and targets that cannot stand together, `limits` what they
    run into; none of either where parts of units could hold what whole ones cannot. `given` is the least of the edits that has to give.
    """

    conflicts: tuple[tuple[tuple[tuple[str, int], ...], tuple[Member, ...]], ...]
    limits: tuple[Limit, ...]
    given: tuple[Given, ...]

    def record(self) -> dict[str, Any]:
        """As plain records."""
        told = [
            {"edits": [{"measure": k, "year": y} for k, y in edits], "targets": [asdict(one) for one in targets]}
            for edits, targets in self.conflicts
        ]
        return plain({"conflicts": told, "limits": [asdict(one) for one in self.limits], "repair": [asdict(one) for one in self.given]})


@dataclass(frozen=True)
class ScheduleAnswer:
    """An edited schedule held, against the run `against`. `low`..`high` holds the true difference of cost, 亿元, apart from what is left short;
    `value` is that of the two plans found. `lost` are targets met in the run, with their years, that what is held leaves unmet. Of a report, `eased` is
    what cannot be as it was taken: of years up to `over` it was not reported, of those after it is only expected."""

    against: str
    file: str
    hold: str
    what_if: bool
    changes: tuple[Change, ...]
    past_changes: tuple[Change, ...]
    held: tuple[Mapping[str, Any], ...]
    absent: tuple[str, ...]
    value: float
    low: float
    high: float
    short_then: tuple[Shortfall, ...]
    short_now: tuple[Shortfall, ...]
    targets: tuple[TargetMove, ...]
    measures: tuple[Decision, ...]
    payers: tuple[MoneyMove, ...]
    years: tuple[MoneyMove, ...]
    lost: tuple[tuple[str, int], ...] = ()
    eased: tuple[Given, ...] = ()
    over: int = 0
    absent_years: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether it certainly costs more, or certainly less."""
        return self.low > 0.0 or self.high < 0.0

    def record(self) -> dict[str, Any]:
        """As plain records."""
        return plain(asdict(self))


def answer_of(record: Mapping[str, Any]) -> ScheduleAnswer:
    """The same, from its plain records."""
    own = dict(record)
    for name in ("changes", "past_changes"):
        own[name] = tuple(Change(**{**one, "amounts": _by_year(one["amounts"]), "places": tuple(one["places"])}) for one in own[name])
    own |= {name: tuple(Shortfall(**one) for one in own[name]) for name in ("short_then", "short_now")}
    own["targets"] = tuple(TargetMove(**{**one, "then": number(one["then"]), "now": number(one["now"])}) for one in own["targets"])
    own["measures"] = tuple(Decision(one["measure"], _by_year(one["amounts"]), one["invested"]) for one in own["measures"])
    own |= {name: tuple(MoneyMove(**one) for one in own[name]) for name in ("payers", "years")}
    return ScheduleAnswer(
        **own
        | {"held": tuple(own["held"]), "absent": tuple(own["absent"]), "lost": tuple((t, int(y)) for t, y in own.get("lost", ()))}
        | {"absent_years": tuple(own.get("absent_years", ()))}
        | {"eased": tuple(Given(**one) for one in own.get("eased", ()))}
    )


def held_records(held: Amounts) -> tuple[dict[str, Any], ...]:
    """Amounts that a plan keeps, in the measures' own units."""
    return tuple({"measure": k, "year": y, "amount": amount} for (k, y), amount in sorted(held.items()))


def cost_over(run: Mapping[str, Any], now: PlanCost, *, nested: bool) -> tuple[float, float, float]:
    """What the plan with the edits costs more than the run's: of the plans found, and the interval that both bounds prove. `nested`: it is a plan of the
    run's own program too, and so never truly cheaper. Raises Contradiction.
    """
    before = plan_cost(run)
    low, high = now.less(before)
    if nested and not before.short and not now.short:
        low, high = never_falls(low, high, size=before.value)
    return now.value - before.value, low, high


def target_moves(then: Collection[Mapping[str, Any]], now: Collection[Mapping[str, Any]]) -> tuple[TargetMove, ...]:
    """Targets in force that achieve otherwise than in the run, by more than how a search ends; those not met first."""
    known = {(one["id"], one["year"]): one for one in then}
    found = [
        TargetMove(one["id"], one["year"], number(one["required"]), number(before["achieved"]), number(one["achieved"]), one["unit"], bool(one["met"]))
        for one in now
        if one["enforced"] and (before := known.get((one["id"], one["year"]))) is not None and _apart(number(before["achieved"]), number(one["achieved"]), number(one["required"]))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.met, one.target, one.year)))


def lost_targets(then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    """Targets in force, with their years, that are met in one manifest's records and not in another's."""
    unmet = [{(one["id"], int(one["year"])) for one in told if one["enforced"] and not one["met"]} for told in (then, now)]
    return tuple(sorted(unmet[1] - unmet[0], key=lambda one: (one[1], one[0])))


def money_moves(then: xr.Dataset, now: xr.Dataset) -> tuple[tuple[MoneyMove, ...], tuple[MoneyMove, ...]]:
    """Cash by payer in all years, the largest move first, and by year; those that move."""
    tables = [(data["investment_cash"] * data["span_years"]).transpose("measure", "year") for data in (then, now)]
    before = [data["investment_before"].values if "investment_before" in data else np.zeros(data.sizes["measure"]) for data in (then, now)]
    payer = [str(one) for one in now["measure_payer"].values] if "measure_payer" in now else []
    paid = list[MoneyMove]()
    for name in dict.fromkeys(payer):
        mine = np.array([one == name for one in payer])
        paid.append(
            MoneyMove(name, *(float(cash.values[mine].sum() + early[mine].sum()) for cash, early in zip(tables, before, strict=True)))
        )
    yearly = [
        MoneyMove(str(int(y)), *(float(cash.values[:, place].sum()) for cash in tables))
        for place, y in enumerate(now["year"].values.tolist())
    ]
    return tuple(sorted(filter(_moves, paid), key=lambda one: -abs(one.now - one.then))), tuple(filter(_moves, yearly))


def other_decisions(then: xr.Dataset, now: xr.Dataset, held: Amounts) -> tuple[Decision, ...]:
    """What is decided otherwise beside what is held: the plan's answer to the edits."""
    found = []
    for one in decisions(then, now):
        amounts = {year: pair for year, pair in one.amounts.items() if (one.measure, year) not in held}
        found += [Decision(one.measure, amounts, one.invested)] if amounts else []
    return tuple(found)


def shortfalls_of(results: xr.Dataset) -> tuple[Shortfall, ...]:
    """What a plan leaves short."""
    return tuple(all_shortfalls(results))


def _moves(one: MoneyMove) -> bool:
    return abs(one.now - one.then) > max(least_money, moved * abs(one.then))


def _apart(then: float, now: float, required: float) -> bool:
    sizes = [abs(value) for value in (then, now, required) if np.isfinite(value)]
    return bool(np.isfinite(then) and np.isfinite(now) and abs(now - then) > moved * max(sizes, default=1.0))


def _by_year(amounts: Mapping[Any, Any]) -> dict[int, tuple[float, float]]:
    return {int(year): (pair[0], pair[1]) for year, pair in amounts.items()}
