"""Random works that run by the year: a product, its old and new works, retrofits, a fleet, trees."""

from __future__ import annotations

from second_model.folder import Folder

COAL = "coal"


def coal_market(case: Folder) -> None:
    """Coal, bought without limit, and what is counted of it."""
    if COAL in case.names("commodities"):
        return
    case.add("commodities", id=COAL, unit=case.one("Mtce", "万吨标准煤"), balance="yearly", surplus="no")
    case.add("markets", id="coal_buy", commodity=COAL, direction="buy", payer="owner")
    case.number("coal_buy", "price", case.path(600, 1200), "CNY/tce")
    if case.chance(0.3):
        case.number(COAL, "network_cost", case.between(20, 80), "元/tce")
    case.add("indicators", id="coal_use", unit="Mtce")
    case.add("accounts", 1, "tce/tce", indicator="coal_use", item=COAL, by="use")
    case.add("indicators", id="co2", unit="Mt", stands_for="carbon", variant="own")
    case.variants["carbon"] = "own"
    case.add("accounts", 2.66, "t/tce", indicator="co2", item="coal_use", by="indicator")
    if case.chance(0.3):
        case.add("residuals", case.between(5, 30), "万吨标准煤", id="rest_coal", sector="works", item=COAL)
        case.number("rest_coal", "path", case.path(0.6, 1.0))
    if case.chance(0.2):
        case.add("residuals", case.between(0.1, 0.5), "Mt", id="rest_co2", sector="works", item="co2")


def measure(case: Folder, name: str, unit: str, *, most: float, price: float, kind: str = "build", lasting: bool = False) -> None:
    """A measure with random life, pace, potential, wholeness, dates and commitments; money in 亿元 per canonical unit."""
    whole = case.chance(0.4)
    last = case.years[-1]
    lead, profile = case.one((0, None), (0, None), (0, None), (1, None), (1, "0.4;0.6"), (2, None), (2, "0.3;0.7"))
    case.add(
        "measures", id=name, sector="works", clause="c1", payer=case.one("owner", "town"), kind=kind, unit=unit, whole="yes" if whole else "no",
        usual="yes" if case.chance(0.5) else "no", earliest=case.one(None, None, None, case.years[0], case.years[1]),
        latest=case.one(None, None, None, last, max(case.years[1], last - 1)), lead_time=lead, cash_profile=profile,
    )  # fmt: skip
    size = case.between(0.15, 0.45) * most if whole else 0.0
    if whole:
        case.number(name, "unit_size", size, unit)
    case.number(name, "investment", case.path(2 * price, 8 * price), f"亿元/{unit}")
    if case.chance(0.4):
        case.number(name, "upkeep", case.between(0.02 * price, 0.1 * price), f"亿元/{unit}")
    life = case.one(1, 2, 3, 4, 5, 6, 8, 10, 15, 25, 2.5, 3.5, 7.25) if not lasting else case.one(40, 60)
    if kind != "retire" or case.chance(0.7):
        case.number(name, "lifetime", life, "yr")
    if case.chance(0.6):
        case.number(name, "potential", case.path(0.6 * most, 1.6 * most), unit)
    if case.chance(0.6):
        case.number(name, "pace", case.path(0.15 * most, 0.7 * most), unit)
    if case.chance(0.2):
        case.number(name, "committed", {case.one(*range(2021, last + 1)): size or case.between(0.05, 0.2) * most}, unit)
    if case.decide_from > 2021 and case.chance(0.7):
        _record(case, name, unit, size, most)


def _record(case: Folder, name: str, unit: str, size: float, most: float) -> None:
    """What was built in one or two years before decisions begin: known, or an estimate between its ends."""
    past = range(2021, case.decide_from)
    for year in case.dice.sample(past, k=min(len(past), case.one(1, 1, 2))):
        value = size or case.between(0.05, 0.3) * most
        ends = {"status": "estimate", "low": 0.6 * value, "high": 1.3 * value} if not size and case.chance(0.4) else {}
        case.add("actuals", value, unit, measure=name, year=year, **ends)


