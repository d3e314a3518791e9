"""Where cases are looked for, in this order, and where runs are stored: never where the program is installed."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# A wheel brings the cases as `measures_data` beside `model`; in a checkout they stand in `data`.
INSTALLED = ROOT / ("measures_data" if (ROOT / "measures_data").is_dir() else "data")
DATA = tuple(dict.fromkeys(Path(place).absolute() for place in ("data", os.environ.get("MEASURES_DATA"), INSTALLED) if place))
RUNS = Path(os.environ.get("MEASURES_RUNS") or "runs").absolute()
