"""Random taxes, subsidies, carbon markets, rates of payers and other years' money, laid on a case that is drawn already."""

from __future__ import annotations

from typing import Any

from second_model.folder import Folder

OF_THE_YEAR = ("co2", "carbon", "coal_use", "output", "buses", "purchases", "generation", "forest")
GROWN = ("clean", "forest")
AVERAGED = ("build", "change", "spend")
STATED = ("investment", "upkeep", "variable_cost")


def money(case: Folder) -> None:
    """Each kind of row here and there."""
    for payer in ("owner", "town"):
        if case.chance(0.25):
            case.number(payer, "cost_of_capital", case.one(0, 4, 8), "%/yr")
    settles = case.chance(0.4) and _markets(case)
    if case.chance(0.4):
        _levy(case, settles=settles)
    if case.chance(0.3):
        _grant(case)
    if case.chance(0.3):
        _other_money(case)


def _sides(case: Folder, *choices: tuple[str, str]) -> dict[str, str]:
    payer, receiver = case.one(*choices)
    return {"payer": payer, "receiver": receiver}


def _levy(case: Folder, *, settles: bool) -> None:
    known = [row for row in case.rows["indicators"] if row["id"] in OF_THE_YEAR and _of_the_year(case, row["id"])]
    if not known:
        return
    row = case.one(*known)
    carbon = row["id"] in ("co2", "carbon") and not settles
    sides = _sides(case, ("owner", ""), ("town", ""), ("owner", "town"))
    case.add("transfers", id="levy", kind=case.one("tax", "carbon_price") if carbon else "tax", indicator=row["id"], **sides)
    case.number("levy", "rate", case.path(0.02, 0.6), f"亿元/({row['unit']})")
    grown = [row for row in known if row["id"] in GROWN]
    if grown and case.chance(0.5):
        case.add("transfers", id="reward", kind="subsidy", indicator=grown[0]["id"], **_sides(case, ("", "owner"), ("town", "owner")))
        case.number("reward", "rate", case.between(0.001, 0.01), f"亿元/({grown[0]['unit']})")


def _of_the_year(case: Folder, name: str) -> bool:
    rows = [row for row in case.rows["accounts"] if row["indicator"] == name]
    return all(row["by"] not in AVERAGED and (row["by"] != "indicator" or _of_the_year(case, row["item"])) for row in rows)


def _grant(case: Folder) -> None:
    paid = sorted({row["item"] for row in case.rows["numbers"] if row["quantity"] == "investment"})
    if not paid:
        return
    names = case.dice.sample(paid, k=case.one(1, min(2, len(paid))))
    case.add(
        "transfers", id="grant", kind="subsidy", measures=";".join(names), **_sides(case, ("", "owner"), ("town", "owner"), ("owner", ""))
    )
    case.number("grant", "share", {2020: case.between(0.2, 0.6), case.years[-1]: case.between(0, 0.5)})


def _markets(case: Folder) -> bool:
    """A carbon market of one or two groups; whether there is one."""
    runs = [row for row in case.rows["technologies"] if row["operation"] in ("dispatch", "committed", "yearly", "shaped")]
    if not runs:
        return False
    case.add("carbon_markets", id="permits", unit="Mt")
    case.number("permits", "price", case.path(0.1, 0.9), "亿元/Mt")
    for place, row in enumerate(case.dice.sample(runs, k=min(len(runs), case.one(1, 2)))):
        _group(case, f"group_{place}", row)
    return True


def _group(case: Folder, name: str, row: dict[str, Any]) -> None:
    case.add("allowance_groups", id=name, market="permits", payer=case.one("owner", "town"), since=case.one("", "", case.years[-1]))
    outputs = ["activity", *(["heat"] if row.get("heat") else [])]
    limited = case.chance(0.4) and len(outputs) == 1
    for by in outputs:
        case.add("allowance_outputs", id=f"{name}_{by}", group=name, technology=row["id"], by=by)
        verified, unit = case.between(0.3, 2), "TWh" if by == "heat" else row["activity_unit"]
        case.number(f"{name}_{by}", "verified", verified, f"Mt/({unit})")
        benchmark = {2020: verified * case.between(0.9, 1.1), case.years[-1]: verified * case.between(0.6, 1.0)}
        case.number(f"{name}_{by}", "benchmark", benchmark, f"Mt/({unit})")
    if limited:
        case.number(name, "loss_limit", case.between(0.02, 0.3))
    if case.chance(0.5):
        case.number(name, "gain_limit", case.path(0.01, 0.1))


def _other_money(case: Folder) -> None:
    """Some costs in the money of 2015."""
    case.add("deflators", case.between(80, 95), "%", year=2015)
    case.add("deflators", 1, "1", year=2020)
    told = sorted({(row["item"], row["quantity"]) for row in case.rows["numbers"] if row["quantity"] in STATED})
    for key in case.dice.sample(told, k=min(len(told), 2)):
        for row in case.rows["numbers"]:
            if (row["item"], row["quantity"]) == key:
                row["price_year"] = 2015
