"""What is proven of a number: an interval that further proofs may narrow and never empty."""

from __future__ import annotations

from model.case.faults import CodedError

sound = 1e-5  # of the size of the numbers: by so much two proofs may disagree, for the solver's own tolerances


class Contradiction(CodedError):
    """Two proofs that cannot both be true."""


def contradiction(low: float, high: float) -> Contradiction:
    """Nothing lies below `low`, and something was found at `high`, which is lower (亿元)."""
    return Contradiction("contradiction", low=f"{low:.9g}", high=f"{high:.9g}")


def checked(low: float, high: float, *, size: float) -> tuple[float, float]:
    """The interval as it is, or its high end alone where the low one lies above it by no more than the solver's tolerances.

    `size` is that of the numbers whose difference it is. Raises Contradiction.

    >>> checked(1.0, 2.0, size=100.0), checked(2.00001, 2.0, size=100.0)
    ((1.0, 2.0), (2.0, 2.0))
    """
    if low - high > sound * max(1.0, abs(size)):
        raise contradiction(low, high)
    return min(low, high), high


def never_falls(low: float, high: float, *, size: float) -> tuple[float, float]:
    """The interval of a difference that is known to be zero or more. Raises Contradiction.

    >>> never_falls(-0.5, 2.0, size=100.0), never_falls(-0.5, -1e-9, size=100.0)
    ((0.0, 2.0), (0.0, 0.0))
    """
    low, high = checked(max(0.0, low), high, size=size)
    return max(0.0, low), max(0.0, high)


def never_rises(low: float, high: float, *, size: float) -> tuple[float, float]:
    """The interval of a difference that is known to be zero or less. Raises Contradiction.

    >>> never_rises(-0.5, 2.0, size=100.0)
    (-0.5, 0.0)
    """
    under, over = never_falls(-high, -low, size=size)
    return 0.0 - over, 0.0 - under
