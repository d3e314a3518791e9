"""Which groups of slack columns must open before a program can be met, and the smallest groups that clash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.solve.highs import Answer, Method, Solver
from model.solve.matrix import Matrix

nothing = 1e-6
price_tolerance = 1e-7
many_columns = 20_000

Clashes = Callable[[Collection[str]], bool]


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

    def relaxed(self, x: np.ndarray) -> dict[str, float]:
        """Each group that a plan relaxes, by how much at its price."""
        told = {group: float(self.price[places] @ x[places]) for group, places in self.groups.items()}
        return {group: amount for group, amount in told.items() if amount > nothing}


def elastic(matrix: Matrix, groups: Mapping[str, np.ndarray], price: np.ndarray, *, shut: np.ndarray) -> Elastic:
    """A matrix with the slack columns of all groups opened, and the columns `shut` (places) held at their least."""
    upper = matrix.upper.copy()
    upper[shut] = np.minimum(matrix.upper[shut], np.maximum(matrix.lower[shut], 0.0))
    for places in groups.values():
        upper[places] = np.inf
    return Elastic(replace(matrix, upper=upper), groups, price)


class Bench:
    """One live solver that answers one question after another about a program: what if these are held, those closed."""

    def __init__(self, program: Elastic, *, threads: int, solver: Solver | None = None) -> None:
        self.program = program
        self._solver, self._threads = solver, threads

    def least(self, held: Collection[str], *, closed: Collection[str] = (), near: bool = False) -> Answer:
        """The least relaxation, without integrality; its status is "infeasible" when even that is not enough.

        `near` says that little has changed since the last question, so that its basis is the place to start.
        """
        return self.solve(self.program.held(held, closed=closed), near=near)

    def solve(self, matrix: Matrix, *, near: bool = False) -> Answer:
        if self._solver is None:
            self._solver = Solver(matrix, threads=self._threads)
        else:
            self._solver.become(matrix)
        # A program of relaxations alone is so degenerate that only a near basis beats the interior point.
        method: Method = "ipx" if len(matrix.cost) > many_columns and not near else "simplex"
        return self._solver.relax(method=method)


def disjoint_clashes(bench: Bench, first: Answer) -> list[tuple[frozenset[str], Answer]]:
    """Smallest groups that cannot stand together, none sharing a member, until what is left can; with the proof of each.

    `first` is the least relaxation with all groups held. The proof is that of the members alone: its row prices are
    zero wherever the clash does not reach.
    """
    left, found, answer = set(bench.program.groups), list[tuple[frozenset[str], Answer]](), first
    while bench.program.relaxed(answer.x).keys() & left:
        if found:
            answer = bench.least(left)
            if answer.objective <= nothing:
                break
        members, proof = _smallest(bench, answer, left)
        found.append((members, proof))
        left -= members
    return found


def _smallest(bench: Bench, answer: Answer, held: Collection[str]) -> tuple[frozenset[str], Answer]:
    """A smallest set within `held`: only rows with a price take part in a proof, and each of theirs is left out in turn."""
    members = priced_groups(bench.program, answer, held)
    answer = bench.least(members, near=True)
    for group in sorted(members):
        rest = members - {group}
        if group not in members or not bench.program.relaxed(answer.x).keys() & rest:
            continue  # without it, the plan at hand meets all the others
        without = bench.least(rest, near=True)
        if without.status == "optimal" and without.objective > nothing:
            members, answer = priced_groups(bench.program, without, rest), without
            answer = bench.least(members, near=True)
    return frozenset(members), bench.least(members, near=True)


def _pulled(program: Elastic, answer: Answer, group: str) -> np.ndarray:
    return program.matrix.A[:, program.groups[group]].T @ answer.duals


def priced_groups(program: Elastic, answer: Answer, held: Collection[str]) -> set[str]:
    """The held groups whose rows have a price in a least relaxation: the others take no part in its proof."""
    return {group for group in held if (abs(_pulled(program, answer, group)) > price_tolerance * _size(program, group)).any()}


def _size(program: Elastic, group: str) -> np.ndarray:
    return np.maximum(program.price[program.groups[group]], price_tolerance)


def smallest_of(clashes: Clashes, held: Collection[str]) -> frozenset[str]:
    """The same by asking alone (a dear question, as with whole units): halves are left out first, then quarters …

    `clashes` says whether groups cannot stand together, the others free; it must hold of `held`.
    QuickXplain: U. Junker 2004, Preferred explanations and relaxations for over-constrained problems, AAAI-04.
    """
    return frozenset(_explained(clashes, [], False, sorted(held)))


def _explained(clashes: Clashes, background: list[str], new: bool, candidates: list[str]) -> list[str]:
    if new and clashes(background):
        return []
    if len(candidates) <= 1:
        return candidates
    half = len(candidates) // 2
    first, second = candidates[:half], candidates[half:]
    from_second = _explained(clashes, background + first, bool(first), second)
    return _explained(clashes, background + from_second, bool(from_second), first) + from_second


def reduced_costs(matrix: Matrix, duals: np.ndarray) -> np.ndarray:
    """What a unit more of each column is worth at these row prices, per column."""
    return matrix.cost - matrix.A.T @ duals
