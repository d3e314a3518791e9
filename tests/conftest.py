"""Every test stores its runs in a folder of its own, Ctrl-C counts, and the tests of a file stay together where several processes share them."""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from calling import TOY, call
from made_once import matrices_made_once

from model.commands import paths
from model.study.engine.dask_apart import leave_dask

leave_dask()  # before anything loads what looks for it, as every command does

__all__ = ["matrices_made_once"]  # a fixture for every test

if TYPE_CHECKING:
    from model.results.study import StoredStudy
    from model.study.plan.solve import SolvedCase

# Files that go to one process together. Of the workers: their tests start processes of their own, one after another, or they take each
# other's cores, and are held against the same tornado. The others solve the same cases.
TOGETHER = {
    "workers": ("test_cluster", "test_run", "test_sweep_stopped", "test_tornado", "test_names", "test_study_page"),
    "papers": (
        "test_audit", "test_papers", "test_structure", "test_laws", "test_recost", "test_targets", "test_unenforced", "test_accounts",
        "test_adequacy", "test_balance", "test_couplings", "test_renewal", "test_storage",
    ),
    "clashes": ("test_clash", "test_clash_ways"),
    "explained": ("test_explain", "test_retargeted"),
    "the toy": ("test_cli", "test_city_audit", "test_compare"),
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What forks comes first: a child counts as its own the memory that this process has by then, and waits without end for threads that draw pictures,
    which do not come along."""
    items.sort(key=lambda item: (not item.name.startswith("test_two_hundred"), item.path.stem != "test_fault_injection"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and what tests keep for each other is millions of objects: to look through them for garbage again and again took a
    tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests share what they solved, so they go to one process."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0]).stem
            return next((name for name, files in TOGETHER.items() if file in files), file)

    return ByFile(config, log)


@pytest.fixture(autouse=True)
def runs_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp() / "runs"
    monkeypatch.setenv("MEASURES_RUNS", str(folder))
    return folder


@pytest.fixture
def own_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Runs of one test alone."""
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    return tmp_path / "runs"


@pytest.fixture(autouse=True, scope="session")
def page_writer() -> Iterator[Mapping[str, Callable[..., None]]]:
    """What writes the page of a run and of a study for a browser. Both are stored without it, which costs as much as a fifth of a toy's solve; whoever looks at
    it puts it back."""
    from model.study.engine import shown
    from model.study.runs import run

    writers: Mapping[str, Callable[..., None]] = {"run": run._write_page, "study": shown._write_page}
    with pytest.MonkeyPatch.context() as patched:
        for place in (run, shown):
            patched.setattr(place, "_write_page", lambda *_: None)
        yield writers


@pytest.fixture(scope="module")
def no_workbook() -> Iterator[None]:
    """Runs and studies of a file whose tests look into none of their workbooks are stored without any."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("model.study.runs.run.plan_report", lambda *_, **__: None)
        for place in ("runs.run", "engine.shown"):
            patched.setattr(f"model.study.{place}.write_workbook", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def one_reading() -> Iterator[None]:
    """Runs of a file whose tests do not ask how a past can be read are stored with it read in one way, as those of `--negotiate` are."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("model.study.runs.run.readings_compared", lambda *_: {})
        yield


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Division is proved on programs so small that they would be left to branch and bound."""
    monkeypatch.setattr("model.solve.search.small_columns", 0)


@pytest.fixture(scope="session")
def toy() -> SolvedCase:
    """The toy, solved."""
    from model.case.read.case import read_case
    from model.study.plan.solve import solve

    return solve(read_case(TOY))


@pytest.fixture(scope="session")
def toy_run(tmp_path_factory: pytest.TempPathFactory, page_writer: Mapping[str, Callable[..., None]]) -> dict[str, Any]:
    """The toy solved by the command and stored with its page: what it prints, whose `run` is the folder."""
    home = tmp_path_factory.mktemp("solved")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(paths, "RUNS", home)
        patched.setattr("model.study.runs.run._write_page", page_writer["run"])
        result = call("solve", "toy", "--json", "--out", home / "toy" / "plain")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> StoredStudy:
    """The toy's whole tornado, unbroken."""
    from sweeping import swept, toy

    from model.case.change.levers import levers
    from model.study.sweep.design import tornado

    return swept(tornado(levers(toy())), tmp_path_factory.mktemp("sweep") / "tornado", on=("co2@2022", "build_heat_pump"))


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_counts() -> None:
    """A shell starts its background jobs with SIGINT ignored, which what they start inherits."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
