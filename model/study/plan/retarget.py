"""The plan's matrix with other target rows, all else as it stands: exact, and hundreds of times faster than building again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from model.case.parameters.numbers import Numbers
from model.case.parameters.targets import TargetRow, target_rows
from model.case.read.case import Case
from model.solve.components import TARGET_FAMILIES, TARGETS
from model.solve.matrix import Key, Matrix
from model.study.plan.solved_model import Ready

SLACKS = {"<=": {"Slack": -1.0}, ">=": {"Slack": 1.0}, "==": {"Slack": 1.0, "Surplus": -1.0}}


def rows_asked(ready: Ready, case: Case, dropped: Collection[str]) -> list[TargetRow]:
    """The rows of targets in force, of a case whose targets alone differ from those of `ready`."""
    scope = replace(ready.scope, dropped=frozenset(dropped))
    return [row for row in target_rows(case, scope, Numbers(case, scope.timeline)) if row.enforced]


def retargeted(matrix: Matrix, rows: list[TargetRow]) -> Matrix:
    """The matrix with these target rows instead of its own; rows that stay keep their place, new ones come last."""
    columns = {key: place for place, key in enumerate(matrix.columns) if key[0] in ("Indicator", "Slack", "Surplus")}
    asked: dict[Key, TargetRow] = {(TARGET_FAMILIES[row.sense], (row.target, row.year)): row for row in rows}
    kept = [place for place, key in enumerate(matrix.rows) if not is_target(key) or key in asked]
    keys = [matrix.rows[place] for place in kept]
    known = set(keys)
    keys += [key for key in asked if key not in known]
    block = _block(asked, columns, len(matrix.columns))
    old = csr_array(matrix.A)[kept]
    mine = {key: old.shape[0] + place for place, key in enumerate(asked)}
    order = [mine.get(key, place) for place, key in enumerate(keys)]
    limits = np.array([asked[key].limit if key in asked else np.nan for key in keys])
    lower = np.array([-np.inf if key[0] == "Target_At_Most" else limit for key, limit in zip(keys, limits, strict=True)])
    upper = np.array([np.inf if key[0] == "Target_At_Least" else limit for key, limit in zip(keys, limits, strict=True)])
    others = np.isnan(limits)
    places = np.array(kept, dtype=int)
    lower[others], upper[others] = (side[places[others[: len(kept)]]] for side in (matrix.row_lower, matrix.row_upper))
    return replace(matrix, A=csc_array(csr_array(vstack([old, block]))[order]), row_lower=lower, row_upper=upper, rows=tuple(keys))


def is_target(key: Key) -> bool:
    return key[0] in TARGETS


def _block(asked: dict[Key, TargetRow], columns: dict[Key, int], width: int) -> csr_array:
    entries = [
        (place, columns["Indicator", (i, y)], value) for place, row in enumerate(asked.values()) for i, y, value in row.terms if value
    ]
    entries += [
        (place, columns[name, (row.target, row.year)], sign)
        for place, row in enumerate(asked.values())
        for name, sign in SLACKS[row.sense].items()
        if (name, (row.target, row.year)) in columns
    ]
    at, column, value = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array(coo_array((np.array(value, dtype=float), (at, column)), shape=(len(asked), width)))
