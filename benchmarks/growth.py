"""Growth: seconds and memory as a city gets more typical days, more years, more cities beside it under one CO2 cap.

The exponent is that of the least-squares line through the logarithms of seconds and columns.
"""

from __future__ import annotations

from math import log

from benchmarks.measured import measured, table

HEAD = ("what grows", "to", "columns", "rows", "build s", "compile s", "solve s", "cost, 亿元", "gap", "peak memory, GB")
CITY = "chengde"
DAYS, YEARS, CITIES = (4, 12, 36), (5, 10, 20, 40), (1, 2, 4, 8)
city_gap, cities_gap = 1e-3, 1e-2


def main() -> None:
    """Prints the points and the exponents of build and compile, and of solving."""
    series = {
        "typical days": [(days, measured("growth_point", CITY, days, 0, 1, city_gap)) for days in DAYS],
        "years": [(years, measured("growth_point", "shijiazhuang", 1, years, 1, city_gap)) for years in YEARS],
        "cities": [(cities, measured("growth_point", CITY, 1, 0, cities, cities_gap)) for cities in CITIES],
    }
    rows, exponents = [], []
    for what, points in series.items():
        for size, found in points:
            seconds = found["seconds"]
            rows.append([
                what, size, found["columns"], found["rows"], seconds["build"], seconds["compile"], seconds["solve"], found["objective"], found["gap"],
                found["peak_gigabytes"],
            ])  # fmt: skip
        sizes = [float(size) for size, _ in points]
        built = [found["seconds"]["build"] + found["seconds"]["compile"] for _, found in points]
        exponents.append([what, exponent(sizes, built), exponent(sizes, [found["seconds"]["solve"] for _, found in points])])
    print(table(HEAD, rows), table(("exponent of growth in", "build and compile", "solve"), exponents), sep="\n\n")


def exponent(sizes: list[float], seconds: list[float]) -> float:
    """The slope of log seconds over log size.

    >>> round(exponent([1, 2, 4], [3, 12, 48]), 6)
    2.0
    """
    x, y = [log(size) for size in sizes], [log(second) for second in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


if __name__ == "__main__":
    main()
