"""Random power and heat by the hour: plants, wind, storage, combined heat and power, shaped loads, markets, firm capacity."""

from __future__ import annotations

from second_model.drawn_works import COAL, coal_market, measure
from second_model.folder import Folder

POWER = "electricity"


def weather(case: Folder) -> None:
    """One or two periods of the year, hours of load, sun and price, day types of wind, and a spell."""
    periods = {"year": 365} if case.chance(0.5) else {"m1": 200, "m2": 165}
    for name, days in periods.items():
        case.add("periods", id=name, days=days)
    rough = [case.between(0.7, 1.3) for _ in range(24)]
    load = [round(24 * one / sum(rough), 6) for one in rough]
    shapes = {"flat": [1.0] * 24, "load": load, "tariff": [0.5] * 8 + [1.25] * 16, "late_tariff": [1.5] * 8 + [0.75] * 16}
    for name, hours in shapes.items():
        case.add("profiles", 1, "1", id=name, kind="shape")
        for period in periods:
            case.add("profile_days", profile=name, period=period, **{f"h{h}": value for h, value in enumerate(hours)})
    for name, hours, yields in (
        ("sun", [0] * 6 + [0.2, 0.4, 0.6, 0.7, 0.8, 0.8, 0.8, 0.7, 0.6, 0.4, 0.2] + [0] * 7, 1250),
        ("wind", [0.3] * 24, 2000),
    ):
        case.add("profiles", yields, "h", id=name, kind="availability")
        for place, period in enumerate(periods):
            case.add("profile_days", profile=name, period=period, **{f"h{h}": round(v * (1 - 0.2 * place), 6) for h, v in enumerate(hours)})
    if case.chance(0.3):
        case.add("day_types", 0.5, "1", id="calm", profile="wind", share=0.4)
        case.add("day_types", 1.3, "1", id="windy", profile="wind", share=0.6)
    elif len(periods) == 1 and case.chance(0.4):
        for name, value in (("stress_days", 3), ("stress_weight", 2), ("stress_variable", 0.3), ("stress_load", 1.2)):
            case.add("settings", value, "1", id=name)


def plant(case: Folder, name: str, operation: str, **columns: object) -> None:
    """A technology in GW and TWh that gives out power."""
    case.add("technologies", id=name, sector="works", operation=operation,
             capacity_unit=case.one("GW", "万千瓦", "MW"), activity_unit=case.one("TWh", "亿千瓦时", "万kWh"),
             **{"serves": "city", **columns})  # fmt: skip
    if operation != "flexibility":
        case.add("flows", 1, "kWh/kWh", technology=name, commodity=POWER)
        if case.chance(0.4):
            case.number(name, "availability", case.path(0.85, 1.0))
        case.number(name, "upkeep", case.between(20, 100), "元/kW")
        if case.chance(0.6):
            case.number(name, "variable_cost", case.between(1, 20) / 1000, "元/kWh")
        case.number(name, "capacity_credit", case.between(0.3, 0.9))


def power(case: Folder, room: int) -> int:
    """A town's load with its plants; gives the number of measures, at most `room`."""
    weather(case)
    case.add("commodities", id=POWER, unit=case.one("TWh", "亿千瓦时"), balance="hourly", surplus="yes" if case.chance(0.15) else "no")
    case.add("demands", id="load_of_town", commodity=POWER, shape=case.one("load", "flat"))
    need = case.between(4, 12)
    case.number("load_of_town", "amount", {2020: need, case.years[-1]: case.between(need, 1.4 * need)}, "TWh")
    if case.chance(0.4):
        case.number("load_of_town", "peak", {2020: round(need / 8, 4), case.years[-1]: round(need / 6.5, 4)}, "GW")
        case.add("settings", case.between(0, 0.15), "1", id="reserve_margin")
    case.add(
        "markets", id="grid_buy", commodity=POWER, direction="buy", payer="owner", shape=case.one(None, "tariff"), shape_later="late_tariff"
    )
    case.rows["markets"][-1]["shape_later"] = case.one(None, "late_tariff") if case.rows["markets"][-1]["shape"] else None
    case.number("grid_buy", "price", case.path(0.35, 0.6), "CNY/kWh")
    case.number("grid_buy", "firm_capacity", case.between(need / 7, need / 5), "GW")
    if case.rows["markets"][-1]["shape_later"]:
        case.number("grid_buy", "later_weight", {2020: 0, case.years[-1]: case.between(0.2, 1)})
    if case.chance(0.3):
        case.number("grid_buy", "power_limit", case.between(need / 8, need / 4), "GW")
    if case.chance(0.3):
        case.number("grid_buy", "yearly_limit", case.between(0.7 * need, 1.4 * need), "TWh")
    if case.chance(0.3):
        case.number(POWER, "network_cost", case.between(0.01, 0.1), "元/kWh")
    if case.chance(0.3):
        case.add("settings", case.between(0.02, 0.3), "1", id="curtailment_limit")
    for name in ("clean", "generation", "purchases"):
        case.add("indicators", id=name, unit="TWh")
    case.add("accounts", 1, "kWh/kWh", indicator="purchases", item="grid_buy", by="bought")
    case.add("accounts", 1, "1", indicator="generation", item="purchases", by="indicator")
    case.add("accounts", 1, "kWh/kWh", indicator="generation", item="load_of_town", by="demand")
    parts = case.dice.sample([_renewable, _coal, _battery, _heat_pump, _sale, _engine], k=case.one(2, 3, 4))
    made = 0
    for part in sorted(parts, key=lambda one: one is _sale):
        made += part(case, need, room - made)
    return made


