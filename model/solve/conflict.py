"""Elastic relaxation of a program, and its conflicts: smallest groups of slack columns that cannot all stay shut (irreducible infeasible subsets)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.solve.highs import Basis, Solver
from model.solve.matrix import Matrix
from model.solve.solver_result import Method, SolverResult

relaxed_tolerance = 1e-6
price_tolerance = 1e-7
many_columns = 20_000
ray_tolerance, endless = 1e-9, 1e-5

IsConflict = Callable[[Collection[str]], bool]


@dataclass(frozen=True)
class Elastic:
    """A program whose slack columns stand open, at no cost but the price of relaxing.

    `groups` give the places of each group's slack columns; `price` is, per column, the cost of a unit of its slack.
    """

    matrix: Matrix
    groups: Mapping[str, np.ndarray]
    price: np.ndarray

    def held(self, held: Collection[str], *, closed: Collection[str] = ()) -> Matrix:
        """The program that relaxes the held groups as little as it can, the closed ones not at all, the others freely."""
        cost, upper = np.zeros(len(self.price)), self.matrix.upper.copy()
        for group in held:
            cost[self.groups[group]] = self.price[self.groups[group]]
        for group in closed:
            upper[self.groups[group]] = 0.0
        return replace(self.matrix, cost=cost, offset=0.0, upper=upper)

    def strict(self, held: Collection[str]) -> Matrix:
        """The program that does not relax the held groups, and the others freely; at no cost, so that it is met or not."""
        return replace(self.held((), closed=held), cost=np.zeros(len(self.price)))

    def relaxed(self, x: np.ndarray) -> dict[str, float]:
        """Each group that a plan relaxes, by how much at its price."""
        amounts = {group: float(self.price[places] @ x[places]) for group, places in self.groups.items()}
        return {group: amount for group, amount in amounts.items() if amount > relaxed_tolerance}


def elastic(matrix: Matrix, groups: Mapping[str, np.ndarray], price: np.ndarray, *, shut: np.ndarray) -> Elastic:
    """A matrix with the slack columns of all groups opened, and the columns `shut` (places) held at their least."""
    upper = matrix.upper.copy()
    upper[shut] = np.minimum(matrix.upper[shut], np.maximum(matrix.lower[shut], 0.0))
    for places in groups.values():
        upper[places] = np.inf
    return Elastic(replace(matrix, upper=upper), groups, price)


@dataclass(frozen=True)
class Proof:
    """Row prices by which a matrix cannot be met, or not without its cost."""

    matrix: Matrix
    duals: np.ndarray


class ElasticSolver:
    """One live solver of an elastic program, solved again and again with some groups held and some closed."""

    def __init__(self, program: Elastic, *, threads: int) -> None:
        self.program, self._solver = program, Solver(program.matrix, threads=threads)
        self._proven: Basis | None = None
        self._lost = False

    def least(self, held: Collection[str], *, closed: Collection[str] = ()) -> SolverResult:
        """The least relaxation, without integrality; its status is "infeasible" when even that is not enough."""
        # A program of relaxations alone is so degenerate that the interior point beats even a near basis.
        method: Method = "ipx" if len(self.program.price) > many_columns else "simplex"
        return self.solve(self.program.held(held, closed=closed), method=method)

    def solve(self, matrix: Matrix, *, method: Method = "simplex") -> SolverResult:
        """A like program, from where the last one ended."""
        self._solver.become(matrix)
        return self._solver.relax(method=method)

    def meet(self, matrix: Matrix, *, seconds: float = np.inf) -> SolverResult:
        """Whether a like program at no cost can be met; "infeasible" with a ray where it cannot.

        At no cost every basis is a good one to start from, so that this takes a moment where a least relaxation takes
        minutes; after a question without an answer it is that of the last proof.
        """
        self._solver.become(matrix)
        if self._lost and self._proven is not None:
            self._solver.start_from(self._proven)
        result = self._solver.relax(time_limit=seconds, proof=True)
        self._lost = result.status not in ("optimal", "infeasible")
        if result.status == "infeasible":
            self._proven = self._solver.basis()
        return result

    def conflict_proof(self, held: Collection[str]) -> Proof | None:
        """The proof that the held groups cannot stand together; None where they can."""
        matrix = self.program.strict(held)
        result = self.meet(matrix)
        return Proof(matrix, ray_of(matrix, result.ray)) if result.status == "infeasible" and len(result.ray) else None


def disjoint_conflicts(elastic_solver: ElasticSolver, first: SolverResult) -> list[tuple[frozenset[str], Proof]]:
    """Smallest groups that cannot stand together, none sharing a member, until what is left can; with the proof of each.

    `first` is the least relaxation with all groups held. A proof's row prices are zero wherever the clash does not reach.
    """
    left, found = set(elastic_solver.program.groups), list[tuple[frozenset[str], Proof]]()
    proof = Proof(elastic_solver.program.held(left), first.duals) if first.objective > relaxed_tolerance else None
    while proof is not None:
        members, proof = _smallest(elastic_solver, proof, left)
        found.append((members, proof))
        left -= members
        proof = elastic_solver.conflict_proof(left) if left else None
    return found


def _smallest(elastic_solver: ElasticSolver, proof: Proof, held: Collection[str]) -> tuple[frozenset[str], Proof]:
    """A smallest set within `held`: only rows with a price take part in a proof, and each of theirs is left out in turn."""
    members = priced_groups(elastic_solver.program, proof.duals, held)
    proof = elastic_solver.conflict_proof(members) or proof
    members = priced_groups(elastic_solver.program, proof.duals, members)
    for group in sorted(members):
        without = elastic_solver.conflict_proof(members - {group}) if group in members and len(members) > 1 else None
        if without is not None:
            members, proof = priced_groups(elastic_solver.program, without.duals, members - {group}), without
    return frozenset(members), proof


def pulls(program: Elastic, duals: np.ndarray, group: str) -> np.ndarray:
    """How hard row prices pull at each slack column of a group, next to its price."""
    places = program.groups[group]
    return abs(program.matrix.A[:, places].T @ duals) / np.maximum(program.price[places], price_tolerance)


def priced_groups(program: Elastic, duals: np.ndarray, held: Collection[str]) -> set[str]:
    """The held groups whose rows have a price: the others take no part in what is proven."""
    pull = {group: float(pulls(program, duals, group).max(initial=0.0)) for group in held}
    floor = price_tolerance * max(pull.values(), default=0.0)
    return {group for group, value in pull.items() if value > floor}


def ray_of(matrix: Matrix, ray: np.ndarray) -> np.ndarray:
    """A proof of infeasibility with the sign that row prices have, scaled to one."""
    scaled = ray / max(float(abs(ray).max(initial=0.0)), ray_tolerance)
    return max((scaled, -scaled), key=lambda prices: _proves(matrix, prices))


def _proves(matrix: Matrix, prices: np.ndarray) -> float:
    """How far above nothing these prices hold a program at no cost; the sign alone counts, so what is unbounded by a hair is passed over."""
    rest = -(matrix.A.T @ prices)
    rows = np.where(prices > 0, matrix.row_lower, matrix.row_upper)
    columns = np.where(rest > 0, matrix.lower, matrix.upper)
    if (~np.isfinite(rows) & (abs(prices) > endless)).any() or (~np.isfinite(columns) & (abs(rest) > endless)).any():
        return -np.inf
    return float(np.where(np.isfinite(rows), rows, 0.0) @ prices + np.where(np.isfinite(columns), columns, 0.0) @ rest)


def smallest_of(is_conflict: IsConflict, held: Collection[str]) -> frozenset[str]:
    """The same by asking alone (a dear question, as with whole units): halves are left out first, then quarters …

    `clashes` says whether groups cannot stand together, the others free; it must hold of `held`.
    QuickXplain: U. Junker 2004, Preferred explanations and relaxations for over-constrained problems, AAAI-04.
    """
    return frozenset(_explained(is_conflict, [], False, sorted(held)))


def _explained(is_conflict: IsConflict, background: list[str], new: bool, candidates: list[str]) -> list[str]:
    if new and is_conflict(background):
        return []
    if len(candidates) <= 1:
        return candidates
    half = len(candidates) // 2
    first, second = candidates[:half], candidates[half:]
    from_second = _explained(is_conflict, background + first, bool(first), second)
    return _explained(is_conflict, background + from_second, bool(from_second), first) + from_second


def reduced_costs(matrix: Matrix, duals: np.ndarray) -> np.ndarray:
    """What a unit more of each column is worth at these row prices, per column."""
    return matrix.cost - matrix.A.T @ duals
