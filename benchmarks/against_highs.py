"""The asked gap of 0.1 % from nothing: our search against the newest HiGHS's own branch and bound on our MPS file.

Both have two threads. The bare relaxation is the rival's, the faster of dual simplex and interior point with crossover; its seconds are
without reading the file.
"""

from __future__ import annotations

import sys

from benchmarks.measured import measured, neither_beaten, table

HEAD = (
    "city, typical days", "columns", "whole", "our HiGHS", "the rival's", "ours s", "HiGHS s", "ours / HiGHS", "relaxation s", "ours / relaxation", "our gap",
    "HiGHS's gap", "both proven",
)  # fmt: skip
PLANS = ("city, typical days", "our plan, 亿元", "our bound", "HiGHS's plan", "HiGHS's bound", "worst of the audit of ours")
sizes = (("chengde", 2), ("shijiazhuang", 2))
tolerance = 1e-6


def main(chosen: tuple[tuple[str, int], ...] = sizes) -> None:
    """Prints two tables. Raises RuntimeError when one program's bound lies above the other's plan, or our plan fails its audit."""
    rows, plans = [], []
    for city, days in chosen:
        found = measured("highs_rival", city, days)
        ours, theirs = found["ours"], found["theirs"]["search"]
        if found["audited"] > tolerance or not neither_beaten(ours, theirs):
            raise RuntimeError(f"{city}: ours {ours}, audited to {found['audited']}, HiGHS {theirs}: a bound lies above the other's plan")
        relaxed = min(found["theirs"][way]["seconds"]["run"] for way in ("simplex", "ipx"))
        mine, its = found["seconds"]["ours"], theirs["seconds"]["run"]
        rows.append([
            f"{city}, {days}", found["columns"], found["whole"], found["version"], found["theirs"]["version"], mine, its, mine / its, relaxed, mine / relaxed,
            _gap(ours), _gap(theirs), f"{ours['status']}, {theirs['status']}",
        ])  # fmt: skip
        plans.append(
            [f"{city}, {days}", *(f"{one[what]:.4f}" for one in (ours, theirs) for what in ("objective", "bound")), found["audited"]]
        )
    print(table(HEAD, rows), table(PLANS, plans), sep="\n\n")


def _gap(answer: dict) -> float:
    return (answer["objective"] - answer["bound"]) / abs(answer["objective"])


if __name__ == "__main__":
    main(tuple((city, int(days)) for city, days in (text.split(":") for text in sys.argv[1:])) or sizes)
