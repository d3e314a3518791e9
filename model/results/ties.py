"""Decisions that may be ties: what a plan builds, and what is not proven to cost more in its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from model.results.next_years import next_years
from model.results.since import Decision
from model.results.steadiness import first_decided

dust, kept_share = 1e-6, 0.05


def instead(results: xr.Dataset, measure: str, *, gap: float) -> dict[str, list[int]]:
    """{measure: years} of what may be built instead of what is decided of a measure in the next two years: more of it in another year, or of one that
    differs by its county alone. Proven is only that all else costs more than the `gap`, 亿元, that the plan may lie above the best one.
    """
    if "build_dearer" not in results:
        return {}
    dearer, build = (results[name].transpose("measure", "build_year") for name in ("build_dearer", "build"))
    names, years, near = dearer["measure"].values.tolist(), first_decided(results), next_years(results)
    committed = results["committed"].transpose("measure", "build_year") if "committed" in results else xr.zeros_like(build)
    found, alike = dict[str, list[int]](), results["measure_alike"].values
    for v in near:
        amount = float((build - committed).sel(measure=measure, build_year=v))
        fewer = max(0.0, -float(dearer.sel(measure=measure, build_year=v)))
        if not amount > dust or not np.isfinite(dearer.sel(measure=measure, build_year=v)):
            continue
        for k in (name for name, group in zip(names, alike, strict=True) if group == alike[names.index(measure)]):
            for year in years:
                more = float(dearer.sel(measure=k, build_year=year))
                if (k, year) != (measure, v) and more > -dust and amount * (fewer + more) <= gap + dust:
                    found.setdefault(k, []).append(year)
    return {k: sorted(set(told)) for k, told in found.items()}


def perhaps_ties(results: xr.Dataset, decisions: Sequence[Decision], *, gap: float) -> frozenset[str]:
    """Measures decided otherwise than before, perhaps for no reason: what they and those that differ by their county alone build is the same in all, and the
    amounts of before are not proven to cost more than the `gap` now.
    """
    if "build_dearer" not in results:
        return frozenset()
    alike = dict(zip(results["measure"].values.tolist(), results["measure_alike"].values.tolist(), strict=True))
    groups: dict[str, list[Decision]] = {}
    for one in decisions:
        groups.setdefault(alike.get(one.measure, one.measure), []).append(one)
    return frozenset(one.measure for group in groups.values() if _shifted(results, group, gap=gap) for one in group)


def _shifted(results: xr.Dataset, group: Sequence[Decision], *, gap: float) -> bool:
    moves = [(one.measure, year, then - now) for one in group for year, (then, now) in one.amounts.items()]
    if abs(sum(move for *_, move in moves)) > kept_share * sum(abs(move) for *_, move in moves):
        return False
    cost = sum(float(results["build_dearer"].sel(measure=k, build_year=year)) * move for k, year, move in moves)
    return bool(np.isfinite(cost)) and cost <= gap + dust
