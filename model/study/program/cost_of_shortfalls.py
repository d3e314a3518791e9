"""What a program charges for leaving something short, by the column that says how much is."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from model.solve.matrix import Matrix

OF_HOURS = "Unserved_Of_Hours"


def cost_of_shortfalls(matrix: Matrix) -> np.ndarray:
    """(columns,) the cost of each column; of what is short in an hour its share in the cost of the year, where that cost stands."""
    cost = matrix.cost.copy()
    of_year = {index: matrix.cost[at] for index, at in matrix.places("Unserved").items()}
    rows = np.array([at for at, (family, _) in enumerate(matrix.rows) if family == OF_HOURS], dtype=int)
    entries = coo_array(csr_array(matrix.A)[rows]) if len(rows) else coo_array((0, len(cost)))
    for row, column, weight in zip(*entries.coords, entries.data, strict=True):
        if matrix.columns[column][0] == "Hourly_Unserved":
            cost[column] = abs(weight) * of_year[matrix.rows[rows[row]][1]]
    return cost
