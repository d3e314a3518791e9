"""Taking away on paper: closures are for ever, never of more than stands of their stock, and renewing closes nothing anew.

A mill keeps up at 2 亿元 a year and Mt, goods are bought at 1.2 unless said otherwise, money is not discounted.
"""

from __future__ import annotations

from paper import Paper, demand, existing, market, measure, technology

TWO, THREE = (2021, 2022), (2021, 2022, 2023)


def mills(old: float, *, until: int | None, others: float, **told: float) -> tuple:
    """An old mill and others of the same technology."""
    return (
        *technology("mill", gives={"goods": 1.0}, told=told),
        *existing("old_mill", "mill", old, until=until),
        *existing("others", "mill", others),
    )


def close_old(amount: float, cost: float, *, stock: tuple[str, ...] = ("old_mill",), **columns) -> list:
    return measure("close_old", {"mill": {"value": -amount, "stock": stock}}, unit="plant_unit", kind="retire", cost=cost, **columns)


LEAVES_BY_ITSELF = Paper(
    name="leaves_by_itself",
    says="the old mill would leave with 2022: its closure ends then, and takes nothing from the others in 2023",
    # 2021 and 2022: others 2, 0.6 bought 0.72, closure 0.4 over two years 0.2: 2.92. 2023: 2.72. Not closed: 2 · 3.2 + 2.72 = 9.12.
    # Taken from the others in 2023: 0.4 · 2 + 1.2 · 1.2 = 2.24, less, and wrong.
    facts=(demand("goods", 1.6), market("goods", 1.2), mills(0.6, until=2022, others=1.0, upkeep=2.0),
           close_old(0.6, 0.04, whole=True, told={"unit_size": 1.0})),
    years=THREE,
    objective=2 * 2.92 + 2.72,
    answer={"build[close_old,2021]": 1.0, "capacity[mill,2022]": 1.0, "capacity[mill,2023]": 1.0},
    without={"Capacity_In_Force": 5.76},
)  # fmt: skip

NO_MORE_THAN_STANDS = Paper(
    name="no_more_than_stands",
    says="of 1.6 Mt only the old mill's 0.6 can be closed, however much closing saves",
    # Others 2, bought 0.72, closed 0.06. All closed: 1.6 · 1.2 + 0.16 = 2.08.
    facts=(demand("goods", 1.6), market("goods", 1.2), mills(0.6, until=None, others=1.0, upkeep=2.0), close_old(1.0, 0.1)),
    objective=2.78,
    answer={"build[close_old,2021]": 0.6, "capacity[mill,2021]": 1.0},
    without={"Taken_Within_Stock": 2.08},
)


def two_mills() -> tuple:
    """Mills a and b of 1 Mt each and others of 1; closing saves 2 - 1.2 = 0.8 of each Mt."""
    standing = (fact for name in ("mill_a", "mill_b", "others") for fact in existing(name, "mill", 1.0))
    return (*demand("goods", 3.0), *market("goods", 1.2), *technology("mill", gives={"goods": 1.0}, told={"upkeep": 2.0}), *standing)


def close(name: str, *stock: str, cost: float = 0.1) -> list:
    return measure(name, {"mill": {"value": -1.0, "stock": stock}}, unit="plant_unit", kind="retire", cost=cost)


WITHIN_ANOTHER = Paper(
    name="within_another",
    says="mill a, closed by its own measure, is no longer there for the one that closes a or b: of both 2 Mt go, not 3",
    # Others 2, bought 2 · 1.2, closed 0.1 and 0.1. Taken twice: 3 · 1.2 + 0.3 = 3.9.
    facts=(two_mills(), close("close_a", "mill_a"), close("close_a_or_b", "mill_a", "mill_b")),
    objective=4.6,
    answer={"capacity[mill,2021]": 1.0},
    without={"Taken_Within_Stock": 3.9},
)

