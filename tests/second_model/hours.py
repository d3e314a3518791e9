"""Days and hours: the days of each period with their weights, the spell of hard days, and every profile on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from second_model.numbers import amount
from second_model.tables import Cells
from second_model.world import World

HOURS = range(24)
HOURS_A_YEAR = 8.76  # thousands, so that GW make TWh
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Hours:
    """`weight[d]`: days that a day stands for; `before[d]`: the day whose last hour comes before its first; `value[p][d][h]`.

    `calendar`: the day of each period and how often it comes, where the days of a period are alike. `spell`: the days of the spell.
    """

    weight: list[float]
    before: list[int]
    value: dict[str, list[list[float]]]
    calendar: list[tuple[int, int]]
    spell: list[int]

    @property
    def days(self) -> range:
        return range(len(self.weight))

    def thousands(self, day: int) -> float:
        """Weight of one hour, in thousands of hours."""
        return self.weight[day] / 1000


def hours_of(world: World) -> Hours:
    """Every period's days (of each day type its share), the year's yields and means kept, and the spell."""
    kinds = [(period, kind) for period in world.tables.of("periods") for kind in _day_types(world, period)]
    weight = [days for _, (days, _) in kinds]
    value = {}
    for profile in world.tables.of("profiles"):
        rows = [[times.get(profile["id"], 1.0) * cell for cell in _cells(world, profile, period)] for period, (_, times) in kinds]
        value[profile["id"]] = _scaled(profile, rows, weight)
    calendar = [] if world.tables.of("day_types") else [(place, round(days)) for place, days in enumerate(weight)]
    return _with_spell(world, Hours(weight, list(range(len(weight))), value, calendar, []), [period["id"] for period, _ in kinds])


def _day_types(world: World, period: Cells) -> list[tuple[float, dict[str, float]]]:
    """Days of each type and what they multiply: types of one profile only, dealt out by the largest remainder."""
    days, types = round(float(period["days"])), sorted(world.tables.of("day_types"), key=lambda row: row["id"])
    if not types:
        return [(float(days), {})]
    assert len({row["profile"] for row in types}) == 1
    wanted = [float(row["share"]) * days for row in types]
    counts = [math.floor(one) for one in wanted]
    for place in sorted(range(len(types)), key=lambda k: counts[k] - wanted[k])[: days - sum(counts)]:
        counts[place] += 1
    return [(float(count), {row["profile"]: amount(row, "1")}) for count, row in zip(counts, types) if count]


def _cells(world: World, profile: Cells, period: Cells) -> list[float]:
    row = next(one for one in world.tables.of("profile_days") if one["profile"] == profile["id"] and one["period"] == period["id"])
    return [float(row[f"h{hour}"]) for hour in HOURS]


def _scaled(profile: Cells, rows: list[list[float]], weight: list[float]) -> list[list[float]]:
    """A shape to a mean of 1, an availability to its full-load hours, never above 1."""
    hours = DAYS_A_YEAR * len(HOURS) if profile["kind"] == "shape" else amount(profile, "h")
    for _ in range(20):
        now = sum(days * sum(row) for days, row in zip(weight, rows))
        rows = [[cell * hours / now if profile["kind"] == "shape" else min(1.0, cell * hours / now) for cell in row] for row in rows]
    return rows


def _with_spell(world: World, hours: Hours, periods: list[str]) -> Hours:
    spell, each = round(world.numbers.setting("stress_days", 0.0)), world.numbers.setting("stress_weight", 0.0)
    if not spell:
        return hours
    assert len(set(periods)) == 1, "the documents do not say which period is the hardest"
    loads = {row["shape"] for row in world.tables.of("demands") if row["shape"]}
    factor = {
        row["id"]: world.numbers.setting("stress_variable", 1.0) if row["kind"] == "availability"
        else world.numbers.setting("stress_load", 1.0) if row["id"] in loads else 1.0
        for row in world.tables.of("profiles")
    }  # fmt: skip
    weight = [days * (1 - spell * each / DAYS_A_YEAR) for days in hours.weight]
    value = {}
    for name, rows in hours.value.items():
        year = sum(days * sum(row) for days, row in zip(hours.weight, rows))
        mean = [sum(days * row[h] for days, row in zip(hours.weight, rows)) / DAYS_A_YEAR for h in HOURS]
        hard = [[cell * (factor[name] if day else 1.0) for cell in mean] for day in range(spell)]
        left = year - each * sum(sum(row) for row in hard)
        times = left / sum(days * sum(row) for days, row in zip(weight, rows))
        value[name] = [[cell * times for cell in row] for row in rows] + hard
    first = len(weight)
    return Hours(
        weight + [each] * spell,
        hours.before + [first + (day - 1) % spell for day in range(spell)],
        value,
        hours.calendar,
        list(range(first, first + spell)),
    )
