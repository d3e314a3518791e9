"""The model as a sparse matrix: compiled once, keyed by (component, index), free of Pyomo from here on."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csc_array, csr_array

from model.solve.components import SHORTFALLS

if TYPE_CHECKING:
    import pyomo.core as pyo

Key = tuple[str, object]


@dataclass(frozen=True)
class Matrix:
    """`min cost·x + offset`, `row_lower ≤ A x ≤ row_upper`, `lower ≤ x ≤ upper`, x integer where `integer`.

    `columns` and `rows` are the keys (component, index) of variables and constraints, each unique. What is left short in a year
    before `since` is told and stops nothing.
    """

    A: csc_array
    cost: np.ndarray
    offset: float
    lower: np.ndarray
    upper: np.ndarray
    row_lower: np.ndarray
    row_upper: np.ndarray
    integer: np.ndarray
    columns: tuple[Key, ...]
    rows: tuple[Key, ...]
    since: int = 0

    @cached_property
    def _components(self) -> tuple[dict[str, int], np.ndarray]:
        """{component: its number}, and the number of each column's."""
        order: dict[str, int] = {}
        return order, np.array([order.setdefault(component, len(order)) for component, _ in self.columns], dtype=int)

    def mask(self, *names: str) -> np.ndarray:
        """Which columns are of these components."""
        order, numbers = self._components
        return np.isin(numbers, [order[name] for name in names if name in order])

    def at(self, *names: str) -> np.ndarray:
        """Where the columns of these components stand."""
        return np.flatnonzero(self.mask(*names))

    @cached_property
    def shortfalls(self) -> np.ndarray:
        """Where the columns stand by which a year from `since` on is left short."""
        return np.array([place for place in self.at(*SHORTFALLS) if year_of(self.columns[place]) >= self.since], dtype=int)

    def short_cost(self, x: np.ndarray) -> float:
        """The price of what a plan leaves short, part of its objective; where there is no plan, of what none can help, because it is past."""
        mine = self.mask(*SHORTFALLS)
        return float(self.cost[mine] @ (x if len(x) else self.lower)[mine])

    def places(self, name: str) -> dict[Any, int]:
        """{index: where it stands} of the columns of a component."""
        return {self.columns[place][1]: int(place) for place in self.at(name)}


def year_of(key: Key) -> int:
    """The year in which a column stands: the first whole number of its index, for hours come after it."""
    index = key[1] if isinstance(key[1], tuple) else (key[1],)
    return next((one for one in index if isinstance(one, int)), 0)


def shut_off(matrix: Matrix, places: np.ndarray) -> Matrix:
    """The matrix with these columns held at their lower bounds."""
    upper = matrix.upper.copy()
    upper[places] = matrix.lower[places]
    return replace(matrix, upper=upper)


def without_columns(matrix: Matrix, mask: np.ndarray) -> Matrix:
    """The matrix without these columns and the rows in which they stand: what it cannot meet, the whole cannot."""
    by_row = csr_array(matrix.A)
    rows = np.flatnonzero(np.diff(csr_array(by_row[:, np.flatnonzero(mask)]).indptr) == 0)
    columns = np.flatnonzero(~mask)
    return replace(
        matrix,
        A=csc_array(csr_array(by_row[rows])[:, columns]),
        **{name: getattr(matrix, name)[columns] for name in ("cost", "lower", "upper", "integer")},
        **{name: getattr(matrix, name)[rows] for name in ("row_lower", "row_upper")},
        columns=tuple(matrix.columns[place] for place in columns),
        rows=tuple(matrix.rows[place] for place in rows),
    )


def compile_matrix(m: pyo.ConcreteModel, families: Collection[str] | None = None) -> Matrix:
    """The whole model as one matrix, or its objective and these families of rows alone.

    Raises ValueError when two columns or two rows share a key, or when a variable of a whole model stands in no row.
    """
    # Whoever has a model has loaded Pyomo, as lean as the maths load it; a matrix alone needs none of it.
    import pyomo.core as pyo
    from pyomo.common.gc_manager import PauseGC
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

    if families is not None:
        for family in m.component_objects(pyo.Constraint):
            if family.local_name not in families:
                family.deactivate()
    with PauseGC():  # all of what is made here is kept, and there is very much of it
        with _quiet():
            form = LinearStandardFormCompiler().write(m, mixed_form=True, set_sense=pyo.minimize)
        columns = tuple((var.parent_component().local_name, var.index()) for var in form.columns)
        rows = tuple((row.constraint.parent_component().local_name, row.constraint.index()) for row in form.rows)
        _unique(columns)
        _unique(rows)
        if families is None:
            _all_stand_in_a_row(m, columns)
        bounds = [var.bounds for var in form.columns]
        kinds = np.array([row.bound_type for row in form.rows])
        rhs = np.asarray(form.rhs, dtype=float)
        return Matrix(
            A=csc_array(form.A),
            cost=np.asarray(form.c.todense(), dtype=float).ravel(),
            offset=float(form.c_offset[0]),
            lower=np.array([-np.inf if low is None else low for low, _ in bounds]),
            upper=_no_limit(np.array([np.inf if high is None else high for _, high in bounds])),
            row_lower=np.where(kinds <= 0, rhs, -np.inf),
            row_upper=np.where(kinds >= 0, rhs, np.inf),
            integer=np.array([not var.is_continuous() for var in form.columns]),
            columns=columns,
            rows=rows,
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Pyomo's compiler warns of a call it makes itself, and to word that for nobody took a sixth of its time; errors still show."""
    from pyomo.common import deprecation

    log = logging.getLogger("pyomo")
    before, warned = log.level, deprecation.deprecation_warning
    log.setLevel(logging.ERROR)
    deprecation.deprecation_warning = lambda *_, **__: None
    try:
        yield
    finally:
        log.setLevel(before)
        deprecation.deprecation_warning = warned


def _no_limit(upper: np.ndarray) -> np.ndarray:
    return np.where(upper >= 1e30, np.inf, upper)


def _unique(keys: tuple[Key, ...]) -> None:
    if len(set(keys)) < len(keys):
        double = Counter(keys).most_common(1)[0][0]
        raise ValueError(f"two rows or columns of the matrix share the key {double}")


def _all_stand_in_a_row(m: pyo.ConcreteModel, columns: tuple[Key, ...]) -> None:
    counted: dict[str, int] = {}
    for component, _ in columns:
        counted[component] = counted.get(component, 0) + 1
    import pyomo.core as pyo

    for variable in m.component_objects(pyo.Var):
        if counted.get(variable.local_name, 0) < len(variable):
            known = {index for component, index in columns if component == variable.local_name}
            lost = next(index for index in variable if index not in known)
            raise ValueError(f"variable {variable.local_name}[{lost}] stands in no row and would come back without a value")


def text_of(key: tuple[str, object]) -> str:
    component, index = key
    parts = index if isinstance(index, tuple) else () if index is None else (index,)
    return f"{component}[{','.join(str(part) for part in parts)}]"
