"""A study folder: what is asked, the answers line by line as they come, and all of them as one Dataset in the end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.links import resolved
from model.results.names import NameInUse, file_lock, own_name
from model.results.new_run import new_run
from model.results.plain import json_text
from model.results.run import INPUTS, RunError, bytes_of, copy_inputs, dataset_of, default_names, noted, store_dataset
from model.results.seals import SEAL, changed_since, hashes_of, is_whole, sealed
from model.results.whole_file import whole_file

CONTENT, ANSWERS, DATASET, LOCK = "study.json", "answers.jsonl", "results.nc", "running"
LOST = "lost"  # what a sweep of before said of a scenario whose processes ended: it has no answer
NUMBERS = ("objective", "bound", "gap", "short_cost", "usual_objective", "usual_bound", "usual_short_cost", "seconds")
TEXTS = ("status", "proven_by", "fault", "clash", "limits")
ARRAYS = {
    "indicator_value": ("indicator", "year"), "level": ("measure", "year"), "decided": ("measure", "year"),
    "unserved": ("commodity", "year"), "firm_shortfall": ("year",),
}  # fmt: skip


@dataclass(frozen=True)
class StoredStudy:
    """A study as stored: `content` says what is asked of which case; `answers` are the records so far, in the order they came."""

    folder: Path
    content: Mapping[str, Any]

    @property
    def inputs(self) -> Path:
        """The case as it stood when the study began."""
        workbook = self.folder / INPUTS / f"{self.content['case']}.xlsx"
        return workbook if workbook.is_file() else self.folder / INPUTS / str(self.content["case"])

    @property
    def overlays(self) -> tuple[str, ...]:
        """The names of the overlays that were laid over the case, in that order."""
        return tuple(dict(self.content.get("options", {})).get("overlays", ()))

    @property
    def asked(self) -> Mapping[str, Any]:
        """What is asked, in plain things; a sweep's design stood by itself before."""
        return self.content.get("asked") or {name: self.content[name] for name in ("design", "on")}

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """{scenario: its record}. A line cut off when the study was killed, or damaged since, does not count: it is answered anew."""
        return {record["name"]: record for record in self.lines if record is not None and record.get("status") != LOST}

    @property
    def damaged(self) -> int:
        """How many of the lines are not as they were written, or are of scenarios whose processes were lost."""
        return sum(record is None or record.get("status") == LOST for record in self.lines)

    @property
    def lines(self) -> list[dict[str, Any] | None]:
        """The record of each whole line, None of one that is damaged. Raises RunError where there is no such file."""
        path = self.folder / ANSWERS
        if not path.is_file():  # a pipe would be waited for, a device has no end
            raise RunError("answers_missing", file=path)
        try:
            with path.open("rb") as file:
                return [_record(line) for line in file if line.endswith(b"\n")]
        except OSError as error:
            raise RunError("answers_missing", file=path) from error

    @property
    def finished(self) -> bool:
        return (self.folder / DATASET).is_file()

    @cached_property
    def results(self) -> xr.Dataset:
        """The finished study, each scenario once, as each has one answer. Raises RunError while it is not finished."""
        path = self.folder / DATASET
        if not path.is_file():
            raise RunError("study_unfinished", folder=self.folder)
        raw = bytes_of(path)
        try:
            results = dataset_of(raw)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise RunError("study_results_damaged", file=path, folder=self.folder) from error
        return results.drop_duplicates("scenario") if "scenario" in results.dims else results


@contextmanager
def new_study(folder: Path, sources: Mapping[str, Path]) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """A study folder without answers; it appears whole, once what is yielded was called with what is asked. Its inputs are kept at the start: whoever
    goes on editing the case meanwhile does not change what the study is of. Raises RunError when it exists.
    """
    with new_run(folder) as partial:
        copy_inputs(partial, sources)
        (partial / ANSWERS).touch()
        hashes = hashes_of(partial / INPUTS)

        def store(content: Mapping[str, Any]) -> None:
            (partial / CONTENT).write_text(json_text(sealed(dict(content) | {"hashes": hashes}), indent=1), encoding="utf-8")

        yield store


def open_study(folder: Path) -> StoredStudy:
    """Raises RunError when the folder is no study."""
    if not (folder / CONTENT).is_file():
        raise RunError("no_study", folder=folder, file=CONTENT)
    path = resolved(folder) / CONTENT
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RunError("no_study", folder=folder, file=CONTENT) from error
    if not isinstance(content, dict) or not {"study", "case"} <= content.keys() or not is_whole(content):
        raise RunError("no_study", folder=folder, file=CONTENT)
    return StoredStudy(path.parent, content)


