"""Every test stores its runs in a folder of its own, Ctrl-C counts, and the tests of a file stay together where several processes share them."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from calling import TOY

from model.commands import paths

if TYPE_CHECKING:
    from model.results.study import StoredStudy
    from model.study.plan.solve import Outcome

# Files whose tests start workers of their own, and what these are held against: one after another, or they take each other's cores.
START_WORKERS = {"test_cluster", "test_run", "test_sweep_stopped", "test_tornado", "test_names"}
# Files that solve the same paper cases.
OF_PAPERS = {"test_audit", "test_papers", "test_structure", "test_laws", "test_recost"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests share what they solved, so they go to one process."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0]).stem
            return "workers" if file in START_WORKERS else "papers" if file in OF_PAPERS else file

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


@pytest.fixture(scope="session")
def toy() -> Outcome:
    """The toy, solved."""
    from model.case.read.case import read_case
    from model.study.plan.solve import solve

    return solve(read_case(TOY))


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
