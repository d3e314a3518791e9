"""Damaged runs and studies: every stored file, and every input kept beside it, damaged in every way; and what is asked of them then."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from faults.broken_files import DAMAGES, STANDING, Damage, damaged
from faults.broken_input import BrokenInput
from faults.broken_tables import CELLS
from model.commands import paths
from model.results.plain import json_text
from model.results.run import INPUTS, MANIFEST
from model.results.seals import hashes_of, sealed

LATEST = "latest"

# What can be asked of a stored run or study without solving anything; `latest` and `runs` find it among the others.
OF_RUN = (
    ["show"], ["show", "--json"], ["show", "--since"], ["show", LATEST], ["runs"], ["runs", "--json"], ["compare"], ["schedule"], ["track"], ["explain", "--no-resolve"],
    ["export", "--to", "xlsx"], ["export", "--to", "csv"], ["export", "--to", "csv", "--public"], ["export", "--to", "html"], ["export", "--to", "html", "--public"],
    ["export", "--to", "png"], ["export", "--to", "iamc"], ["export", "--to", "netcdf"],
)  # fmt: skip
OF_STUDY = (
    ["show"], ["show", "--json"], ["show", LATEST], ["runs"], ["export"], ["export", "--to", "html"], ["export", "--to", "png"], ["sweep", "--resume"],
    ["regret"], ["regret", "--until", "2022"],
)  # fmt: skip
# Pictures take seconds: they are asked for where something they are made of is damaged.
DRAWN = ("manifest.json", "results.nc", "hours.nc", "study.json", "answers.jsonl")
KEPT = ("case.yaml", "numbers.csv", "targets.csv", "iamc.csv")  # of the inputs
WRITTEN = {"xlsx": "handed.xlsx", "html": "handed.html", "iamc": "handed.csv", "netcdf": "handed.nc"}


def in_stored(stored: Path, questions: tuple[list[str], ...]) -> Iterator[BrokenInput]:
    """The files of a run or study, those of its inputs by a few of their kinds."""
    files = sorted(path.relative_to(stored) for path in stored.rglob("*") if path.is_file())
    inputs = [path for path in files if path.parts[0] == "inputs"]
    for file in [path for path in files if path not in inputs or path.name in KEPT]:
        for question in (one for one in questions if "png" not in one or file.name in DRAWN):
            for kind, damage in DAMAGES.items():
                yield BrokenInput(
                    f"{' '.join(question)}, {file}: {kind}", partial(_damaged, stored=stored, file=file, damage=damage, question=question)
                )  # fmt: skip
            for kind, stand in STANDING.items():
                yield BrokenInput(
                    f"{' '.join(question)}, {file}: {kind}", partial(_standing, stored=stored, file=file, stand=stand, question=question)
                )  # fmt: skip


# What may stand in a row that says what is called so in other models, beside what may stand in any cell.
COUNTERPARTS = (
    "Emissions|CO2", "Final Energy", "Final Energy|Industry", "Final Energy|", "Primary Energy|Coal|Nobody", "Nonsense", "|", "total", "counted", "capacity", "output", "use",
    "final_use", "bought", "investment", "kgce/m3", "GWh", "coal", "heat", "*", "1/0", "0",
)  # fmt: skip


def in_counterparts(run: Path) -> Iterator[BrokenInput]:
    """A run whose table of counterparts was broken before it was solved, handed over to other models: whoever solved it has sealed what was there."""
    rows = _counterparts(run)
    for row, line in enumerate(rows[1:], 1):
        for column in range(len(line)):
            for content in (*CELLS, *COUNTERPARTS)[(row + column) % len(rows[1:]) :: len(rows[1:])]:
                yield BrokenInput(
                    f"export iamc, iamc.csv {row}:{rows[0][column]} = {content[:12]!r}",
                    partial(_sealed, run=run, row=row, column=column, content=content),
                )


def _counterparts(run: Path) -> list[list[str]]:
    return list(csv.reader((run / INPUTS / "toy" / "iamc.csv").read_text(encoding="utf-8").splitlines()))


def _sealed(folder: Path, run: Path, row: int, column: int, content: str) -> list[object]:
    copy, lines = Path(shutil.copytree(run, folder / "toy" / "copy")), _counterparts(run)
    lines[row][column] = content
    with (copy / INPUTS / "toy" / "iamc.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    (copy / MANIFEST).write_text(json_text(sealed({**manifest, "hashes": hashes_of(copy / INPUTS)})), encoding="utf-8")
    return ["export", copy, "--to", "iamc", "--out", folder / "handed.csv"]


def _copied(folder: Path, stored: Path, question: list[str]) -> Path:
    home = folder
    if question[0] == "runs" or LATEST in question:  # among the stored ones, of which it is the last
        home = paths.RUNS
        shutil.rmtree(home / "toy" / "copy", ignore_errors=True)
    return Path(shutil.copytree(stored, home / "toy" / "copy"))


def _asked(copy: Path, question: list[str], folder: Path) -> list[object]:
    match question:
        case ["schedule"]:
            return ["schedule", "toy", copy / "build-schedule.xlsx", "--against", copy]
        case ["track"]:
            return ["track", copy, "--out", folder / "form.xlsx", "--date", "2022-12-31"]
        case ["runs", *_] | ["show", "latest"]:
            return list(question)
        case ["sweep", "--resume"]:
            return ["sweep", "--resume", copy]
        case ["compare"] | ["show", "--since"]:
            return [question[0], copy, *question[1:], copy]
        case ["export", *_]:
            form = question[question.index("--to") + 1] if "--to" in question else "xlsx"
            return ["export", copy, *question[1:], "--out", folder / WRITTEN.get(form, "handed")]
    return [question[0], copy, *question[1:]]


def _damaged(folder: Path, stored: Path, file: Path, damage: Damage, question: list[str]) -> list[object]:
    copy = _copied(folder, stored, question)
    damaged(copy / file, damage)
    return _asked(copy, question, folder)


def _standing(folder: Path, stored: Path, file: Path, stand: object, question: list[str]) -> list[object]:
    copy = _copied(folder, stored, question)
    (copy / file).unlink()
    assert callable(stand)
    stand(copy / file)
    return _asked(copy, question, folder)
