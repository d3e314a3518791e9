"""The power part of a city alone: our program against PyPSA on the same data, both relaxed, both by HiGHS.

What the reduced case keeps and leaves out stands in `power_case`, how PyPSA says the same in `pypsa_network`. Not the same:
PyPSA dispatches each site and build year by itself where we dispatch each technology; it limits charging and discharging apart
where we limit their sum (the cheapest plan never does both at once, as curtailment is free). The fixed O&M of what stands already,
which PyPSA leaves out of its objective, is added to it. PyPSA's seconds are those of its model and its solve; making the network
is shown beside them, not counted.
"""

from __future__ import annotations

import sys
from tempfile import TemporaryDirectory

from benchmarks.measured import in_turns, measured, same, table, total_seconds

tolerance, repeats = 1e-6, 3
sizes = (
    ("chengde", 12, "2030"), ("chengde", 12, "2025,2030,2035"), ("shijiazhuang", 12, "2030"), ("shijiazhuang", 12, "2025,2030,2035"),
)  # fmt: skip
HEAD = (
    "city, typical days, years", "technologies", "measures", "our columns", "our rows", "PyPSA's columns", "PyPSA's rows", "our objective, 亿元", "difference, relative",
)  # fmt: skip
COST = (
    "city, typical days, years", "ours: model s", "solve s", "PyPSA: (network s)", "model s", "solve s", "ours / PyPSA", "ours, peak GB", "PyPSA, peak GB",
)  # fmt: skip


def main(chosen: tuple[tuple[str, int, str], ...] = sizes) -> None:
    """Prints two tables. Raises RuntimeError when the objectives differ."""
    said, cost = [], []
    for city, days, years in chosen:
        with TemporaryDirectory() as folder:
            kept = measured("city_power", city, days, years, folder)
            ours, theirs = in_turns(("power_ours", folder), ("power_pypsa", folder), repeats=repeats)
        name = f"{city}, {days}, {years.replace(',', ' ')}"
        if not same(ours["objective"], theirs["objective"], tolerance=tolerance):
            raise RuntimeError(f"{name}: our objective {ours['objective']}, PyPSA's {theirs['objective']}")
        difference = abs(ours["objective"] - theirs["objective"]) / abs(ours["objective"])
        sizes_of = [record[what] for record in (ours, theirs) for what in ("columns", "rows")]
        said.append([name, kept["technology"], kept["measure"], *sizes_of, ours["objective"], difference])
        ratio = total_seconds(ours) / total_seconds(theirs, without="network")
        peaks = [record["peak_gigabytes"] for record in (ours, theirs)]
        cost.append([name, *ours["seconds"].values(), *theirs["seconds"].values(), ratio, *peaks])
    print(table(HEAD, said), table(COST, cost), sep="\n\n")


if __name__ == "__main__":
    main(tuple((city, int(days), years) for city, days, years in (text.split(":") for text in sys.argv[1:])) or sizes)