OVERLAPPING = Paper(
    name="overlapping",
    says="a or b by one measure, b or others by another: the 3 Mt of the three can go, not twice two; the rest stays",
    # Rest 2, bought 2 · 1.2, closed 2 · 0.05 and 0.1; twice two: 3 · 1.2 + 0.3. Without limits all 4 Mt go by the cheaper one: 3.6 + 0.2.
    facts=(
        two_mills(),
        existing("rest", "mill", 1.0),
        close("close_a_or_b", "mill_a", "mill_b", cost=0.05),
        close("close_b_or_others", "mill_b", "others"),
    ),
    objective=2 + 2 * 1.2 + 2 * 0.05 + 0.1,
    answer={"build[close_a_or_b,2021]": 2.0, "capacity[mill,2021]": 1.0},
    without={"Taken_Within_Stock": 3.8},
)

FOR_EVER = Paper(
    name="for_ever",
    says="a closure paid in one year lasts: 1 + 1.2, then 1.2 a year",
    # 4.6. Reopened after its year it would have to be closed and paid again: 6.6, more than 3 · 2.
    facts=(demand("goods", 1.0), market("goods", 1.2), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"upkeep": 2.0}),
           measure("close_mill", {"mill": -1.0}, kind="retire", cost=1.0, life=1.0)),
    years=THREE,
    objective=4.6,
    answer={"build[close_mill,2021]": 1.0, "build[close_mill,2022]": 0.0, "level[close_mill,2023]": 1.0, "capacity[mill,2023]": 0.0,
            "investment_cash[close_mill,2022]": 0.0},
    without={"Capacity_In_Force": 3.6},
)  # fmt: skip

PAID_ONCE = Paper(
    name="paid_once",
    says="a closure paid over 3 years in a span of 9 is not bought again: 3 and 9 · 1.2",
    facts=(demand("goods", 1.0), market("goods", 1.2), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"upkeep": 2.0}),
           measure("close_mill", {"mill": -1.0}, kind="retire", cost=1.0, life=3.0)),
    years=(2029,),
    objective=3 + 9 * 1.2,
    answer={"build[close_mill,2029]": 1.0, "investment_cash[close_mill,2029]": 3 / 9},
    without={"Capacity_In_Force": 9 * 1.2},
)  # fmt: skip

REPLACE = measure(
    "replace", {"old_mill": -1.0, "new_mill": 1.0}, kind="replace", cost=1.0, life=1.0, told={"potential": 1.0}
)  # fmt: skip


def old_and_new(**told: float) -> tuple:
    return (*technology("old_mill", gives={"goods": 1.0}, exists=2.0, told=told), *technology("new_mill", gives={"goods": 1.0}), *REPLACE)


RENEWED = Paper(
    name="renewed",
    says="what replaced an old mill is renewed in 2022, and takes no second one away",
    # Each year new 1 and old 1 · 2.5. Taken again in 2022: new 1, bought 1 · 3: 7.5. Nothing closed at all: 3 Mt stand, the same cost here.
    facts=(demand("goods", 2.0), market("goods", 3.0), old_and_new(variable_cost=2.5)),
    years=TWO,
    objective=7.0,
    answer={"build[replace,2022]": 1.0, "capacity[old_mill,2022]": 1.0, "capacity[new_mill,2022]": 1.0},
    without={"Capacity_In_Force": 0.0},
)

CLOSED_AS_IN_FORCE = Paper(
    name="closed_as_in_force",
    says="what replaces takes away: of 3 Mt one is made by the new mill, one by the old, one bought",
    # Each year 1 + 2.5 + 3. Replacing without closing: 1 + 2 · 2.5 = 6.
    facts=(demand("goods", 3.0), market("goods", 3.0), old_and_new(variable_cost=2.5)),
    years=TWO,
    objective=13.0,
    answer={"closed[replace,2021]": 1.0, "closed[replace,2022]": 0.0},
    without={"Closed_In_Force": 12.0},
)

CLOSED_AS_BUILT = Paper(
    name="closed_as_built",
    says="an old mill is kept up at 1 and runs at 2.5; no more of it is closed than is replaced",
    # New 1, old 1 + 2.5. Both old ones closed: new 1, bought 3.
    facts=(demand("goods", 2.0), market("goods", 3.0), old_and_new(variable_cost=2.5, upkeep=1.0)),
    objective=4.5,
    answer={"closed[replace,2021]": 1.0, "capacity[old_mill,2021]": 1.0},
    without={"Closed_Of_Build": 4.0},
)
