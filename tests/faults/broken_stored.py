"""Damaged runs and studies: every stored file, and every input kept beside it, damaged in every way; and what is asked of them then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from faults.broken_files import DAMAGES, STANDING, Damage, damaged
from faults.broken_input import BrokenInput

# What can be asked of a stored run or study without solving anything.
OF_RUN = (
    ["show"], ["show", "--json"], ["show", "--since"], ["export", "--to", "csv"], ["export", "--to", "xlsx"], ["explain", "--no-resolve"], ["compare"],
    ["schedule"],
)  # fmt: skip
OF_STUDY = (["show"], ["show", "--json"], ["export"], ["sweep", "--resume"])


def in_stored(stored: Path, questions: tuple[list[str], ...]) -> Iterator[BrokenInput]:
    """The files of a run or study, those of its inputs by a few of their kinds."""
    files = sorted(path.relative_to(stored) for path in stored.rglob("*") if path.is_file())
    inputs = [path for path in files if path.parts[0] == "inputs"]
    for file in [path for path in files if path not in inputs or path.name in ("case.yaml", "numbers.csv", "targets.csv")]:
        for question in questions:
            for kind, damage in DAMAGES.items():
                yield BrokenInput(
                    f"{question[0]}, {file}: {kind}", partial(_damaged, stored=stored, file=file, damage=damage, question=question)
                )  # fmt: skip
            for kind, stand in STANDING.items():
                yield BrokenInput(
                    f"{question[0]}, {file}: {kind}", partial(_standing, stored=stored, file=file, stand=stand, question=question)
                )  # fmt: skip


def _copied(folder: Path, stored: Path) -> Path:
    return Path(shutil.copytree(stored, folder / "toy" / "copy"))


def _asked(copy: Path, question: list[str], folder: Path) -> list[object]:
    if question[0] == "schedule":
        return [*question, "toy", copy / "build-schedule.xlsx", "--against", copy]
    words: list[object] = [
        *question[:1],
        *(["--resume"] if "--resume" in question else []),
        copy,
        *(word for word in question[1:] if word != "--resume"),
    ]
    if question[0] == "compare" or question[-1] == "--since":
        words.append(copy)
    return [*words, *(["--out", folder / "handed"] if question[0] == "export" else [])]


def _damaged(folder: Path, stored: Path, file: Path, damage: Damage, question: list[str]) -> list[object]:
    copy = _copied(folder, stored)
    damaged(copy / file, damage)
    return _asked(copy, question, folder)


def _standing(folder: Path, stored: Path, file: Path, stand: object, question: list[str]) -> list[object]:
    copy = _copied(folder, stored)
    (copy / file).unlink()
    assert callable(stand)
    stand(copy / file)
    return _asked(copy, question, folder)