def works(case: Folder, room: int) -> int:
    """A product made by old works and new, or bought dear; gives the number of measures, at most `room`."""
    mass = case.one("Mt", "万吨")
    times = {"Mt": 1.0, "万吨": 100.0}[mass]
    coal_market(case)
    case.add("commodities", id="goods", unit=mass, balance="yearly", surplus="yes" if case.chance(0.2) else "no")
    case.add("demands", id="need_of_goods", commodity="goods")
    need = case.between(1, 4)
    case.number("need_of_goods", "amount", {2020: need, case.years[-1]: case.between(0.8 * need, 1.5 * need)}, "Mt")
    case.add("markets", id="goods_buy", commodity="goods", direction="buy", payer=case.one("owner", "town"))
    case.number("goods_buy", "price", case.path(4, 9), "亿元/Mt")
    if case.chance(0.3):
        case.number("goods_buy", "yearly_limit", case.between(0.5 * need, 2 * need), "Mt")
    if case.chance(0.2):
        case.add("markets", id="goods_sell", commodity="goods", direction="sell", payer="owner")
        case.number("goods_sell", "price", case.between(0.5, 3), "亿元/Mt")
        case.number("goods_sell", "yearly_limit", case.between(0.1, 0.5), "Mt")
        case.add("indicators", id="sold", unit="Mt")
        case.add("accounts", 1, "t/t", indicator="sold", item="goods_sell", by="sold")
    _work(case, "old_mill", mass, case.between(0.25, 0.4))
    for part in range(case.one(1, 2, 3)):
        until = case.one(None, None, *range(2022, case.years[-1] + 3))
        since = case.one(None, None, None, 2015, 2022)
        if until is None or since is None or until >= since:
            case.add(
                "existing", case.between(0.3, 0.8) * need * times, mass, id=f"old_{part}", technology="old_mill", since=since, until=until
            )
    _work(case, "new_mill", mass, case.between(0.1, 0.2))
    measure(case, "build_mill", mass, most=need * times, price=1 / times)
    case.add("effects", 1, f"{mass}/{mass}", measure="build_mill", item="new_mill", lag=case.one(0, 0, 0, 1))
    case.add("indicators", id="output", unit="Mt")
    case.add("indicators", id="new_output", unit="Mt")
    for mill in ("old_mill", "new_mill"):
        case.add("accounts", 1, "t/t", indicator="output", item=mill, by="activity")
    case.add("accounts", 1, "t/t", indicator="new_output", item="new_mill", by="activity")
    if case.chance(0.4):
        case.add("accounts", 1, "t/t", indicator="output", item="goods_buy", by="bought")
    made = 1
    for kind in case.dice.sample(["retire", "replace", "retrofit"], k=case.one(0, 0, 1, 1, 2)):
        made += _closure(case, mass, kind, 0.8 * need * times) if made < room else 0
    return made + (_saving(case, mass, need * times) if made < room and case.chance(0.5) else 0)


def _closure(case: Folder, mass: str, kind: str, most: float) -> int:
    """Old works closed, or replaced by new ones, taken from what leaves in one year: from all of it or from some that is named."""
    old = [row for row in case.rows["existing"] if row["technology"] == "old_mill"]
    if not old:
        return 0
    name = f"{kind}_old"
    measure(case, name, mass, most=most, price=0.5 / {"Mt": 1.0, "万吨": 100.0}[mass], kind=kind)
    leaves = case.one(*old)["until"]
    alike = [row["id"] for row in old if row["until"] == leaves]
    named = case.dice.sample(alike, k=case.one(*range(1, len(alike) + 1)))
    by_year = bool(leaves) and case.chance(0.3)
    unnamed = len(alike) == len(old) and case.chance(0.3)
    life = case.one(None, None, None, 1) if kind != "retrofit" else None
    case.add("effects", -1, f"{mass}/{mass}", measure=name, item="old_mill", lag=0, until=leaves if by_year else None,
             stock=None if by_year or unnamed else ";".join(sorted(named)), lifetime=life)  # fmt: skip
    if kind == "replace":
        case.add("effects", case.one(1, 0.8), f"{mass}/{mass}", measure=name, item="new_mill", lag=0)
    return 1


def _work(case: Folder, name: str, mass: str, coal: float) -> None:
    case.add("technologies", id=name, sector="works", operation="yearly", capacity_unit=mass, activity_unit=mass, serves="city")
    case.add("flows", 1, "t/t", technology=name, commodity="goods")
    for year in (2020, case.years[-1]) if case.chance(0.3) else (None,):
        case.add("flows", -(coal if year != case.years[-1] else round(0.9 * coal, 4)), "tce/t", technology=name, commodity=COAL, year=year)
    case.number(name, "upkeep", case.between(0.05, 0.3), "亿元/Mt")
    case.number(name, "variable_cost", case.between(5, 40), "元/t")
    if case.chance(0.3):
        case.number(name, "availability", case.path(0.8, 1.0))
    if case.chance(0.2):
        case.number(name, "utilisation_floor", case.between(0.05, 0.3))
    if case.chance(0.2):
        case.number(name, "utilisation_ceiling", case.between(75, 95), "%")


