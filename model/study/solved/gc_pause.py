"""Garbage of models made one after the other: collected once each, and never looked for in what stood before."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_after() -> Iterator[None]:
    """While models are made nothing is collected; at the end Pyomo's circles are, so that hundreds fit in the memory of a few.

    What stands by now stays: to look through it again and again took a quarter of the time of making a model. Also a decorator.
    """
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()
        gc.unfreeze()
