"""Where cases and runs are: `data/` and `runs/` beside `cli.py`, or the folder that MEASURES_RUNS names."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA, RUNS = ROOT / "data", Path(os.environ.get("MEASURES_RUNS", ROOT / "runs"))
