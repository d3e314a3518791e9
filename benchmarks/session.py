"""A changed assumption: the live session against the newest HiGHS's own branch and bound from nothing on the same matrix.

Thirty changes of six kinds: five costs, potentials, prices, demands, targets, dropped targets, picked evenly from a
case's rows. Ours is all that follows once the changed matrix is made (what differs is sent, the search starts from the
reference); making it afresh is shown beside. HiGHS solves `cold` of the thirty, evenly picked.
"""

from __future__ import annotations

from statistics import median

from benchmarks.measured import measured, table

HEAD = (
    "city, typical days", "changes", "ours s, median", "worst", "matrix made afresh s", "HiGHS s, median", "of so many", "ours / HiGHS, median",
    "worst ratio", "agree",
)  # fmt: skip
sizes = (("chengde", 2, 6), ("shijiazhuang", 2, 3))


def main(chosen: tuple[tuple[str, int, int], ...] = sizes) -> None:
    """Prints two tables. Raises RuntimeError when session and cold solve disagree by more than the gap."""
    rows, kinds = [], []
    for city, days, cold in chosen:
        found = measured("session_changes", city, days, cold)["changes"]
        compared = [record for record in found if "highs" in record]
        typical = median(record["highs"] for record in compared)
        ratios = [record["ours"] / record.get("highs", typical) for record in found]
        wrong = [record for record in compared if not record["agree"]]
        if wrong:
            raise RuntimeError(f"{city}: {wrong}")
        rows.append([
            f"{city}, {days}", len(found), median(record["ours"] for record in found), max(record["ours"] for record in found),
            median(record["made"] for record in found), typical, len(compared), median(ratios), max(ratios), f"{len(compared)} of {len(compared)}",
        ])  # fmt: skip
        for kind in sorted({record["kind"] for record in found}):
            of_kind = [record["ours"] for record in found if record["kind"] == kind]
            kinds.append([city, kind, median(of_kind), max(of_kind)])
    print(table(HEAD, rows), table(("city", "what changed", "ours s, median", "worst"), kinds), sep="\n\n")


if __name__ == "__main__":
    main()
