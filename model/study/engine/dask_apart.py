"""Dask, left unloaded until a cluster is asked for: pint and xarray load it wherever they find it, which takes a second of every command."""

from __future__ import annotations

import sys


def leave_dask() -> None:
    """In this process Dask is as if it were not installed. Where it is loaded already, it stays; so it does where xarray has looked for it."""
    if "xarray" not in sys.modules:
        sys.modules.setdefault("dask", None)  # type: ignore[arg-type]  # how Python itself is told that a module is not to be imported


def allow_dask() -> None:
    """Dask may be loaded again."""
    if sys.modules.get("dask") is None:
        sys.modules.pop("dask", None)
