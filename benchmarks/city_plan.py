"""A city's plan model prepared for the benchmarks: its parameters stored, and its MPS file.

Rows that keep a peak's years before the deadline below the usual path are left out: they need the usual baseline solved first.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path

import xarray as xr

from benchmarks.measured import ROOT, tell
from model.case.parameters import parameters, plan_scope
from model.case.read.case import read_case
from model.maths.build import build
from model.solve.highs import write_mps
from model.solve.matrix import compile_matrix
from model.study.plan.solve import solve_base

PARAMETERS, MPS = "parameters.pickle", "plan.mps"


def prepare(city: str, days: int, folder: Path) -> None:
    """`parameters.pickle` and `plan.mps` of a city on so many typical days, its base year solved for its targets."""
    case = read_case(ROOT / "data" / city)
    account = solve_base(case, days=days).worked["indicator_value"].isel(year=0)
    base_account = dict(zip(account["indicator"].values.tolist(), account.values.tolist(), strict=True))
    data = parameters(case, replace(plan_scope(case, days=days), base_account=base_account))
    (folder / PARAMETERS).write_bytes(pickle.dumps(data))
    write_mps(compile_matrix(build(data)), folder / MPS)


def prepared(folder: Path) -> xr.Dataset:
    """The parameters stored by `prepare`."""
    return pickle.loads((folder / PARAMETERS).read_bytes())


if __name__ == "__main__":
    prepare(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    tell({})
