"""What one unit of a target is when it is made stricter or looser: a step a planner would speak of, unit by unit."""

from __future__ import annotations

from types import MappingProxyType

from model.case.tables.indicators import Target
from model.case.units.registry import own_unit

# unit of the target: the step, in that unit
STEPS = MappingProxyType(
    {
        "%": 1.0, "percent": 1.0, "百分点": 1.0, "percentage_point": 1.0,
        "ug/m3": 1.0, "微克/立方米": 1.0,
        "Mt": 0.01, "kt": 10.0, "万吨": 1.0,
        "GW": 0.1, "MW": 100.0, "万千瓦": 10.0,
        "TWh": 0.1, "亿千瓦时": 1.0, "Mtce": 0.01, "万吨标准煤": 1.0,
        "Gm3": 0.01, "亿立方米": 0.01, "million_m3": 1.0, "万立方米": 100.0,
        "million_m2": 0.01, "万平方米": 1.0,
        "kha": 1.0, "万公顷": 0.1, "万亩": 1.0, "公顷": 1000.0,
        "plant_unit": 1.0, "家": 1.0, "台": 1.0, "座": 1.0, "套": 1.0, "项": 1.0,
        "vehicle": 100.0, "辆": 100.0, "kvehicle": 0.1, "thousand_vehicles": 0.1, "万辆": 0.01,
        "household": 1000.0, "户": 1000.0, "万户": 0.1, "thousand_households": 1.0,
        "亿元": 1.0, "万元": 10_000.0,
    }
)  # fmt: skip
other_step = 0.01


def step_of(target: Target) -> float:
    """One unit of the target's own: 1 百分点, 1 万吨, 1 µg/m³, 10 万千瓦 …; a hundredth of its value where no unit is known."""
    unit = str(target.unit)
    return STEPS.get(unit) or STEPS.get(own_unit(unit), other_step * abs(target.value or 0.0) or 1.0)


def stricter(target: Target) -> float:
    """+1 where stricter means more, −1 where it means less; "exactly" is stricter upwards."""
    return -1.0 if target.sense == "<=" else 1.0
