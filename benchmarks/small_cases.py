"""Small and middle cases: our search of the plan against HiGHS's own branch and bound alone on the same matrix, in processor seconds.

Both are the program's own HiGHS, each the best of several runs in one process; a program without whole units is a relaxation to both.
"""

from __future__ import annotations

import sys

from benchmarks.measured import measured, neither_beaten, table

HEAD = ("case", "rows", "columns", "whole", "ours ms", "HiGHS ms", "ours / HiGHS", "proven by", "our gap")


def main(chosen: tuple[str, ...] = ()) -> None:
    """Prints a table. Raises RuntimeError where one program's bound lies above the other's plan."""
    rows, ours, theirs = [], 0.0, 0.0
    for found in measured("small_searches", *chosen)["cases"]:
        if not neither_beaten(found["ours"], found["theirs"]):
            raise RuntimeError(f"{found['case']}: ours {found['ours']}, HiGHS {found['theirs']}: a bound lies above the other's plan")
        mine, its = (1e3 * found["seconds"][side] for side in ("ours", "theirs"))
        ours, theirs = ours + mine, theirs + its
        rows.append(
            [*(found[key] for key in ("case", "rows", "columns", "whole")), mine, its, mine / its, found["proven_by"], found["gap"]]
        )
    rows.append(["all", "", "", "", ours, theirs, ours / theirs, "", ""])
    print(table(HEAD, rows))


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
