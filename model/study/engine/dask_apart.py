"""Dask, left unloaded until a cluster is asked for: xarray loads it wherever it finds it, which takes a second of every command; and Pint, for good."""

from __future__ import annotations

import sys


def leave_dask() -> None:
    """In this process Dask, and Pint beside it, are as if they were not installed. Where they are loaded already, they stay; so they do where xarray

    has looked for them.
    """
    if "xarray" not in sys.modules:
        for name in ("dask", "pint"):
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # how Python itself is told that a module is not to be imported


def allow_dask() -> None:
    """Dask may be loaded again."""
    if sys.modules.get("dask") is None:
        sys.modules.pop("dask", None)
