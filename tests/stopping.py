"""Searches that Ctrl-C meets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def stopped_at(count: int, search: Callable[..., Any]) -> Callable[..., Any]:
    """A search that Ctrl-C meets when it is called for the `count`-th time."""
    calls: list[int] = []

    def asked(*words: Any, **given: Any) -> Any:
        calls.append(1)
        if len(calls) == count:
            raise KeyboardInterrupt
        return search(*words, **given)

    return asked
