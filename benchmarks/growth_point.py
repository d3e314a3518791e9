"""One point of growth: a city's plan on so many days, over so many single years, in so many copies."""

from __future__ import annotations

import sys
from dataclasses import replace

from benchmarks.copies import CAPPED, copies
from benchmarks.measured import ROOT, tell
from model.case.read.case import Case, read_case
from model.study.plan.solve import get_ready, plan_of
from model.study.plan.solved_model import Options, Watch

cap_share = 0.98


def main(city: str, days: int, years: int, cities: int, gap: float) -> None:
    case = read_case(ROOT / "data" / city)
    if years:
        first = case.header.years[0]
        case = replace(case, header=case.header.model_copy(update={"years": list(range(first, first + years))}))
    if cities > 1:
        case = copies(case, cities, cap=cap_share * cities * _last_carbon(case, days))
    options, watch = Options(days=days, gap=gap, time_limit=3600.0), Watch()
    ready = get_ready(case, options, watch)
    plan_watch = Watch()
    plan = plan_of(ready, plan_watch)
    tell({
        "seconds": plan_watch.clock.seconds, "columns": len(plan.matrix.columns), "rows": len(plan.matrix.rows), "gap": plan.solution.gap,
        "objective": plan.solution.objective,
        "before": watch.clock.seconds,
    })  # fmt: skip


def _last_carbon(case: Case, days: int) -> float:
    """Carbon dioxide of one copy's own plan in the last year, Mt."""
    plan = plan_of(get_ready(case, Options(days=days, gap=1e-2), Watch()), Watch())
    return float(plan.solved.worked["indicator_value"].sel(indicator=CAPPED).values[-1])


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:5]), float(sys.argv[5]))
