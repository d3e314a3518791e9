"""Build, compile and hand over a city's plan: ours against linopy building the same rows and columns from the same parameters.

Every family of `model.maths` is written in linopy (see `linopy_model`), none is copied from our matrix. Seconds are the median run
of several in turns; the cold total is build, compile and the search of the plan to a gap of 0.1 % (which hands over by itself).
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import in_turns, measured, rival, same, table, total_seconds

relaxed_days, tolerance, repeats = 1, 1e-6, 3
sizes = (("chengde", 1), ("chengde", 12), ("shijiazhuang", 1), ("shijiazhuang", 12))
HEAD = (
    "city, typical days", "columns", "rows", "nonzeros", "ours: build s", "compile s", "hand over s", "linopy: build s", "hand over s",
    "ours / linopy", "ours, cold total s", "share of it",
)  # fmt: skip
MEMORY = (
    "peak memory, GB", "ours to hand-over", "linopy to hand-over", "ours, whole search", "HiGHS alone: MPS read and relaxed", "ours − HiGHS alone",
)  # fmt: skip


def main(chosen: tuple[tuple[str, int], ...] = sizes) -> None:
    """Prints two tables. Raises RuntimeError when the two programs are not the same."""
    times, peaks = [], []
    for city, days in chosen:
        with TemporaryDirectory() as folder:
            measured("city_plan", city, days, folder)
            time, peak = _compared(city, days, Path(folder))
            times.append(time)
            peaks.append(peak)
    print(table(HEAD, times), table(MEMORY, peaks), sep="\n\n")


def _compared(city: str, days: int, folder: Path) -> tuple[list, list]:
    name = f"{city}, {days}"
    ours, linopy = in_turns(("linopy_ours", folder, "stop"), ("linopy_theirs", folder, "stop"), repeats=repeats)
    mine = ours["fingerprint"]
    for what, value in linopy["fingerprint"].items():
        _must(mine[what], value, f"{name}: {what}")
    searched, alone = measured("linopy_ours", folder, "search"), rival(folder / "plan.mps", "simplex")
    if days == relaxed_days:
        optimum = measured("linopy_ours", folder, "relax")["objective"]
        _must(optimum, measured("linopy_theirs", folder, "relax")["objective"], f"{name}: optimum of the relaxation")
        _must(optimum, alone["simplex"]["objective"], f"{name}: optimum of the relaxation from the MPS file")
    cold = total_seconds(searched, without="hand over")
    time = [
        name, *(mine[what] for what in ("columns", "rows", "nonzeros")), *ours["seconds"].values(), *linopy["seconds"].values(),
        total_seconds(ours) / total_seconds(linopy), cold, total_seconds(ours) / cold,
    ]  # fmt: skip
    peaks = [part["peak_gigabytes"] for part in (ours, linopy, searched, alone)]
    return time, [name, *peaks, peaks[2] - peaks[3]]


def _must(one: float, other: float, what: str) -> None:
    if not same(one, other, tolerance=tolerance):
        raise RuntimeError(f"{what}: ours {one}, linopy's {other}")


if __name__ == "__main__":
    main(tuple((city, int(days)) for city, days in (text.split(":") for text in sys.argv[1:])) or sizes)