def find_study(runs: Path, asked: str) -> StoredStudy:
    """A study by path or by CASE/NAME. Raises RunError."""
    return open_study(study_folder(runs, asked) or runs / asked)


def study_folder(runs: Path, asked: str) -> Path | None:
    """Where a study is by path or by CASE/NAME, also one stored outside of `runs` that is noted there; None where none is."""
    elsewhere = (folder for folder in noted(runs) if asked == f"{folder.parent.name}/{folder.name}")
    return next((folder for folder in (Path(asked), runs / asked, *elsewhere) if (folder / CONTENT).is_file()), None)


@contextmanager
def study_name(out: Path | None, runs: Path, case: str, kind: str) -> Iterator[Path]:
    """The folder of a study to be made, this process's alone from before anything is solved: `out`, or a name no other study has.

    Raises RunError when `out` exists or another process has it.
    """
    if out is not None and (out / CONTENT).is_file():
        raise RunError("study_exists", folder=out)
    with own_name([out] if out else default_names(runs, case, start=f"{kind}-")) as folder:
        yield folder


def check_inputs(study: StoredStudy) -> None:
    """Raises RunError when what lies in the study's inputs is not what it began with, or anything in its folder is a link: what is written would lead out."""
    if linked := sorted(str(path.relative_to(study.folder)) for path in study.folder.rglob("*") if path.is_symlink()):
        raise RunError("study_links", folder=study.folder, files=linked)
    if touched := changed_since(study.folder / INPUTS, dict(study.content["hashes"])):
        raise RunError("inputs_changed", folder=study.folder, files=touched, inputs=INPUTS)


class Answers:
    """The file of answers, open for more: each is on disk before the next is asked for."""

    def __init__(self, path: Path) -> None:
        # A line that was cut off is taken away, or the next one would be written behind it.
        whole = path.read_bytes()
        kept = whole[: whole.rfind(b"\n") + 1]
        self._file = path.open("r+b")
        self._file.truncate(len(kept))
        self._file.seek(len(kept))

    def add(self, record: Mapping[str, Any]) -> None:
        line = json.dumps(sealed(record), ensure_ascii=False, separators=(",", ":"))
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


@contextmanager
def answers_of(study: StoredStudy) -> Iterator[Answers]:
    """The answers open for more, by one process at a time. Raises RunError while another one is at it."""
    lock = study.folder / LOCK
    try:
        with file_lock(lock):
            answers = Answers(study.folder / ANSWERS)
            try:
                yield answers
            finally:
                answers.close()
    except NameInUse as error:
        raise RunError("study_busy", folder=study.folder, process=str(error)) from error


def stacked(study: StoredStudy, order: list[str]) -> xr.Dataset:
    """All answers with a `scenario` dimension, in the order given; NaN where a scenario has no plan.

    `clash` names the targets that cannot stand together in a scenario without a plan ("a + b; c" are two clashes), `limits` the
    items whose limits clash without any target.
    """
    answers, sizes = study.answers, study.content["coordinates"]
    records = [answers[name] for name in order]
    made: dict[str, Any] = {name: ("scenario", np.array([_number(record.get(name)) for record in records])) for name in NUMBERS}
    made |= {name: ("scenario", np.array([str(record.get(name) or "") for record in records])) for name in TEXTS}
    for name, dims in ARRAYS.items():
        if not set(dims) <= set(sizes):  # begun when what is left short was not stored
            continue
        nothing = np.full([len(sizes[dim]) for dim in dims], np.nan)
        made[name] = (("scenario", *dims), np.array([record.get(name, nothing) for record in records]))
    return xr.Dataset(made, coords={"scenario": np.array(order), **{dim: np.array(values) for dim, values in sizes.items()}})


def labels_along(known: xr.Dataset, results: xr.Dataset) -> xr.Dataset:
    """Labels and units, of all that are `known`, of what stands along the arrays of answers, so that a study reads without its tables."""
    dims = [dim for dim in ("indicator", "measure", "commodity") if dim in results.sizes]
    kept = [name for name, data in known.data_vars.items() if data.dims in [(dim,) for dim in dims]]
    return known[kept].sel({dim: results[dim].values for dim in dims if dim in known.sizes})


def store_results(study: StoredStudy, results: xr.Dataset) -> None:
    """The Dataset, whole or not at all."""
    packed = {name: {"zlib": True, "complevel": 3} for name in ARRAYS if name in results}
    with whole_file(study.folder / DATASET) as partial:
        store_dataset(results, partial, packed)


def _record(line: bytes) -> dict[str, Any] | None:
    """None of a line that is damaged."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("name"), str) or not is_whole(record):
        return None
    return {name: one for name, one in record.items() if name != SEAL}


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)