def _renewable(case: Folder, need: float, room: int) -> int:
    profile = case.one("sun", "wind")
    region = case.chance(0.25)
    plant(case, "renewable", "variable", profile=profile, serves="region" if region else "city")
    if region:
        case.add("settings", case.between(0.1, 0.5), "1", id="regional_share")
    case.add("accounts", 1, "kWh/kWh", indicator="clean", item="renewable", by="activity")
    if case.chance(0.6):
        case.add("existing", case.between(0.05, 0.2) * need, "GW", id="old_renewable", technology="renewable", until=case.one(None, 2024))
    if room < 1:
        return 0
    unit = case.one("GW", "万千瓦")
    times = {"GW": 1.0, "万千瓦": 100.0}[unit]
    measure(case, "build_renewable", unit, most=0.4 * need * times, price=8 / times)
    case.add("effects", 1, "kW/kW", measure="build_renewable", item="renewable", lag=case.one(0, 0, 1))
    return 1


def _coal(case: Folder, need: float, room: int) -> int:
    coal_market(case)
    heating = case.chance(0.5)
    plant(case, "unit", "committed", heat="heat" if heating else None)
    case.add("flows", -case.between(280, 330), "gce/kWh", technology="unit", commodity=COAL)
    case.number("unit", "minimum_load", case.between(0.3, 0.6))
    case.add("existing", case.between(0.06, 0.14) * need, "GW", id="old_unit", technology="unit", until=case.one(None, None, 2025))
    if case.chance(0.3):
        case.number("unit", "utilisation_floor", case.between(0.1, 0.3))
    if heating:
        _heat(case, need)
    made = 0
    if room > made and case.chance(0.5):
        case.add(
            "technologies",
            id="flexible",
            sector="works",
            operation="flexibility",
            capacity_unit="GW",
            activity_unit="TWh",
            host="unit",
            serves="city",
        )
        case.number("flexible", "minimum_load_cut", case.between(0.1, 0.25))
        measure(case, "make_flexible", "GW", most=0.1 * need, price=1, kind="retrofit")
        case.add("effects", 1, "kW/kW", measure="make_flexible", item="flexible", lag=0)
        made += 1
    if room > made and case.chance(0.4):
        measure(case, "build_unit", "GW", most=0.15 * need, price=7)
        case.add("effects", 1, "kW/kW", measure="build_unit", item="unit", lag=0)
        made += 1
    return made


def _heat(case: Folder, need: float) -> None:
    case.add("commodities", id="heat", unit=case.one("TWh", "亿kWh"), balance="hourly", surplus=case.one("no", "no", "yes"))
    case.add("demands", id="need_of_heat", commodity="heat", shape="load")
    case.number("need_of_heat", "amount", case.between(0.1, 0.3) * need, "TWh")
    case.add("markets", id="heat_buy", commodity="heat", direction="buy", payer="town")
    case.number("heat_buy", "price", case.between(0.2, 0.4), "元/kWh")
    case.number("unit", "heat_ratio", case.between(0.8, 1.5))
    case.number("unit", "heat_loss", case.between(0.1, 0.25))
    case.number("unit", "back_pressure", case.between(0.2, 0.6))


