"""Parameters of carbon markets: what each group's outputs emit by the verified factor, are allotted by the benchmark, and so must buy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.read.case import Case
from model.case.tables.allowances import AllowanceGroup, AllowanceOutput


def allowance_variables(case: Case, numbers: Numbers) -> Mapping[str, Any]:
    """Groups in the order of their ids, and their outputs as a long table; nothing in years before a group settles.

    What an output counts is verified − benchmark, or the share of the verified that losses are limited to where that is less. All outputs
    of a group lie on one side of that limit, so that the sum over them is the group's own.
    """
    groups: list[AllowanceGroup] = sorted(case.tables["allowance_groups"], key=lambda row: row.id)
    outputs: list[AllowanceOutput] = sorted(case.tables["allowance_outputs"], key=lambda row: row.id)
    years, shape = np.array(numbers.years), (len(outputs), len(numbers.years))
    settles = {row.id: years >= (row.since or years[0]) for row in groups}
    limit = {row.id: numbers.path("allowance_groups", row.id, "loss_limit") for row in groups}
    verified, benchmark = (
        np.array([numbers.path("allowance_outputs", row.id, name, missing=0.0) * settles[row.group] for row in outputs]).reshape(shape)
        for name in ("verified", "benchmark")
    )
    most = np.array([limit[row.group] for row in outputs]).reshape(shape)
    prices = [numbers.path("carbon_markets", row.market, "price", missing=0.0) for row in groups]
    return {
        "allowance_payer": ("allowance_group", np.array([row.payer for row in groups], dtype=str)),
        "allowance_settles": (("allowance_group", "year"), np.array(list(settles.values()), dtype=bool).reshape(len(groups), shape[1])),
        "allowance_price": (("allowance_group", "year"), np.array(prices).reshape(len(groups), shape[1])),
        "gain_limited": ("allowance_group", np.array([numbers.given(row.id, "gain_limit") for row in groups], dtype=bool)),
        "gain_limit": (
            ("allowance_group", "year"),
            np.array([numbers.path("allowance_groups", row.id, "gain_limit", missing=NO_LIMIT) for row in groups]).reshape(
                len(groups), shape[1]
            ),
        ),
        **{
            f"allotted_{name}": ("allotted", np.array([dict(row)[name] for row in outputs], dtype=str))
            for name in ("group", "technology", "by")
        },
        "allotted_verified": (("allotted", "year"), verified),
        "allotted_benchmark": (("allotted", "year"), benchmark),
        "allotted_counted": (("allotted", "year"), np.minimum(verified - benchmark, most * verified)),
    }
