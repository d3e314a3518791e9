"""A program solved: by SCIP where it is installed, or by the branch and bound that comes with scipy."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from second_model.linear import Program

GAP = 1e-9


@dataclass(frozen=True)
class Solved:
    """The least cost and a plan that has it; no plan at all where `cost` is None."""

    cost: float | None
    values: list[float]


Solver = Callable[[Program], Solved]


def by_scipy(program: Program) -> Solved:
    """HiGHS, as scipy brings it."""
    upper = [0.0 if place in program.shut else column.upper for place, column in enumerate(program.columns)]
    costs = np.zeros(len(program.columns))
    for column, amount in program.cost.parts.items():
        costs[column] = amount
    places = [(at, column, amount) for at, row in enumerate(program.rows) for column, amount in row.parts.items()]
    matrix = csr_array(
        ([p[2] for p in places], ([p[0] for p in places], [p[1] for p in places])), shape=(len(program.rows), len(program.columns))
    )
    found = milp(
        costs,
        integrality=np.array([column.whole for column in program.columns]),
        bounds=Bounds([column.lower for column in program.columns], upper),
        constraints=LinearConstraint(matrix, [row.lower for row in program.rows], [row.upper for row in program.rows]),
        options={"mip_rel_gap": GAP},
    )
    if found.status == 2:
        return Solved(None, [])
    assert found.status == 0, found.message
    return Solved(float(found.fun) + program.cost.number, list(found.x))


def by_scip(program: Program) -> Solved:
    """SCIP, feasible to 1e-9."""
    from pyscipopt import Model, quicksum

    m = Model()
    careful(m)
    columns = [
        m.addVar(
            vtype="I" if column.whole else "C",
            lb=None if math.isinf(column.lower) else column.lower,
            ub=0.0 if place in program.shut else None if math.isinf(column.upper) else column.upper,
            obj=program.cost.parts.get(place, 0.0),
        )
        for place, column in enumerate(program.columns)
    ]
    for row in program.rows:
        if not row.parts:
            if row.lower > 1e-9 or row.upper < -1e-9:
                return Solved(None, [])
            continue
        left = quicksum(amount * columns[place] for place, amount in row.parts.items())
        if row.lower == row.upper:
            m.addCons(left == row.lower)
        elif math.isinf(row.lower):
            m.addCons(left <= row.upper)
        else:
            m.addCons(left >= row.lower)
    m.optimize()
    return answer_of(m, lambda: [m.getVal(column) for column in columns], fixed=program.cost.number)


def careful(m: Any) -> None:
    """Silent, to a gap of 1e-9, feasible to 1e-9."""
    m.hideOutput()
    m.setParams({"limits/gap": GAP, "limits/absgap": 0.0, "numerics/feastol": 1e-9, "numerics/dualfeastol": 1e-9})


def answer_of(m: Any, values: Callable[[], list[float]], *, fixed: float = 0.0) -> Solved:
    """What SCIP came to; anything but a proven answer is an error."""
    status = m.getStatus()
    if status in ("infeasible", "inforunbd"):
        return Solved(None, [])
    assert status in ("optimal", "gaplimit"), status
    return Solved(float(m.getObjVal()) + fixed, values())


def mps_by_scip(path: str) -> Solved:
    """A program as an MPS file holds it."""
    from pyscipopt import Model

    m = Model()
    careful(m)
    m.readProblem(path)
    m.optimize()
    return answer_of(m, list)
