"""A run folder: what is stored in it, and how it is found and opened again without a solver."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import NoneType
from typing import Any

import xarray as xr

from model.case.faults import CodedError
from model.case.read.files import tables_in
from model.case.read.header import header_of
from model.case.read.links import leads_back, resolved
from model.results.plain import json_text
from model.results.seals import bytes_hash, changed_since, file_hash, is_whole, sealed
from model.results.whole_file import whole_file

SCRATCH = "measures-"
most_names = 6  # of stored runs, where one is asked for that is not there
STORED = "stored"  # what the manifest says of the files of results: their hashes
KINDS: Mapping[str, tuple[type, ...]] = {
    "case": (str,), "status": (str,), "objective": (int, float, NoneType), "gap": (int, float, NoneType), "created": (str,), "options": (dict,),
}  # fmt: skip
NEEDED = frozenset({"case", "status", "objective", "gap"})
PAGE, REPORT_LOG = "report.html", "report.log"
MANIFEST, YEARLY, HOURLY, INPUTS, LOG, WORKBOOK = "manifest.json", "results.nc", "hours.nc", "inputs", "solver.log", "build-schedule.xlsx"

ELSEWHERE = "elsewhere.txt"


class RunError(CodedError):
    """A run or study that cannot be found, opened or written."""


@dataclass(frozen=True)
class Run:
    """A stored run. `results` by the year and `hours` by the hour are read at first use."""

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def results(self) -> xr.Dataset:
        return self._load(YEARLY)

    @cached_property
    def hours(self) -> xr.Dataset:
        return self._load(HOURLY)

    def _load(self, name: str) -> xr.Dataset:
        """Raises RunError where the file is not what was stored, or the system does not let it be read."""
        path = self.folder / name
        known, raw = dict(self.manifest.get(STORED) or {}).get(name), bytes_of(path)
        if known not in (None, bytes_hash(raw)):
            raise RunError("results_damaged", file=path)
        try:
            return dataset_of(raw)
        except (OSError, ValueError, RuntimeError, KeyError) as error:  # whatever netCDF meets in a file that is broken
            raise RunError("results_damaged", file=path) from error

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def inputs(self) -> Path:
        """The case as it was solved."""
        workbook = self.folder / INPUTS / f"{self.manifest['case']}.xlsx"
        return workbook if workbook.is_file() else self.folder / INPUTS / str(self.manifest["case"])

    @property
    def overlays(self) -> tuple[str, ...]:
        """The names of the overlays that were laid over the case, in that order."""
        return tuple(dict(self.manifest.get("options", {})).get("overlays", ()))


def open_run(folder: Path) -> Run:
    """Raises RunError when the folder is no finished run. The run knows its whole path, however it was asked for."""
    folder = folder if leads_back(folder) else resolved(folder)
    manifest = folder / MANIFEST
    if not manifest.is_file() or folder.name.startswith("."):
        raise RunError("no_run", folder=folder, file=MANIFEST)
    try:
        content = json.loads(bytes_of(manifest).decode())
    except (ValueError, RecursionError) as error:
        raise RunError("run_damaged", file=manifest) from error
    if not isinstance(content, dict) or not content.keys() >= NEEDED or not is_whole(content):
        raise RunError("run_damaged", file=manifest)
    if not all(isinstance(content[name], kinds) for name, kinds in KINDS.items() if name in content):
        raise RunError("run_damaged", file=manifest)
    missing = [name for name in (YEARLY, HOURLY) if not (folder / name).is_file()]
    if missing:
        raise RunError("run_lacks", folder=folder, files=missing)
    return Run(folder, content)


def damaged_files(run: Run) -> list[str]:
    """The files of a run's results that are not what was stored, or cannot be read."""
    return [name for name, known in dict(run.manifest.get(STORED) or {}).items() if not _is_as_stored(run.folder / name, known)]


def _is_as_stored(path: Path, known: str) -> bool:
    try:
        return file_hash(path) == known
    except OSError:
        return False


def changed_inputs(run: Run) -> list[str]:
    """The files of a run's inputs that are not what was solved: what is stored of its results stands, and nothing new can be said of it."""
    before = run.manifest.get("hashes")
    return changed_since(run.folder / INPUTS, before) if isinstance(before, dict) else []


def check_inputs(run: Run) -> None:
    """Raises RunError when what lies in the run's inputs is not what was solved."""
    if touched := changed_inputs(run):
        raise RunError("run_inputs_changed", run=run.folder, files=touched, inputs=INPUTS)


def as_written(run: Run, results: xr.Dataset, hours: xr.Dataset) -> Run:
    """The run with the results that have just been written into it, which are not read again."""
    vars(run).update(results=results, hours=hours)  # as reading them at first use would
    return run


def find_run(runs: Path, asked: str, *, case: str = "") -> Run:
    """A run by path, by CASE/NAME, or `latest` (also CASE/latest). Where there is none, those stored of `case` are named, or of what is asked for."""
    direct = Path(asked)
    if (direct / MANIFEST).is_file():
        return open_run(direct)
    if asked == "latest" or asked.endswith("/latest"):
        of = asked.removesuffix("latest").rstrip("/")
        known = [run for run in list_runs(runs) if not of or run.manifest.get("case") == of]
        if not known:
            raise RunError("no_run_of", case=of, runs=runs) if of else RunError("none_stored", runs=runs)
        return known[-1]
    elsewhere = next((folder for folder in noted(runs) if asked == f"{folder.parent.name}/{folder.name}"), None)
    if elsewhere is not None and not (runs / asked / MANIFEST).is_file():
        return open_run(elsewhere)
    inside = runs / asked if leads_back(runs / asked) else resolved(runs / asked)
    if resolved(runs) not in inside.parents:
        raise RunError("outside", name=asked, runs=runs)
    if not (inside / MANIFEST).is_file() and (names := _stored_names(runs, case or asked.partition("/")[0])):
        raise RunError("no_such_run", name=asked, known=names)
    return open_run(inside)


