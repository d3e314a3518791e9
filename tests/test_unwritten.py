"""A page or a workbook that the program fails to make loses no solved run: it is stored without it, and that is told with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import call, says

from model.commands.exits import end_of_run
from model.results.run import PAGE, REPORT_LOG, WORKBOOK, open_run
from model.study.runs.unwritten import unless_it_fails


def test_a_run_is_stored_without_the_page_that_could_not_be_drawn(own_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both fail: the toy of 6.10 ends with 0 as it would with them, is opened again, and each failure has its sentence and its trace."""

    def fails(*_: object) -> None:
        raise IndexError("nothing to name")

    monkeypatch.setattr("model.study.runs.run._write_page", fails)
    monkeypatch.setattr("model.study.runs.run.write_workbook", fails)
    done = call("solve", "toy", "--no-year-check", "--out", own_runs / "toy" / "bare")
    assert done.exit_code == 0 and says(done.stdout, "6.10")
    run = open_run(own_runs / "toy" / "bare")
    assert run.manifest["objective"] == pytest.approx(6.1) and not (run.folder / PAGE).exists() and not (run.folder / WORKBOOK).exists()
    assert run.manifest["unwritten"] == [{"file": name, "error": "IndexError: nothing to name"} for name in (WORKBOOK, PAGE)]
    for name, form in ((WORKBOOK, "xlsx"), (PAGE, "html")):
        assert says(done.stderr, f"{name} could not be made (IndexError: nothing to name); the run itself is stored whole.")
        assert says(done.stderr, f"measures export toy/bare --to {form} makes it")
    assert (run.folder / REPORT_LOG).read_text(encoding="utf-8").count("Traceback") == 2


def test_it_ends_as_it_was_solved(capsys: pytest.CaptureFixture[str]) -> None:
    told = {"status": "out_of_reach", "accepted": False, "run": "a/b", "unwritten": [{"file": PAGE, "error": "E"}]}
    with pytest.raises(SystemExit) as ended:
        end_of_run(told, "zh")
    assert ended.value.code == 3 and "report.html未能生成（E）" in capsys.readouterr().err


@pytest.mark.parametrize("error", [OSError(28, "full"), MemoryError(), KeyboardInterrupt()])
def test_what_has_a_sentence_of_its_own_still_ends_the_command(error: BaseException, tmp_path: Path) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(type(error)):
        unless_it_fails(tmp_path / PAGE, fails)
    assert not list(tmp_path.iterdir())


def test_ctrl_c_that_a_library_made_another_error_of_is_ctrl_c(tmp_path: Path) -> None:
    def fails() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise ImportError("not there") from None

    with pytest.raises(ImportError):
        unless_it_fails(tmp_path / PAGE, fails)
