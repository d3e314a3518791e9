"""Which builds of the first years stand in every scenario of a stored tornado, and which flip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.results.effects import taken_tolerance
from model.results.run import RunError, noted
from model.results.study import CONTENT, StoredStudy, open_study

first_years = 4
NO_PLAN = frozenset({"unserved"})  # a plan that leaves demand short is none


@dataclass(frozen=True)
class Build:
    """What is newly built of a measure in a year beyond what is committed, in its canonical unit: in the reference, and least and most over this and
    the scenarios with a plan, of which it is `taken` in so many.
    """

    measure: str
    year: int
    reference: float
    least: float
    most: float
    taken: int
    of: int
    whole: bool

    @property
    def stands(self) -> bool:
        """Built in that year in every scenario, whole units in the same number."""
        alike = not self.whole or self.most - self.least <= taken_tolerance * max(1.0, self.most)
        return self.reference > taken_tolerance and self.taken == self.of and alike


@dataclass(frozen=True)
class Turn:
    """A number that at its low or high end (`at`) turns builds of the first years: measures taken up or given up there. In its own unit."""

    lever: str
    label_en: str
    label_zh: str
    unit: str
    low: float
    value: float
    high: float
    at: float
    taken_up: tuple[str, ...]
    given_up: tuple[str, ...]


@dataclass(frozen=True)
class Tornado:
    """A finished tornado of a run's own question: `solved` of its `scenarios` have a plan; the reference is not counted among them.

    `turns` are the numbers that turn most measures, these first.
    """

    study: str
    numbers: int
    scenarios: int
    solved: int
    without_plan: tuple[str, ...]
    builds: tuple[Build, ...]
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Steadiness:
    """The newest finished tornado of what a run asks, if any; else the folder of one that was stopped; `others` is how many are of other inputs or
    options and say nothing of this run.
    """

    tornado: Tornado | None = None
    stopped: Path | None = None
    others: int = 0


def steadiness(manifest: Mapping[str, Any], results: xr.Dataset, runs: Path) -> Steadiness:
    """The tornado over the numbers that weigh most, of the same inputs, changes and options as a run, stored under `runs` or noted there."""
    found = [study for study in _tornados(runs) if study.content["case"] == manifest["case"]]
    mine = [study for study in found if _same_question(study, manifest, results)]
    for study in mine:
        if study.finished:
            with suppress(OSError, KeyError, ValueError):
                return Steadiness(_tornado(study, first_decided(results)), None, len(found) - len(mine))
    return Steadiness(None, mine[0].folder if mine else None, len(found) - len(mine))


def first_decided(results: xr.Dataset) -> list[int]:
    """The first four modelled years that are decided."""
    since = int(results.attrs.get("decide_from", results.attrs["base_year"] + 1))
    return [int(year) for year in results["year"].values if year >= since][:first_years]


def builds_of(study: xr.Dataset, years: list[int]) -> tuple[Build, ...]:
    """What any scenario with a plan builds in these years, by year, in the order of the measures."""
    planned = _planned(study)
    decided = study["decided"].sel(year=years).transpose("measure", "year", "scenario").values[:, :, planned]
    whole = study["measure_is_whole"].values.astype(bool).tolist()
    return tuple(
        Build(
            str(measure),
            year,
            float(row[0]),
            float(row.min()),
            float(row.max()),
            int((row[1:] > taken_tolerance).sum()),
            len(row) - 1,
            one_by_one,
        )
        for at, year in enumerate(years)
        for measure, one_by_one, row in zip(study["measure"].values, whole, decided[:, at], strict=True)
        if (row > taken_tolerance).any()
    )


def turns_of(study: xr.Dataset, years: list[int]) -> tuple[Turn, ...]:
    """Each number at that end at which it turns more measures of these years, without those that turn none."""
    planned, names, measures = _planned(study), study["scenario"].values.tolist(), study["measure"].values
    taken = np.any(study["decided"].sel(year=years).transpose("scenario", "measure", "year").values > taken_tolerance, axis=2)
    told = {name: study[f"lever_{name}"].values.tolist() for name in ("label_en", "label_zh", "unit", "low", "value", "high")}
    found = []
    for place, lever in enumerate(study["lever"].values.tolist()):
        ends = []
        for end in ("low", "high"):
            at = names.index(f"{lever}={end}") if f"{lever}={end}" in names else 0
            if at and planned[at] and (taken[at] != taken[0]).any():
                up, down = (tuple(measures[mask].tolist()) for mask in (taken[at] & ~taken[0], taken[0] & ~taken[at]))
                ends.append(
                    Turn(
                        str(lever),
                        **{name: values[place] for name, values in told.items()},
                        at=told[end][place],
                        taken_up=up,
                        given_up=down,
                    )
                )
        found += sorted(ends, key=lambda one: -len(one.taken_up) - len(one.given_up))[:1]
    return tuple(sorted(found, key=lambda one: (-len(one.taken_up) - len(one.given_up), one.lever)))


def _planned(study: xr.Dataset) -> np.ndarray:
    """(scenario,) whether it has a plan that serves all demands; the reference, which comes first, always counts."""
    planned = np.isfinite(study["objective"].values) & ~np.isin(study["status"].values, list(NO_PLAN))
    planned[0] = True
    return planned


def _tornado(study: StoredStudy, years: list[int]) -> Tornado:
    data = study.results
    planned, names = _planned(data), data["scenario"].values.tolist()
    lost = tuple(str(name) for name, has in zip(names, planned.tolist(), strict=True) if not has)
    return Tornado(
        f"{study.folder.parent.name}/{study.folder.name}", data.sizes["lever"], len(names) - 1, int(planned.sum()) - 1, lost,
        builds_of(data, years), turns_of(data, years),
    )  # fmt: skip


def _tornados(runs: Path) -> Iterator[StoredStudy]:
    """Stored tornados over the numbers that weigh most, newest first."""
    folders = [content.parent for content in runs.glob(f"*/*/{CONTENT}") if not content.parent.name.startswith(".")]
    found = []
    for folder in (*folders, *noted(runs)):
        with suppress(RunError):
            study = open_study(folder)
            if study.content.get("asked", {}).get("weightiest"):
                found.append(study)
    yield from sorted(found, key=lambda study: str(study.content.get("created")), reverse=True)


def _same_question(study: StoredStudy, manifest: Mapping[str, Any], results: xr.Dataset) -> bool:
    """Whether a study asks of the same inputs, with the same changes and options, what a run answers."""
    options, told = dict(manifest.get("options", {})), dict(study.content["options"])
    typical = options.get("days") if options.get("days") is not None else int(manifest["days"]) - int(manifest.get("stress_days", 0))
    mine = (
        manifest.get("hashes"), list(manifest.get("changes", ())), sorted(options.get("dropped", ())), list(options.get("overlays", ())),
        typical, int(results.attrs.get("decide_from", 0)),
    )  # fmt: skip
    asked = study.content["asked"]
    return mine == (
        study.content["hashes"], list(study.content["changes"]), sorted(told["dropped"]), list(told["overlays"]), asked["days"], asked["decide_from"],
    )  # fmt: skip
