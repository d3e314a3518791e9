"""A matrix that this process made before, of the very same parameters, is taken again: most tests ask something else of a few cases."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

import pytest
import xarray as xr

from model.solve.matrix import Matrix
from model.study.solved import solved_model
from model.study.solved.solved_model import Watch, compiled

most_entries = 50_000  # of a matrix that is kept: those of cities are asked for once


@pytest.fixture(scope="session", autouse=True)
def matrices_made_once() -> Iterator[None]:
    """Parameters alone decide about a matrix, and nothing that is done with one changes it (`test_recost` and `test_structure` hold both)."""
    known: dict[tuple[bytes, str], Matrix] = {}

    def kept(data: xr.Dataset, watch: Watch, families: Collection[str] | None = None) -> Matrix:
        key = digest(data), repr(families)
        if key not in known:
            matrix = compiled(data, watch, families)
            if matrix.A.nnz > most_entries:
                return matrix
            known[key] = matrix
        with watch.clock.step("build"), watch.clock.step("compile"):
            return known[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(solved_model, "compiled", kept)
        yield


def digest(data: xr.Dataset) -> bytes:
    """All of a Dataset of parameters: names, dims, kinds and values of its columns, and its attributes."""
    made = hashlib.sha256(repr(sorted(data.attrs.items())).encode())
    for name in sorted(map(str, data.variables)):
        values = data.variables[name].values
        made.update(repr((name, data.variables[name].dims, values.dtype.str, values.shape)).encode())
        made.update(repr(values.tolist()).encode() if values.dtype.hasobject else values.tobytes())
    return made.digest()
