"""Which run wrote a schedule, as its sheet says: its name, a hash of its decisions, and how it was asked, as pairs of a key and a text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from model.results.plain import json_text

DECISIVE = ("case", "created", "changes", "options", "hashes", "objective", "bound", "measures")
of_the_hash = 16  # letters of it: enough to tell any two runs apart


def run_hash(manifest: Mapping[str, Any]) -> str:
    """A hash of what a run was asked and what it decided; the seconds it took and the studies it is told with do not enter."""
    told = {name: manifest.get(name) for name in DECISIVE}
    return hashlib.sha256(json_text(told).encode()).hexdigest()[:of_the_hash]


def origin_pairs(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the sheet of the run says, one pair a line; several of a kind are parted by `; `, and what was not asked for is empty."""
    options = dict(manifest.get("options", {}))
    schedule = dict(manifest.get("schedule") or {})
    told = {
        "case": manifest.get("case"), "run": manifest.get("run"), "hash": run_hash(manifest), "created": manifest.get("created"),
        "overlays": options.get("overlays"), "changes": manifest.get("changes"), "dropped": options.get("dropped"),
        "days": options.get("days"), "decide_from": options.get("decide_from"), "gap": options.get("gap"), "time_limit": options.get("time_limit"),
        "negotiate": "yes" if options.get("negotiate") else None, "foresight": dict(manifest.get("foresight") or {}).get("years"),
        "edited_from": schedule.get("against"), "version": dict(manifest.get("versions", {})).get("measures"),
    }  # fmt: skip
    return [(name, _text(value)) for name, value in told.items()]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return str(value)
