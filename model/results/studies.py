"""Studies under the runs, as they are listed; and those of trade-offs read again: what they answer, and their Dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.results.abatement import ABATEMENT
from model.results.alternatives import ALTERNATIVES
from model.results.frontier import FRONTIER
from model.results.plain import number
from model.results.regret import REGRET
from model.results.run import MANIFEST, RunError, list_runs
from model.results.study import ANSWERS, ARRAYS, CONTENT, StoredStudy, open_study, stacked
from model.results.switch import SWITCH

READINGS = {one.name: one for one in (FRONTIER, ABATEMENT, ALTERNATIVES, REGRET, SWITCH)}
REFERENCE = "reference"


@dataclass(frozen=True)
class Listed:
    """A study as it is listed: how many of its scenarios are done, of how many (0 where it does not say)."""

    name: str
    kind: str
    case: str
    created: str
    done: int
    total: int
    finished: bool


def list_studies(runs: Path) -> list[Listed]:
    """Studies under `runs`, oldest first. What cannot be read, or is none of ours, is left out."""
    found = []
    for content in runs.glob(f"*/*/{CONTENT}"):
        if not content.parent.name.startswith("."):
            try:
                found.append(listed(open_study(content.parent)))
            except (RunError, ValueError, KeyError, TypeError, AttributeError, OSError):
                continue
    return sorted(found, key=lambda study: (study.created, study.name))


def listed(study: StoredStudy) -> Listed:
    """Raises KeyError, TypeError or the like for a folder that is no study of this program."""
    content = study.content
    done = sum(name != REFERENCE for name in study.answers) if (study.folder / ANSWERS).is_file() else 0
    design = study.asked.get("design") or {}
    total = int(content.get("total") or len(design.get("scenarios", ())))
    kind = str(design.get("kind") or content["study"])
    name = f"{study.folder.parent.name}/{study.folder.name}"
    return Listed(name, kind, str(content["case"]), str(content["created"]), done, total, study.finished)


def damaged_folders(runs: Path) -> list[Path]:
    """Folders under `runs` that say they are runs or studies and cannot be read as such."""
    known = {study.name for study in list_studies(runs)} | {run.name for run in list_runs(runs)}
    folders = {path.parent for name in (CONTENT, MANIFEST) for path in runs.glob(f"*/*/{name}") if not path.parent.name.startswith(".")}
    return sorted(folder for folder in folders if f"{folder.parent.name}/{folder.name}" not in known)


def is_study(runs: Path, asked: str) -> bool:
    """Whether a path or CASE/NAME is that of a study."""
    return any((folder / CONTENT).is_file() for folder in (Path(asked), runs / asked))


def answer_in(study: StoredStudy) -> Any:
    """What a study of trade-offs answers, as far as it is known. Raises RunError for a kind that this program does not know."""
    kind = str(study.content["study"])
    if kind not in READINGS:
        raise RunError("unknown_kind", folder=study.folder, kind=kind)
    try:
        return READINGS[kind].read(study.content["case"], study.asked, study.answers, complete=study.finished)
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise RunError("study_damaged", folder=study.folder) from error


def scenarios_of(study: StoredStudy, labels: xr.Dataset) -> xr.Dataset:
    """All answers of a study of trade-offs with a `scenario` dimension, the reference first; NaN where one has no plan.

    An answer whose plan was found for another one has that plan's indicators and levels. `labels` are those of the case.
    """
    answers, kind = study.answers, str(study.content["study"])
    order = [REFERENCE, *(name for name in answers if name != REFERENCE)]
    results, place = stacked(study, order), {name: at for at, name in enumerate(order)}
    for name, dims in ARRAYS.items():
        values = results[name].values.copy()
        for at, record in enumerate(answers[scenario] for scenario in order):
            if record.get("plan"):
                values[at] = values[place[record["plan"]]]
        results[name] = (("scenario", *dims), values)
    for name in READINGS[kind].numbers:
        results[name] = ("scenario", np.array([number(answers[scenario].get(name)) for scenario in order]))
    for name, told in READINGS[kind].texts.items():
        results[name] = ("scenario", np.array([str(answers[scenario].get(told) or "") for scenario in order], dtype=str))
    kept = [name for name, data in labels.data_vars.items() if data.dims in (("indicator",), ("measure",))]
    known = labels[kept].sel(indicator=results["indicator"].values, measure=results["measure"].values)
    head = {"study": study.folder.name, "kind": kind, "case": study.content["case"]}
    return results.merge(known, combine_attrs="override").assign_attrs(labels.attrs | head)
