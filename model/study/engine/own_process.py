"""A process of our own, and no host's: how it is set up before it begins, and how it is left."""

from __future__ import annotations

import gc
import os


def begin() -> None:
    """Garbage is looked for seldom: what is loaded stays, and to look through it again and again took a tenth of a small command. Pydantic looks for

    plug-ins of other packages unless it is told not to; there are none for us.
    """
    gc.set_threshold(50_000, 10, 50)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def end() -> None:
    """What is left goes with the process: to look once more through all of it took another tenth."""
    gc.freeze()
