"""Where the system does not let a stored run be read, that is said, not that the run is damaged."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from calling import call, says

from model.results import run as stored


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stored run of the toy."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert call("solve", "toy", "--out", folder).exit_code == 0
    return folder


@pytest.mark.parametrize(("refused", "told"), [(errno.EFBIG, "the file is too large for this place"), (errno.ENOSPC, "no space left")])
def test_no_room_for_the_copy_that_is_read_is_no_damage(solved: Path, refused: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, raw: bytes) -> int:
        raise OSError(refused, os.strerror(refused), str(path))

    monkeypatch.setattr(Path, "write_bytes", write)
    result = call("show", str(solved))
    assert result.exit_code != 0 and says(result.stderr, told) and "what is stored is whole" in " ".join(result.stderr.split()), (
        result.output
    )
    assert "not what was stored" not in result.stderr
    chinese = call("show", str(solved), "--lang", "zh")
    assert "所存内容完好" in "".join(chinese.stderr.split())


@pytest.mark.parametrize("name", [stored.YEARLY, stored.MANIFEST])
def test_a_file_that_the_system_does_not_read_is_no_damage(solved: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == name:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    result = call("show", str(solved))
    assert result.exit_code != 0 and says(result.stderr, "the disk or the network does not answer as it should"), result.output
    assert "not what was stored" not in result.stderr and "damaged" not in result.stderr
