"""Where cases are looked for, in this order, and where runs are stored: never where the program is installed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# A wheel brings the cases as `measures_data` beside `model`; in a checkout they stand in `data`.
INSTALLED = ROOT / ("measures_data" if (ROOT / "measures_data").is_dir() else "data")


def _whole(place: str | Path) -> Path:
    with suppress(OSError):  # the folder one is in may be gone: then nothing lies in it, and nothing can be written there
        return Path(place).absolute()
    return Path(place)


DATA = tuple(dict.fromkeys(_whole(place) for place in ("data", os.environ.get("MEASURES_DATA"), INSTALLED) if place))
RUNS = _whole(os.environ.get("MEASURES_RUNS") or "runs")
