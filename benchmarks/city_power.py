"""A city's reduced power case prepared for the benchmarks: its parameters, made by the program's own steps and stored."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from benchmarks.city_plan import PARAMETERS
from benchmarks.measured import ROOT, tell
from benchmarks.power_case import power_case
from model.case.parameters import parameters, plan_scope
from model.case.read.case import read_case


def prepare(city: str, days: int, *, years: tuple[int, ...], folder: Path) -> dict[str, int]:
    """`parameters.pickle` of the reduced case; tells how much of the city is in it."""
    case = power_case(read_case(ROOT / "data" / city), years)
    data = parameters(case, plan_scope(case, days=days))
    (folder / PARAMETERS).write_bytes(pickle.dumps(data))
    return {dim: data.sizes[dim] for dim in ("technology", "measure", "market", "year", "day")}


if __name__ == "__main__":
    city, days, years, folder = sys.argv[1:]
    tell(prepare(city, int(days), years=tuple(int(year) for year in years.split(",")), folder=Path(folder)))
