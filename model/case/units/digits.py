"""How large a number may be, and which digits a reader takes for one."""

from __future__ import annotations

import re

ENDLESS = 1e15  # no amount of a plan; a solver takes no coefficient above it
APART = re.compile(r"\d_\d")  # a programmer's thousands, which nobody reads as such in a table


def is_apart(text: str) -> bool:
    """Whether digits are kept apart by an underscore, so that 1_0 would be read as ten.

    >>> is_apart("1_000"), is_apart("1000"), is_apart("pv_2")
    (True, False, False)
    """
    return APART.search(text) is not None
