"""Records of studies: plain values that JSON can hold, numbers that are not finite become nothing; and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Reading:
    """How the records of a kind of study are read: by whom, and what of each record stands in its Dataset.

    `read(case, asked, answers, complete=…)` gives the answer; `numbers` are fields of records, `texts` {name in the Dataset: field}.
    """

    name: str
    read: Callable[..., Any]
    numbers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """Mappings, lists and tuples all the way down.

    >>> plain({2025: (1.0, float("inf"))})
    {'2025': [1.0, None]}
    """
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def number(value: Any, missing: float = float("nan")) -> float:
    """What `plain` wrote, read again: nothing is `missing`."""
    return missing if value is None else float(value)
