"""The asked gap of 0.1 % from nothing: our search against HiGHS's own branch and bound on the same matrix.

Both have two threads. The bare relaxation is HiGHS's, the faster of dual simplex and interior point with crossover.
"""

from __future__ import annotations

from benchmarks.measured import measured, table

HEAD = (
    "city, typical days", "columns", "whole", "ours s", "HiGHS s", "ours / HiGHS", "relaxation s", "ours / relaxation", "our gap", "HiGHS's gap",
    "both proven",
)  # fmt: skip
sizes = (("chengde", 2), ("shijiazhuang", 2))


def main(chosen: tuple[tuple[str, int], ...] = sizes) -> None:
    """Prints one table. Raises RuntimeError when one program's bound lies above the other's plan."""
    rows = []
    for city, days in chosen:
        found = measured("highs_rival", city, days)
        ours, theirs, seconds = found["ours"], found["highs"], found["seconds"]
        if ours["bound"] > theirs["objective"] * (1 + 1e-9) or theirs["bound"] > ours["objective"] * (1 + 1e-9):
            raise RuntimeError(f"{city}: ours {ours}, HiGHS {theirs}: a bound lies above the other's plan")
        relaxed = min(seconds["simplex"], seconds["ipx"])
        rows.append([
            f"{city}, {days}", found["columns"], found["whole"], seconds["ours"], seconds["highs"], seconds["ours"] / seconds["highs"],
            relaxed, seconds["ours"] / relaxed, ours["gap"], theirs["gap"], f"{ours['status']}, {theirs['status']}",
        ])  # fmt: skip
    print(table(HEAD, rows))


if __name__ == "__main__":
    main()
