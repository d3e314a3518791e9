"""What Pyomo is quickened by changes no answer: a callback's arguments as Python tells them, a parameter's entries as its own sparse items."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial

import pyomo.environ as pyo
import pytest
from pyomo.core.base.param import Param
from pyomo.core.expr import visitor

import model.maths  # noqa: F401


class Walker:
    def bound(self, node: object, child: object, place: int = 0) -> None: ...

    def any(self, *told: object) -> None: ...


def three(node: object, child: object, place: int) -> None: ...


@pytest.mark.parametrize("callback", [three, lambda node, child: None, Walker().bound, Walker().any, partial(three, 1)])
def test_a_callback_takes_what_python_says(callback: Callable) -> None:
    found, told = visitor.inspect.getfullargspec(callback), inspect.getfullargspec(callback)
    assert list(found.args) == told.args and (found.varargs is None) == (told.varargs is None)
    assert visitor.inspect.ismethod(callback) == inspect.ismethod(callback)


def test_a_parameter_s_entries_are_its_sparse_items(caplog: pytest.LogCaptureFixture) -> None:
    m = pyo.ConcreteModel()
    m.places = pyo.Set(initialize=[1, 2, 3])
    m.amount = Param(m.places, initialize={1: 2.0, 3: 5.0}, default=0.0)
    assert dict(m.amount.sparse_iteritems()) == dict(m.amount.sparse_items()) == {1: 2.0, 3: 5.0}
    assert m.amount.extract_values_sparse() == {1: 2.0, 3: 5.0} and caplog.records == []
