"""Names that a system keeps for itself, so that a folder called so cannot be taken there."""

from __future__ import annotations

# What Windows takes for devices, under any ending: no file or folder may be called so there.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))})


def is_reserved(name: str) -> bool:
    """Whether Windows lets no folder be called so.

    >>> is_reserved("con"), is_reserved("aux.2"), is_reserved("toy."), is_reserved("common")
    (True, True, True, False)
    """
    return name.casefold().split(".")[0].strip() in RESERVED or name.endswith((".", " "))
