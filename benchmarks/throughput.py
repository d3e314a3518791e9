"""A sweep of mixed kind: scenarios a second by two workers, against each scenario solved cold by the newest HiGHS's branch and bound.

Fifty scenarios (costs, potentials, prices, demands, targets, dropped targets, a Latin hypercube over costs and prices) in one run. Cold are
`cold` of them, evenly picked, two at a time with a thread each like ours, to the same gap; so is the bare relaxation, by the faster of dual
simplex and interior point. Ours are all of them, with all that a scenario takes: its case changed, its matrices made, its usual path and its plan
searched and worked out; theirs is the plan's solve alone. Ratios are of core seconds, so that other work on the machine counts for neither.
"""

from __future__ import annotations

from statistics import mean

from benchmarks.measured import measured, table

HEAD = (
    "city, typical days", "scenarios", "reference s", "ours: scenarios a minute", "ours: core s each", "relaxed cold: core s", "HiGHS cold: core s",
    "of so many", "HiGHS / ours", "relaxed / ours", "endings alike",
)  # fmt: skip
MEMORY = ("city, typical days", "worker", "GB after 5 scenarios", "GB at the end", "GB at most", "scenarios")
PARTS = ("city", "part of a scenario", "mean s")
KINDS = ("city", "what changes", "scenarios", "core s each")
sizes = (("chengde", 2, 6), ("shijiazhuang", 2, 4))
workers, samples = 2, 20


def main(chosen: tuple[tuple[str, int, int], ...] = sizes) -> None:
    """Prints four tables. Raises RuntimeError when a sweep and a cold solve disagree by more than the gap."""
    rows, memory, parts, kinds = [], [], [], []
    for city, days, cold in chosen:
        found = measured("throughput_sweep", city, days, workers, samples, cold)
        wrong = [one for one in found["cold"] if not one["agree"]]
        if wrong:
            raise RuntimeError(f"{city}: {wrong}")
        highs, relaxed = (mean(one[name] for one in found["cold"]) for name in ("highs", "relaxed"))
        rows.append([
            f"{city}, {days}", found["scenarios"], found["reference_seconds"], 60 * found["scenarios"] / found["seconds"], found["core"], relaxed, highs,
            len(found["cold"]), highs / found["core"], relaxed / found["core"], f"{len(found['cold'])} of {len(found['cold'])}",
        ])  # fmt: skip
        memory += [[f"{city}, {days}", place, *one] for place, one in enumerate(found["memory"], 1)]
        parts += [[city, part, seconds] for part, seconds in found["parts"].items()]
        kinds += [[city, kind, *told] for kind, told in found["kinds"].items()]
    print(table(HEAD, rows), table(KINDS, kinds), table(PARTS, parts), table(MEMORY, memory), sep="\n\n")


if __name__ == "__main__":
    main()
