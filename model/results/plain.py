"""Records of studies: plain values that JSON can hold, numbers that are not finite become nothing."""

from __future__ import annotations

from typing import Any

import numpy as np


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
