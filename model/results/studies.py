"""Studies under the runs, as they are listed; and those of trade-offs read again: what they answer, and their Dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.results.run import MANIFEST, RunError, list_runs, noted
from model.results.study import ANSWERS, CONTENT, StoredStudy, open_study, study_folder

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
    """Studies, oldest first: those under `runs`, and those stored elsewhere that are noted there. What cannot be read, or is none of ours, is left out."""
    found = []
    folders = [content.parent for content in runs.glob(f"*/*/{CONTENT}") if not content.parent.name.startswith(".")]
    for folder in (*folders, *noted(runs)):
        try:
            found.append(listed(open_study(folder)))
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
    return study_folder(runs, asked) is not None
