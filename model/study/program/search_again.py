"""A program searched again from the plan of a like one: quietly, and no further where it is stopped."""

from __future__ import annotations

from dataclasses import replace

from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.solved.solved_model import Options, SolvedModel, Watch, search_matrix


def search_again(
    matrix: Matrix, options: Options, like: SolvedModel | None, *, gap: float | None = None, time_limit: float | None = None
) -> Solution:  # fmt: skip
    """The cheapest plan of the matrix, to `gap` and within `time_limit` seconds where these are given, else as `options` say.

    Raises KeyboardInterrupt when it is stopped, Contradiction.
    """
    asked = replace(
        options.quiet, gap=options.gap if gap is None else gap, time_limit=options.time_limit if time_limit is None else time_limit
    )
    plan = search_matrix(matrix, asked, Watch(), name="again", like=like)
    if plan.status == "interrupted":
        raise KeyboardInterrupt
    return plan
