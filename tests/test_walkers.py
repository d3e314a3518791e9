"""Terms whose component is at hand make the model that Pyomo makes by walking to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from paper_answer import made
from papers import FAMILIES
from pyomo.core.base import constraint
from pyomo.core.expr import template_expr

from model.maths import build as build_file
from model.maths.build import build
from model.solve.difference import difference
from model.solve.matrix import compile_matrix


@pytest.mark.parametrize("family", ["storage", "accounts", "operation"])
def test_a_model_is_the_one_that_pyomo_makes_by_itself(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, walked = made(FAMILIES[family][0]).parameters, list[object]()
    reduce = template_expr._reduce_template_to_component
    monkeypatch.setattr(template_expr, "_reduce_template_to_component", lambda one: walked.append(one) or reduce(one))  # type: ignore[func-returns-value]
    at_once, few = compile_matrix(build(data)), len(walked)

    def templates() -> Iterator[None]:
        monkeypatch.setattr(constraint, "TEMPLATIZE_CONSTRAINTS", True)
        yield

    monkeypatch.setattr(build_file, "_templates", contextmanager(templates))
    assert difference(at_once, compile_matrix(build(data))).count == 0
    assert len(walked) - few > few
