"""A like matrix at other costs is the one made anew, and no other number may be exchanged so."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr
from calling import TOY

from model.case.change.change import changed, parse_change
from model.case.parameters import parameters
from model.case.read.case import read_case
from model.maths.build import build
from model.solve.difference import difference
from model.solve.matrix import compile_matrix
from model.study.plan.reference import reference_of, solve_scenario
from model.study.plan.solve import get_ready
from model.study.solved import solved_model
from model.study.solved.recost import COSTS, FAMILIES, LIMITS, alike_but_for_costs, recosted
from model.study.solved.solved_model import Options, Watch, compiled


@cache
def toy() -> xr.Dataset:
    ready = get_ready(read_case(TOY), Options(), Watch())
    return parameters(ready.case, ready.scope)


def numbers(data: xr.Dataset) -> list[str]:
    return sorted(str(name) for name, values in data.data_vars.items() if values.dtype == float and values.size)


@pytest.mark.parametrize("name", [*COSTS, *LIMITS])
def test_at_other_costs_the_matrix_is_the_one_made_anew(name: str) -> None:
    data, generator = toy(), np.random.default_rng(1)
    other = data.assign({name: data[name] * generator.uniform(0.5, 2.0, data[name].shape) + 0.125})
    before, anew = compile_matrix(build(data)), compile_matrix(build(other))
    assert alike_but_for_costs(other, data)
    mine = recosted(before, compile_matrix(build(other), FAMILIES))
    assert difference(mine, anew).count == 0 and mine.offset == anew.offset


def test_any_other_number_asks_for_the_matrix_anew() -> None:
    data = toy()
    others = [name for name in numbers(data) if name not in (*COSTS, *LIMITS)]
    assert len(others) > 25
    for name in others:
        assert not alike_but_for_costs(data.assign({name: 1.5 * data[name].fillna(0.0) + 0.125}), data), name
    for setting in ("reserve_margin", "curtailment_limit"):
        assert not alike_but_for_costs(data.assign_attrs({setting: data.attrs[setting] + 0.125}), data), setting


@pytest.mark.parametrize(("change", "anew"), [("build_rooftop_sun.investment=9000", 0), ("close_boiler.potential=1", 1)])
def test_a_scenario_makes_its_matrix_anew_only_where_it_must(change: str, anew: int, monkeypatch: pytest.MonkeyPatch) -> None:
    reference, made = reference_of(read_case(TOY)), []
    monkeypatch.setattr(solved_model, "compile_matrix", lambda *given: made.append(given[1] is None) or compile_matrix(*given))  # type: ignore[func-returns-value]
    monkeypatch.setattr(solved_model, "compiled", compiled)  # whatever was made before
    case = changed(reference.ready.case, (parse_change(change),))
    _, plan = solve_scenario(reference, case=case)
    assert made.count(True) == anew
    monkeypatch.undo()
    assert plan.solution.objective == pytest.approx(reference_of(case).plan.solution.objective, rel=1e-3)
