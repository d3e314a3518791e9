"""The tables of this room, which say how results are named for others."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd


def own_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table, all cells as text."""
    with (files("model.report.exchange") / name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False).to_dict("records")
