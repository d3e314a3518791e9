"""Records as JSON: plain values that it can hold, numbers that are not finite become nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """Mappings, lists and tuples all the way down.

    >>> plain({2025: (1.0, float("inf"), np.float32("nan"))})
    {'2025': [1.0, None, None]}
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def json_text(value: Any, *, indent: int | None = None) -> str:
    """What a program reads: JSON and nothing beside it. Raises TypeError for what it cannot hold.

    >>> json_text({"price": float("nan"), "run": Path("runs")})
    '{"price": null, "run": "runs"}'
    """
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=indent, default=_path)


def _path(value: Any) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)


def number(value: Any, missing: float = float("nan")) -> float:
    """What `plain` wrote, read again: nothing is `missing`."""
    return missing if value is None else float(value)
