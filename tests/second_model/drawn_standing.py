"""Random least amounts, survival and credits that fall, laid on a case that is drawn already."""

from __future__ import annotations

from typing import Any

from second_model.folder import Folder


def standing(case: Folder) -> None:
    """Each kind of row here and there, on what the case has."""
    taken = {row["item"] for row in case.rows["effects"] if float(row["value"]) < 0}
    for age, share in ((0, 1.0), (case.one(2, 4), case.between(0.6, 1.0)), (case.one(6, 10, 16), case.one(0.0, 0.0, 0.1))):
        case.add("curves", share, "1", curve="ages", age=age)
    for row in case.rows["measures"]:
        _least(case, row)
        if row["whole"] == "no" and row["kind"] in ("build", "buy", "plant", "retrofit") and case.chance(0.25):
            row["survival"] = "ages"
    for row in case.rows["existing"]:
        if row["technology"] in taken:
            continue
        if row.get("since") and row["since"] > 2010 and case.chance(0.5):
            row["survival"] = "ages"
        elif case.chance(0.3):
            case.number(row["id"], "remaining", {case.one(*case.years): case.between(0.1, 0.9) * row["value"]}, row["unit"])
    _credits(case)


def _least(case: Folder, row: dict[str, Any]) -> None:
    """A least size of what has a potential or a pace, and least totals where there is room."""
    told = {one["quantity"]: one for one in case.rows["numbers"] if one["item"] == row["id"]}
    limit = told.get("potential") or told.get("pace")
    if limit is not None and case.chance(0.35):
        case.number(row["id"], "least_size", case.between(0.05, 0.35) * limit["value"], limit["unit"])
    room = told.get("potential")
    if room is None or row["kind"] not in ("build", "buy", "plant"):
        return
    if case.chance(0.2):
        path = {case.years[-1]: case.between(0.05, 0.3) * room["value"]}
        case.number(row["id"], "minimum", path if case.chance(0.7) else {2021: path[case.years[-1]]}, room["unit"])
    adds = [one["item"] for one in case.rows["effects"] if one["measure"] == row["id"] and one["item"] in case.names("technologies")]
    if adds and case.chance(0.2):
        case.number(adds[0], "minimum_capacity", {case.years[1]: case.between(0.05, 0.3) * room["value"]}, room["unit"])


def _credits(case: Folder) -> None:
    """One group of some of the technologies that are firm at the peak."""
    firm = sorted({row["item"] for row in case.rows["numbers"] if row["quantity"] == "capacity_credit"})
    if not firm or case.chance(0.4):
        return
    names = case.dice.sample(firm, k=case.one(*range(1, len(firm) + 1)))
    case.add("credit_groups", id="firm_group", technologies=";".join(names))
    beyond, keeps = 0.0, 1.0
    for place in range(case.one(1, 2, 3)):
        beyond, keeps = beyond + case.between(0.05, 0.3), keeps * case.between(0.2, 0.9)
        case.add("credit_segments", keeps, "1", id=f"segment_{place}", group="firm_group", beyond=beyond)
