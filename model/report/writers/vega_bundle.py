"""Vega and what it needs as one script, made by the package that brings it and kept for the next process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from model.results.whole_file import whole_file

NAMES = "window.vegaEmbed = vegaEmbed;"
least_size = 400_000  # bytes: less is no whole script


@cache
def vega_script() -> str:
    """The script, which sets `vegaEmbed`; no part of it ends the element it stands in.

    To put it together takes 1.5 seconds, so that it is kept in the user's folder for such things, by the version it was made with; where nothing can be
    kept it is made each time.
    """
    kept = _folder() / f"vega-{version('vl-convert-python')}.js"
    with suppress(OSError, UnicodeDecodeError):
        found = kept.read_text(encoding="utf-8")
        if len(found) >= least_size:
            return found
    from vl_convert import javascript_bundle

    made = f"(() => {{{javascript_bundle(NAMES)}\n}})();".replace("</script", "<\\/script").replace("<!--", "<\\!--")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(kept) as partial:
            partial.write_text(made, encoding="utf-8")
    return made


def _folder() -> Path:
    """Where programs keep what they can make again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")) / "measures" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "measures"
