"""What two programs must share when they have the same rows and columns, whatever their order and the sides of their equations."""

from __future__ import annotations

import numpy as np


def fingerprint(
    coefficients: np.ndarray,
    *,
    cost: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    row_lower: np.ndarray,
    row_upper: np.ndarray,
    whole: int,
) -> dict[str, float]:
    """Counts of rows, columns, nonzeros, whole columns and equations, and sums of absolute coefficients, costs, bounds and sides."""
    equations = row_lower == row_upper
    sides = np.where(np.isfinite(row_lower), row_lower, row_upper)
    return {
        "rows": len(row_lower),
        "columns": len(cost),
        "nonzeros": len(coefficients),
        "whole": whole,
        "equations": int(equations.sum()),
        "coefficients": float(np.abs(coefficients).sum()),
        "squares": float((coefficients**2).sum()),
        "costs": float(np.abs(cost).sum()),
        "sides": float(np.abs(sides).sum()),
        "bounds": float(sum(np.abs(bound[np.isfinite(bound)]).sum() for bound in (lower, upper))),
    }