def _stored_names(runs: Path, case: str) -> list[str]:
    """The last stored runs of a case, else of all."""
    names = [run.name for run in list_runs(runs)]
    return ([name for name in names if name.partition("/")[0] == case] or names)[-most_names:]


def list_runs(runs: Path) -> list[Run]:
    """Finished runs, oldest first: those under `runs`, and those stored elsewhere that are noted there. What is no run, or cannot be read, is left out."""
    found = list[Run]()
    folders = [manifest.parent for manifest in runs.glob(f"*/*/{MANIFEST}") if not manifest.parent.name.startswith(".")]
    for folder in (*folders, *noted(runs)):
        with suppress(RunError):
            found.append(open_run(folder))
    return sorted(found, key=lambda run: (str(run.manifest.get("created", "")), run.folder.name))


def note_elsewhere(runs: Path, folder: Path) -> None:
    """Note a run or study stored outside of `runs`, so that it is listed like the others; what is gone is struck off."""
    if resolved(runs) in resolved(folder).parents:
        return
    kept = dict.fromkeys([*(str(known) for known in noted(runs) if known.is_dir()), str(resolved(folder))])
    with suppress(OSError):  # what it notes is stored: a note that cannot be written is no reason to fail
        runs.mkdir(parents=True, exist_ok=True)
        with whole_file(runs / ELSEWHERE) as partial:
            partial.write_text("\n".join(kept) + "\n", encoding="utf-8")


def noted(runs: Path) -> list[Path]:
    """Folders of runs and studies stored outside of `runs`, as noted there; some may be gone."""
    note = runs / ELSEWHERE
    try:
        lines = note.read_text(encoding="utf-8").splitlines() if note.is_file() else []
    except (OSError, ValueError):
        return []
    return [Path(line) for line in lines if line.strip()]


def latest_accepted(runs: Path, case: str) -> Run | None:
    """The last accepted run of a case."""
    return next((run for run in reversed(list_runs(runs)) if run.manifest.get("case") == case and run.manifest.get("accepted")), None)


def default_names(runs: Path, case: str, *, start: str = "") -> Iterator[Path]:
    """Names after the time of day, without end; the first that is free is the run's (or study's, whose name has a `start`)."""
    stamp = start + datetime.now().strftime("%Y%m%d-%H%M%S")
    yield runs / case / stamp
    yield from (runs / case / f"{stamp}-{number}" for number in count(2))


def now() -> str:
    """When something is stored, so fine that the last of two is known."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def write_results(folder: Path, manifest: Mapping[str, Any], results: xr.Dataset, hours: xr.Dataset) -> Run:
    """The stored part of a run, manifest last."""
    _store(results, folder / YEARLY)
    _store(hours, folder / HOURLY)
    told = sealed({**manifest, STORED: {name: file_hash(folder / name) for name in (YEARLY, HOURLY)}})
    (folder / MANIFEST).write_text(json_text(told, indent=1), encoding="utf-8")
    return Run(folder, told)


def copy_inputs(folder: Path, sources: Mapping[str, Path]) -> None:
    """The case's own folder or workbook and the folders it includes, side by side as they were: what is read of them and nothing else."""
    for name, source in sources.items():
        target = folder / INPUTS / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            continue
        target.mkdir(parents=True, exist_ok=True)
        header = header_of(source)
        for path in (*([header] if header else []), *tables_in(source)):
            shutil.copyfile(path, target / path.name)


def _store(data: xr.Dataset, path: Path) -> None:
    large = [name for name, column in data.variables.items() if column.dtype.kind == "f" and column.size > 1000]
    packed = {name: {"zlib": True, "complevel": 3} for name in large if name not in data.coords}
    store_dataset(data, path, packed)


def store_dataset(data: xr.Dataset, path: Path, packed: Mapping[Any, Any]) -> None:
    """Made in a scratch file and written by us: netCDF's own library takes no name of other letters on Windows, and says of a full disk only that there
    was an error. Raises OSError where it cannot be written.
    """
    with TemporaryDirectory(prefix=SCRATCH) as scratch:
        made = Path(scratch) / "made.nc"
        try:
            data.to_netcdf(made, engine="netcdf4", encoding=packed)
        except RuntimeError as error:
            raise OSError(errno.EIO, str(error), str(path)) from error
        path.write_bytes(made.read_bytes())


def dataset_of(raw: bytes) -> xr.Dataset:
    """What a file of netCDF holds. Raises OSError, ValueError, RuntimeError or KeyError for one that is broken, RunError where there is no room for the
    copy that netCDF reads.
    """
    with ExitStack() as stack:
        try:
            read = Path(stack.enter_context(TemporaryDirectory(prefix=SCRATCH))) / "read.nc"
            read.write_bytes(raw)
        except OSError as error:
            raise RunError("no_scratch", folder=gettempdir(), reason=error) from error
        with xr.open_dataset(read, engine="netcdf4") as data:
            return data.load()


def bytes_of(path: Path) -> bytes:
    """Raises RunError where the system does not let a stored file be read, which says nothing of what is in it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RunError("not_read", file=path, reason=error) from error