def _battery(case: Folder, need: float, room: int) -> int:
    """Storage of a day or, where days are in order, of a month or the year; its energy by its power, or built apart from it."""
    in_order = not case.rows["day_types"]
    span = case.one("day", "month", "year", "year") if in_order else "day"
    plant(case, "battery", "storage", span=span)
    apart = case.chance(0.4)
    if not apart or case.chance(0.3):
        case.number("battery", "storage_hours", case.between(2, 8), "h")
    case.number("battery", "round_trip_efficiency", case.between(0.75, 0.9))
    if span == "day" and case.chance(0.5):
        case.number("battery", "standing_loss", case.between(0.001, 0.05), "1/h")
    if span == "year" and case.chance(0.4):
        case.number("battery", "start_stock", case.between(0, 0.9))
    if case.chance(0.3) or room < 1:
        case.add("existing", case.between(0.02, 0.1) * need, "GW", id="old_battery", technology="battery")
    made = 0
    if room > made:
        measure(case, "build_battery", "GW", most=0.1 * need, price=2)
        case.add("effects", 1, "kW/kW", measure="build_battery", item="battery", lag=0)
        made += 1
    return made + (_reservoir(case, need, room - made) if apart else 0)


def _reservoir(case: Folder, need: float, room: int) -> int:
    case.add(
        "technologies", id="cells", sector="works", operation="reservoir", capacity_unit=case.one("GWh", "万千瓦时"), activity_unit="TWh", host="battery",
        serves="city",
    )  # fmt: skip
    case.number("cells", "upkeep", case.between(0.01, 0.1), "亿元/GWh")
    if case.chance(0.4) or room < 1:
        case.add("existing", case.between(0.1, 0.8) * need, "GWh", id="old_cells", technology="cells")
    if case.chance(0.3):
        case.number("battery", "most_hours", case.between(20, 60), "h")
    if room < 1:
        return 0
    if case.chance(0.4):
        case.number("battery", "least_hours", case.between(1, 3), "h")
    measure(case, "build_cells", "GWh", most=case.one(0.5, 5) * need, price=0.3)
    case.add("effects", 1, "kWh/kWh", measure="build_cells", item="cells", lag=0)
    return 1


def _heat_pump(case: Folder, need: float, room: int) -> int:
    """A service of the year that takes power by a shape."""
    case.add("commodities", id="warmth", unit="TWh", balance="yearly", surplus="no")
    case.add("demands", id="need_of_warmth", commodity="warmth")
    case.number("need_of_warmth", "amount", case.between(0.5, 1.5), "TWh")
    case.add("markets", id="warmth_buy", commodity="warmth", direction="buy", payer="town")
    case.number("warmth_buy", "price", case.path(2, 4), "亿元/TWh")
    case.add(
        "technologies",
        id="pump",
        sector="works",
        operation="shaped",
        capacity_unit="TWh",
        activity_unit="TWh",
        profile="load",
        serves="city",
    )
    case.add("flows", 1, "kWh/kWh", technology="pump", commodity="warmth")
    case.add("flows", -case.between(0.3, 0.45), "kWh/kWh", technology="pump", commodity=POWER)
    if case.chance(0.5):
        case.number("pump", "coincidence", case.between(0.1, 0.4), "GW/TWh")
    if room < 1:
        case.add("existing", 0.5, "TWh", id="old_pump", technology="pump")
    return 0
    measure(case, "build_pump", "TWh", most=1.2, price=1)
    case.add("effects", 1, "kWh/kWh", measure="build_pump", item="pump", lag=0)
    return 1


def _engine(case: Folder, need: float, room: int) -> int:
    """A plant that runs as it likes."""
    plant(case, "engine", "dispatch")
    case.number("engine", "variable_cost", {2020: case.between(3, 5), case.years[-1]: case.between(3, 6)}, "亿元/TWh") if not any(
        row["item"] == "engine" and row["quantity"] == "variable_cost" for row in case.rows["numbers"]
    ) else None
    case.add("existing", case.between(0.02, 0.1) * need, "GW", id="old_engine", technology="engine", until=case.one(None, 2026))
    return 0


def _sale(case: Folder, need: float, room: int) -> int:
    case.add("markets", id="grid_sell", commodity=POWER, direction="sell", payer="owner", shape=case.one(None, "tariff"))
    case.number("grid_sell", "price", case.between(0.15, 0.3), "CNY/kWh")
    case.number("grid_sell", "power_limit", case.between(0.02, 0.1) * need, "GW")
    for name in {"renewable", "unit", "engine"} & set(case.names("technologies")):
        case.number(name, "sale_share", case.between(0.1, 0.8))
    return 0