def _saving(case: Folder, mass: str, most: float) -> int:
    host = case.one("old_mill", "new_mill")
    case.add(
        "technologies", id="saving", sector="works", operation="saving", capacity_unit=mass, activity_unit=mass, host=host, serves="city"
    )
    case.add("flows", case.between(0.03, 0.08), "tce/t", technology="saving", commodity=COAL)
    measure(case, "retrofit_mill", mass, most=most, price=0.1, kind="retrofit")
    case.add("effects", 1, f"{mass}/{mass}", measure="retrofit_mill", item="saving", lag=0)
    return 1


def fleet(case: Folder) -> int:
    """Kilometres by two kinds of bus that are bought, counted by stock and by purchases."""
    fuel = case.one(COAL, None)
    if fuel:
        coal_market(case)
    case.add("commodities", id="bus_km", unit="Mvkm", balance="yearly", surplus="no")
    case.add("demands", id="need_of_buses", commodity="bus_km")
    need = case.between(20, 60)
    case.number("need_of_buses", "amount", case.path(0.8 * need, 1.2 * need), "Mvkm")
    case.add("markets", id="hired_km", commodity="bus_km", direction="buy", payer="town")
    case.number("hired_km", "price", case.between(2, 4), "亿元/Mvkm")
    for indicator in ("buses", "clean_buses", "new_buses", "new_clean_buses"):
        case.add("indicators", id=indicator, unit="kvehicle")
    for kind, price in (("diesel", 0.6), ("battery", 1.1)):
        case.add(
            "technologies",
            id=f"bus_{kind}",
            sector="works",
            operation="yearly",
            capacity_unit="kvehicle",
            activity_unit="Mvkm",
            serves="city",
        )
        case.number(f"bus_{kind}", "yearly_use", case.between(40, 60), "Mvkm/kvehicle")
        case.add("flows", 1, "Mvkm/Mvkm", technology=f"bus_{kind}", commodity="bus_km")
        case.number(
            f"bus_{kind}", "variable_cost", case.between(0.01, 0.03) if kind == "battery" else case.between(0.03, 0.06), "亿元/Mvkm"
        )
        if fuel and kind == "diesel":
            case.add("flows", -case.between(0.0005, 0.001), "Mtce/Mvkm", technology="bus_diesel", commodity=COAL)
        measure(case, f"buy_{kind}", "kvehicle", most=need / 50, price=price, kind="buy")
        case.add("effects", 1, "辆/辆", measure=f"buy_{kind}", item=f"bus_{kind}", lag=0)
        case.add("accounts", 1, "辆/辆", indicator="buses", item=f"bus_{kind}", by="capacity")
        case.add("accounts", 1, "辆/辆", indicator="new_buses", item=f"buy_{kind}", by="build")
    case.add(
        "existing", need / 50 * case.between(0.5, 1), "kvehicle", id="old_buses", technology="bus_diesel", until=case.one(None, 2023, 2026)
    )
    case.add("accounts", 1, "辆/辆", indicator="clean_buses", item="bus_battery", by="capacity")
    case.add("accounts", 1, "辆/辆", indicator="new_clean_buses", item="buy_battery", by="build")
    return 2


def trees(case: Folder) -> int:
    """Planting that counts late and grows by age; the sink is the change of the stock."""
    case.add("indicators", id="forest", unit="kha")
    case.add("indicators", id="sink", unit="Mt")
    lasting = case.chance(0.7)
    measure(case, "plant", "kha", most=case.between(2, 6), price=0.3, kind="plant", lasting=lasting)
    curved = case.chance(0.5)
    if curved:
        for age, value in ((0, 0), (4, case.between(0.2, 0.5)), (15, 1)):
            case.add("curves", value, "1", curve="growth", age=age)
    lag, more = case.one(0, 1, 3), case.one(None, None, 1)
    case.add("effects", 1, "ha/ha", measure="plant", item="forest", lag=lag, curve="growth" if curved else None,
             lifetime=lag + more if more and lasting else None, until=case.one(None, None, None, 2028))  # fmt: skip
    case.add("accounts", case.between(0.01, 0.05), "Mt/kha", indicator="sink", item="forest", by="change")
    if case.chance(0.5):
        case.add("drivers", id="standing", unit="kha")
        case.number("standing", "amount", case.path(3, 8), "kha")
        case.add("accounts", 1, "ha/ha", indicator="forest", item="standing", by="driver")
    return 1
